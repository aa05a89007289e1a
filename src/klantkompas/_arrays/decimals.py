"""Amounts as whole numbers of ten-thousandths, with which sums and orders are exact and quick."""

from __future__ import annotations

import numpy as np

from klantkompas._arrays.kinds import BoolArray, FloatArray

__all__ = ["EXACT", "TEN_THOUSAND", "ten_thousandths"]

TEN_THOUSAND = 1e4
EXACT = 2.0**53
"""Below this, sums of whole numbers in floating point are exact whatever their order."""


def ten_thousandths(values: FloatArray) -> tuple[FloatArray, BoolArray]:
    """Return numbers as multiples of 1/10,000, rounded to whole ones.

    Args:
        values: numbers.

    Returns:
        The multiples, as floats; and a mask of the numbers that are exactly such a multiple.

    >>> ten_thousandths(np.array([0.1, 1 / 3]))
    (array([1000., 3333.]), array([ True, False]))
    """
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = values * TEN_THOUSAND
        np.rint(scaled, out=scaled)
        return scaled, scaled / TEN_THOUSAND == values
