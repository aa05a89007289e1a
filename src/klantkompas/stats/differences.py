"""Differences of Net Promoter Scores: of other people, and of the same people in two waves.

Independent groups: the score intervals of the two are joined by square-and-add, also called MOVER
(Newcombe 1998, Statistics in Medicine 17, 873-890; Zou and Donner 2008, the same 27, 1693-1702).
The same customers: the score interval of their changes. Each p-value is 1 - the level of the
interval that just touches 0, so that the two never disagree.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from klantkompas.errors import ArgumentError, DataError
from klantkompas.stats.answers import Scores, categories
from klantkompas.stats.checks import (
    Counts,
    Floats,
    between_0_and_1,
    checked_counts,
    checked_numbers,
)
from klantkompas.stats.intervals import nps_variances
from klantkompas.stats.results import Difference, Interval
from klantkompas.stats.roots import find_roots
from klantkompas.stats.score import (
    CHANGES,
    change_variance,
    critical_value,
    mean_change_limits,
    upper_score_limit,
)

__all__ = ["holm", "nps_differences", "paired_difference", "paired_nps_difference"]

FARTHEST = 40.0
"""Further out than this, in standard errors, a p-value is 0 in double precision."""


def nps_differences(
    first: Counts, second: Counts, *, confidence_level: float = 0.95
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return differences between the scores of groups of different customers.

    Args:
        first: detractors, passives and promoters of the one group, or of many.
        second: the same of the group to compare with.
        confidence_level: how often such an interval should hold the true difference.

    Returns:
        Differences (first minus second) in points, their lower limits, upper limits and p-values.
        Where either has no answers: NaN, -200, 200, NaN.

    Raises:
        ArgumentError: where a count is negative or not whole, or the level not between 0 and 1.

    >>> value, low, high, p_value = nps_differences((10, 20, 70), (20, 30, 50))
    >>> print(f"{value:.0f}, {low:.4f} to {high:.4f}, p = {p_value:.4f}")
    30, 9.4048 to 49.6113, p = 0.0047
    """
    z = critical_value(between_0_and_1("confidence_level", confidence_level))
    names = ("detractors", "passives", "promoters")
    counts = checked_counts(
        **{f"{name} of the first": value for name, value in zip(names, first, strict=True)},
        **{f"{name} of the second": value for name, value in zip(names, second, strict=True)},
    )
    one, other = counts[:3], counts[3:]
    mean_1, _, _ = nps_variances(*one)
    mean_2, _, _ = nps_variances(*other)
    value = mean_1 - mean_2
    unknown = np.isnan(value)
    low = np.where(unknown, -2, value - _below(one, other, z))
    high = np.where(unknown, 2, value + _below(other, one, z))

    # From here on the larger score stands first: the p-value is the same either way.
    swap = value < 0
    larger = tuple(np.where(swap, b, a) for a, b in zip(one, other, strict=True))
    smaller = tuple(np.where(swap, a, b) for a, b in zip(one, other, strict=True))
    far = find_roots(
        lambda deviates: _below(larger, smaller, deviates) - np.abs(value),
        np.zeros(value.shape),
        np.full(value.shape, FARTHEST),
    )
    return 100 * value, 100 * low, 100 * high, np.where(unknown, np.nan, _two_sided(far))


