"""A folder to work in: a temporary one that goes, or one's own, kept for the same work only."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from klantkompas.errors import ArgumentError

__all__ = ["working_folder"]

NAME = "work.json"
EMPTY = "Give an empty folder"


@contextmanager
def working_folder(
    folder: str | os.PathLike[str] | None, fingerprints: Callable[[], Mapping[str, str]]
) -> Iterator[Path]:
    """Open a folder to work in, as a context manager.

    Args:
        folder: an empty folder, or one in which the same work was begun; None for a temporary one,
            which is removed with all that it holds, whatever happens.
        fingerprints: returns, by name, a text that changes when that part of the work does, such as
            its files.

    Yields:
        The folder.

    Raises:
        ArgumentError: the folder holds the results of other work, or other files.
    """
    if folder is None:
        with TemporaryDirectory(prefix="klantkompas-") as temporary:
            yield Path(temporary)
        return
    place, now = Path(folder), dict(fingerprints())
    if place.exists() and not place.is_dir():
        raise ArgumentError(f"{place} is a file", place="folder", remedy=EMPTY)
    place.mkdir(parents=True, exist_ok=True)
    note = place / NAME
    if not note.exists():
        if any(place.iterdir()):
            raise ArgumentError(f"{place} holds something else", place="folder", remedy=EMPTY)
        unfinished = place / f"{NAME}.unfinished"
        unfinished.write_text(json.dumps(now))
        unfinished.replace(note)
    then = json.loads(note.read_text())
    changed = sorted(name for name in then.keys() | now.keys() if then.get(name) != now.get(name))
    if changed:
        raise ArgumentError(
            f"{place} holds results of a different run: {', '.join(changed)} changed since",
            place="folder",
            remedy="Give another folder, or empty this one to begin anew",
        )
    yield place
