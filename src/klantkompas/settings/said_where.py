"""Errors about the data as those who keep a file of settings meet them: with what it says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from klantkompas._printable import shown
from klantkompas._told import joined, told
from klantkompas.errors import DataError, KlantkompasError, SettingsError
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
    path, is_named = _path(error.table, error.column, tables[error.table])
    at = At(written, path)
    if error.row is None:
        column = error.column
        named = "" if column is None else told("column {column}", column=shown(column))
        problem = joined(" ", (f"{error.table}:", named, error.found))
        return at.error(problem, error.settings_remedy)
    place = at.error("", "").place
    return error.in_settings(place if is_named else "")


def _path(table: str, column: str | None, said: Mapping[str, object]) -> tuple[Keys, bool]:
    """Return the keys that name a column, and whether any does."""
    for key, value in said.items():
        inside = _inside(value, column)
        if inside is not None:
            return (table, key, *inside), True
    if column is not None and column in said:
        return (table, column), True
    return (table,), False


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
