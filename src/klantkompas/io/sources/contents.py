"""The bytes of a file, read and unpacked within limits, and readers kept from failing otherwise."""

from __future__ import annotations

import io
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISFIFO, S_ISREG
from typing import IO

from klantkompas._printable import shown
from klantkompas._told import reason_of, told
from klantkompas.errors import ArgumentError, KlantkompasError
from klantkompas.io.sources.limits import Limits
from klantkompas.wording.writer import Writer

__all__ = ["nothing_else", "path_of", "read_bytes", "too_large"]

_GZIP, _GZIPPED = b"\x1f\x8b", 31
_BLOCK = 1 << 16
_GIVE = told("Give the path of a file that exists, is whole and may be read")


def path_of(given: object) -> Path:
    """Return an argument as a path.

    Args:
        given: a text or a path.

    Raises:
        ArgumentError: `given` is neither a string nor a path, or holds the character NUL.

    >>> path_of("orders.csv").suffix
    '.csv'
    >>> path_of(3)
    Traceback (most recent call last):
        ...
    klantkompas.errors.ArgumentError: 3 is not a path. Give a string or a pathlib.Path
    """
    path = os.fspath(given) if isinstance(given, str | os.PathLike) else given
    if not isinstance(path, str) or "\0" in path:
        what = "holds the character NUL" if isinstance(path, str) else "is not a path"
        raise ArgumentError(f"{shown(given)} {what}", remedy="Give a string or a pathlib.Path")
    return Path(path)


@contextmanager
def nothing_else(refusal: KlantkompasError) -> Iterator[None]:
    """Raise one error instead of whatever a reader raises; use as a context manager.

    Errors of this library and interruptions by the user pass unchanged. Readers that are written in
    other languages may raise what is not an `Exception`.

    Args:
        refusal: what to raise instead.

    >>> with nothing_else(KlantkompasError("is not a workbook")):
    ...     raise BaseException("panic")
    Traceback (most recent call last):
        ...
    klantkompas.errors.KlantkompasError: is not a workbook
    """
    try:
        yield
    except (KlantkompasError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as cause:
        raise refusal from cause


def read_bytes(
    source: str | os.PathLike[str] | IO[bytes] | bytes, name: str, limits: Limits
) -> bytes:
    """Return the bytes of a file, unpacked where they are compressed by gzip.

    Args:
        source: a path, a file that is open for reading bytes, or its bytes.
        name: the name of the file in errors.
        limits: how large the file may be when unpacked.

    Returns:
        Its bytes.

    Raises:
        ArgumentError: `source` is neither a path nor an open file.
        KlantkompasError: the file cannot be read, or is larger than the limits allow.
    """
    try:
        if isinstance(source, bytes):
            data = source
        else:
            data = source.read() if hasattr(source, "read") else _bytes_of(path_of(source))
    except KlantkompasError:
        raise
    except (OSError, MemoryError, ValueError) as cause:
        reason = reason_of(cause) or told("it does not fit in memory")
        problem = told("cannot be read: {reason}", reason=reason)
        raise KlantkompasError(problem, place=name, remedy=_GIVE) from cause
    if not isinstance(data, bytes):
        raise ArgumentError(
            "is not open for reading bytes", place=name, remedy='Open it so: open(path, "rb")'
        )
    return _unpacked(data, name, limits) if data.startswith(_GZIP) else data


def _bytes_of(path: Path) -> bytes:
    mode = path.stat().st_mode
    if not (S_ISREG(mode) or S_ISFIFO(mode)):
        raise OSError(None, "it is not a file")
    return path.read_bytes()


def _unpacked(packed: bytes, name: str, limits: Limits) -> bytes:
    """Unpack what gzip has packed, and stop where it becomes larger than is allowed."""
    most = limits.unpacked(len(packed))
    unpacked = io.BytesIO()  # which gives its bytes without a copy of them
    try:
        for block in _unzipped(packed):
            unpacked.write(block)
            if unpacked.tell() > most:
                raise too_large(name, len(packed), unpacked.tell(), limits)
    except (EOFError, zlib.error) as cause:
        raise KlantkompasError(
            told("cannot be unpacked: {cause}", cause=cause),
            place=name,
            remedy=told("Make the export again"),
        ) from cause
    return unpacked.getvalue()


def _unzipped(packed: bytes) -> Iterator[bytes]:
    """Unpack one member of a gzip file after another; `gzip` itself takes half as long again."""
    unpacker, is_whole = zlib.decompressobj(wbits=_GZIPPED), True
    for at in range(0, len(packed), _BLOCK):
        given = packed[at : at + _BLOCK]
        if is_whole:
            given = given.lstrip(b"\0")  # what follows a member may only fill up a block
        while given:
            yield unpacker.decompress(given)
            is_whole = unpacker.eof
            if not is_whole:
                break
            given = unpacker.unused_data.lstrip(b"\0")
            unpacker = zlib.decompressobj(wbits=_GZIPPED)
    if not is_whole:
        raise EOFError("it ends too early")


def too_large(name: str, packed: int, size: int, limits: Limits) -> KlantkompasError:
    """Return the error for a file that is too large when unpacked.

    Args:
        name: the name of the file in errors.
        packed: the size of the file in bytes.
        size: its size in bytes when unpacked, at least.
        limits: the limits that it exceeds.
    """
    remedy, command = limits.to_unpack(packed, 2 * size)
    english = Writer().number
    return KlantkompasError(
        told(
            "is {packed} bytes and more than {size} when unpacked, which is more than is allowed",
            packed=english(packed),
            size=english(size),
        ),
        place=name,
        remedy=remedy,
        command=command,
    )
