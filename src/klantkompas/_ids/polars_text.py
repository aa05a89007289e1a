"""Text that polars holds, numbered by its hashes, which polars makes in two nanoseconds a row.

A dictionary of text costs ten times as much. Equal hashes propose that two texts are equal, and
every row is then compared with the text that its number stands for, so that a clash of hashes is
found, however unlikely: what clashes is looked up by another hash.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from klantkompas._arrays.kinds import MISSING, AnyArray, Codes, ObjectArray, as_objects
from klantkompas._ids.hash_table import HashTable, remap

if TYPE_CHECKING:
    import polars

__all__ = ["TextNumbers", "number_texts", "series_of"]

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


CHUNKS = 8
"""In so many parts polars still gathers quickly."""


def _hashed(texts: polars.Series, seed: int) -> npt.NDArray[np.int64]:
    found: npt.NDArray[np.int64] = texts.hash(seed).to_numpy().view(np.int64)
    return found


class TextNumbers:
    """Numbers for distinct texts, from 0, in the order in which batches of them are given.

    Args:
        hashed: returns hashes of 64 bits of the texts of a series, other ones for another seed.

    >>> import polars
    >>> numbers = TextNumbers()
    >>> numbers(polars.Series(["b", None, "a"])).tolist(), numbers(polars.Series(["a"])).tolist()
    ([0, -1, 1], [1])
    >>> numbers.distinct.to_list()
    ['b', 'a']
    """

    def __init__(self, hashed: Callable[[polars.Series, int], AnyArray] = _hashed) -> None:
        import polars

        self.distinct = polars.Series(dtype=polars.String)
        self._hashed = hashed
        self._table = HashTable(np.empty(0, dtype=np.int64))

    def __call__(self, texts: polars.Series) -> Codes:
        """Return the number of each text; negative for null.

        Args:
            texts: a series of strings.
        """
        if not texts.null_count():
            return self._numbers(texts, 0)
        known = texts.is_not_null()
        numbers = np.full(len(texts), MISSING, dtype=np.int32)
        numbers[known.to_numpy()] = self._numbers(texts.filter(known), 0)
        return numbers

    def _numbers(self, texts: polars.Series, seed: int) -> Codes:
        import polars

        before = len(self.distinct)
        numbers = self._table.number(self._hashed(texts, seed))
        if count := len(self._table.keys) - before:
            new = np.flatnonzero(numbers >= before)
            row_of = np.empty(count, dtype=np.intp)
            row_of[numbers[new] - before] = new
            self.distinct = polars.concat([self.distinct, texts.gather(row_of)], rechunk=False)
            if self.distinct.n_chunks() > CHUNKS:
                self.distinct = self.distinct.rechunk()
        if not (found := self.distinct.gather(numbers)).equals(texts):
            clashing = found != texts
            numbers[clashing.to_numpy()] = self._numbers(texts.filter(clashing), seed + 1)
        return numbers


def number_texts(columns: Sequence[polars.Series]) -> tuple[ObjectArray, list[Codes]]:
    """Return the distinct texts of several columns in id order, and each row's code.

    Args:
        columns: series of text, all known.

    Returns:
        The distinct texts, shorter first, then by code point, and each column's codes into them.
    """
    import polars

    numbers = TextNumbers()
    codes = [numbers(column) for column in columns]
    texts = numbers.distinct
    frame = polars.DataFrame({"length": texts.str.len_chars(), "text": texts}).with_row_index()
    order = frame.sort("length", "text")["index"].to_numpy()
    return as_objects(texts.gather(order).to_list()), remap(codes, order)
