"""Columns of ids, numbered together: customers in id order, each row by its customer's number.

Ids are looked at once, for all tables together, in whatever form they come: whole numbers, text of
a few bytes as words, longer text that polars holds, or text that is encoded already. Columns of one
form are numbered together, and what was numbered apart by its distinct texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt
from attrs import frozen

from klantkompas._arrays.kinds import (
    MISSING,
    AnyArray,
    BoolArray,
    Codes,
    ObjectArray,
    as_objects,
    freeze,
)
from klantkompas._arrays.value import Value
from klantkompas._ids.hash_table import HashTable, hash64
from klantkompas._ids.integers import WholeNumbers, number_whole
from klantkompas._ids.polars_text import number_texts, series_of
from klantkompas._ids.short_text import (
    lengths_of,
    number_words,
    words_of_characters,
    words_of_series,
)

if TYPE_CHECKING:
    import polars

__all__ = ["CustomerIds", "IdColumn", "distinct_objects", "encode_ids", "id_order", "text_of"]

FEW, SOME = 16, 1024
"""How many words are few, and how many rows show whether they are."""
Form = Literal["whole", "words", "series", "encoded", "coded"]
Numbered = tuple[AnyArray, list[Codes]]
"""The distinct ids in id order, and codes into them for each column."""


@frozen(eq=False)
class IdColumn(Value):
    """A column of ids, in one of several forms.

    Args:
        known: for each row, whether it has an id.
        form: which of the forms `values` has.
        values: whole numbers, words (see `klantkompas._ids.short_text`), a series of polars, or for
            each row its position in `texts` or `own`; None where no row has an id.
        texts: the distinct ids, where `values` holds positions in them; otherwise None.
        own: those as a column of their own, where they are many and nobody needs them as objects.
    """

    known: BoolArray
    form: Form = "encoded"
    values: Any = None
    texts: ObjectArray | None = None
    own: IdColumn | None = None

    @classmethod
    def from_whole_numbers(cls, values: WholeNumbers, known: BoolArray) -> IdColumn:
        """Make a column of ids from whole numbers.

        Args:
            values: the numbers, one a row.
            known: a mask: True where the row has an id.
        """
        return cls(known, "whole", values)

    @classmethod
    def from_series(cls, series: polars.Series) -> IdColumn:
        """Make a column of ids from a polars Series of strings.

        Args:
            series: the ids, one a row; null or an empty string where the row has no id.
        """
        words = words_of_series(series)
        if words is not None:
            return cls(lengths_of(words) > 0, "words", words)
        known = series != ""
        known = known.fill_null(value=False) if known.has_nulls() else known
        return cls(known.to_numpy(), "series", series)

    @classmethod
    def from_characters(cls, values: npt.NDArray[np.str_]) -> IdColumn:
        """Make a column of ids from a one-dimensional numpy array of strings.

        Args:
            values: the ids, one a row, of dtype ``str_``; an empty string where the row has no id.
        """
        words = words_of_characters(values)
        if words is not None:
            return cls(lengths_of(words) > 0, "words", words)
        return cls.from_list(values.tolist())

    @classmethod
    def from_list(cls, values: Sequence[str | None]) -> IdColumn:
        """Make a column of ids from strings, by polars where that is installed and quicker.

        Args:
            values: the ids, one a row; None or an empty string where the row has no id.
        """
        series = series_of(values)
        return cls.from_text(values) if series is None else cls.from_series(series)

    @classmethod
    def from_text(cls, values: Sequence[str | None]) -> IdColumn:
        """Make a column of ids from strings, without polars: each distinct id is kept once.

        Args:
            values: the ids, one a row; None or an empty string where the row has no id.
        """
        distinct = [each for each in dict.fromkeys(values) if each]
        number: dict[str | None, int] = {text: place for place, text in enumerate(distinct)}
        number |= {None: MISSING, "": MISSING}
        codes = np.fromiter(map(number.__getitem__, values), dtype=np.int32, count=len(values))
        return cls(codes >= 0, "encoded", freeze(codes), as_objects(distinct))

    @classmethod
    def from_distinct(cls, codes: Codes, distinct: Sequence[str]) -> IdColumn:
        """Make a column of ids from distinct strings, and the position among them for each row.

        Args:
            codes: for each row, the position of its id in `distinct`; negative where the row has no
                id.
            distinct: the ids, each once; rows with the empty string have no id.
        """
        own = cls.from_text(distinct)
        number = np.append(own.codes, MISSING)
        coded = number[np.where(codes < 0, len(distinct), codes)]
        return cls(coded >= 0, "encoded", coded, own.distinct)

    @classmethod
    def from_codes(cls, codes: Codes, distinct: Sequence[str]) -> IdColumn:
        """Make a column of ids from strings that are different for sure, and positions among them.

        Args:
            codes: for each row, the position of its id in `distinct`; negative where the row has no
                id.
            distinct: the ids, each once; rows with the empty string have no id.
        """
        if "" in distinct:
            return cls.from_distinct(codes, distinct)
        return cls(codes >= 0, "encoded", freeze(codes), as_objects(distinct))

    @classmethod
    def from_numbers(cls, codes: Codes, distinct: polars.Series) -> IdColumn:
        """Make a column of ids from the distinct ones that polars holds, and positions among them.

        Args:
            codes: for each row, the position of its id in `distinct`; negative where the row has no
                id.
            distinct: the ids, each once, as strings; rows with the empty string have no id.
        """
        own = cls.from_series(distinct)
        known = codes >= 0
        if not own.known.all():
            known &= np.append(own.known, False).take(codes)
        return cls(known, "coded", freeze(codes), own=own)

    @cached_property
    def _own(self) -> tuple[Codes, ObjectArray]:
        if self.texts is not None:
            codes: Codes = self.values
            return codes, self.texts
        distinct, (codes,) = encode_ids([self])
        return freeze(np.where(self.known, codes, np.int32(MISSING))), text_of(distinct)

    @property
    def present(self) -> Any:
        """The values of the rows that have an id."""
        if self.known.all():
            return self.values
        return self.values.filter(self.known) if self.form == "series" else self.values[self.known]

    @cached_property
    def keys(self) -> WholeNumbers:
        """A whole number for each row: equal ids have equal ones, unequal texts rarely."""
        found: WholeNumbers
        if self.form == "words":
            found = hash64(self.values).view(np.int64)
        elif self.form == "series":
            found = self.values.hash().to_numpy().view(np.int64)
        else:
            found = self.codes if self.values is None else self.values
        # Nothing, null and empty text look different to a hash.
        return found if self.known.all() else np.where(self.known, found, found.dtype.type(MISSING))

    @property
    def codes(self) -> Codes:
        """For each row, its position in `distinct`; negative where the row has no id."""
        return self._own[0]

    @property
    def distinct(self) -> ObjectArray:
        """The column's own ids as text, each once."""
        return self._own[1]


