"""Who is best when several things count at once, and no weight says how much each?

Question: which customers does no other beat, and which come next?
Idea: one customer *dominates* another that it equals or exceeds on every factor and exceeds on one.
Those whom nobody dominates have rank 1; set aside, those whom none of the rest dominates have rank
2; and so on. No factor is weighed against another.
Source: decided. The ranking itself is moocore's, in C (extra ``fronts``).

>>> revenue_and_margin = [[9, 1], [5, 5], [4, 4], [1, 9], [5, 5]]
>>> non_dominated_ranks(revenue_and_margin)
array([1, 1, 2, 1, 1])
>>> dominated_by(revenue_and_margin, 2)
1
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from klantkompas._arrays import Codes
from klantkompas.errors import ArgumentError, MissingExtraError
from klantkompas.stats.checks import Floats, checked_numbers

__all__ = ["dominated_by", "non_dominated_ranks"]

MAX_FACTORS = 255
"""As many as moocore takes."""


def non_dominated_ranks(values: ArrayLike) -> Codes:
    """Return ranks of customers on several factors at once, none weighed against another.

    Args:
        values: a row for each customer, a column for each factor; larger is better.

    Returns:
        A rank for each row, from 1. The rows that no row dominates have rank 1. Rows with equal
        values have equal rank.

    Raises:
        ArgumentError: where a value is NaN, infinite or not a number, the values do not have rows
            and columns, or there is no factor or more than 255.
        MissingExtraError: where the extra ``fronts`` is not installed.

    >>> non_dominated_ranks([[2, 2], [1, 2], [1, 1], [3, 0]])
    array([1, 2, 3, 1])
    """
    try:
        from moocore import pareto_rank  # type: ignore[import-untyped]
    except ImportError as cause:
        raise MissingExtraError("fronts", "ranking on several factors") from cause
    table = _checked(values)
    if not len(table):
        return np.empty(0, dtype=np.intp)
    order = np.lexsort(table.T)
    ordered = table[order]
    new = np.ones(len(table), dtype=np.bool_)
    new[1:] = (ordered[1:] != ordered[:-1]).any(axis=1)
    ranks = np.empty(len(table), dtype=np.intp)
    ranks[order] = pareto_rank(ordered[new], maximise=True)[np.cumsum(new) - 1] + 1
    return ranks


def dominated_by(values: ArrayLike, row: int) -> int | None:
    """Return a customer who is as good as a given one on every factor, and better on one.

    Args:
        values: a row for each customer, a column for each factor; larger is better.
        row: the position of the customer asked about.

    Returns:
        The position of one that dominates it and that nobody dominates; of several the one with the
        largest first factor, then second, and so on, and of equal ones the first. None for a
        customer of rank 1.

    Raises:
        ArgumentError: as `non_dominated_ranks`, and where there is no such row.

    >>> dominated_by([[2, 2], [1, 2], [1, 1], [3, 0]], 2)
    0
    """
    table = _checked(values)
    if row not in range(len(table)):
        raise ArgumentError(
            f"row is {row!r}, where it should be a position from 0 to {len(table) - 1}"
        )
    mine = table[int(row)]
    dominating = np.flatnonzero((table >= mine).all(axis=1) & (table > mine).any(axis=1))
    if not len(dominating):
        return None
    # Whatever dominates the largest of these in dictionary order would be among them, and larger.
    return int(dominating[np.lexsort(-table[dominating][:, ::-1].T)[0]])


def _checked(values: ArrayLike) -> Floats:
    table = checked_numbers("values", values, dimensions=2)
    if not 1 <= table.shape[1] <= MAX_FACTORS:
        raise ArgumentError(
            f"values has {table.shape[1]} columns, where it should have one for each factor: from "
            f"1 to {MAX_FACTORS}"
        )
    return table
