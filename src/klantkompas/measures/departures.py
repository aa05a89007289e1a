"""Who left in the period, and why: as staff believe and as the customer says (S2).

A measure is a number, so a reason is its position among those of `Reason`; what is none of them is
`other`, whatever its own words were. Of two departures the later counts, and of two at one time the
reason that stands first in `Reason`.
"""

from __future__ import annotations

import numpy as np

from klantkompas._arrays import FloatArray
from klantkompas.domain.reasons import Reason, as_category, reason_of
from klantkompas.hooks import measure
from klantkompas.portfolio import Period

__all__: list[str] = []

REASONS, NEVER = tuple(Reason), np.datetime64("NaT", "us")


@measure(unit="days", reads=["departures"])
def days_since_departure(period: Period) -> FloatArray:
    """Days since the customer left, in the period.

    Counted from the latest departure of the period to the reference date; NaN for a customer who
    did not leave in the period.
    """
    departures = period.during("departures")
    return departures.min((period.as_of - departures.days).astype(np.float64))


def _reason(text: str | None) -> float:
    return REASONS.index(reason_of(text)) if text is not None and as_category(text) else np.nan


def _named(period: Period, side: str) -> FloatArray:
    """Return the reason that one side names for each customer's latest departure."""
    departures = period.during("departures")
    last = np.append(departures.max(departures.moments), NEVER)[departures["customer"]]
    latest = departures.where(departures.moments == last).require(side)
    return latest.min(np.array([_reason(text) for text in latest[side]], dtype=np.float64))


@measure(unit="reason", reads=["departures.believed_reason"])
def believed_reason(period: Period) -> FloatArray:
    """Why they left, as staff believe.

    The position in `Reason` of the reason named for the latest departure of the period; NaN for a
    customer who did not leave in the period, or of whom no reason is named.
    """
    return _named(period, "believed_reason")


@measure(unit="reason", reads=["departures.stated_reason"])
def stated_reason(period: Period) -> FloatArray:
    """Why they left, as they say themselves.

    The position in `Reason` of the reason named for the latest departure of the period; NaN for a
    customer who did not leave in the period, or of whom no reason is named.
    """
    return _named(period, "stated_reason")
