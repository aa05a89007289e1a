"""Minutes as call logs write them: ``00:04:35``, which is 4.58 minutes.

With two parts, as in ``4:35``, a column may mean hours and minutes or minutes and seconds: then
the caller must say which. Numbers are minutes, unless the column's style says that they are seconds
or hours (decided, issue 14).

>>> import polars
>>> from klantkompas.domain.field_source import Heading
>>> def minutes(*texts, style=None):
...     heading = Heading("Duur", style)
...     return read_minutes(WrittenColumn("contacts", "minutes", heading, polars.Series(texts)))[0]
>>> minutes("00:04:30", None).to_list(), minutes("4:30", style="mm:ss").to_list()
([4.5, None], [4.5])
>>> minutes("270", style="seconds").to_list()
[4.5]
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import evolve

from klantkompas._told import told
from klantkompas.domain.field_source import Heading
from klantkompas.io.headings.naming import in_toml
from klantkompas.io.parsing.columns import WrittenColumn, as_text, without_nothing
from klantkompas.io.parsing.distinct import Converted, parse_distinct
from klantkompas.io.parsing.locales import Locale
from klantkompas.io.parsing.numbers import read_numbers
from klantkompas.io.parsing.styles import decide
from klantkompas.wording.catalogue import mark
from klantkompas.wording.writer import Writer

if TYPE_CHECKING:
    import polars

__all__ = ["minutes_of", "read_minutes", "style_of_heading"]

_UNITS = (
    r"(?i)^(?:([0-9]+) ?(?:h|u|uur|uren|hours?|hrs?|std\.?|heures?),? ?)?"
    r"(?:([0-9]+) ?(?:m|min\.?|minuten|minutes?|mins),? ?)?"
    r"(?:([0-9]+) ?(?:s|sec\.?|seconden|seconds?|secs|sek\.?|secondes?))?$"
)
NOT_MINUTES = mark(
    "the numbers in {column} are counted as minutes, and its heading says otherwise: if these are "
    "not, write in its settings: {line}"
)
_HOURS_AND_MINUTES = "(?i)^([0-9]+) ?[hu] ?([0-5][0-9])$"
_COUNTED = {"seconds": 1 / 60, "hours": 60.0, "milliseconds": 1 / 60_000}
"""How many minutes one is, by the style of a column of numbers."""
_NAMED = {
    "seconds": r"(?i)\b(?:sec|secs|seconds?|seconden|sek|sekunden|secondes)\b|\(s\)",
    "hours": r"(?i)\b(?:hours|hrs|uren|stunden|heures)\b|\(h\)",
    "milliseconds": r"(?i)(?<![a-z])(?:ms|msecs?|milli(?:seconds?|seconden|sekunden|secondes))\b",
}
_STYLES = {"hh:mm:ss": (60.0, 1.0, 1 / 60), "hh:mm": (60.0, 1.0), "mm:ss": (1.0, 1 / 60)}


def read_minutes(column: WrittenColumn, locale: Locale | None = None) -> Converted:
    """Return a column of minutes, read from numbers or from times in one style.

    Args:
        column: the column as it is written.
        locale: decides how numbers are written where the column leaves a choice.

    Returns:
        Minutes as floats, null where the column is empty; and what is to be noted.

    Raises:
        ArgumentError: the heading's style is not a style of numbers or times.
        DataError: a value cannot be read, or the column can be read in two ways.
    """
    style = column.heading.style
    has_colon = column.values.str.contains(":", literal=True).any()
    if style in _STYLES or (style is None and has_colon):
        return parse_distinct(_read_times, column, locale)
    if style is None and column.values.str.contains(r"^\s*[0-9]+ ?\p{L}").any():
        return parse_distinct(_read_units, column, locale)
    if style in _COUNTED:
        unstyled = evolve(column, heading=evolve(column.heading, style=None))
        numbers, notes = read_numbers(unstyled, locale)
    else:
        numbers, notes = read_numbers(column, locale)
    minutes, remarks = _in_minutes(column, numbers)
    return minutes, (*notes, *remarks)


def style_of_heading(heading: str) -> str | None:
    """Return the style that a heading of numbers names, where these are not minutes.

    Args:
        heading: the heading as it is in the file.

    >>> style_of_heading("Duration (sec)"), style_of_heading("Duration")
    ('seconds', None)
    """
    return next((style for style, named in _NAMED.items() if re.search(named, heading)), None)


def _in_minutes(column: WrittenColumn, numbers: polars.Series) -> Converted:
    """Return numbers as minutes, with a note where the heading says that they are none."""
    style, name = column.heading.style, column.heading.name
    if style in _COUNTED:
        return numbers * _COUNTED[style], ()
    named = style_of_heading(name)
    if named is None:
        return numbers, ()
    line = f"{column.field} = {in_toml(Heading(name, named))}"
    return numbers, (evolve(column.note(NOT_MINUTES), line=line),)


def _read_units(column: WrittenColumn, locale: Locale | None) -> Converted:
    """Read lengths of time by their units, as in ``4m 35s``."""
    import polars

    column = evolve(column, values=without_nothing(as_text(column.values)))
    whole = column.values.str.replace(_HOURS_AND_MINUTES, "${1}h ${2}m")
    parts = whole.str.extract_groups(_UNITS).struct.unnest()
    hours, minutes, seconds = (polars.col(name).cast(polars.Float64) for name in parts.columns)
    total = hours.fill_null(0) * 60 + minutes.fill_null(0) + seconds.fill_null(0) / 60
    known = polars.any_horizontal(hours.is_not_null(), minutes.is_not_null(), seconds.is_not_null())
    read = parts.select(polars.when(known).then(total).alias("minutes")).to_series()
    wrong = (column.values.is_not_null() & read.is_null()).arg_true()
    if len(wrong):
        raise column.error(told("is not a length of time such as 4m 35s"), wrong[0])
    return read, ()


def _read_times(column: WrittenColumn, locale: Locale | None) -> Converted:
    column = evolve(column, values=without_nothing(as_text(column.values)))
    readings = {style: _minutes(column.values, units) for style, units in _STYLES.items()}
    _, notes = decide(
        column,
        readings,
        what=told("a length of time"),
        home=None,
        show=lambda minutes: Writer().quantity(minutes, "minutes"),
    )
    style = column.heading.style or next(
        name
        for name, reading in readings.items()
        if (column.values.is_null() | reading.is_not_null()).all()
    )
    return readings[style], notes


def _minutes(values: polars.Series, units: tuple[float, ...]) -> polars.Series:
    import polars

    pattern = "^([0-9]+)" + ":([0-5][0-9])" * (len(units) - 2) + r":([0-5][0-9](?:[.,][0-9]+)?)$"
    parts = values.str.extract_groups(pattern).struct.unnest()
    total = polars.lit(0.0)
    for name, unit in zip(parts.columns, units, strict=True):
        part = polars.col(name).str.replace(",", ".", literal=True)
        total = total + part.cast(polars.Float64) * unit
    return parts.select(total.alias("minutes")).to_series()


def minutes_of(column: WrittenColumn) -> Converted:
    """Return a column of numbers, times of day or durations as minutes.

    Args:
        column: a column of a workbook or frame, of any type but text.

    Returns:
        Minutes; a column of other types as it is. And what is to be noted.
    """
    import polars

    values = column.values
    if values.dtype.is_numeric():
        return _in_minutes(column, values)
    if isinstance(values.dtype, polars.Duration):
        return values.dt.total_microseconds() / 60e6, ()
    if values.dtype == polars.Time:
        return values.cast(polars.Duration("us")).dt.total_microseconds() / 60e6, ()
    if isinstance(values.dtype, polars.Datetime):
        # A spreadsheet's time of day is one of the days before its calendar begins.
        zero = polars.Series([0], dtype=polars.Datetime("us")).dt.offset_by("-25569d")[0]
        passed = values.cast(polars.Datetime("us")).to_frame("at").select(polars.col("at") - zero)
        return passed.to_series().dt.total_microseconds() / 60e6, ()
    return values, ()