def paired_difference(changes: ArrayLike, *, confidence_level: float = 0.95) -> Difference:
    """Return the change of the score of customers who answered twice, from counts of changes.

    Args:
        changes: how many of them moved by -2, -1, 0, 1 and 2, in steps of detractor, passive and
            promoter: five counts.
        confidence_level: how often such an interval should hold the true difference.

    Returns:
        The difference in points with its interval and p-value; without customers NaN, -200 to 200.

    Raises:
        ArgumentError: where there are not five counts, one is negative or not whole, or the level
            is not between 0 and 1.

    >>> print(paired_difference([0, 16, 139, 6, 0]))
    -6.2 points (-12.4 to -0.5, p = 0.033)
    """
    z = critical_value(between_0_and_1("confidence_level", confidence_level))
    (counts,) = checked_counts(changes=changes)
    if counts.shape != CHANGES.shape:
        raise ArgumentError(
            f"changes has shape {counts.shape}, where it should be five counts: of the customers "
            "who moved by -2, -1, 0, 1 and 2"
        )
    if not counts.any():
        return Difference(float("nan"), Interval(-200.0, 200.0), float("nan"))
    total = float((counts * CHANGES).sum())
    low, high = mean_change_limits(counts, z)
    p_value = 1.0
    if total:
        fallen = counts if total < 0 else counts[::-1]
        variance = float(change_variance(np.zeros(1), fallen)[0])
        p_value = float(_two_sided(np.array(abs(total) / np.sqrt(counts.sum() * variance))))
    return Difference(100 * total / float(counts.sum()), Interval(100 * low, 100 * high), p_value)


def holm(p_values: ArrayLike) -> Floats:
    """Return p-values corrected for multiple comparisons, by Holm's step-down method.

    Args:
        p_values: one for each comparison; NaN where there was none to make.

    Returns:
        Adjusted p-values. Those below 0.05 may be called differences with a chance of at most 5%
        that any of them is a mistake.

    Raises:
        ArgumentError: where a p-value is not a number from 0 to 1, or they are not a
            one-dimensional array.

    Source: Holm 1979, Scandinavian Journal of Statistics 6, 65-70.

    >>> holm([0.01, 0.04, float("nan"), 0.03])
    array([0.03, 0.06,  nan, 0.06])
    """
    values = checked_numbers("p_values", p_values, unknown=True)
    if ((values < 0) | (values > 1)).any():
        raise ArgumentError("p_values has values outside 0 and 1, where each should be a chance")
    adjusted = np.full(values.shape, np.nan)
    known = np.flatnonzero(~np.isnan(values))
    order = known[np.argsort(values[known], kind="stable")]
    factors = np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(values[order] * factors), 1)
    return adjusted


def _below(larger: tuple[Floats, ...], smaller: tuple[Floats, ...], z: float | Floats) -> Floats:
    """Return how far the lower limit of a difference lies below it."""
    low = -upper_score_limit(larger[2], larger[1], larger[0], z)
    high = upper_score_limit(smaller[0], smaller[1], smaller[2], z)
    mean_1, _, _ = nps_variances(larger[0], larger[1], larger[2])
    mean_2, _, _ = nps_variances(smaller[0], smaller[1], smaller[2])
    return np.hypot(mean_1 - low, high - mean_2)


def _two_sided(deviates: Floats) -> Floats:
    from scipy.special import ndtr

    return np.where(deviates >= FARTHEST, 0.0, 2 * ndtr(-deviates))


def paired_nps_difference(
    before: Scores,
    after: Scores,
    *,
    scale: tuple[int, int] = (0, 10),
    confidence_level: float = 0.95,
) -> Difference:
    """Return the change of the score of customers who answered twice, from their answers.

    Args:
        before: each customer's score in the first wave; None or NaN where there is none.
        after: the same customers' scores in the second, in the same order.
        scale: the lowest and the highest possible score, ``(0, 10)`` or ``(1, 10)``.
        confidence_level: how often such an interval should hold the true difference.

    Returns:
        The score after minus the score before, of the customers who answered both times.

    Raises:
        DataError: where a score is not a whole number on the scale, or the waves differ in length.
        ArgumentError: where the scale is neither, or the level not between 0 and 1.

    >>> print(paired_nps_difference([6, 7, 8, 9, 3, None], [9, 7, 9, 9, 7, 10]))
    +80.0 points (-41.7 to +144.5, p = 0.16)
    """
    first, second = categories(before, scale=scale), categories(after, scale=scale)
    if len(first) != len(second):
        raise DataError(
            f"{len(first)} scores before and {len(second)} after were given",
            remedy="Give both for each customer",
        )
    change = second - first
    moved = change[~np.isnan(change)].astype(np.intp)
    counts = np.bincount(moved + 2, minlength=5)
    return paired_difference(counts, confidence_level=confidence_level)
