"""Text that polars holds, numbered by its hashes, which polars makes in two nanoseconds a row.

A dictionary of text costs ten times as much. Equal hashes propose that two texts are equal, and
every row is then compared with the text that its number stands for, so that a clash of hashes is
found, however unlikely; the caller has a slower way that knows none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from klantkompas._arrays.keys import KeyTable
from klantkompas._arrays.kinds import BoolArray, Codes, ObjectArray, as_objects

if TYPE_CHECKING:
    import polars

__all__ = ["number_texts"]


def number_texts(
    columns: Sequence[polars.Series], hashes: Sequence[tuple[npt.NDArray[np.int64], BoolArray]]
) -> tuple[ObjectArray, list[Codes]] | None:
    """Number the texts that occur in any of several columns, in id order.

    Args:
        columns: series of text.
        hashes: for each, the hash of each row, and which rows have text; some row of each does.

    Returns:
        The distinct texts, shorter first, then by code point, and each column's codes into them,
        of which those of rows without text mean nothing; None where two texts have one hash.
    """
    import polars

    keys = np.empty(0, dtype=np.int64)
    texts = columns[0].clear()
    codes = list[Codes]()
    table = KeyTable(keys)
    for column, (hashed, present) in zip(columns, hashes, strict=True):
        found = table(hashed)
        missing = np.flatnonzero((found < 0) & present)
        if len(missing):
            first = missing[polars.Series(hashed[missing]).arg_unique().to_numpy()]
            keys = np.append(keys, hashed[first])
            texts = polars.concat([texts, column.gather(first)])
            table = KeyTable(keys)
            found = table(hashed)
        codes.append(found)
    for column, found, (_, present) in zip(columns, codes, hashes, strict=True):
        same = texts.gather(found.clip(0)).eq_missing(column).to_numpy()
        if not (same | ~present).all():
            return None
    frame = polars.DataFrame({"length": texts.str.len_chars(), "text": texts}).with_row_index()
    order = frame.sort("length", "text")["index"].to_numpy()
    place = np.empty(len(texts), dtype=np.int32)
    place[order] = np.arange(len(texts))
    return as_objects(texts.gather(order).to_list()), [place.take(each) for each in codes]
