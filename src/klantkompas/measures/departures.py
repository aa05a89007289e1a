"""Who left in the period, and why: as staff believe and as the customer says (S2).

A measure is a number, so a reason is its place among those of `Reason`; what is none of them is
`other`, whatever its own words were. Of two departures the later counts, and of two at one time the
reason that stands first in `Reason`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from klantkompas._arrays import FloatArray
from klantkompas.domain.reasons import Reason, as_category, reason_of
from klantkompas.hooks import Measure
from klantkompas.portfolio import Period

__all__: list[str] = []

REASONS, NEVER = tuple(Reason), np.datetime64("NaT", "us")


def days_since_departure(period: Period) -> FloatArray:
    """Count the days since each customer left; unknown for one that did not leave."""
    departures = period.during("departures")
    return departures.min((period.as_of - departures.days).astype(np.float64))


def _reason(text: str | None) -> float:
    return REASONS.index(reason_of(text)) if text is not None and as_category(text) else np.nan


def _named_by(side: str) -> Callable[[Period], FloatArray]:
    def of(period: Period) -> FloatArray:
        departures = period.during("departures")
        last = np.append(departures.max(departures.moments), NEVER)[departures.codes]
        latest = departures.where(departures.moments == last).require(side)
        return latest.min(np.array([_reason(text) for text in latest[side]], dtype=np.float64))

    return of


DEPARTED_DAYS = Measure(
    name="days_since_departure",
    of=days_since_departure,
    unit="days",
    describes="days since the customer left, in the period",
    reads=("departures",),
)
BELIEVED_REASON = Measure(
    name="believed_reason",
    of=_named_by("believed_reason"),
    unit="reason",
    describes="why it left, as staff believe",
    reads=("departures.believed_reason",),
)
STATED_REASON = Measure(
    name="stated_reason",
    of=_named_by("stated_reason"),
    unit="reason",
    describes="why it left, as it says itself",
    reads=("departures.stated_reason",),
)
