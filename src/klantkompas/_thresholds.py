"""Comparing with a threshold, and taking a share of a number of customers, without surprises.

Binary numbers carry the last digit of a decimal only nearly, so that a share of 0.9 may be computed
as 0.8999999999999999. Whatever lies within 1e-9 of a threshold, relative to the larger of the two,
therefore counts as equal to it, and a share of customers is taken of the decimal as it is written.

>>> at_least([0.1 + 0.7, 0.79, float("nan")], 0.8)
array([ True, False, False])
>>> share_of_count(0.07, 100)  # 0.07 * 100 gives 7.000000000000001
7
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil
from numbers import Real
from operator import index
from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike, NDArray

from klantkompas.errors import ArgumentError

__all__ = ["TOLERANCE", "above", "at_least", "at_most", "below", "share_of_count"]

TOLERANCE = 1e-9
"""How far apart, relative to the larger, two values may be and still count as equal (decided)."""


def at_least(values: ArrayLike, threshold: ArrayLike) -> NDArray[np.bool_]:
    """Return a mask of the values that are equal to the threshold or above it.

    Args:
        values: numbers; NaN where unknown.
        threshold: one number, or one for each value.

    Returns:
        True or False for each value; False where value or threshold is NaN.

    >>> at_least([2.9999999999, 2.99], 3)
    array([ True, False])
    """
    return _numbers(values) >= _last_equal(threshold, -np.inf)


def at_most(values: ArrayLike, threshold: ArrayLike) -> NDArray[np.bool_]:
    """Return a mask of the values that are equal to the threshold or below it.

    Args:
        values: numbers; NaN where unknown.
        threshold: one number, or one for each value.

    Returns:
        True or False for each value; False where value or threshold is NaN.

    >>> at_most([0.1 + 0.2, 0.31], 0.3)
    array([ True, False])
    """
    return _numbers(values) <= _last_equal(threshold, np.inf)


def above(values: ArrayLike, threshold: ArrayLike) -> NDArray[np.bool_]:
    """Return a mask of the values that are above the threshold, and not equal to it.

    Args:
        values: numbers; NaN where unknown.
        threshold: one number, or one for each value.

    Returns:
        True or False for each value; False where value or threshold is NaN.

    >>> above([0.1 + 0.2, 0.31], 0.3)
    array([False,  True])
    """
    return _numbers(values) > _last_equal(threshold, np.inf)


def below(values: ArrayLike, threshold: ArrayLike) -> NDArray[np.bool_]:
    """Return a mask of the values that are below the threshold, and not equal to it.

    Args:
        values: numbers; NaN where unknown.
        threshold: one number, or one for each value.

    Returns:
        True or False for each value; False where value or threshold is NaN.

    >>> below([2.9999999999, 2.99], 3)
    array([False,  True])
    """
    return _numbers(values) < _last_equal(threshold, -np.inf)


def share_of_count(share: float, count: SupportsIndex) -> int:
    """Return the number of customers in a share of them, rounded up.

    Args:
        share: the wanted part, from 0 to 1.
        count: how many customers there are.

    Returns:
        The smallest whole number that is at least ``share * count``.

    Raises:
        ArgumentError: where the share is not from 0 to 1, or the count is negative.

    >>> share_of_count(0.20, 11)
    3
    """
    number = _number(share)
    if not 0 <= number <= 1:
        hint = f"; for {share} percent write {round(number / 100, 9)}" if 1 < number <= 100 else ""
        raise ArgumentError(f"share is {share!r}, which is not a number from 0 to 1{hint}")
    if index(count) < 0:
        raise ArgumentError(f"count is {count!r}, where it should be 0 or more")
    return ceil(Fraction(str(share)) * index(count))


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        return float("nan")
    return float(value)


def _numbers(values: ArrayLike) -> NDArray[np.float64]:
    return np.asarray(values, dtype=np.float64)


def _last_equal(threshold: ArrayLike, towards: float) -> NDArray[np.float64] | np.float64:
    """Return the number furthest down or up that counts as equal to a threshold.

    Values are then compared with one number, rather than each by itself with the tolerance.
    """
    one: object = threshold
    if isinstance(one, int | float):
        return _last_equal_number(float(one), towards)
    return _last_equals(threshold, towards)


@lru_cache
def _last_equal_number(threshold: float, towards: float) -> np.float64:
    """Return it for one number; the few that factors have are asked for again and again."""
    return np.float64(_last_equals(threshold, towards))


def _last_equals(threshold: ArrayLike, towards: float) -> NDArray[np.float64]:
    edge = _numbers(threshold)
    with np.errstate(over="ignore", invalid="ignore"):
        reach = edge + np.copysign(TOLERANCE, towards) * np.abs(edge)
    # Rounding puts the end at the computed number or at a neighbour of it.
    ends = np.array([edge, np.nextafter(reach, edge), reach, np.nextafter(reach, towards)])
    equal = np.where(_near(ends, edge), ends, edge)
    last: NDArray[np.float64] = equal.max(axis=0) if towards > 0 else equal.min(axis=0)
    return last


def _near(value: NDArray[np.float64], edge: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return a mask of the finite numbers that count as equal."""
    larger = np.maximum(np.abs(value), np.abs(edge))
    with np.errstate(over="ignore", invalid="ignore"):
        return (np.abs(value - edge) <= TOLERANCE * larger) & np.isfinite(larger)
