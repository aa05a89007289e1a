"""What is known of each customer's packaging: pieces sent, pieces returned, and the share of it.

>>> [measure.name for measure in MEASURES]
['packaging_sent', 'packaging_returned', 'packaging_return_share']
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from klantkompas import Measure, Period

__all__ = ["MEASURES"]

Floats = NDArray[np.float64]


def sum_sent(period: Period) -> Floats:
    """Sum the pieces that went out in the period."""
    return period.during("packaging").sum("sent")


def sum_returned(period: Period) -> Floats:
    """Sum the pieces that came back in the period."""
    return period.during("packaging").sum("returned")


def share_returned(period: Period) -> tuple[Floats, Floats]:
    """Divide what came back by what went out; unknown where nothing went out.

    What comes back may have gone out in an earlier period, so the share is held to 1.
    """
    sent, returned = sum_sent(period), sum_returned(period)
    basis = np.where(sent > 0, sent, np.nan)
    return np.minimum(returned / basis, 1.0), basis


MEASURES = (
    Measure(
        name="packaging_sent",
        of=sum_sent,
        unit="pieces",
        describes="pieces of reusable packaging sent",
        reads=("packaging",),
    ),
    Measure(
        name="packaging_returned",
        of=sum_returned,
        unit="pieces",
        describes="pieces of reusable packaging returned",
        reads=("packaging",),
    ),
    Measure(
        name="packaging_return_share",
        of=share_returned,
        unit="share",
        describes="share of the reusable packaging that came back",
        basis_unit="pieces",
        reads=("packaging",),
    ),
)
