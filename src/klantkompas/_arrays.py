"""Arrays that nobody can change, ids as numbers, and per-customer sums that no order can change.

Customers are numbered in id order: shorter ids first, then by code point. A code equal to the
number of customers stands for a row without a customer: the nameless come last, so that a count per
customer simply drops the last place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

__all__ = [
    "MISSING",
    "AnyArray",
    "BoolArray",
    "Codes",
    "DayArray",
    "FloatArray",
    "Identifiers",
    "ObjectArray",
    "TimeArray",
    "as_objects",
    "freeze",
    "id_order",
    "is_known",
    "product",
    "read_only",
    "sum_by",
    "text_of",
    "unite",
]

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.intp]
ObjectArray = npt.NDArray[np.object_]
DayArray = npt.NDArray[np.datetime64]
TimeArray = npt.NDArray[np.datetime64]
AnyArray = npt.NDArray[Any]
ArrayT = TypeVar("ArrayT", bound=AnyArray)

MISSING = -1
"""The code of an empty id, flag or choice."""

TEN_THOUSAND = 1e4
EXACT = 2.0**53
"""Below this, sums of whole numbers in floating point are exact whatever their order."""


def freeze(array: ArrayT) -> ArrayT:
    """Make an array of our own read-only, in place.

    >>> freeze(np.array([1.0])).flags.writeable
    False
    """
    array.flags.writeable = False
    return array


def read_only(array: ArrayT) -> ArrayT:
    """Make an array from elsewhere read-only, copied when it could still be written to.

    Args:
        array: any array.

    Returns:
        The same values, read-only; the given array stays as it was.
    """
    return freeze(array.copy()) if array.flags.writeable else array


def is_known(array: AnyArray) -> BoolArray:
    """Tell which values of a column are known.

    Args:
        array: floats (NaN is unknown), moments (NaT), codes (negative) or objects (None).

    Returns:
        True where a value is known.

    >>> is_known(np.array([1.0, np.nan])).tolist()
    [True, False]
    """
    known: BoolArray
    if array.dtype.kind == "f":
        known = ~np.isnan(array)
    elif array.dtype.kind == "M":
        known = ~np.isnat(array)
    elif array.dtype.kind == "O":
        known = np.fromiter((value is not None for value in array), np.bool_, len(array))
    else:
        known = array >= 0
    return known


@frozen(eq=False)
class Identifiers:
    """A column of ids, each distinct one once.

    Args:
        codes: for each row, which of `distinct`; negative where there is no id.
        distinct: the ids, as whole numbers or as text, each once.
    """

    codes: Codes
    distinct: AnyArray = field()

    @classmethod
    def from_whole_numbers(cls, values: npt.NDArray[np.int64], known: BoolArray) -> Identifiers:
        """Encode whole numbers.

        Args:
            values: the numbers, one a row.
            known: where there is one.
        """
        codes = np.full(len(values), MISSING, dtype=np.intp)
        if not known.any():
            return cls(codes, np.empty(0, dtype=np.int64))
        everything = bool(known.all())
        present = values if everything else values[known]
        low, high = int(present.min()), int(present.max())
        if high - low < 4 * len(present) + 1024:
            seen = np.zeros(high - low + 1, dtype=np.bool_)
            seen[present - low] = True
            distinct = np.flatnonzero(seen).astype(np.int64) + low
            number = np.cumsum(seen, dtype=np.intp) - 1
            coded = number[present - low]
        else:
            distinct, inverse = np.unique(present, return_inverse=True)
            coded = inverse.astype(np.intp)
        if everything:
            return cls(coded, distinct)
        codes[known] = coded
        return cls(codes, distinct)

    @classmethod
    def from_text(cls, values: Sequence[str | None]) -> Identifiers:
        """Encode text.

        Args:
            values: the ids, one a row; None or an empty text where there is none.
        """
        numbers: dict[str | None, int] = {None: MISSING, "": MISSING}
        count = len(numbers)
        codes = np.fromiter(
            (numbers.setdefault(value, len(numbers) - count) for value in values),
            dtype=np.intp,
            count=len(values),
        )
        return cls(codes, as_objects(list(numbers)[count:]))


def as_objects(values: Iterable[object]) -> ObjectArray:
    """Put Python objects into a one-dimensional array, whatever they are.

    >>> as_objects([(1, 2), None]).shape
    (2,)
    """
    listed = list(values)
    array = np.empty(len(listed), dtype=np.object_)
    array[:] = listed
    return array


def text_of(distinct: AnyArray) -> ObjectArray:
    """Write ids as text: a whole number is its decimal text."""
    return distinct if distinct.dtype == np.object_ else as_objects(map(str, distinct.tolist()))


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
    whole = all(column.distinct.dtype.kind == "i" for column in columns)
    if whole and all(int(c.distinct.min(initial=0)) >= 0 for c in columns):
        parts = [column.distinct for column in columns] or [np.empty(0, dtype=np.int64)]
        ids: AnyArray = np.unique(np.concatenate(parts))
        places = [np.searchsorted(ids, part).astype(np.intp) for part in parts]
    else:
        texts = [text_of(column.distinct).tolist() for column in columns]
        ids = as_objects(id_order({text for part in texts for text in part}))
        number = {text: place for place, text in enumerate(ids)}
        places = [np.array([number[text] for text in part], dtype=np.intp) for part in texts]
    nameless = np.array([len(ids)], dtype=np.intp)
    return ids, [
        np.concatenate([place, nameless])[column.codes]
        for column, place in zip(columns, places, strict=False)
    ]


def product(factors: Sequence[FloatArray]) -> FloatArray:
    """Multiply numbers so that decimal amounts stay decimal: 6 times 2.55 is 15.3.

    Args:
        factors: arrays of one length.

    Returns:
        The products; those of numbers that are whole in 1/10,000 are rounded once, from the exact
        product.

    >>> product([np.array([6.0]), np.array([2.55])]).tolist()
    [15.3]
    """
    result = factors[0]
    with np.errstate(over="ignore", invalid="ignore"):
        for factor in factors[1:]:
            first, second = np.rint(result * TEN_THOUSAND), np.rint(factor * TEN_THOUSAND)
            exact = first * second
            decimal = (
                (first / TEN_THOUSAND == result)
                & (second / TEN_THOUSAND == factor)
                & (np.abs(exact) < EXACT)
            )
            result = np.where(decimal, exact / TEN_THOUSAND**2, result * factor)
    return result


def sum_by(codes: Codes, values: FloatArray, size: int, order: Callable[[], Codes]) -> FloatArray:
    """Sum values by code so that neither the order of rows nor a division into parts matters.

    A group whose values are whole in 1/10,000 is summed as whole numbers; any other in the given
    order, one by one.

    Args:
        codes: which group each value belongs to, below `size`.
        values: the values, none of them NaN.
        size: how many groups there are.
        order: gives the order in which other values are summed, as positions of rows.

    Returns:
        A sum for each group.

    >>> sum_by(np.array([0, 0]), np.array([0.1, 0.2]), 1, lambda: np.array([0, 1])).tolist()
    [0.3]
    """
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = np.rint(values * TEN_THOUSAND)
        decimal = scaled / TEN_THOUSAND == values
        total = np.bincount(codes, weights=scaled, minlength=size)
        extent = np.bincount(codes, weights=np.abs(scaled), minlength=size)
        exact = extent < EXACT
    if not decimal.all():
        exact[codes[~decimal]] = False
    sums: FloatArray = total / TEN_THOUSAND
    if not exact.all():
        rows = order()
        inexact = np.bincount(codes[rows], weights=values[rows], minlength=size)
        sums[~exact] = inexact[~exact]
    return sums
