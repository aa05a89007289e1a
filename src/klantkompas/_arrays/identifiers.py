"""Columns of ids, numbered together: customers in id order, each row by its customer's number.

Ids are looked at once, for all tables together. Whole numbers close together index a table
directly; others, and the hashes of text, go through a `KeyTable`. What tells two texts
apart is the texts themselves: a hash only proposes (see `klantkompas._arrays.texts`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from attrs import frozen

from klantkompas._arrays.keys import BLOCK, KeyTable
from klantkompas._arrays.kinds import (
    MISSING,
    AnyArray,
    BoolArray,
    Codes,
    ObjectArray,
    as_objects,
    freeze,
)
from klantkompas._arrays.texts import number_texts

if TYPE_CHECKING:
    import polars

__all__ = ["CustomerIds", "Identifiers", "distinct_objects", "id_order", "text_of", "unite"]

MANY = 100_000
"""From so many texts on, loading polars is repaid."""
WholeNumbers = npt.NDArray[np.int64]


@frozen(eq=False)
class Identifiers:
    """A column of ids: whole numbers, a series of text, or text that is encoded already.

    Args:
        known: for each row, whether it has an id.
        numbers: the ids, where they are whole numbers.
        series: the ids, where they are text that polars holds.
        encoded: for each row, which of some texts it is, and those texts.
    """

    known: BoolArray
    numbers: WholeNumbers | None = None
    series: polars.Series | None = None
    encoded: tuple[Codes, ObjectArray] | None = None

    @classmethod
    def from_whole_numbers(cls, values: WholeNumbers, known: BoolArray) -> Identifiers:
        """Take whole numbers.

        Args:
            values: the numbers, one a row.
            known: where there is one.
        """
        return cls(known, numbers=values)

    @classmethod
    def from_series(cls, series: polars.Series) -> Identifiers:
        """Take text that polars holds; null or an empty text where there is none."""
        return cls((series.str.len_bytes() > 0).fill_null(value=False).to_numpy(), series=series)

    @classmethod
    def from_list(cls, values: Sequence[str | None]) -> Identifiers:
        """Encode text: by polars where there is much of it and polars is there.

        Args:
            values: the ids, one a row; None or an empty text where there is none.
        """
        if len(values) >= MANY and find_spec("polars"):
            import polars

            # Half a character is text in Python, and polars cannot hold it.
            with suppress(UnicodeEncodeError):
                return cls.from_series(polars.Series(values, dtype=polars.String))
        return cls.from_text(values)

    @classmethod
    def from_text(cls, values: Sequence[str | None]) -> Identifiers:
        """Encode text.

        Args:
            values: the ids, one a row; None or an empty text where there is none.
        """
        distinct = [each for each in dict.fromkeys(values) if each]
        number: dict[str | None, int] = {text: place for place, text in enumerate(distinct)}
        number |= {None: MISSING, "": MISSING}
        codes = np.fromiter(map(number.__getitem__, values), dtype=np.int32, count=len(values))
        return cls(codes >= 0, encoded=(freeze(codes), as_objects(distinct)))

    @classmethod
    def from_distinct(cls, codes: Codes, distinct: Sequence[str]) -> Identifiers:
        """Take text of which each distinct one is there once.

        Args:
            codes: for each row, which of them; negative where there is none.
            distinct: the texts; an empty one is none.
        """
        own = cls.from_text(distinct)
        number = np.append(own.codes, MISSING)
        coded = number[np.where(codes < 0, len(distinct), codes)]
        return cls(coded >= 0, encoded=(coded, own.distinct))

    @cached_property
    def _own(self) -> tuple[Codes, ObjectArray]:
        if self.encoded is not None:
            return self.encoded
        if not self.known.any():
            return np.full(len(self.known), MISSING, dtype=np.int32), as_objects([])
        if self.numbers is None:
            by_python = Identifiers.from_text([] if self.series is None else self.series.to_list())
            return by_python.codes, by_python.distinct
        distinct, (codes,) = _unite_whole([_present(self.numbers, self.known)])
        return freeze(np.where(self.known, codes, np.int32(MISSING))), text_of(distinct)

    @cached_property
    def keys(self) -> WholeNumbers:
        """A whole number for each row, the same for the same id; for text perhaps for another."""
        if self.numbers is not None:
            return self.numbers
        if self.series is not None:
            return self.series.hash().to_numpy().view(np.int64)
        return self.codes.astype(np.int64)

    @property
    def codes(self) -> Codes:
        """For each row, which of the column's own `distinct` ids; negative where there is none."""
        return self._own[0]

    @property
    def distinct(self) -> ObjectArray:
        """The column's own ids as text, each once."""
        return self._own[1]


@frozen(eq=False)
class CustomerIds:
    """The ids of customers, each once and in id order; as text when that is first asked for.

    Args:
        distinct: the ids: text, or whole numbers.

    >>> CustomerIds(np.array([9, 10])).texts.tolist()
    ['9', '10']
    """

    distinct: AnyArray

    def __len__(self) -> int:
        """Count the customers."""
        return len(self.distinct)

    @cached_property
    def texts(self) -> ObjectArray:
        """The ids as text."""
        return freeze(text_of(self.distinct).copy())


def text_of(distinct: AnyArray) -> ObjectArray:
    """Write ids as text: a whole number is its decimal text."""
    return (
        distinct if distinct.dtype == np.object_ else as_objects(list(map(str, distinct.tolist())))
    )


