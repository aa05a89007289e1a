"""Text that polars holds, numbered by its hashes, which polars makes in two nanoseconds a row.

A dictionary of text costs ten times as much. Equal hashes propose that two texts are equal, and
every row is then compared with the text that its number stands for, so that a clash of hashes is
found, however unlikely; the caller has a slower way that knows none.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from klantkompas._arrays.kinds import Codes, ObjectArray, as_objects
from klantkompas._ids.hash_table import HashTable, remap

if TYPE_CHECKING:
    import polars

__all__ = ["number_texts", "series_of"]

MANY, ENOUGH = 100_000, 1000
"""From so many texts on, loading polars is repaid; from so many, using it where it is loaded."""


def series_of(values: Sequence[object]) -> polars.Series | None:
    """Return text as a polars Series; None where polars is missing or of no advantage.

    Args:
        values: strings and None.

    Returns:
        The series; None as well where a value is not a string, or holds an unpaired surrogate,
        which polars cannot hold.
    """
    if len(values) < (ENOUGH if sys.modules.get("polars") else MANY):
        return None
    try:
        import polars

        return polars.Series(values, dtype=polars.String)
    except (ImportError, TypeError, ValueError):
        return None


def number_texts(
    columns: Sequence[polars.Series], hashes: Sequence[npt.NDArray[np.int64]]
) -> tuple[ObjectArray, list[Codes]] | None:
    """Return the distinct texts of several columns in id order, and each row's code.

    Args:
        columns: series of text, all known.
        hashes: for each, the hash of each row.

    Returns:
        The distinct texts, shorter first, then by code point, and each column's codes into them;
        None where two texts have one hash.
    """
    import polars

    table = HashTable(hashes[0][:0])
    codes, parts = list[Codes](), list[polars.Series]()
    for column, hashed in zip(columns, hashes, strict=True):
        before = len(table.keys)
        coded = table.number(hashed)
        new = np.flatnonzero(coded >= before)
        row_of = np.empty(len(table.keys) - before, dtype=np.intp)
        row_of[coded[new] - before] = new
        parts.append(column.gather(row_of))
        codes.append(coded)
    texts = polars.concat(parts)
    for column, coded in zip(columns, codes, strict=True):
        if not texts.gather(coded).equals(column):
            return None
    frame = polars.DataFrame({"length": texts.str.len_chars(), "text": texts}).with_row_index()
    order = frame.sort("length", "text")["index"].to_numpy()
    return as_objects(texts.gather(order).to_list()), remap(codes, order)
