"""Sums and products that no order of rows and no division into parts can change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from klantkompas._arrays.blocks import blocks
from klantkompas._arrays.decimals import EXACT, TEN_THOUSAND, ten_thousandths
from klantkompas._arrays.kinds import Codes, FloatArray

__all__ = ["difference", "product", "sum_by", "whole_sums"]


def product(factors: Sequence[FloatArray]) -> FloatArray:
    """Return products of numbers in which decimal amounts stay decimal: 6 times 2.55 is 15.3.

    Args:
        factors: arrays of one length.

    Returns:
        The products; those of numbers that are whole in 1/10,000 are rounded once, from the exact
        product.

    >>> product([np.array([6.0]), np.array([2.55])]).tolist()
    [15.3]
    """
    result = factors[0]
    with np.errstate(over="ignore", invalid="ignore"):
        for factor in factors[1:]:
            (first, one), (second, other) = ten_thousandths(result), ten_thousandths(factor)
            exact = first * second
            decimal = one & other & (np.abs(exact) < EXACT)
            result = np.where(decimal, exact / TEN_THOUSAND**2, result * factor)
    return result


def difference(values: FloatArray, less: FloatArray) -> FloatArray:
    """Return differences of numbers in which decimals stay decimal: 10.3 less 0.1 is 10.2.

    Args:
        values: the numbers to subtract from.
        less: the numbers to subtract, as many.

    >>> difference(np.array([10.3]), np.array([0.1])).tolist()
    [10.2]
    """
    (first, one), (second, other) = ten_thousandths(values), ten_thousandths(less)
    exact = first - second
    decimal = one & other & (np.abs(exact) < EXACT)
    result: FloatArray = np.where(decimal, exact / TEN_THOUSAND, values - less)
    return result


def sum_by(codes: Codes, values: FloatArray, size: int, order: Callable[[], Codes]) -> FloatArray:
    """Return the sum of each group, which neither the order of rows nor a division changes.

    A group whose values are whole in 1/10,000 is summed as whole numbers; any other in the given
    order, one by one.

    Args:
        codes: for each value, the number of its group, from 0 and below `size`.
        values: the values, none of them NaN.
        size: how many groups there are.
        order: a function that returns the positions of the values in the order to sum them in,
            where they are not whole in 1/10,000.

    Returns:
        A sum for each group.

    >>> sum_by(np.array([0, 0]), np.array([0.1, 0.2]), 1, lambda: np.array([0, 1])).tolist()
    [0.3]
    """
    scaled, decimal = ten_thousandths(values)
    with np.errstate(over="ignore", invalid="ignore"):
        total = np.bincount(codes, weights=scaled, minlength=size)
        most = max(scaled.max(initial=0), -scaled.min(initial=0)) * len(values)
        exact = np.full(size, most < EXACT)
        if not most < EXACT:
            exact = np.bincount(codes, weights=np.abs(scaled), minlength=size) < EXACT
    if not decimal.all():
        exact[codes[~decimal]] = False
    sums: FloatArray = total / TEN_THOUSAND
    if not exact.all():
        rows = order()
        inexact = np.bincount(codes[rows], weights=values[rows], minlength=size)
        sums[~exact] = inexact[~exact]
    return sums


def whole_sums(keys: npt.NDArray[np.int64], values: FloatArray) -> dict[int, int]:
    """Return the sum of each key's values in 1/10,000, to which each value is rounded first.

    So the sums of parts add up exactly to the sum of the whole, however it is divided.

    Args:
        keys: a whole number for each value.
        values: the values, none of them NaN or infinite.

    Returns:
        By key, the sum, as a whole number of any size; sorted by key.

    >>> whole_sums(np.array([7, 7, 8]), np.array([0.1, 0.2, 1e20]))
    {7: 3000, 8: 1000000000000000000000000}
    """
    low, high = (int(keys.min()), int(keys.max())) if len(keys) else (0, 0)
    if high - low < len(keys):
        found, codes = np.arange(low, high + 1), keys
    else:
        found, codes = np.unique(keys, return_inverse=True)
        low = 0
    total, counts = np.zeros(len(found)), np.zeros(len(found), dtype=np.intp)
    most = 0.0
    for block in blocks(len(keys)):
        places, (scaled, _) = codes[block] - low, ten_thousandths(values[block])
        most = max(most, scaled.max(), -scaled.min())
        total += np.bincount(places, weights=scaled, minlength=len(found))
        counts += np.bincount(places, minlength=len(found))
    if most * len(values) < EXACT:
        sums = total.astype(np.int64).tolist()
    else:
        sums = [0] * len(found)
        for code, value in zip((codes - low).tolist(), values.tolist(), strict=True):
            sums[code] += round(Fraction(value) * int(TEN_THOUSAND))
    each = zip(found.tolist(), sums, counts.tolist(), strict=True)
    return {key: worth for key, worth, count in each if count}
