"""Dates as numbers: the days that spreadsheets count, and the seconds that computers count.

>>> import polars
>>> likely_serial(polars.Series(["45691", "45702.5"]))
('excel', "a spreadsheet's serial numbers of days", '45691 is 2025-02-03')
>>> likely_serial(polars.Series(["1738574132"]))
('unix', 'seconds since 1970', '1738574132 is 2025-02-03')
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from klantkompas._told import told
from klantkompas.io.parsing.columns import WrittenColumn, as_text

if TYPE_CHECKING:
    import polars

__all__ = ["SERIALS", "likely_serial", "read_serials"]

SERIALS = ("excel", "unix")
_DAY_ZERO = date(1899, 12, 30)
_DAYS, _SECONDS, _THOUSAND = (20_000, 80_000), (300_000_000, 5_000_000_000), 1000
_LAST_DAY, _LAST_SECOND = 2_958_465, 253_402_300_799
_MILLISECONDS = 100_000_000_000
"""Numbers from here on are thousandths of a second: in seconds, they would be after year 5138."""


def likely_serial(text: polars.Series) -> tuple[str, str, str] | None:
    """Return which kind of dates the numbers of a column may be; None where they fit none.

    Args:
        text: the values as text.

    Returns:
        The style, what the numbers look like, and an example; None where a number fits neither
        style.
    """
    import polars

    known = text.drop_nulls()
    numbers = known.str.replace(",", ".", literal=True).cast(polars.Float64, strict=False)
    if not len(numbers) or numbers.null_count():
        return None
    first = float(numbers[0])
    if numbers.is_between(*_DAYS).all():
        day = _DAY_ZERO + timedelta(days=int(first))
        found = told("a spreadsheet's serial numbers of days")
        return "excel", found, told("{number} is {day}", number=known[0], day=day)
    since = told("seconds since 1970"), told("thousandths of a second since 1970")
    for unit, found in zip((1, _THOUSAND), since, strict=True):
        if numbers.is_between(_SECONDS[0] * unit, _SECONDS[1] * unit).all():
            day = datetime.fromtimestamp(first / unit, tz=UTC).date()
            return "unix", found, told("{number} is {day}", number=known[0], day=day)
    return None


def read_serials(column: WrittenColumn) -> polars.Series:
    """Return numbers as dates, by the style of the column's heading.

    Args:
        column: the column as it is written; ``"excel"`` counts days from 1899-12-30, ``"unix"``
            seconds (or thousandths of them) from 1970.

    Returns:
        Dates, or datetimes where any number has a fraction; seconds as datetimes in UTC.

    Raises:
        DataError: a value is not such a number.
    """
    import polars

    text = as_text(column.values)
    numbers = text.str.replace(",", ".", literal=True).cast(polars.Float64, strict=False)
    is_excel = column.heading.style == "excel"
    highest = _LAST_DAY if is_excel else _LAST_SECOND * _THOUSAND
    wrong = (text.is_not_null() & ~numbers.is_between(1, highest).fill_null(value=False)).arg_true()
    if len(wrong):
        counted = told("a number of days") if is_excel else told("a number of seconds")
        raise column.error(
            told(
                "is not {counted} written as the style {style} says",
                counted=counted,
                style=repr(column.heading.style),
            ),
            wrong[0],
        )
    if is_excel:
        milliseconds = (numbers * 86_400_000).round(0).cast(polars.Int64)
        zero = int((_DAY_ZERO - date(1970, 1, 1)).days) * 86_400_000
        moments = (milliseconds + zero).cast(polars.Datetime("ms")).cast(polars.Datetime("us"))
        whole = (numbers == numbers.floor()).fill_null(value=True).all()
        return moments.cast(polars.Date) if whole else moments
    seconds = numbers.zip_with(numbers < _MILLISECONDS, numbers / _THOUSAND)
    microseconds = (seconds * 1_000_000).round(0).cast(polars.Int64)
    return microseconds.cast(polars.Datetime("us")).dt.replace_time_zone("UTC")
