"""The files that settings name for a table of the data."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from klantkompas._nearest import nearest
from klantkompas._printable import shown
from klantkompas._told import told
from klantkompas.io.mapping_file import LAYOUT
from klantkompas.io.sources.opening import ENDINGS
from klantkompas.io.sources.table_files import files_of
from klantkompas.settings.written import At

__all__ = ["files_in", "layouts_of"]


def layouts_of(at: At, said: Mapping[str, object]) -> Iterator[tuple[At, Mapping[str, object]]]:
    """Go through what is said of each layout of a table's files; mostly of one, the table itself.

    Args:
        at: the table.
        said: what is said of it.
    """
    layouts = said.get(LAYOUT)
    if not isinstance(layouts, tuple):
        yield at, said
        return
    for number, each in enumerate(layouts):
        yield at[LAYOUT][number], each


def files_in(at: At, said: object, folder: Path) -> list[str]:
    """Return the files of a table, after checking that each is there.

    Args:
        at: the key that names them.
        said: a file, a folder or a pattern, or several of these.
        folder: the folder from which they are named.

    Raises:
        SettingsError: one is not there.
    """
    found: list[str] = []
    for number, each in enumerate(said if isinstance(said, tuple) else (said,)):
        here = at[number]
        path = str(folder / each)
        with here.whatever_is_wrong():
            listed = [os.fspath(file) for file in files_of(path, ENDINGS)]  # type: ignore[arg-type]
        for file in listed:
            if not Path(file.partition("::")[0]).exists():
                inside = Path(file).parent
                there = [e.name for e in inside.iterdir()] if inside.is_dir() else []
                raise here.error(
                    told("there is no file {file}", file=shown(each)),
                    told(
                        "Write the name of one that exists. {there}",
                        there=nearest(Path(file).name, there),
                    ),
                )
        found += map(str, listed)
    return found
