"""Whether two answers are the same, whatever they are made of: unknown is the same as unknown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import numpy as np

from klantkompas._arrays import AnyArray

__all__ = ["same"]


def _same_arrays(one: AnyArray, other: object) -> bool:
    if not isinstance(other, np.ndarray) or (one.shape, one.dtype) != (other.shape, other.dtype):
        return False
    if one.dtype.kind == "O":
        return same(one.tolist(), other.tolist())
    return np.array_equal(one, other, equal_nan=one.dtype.kind in "fcmM")


def same(one: Any, other: Any) -> bool:
    """Return whether two values are the same, down to their parts.

    Args:
        one: an array, a frozen result, a mapping, a sequence or any other value.
        other: another such value.

    Returns:
        True where they are equal, NaN being equal to NaN; two functions always count as equal.

    >>> same({"a": np.array([1.0, np.nan])}, {"a": np.array([1.0, np.nan])})
    True
    """
    if one is other:
        return True
    if isinstance(one, np.ndarray):
        return _same_arrays(one, other)
    if type(one) is not type(other):
        return False
    if isinstance(one, Mapping):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if attrs.has(type(one)):
        # A plain class on top of one of attrs may hold more, and need not have set its fields.
        names = {*(each.name for each in attrs.fields(type(one))), *getattr(one, "__dict__", ())}
        return all(same(getattr(one, name, None), getattr(other, name, None)) for name in names)
    if isinstance(one, float):
        return one == other or (one != one and other != other)
    if callable(one):
        return True
    return bool(one == other) or (hasattr(one, "__dict__") and same(vars(one), vars(other)))
