"""The median of each of many groups, most of them small."""

from __future__ import annotations

import numpy as np

from klantkompas._arrays.kinds import Codes, FloatArray, IntegerArray

__all__ = ["medians"]

SHORT = np.iinfo(np.uint16).max
"""Numbers below it are sorted by two bytes, which is quickest."""


def medians(numbers: IntegerArray, counts: Codes) -> FloatArray:
    """Return the median of each group.

    Groups of about as many numbers are sorted side by side, as the rows of one table: a third of
    the time of sorting all numbers by group and size.

    Args:
        numbers: whole numbers of 0 or more, those of the first group before those of the second.
        counts: how many numbers each group has.

    Returns:
        A float for each group; NaN for a group without numbers.

    >>> medians(np.array([9, 1, 4, 2, 8]), np.array([3, 0, 2])).tolist()
    [4.0, nan, 5.0]
    """
    found = np.full(len(counts), np.nan)
    is_short = int(numbers.max(initial=0)) < SHORT
    numbers = numbers.astype(np.uint16 if is_short else np.int64)
    starts = np.cumsum(counts) - counts
    narrower, width, widest = 0, 1, int(counts.max(initial=0))
    while narrower < widest:
        at = np.flatnonzero((counts > narrower) & (counts <= width))
        own, places = counts.take(at), np.arange(width)
        rows = numbers.take(starts.take(at)[:, np.newaxis] + places, mode="clip")
        rows[places >= own[:, np.newaxis]] = np.iinfo(numbers.dtype).max
        rows.sort(axis=1)
        each = np.arange(len(at))
        low, high = rows[each, (own - 1) // 2], rows[each, own // 2]
        found[at] = (low.astype(np.float64) + high) / 2
        narrower, width = width, 2 * width
    return found
