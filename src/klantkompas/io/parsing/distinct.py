"""Long columns read quickly: each distinct text once, or the plain values by polars itself.

Nothing is decided here, and nothing said: both come of reading value by value, which what is quick
only spares values that cannot change them. Where values cannot be read, the whole column is read
value by value, so that the error is its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from attrs import evolve

from klantkompas.errors import DataError
from klantkompas.io.parsing.columns import WrittenColumn
from klantkompas.io.parsing.locales import Locale
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars

__all__ = ["HEAD", "Converted", "parse_distinct", "parse_remaining", "repeats"]

HEAD = 100
"""So many values at the start of a column are always read value by value."""
Converted = tuple["polars.Series", tuple[DataNote, ...]]
"""The values of a column, and what is to be noted."""


def repeats(column: WrittenColumn) -> bool:
    """Return whether fewer than half of the first values of a column are different.

    Args:
        column: the column as it is written.

    Returns:
        True where reading each distinct text once is likely to be quicker.
    """
    return 2 * column.values.head(HEAD).n_unique() < HEAD


def parse_distinct(
    read: Callable[[WrittenColumn, Locale | None], Converted],
    column: WrittenColumn,
    locale: Locale | None,
) -> Converted:
    """Return a column read by its distinct texts; by all rows where one cannot be read.

    Args:
        read: reads a column of stripped text, value by value, deciding on all of them.
        column: the column as it is written.
        locale: decides where the column leaves a choice.

    Returns:
        What `read` returns for the column.

    Raises:
        DataError: as `read` raises it for the column.
    """
    distinct = column.distinct()
    if distinct.rows is None:
        return read(distinct, locale)
    try:
        texts, notes = read(distinct, locale)
    except DataError:
        return read(column.stripped(), locale)
    return texts.gather(distinct.rows), notes


def parse_remaining(
    read: Callable[[WrittenColumn, Locale | None], Converted],
    column: WrittenColumn,
    locale: Locale | None,
    values: polars.Series,
    *,
    is_plain: polars.Series,
) -> Converted:
    """Read a column of which the plain values have been read, when the head has decided on them.

    Args:
        read: reads a column of stripped text, value by value, deciding on all of them.
        column: the column as it is written.
        locale: decides where the column leaves a choice.
        values: the plain values, as `read` reads them; overwritten elsewhere.
        is_plain: which they are; null where the column is.

    Returns:
        What `read` returns for the column.

    Raises:
        DataError: as `read` raises it for the column.
    """
    others = (~is_plain.fill_null(value=True)).scatter(range(min(HEAD, len(values))), True)
    rows = others.arg_true()
    texts = evolve(column, values=column.values.gather(rows), rows=None)
    try:
        found, notes = parse_distinct(read, texts, locale)
    except DataError:  # which says the row, and how many other values there are
        return read(column.stripped(), locale)
    return values.scatter(rows, found), notes
