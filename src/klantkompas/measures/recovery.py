"""How far complaints have been made good: talk, offer, and say so in public (S0; section 14).

The complaints that count are those that are open, whenever they were made, and all of the period.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from klantkompas._arrays import FloatArray, is_known
from klantkompas.hooks import Measure
from klantkompas.portfolio import Period, Rows, cached

__all__: list[str] = []


@cached
def _complaints(period: Period) -> Rows:
    complaints = period.ever("complaints")
    counts = complaints.days > period.start
    if not complaints.require("resolved").is_absent:
        counts = counts | np.isnat(complaints["resolved"])
    return complaints.where(counts)


def count_complaints(period: Period) -> FloatArray:
    """Count the complaints that are open or of the period."""
    return _complaints(period).count()


def count_untaken(period: Period, step: str) -> FloatArray:
    """Count those complaints for which a step has not been taken."""
    complaints = _complaints(period).require(step)
    return complaints.count(where=~is_known(complaints[step]))


def days_since_step(period: Period, step: str) -> FloatArray:
    """Count the days since a step was last taken; unknown where it never was."""
    taken = _complaints(period).known(step)
    return taken.min((period.as_of - taken[step]).astype(np.float64))


def _of(counted: Callable[[Period, str], FloatArray], step: str) -> Callable[[Period], FloatArray]:
    return lambda period: counted(period, step)


RECOVERY_COMPLAINTS = Measure(
    name="recovery_complaints",
    of=count_complaints,
    unit="complaints",
    describes="complaints that are open or of the period",
    reads=("complaints",),
)
UNTALKED_COMPLAINTS = Measure(
    name="untalked_complaints",
    of=_of(count_untaken, "talked"),
    unit="complaints",
    describes="of those, the ones not talked about yet",
    reads=("complaints.talked",),
)
UNOFFERED_COMPLAINTS = Measure(
    name="unoffered_complaints",
    of=_of(count_untaken, "offer"),
    unit="complaints",
    describes="of those, the ones without an alternative, a compensation or a repair",
    reads=("complaints.offer",),
)
UNPUBLISHED_COMPLAINTS = Measure(
    name="unpublished_complaints",
    of=_of(count_untaken, "published"),
    unit="complaints",
    describes="of those, the ones of which nothing was said in public",
    reads=("complaints.published",),
)
TALKED_DAYS = Measure(
    name="days_since_talk",
    of=_of(days_since_step, "talked"),
    unit="days",
    describes="days since a complaint was last talked about",
    reads=("complaints.talked",),
)
PUBLISHED_DAYS = Measure(
    name="days_since_publication",
    of=_of(days_since_step, "published"),
    unit="days",
    describes="days since something was last said in public about a complaint",
    reads=("complaints.published",),
)
