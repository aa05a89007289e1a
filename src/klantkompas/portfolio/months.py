"""Calendar months, clipped to the month's length."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from klantkompas._arrays import DayArray, as_int64

__all__ = ["month_numbers", "months_before"]


def months_before(day: np.datetime64, months: int) -> np.datetime64:
    """Return the date a number of calendar months earlier, clipped to the length of the month.

    Args:
        day: a date, ``datetime64[D]``.
        months: how many months to go back.

    Returns:
        The date, the same day of the month, or the last day of a month that is too short.

    >>> months_before(np.datetime64("2026-08-31"), 6)
    np.datetime64('2026-02-28')
    """
    return _months_before(day, months)


@lru_cache
def _months_before(day: np.datetime64, months: int) -> np.datetime64:
    """Return it for a day that is asked for again and again, as of each card of a page."""
    month = day.astype("datetime64[M]")
    into = day - month.astype("datetime64[D]")
    earlier = month - np.timedelta64(months, "M")
    last = (earlier + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    return np.datetime64(min(earlier.astype("datetime64[D]") + into, last), "D")


def month_numbers(days: DayArray) -> npt.NDArray[np.int64]:
    """Return the month of each day as a number, counted from January 1970.

    A day is looked up in the calendar once, however many rows are of that day.

    Args:
        days: ``datetime64[D]``.

    >>> month_numbers(np.array(["1970-03-01", "1969-12-31"], dtype="datetime64[D]")).tolist()
    [2, -1]
    """
    numbers = as_int64(days)
    first, last = (int(numbers.min()), int(numbers.max())) if len(numbers) else (0, 0)
    if last - first >= len(numbers):
        return as_int64(days.astype("datetime64[M]"))
    calendar = np.arange(first, last + 1).view("datetime64[D]").astype("datetime64[M]")
    months: npt.NDArray[np.int64] = as_int64(calendar).take(numbers - first)
    return months
