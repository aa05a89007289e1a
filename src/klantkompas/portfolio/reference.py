"""The date that a reading is of: given, or the last on which something happened (domain, time)."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

import numpy as np

from klantkompas._arrays import DayArray
from klantkompas._told import told
from klantkompas.errors import ArgumentError
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

__all__ = ["as_day", "reference_date"]

LATE_LAST_DATE = mark("the last date is {day}, {count} after the one before: is it right?")
LONGEST_GAP = np.timedelta64(31, "D")
LATE_AS_OF = mark("this is as of {count} after the last date, {day}: is it right?")
FIRST_YEAR = 1000


def as_day(given: object) -> object:
    """Return a date that was given as text, such as ``"2026-06-30"``; all else as it is.

    Args:
        given: what was given where a date is expected.

    >>> as_day("2026-06-30"), as_day("soon")
    (datetime.date(2026, 6, 30), 'soon')
    """
    if isinstance(given, str):
        with suppress(ValueError):
            return date.fromisoformat(given)
    return given


def reference_date(days: DayArray, as_of: object = None) -> tuple[date, tuple[DataNote, ...]]:
    """Return the date that a reading is of, with a note where it is far after the last event.

    Args:
        days: days on which something happened: at least the last two that differ (fewer when there
            are no more). They may come from several tables or parts.
        as_of: the date that the caller gave; None: the last of the days.

    Raises:
        ArgumentError: `days` has no known day and `as_of` is None, or `as_of` is not a date of the
            year 1000 or later.

    >>> day, notes = reference_date(np.array(["2026-01-02", "2025-06-01"], dtype="datetime64[D]"))
    >>> day.isoformat(), notes[0].count
    ('2026-01-02', 215)
    >>> last = np.array(["2026-01-02"], dtype="datetime64[D]")
    >>> _, (note,) = reference_date(last, date(2035, 1, 1))
    >>> print(note)
    this is as of 3,286 days after the last date, 2 January 2026: is it right?
    """
    last_days = np.unique(days[~np.isnat(days)])[-2:]
    if as_of is not None:
        as_of = as_day(as_of)
        if not isinstance(as_of, date) or as_of != as_of or as_of.year < FIRST_YEAR:
            raise ArgumentError(
                told(
                    "as_of is a date from the year {year} on, such as "
                    "date(2026, 6, 30) or '2026-06-30', not {as_of}",
                    year=FIRST_YEAR,
                    as_of=repr(as_of),
                )
            )
        day = as_of.date() if isinstance(as_of, datetime) else as_of
        return day, _late(LATE_AS_OF, np.datetime64(day, "D"), last_days[-1:])
    if not len(last_days):
        raise ArgumentError(
            told("nothing in this portfolio has happened on a known date"),
            remedy=told("Give as_of, such as date(2026, 6, 30)"),
            command=told("Give --as-of, such as --as-of 2026-06-30"),
            settings=told("Write as_of, such as as_of = 2026-06-30"),
        )
    last = last_days[-1]
    return last.item(), _late(LATE_LAST_DATE, last, last_days[:-1], named=last)


def _late(
    message: str, day: np.datetime64, before: DayArray, named: np.datetime64 | None = None
) -> tuple[DataNote, ...]:
    """Return a note where a day is far after the one before it, if there is one."""
    if not len(before) or day - before[0] <= LONGEST_GAP:
        return ()
    count = int((day - before[0]).astype(np.int64))
    date = before[0] if named is None else named
    return (DataNote(message, count=count, unit="days", day=str(date)),)
