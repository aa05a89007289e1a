"""Errors about the data as those who keep a file of settings meet them: with what it says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from klantkompas._printable import shown
from klantkompas._told import joined, told
from klantkompas.errors import DataError, KlantkompasError, SettingsError
from klantkompas.io.mapping_file import LAYOUT
from klantkompas.settings.checks import FILE
from klantkompas.settings.places import Keys
from klantkompas.settings.written import At, Written

__all__ = ["said_where"]


@contextmanager
def said_where(tables: Mapping[str, Mapping[str, object]], written: Written) -> Iterator[None]:
    """Raise errors with the place in a file of settings; use as a context manager.

    An error about a column as a whole is one of the settings; one about a value is of the data, and
    says where the settings name its column.

    Args:
        tables: by table of the data, what is said of it.
        written: where the settings come from.
    """
    try:
        yield
    except SettingsError:
        raise
    except KlantkompasError as error:
        if not written.file:
            raise
        raise _with_place(error, tables, written) from error


def _with_place(
    error: KlantkompasError, tables: Mapping[str, Mapping[str, object]], written: Written
) -> KlantkompasError:
    if error.about:
        return At(written, error.about).refusal(error, error.settings_remedy)
    if not isinstance(error, DataError) or error.table is None or error.table not in tables:
        return error.in_settings()
    inside, said = _of_file(tables[error.table], error.file)
    path, is_named = _path((error.table, *inside), error.column, said)
    at = At(written, path)
    if error.row is None:
        column = error.column
        named = "" if column is None else told("column {column}", column=shown(column))
        whose = f"{error.table}, {error.file}:" if inside else f"{error.table}:"
        problem = joined(" ", (whose, named, error.found))
        return at.error(problem, error.settings_remedy)
    place = at.error("", "").place
    return error.in_settings(place if is_named else "")


def _of_file(said: Mapping[str, object], file: str | None) -> tuple[Keys, Mapping[str, object]]:
    """Return what is said of the layout of a file, and the keys that lead to it."""
    layouts = said.get(LAYOUT)
    for number, each in enumerate(layouts if isinstance(layouts, tuple) else ()):
        named = each.get(FILE)
        files = named if isinstance(named, tuple) else (named,)
        if file in [Path(str(name)).name for name in files]:
            return (LAYOUT, number), each
    return (), said


def _path(at: Keys, column: str | None, said: Mapping[str, object]) -> tuple[Keys, bool]:
    """Return the keys that name a column, and whether any does."""
    for key, value in said.items():
        inside = _inside(value, column)
        if inside is not None:
            return (*at, key, *inside), True
    if column is not None and column in said:
        return (*at, column), True
    return at, False


def _inside(value: object, heading: object) -> Keys | None:
    """Return the keys that lead to a heading inside a value; None where it is not there."""
    if isinstance(value, str):
        return () if _plain(value) == _plain(heading) else None
    if not isinstance(value, Mapping | tuple):
        return None
    pairs = value.items() if isinstance(value, Mapping) else enumerate(value)
    for key, each in pairs:
        if _plain(key) == _plain(heading):
            return (key,)
        inside = _inside(each, heading)
        if inside is not None:
            return (key, *inside)
    return None


def _plain(heading: object) -> str:
    return "".join(str(heading).casefold().split())
