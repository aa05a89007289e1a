"""Calendar months, clipped to the month's length."""

from __future__ import annotations

import numpy as np

__all__ = ["months_before"]


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
    month = day.astype("datetime64[M]")
    into = day - month.astype("datetime64[D]")
    earlier = month - np.timedelta64(months, "M")
    last = (earlier + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    return np.datetime64(min(earlier.astype("datetime64[D]") + into, last), "D")
