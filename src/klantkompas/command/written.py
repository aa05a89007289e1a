"""Files that a command writes, and never over another."""

from __future__ import annotations

from errno import EISDIR
from os import strerror
from pathlib import Path

from klantkompas._told import either, reason_of, told
from klantkompas.errors import ArgumentError, KlantkompasError

__all__ = ["check_ending", "write_new"]


def check_ending(path: Path, *endings: str) -> None:
    """Refuse a name that says that the file is something else than what is written.

    Args:
        path: the file that is to be written; a name without an ending says nothing.
        *endings: how it may end, such as ``".txt"``.

    Raises:
        ArgumentError: it ends in another way.
    """
    if path.suffix and path.suffix.lower() not in endings:
        raise ArgumentError(
            told("the name ends as that of something else than what is written"),
            place=str(path),
            remedy=told("Give a name that ends in {endings}", endings=either(endings)),
        )


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
        if path.is_dir():
            raise IsADirectoryError(EISDIR, strerror(EISDIR))
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except (OSError, ValueError) as cause:
        raise KlantkompasError(
            told("cannot be written: {reason}", reason=reason_of(cause)),
            place=str(path),
            remedy=told("Name a file that is not there yet"),
        ) from cause
    return path.resolve()
