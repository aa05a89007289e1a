"""What the statistics accept: whole counts, numbers, and a level between 0 and 1."""

from __future__ import annotations

from decimal import Decimal
from numbers import Real
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from klantkompas.errors import ArgumentError
from klantkompas.wording.writer import Writer

__all__ = [
    "MOST",
    "Counts",
    "Floats",
    "as_float",
    "between_0_and_1",
    "checked_counts",
    "checked_numbers",
    "is_missing",
    "positive",
]

Floats: TypeAlias = NDArray[np.float64]
Counts: TypeAlias = tuple[ArrayLike, ArrayLike, ArrayLike]
"""Detractors, passives and promoters, of one group or of many."""

MOST = 1e12
"""The largest count: beyond it, double precision no longer tells the limits apart."""


def between_0_and_1(name: str, value: float) -> float:
    """Return a number, after a check that it lies strictly between 0 and 1.

    Args:
        name: what the caller calls it, for the error.
        value: the number.

    Returns:
        The number.

    Raises:
        ArgumentError: where it does not; for percentages the message has the number to write.

    >>> between_0_and_1("confidence_level", 0.95)
    0.95
    """
    number = _number(value)
    if 0 < number < 1:
        return number
    hint = f"; for {value} percent write {round(number / 100, 9)}" if 1 < number < 100 else ""
    raise ArgumentError(f"{name} is {value!r}, which is not a number between 0 and 1{hint}")


def positive(name: str, value: float) -> float:
    """Return a number as a float, after a check that it is above 0 and finite.

    Args:
        name: what the caller calls it, for the error.
        value: the number.

    Returns:
        The number.

    Raises:
        ArgumentError: where it is not.

    >>> positive("margin", 5)
    5.0
    """
    if 0 < _number(value) < float("inf"):
        return float(value)
    raise ArgumentError(f"{name} is {value!r}, where it should be a number above 0")


def checked_counts(**counts: ArrayLike) -> tuple[Floats, ...]:
    """Return counts as floats of one shape, after a check that they are whole and not negative.

    Args:
        counts: by name, whole numbers from 0 up: one, or an array of them.

    Returns:
        The counts in the order given, as floats of one shape.

    Raises:
        ArgumentError: where one is negative, not whole, not a number, or the shapes do not fit.

    >>> checked_counts(detractors=[1, 2], promoters=3)
    (array([1., 2.]), array([3., 3.]))
    """
    arrays = [_checked(name, value) for name, value in counts.items()]
    try:
        return tuple(np.broadcast_arrays(*arrays))
    except ValueError:
        shapes = ", ".join(f"{n} {a.shape}" for n, a in zip(counts, arrays, strict=True))
        raise ArgumentError(
            f"the counts have shapes that do not fit together: {shapes}",
            remedy="Give as many of each",
        ) from None


def checked_numbers(
    name: str, values: ArrayLike, *, dimensions: int = 1, unknown: bool = False
) -> Floats:
    """Return numbers as an array of floats, after a check.

    Args:
        name: what the caller calls them, for the error.
        values: the numbers; NaN or None where unknown.
        dimensions: how many dimensions the array has to have, 1 or 2.
        unknown: whether NaN and None are allowed.

    Returns:
        The numbers as floats, NaN where unknown.

    Raises:
        ArgumentError: where a value is not a number, is infinite, or is NaN or None while that is
            not allowed; or the array has other dimensions.

    >>> checked_numbers("outcome", [1, None, 2.5], unknown=True)
    array([1. , nan, 2.5])
    """
    shape = (
        "a one-dimensional array" if dimensions == 1 else "an array with a row for each customer"
    )
    try:
        array = np.asarray(values)
    except ValueError:
        raise ArgumentError(f"{name} is not a rectangular array; {shape} is expected") from None
    if array.ndim != dimensions or (array.size and array.dtype.kind not in "biufO"):
        raise ArgumentError(
            f"{name} is an array of {array.dtype} with {array.ndim} dimensions; {shape} of numbers "
            "is expected"
        )
    if array.dtype.kind == "O":
        floats = np.fromiter(map(as_float, array.flat), np.float64, array.size)
        floats = floats.reshape(array.shape)
    else:
        floats = array.astype(np.float64)
    is_wrong = np.isinf(floats) if unknown else ~np.isfinite(floats)
    if is_wrong.any():
        wrong = np.argwhere(is_wrong)
        place = tuple(map(int, wrong[0]))
        where = f"position {place[0]}" if dimensions == 1 else f"row {place[0]}, column {place[1]}"
        what = "finite number" if unknown else "known, finite number"
        raise ArgumentError(
            f"{name} has {len(wrong)} of {floats.size} values that are no {what}, the first at "
            f"{where}, counted from 0"
        )
    return floats


def as_float(value: object) -> float:
    """Return a value as a float: NaN for a missing one, infinity for what is not a number.

    >>> as_float(None), as_float(3), as_float("3")
    (nan, 3.0, inf)
    """
    if is_missing(value):
        return np.nan
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real | Decimal):
        return np.inf
    try:
        return float(value)
    except OverflowError:
        return np.inf


def is_missing(value: object) -> bool:
    """Return whether a value is missing: None, NaN, NaT or pandas' NA.

    >>> is_missing(float("nan")), is_missing(0), is_missing("")
    (True, False, False)
    """
    try:
        return value is None or bool(value != value)  # NaN differs from itself
    except (TypeError, ArithmeticError):  # some are not to be compared at all
        return True


def _number(value: object) -> float:
    return float("nan") if isinstance(value, bool) or not isinstance(value, Real) else float(value)


def _checked(name: str, value: ArrayLike) -> Floats:
    try:
        array = np.asarray(value)
    except ValueError:
        raise ArgumentError(
            f"{name} is not a rectangular array",
            remedy="Give one whole number, or as many in each row",
        ) from None
    if array.size and array.dtype.kind not in "iuf":
        found = repr(value) if array.ndim == 0 else f"an array of {array.dtype}"
        raise ArgumentError(f"{name} is {found}, where it should be whole numbers from 0 up")
    floats = array.astype(np.float64)
    with np.errstate(invalid="ignore"):
        right = (floats >= 0) & (floats <= MOST) & (floats % 1 == 0)
    wrong = np.flatnonzero(~right)
    if len(wrong):
        first = int(wrong[0])
        place = "" if array.ndim == 0 else f" at position {first}"
        raise ArgumentError(
            f"{name} is {floats.flat[first].item()!r}{place}, where it should be a whole number "
            f"from 0 to {Writer().number(MOST)}"
        )
    return floats
