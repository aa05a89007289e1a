"""Whole numbers that are ids, numbered: those close together by a table, others by their keys."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from klantkompas._arrays.blocks import blocks
from klantkompas._arrays.kinds import MISSING, Codes
from klantkompas._ids.hash_table import HashTable, remap

__all__ = ["WholeNumbers", "number_whole"]

WholeNumbers = npt.NDArray[np.int64]


def number_whole(columns: Sequence[WholeNumbers]) -> tuple[WholeNumbers, list[Codes]]:
    """Return the distinct ids of several columns of whole numbers, and each row's code.

    Args:
        columns: whole numbers; at least one in each column.

    Returns:
        The distinct numbers, sorted; and for each column an array with, for each row, the position
        of its number among them.

    >>> ids, (codes,) = number_whole([np.array([20, 10, 20])])
    >>> ids.tolist(), codes.tolist()
    ([10, 20], [1, 0, 1])
    """
    return _number_listed(columns) or _number_any(columns)


def _number_listed(columns: Sequence[WholeNumbers]) -> tuple[WholeNumbers, list[Codes]] | None:
    """Number those that lie close together and are all in the first column; None otherwise."""
    low, high = int(columns[0].min()), int(columns[0].max())
    if low < 0 or high - low >= sum(map(len, columns)) + 1024:
        return None
    seen = np.zeros(high - low + 1, dtype=np.bool_)
    seen[columns[0] - low] = True
    ids = np.flatnonzero(seen)
    # What lies outside of the table is looked up at one of its ends, where there is nothing.
    number = np.full(len(seen) + 2, MISSING, dtype=np.int32)
    number[ids + 1] = np.arange(len(ids), dtype=np.int32)
    codes = list[Codes]()
    for column in columns:
        coded = np.empty(len(column), dtype=np.int32)
        for block in blocks(len(column)):
            number.take(column[block] - (low - 1), out=coded[block], mode="clip")
            if coded[block].min() < 0:
                return None
        codes.append(coded)
    return ids + low, codes


def _number_any(columns: Sequence[WholeNumbers]) -> tuple[WholeNumbers, list[Codes]]:
    low = min(int(column.min()) for column in columns)
    high = max(int(column.max()) for column in columns)
    if high - low < sum(map(len, columns)) + 1024:
        return _number_close(columns, low, high)
    # Those of the customers' own table, in order; np.unique would take ten times as long.
    own = np.sort(columns[0])
    table = HashTable(own[np.flatnonzero(np.append(own[1:] != own[:-1], True))])
    codes = list[Codes](table.number(column) for column in columns)
    if (table.keys[1:] > table.keys[:-1]).all():
        return table.keys, codes
    order = np.argsort(table.keys)
    return table.keys[order], remap(codes, order)


def _number_close(
    columns: Sequence[WholeNumbers], low: int, high: int
) -> tuple[WholeNumbers, list[Codes]]:
    seen = np.zeros(high - low + 1, dtype=np.bool_)
    for column in columns:
        for block in blocks(len(column)):
            seen[column[block] - low] = True
    number = np.cumsum(seen, dtype=np.int32)
    number -= 1
    codes = list[Codes]()
    for column in columns:
        coded = np.empty(len(column), dtype=np.int32)
        for block in blocks(len(column)):
            number.take(column[block] - low, out=coded[block], mode="clip")
        codes.append(coded)
    return np.flatnonzero(seen) + low, codes
