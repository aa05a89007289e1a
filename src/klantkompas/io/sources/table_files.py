"""The files of one table: a file, several, a folder of them, or a pattern that their names fit."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from glob import has_magic
from pathlib import Path
from typing import IO, Any

from klantkompas._printable import shown
from klantkompas._told import told
from klantkompas.errors import ArgumentError, KlantkompasError
from klantkompas.io.sources.contents import path_of

__all__ = ["Source", "Sources", "files_of", "name_of"]

Source = str | os.PathLike[str] | IO[bytes] | bytes
"""A file: its path, with ``::table`` behind that of a database; an open binary file; its bytes."""
Sources = Source | Sequence[Source] | Sequence[Sequence[Source]]
"""The files of one table, put under each other: one, or several, each a folder or pattern too; of
several layouts, those of each in a list of its own."""
_GIVE = (
    "Give a path, an open binary file, the bytes of one, a list of these, a folder, or a pattern "
    "such as *.csv"
)


def files_of(given: object, endings: Iterable[str]) -> list[Source]:
    """Return the files of a table.

    Args:
        given: a path, an open binary file, the bytes of a file, a folder, a pattern, or several of
            these.
        endings: how the names of files that are looked for in a folder end, such as ``".csv"``.

    Returns:
        The files in the order in which they were given; those of a folder or pattern by name.

    Raises:
        ArgumentError: `given` is none of these, or empty.
        KlantkompasError: there is no such file in the folder, or none that fits the pattern.
    """
    if isinstance(given, bytearray | memoryview):
        given = bytes(given)
    if isinstance(given, str | os.PathLike | bytes) or hasattr(given, "read"):
        return _expanded(given, tuple(endings))
    if not isinstance(given, Sequence) or not given:
        raise ArgumentError(f"{shown(given)} is not a file, nor are these files", remedy=_GIVE)
    endings = tuple(endings)
    return [file for each in given for file in _expanded(each, endings)]


def name_of(source: Source) -> str:
    """Return how errors and notes name a file.

    >>> name_of("exports/orders.csv")
    'orders.csv'
    """
    if isinstance(source, str | os.PathLike):
        return Path(source).name
    name = getattr(source, "name", None)
    return Path(name).name if isinstance(name, str) else "an open file"


_OF_PROGRAMS = re.compile(r"(?i)\.|~\$|thumbs\.db$").match
"""The names of files that programs leave in a folder, and nobody put there."""


def _expanded(given: Any, endings: tuple[str, ...]) -> list[Source]:
    if isinstance(given, bytes) or hasattr(given, "read"):
        return [given]
    path = path_of(given)
    if path.is_dir():
        inside = sorted(each for each in path.iterdir() if each.name.lower().endswith(endings))
        found = [each for each in inside if each.is_file() and not _OF_PROGRAMS(each.name)]
        if not found:
            raise KlantkompasError(
                told("is a folder in which no file ends as one that can be read"),
                place=str(path),
                remedy=told(
                    "Put files in it that end in {endings} or the like",
                    endings=", ".join(endings[:4]),
                ),
            )
        return [*found]
    if not path.exists() and has_magic(str(path)):
        matches = sorted(Path(path.anchor).glob(str(path.relative_to(path.anchor))))
        if not matches:
            raise KlantkompasError(
                told("is a pattern that no file fits"),
                place=str(path),
                remedy=told("Look at the folder"),
            )
        return [*matches]
    return [given if isinstance(given, str) else path]
