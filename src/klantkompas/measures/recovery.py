"""How far complaints have been made good: talk, offer, and say so in public (S0; section 14).

The complaints that count are those that are open, whenever they were made, and all of the period.
"""

from __future__ import annotations

import numpy as np

from klantkompas._arrays import FloatArray, is_known
from klantkompas.hooks import measure
from klantkompas.portfolio import Period, Rows, cached

__all__: list[str] = []


@cached
def _complaints(period: Period) -> Rows:
    complaints = period.ever("complaints")
    counts = complaints.days > period.start
    if "resolved" in complaints:
        counts = counts | np.isnat(complaints["resolved"])
    return complaints.where(counts)


def _untaken(period: Period, step: str) -> FloatArray:
    """Count those complaints for which a step has not been taken."""
    complaints = _complaints(period).require(step)
    return complaints.count(where=~is_known(complaints[step]))


def _days_since(period: Period, step: str) -> FloatArray:
    """Count the days since a step was last taken; unknown where it never was."""
    taken = _complaints(period).known(step)
    return taken.min((period.as_of - taken[step]).astype(np.float64))


@measure(unit="complaints", reads=["complaints"])
def recovery_complaints(period: Period) -> FloatArray:
    """Complaints that are open or of the period.

    0 for a customer without any; NaN for everyone where there is no table of complaints.
    """
    return _complaints(period).count()


@measure(unit="complaints", reads=["complaints.talked"])
def untalked_complaints(period: Period) -> FloatArray:
    """Complaints, open or of the period, that were not talked about yet.

    Of the complaints that `recovery_complaints` counts: 0 for a customer without any; NaN for
    everyone where the complaints have no column ``talked``.
    """
    return _untaken(period, "talked")


@measure(unit="complaints", reads=["complaints.offer"])
def unoffered_complaints(period: Period) -> FloatArray:
    """Complaints, open or of the period, for which nothing was offered yet.

    Of the complaints that `recovery_complaints` counts: 0 for a customer without any; NaN for
    everyone where the complaints have no column ``offer``.
    """
    return _untaken(period, "offer")


@measure(unit="complaints", reads=["complaints.published"])
def unpublished_complaints(period: Period) -> FloatArray:
    """Complaints, open or of the period, of which nothing was said in public yet.

    Of the complaints that `recovery_complaints` counts: 0 for a customer without any; NaN for
    everyone where the complaints have no column ``published``.
    """
    return _untaken(period, "published")


@measure(unit="days", reads=["complaints.talked"])
def days_since_talk(period: Period) -> FloatArray:
    """Days since a complaint was last talked about.

    Counted to the reference date, over the complaints that `recovery_complaints` counts; NaN for a
    customer for whom this was never done.
    """
    return _days_since(period, "talked")


@measure(unit="days", reads=["complaints.published"])
def days_since_publication(period: Period) -> FloatArray:
    """Days since something was last said in public about a complaint.

    Counted to the reference date, over the complaints that `recovery_complaints` counts; NaN for a
    customer for whom this was never done.
    """
    return _days_since(period, "published")


@measure(unit="days", reads=["complaints"], steers=False)
def days_since_unsettled_complaint(period: Period) -> FloatArray:
    """Days since the oldest complaint that is still to be made good.

    Counted to the reference date, over the complaints that `recovery_complaints` counts and that
    are open, or for which a step of recovery has not been taken; NaN for a customer without any.
    """
    complaints = _complaints(period)
    taken = np.ones(len(complaints), dtype=np.bool_)
    for step in ("resolved", "talked", "offer", "published"):
        if step in complaints:
            taken &= is_known(complaints[step])
    return complaints.max((period.as_of - complaints.days).astype(np.float64), where=~taken)
