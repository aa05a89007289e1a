"""When the next review is due (S1 step 7: every six to twelve months).

>>> print(review_due(date(2025, 8, 31), on=date(2026, 2, 28)))
due since 2026-02-28, the last review was of 2025-08-31; overdue from 2026-09-01
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from attrs import frozen

from klantkompas.portfolio import months_before

__all__ = ["ReviewDue", "review_due"]

DUE_AFTER, LATEST_AFTER = 6, 12
"""Calendar months from one review to the next: not before, and no later than."""


@frozen(kw_only=True)
class ReviewDue:
    """Whether a review is due on a day.

    Args:
        on: the day.
        last: the date of the last review up to that day; None when there is none.
        due: the first day on which the next is due; None when there is no last one.
        overdue: the first day on which it is overdue; None when there is no last one.
    """

    on: date
    last: date | None
    due: date | None
    overdue: date | None

    @property
    def state(self) -> str:
        """``"never reviewed"``, ``"not yet"``, ``"due"`` or ``"overdue"``."""
        if self.due is None or self.overdue is None:
            return "never reviewed"
        if self.on >= self.overdue:
            return "overdue"
        return "due" if self.on >= self.due else "not yet"

    def __str__(self) -> str:
        """Return a line: whether it is due, and from when."""
        told = f"the last review was of {self.last}"
        return {
            "never reviewed": "never reviewed: record a reading as a review",
            "not yet": f"not due yet, {told}; due from {self.due}",
            "due": f"due since {self.due}, {told}; overdue from {self.overdue}",
            "overdue": f"overdue since {self.overdue}, {told}",
        }[self.state]


def _months_after(day: date, months: int) -> date:
    return date.fromisoformat(str(months_before(np.datetime64(day, "D"), -months)))


def review_due(last: date | None, *, on: date) -> ReviewDue:
    """Return whether a review is due.

    Due on the day six calendar months after the last one, clipped to the month's length, and
    overdue from the day after twelve.

    Args:
        last: the date of the last review; None when there is none.
        on: the day to tell it for.

    Returns:
        The dates and the state.
    """
    if last is None:
        return ReviewDue(on=on, last=None, due=None, overdue=None)
    return ReviewDue(
        on=on,
        last=last,
        due=_months_after(last, DUE_AFTER),
        overdue=_months_after(last, LATEST_AFTER) + timedelta(days=1),
    )