@frozen(eq=False)
class CustomerIds(Value):
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
    """Return ids as text, in the same order: a whole number becomes its decimal text."""
    return (
        distinct if distinct.dtype == np.object_ else as_objects(list(map(str, distinct.tolist())))
    )


def distinct_objects(column: ObjectArray) -> tuple[Codes, list[Any]]:
    """Number the objects of a column by identity, which is quicker than by their text.

    Args:
        column: objects; equal ones may be there more than once.

    Returns:
        For each row, the position of its object in the list; and the list of objects, each once.
    """
    where = np.frombuffer(column.tobytes(), dtype=np.int64)
    if (few := _few_distinct(where)) is not None:
        codes, first = few
        return codes, column[first].tolist()
    table = HashTable(where[:0])
    codes, at = table.number(where), np.empty(len(table.keys), dtype=np.intp)
    at[codes] = np.arange(len(codes))
    return codes, column[at].tolist()


def _few_distinct(keys: npt.NDArray[np.int64]) -> tuple[Codes, list[int]] | None:
    """Number a few distinct keys one by one, in a third of the time of a hash table.

    Returns:
        For each row, the number of its key; and where each key stands first. None for many keys.
    """
    if len({*keys[:SOME].tolist()}) > FEW:
        return None
    codes, first = np.zeros(len(keys), dtype=np.int8), list[int]()
    is_left = np.ones(len(keys), dtype=np.bool_)
    while len(first) <= FEW:
        if not is_left.any():
            return codes.astype(np.intp), first
        place = int(is_left.argmax())
        is_it = keys == keys[place]
        codes += is_it.view(np.int8) * np.int8(len(first))
        is_left ^= is_it
        first.append(place)
    return None


