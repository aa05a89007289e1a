"""Files that a command writes, and never over another."""

from __future__ import annotations

from pathlib import Path

from klantkompas._told import reason_of, told
from klantkompas.errors import KlantkompasError

__all__ = ["write_new"]


def write_new(path: Path, text: str) -> Path:
    """Write a text to a new file, in UTF-8.

    Args:
        path: the file.
        text: the text.

    Returns:
        The whole path.

    Raises:
        KlantkompasError: the file is there already, or cannot be written.
    """
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except (OSError, ValueError) as cause:
        raise KlantkompasError(
            told("cannot be written: {reason}", reason=reason_of(cause)),
            place=str(path),
            remedy=told("Name a file that is not there yet"),
        ) from cause
    return path.resolve()
