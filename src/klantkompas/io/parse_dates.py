"""Dates and datetimes as people write them: ``2025-01-31``, ``31-1-2025``, ``1/31/25 8:26``.

The order of year, month and day is decided over the whole column; a time, and after it an offset
from UTC, may follow (decided, issue 2). Years of two digits are those from 1969 to 2068 (POSIX).

>>> import polars
>>> from klantkompas.io.headings import Heading
>>> column = WrittenColumn(
...     "orders", "on", Heading("Datum"), polars.Series(["03-04-2025", "31-1-2025", None])
... )
>>> dates, notes = read_dates(column)
>>> [None if date is None else date.isoformat() for date in dates]
['2025-04-03', '2025-01-31', None]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantkompas.io.locales import Locale
from klantkompas.io.parse_columns import WrittenColumn, decide
from klantkompas.io.parse_distinct import HEAD, Converted, parse_distinct, parse_remaining, repeats

if TYPE_CHECKING:
    import polars

__all__ = ["read_dates", "read_each_date"]

_STYLES = ("y-m-d", "d-m-y", "m-d-y")
_DATE = "([0-9]{4}|[0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4}|[0-9]{1,2})"
_TIME = "([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,6}))?)?"
_OFFSET = "(Z|[+-][0-9]{2}:?[0-9]{2})"
_PATTERN = f"^{_DATE}(?:[ T]{_TIME} ?{_OFFSET}?)?$"
_GROUPS = ("first", "second", "third", "hour", "minute", "seconds", "fraction", "offset")
_CLOCKED = "^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(?::[0-5][0-9])?$"
_TO_THE_MINUTE = len("2025-01-31 08:05")
_COMPACT = "^([0-9]{4})([0-9]{2})([0-9]{2})($|[ T])"


def read_dates(column: WrittenColumn, locale: Locale | None = None) -> Converted:
    """Read a column of dates, in the one order of day, month and year that fits all of it.

    Args:
        column: the column as it is written.
        locale: decides where the column leaves a choice.

    Returns:
        Dates, or datetimes where any value has a clock time (a plain date is then its midnight), in
        the time zone that they carry; null where the column is empty; and what is to be noted.

    Raises:
        ArgumentError: the heading's style is no style of dates.
        DataError: a value is not a date, the column can be read in two ways, or its times differ in
            time zone.
    """
    head = column.values.head(HEAD)
    plain = head.filter(head.str.contains(_CLOCKED))
    if not len(plain) or repeats(column):
        return parse_distinct(read_each_date, column, locale)
    # With the year in front and a time behind, it is one style and no mere date.
    form = f"%Y-%m-%d{plain[0][10]}%H:%M" + ":%S" * (len(plain[0]) > _TO_THE_MINUTE)
    moments = column.values.str.to_datetime(form, time_unit="us", strict=False)
    is_plain = column.values.str.contains(_CLOCKED) & moments.is_not_null()
    return parse_remaining(read_each_date, column, locale, moments, is_plain=is_plain)


def read_each_date(column: WrittenColumn, locale: Locale | None = None) -> Converted:
    """Do what `read_dates` does, for a column of stripped text, value by value."""
    import polars

    text = column.values
    if column.heading.style == "y-m-d" or text.str.contains(_COMPACT).all():
        text = text.str.replace(_COMPACT, "$1-$2-$3$4")
    parts = _parts(text)
    moments = {style: _moments(parts, style) for style in _STYLES}
    style, notes = decide(
        column,
        {style: found["moment"] for style, found in moments.items()},
        what="an existing date",
        home=locale.dates if locale else None,
        show=lambda moment: moment.date().isoformat(),
    )
    short_years = column.count(moments[style]["short_year"])
    if short_years:
        notes = (
            *notes,
            column.note(
                "column {column}: {count} years of two digits were read as 1969 to 2068",
                count=short_years,
            ),
        )
    moment = moments[style]["moment"]
    if parts["hour"].is_null().all():
        return moment.cast(polars.Date), notes
    zone = _time_zone(column, parts)
    return (moment if zone is None else moment.dt.replace_time_zone(zone)), notes


def _parts(text: polars.Series) -> polars.DataFrame:
    from polars import Int64, col, duration, lit, when

    found = (
        text.rename("text")
        .to_frame()
        .select(
            col("text").str.extract_groups(_PATTERN).struct.rename_fields(_GROUPS).struct.unnest()
        )
    )
    hour, minute, seconds, microseconds = (
        part.cast(Int64).fill_null(0)
        for part in (
            col("hour"),
            col("minute"),
            col("seconds"),
            col("fraction").str.pad_end(6, "0"),
        )
    )
    exists = (hour < 24) & (minute < 60) & (seconds < 60)
    clock = duration(hours=hour, minutes=minute, seconds=seconds, microseconds=microseconds)
    return found.with_columns(clock=when(exists).then(clock).otherwise(lit(None)))


def _moments(parts: polars.DataFrame, style: str) -> polars.DataFrame:
    from polars import Datetime, Int64, col, concat_str, when

    places = dict(zip(style.split("-"), ("first", "second", "third"), strict=True))
    year, month, day = (col(places[part]) for part in "ymd")
    digits = year.str.len_bytes()
    short = (digits == 2) & (style != "y-m-d")
    number = year.cast(Int64)
    full = when(short).then(number + when(number < 69).then(2000).otherwise(1900)).otherwise(number)
    whole_year = short | ((digits == 4) & (number > 0))
    written = whole_year & (month.str.len_bytes() < 3) & (day.str.len_bytes() < 3)
    date = concat_str(full, month, day, separator="-").str.to_date("%Y-%m-%d", strict=False)
    return parts.select(
        moment=when(written).then(date.cast(Datetime("us")) + col("clock")),
        short_year=short,
    )


def _time_zone(column: WrittenColumn, parts: polars.DataFrame) -> str | None:
    from polars import col

    times = (
        parts.with_row_index("at")
        .filter(col("hour").is_not_null())
        .select("at", offset=col("offset").str.replace("Z", "+00:00").str.replace(":", ""))
        .unique("offset", keep="first", maintain_order=True)
    )
    if times.height > 1:
        (first, one), (second, other) = times.rows()[:2]
        raise column.error(
            f"has {_said(other)}, and row {first + 1} has {_said(one)}; write all times of the "
            "column in one time zone",
            second,
        )
    offset = times["offset"][0]
    if offset is None:
        return None
    hours, minutes = int(offset[:3]), int(offset[3:])
    if minutes or not -12 <= hours <= 14:
        raise column.error(
            f"has {_said(offset)}, which is not a whole number of hours from -12 to +14; write the "
            "times of the column in UTC",
            times["at"][0],
        )
    # POSIX counts these zones westward, so the sign turns round.
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"


def _said(offset: str | None) -> str:
    return "no time zone" if offset is None else f"the offset {offset[:3]}:{offset[3:]} from UTC"
