"""Calendar months, clipped to the month's length."""

from __future__ import annotations

import numpy as np

__all__ = ["months_before"]


def months_before(day: np.datetime64, months: int) -> np.datetime64:
    """Go back whole calendar months, to the month's last day where the day does not exist.

    Args:
        day: a date.
        months: how many.

    Returns:
        The date.

    >>> months_before(np.datetime64("2026-08-31"), 6)
    np.datetime64('2026-02-28')
    """
    month = day.astype("datetime64[M]")
    into = day - month.astype("datetime64[D]")
    earlier = month - np.timedelta64(months, "M")
    last = (earlier + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    return np.datetime64(min(earlier.astype("datetime64[D]") + into, last), "D")
