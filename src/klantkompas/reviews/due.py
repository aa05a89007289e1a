"""When the next review is due (S1 step 7: every six to twelve months).

>>> print(review_due(date(2025, 8, 31), on=date(2026, 2, 28)))
due since 28 February 2026, the last review was of 31 August 2025; overdue from 1 September 2026
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from attrs import frozen

from klantkompas.portfolio import months_before
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Sentence, sentence

__all__ = ["ReviewDue", "review_due"]

STATES = {
    "never reviewed": mark("never reviewed: record a reading as a review"),
    "not yet": mark("not due yet, the last review was of {last}; due from {due}"),
    "due": mark("due since {due}, the last review was of {last}; overdue from {overdue}"),
    "overdue": mark("overdue since {overdue}, the last review was of {last}"),
}
DUE_AFTER, LATEST_AFTER = 6, 12
"""Calendar months from one review to the next: not before, and no later than."""


@frozen(kw_only=True)
class ReviewDue(Text):
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

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence that says whether the review is due, and from when."""
        return (sentence(STATES[self.state], last=self.last, due=self.due, overdue=self.overdue),)


def _months_after(day: date, months: int) -> date:
    return date.fromisoformat(str(months_before(np.datetime64(day, "D"), -months)))


def review_due(last: date | None, *, on: date) -> ReviewDue:
    """Return whether a review is due on a day.

    Due on the day six calendar months after the last one, clipped to the month's length, and
    overdue from the day after twelve.

    Args:
        last: the date of the last review; None when there is none.
        on: the day for which to say whether the review is due.

    Returns:
        Whether it is due on that day, and from when it is due and overdue.
    """
    if last is None:
        return ReviewDue(on=on, last=None, due=None, overdue=None)
    return ReviewDue(
        on=on,
        last=last,
        due=_months_after(last, DUE_AFTER),
        overdue=_months_after(last, LATEST_AFTER) + timedelta(days=1),
    )
