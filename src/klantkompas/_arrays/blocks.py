"""Working on long arrays block by block, so that what is made of a block stays in the cache."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from klantkompas._arrays.kinds import AnyArray, BoolArray, Codes, freeze

__all__ = ["Places", "between", "blocks", "never_fall", "places_between", "taken"]

Places = Codes | slice
"""Positions of rows; a slice where they follow each other, so that what is taken is a view."""

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


def places_between(numbers: npt.NDArray[np.int64], first: int, last: int) -> Places:
    """Return the positions of the whole numbers from a first to a last, both included.

    Where the numbers never fall they are found by halving, in a hundredth of the time.

    Args:
        numbers: the numbers.
        first: the lowest number that is found.
        last: the highest number that is found.

    Returns:
        Positions, rising: a slice where the numbers never fall.

    >>> places_between(np.array([4, 1, 2]), 2, 4).tolist()
    [0, 2]
    >>> places_between(np.array([1, 2, 2, 4]), 2, 3)
    slice(1, 3, None)
    """
    if never_fall(numbers):
        return slice(
            int(numbers.searchsorted(first, "left")), int(numbers.searchsorted(last, "right"))
        )
    return between(numbers, first, last).nonzero()[0]


def never_fall(numbers: npt.NDArray[np.int64]) -> bool:
    """Return whether no number is below the one before it; of most others one block is read.

    Args:
        numbers: the numbers.

    >>> never_fall(np.array([1, 2, 2])), never_fall(np.array([2, 1]))
    (True, False)
    """
    return all(
        bool((numbers[block][1:] >= numbers[block][:-1]).all())
        and (block.start == 0 or bool(numbers[block.start] >= numbers[block.start - 1]))
        for block in blocks(len(numbers))
    )


def taken(values: AnyArray, places: Places) -> AnyArray:
    """Return the values at some positions, read-only; of a slice a view.

    Args:
        values: a read-only array.
        places: the positions.

    >>> taken(freeze(np.array([5, 6, 7])), slice(1, 3)).tolist()
    [6, 7]
    """
    part: AnyArray = values[places] if isinstance(places, slice) else values.take(places)
    return freeze(part)
