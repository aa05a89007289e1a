"""Working on long arrays block by block, so that what is made of a block stays in the cache."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from klantkompas._arrays.kinds import BoolArray

__all__ = ["between", "blocks"]

ROWS = 1 << 15
"""How many rows make a block: 256 KiB of numbers."""


def blocks(rows: int) -> Iterator[slice]:
    """Yield slices that together cover an array, one block after the other.

    Args:
        rows: the length of the array.

    >>> [np.arange(40_000)[block].size for block in blocks(40_000)]
    [32768, 7232]
    """
    return (slice(start, start + ROWS) for start in range(0, rows, ROWS))


def between(numbers: npt.NDArray[np.int64], first: int, last: int) -> BoolArray:
    """Return a mask of the whole numbers from a first to a last, both included.

    Args:
        numbers: the numbers.
        first: the lowest number for which the mask is True.
        last: the highest number for which the mask is True.

    >>> between(np.array([1, 2, 3, 4]), 2, 3).tolist()
    [False, True, True, False]
    """
    found = np.empty(len(numbers), dtype=np.bool_)
    for block in blocks(len(numbers)):
        part = numbers[block]
        np.greater_equal(part, first, out=found[block])
        found[block] &= part <= last
    return found
