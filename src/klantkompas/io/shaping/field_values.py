"""The values of one field, made of several columns of an export.

>>> import polars
>>> total, taxes = polars.Series([121.0, None]), polars.Series([21.0, 2.0])
>>> added([total], [taxes]).to_list()
[100.0, -2.0]
>>> joined([polars.Series(["2025", "2025"]), polars.Series(["2", None])], "-").to_list()
['2025-2', '2025']
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars

__all__ = [
    "added",
    "as_email",
    "emptied",
    "first_filled",
    "is_any",
    "joined",
    "negated",
    "plus_days",
    "with_year",
    "worded",
]


def emptied(values: polars.Series, kept: polars.Series) -> polars.Series:
    """Return a column with null in the rows that are not kept."""
    return values.zip_with(kept, values.clear(len(values)))


def added(plus: Sequence[polars.Series], less: Sequence[polars.Series]) -> polars.Series:
    """Return the sums of columns less the sums of others; null counts as 0, unless all are null."""
    every = [*plus, *less]
    known = every[0].is_not_null()
    total = every[0] * 0.0
    for each, sign in [*((each, 1.0) for each in plus), *((each, -1.0) for each in less)]:
        known |= each.is_not_null()
        total = total.fill_null(0.0) + sign * each.fill_null(0.0)
    return emptied(total, known)


def first_filled(columns: Sequence[polars.Series]) -> polars.Series:
    """Return for each row the first value of several columns that is not null."""
    found = columns[0]
    for each in columns[1:]:
        found = found.zip_with(found.is_not_null(), each.cast(found.dtype))
    return found


def joined(columns: Sequence[polars.Series], separator: str) -> polars.Series:
    """Return the text of several columns joined by a separator, without nulls; null if all are.

    Of a typed date or clock time the part is taken that it says something of.
    """
    import polars

    texts = [_text(each) for each in columns]
    return (
        polars.DataFrame({str(at): each for at, each in enumerate(texts)})
        .select(polars.concat_str(polars.all(), separator=separator, ignore_nulls=True))
        .to_series()
        .replace("", None)
    )


def _text(values: polars.Series) -> polars.Series:
    import polars

    if isinstance(values.dtype, polars.Datetime):
        before_calendars = (values.dt.year() < 1901).fill_null(value=True).all()
        values = values.dt.strftime("%H:%M:%S" if before_calendars else "%Y-%m-%d")
    elif values.dtype.is_float() and (values == values.floor()).fill_null(value=True).all():
        values = values.cast(polars.Int64)
    stripped = values.cast(polars.String).str.strip_chars()
    return stripped.zip_with(stripped != "", stripped.clear(len(stripped)))


def is_any(values: polars.Series, words: Sequence[str]) -> polars.Series:
    """Return a mask of the rows with one of some words, whatever the capitals and outer blanks.

    An asterisk stands for any text.
    """
    import polars

    text = values.cast(polars.String).str.strip_chars().str.to_lowercase()
    meant = [each.strip().lower() for each in words]
    found = text.is_in([each for each in meant if "*" not in each])
    for each in meant:
        if "*" in each:
            found |= text.str.contains(f"^{re.escape(each).replace(re.escape('*'), '.*')}$")
    return found.fill_null(value=False)


def as_email(values: polars.Series) -> polars.Series:
    """Return e-mail addresses as they are compared: without capitals, blanks and a name in front.

    >>> import polars
    >>> as_email(polars.Series([" Anna@x.nl", "Anna de Vries <anna@x.nl>", "17"])).to_list()
    ['anna@x.nl', 'anna@x.nl', '17']
    """
    import polars

    texts = values.cast(polars.String).str.strip_chars().str.to_lowercase()
    return texts.str.replace(r"^[^<>]*<\s*([^<>@\s]+@[^<>\s]+)\s*>$", "$1")


def negated(values: polars.Series, which: polars.Series) -> polars.Series:
    """Return numbers with the sign of some of them turned."""
    return (-values).zip_with(which, values)


def worded(values: polars.Series, words: Mapping[str, object]) -> polars.Series:
    """Return a column with words replaced by the values that they stand for; other text stays."""
    import polars

    text = values.cast(polars.String).str.strip_chars()
    meant = {
        word: str(value).lower() if isinstance(value, bool) else str(value)
        for word, value in words.items()
    }
    found = text.str.to_lowercase().replace_strict(meant, default=None, return_dtype=polars.String)
    return found.zip_with(found.is_not_null(), text)


def with_year(values: polars.Series, year: int) -> polars.Series:
    """Return days that are written without a year as days of one: ``0301``, ``3-1``, ``3 jan.``.

    >>> import polars
    >>> with_year(polars.Series(["0301", "301", "13-02 10:15", "3 jan."]), 2025).to_list()
    ['03-01-2025', '3-01-2025', '13-02-2025 10:15', '3 jan. 2025']
    """
    import polars

    text = values.cast(polars.String).str.strip_chars()
    for pattern, days in (
        (r"^([0-9]{1,2})[-/.]?([0-9]{2})\.?( .*)?$", f"${{1}}-${{2}}-{year}${{3}}"),
        (r"^([0-9]{1,2})[-/.]([0-9])\.?( .*)?$", f"${{1}}-${{2}}-{year}${{3}}"),
        (r"^([0-9]{1,2}\.?[ -]?\p{L}+\.?)( .*)?$", f"${{1}} {year}${{2}}"),
    ):
        text = text.str.replace(pattern, days)
    return text


def plus_days(moments: polars.Series, days: int) -> polars.Series:
    """Return dates or datetimes as dates a number of days later."""
    import polars

    return moments.cast(polars.Date).dt.offset_by(f"{days}d")
