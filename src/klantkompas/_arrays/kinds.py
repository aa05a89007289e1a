"""The kinds of array that there are, and arrays that nobody can change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

__all__ = [
    "MISSING",
    "AnyArray",
    "BoolArray",
    "Codes",
    "DayArray",
    "FloatArray",
    "IntegerArray",
    "ObjectArray",
    "TimeArray",
    "all_known",
    "as_int64",
    "as_objects",
    "as_texts",
    "astype_readonly",
    "freeze",
    "is_known",
    "mask_unknown",
    "read_only",
]

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
IntegerArray = npt.NDArray[np.integer[Any]]
Codes = npt.NDArray[np.signedinteger[Any]]
ObjectArray = npt.NDArray[np.object_]
DayArray = npt.NDArray[np.datetime64]
TimeArray = npt.NDArray[np.datetime64]
AnyArray = npt.NDArray[Any]
ArrayT = TypeVar("ArrayT", bound=AnyArray)

MISSING = -1
"""The code of an empty id, flag or choice."""


def freeze(array: ArrayT) -> ArrayT:
    """Make an array read-only in place, and return it; for arrays that nobody else holds.

    >>> freeze(np.array([1.0])).flags.writeable
    False
    """
    array.flags.writeable = False
    return array


def read_only(array: ArrayT) -> ArrayT:
    """Return an array from elsewhere read-only, copied where it could still be written to.

    Args:
        array: any array.

    Returns:
        The same values, read-only; the given array stays as it was.
    """
    return freeze(array.copy()) if array.flags.writeable else array


def astype_readonly(array: AnyArray, dtype: npt.DTypeLike) -> AnyArray:
    """Return an array in another type and read-only, copied where it could be written to.

    >>> astype_readonly(np.array([1, 2]), np.float64)
    array([1., 2.])
    """
    converted: AnyArray = array.astype(dtype, copy=False)
    return read_only(array) if converted is array else freeze(converted)


def as_int64(moments: AnyArray) -> npt.NDArray[np.int64]:
    """Return moments as whole numbers (of days, microseconds, ...), which compare faster.

    Args:
        moments: days or times; NaT becomes the lowest number, before all others.

    >>> as_int64(np.array(["1970-01-03"], dtype="datetime64[D]")).tolist()
    [2]
    """
    numbers: npt.NDArray[np.int64] = moments.view(np.int64)
    return numbers


def is_known(array: AnyArray) -> BoolArray:
    """Return a mask of the known values of a column.

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
        known = np.not_equal(array, np.array(None, dtype=np.object_)).astype(np.bool_)
    else:
        known = array >= 0
    return known


def mask_unknown(values: FloatArray, mask: BoolArray) -> FloatArray:
    """Return numbers with NaN where a mask is True.

    Args:
        values: numbers.
        mask: True where the number is unknown.

    >>> mask_unknown(np.array([0.0, 2.0]), np.array([True, False])).tolist()
    [nan, 2.0]
    """
    known = values.astype(np.float64)
    # By positions: with a mask, as in np.where, the processor guesses at each value and errs.
    known[mask.nonzero()[0]] = np.nan
    return known


def all_known(array: AnyArray) -> bool:
    """Return whether every value of a column is known, in one pass that makes nothing.

    Args:
        array: as for `is_known`.

    >>> all_known(np.array([1.0, np.nan]))
    False
    """
    if array.dtype.kind == "O" or not len(array):
        return bool(is_known(array).all())
    least = array.view(np.int64).min().view(array.dtype) if array.dtype.kind == "M" else array.min()
    return bool(is_known(np.asarray(least)))


def as_objects(values: Iterable[object]) -> ObjectArray:
    """Put Python objects into a one-dimensional array, whatever they are.

    >>> as_objects([(1, 2), (3, 4)]).shape
    (2,)
    """
    if isinstance(values, np.ndarray):
        return values.astype(np.object_)
    return np.fromiter(values, dtype=np.object_)


def as_texts(choices: ObjectArray) -> ObjectArray:
    """Return an array of members of an enumeration as their texts; None stays None.

    >>> from enum import StrEnum
    >>> as_texts(as_objects([StrEnum("Size", "LARGE").LARGE, None])).tolist()
    ['large', None]
    """
    listed = choices.tolist()
    text = {each: None if each is None else str(each) for each in {*listed}}
    return as_objects(map(text.__getitem__, listed))
