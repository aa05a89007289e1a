"""Sorting by several whole numbers at once, and finding rows that may be equal.

Keys of 32 bits together are sorted by numpy's radix sort of their halves, the lower one first: a
third of the time of sorting the numbers. Of longer keys the position is packed into the number too,
where all fit in 64 bits; what is sorted then is the number, and its lowest bits are the answer,
which takes a seventh of sorting positions by them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from klantkompas._arrays.blocks import blocks
from klantkompas._arrays.decimals import EXACT, ten_thousandths
from klantkompas._arrays.kinds import AnyArray, Codes, FloatArray, IntegerArray

__all__ = ["descending", "numbered", "repeated_rows", "sorted_by"]

BITS = 63
HALF_BITS = 16
HALF = (1 << HALF_BITS) - 1
LONG, STEPS = 32, (86_400_000_000, 1_000_000)
"""A key of more bits may be moments in microseconds, and those are often days, or seconds."""
FEW = 1024
"""So many numbers are sorted sooner than told apart in another way."""
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
"""An odd number with ones and zeros well mixed: 2**64 over the golden ratio."""


def _from_zero(key: IntegerArray) -> tuple[AnyArray, int]:
    """Count a key from its lowest value, in as large steps as it takes; and give its bits."""
    low, high = int(key.min()), int(key.max())
    counted = key - low if low else key
    for step in STEPS:
        if (high - low).bit_length() > LONG and not (counted % step).any():
            return counted // step, ((high - low) // step).bit_length()
    return counted, (high - low).bit_length()


def _packed(keys: Sequence[IntegerArray]) -> tuple[AnyArray, int] | None:
    """Pack keys into one number each, the first highest, and give its bits; None for too many."""
    packed, taken = np.zeros(len(keys[0]), dtype=np.int64), 0
    for key in keys:
        counted, bits = _from_zero(key)
        taken += bits
        if taken > BITS:
            return None
        packed <<= bits
        packed |= counted
    return packed, taken


def _sorted_by_halves(numbers: npt.NDArray[np.int64]) -> Codes:
    """Return the positions that sort numbers of 32 bits; equal numbers keep their order."""
    order = np.argsort((numbers & HALF).astype(np.uint16), kind="stable")
    upper = (numbers >> HALF_BITS).astype(np.uint16)
    if not upper.any():
        return order
    return order.take(np.argsort(upper.take(order), kind="stable"))


def sorted_by(*keys: IntegerArray) -> Codes:
    """Return the positions that sort rows by several keys; rows with equal keys keep their order.

    Args:
        *keys: arrays of whole numbers, the most significant key first.

    Returns:
        Positions.

    >>> sorted_by(np.array([2, 1, 1]), np.array([0, 5, -5])).tolist()
    [2, 1, 0]
    """
    rows = len(keys[0])
    if rows < 2:
        return np.arange(rows)
    place_bits = (rows - 1).bit_length()
    found = _packed(keys)
    if found is not None and found[1] <= 2 * HALF_BITS:
        return _sorted_by_halves(found[0])
    if found is None or found[1] + place_bits > BITS:
        return np.lexsort(keys[::-1])
    packed = found[0] << place_bits
    packed |= np.arange(rows)
    packed.sort()
    packed &= (1 << place_bits) - 1
    return packed


def numbered(
    keys: IntegerArray,
) -> tuple[IntegerArray, Codes]:
    """Return the distinct numbers, sorted, and which of them each is: `numpy.unique`, sooner.

    Where numbers lie closer together than there are rows, they are counted and not sorted, which
    takes a tenth of the time.

    Args:
        keys: whole numbers.

    >>> found, codes = numbered(np.array([7, 5, 7]))
    >>> found.tolist(), codes.tolist()
    ([5, 7], [1, 0, 1])
    """
    low, high = (int(keys.min()), int(keys.max())) if len(keys) else (0, 0)
    if high - low >= len(keys):
        return np.unique(keys, return_inverse=True)
    places = keys - low
    is_there = np.bincount(places) > 0
    return np.flatnonzero(is_there) + low, (np.cumsum(is_there) - 1).take(places)


def descending(values: FloatArray) -> Codes:
    """Return the positions that sort values in descending order; equal ones keep their order.

    Decimal amounts are sorted as whole numbers. For others numpy's quick sort takes a fourth of the
    time of its stable one, and few values are equal.

    Args:
        values: numbers, none of them NaN.

    Returns:
        Positions.

    >>> descending(np.array([2.0, 7.0, 2.0])).tolist()
    [1, 0, 2]
    """
    scaled, decimal = ten_thousandths(values)
    if decimal.all() and max(scaled.max(initial=0), -scaled.min(initial=0)) < EXACT:
        return sorted_by(-scaled.astype(np.int64))
    order = np.argsort(-values)
    ranked = values.take(order)
    same = ranked[1:] == ranked[:-1]
    if same.any():
        tied = np.zeros(len(order), dtype=np.bool_)
        tied[1:] |= same
        tied[:-1] |= same
        at = np.flatnonzero(tied)
        run = np.cumsum(np.concatenate([[True], ~same]))[at]
        order[at] = order[at][sorted_by(run, order[at])]
    return order


def repeated_rows(columns: Sequence[AnyArray]) -> Codes:
    """Return the positions of rows that may be equal to another row in every column.

    Args:
        columns: numbers or moments of 64 bits, or shorter whole numbers.

    Returns:
        Positions, rising. Rows that are equal to another are all among them; a few that only look
        so may be too.

    >>> repeated_rows([np.array([1, 2, 1, 3]), np.array([0.5, 0.5, 0.5, 0.5])]).tolist()
    [0, 2]
    """
    hashes = _hashes(columns)
    repeated = np.zeros(len(hashes), dtype=np.bool_)
    waiting = number = np.arange(len(hashes), dtype=np.int32)
    found = list[Codes]()
    # All rows want a place by the first bits of their hash, and one gets it. Another with its hash
    # repeats it; of the few others none does, so that they are told apart by themselves. On
    # 300,000 rows this takes a third of the time of sorting the hashes.
    while len(waiting) > FEW:
        bits = len(waiting).bit_length() + 1
        place = (hashes >> np.uint64(64 - bits)).view(np.int64)
        table = np.empty(1 << bits, dtype=np.int32)
        table[place] = number
        winner = table.take(place)
        lost = np.flatnonzero(winner != number)
        winner = winner.take(lost)
        own = hashes.take(lost)
        same = own == hashes.take(winner)
        if same.any():
            found += [waiting.take(lost[same]), waiting.take(winner[same])]
            lost, own = lost[~same], own[~same]
        waiting, hashes, number = waiting.take(lost), own, number[: len(own)]
    order = np.argsort(hashes)
    hashes = hashes.take(order)
    same = hashes[1:] == hashes[:-1]
    if same.any():
        waiting = waiting.take(order)
        found += [waiting[1:][same], waiting[:-1][same]]
    for each in found:
        repeated[each] = True
    return np.flatnonzero(repeated)


def _hashes(columns: Sequence[AnyArray]) -> npt.NDArray[np.uint64]:
    """Return a number for each row that rows that are equal have alike."""
    hashes = np.empty(len(columns[0]), dtype=np.uint64)
    for block in blocks(len(hashes)):
        hash64 = hashes[block]
        hash64.fill(0)
        for column in columns:
            part = column[block]
            if part.dtype.kind == "f" and (unknown := np.isnan(part)).any():
                part = np.where(unknown, np.nan, part)
            if part.dtype.itemsize < hash64.itemsize:
                part = part.astype(np.int64)
            hash64 += part.view(np.uint64)
            hash64 *= MULTIPLIER
    return hashes
