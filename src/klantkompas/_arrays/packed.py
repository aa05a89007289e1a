"""The latest few of each customer in one float: small whole numbers, packed into its 53 bits.

A reading keeps a float for each customer and measure. The days of what went wrong, or the ratings
that a memory is made of, are few for each customer and none for most; a column for each of five
would take five times the memory. The plain equivalent is a list of the latest for each customer,
which `unpacked` returns.

>>> (packed,) = latest_of(np.array([0, 0, 0, 2]), np.array([9, 5, 0, 7]), customers=3, bits=10)
>>> [unpacked(each, bits=10) for each in packed]
[(9, 5, 0), (), (7,)]
"""

from __future__ import annotations

import math

import numpy as np

from klantkompas._arrays.kinds import Codes, FloatArray, IntegerArray, mask_unknown

__all__ = ["latest_of", "unpacked"]

EXACT_BITS = 53
"""How many bits of whole numbers a float holds exactly."""


def latest_of(
    codes: Codes, *numbers: IntegerArray, customers: int, bits: int
) -> tuple[FloatArray, ...]:
    """Return the latest few numbers of each customer, packed into one float.

    Args:
        codes: for each number the position of its customer, sorted upwards.
        *numbers: arrays of whole numbers, those of a customer earliest first; one that is below 0
            or takes more bits is unknown.
        customers: how many customers there are.
        bits: how many bits each number takes; as many as fit in 53 bits are kept.

    Returns:
        For each array of numbers a float for each customer; NaN for one of whom none is known.
    """
    count = np.bincount(codes, minlength=customers)
    slot = np.cumsum(count).take(codes) - 1 - np.arange(len(codes))
    kept = np.flatnonzero(slot < EXACT_BITS // bits)
    codes, shift = codes.take(kept), bits * slot.take(kept)

    def packed(each: IntegerArray) -> FloatArray:
        found = each.take(kept) + 1
        found = np.where((found > 0) & (found < 1 << bits), found, 0) << shift
        sums = np.bincount(codes, weights=found, minlength=customers).astype(np.float64, copy=False)
        return mask_unknown(sums, sums == 0)

    return tuple(map(packed, numbers))


def unpacked(value: float, *, bits: int) -> tuple[int | None, ...]:
    """Return the numbers that `latest_of` packed for one customer, earliest first.

    Args:
        value: the float; NaN for none.
        bits: how many bits each number takes.

    Returns:
        The numbers, None for one that is unknown; where the earliest are, they are left out.
    """
    found, left = list[int | None](), 0 if math.isnan(value) else int(value)
    while left:
        left, number = divmod(left, 1 << bits)
        found.append(number - 1 if number else None)
    return tuple(reversed(found))
