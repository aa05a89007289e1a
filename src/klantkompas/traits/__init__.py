"""Traits of demanding customers, one module for each (S4).

What is unknown of a customer shows no trait. A signal is 1, 0 or NaN (unknown) for each customer,
and so are `both` and `either`, which combine two.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np

from klantkompas._arrays import BoolArray, FloatArray
from klantkompas.hooks import Trait, declared_in, hookimpl
from klantkompas.portfolio import Measures

__all__ = ["both", "cue_fired", "either", "klantkompas_traits", "where_known"]


@hookimpl
def klantkompas_traits() -> Sequence[Trait]:
    """Return the built-in traits: ways in which customers are demanding, each with its signals."""
    return declared_in(sys.modules[__name__], Trait)


def where_known(holds: BoolArray, *values: FloatArray) -> FloatArray:
    """Return a mask as 1 and 0, with NaN where a value that it rests on is NaN.

    >>> where_known(np.array([True, False]), np.array([3.0, np.nan]))
    array([ 1., nan])
    """
    found = holds.astype(np.float64)
    for each in values:
        np.copyto(found, np.nan, where=np.isnan(each))
    return found


def cue_fired(measures: Measures, name: str) -> FloatArray:
    """Return 1 or 0 for each customer: whether a cue fired in the period; NaN where unknown.

    Args:
        measures: what is known of each customer.
        name: the name of the cue; where there is no such cue, all are NaN.
    """
    measure = f"cue_{name}"
    left_out = measure not in measures.columns
    fired = np.full(len(measures), np.nan) if left_out else measures[measure]
    return where_known(fired > 0, fired)


def both(one: FloatArray, other: FloatArray) -> FloatArray:
    """Return 1 where both are 1, 0 where either is 0, and otherwise NaN.

    >>> both(np.array([1.0, 0.0, 1.0]), np.array([1.0, np.nan, np.nan]))
    array([ 1.,  0., nan])
    """
    return np.where((one == 0) | (other == 0), 0.0, one * other)


def either(one: FloatArray, other: FloatArray) -> FloatArray:
    """Return 1 where either is 1, 0 where both are 0, and otherwise NaN.

    >>> either(np.array([0.0, 1.0, 0.0]), np.array([0.0, np.nan, np.nan]))
    array([ 0.,  1., nan])
    """
    return np.where((one == 1) | (other == 1), 1.0, one + other)