def id_order(texts: Iterable[str]) -> list[str]:
    """Return ids sorted in id order: shorter first, then by code point.

    >>> id_order(["10", "9", "A"])
    ['9', 'A', '10']
    """
    return sorted(sorted(texts), key=len)


def encode_ids(columns: Sequence[IdColumn]) -> tuple[AnyArray, list[Codes]]:
    """Number the customers that occur in any of several columns, in id order.

    Args:
        columns: columns of ids.

    Returns:
        The distinct ids in id order, and each column's codes into them; a row without an id gets
        the number of distinct ids as its code.

    >>> ids, (codes,) = encode_ids([IdColumn.from_text(["b", None, "a"])])
    >>> text_of(ids).tolist(), codes.tolist()
    (['a', 'b'], [1, 2, 0])
    """
    groups = dict[Form, list[IdColumn]]()
    for column in columns:
        if column.known.any():
            groups.setdefault(column.form, []).append(column)
    parts = [UNITED[form](group) for form, group in groups.items()] or [(as_objects([]), [])]
    ids, codes = parts[0] if len(parts) == 1 else _merged(parts)
    codes_of = dict(zip(chain(*groups.values()), codes, strict=True))
    return ids, [_of_all(each.known, codes_of.get(each), len(ids)) for each in columns]


def _of_all(known: BoolArray, codes: Codes | None, nobody: int) -> Codes:
    """Return the codes of all rows out of those of the rows that have an id."""
    if codes is not None and len(codes) == len(known):
        return codes
    every = np.full(len(known), nobody, dtype=np.int32)
    if codes is not None:
        every[known] = codes
    return every


def _unite_whole(columns: Sequence[IdColumn]) -> Numbered:
    ids, codes = number_whole([each.present for each in columns])
    # Negative numbers stand in another order as text.
    return (ids, codes) if ids[0] >= 0 else _merged([(ids, codes)])


def _unite_words(columns: Sequence[IdColumn]) -> Numbered:
    return number_words([each.present for each in columns])


def _unite_series(columns: Sequence[IdColumn]) -> Numbered:
    return number_texts([each.present for each in columns])


def _unite_coded(columns: Sequence[IdColumn]) -> Numbered:
    own = [each.own for each in columns if each.own is not None]
    ids, codes = encode_ids(own)
    return ids, [code.take(each.present) for code, each in zip(codes, columns, strict=True)]


def _unite_encoded(columns: Sequence[IdColumn]) -> Numbered:
    if len(columns) > 1:
        return _merged([(each.distinct, [each.present]) for each in columns])
    texts = columns[0].distinct
    listed: list[str] = texts.tolist()
    by_text = np.array(sorted(range(len(listed)), key=listed.__getitem__), dtype=np.intp)
    lengths = np.fromiter(map(len, listed), dtype=np.int32, count=len(listed))
    order = by_text[np.argsort(lengths[by_text], kind="stable")]
    place = np.empty(len(listed), dtype=np.int32)
    place[order] = np.arange(len(listed), dtype=np.int32)
    return texts[order], [place.take(columns[0].present)]


UNITED: dict[Form, Callable[[Sequence[IdColumn]], Numbered]] = {
    "whole": _unite_whole,
    "words": _unite_words,
    "series": _unite_series,
    "encoded": _unite_encoded,
    "coded": _unite_coded,
}


def _merged(parts: Sequence[Numbered]) -> Numbered:
    """Number together, by their texts, what was numbered apart."""
    texts = [text_of(ids).tolist() for ids, _ in parts]
    ids, (places,) = encode_ids([IdColumn.from_list([*chain(*texts)])])
    ends = np.cumsum([len(each) for each in texts])[:-1]
    by_part = zip(np.split(places, ends), parts, strict=True)
    return ids, [place.take(each) for place, (_, codes) in by_part for each in codes]
