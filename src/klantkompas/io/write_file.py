"""Files written whole or not at all: beside their place, down to the disk, and then renamed."""

from __future__ import annotations

import logging
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import IO, TypeVar

from klantkompas._told import reason_of, told
from klantkompas.errors import ArgumentError, KlantkompasError

FileT = TypeVar("FileT", bound=IO[bytes])
__all__ = ["write_file", "write_to"]

LOG = logging.getLogger(__name__)

_GIVE = told("Give the path of a file in a folder that exists, has room and may be written to")


def write_file(path: Path, content: bytes) -> Path:
    """Write a file whole or not at all: where it fails, an older file stays as it was.

    Args:
        path: the path of the file; a link is followed, and a pipe or device is written to.
        content: its bytes.

    Returns:
        The path.

    Raises:
        KlantkompasError: it cannot be written.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_file(Path(folder, "page.html"), b"<p>").read_bytes()
    b'<p>'
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
        else:
            _replace(Path(os.path.realpath(path)), content)
    except (OSError, ValueError) as cause:
        problem = told("cannot be written: {reason}", reason=reason_of(cause))
        raise KlantkompasError(problem, place=str(path), remedy=_GIVE) from cause
    LOG.info("wrote a file of %d bytes", len(content))
    return path


def write_to(file: FileT, content: bytes) -> FileT:
    """Write to a file that is open for writing bytes, and return it.

    Args:
        file: the open file.
        content: the bytes.

    Raises:
        ArgumentError: it is open for text, or not for writing.
    """
    try:
        file.write(content)
    except (TypeError, ValueError) as cause:
        raise ArgumentError(
            f"the file is not open for writing bytes: {cause}",
            remedy='Give a path, or open it so: open(path, "wb")',
        ) from cause
    LOG.info("wrote %d bytes to an open file", len(content))
    return file


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name[:200]}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
