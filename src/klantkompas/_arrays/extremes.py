"""The lowest and the highest value of each group, however many rows there are."""

from __future__ import annotations

import numpy as np

from klantkompas._arrays.blocks import blocks
from klantkompas._arrays.kinds import AnyArray, BoolArray, Codes, as_int64

__all__ = ["highest_by", "lowest_by"]

NEVER, ALWAYS = np.iinfo(np.int64).min, np.iinfo(np.int64).max
"""How an unknown moment looks as a number, and what is above all moments."""


def lowest_by(codes: Codes, values: AnyArray, size: int, mask: BoolArray | None = None) -> AnyArray:
    """Return the lowest known value of each group.

    Args:
        codes: for each value, the number of its group, from 0 and below `size`.
        values: numbers (NaN is unknown), or moments (NaT).
        size: how many groups there are.
        mask: True for the values that count; None: all of them.

    Returns:
        A float or a moment for each group; NaN or NaT where no value of it is known.

    >>> lowest_by(np.array([0, 0]), np.array([2.0, np.nan]), 2).tolist()
    [2.0, nan]
    """
    if values.dtype.kind != "M":
        return _floats(np.fmin, np.inf, codes, values, size, mask)
    numbers = as_int64(values)
    if (never := numbers == NEVER).any():
        numbers = np.where(never, ALWAYS, numbers)
    found = _by_block(np.minimum, np.full(size, ALWAYS), codes, numbers, mask)
    found[found == ALWAYS] = NEVER
    return found.view(values.dtype)


def highest_by(
    codes: Codes, values: AnyArray, size: int, mask: BoolArray | None = None
) -> AnyArray:
    """Return the highest known value of each group.

    Args:
        codes: for each value, the number of its group, from 0 and below `size`.
        values: numbers (NaN is unknown), or moments (NaT).
        size: how many groups there are.
        mask: True for the values that count; None: all of them.

    Returns:
        A float or a moment for each group; NaN or NaT where no value of it is known.

    >>> highest_by(np.array([0, 0]), np.array([2.0, 3.0]), 2, np.array([True, False])).tolist()
    [2.0, nan]
    """
    if values.dtype.kind != "M":
        return _floats(np.fmax, -np.inf, codes, values, size, mask)
    # What is unknown is the lowest number already.
    found = _by_block(np.maximum, np.full(size, NEVER), codes, as_int64(values), mask)
    return found.view(values.dtype)


def _floats(
    extreme: np.ufunc,
    nothing: float,
    codes: Codes,
    values: AnyArray,
    size: int,
    mask: BoolArray | None,
) -> AnyArray:
    numbers = values.astype(np.float64, copy=False)
    found = _by_block(extreme, np.full(size, nothing), codes, numbers, mask)
    found[found == nothing] = np.nan
    return found


def _by_block(
    extreme: np.ufunc, found: AnyArray, codes: Codes, numbers: AnyArray, mask: BoolArray | None
) -> AnyArray:
    """Let each value, in turn, replace what is found of its group where it is more extreme."""
    nothing = found[:1].copy()
    for block in blocks(len(numbers)):
        part = numbers[block]
        if mask is not None:
            part = np.where(mask[block], part, nothing)
        extreme.at(found, codes[block].astype(np.intp, copy=False), part)
    return found