def distinct_objects(column: ObjectArray) -> tuple[Codes, list[Any]]:
    """Tell which object stands in each row, which is known sooner than what it says.

    Args:
        column: objects; equal ones may be there more than once.

    Returns:
        For each row, which of the objects it holds, and the objects.
    """
    where = np.frombuffer(column.tobytes(), dtype=np.int64)
    ordered = np.sort(where)
    distinct = ordered[np.flatnonzero(np.diff(ordered, prepend=-1))]
    codes, at = KeyTable(distinct)(where), np.empty(len(distinct), dtype=np.intp)
    at[codes] = np.arange(len(codes))
    return codes, column[at].tolist()


def id_order(texts: Iterable[str]) -> list[str]:
    """Put ids in id order: shorter first, then by code point.

    >>> id_order(["10", "9", "A"])
    ['9', 'A', '10']
    """
    return sorted(texts, key=lambda text: (len(text), text))


def unite(columns: Sequence[Identifiers]) -> tuple[AnyArray, list[Codes]]:
    """Number the customers that occur in any of several columns, in id order.

    Args:
        columns: columns of ids.

    Returns:
        The distinct ids in id order, and each column's codes into them; rows without an id get the
        number of customers.

    >>> ids, (codes,) = unite([Identifiers.from_text(["b", None, "a"])])
    >>> text_of(ids).tolist(), codes.tolist()
    (['a', 'b'], [1, 2, 0])
    """
    filled = [column for column in columns if column.known.any()]
    numbers = [_present(each.numbers, each.known) for each in filled if each.numbers is not None]
    series = [each.series for each in filled if each.series is not None]
    found: tuple[AnyArray, list[Codes]] | None = None
    if len(numbers) == len(filled):
        found = _unite_listed(numbers)
        if found is None and all(int(each.min()) >= 0 for each in numbers):
            found = _unite_whole(numbers)
    elif len(series) == len(filled):
        found = number_texts(series, [(each.keys, each.known) for each in filled])
    ids, codes = found or _unite_any(filled)
    coded = iter(codes)
    return ids, [
        np.full(len(column.known), len(ids), dtype=np.int32)
        if column not in filled
        else _nameless(next(coded), column.known, len(ids))
        for column in columns
    ]


def _present(values: WholeNumbers, known: BoolArray) -> WholeNumbers:
    """Fill the gaps of a column with one of its own numbers."""
    return values if known.all() else np.where(known, values, values[int(np.argmax(known))])


def _nameless(codes: Codes, known: BoolArray, count: int) -> Codes:
    if not known.all():
        codes[~known] = count
    return codes


def _unite_whole(columns: Sequence[WholeNumbers]) -> tuple[WholeNumbers, list[Codes]]:
    low = min((int(column.min()) for column in columns), default=0)
    high = max((int(column.max()) for column in columns), default=-1)
    if high - low < sum(map(len, columns)) + 1024:
        return _unite_close(columns, low, high)
    ids = np.unique(columns[0])
    tables = KeyTable(ids)
    codes = [tables(column) for column in columns]
    for number, column in enumerate(columns):
        if len(new := np.unique(column[codes[number] < 0])):
            ids = np.append(ids, new)
            tables = KeyTable(ids)
            codes[number:] = [tables(each) for each in columns[number:]]
    order = np.argsort(ids)
    if (order[1:] < order[:-1]).any():
        place = np.empty(len(ids), dtype=np.int32)
        place[order] = np.arange(len(ids))
        codes = [place.take(each) for each in codes]
    return ids[order], list[Codes](codes)


def _unite_listed(columns: Sequence[WholeNumbers]) -> tuple[WholeNumbers, list[Codes]] | None:
    """Number whole ids that lie close together and are all in the first column; None otherwise."""
    low, high = (int(columns[0].min()), int(columns[0].max())) if columns else (0, 0)
    if not columns or low < 0 or high - low >= sum(map(len, columns)) + 1024:
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
        for start in range(0, len(column), BLOCK):
            part = slice(start, start + BLOCK)
            number.take(column[part] - (low - 1), out=coded[part], mode="clip")
            if coded[part].min() < 0:
                return None
        codes.append(coded)
    return ids + low, codes


def _unite_close(
    columns: Sequence[WholeNumbers], low: int, high: int
) -> tuple[WholeNumbers, list[Codes]]:
    seen = np.zeros(high - low + 1, dtype=np.bool_)
    for column in columns:
        for start in range(0, len(column), BLOCK):
            seen[column[start : start + BLOCK] - low] = True
    number = np.cumsum(seen, dtype=np.int32)
    number -= 1

    def coded(column: WholeNumbers) -> Codes:
        codes = np.empty(len(column), dtype=np.int32)
        for start in range(0, len(column), BLOCK):
            block = column[start : start + BLOCK]
            number.take(block - low, out=codes[start : start + BLOCK], mode="clip")
        return codes

    return np.flatnonzero(seen) + low, [coded(column) for column in columns]


def _unite_any(columns: Sequence[Identifiers]) -> tuple[ObjectArray, list[Codes]]:
    """Number text that Python holds, or that stands beside whole numbers."""
    ids = as_objects(id_order({text for column in columns for text in column.distinct}))
    number = {text: place for place, text in enumerate(ids)}
    codes = list[Codes]()
    for column in columns:
        places = np.array([number[text] for text in column.distinct], dtype=np.int32)
        codes.append(places[column.codes])
    return ids, codes
