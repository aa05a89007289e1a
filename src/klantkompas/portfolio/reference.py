"""The date that a reading is of: given, or the last on which something happened (domain, time)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import numpy as np

from klantkompas._arrays import DayArray
from klantkompas.errors import ArgumentError
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

__all__ = ["reference_date"]

LATE_LAST_DATE = mark("the last date is {detail}, {count} days after the one before: is it right?")
LONGEST_GAP = np.timedelta64(31, "D")
FIRST_YEAR = 1000


def reference_date(days: DayArray, as_of: Any = None) -> tuple[date, tuple[DataNote, ...]]:
    """Return the reference date, and a note when it is far after the date before it.

    Args:
        days: days on which something happened: at least the last two that differ (fewer when there
            are no more). Those of several tables or parts together will do.
        as_of: the date that was given; None to take the last of the days.

    Raises:
        ArgumentError: nothing happened on a known date, or what was given is not a date of the year
            1000 or later.

    >>> day, notes = reference_date(np.array(["2026-01-02", "2025-06-01"], dtype="datetime64[D]"))
    >>> day.isoformat(), notes[0].count
    ('2026-01-02', 215)
    """
    if as_of is not None:
        if not isinstance(as_of, date) or as_of != as_of or as_of.year < FIRST_YEAR:
            raise ArgumentError(
                f"as_of is a date from the year {FIRST_YEAR} on, such as date(2026, 6, 30), not "
                f"{as_of!r}"
            )
        return (as_of.date() if isinstance(as_of, datetime) else as_of), ()
    last_days = np.unique(days[~np.isnat(days)])[-2:]
    if not len(last_days):
        raise ArgumentError(
            "nothing in this portfolio has happened on a known date",
            remedy="Give as_of, such as date(2026, 6, 30)",
            command="Give --as-of, such as --as-of 2026-06-30",
        )
    last, gap = last_days[-1], last_days[-1] - last_days[0]
    late = (DataNote(LATE_LAST_DATE, count=int(gap.astype(np.int64)), detail=str(last)),)
    return last.item(), late if gap > LONGEST_GAP else ()
