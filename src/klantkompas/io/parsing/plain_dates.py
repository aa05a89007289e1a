r"""Dates that are all written alike, in figures, by polars' own reading of dates.

What they are is the same as `klantkompas.io.parsing.dates` finds value by value, in a tenth of the
time; what that has something to say of, in an error or a note, is left to it.

>>> import polars
>>> from klantkompas.domain.field_source import Heading
>>> def read(*texts):
...     return plain_dates(WrittenColumn("orders", "on", Heading("Datum"), polars.Series(texts)))
>>> read("31-1-2025", None, "1-2-2025").to_list()
[datetime.date(2025, 1, 31), None, datetime.date(2025, 2, 1)]
>>> read("1-2-2025") is None, read("2025-02-30") is None, read("31 jan. 2025") is None
(True, True, True)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from klantkompas.io.parsing.columns import WrittenColumn
from klantkompas.io.parsing.distinct import HEAD
from klantkompas.io.parsing.locales import Locale

if TYPE_CHECKING:
    import polars

__all__ = ["plain_dates"]

_DAY, _YEAR, _MINUTE = "[0-9]{1,2}", "[1-9][0-9]{3}", "[0-5][0-9]"
_FORM = re.compile(
    rf"(?:(?P<year>{_YEAR})|{_DAY})(?P<mark>[-/.]){_DAY}(?P=mark)(?(year){_DAY}|{_YEAR})"
    rf"(?P<time>[ T]{_DAY}:{_MINUTE}(?P<seconds>:{_MINUTE})?)?"
)
_PARTS = {"d": ("%d", _DAY), "m": ("%m", _DAY), "y": ("%Y", _YEAR)}


def plain_dates(column: WrittenColumn, locale: Locale | None = None) -> polars.Series | None:
    """Return a column of dates that are all written alike, and in one way only.

    Args:
        column: the column as it is written.
        locale: decides where the column leaves a choice.

    Returns:
        Dates, or datetimes where all have a clock time; None where the column is not so, or where
        something is to be said of it.
    """
    text = column.values
    form = next((_FORM.fullmatch(each) for each in text.head(HEAD).drop_nulls()), None)
    if form is None:
        return None
    styles = ["y-m-d"] if form["year"] else ["d-m-y", "m-d-y"]
    wanted = column.heading.style or (locale.dates if locale else None)
    if wanted in styles:
        styles = [wanted]
    elif column.heading.style or (wanted and not form["year"]):
        return None
    if not text.str.contains(_pattern(form, styles[0])).all():
        return None
    found = [_in_style(text, form, style) for style in styles]
    whole = [moments for moments in found if moments.null_count() == text.null_count()]
    return whole[0] if len(whole) == 1 else None


def _pattern(form: re.Match[str], style: str) -> str:
    date = re.escape(form["mark"]).join(_PARTS[part][1] for part in style.split("-"))
    time = f"{form['time'][0]}{_DAY}:{_MINUTE}" if form["time"] else ""
    return f"^{date}{time}{f':{_MINUTE}' if form['seconds'] else ''}$"


def _in_style(text: polars.Series, form: re.Match[str], style: str) -> polars.Series:
    date = form["mark"].join(_PARTS[part][0] for part in style.split("-"))
    if not form["time"]:
        return text.str.to_date(date, strict=False)
    clock = f"{date}{form['time'][0]}%H:%M{':%S' if form['seconds'] else ''}"
    return text.str.to_datetime(clock, time_unit="us", strict=False)
