"""Curves of many values as few points.

>>> thin_out(1001, most=5).tolist()
[0, 250, 500, 750, 1000]
"""

from __future__ import annotations

import numpy as np

from klantkompas._arrays import Codes

__all__ = ["steep_first", "thin_out"]


def thin_out(length: int, most: int) -> Codes:
    """Return evenly spread positions in an array, its first and last among them.

    Args:
        length: how long the array is.
        most: how many positions at most, 2 or more.

    Returns:
        The positions, from 0, ascending.
    """
    places = np.linspace(0, length - 1, min(most, length))
    return np.unique(places.round().astype(np.intp))


def steep_first(length: int, most: int = 240) -> Codes:
    """Return positions for a curve that is steep at its start: all of the first, then spread ones.

    Args:
        length: how many points the curve has.
        most: how many positions at most.

    Returns:
        The positions, from 0, ascending, first and last among them.

    >>> steep_first(1000, most=8).tolist()
    [0, 1, 200, 400, 599, 799, 999]
    """
    first = np.arange(min(length, most // 4))
    return np.union1d(first, thin_out(length, most - len(first)))
