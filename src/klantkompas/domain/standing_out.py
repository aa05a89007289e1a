"""Who stands out from the others: among the highest, and far above the middle.

A share of the highest alone names somebody in any group, even where all are alike; so a value must
also be a multiple of the median.

>>> import numpy as np
>>> minutes = np.array([5.0, 6, 7, 8, 9, 10, 11, 12, 13, 40])
>>> standing_out(minutes).met(minutes).nonzero()[0].tolist()
[9]
"""

from __future__ import annotations

import numpy as np
from attrs import frozen

from klantkompas._arrays import BoolArray, FloatArray
from klantkompas._thresholds import at_least
from klantkompas.domain.criteria import Cutoff, TopShare

__all__ = ["StandingOut", "standing_out"]


@frozen
class StandingOut:
    """What it takes to stand out.

    Args:
        edge: the edge of the highest share.
        least: the multiple of the median; NaN when there was nobody to derive it from.
    """

    edge: Cutoff
    least: float

    def met(self, values: FloatArray) -> BoolArray:
        """Tell which values stand out; unknown ones do not."""
        met: BoolArray = self.edge.met(values) & at_least(values, self.least)
        return met


def standing_out(
    values: FloatArray, *, share: float = 0.10, times_median: float = 2.0
) -> StandingOut:
    """Give what it takes to stand out among some values.

    Args:
        values: those of everybody to compare with; NaN where unknown.
        share: how many are the highest.
        times_median: how many times the median it takes as well.

    Returns:
        The two edges.

    Raises:
        ArgumentError: the share is not above 0 and at most 1.

    >>> standing_out(np.array([1.0, 2, 3, np.nan])).least
    4.0
    """
    known = values[~np.isnan(values)]
    median = float(np.median(known)) if len(known) else np.nan
    return StandingOut(TopShare(share).cutoff(known), times_median * median)
