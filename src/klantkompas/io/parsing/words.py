"""Text, yes or no, and ids as they are written in files.

Ids stay text: ``0001`` is not ``1``. Where all are whole numbers, written as such, numbers say the
same and are quicker to work with. Only what a program made of ids is undone: ``17850.0``, which is
what a column of whole numbers becomes when a cell is empty (decided, issue 2).

>>> import polars
>>> from klantkompas.domain.field_source import Heading
>>> def read(reader, *values):
...     column = WrittenColumn("orders", "x", Heading("x"), polars.Series(values))
...     return reader(column)[0].to_list()
>>> read(read_flags, "ja", "Nee", None)
[True, False, None]
>>> read(read_ids, "17850.0", None), read(read_ids, "0001", "17850.0")
(['17850', None], ['0001', '17850.0'])
>>> read(read_ids, "17850", "9"), read(read_ids, "17850", "09")
([17850, 9], ['17850', '09'])
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantkompas._told import told
from klantkompas.domain.fields import Column, Content
from klantkompas.io.parsing.columns import WrittenColumn, as_text
from klantkompas.io.parsing.distinct import HEAD, Converted, parse_distinct
from klantkompas.io.parsing.locales import Locale

if TYPE_CHECKING:
    import polars

__all__ = ["are_true_or_false", "is_known", "read_each_flag", "read_flags", "read_ids", "read_text"]

_FLAGS = {
    "true": True,
    "yes": True,
    "ja": True,
    "y": True,
    "j": True,
    "1": True,
    "waar": True,
    "false": False,
    "no": False,
    "nee": False,
    "n": False,
    "0": False,
    "onwaar": False,
}
_LARGEST_EXACT = 2.0**53


def read_text(column: WrittenColumn, locale: Locale | None = None) -> Converted:
    """Return a column of text, without the blanks around it.

    Args:
        column: the column as it is written.
        locale: of no effect.

    Returns:
        The text, null where it is empty, and no notes.

    Raises:
        ArgumentError: a style was given.
    """
    column.refuse_style()
    return as_text(column.values), ()


def read_flags(column: WrittenColumn, locale: Locale | None = None) -> Converted:
    """Return a column of yes or no, in English or Dutch, as booleans.

    Args:
        column: the column as it is written.
        locale: of no effect.

    Returns:
        Booleans, null where the column is empty, and no notes.

    Raises:
        ArgumentError: a style was given.
        DataError: a value is another word.
    """
    column.refuse_style()
    return parse_distinct(read_each_flag, column, locale)


def are_true_or_false(head: WrittenColumn) -> bool:
    """Return whether the first values of a column are all true or false, in any case.

    Args:
        head: the first values of the column.
    """
    words = as_text(head.values).str.to_lowercase().drop_nulls()
    return head.heading.style is None and len(words) > 0 and words.is_in(["true", "false"]).all()


def is_known(word: str, column: Column) -> bool:
    """Return whether a word is read as yes or no, or as one of the words of a column.

    Args:
        word: the word.
        column: the column that it stands in.

    >>> from klantkompas.domain.fields import columns_of
    >>> from klantkompas.domain.interactions import Contact
    >>> (direction,) = (each for each in columns_of(Contact) if each.name == "by_customer")
    >>> is_known("Inkomend", direction), is_known("Intern", direction)
    (True, False)
    """
    known = {*_FLAGS, *column.answers} if column.content is Content.FLAG else set[str]()
    choices = map(str, column.choices or ())
    return word.casefold() in {*known, *map(str.casefold, (*choices, *column.words))}


def read_each_flag(column: WrittenColumn, locale: Locale | None = None) -> Converted:
    """Return booleans as `read_flags` does, value by value; the text has to be stripped."""
    import polars

    words = {**_FLAGS, **column.column.answers}
    flags = column.values.str.to_lowercase().replace_strict(
        words, default=None, return_dtype=polars.Boolean
    )
    unread = (flags.is_null() & column.values.is_not_null()).arg_true()
    if len(unread):
        raise column.error(
            told(
                "is neither yes nor no; write one of: {names}, or leave it empty",
                names=", ".join(words),
            ),
            unread[0],
        )
    return flags, ()


def read_ids(column: WrittenColumn, locale: Locale | None = None) -> Converted:
    """Return a column of ids, read from text, whole numbers, or floats that are whole.

    Args:
        column: the column as it is written; its values may be floats.
        locale: of no effect.

    Returns:
        The ids as text, null where the column is empty, or as whole numbers where every text is
        that of a whole number above 0; and a note where they were floats.

    Raises:
        ArgumentError: a style was given.
        DataError: a float is not a whole number, or too large to be exact.
    """
    column.refuse_style()
    ids = column.values
    if ids.dtype.is_float():
        ids = _text_of_floats(column)
    else:
        numbers = None if _whole_numbers(ids.head(HEAD)) is None else _whole_numbers(ids)
        if numbers is not None:
            return numbers, ()
        ids = as_text(ids)
        if not (ids.str.ends_with(".0").all() and ids.str.contains(r"^[0-9]+\.0$").all()):
            return ids, ()
        ids = ids.str.strip_suffix(".0")
    if not ids.count():
        return ids, ()
    return ids, (
        column.note(
            "ids in column {column} that were floating-point numbers, such as 17850.0, read as "
            "whole numbers: {count}",
            count=ids.count(),
            unit="",
        ),
    )


def _whole_numbers(texts: polars.Series) -> polars.Series | None:
    """Return the whole numbers above 0 of which every text is the decimal one; None otherwise."""
    from polars import Int64

    numbers = texts.cast(Int64, strict=False)
    if not len(numbers) or numbers.null_count():
        return None
    # No text is shorter than the digits of its number above 0, so together they tell of each.
    digits = sum((numbers >= 10**power).sum() for power in range(len(str(numbers.max()))))
    return numbers if texts.str.len_bytes().sum() == digits else None


def _text_of_floats(column: WrittenColumn) -> polars.Series:
    import polars

    floats = column.values.cast(polars.Float64).fill_nan(None)
    inexact = ((floats != floats.floor()) | (floats.abs() > _LARGEST_EXACT)).arg_true()
    if len(inexact):
        raise column.error(
            told(
                "the id is a number that is not whole, or too large to be exact; write ids as text"
            ),
            inexact[0],
            shown=False,
        )
    return floats.cast(polars.Int64).cast(polars.String)
