"""Dates and datetimes as people write them: ``2025-01-31``, ``31-1-2025``, ``1/31/25 8:26 PM``.

The order of year, month and day is decided over the whole column; a time, and after it an offset
from UTC, may follow (decided, issue 2). Years of two digits are those from 1969 to 2068 (POSIX).
Months may be written in Dutch, English, German or French. Numbers that stand for days or seconds
are read by their style only: ``"excel"`` and ``"unix"`` (decided, issue 14).

>>> import polars
>>> from klantkompas.domain.field_source import Heading
>>> column = WrittenColumn(
...     "orders", "on", Heading("Datum"), polars.Series(["03-04-2025", "31 jan. 2025", None])
... )
>>> dates, notes = read_dates(column)
>>> [None if date is None else date.isoformat() for date in dates]
['2025-04-03', '2025-01-31', None]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from klantkompas._told import told
from klantkompas.domain.field_source import FieldSource
from klantkompas.errors import DataError
from klantkompas.io.headings.naming import in_its_table, in_python, in_settings, with_shape
from klantkompas.io.parsing.columns import WrittenColumn, as_text, without_nothing
from klantkompas.io.parsing.distinct import (
    HEAD,
    Converted,
    parse_distinct,
    parse_remaining,
    repeats,
)
from klantkompas.io.parsing.locales import Locale
from klantkompas.io.parsing.moments_in_zone import clock_and_utc
from klantkompas.io.parsing.month_names import with_months_as_numbers
from klantkompas.io.parsing.plain_dates import plain_dates
from klantkompas.io.parsing.serials import SERIALS, likely_serial, read_serials
from klantkompas.io.parsing.styles import decide, styles_of

if TYPE_CHECKING:
    import polars

__all__ = ["date_styles", "read_dates", "read_each_date"]

_STYLES = ("d-m-y", "m-d-y", "y-m-d")
_ZONES = {
    "WET": "+00:00",
    "WEST": "+01:00",
    "CET": "+01:00",
    "CEST": "+02:00",
    "EET": "+02:00",
    "EEST": "+03:00",
}
"""The names of zones that mean one offset; CST, IST and EST do not."""
_BESIDE = (
    ("[\u00a0\u202f\u2009]", " "),
    (r"([+-]\d{2}:?\d{2})(?:\s+\([^()]*\)|\[[A-Za-z_/]+\])$", "$1"),
    *(
        (rf"(\d{{2}}(?: ?[aApP]\.?[mM]\.?)?) \(?{name}\)?$", f"$1 {away}")
        for name, away in _ZONES.items()
    ),
    (r"(?i),?\s+(?:at|om|um|\u00e0|kl\.?)\s+(\d)", " $1"),
    (r"(?i)(\s\d{1,2})(?:h|u|[.:]| h | u )(\d{2})\s*(?:uhr|uur|h|u)?\.?$", "$1:$2"),
    (r"(?i)(:\d{2})\s*(?:uhr|uur|h)\.?$", "$1"),
)
"""What people write beside a date and its time, and what is meant; only where there are letters."""
_DATE = "(m?[0-9]{1,4})[-/.](m?[0-9]{1,2})[-/.]([0-9]{4}|[0-9]{1,2})"
_TIME = (
    r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,6})[0-9]{0,3})?)? ?([aApP]\.?[mM]\.?)?"
)
_OFFSET = "((?:UTC|GMT)[+-][0-9](?::[0-9]{2})?|(?:Z|UTC|GMT)?(?:[+-][0-9]{2}(?::?[0-9]{2})?)?)"
_AWAY = "([+-])([0-9]{1,2})(?::?([0-9]{2}))?$"
_WEST, _EAST = -12 * 60, 14 * 60
_PATTERN = f"^{_DATE}(?:(?:[ T]|, ){_TIME} ?{_OFFSET})?$"
_GROUPS = ("first", "second", "third", "hour", "minute", "seconds", "fraction", "half", "offset")
_CLOCKED = "^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(?::[0-5][0-9])?$"
_TO_THE_MINUTE = len("2025-01-31 08:05")
_COMPACT = "^([0-9]{4})([0-9]{2})([0-9]{2})($|[ T])"
_STAMP = "^((?:19|20)[0-9]{6})([0-9]{2})([0-9]{2})([0-9]{2})$"
_NO_DATE = r"^(?:0000[-/.]00[-/.]00|00[-/.]00[-/.]0000)(?:[ T]00:00(?::00)?)?$"
_NO_YEAR = (
    r"^(?:[0-9]{3,4}|[0-9]{1,2}[-/.][0-9]{1,2}\.?|[0-9]{1,2}[-/.][A-Za-z]{3,}\.?|"
    r"[0-9]{1,2}\.?[ -]?m[0-9]{1,2}\.?)(?: .*)?$"
)
_DAYS = r"^([0-9]{1,3})(?: ?\p{L}+\.?)?$"
_MONTH_ONLY = r"^(?:m[0-9]{2}[-/.]?[0-9]{2,4}|[0-9]{4}[-/.]m?[0-9]{1,2}|m?[0-9]{1,2}[-/.][0-9]{4})$"


def read_dates(column: WrittenColumn, locale: Locale | None = None) -> Converted:
    """Return a column of dates, read in the one order of day, month and year that fits all of it.

    Args:
        column: the column as it is written.
        locale: decides where the column leaves a choice.

    Returns:
        Dates, or datetimes where any value has a clock time (a plain date is then its midnight), in
        the time zone that they carry; where their offsets from UTC differ, the clock time and the
        moment in UTC of each; null where the column is empty. And the notes.

    Raises:
        ArgumentError: the heading's style is not a style of dates.
        DataError: a value is not a date, the column can be read in two ways, or some of its times
            have an offset and others none.
    """
    if column.heading.style in SERIALS:
        return read_serials(column), ()
    head = column.values.head(HEAD)
    plain = head.filter(head.str.contains(_CLOCKED))
    if not len(plain) or repeats(column):
        return parse_distinct(_read_dates, column, locale)
    # With the year in front and a time behind, it is one style and no mere date.
    form = f"%Y-%m-%d{plain[0][10]}%H:%M" + ":%S" * (len(plain[0]) > _TO_THE_MINUTE)
    moments = column.values.str.to_datetime(form, time_unit="us", strict=False)
    is_plain = column.values.str.contains(_CLOCKED) & moments.is_not_null()
    if column.heading.style in (None, "y-m-d") and is_plain.sum() == column.values.count():
        return moments, ()
    return parse_remaining(read_each_date, column, locale, moments, is_plain=is_plain)


def _read_dates(column: WrittenColumn, locale: Locale | None) -> Converted:
    moments = plain_dates(column, locale)
    return read_each_date(column, locale) if moments is None else (moments, ())


def date_styles(column: WrittenColumn) -> list[str]:
    """Return the styles of dates in which every value of a column can be read."""
    if column.heading.style in SERIALS or not column.is_text:
        return []
    texts = evolve(column, values=_without_nothing(as_text(column.values.unique())))
    parts = _parts(_uniform(texts))
    return styles_of(texts, {style: _moments(parts, style)["moment"] for style in _STYLES})


def read_each_date(column: WrittenColumn, locale: Locale | None = None) -> Converted:
    """Return dates as `read_dates` does, value by value; the text has to be stripped."""
    import polars

    column = evolve(column, values=_without_nothing(column.values))
    text = _uniform(column)
    parts = _parts(text)
    moments = {style: _moments(parts, style) for style in _STYLES}
    try:
        style, notes = decide(
            column,
            {style: found["moment"] for style, found in moments.items()},
            what=told("an existing date"),
            home=locale.dates if locale else None,
            show=lambda moment: moment.date().isoformat(),
            others=SERIALS,
        )
    except DataError as error:
        raise _advised(error, text, column) from None
    short_years = column.count(moments[style]["short_year"])
    if short_years:
        notes = (
            *notes,
            column.note(
                "years of two digits in column {column}, read as 1969 to 2068: {count}",
                count=short_years,
                unit="",
            ),
        )
    moment = moments[style]["moment"]
    if parts["hour"].is_null().all():
        return moment.cast(polars.Date), notes
    return _with_offsets(column, moment, parts), notes


def _without_nothing(values: polars.Series) -> polars.Series:
    values = without_nothing(values)
    no_date = values.str.contains(_NO_DATE).fill_null(value=False)
    return values.zip_with(~no_date, values.clear(len(values))) if no_date.any() else values


def _without_words(values: polars.Series) -> polars.Series:
    """Leave out words and signs beside a time that change nothing of it."""
    if not values.str.contains(r"[\p{L}\x{a0}\x{202f}\x{2009}]").any():
        return values
    for pattern, meant in _BESIDE:
        values = values.str.replace_all(pattern, meant)
    return values


def _uniform(column: WrittenColumn) -> polars.Series:
    """Write months as numbers, and dates of eight or fourteen digits apart where all are so."""
    text = with_months_as_numbers(_without_words(column.values))
    if text.str.contains(_STAMP).all():
        text = text.str.replace(_STAMP, "$1 $2:$3:$4")
    if column.heading.style == "y-m-d" or text.str.contains(_COMPACT).all():
        text = text.str.replace(_COMPACT, "$1-$2-$3$4")
    return text


def _advised(error: DataError, text: polars.Series, column: WrittenColumn) -> DataError:
    """Add what can be done where the values are days or seconds that were counted, or months."""
    if column.field == "due" and (days := text.drop_nulls().str.extract(_DAYS)).null_count() < len(
        days
    ):
        so = told(
            "Where these are days to pay, name the date of the invoice as issued, and say how many"
        )
        example = f"due = {{ term = {days.drop_nulls()[0]} }}"
        return error.advised(
            told("{so}: {example}", so=so, example=example),
            command=told("{so}: {example}", so=so, example=example),
        )
    serial = likely_serial(text)
    if serial is not None:
        style, kind, example = serial
        wanted = column.table, column.field, column.styled(style)
        so = told(
            "The values look like {kind} ({example}): then say so", kind=kind, example=example
        )
        command = told("{so}, {line}", so=so, line=in_its_table(*wanted))
        styled = error.advised(
            told("{so}: {example}", so=so, example=in_python(*wanted)), command=command
        )
        return with_shape(styled, column.shape)
    if len(text.drop_nulls()) and text.drop_nulls().str.contains(_NO_YEAR).all():
        so = told("Where these are days without a year, say which, in place of YYYY")
        source = (
            column.source if column.source.all_headings else FieldSource(headings=(column.heading,))
        )
        line = f"{column.field} = {in_settings(source, year=0).replace('year = 0', 'year = YYYY')}"
        advice = told("{so}: {example}", so=so, example=line)
        return with_shape(error.advised(advice, command=advice), column.shape)
    months = text.drop_nulls().str.contains(_MONTH_ONLY)
    if len(months) and months.all():
        so = told("A month is not a day: take the column with the whole date")
        return error.advised(so, command=so)
    return error


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
    half = col("half").str.to_lowercase().str.head(1)
    afternoon = when(half == "p").then(12).otherwise(0)
    on_the_clock = when(half.is_null()).then(hour).otherwise(hour % 12 + afternoon)
    of_twelve = half.is_null() | hour.is_between(1, 12)
    exists = (hour < 24) & (minute < 60) & (seconds < 60) & of_twelve
    clock = duration(hours=on_the_clock, minutes=minute, seconds=seconds, microseconds=microseconds)
    away = col("offset").str.extract_groups(_AWAY).struct
    minutes = away.field("2").cast(Int64) * 60 + away.field("3").cast(Int64).fill_null(0)
    signed = when(away.field("1") == "-").then(-minutes).otherwise(minutes)
    return found.with_columns(
        clock=when(exists).then(clock).otherwise(lit(None)),
        minutes=when(col("offset") != "").then(signed.fill_null(0)),
    )


def _moments(parts: polars.DataFrame, style: str) -> polars.DataFrame:
    from polars import Datetime, Int64, col, concat_str, when

    places = dict(zip(style.split("-"), ("first", "second", "third"), strict=True))
    year, month, day = (col(places[part]) for part in "ymd")
    digits = year.str.len_bytes()
    # With the name of the month in the middle, nobody writes a year of two digits in front.
    short = (digits == 2) & ((style != "y-m-d") | ~month.str.starts_with("m"))
    number = year.cast(Int64, strict=False)
    full = when(short).then(number + when(number < 69).then(2000).otherwise(1900)).otherwise(number)
    whole_year = short | ((digits == 4) & (number > 0))
    month_number = month.str.strip_prefix("m")
    written = whole_year & (month_number.str.len_bytes() < 3) & (day.str.len_bytes() < 3)
    date = concat_str(full, month_number, day, separator="-").str.to_date("%Y-%m-%d", strict=False)
    return parts.select(
        moment=when(written).then(date.cast(Datetime("us")) + col("clock")),
        short_year=short,
    )


def _with_offsets(
    column: WrittenColumn, moment: polars.Series, parts: polars.DataFrame
) -> polars.Series:
    """Attach zones to clock times; where offsets differ, return the clock and the time in UTC."""
    from polars import col

    timed = parts.with_row_index("at").filter(col("hour").is_not_null())
    times = timed.select("at", "minutes").unique("minutes", keep="first", maintain_order=True)
    found: list[int | None] = times["minutes"].to_list()
    if found == [None]:
        return moment
    if None in found:
        (first, one), (second, other) = times.rows()[:2]
        raise column.error(
            told(
                "has {said}, and row {first} has {one}",
                said=_said(other),
                first=first + 1,
                one=_said(one),
            ),
            second,
            remedy=told("Write all times of the column with an offset, or all without"),
        )
    for at, minutes in times.rows():
        if not _WEST <= minutes <= _EAST:
            raise column.error(
                told("has {said}, which lies outside -12:00 to +14:00", said=_said(minutes)), at
            )
    minutes = found[0] or 0
    if len(found) == 1 and not minutes % 60:
        hours = minutes // 60
        # POSIX counts these zones westward, so the sign turns round.
        return moment.dt.replace_time_zone(f"Etc/GMT{-hours:+d}" if hours else "UTC")
    return clock_and_utc(moment, parts["minutes"].fill_null(0))


def _said(minutes: int | None) -> str:
    if minutes is None:
        return told("no time zone")
    hours, rest = divmod(abs(minutes), 60)
    offset = f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"
    return told("the offset {offset} from UTC", offset=offset)
