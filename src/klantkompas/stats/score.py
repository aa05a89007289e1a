"""Score intervals: all values that a test of that very value would not reject.

The variance is estimated as if the value under test were true, which keeps the limits inside the
scale, and apart even when all answers are equal. For one score: Tango (1998, Statistics in Medicine
17, 891-908), called "iterative" by Rocks (2016). For changes of the same customers, which run from
-2 (promoter to detractor) to +2, the same test with five categories.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from klantkompas.stats.checks import Floats
from klantkompas.stats.roots import find_roots

__all__ = [
    "CHANGES",
    "change_variance",
    "critical_value",
    "mean_change_limits",
    "score_limits",
    "upper_score_limit",
]

CHANGES = np.arange(-2.0, 3.0)
"""What a customer can change by between two waves, in steps of detractor, passive, promoter."""


def critical_value(confidence_level: float) -> float:
    """Return the two-sided critical value of the standard normal distribution.

    >>> round(critical_value(0.95), 6)
    1.959964
    """
    return -NormalDist().inv_cdf((1 - confidence_level) / 2)


def score_limits(
    detractors: Floats, passives: Floats, promoters: Floats, z: ArrayLike
) -> tuple[Floats, Floats]:
    """Return Tango's score limits of many groups.

    Args:
        detractors: how many, one number for each group.
        passives: how many, one number for each group.
        promoters: how many, one number for each group.
        z: the critical value of the normal distribution, or one for each group.

    Returns:
        Lower and upper limits, on the scale -1..1; -1 and 1 without answers.

    >>> low, high = score_limits(np.array([20.0]), np.array([10.0]), np.array([70.0]), 1.959964)
    >>> round(100 * float(low[0]), 4), round(100 * float(high[0]), 4)
    (32.6261, 63.9434)
    """
    low = -upper_score_limit(promoters, passives, detractors, z)
    return low, upper_score_limit(detractors, passives, promoters, z)


def upper_score_limit(
    detractors: Floats, passives: Floats, promoters: Floats, z: ArrayLike
) -> Floats:
    """Return Tango's upper score limit of many groups; the lower is minus that of the mirror image.

    Args:
        detractors: how many, one number for each group.
        passives: how many, one number for each group.
        promoters: how many, one number for each group.
        z: the critical value of the normal distribution, or one for each group.

    Returns:
        Upper limits, on the scale -1..1; 1 without answers.

    >>> upper_score_limit(np.array([0.0]), np.array([5.0]), np.array([0.0]), 1.959964).round(6)
    array([0.434482])
    """
    answers = detractors + passives + promoters
    with np.errstate(invalid="ignore"):
        estimate = (promoters - detractors) / answers
    return _upper_limit(
        estimate,
        answers,
        1.0,
        z,
        lambda value: _score_variance(value, detractors, promoters, answers),
    )


def mean_change_limits(changes: Floats, z: float) -> tuple[float, float]:
    """Return the score limits of the mean change of customers who answered twice.

    Args:
        changes: how many customers changed by -2, -1, 0, 1 and 2; at least one in all.
        z: the critical value of the normal distribution.

    Returns:
        Lower and upper limit, on the scale -2..2.

    >>> low, high = mean_change_limits(np.array([0.0, 16.0, 139.0, 6.0, 0.0]), 1.959964)
    >>> round(low, 4), round(high, 4)
    (-0.124, -0.0054)
    """
    answers = changes.sum(keepdims=True)

    def upper(counts: Floats) -> float:
        estimate = (counts * CHANGES).sum(keepdims=True) / answers
        limit = _upper_limit(
            estimate, answers, 2.0, z, lambda value: change_variance(value, counts)
        )
        return float(limit[0])

    return -upper(changes[::-1]), upper(changes)


def change_variance(mean: Floats, changes: Floats) -> Floats:
    """Return the variance of one customer's change, as if the mean change were a given value.

    The most likely shares are n_k / (n (1 - t r_k)), where r_k is the distance of change k above
    the mean as a part of what the scale leaves there, for one t from 0 to 1; where even t = 1
    leaves customers over, these changed by +2.

    Args:
        mean: mean changes at or above the one seen.
        changes: how many customers changed by -2, -1, 0, 1 and 2.

    Returns:
        One variance for each of the means.

    >>> counts = np.array([0.0, 16.0, 139.0, 6.0, 0.0])
    >>> change_variance(np.array([0.0]), counts).round(6)  # 22 changes of 1 among 161
    array([0.136646])
    """
    lower = CHANGES[:-1]
    room = np.maximum(CHANGES[-1] - mean, np.finfo(np.float64).eps)
    distance = (lower - mean[..., np.newaxis]) / room[..., np.newaxis]

    def shares(multiplier: Floats) -> Floats:
        share: Floats = changes[:-1] / changes.sum() / (1 - multiplier[..., np.newaxis] * distance)
        return share

    def left_over(multiplier: Floats) -> Floats:
        with np.errstate(divide="ignore"):
            last = changes[-1] / changes.sum() / (1 - multiplier) if changes[-1] else 0.0
        excess: Floats = (shares(multiplier) * distance).sum(axis=-1) + last
        return excess

    multiplier = find_roots(left_over, np.zeros_like(mean), np.ones_like(mean))
    share = shares(multiplier)
    spread: Floats = (share * (lower - mean[..., np.newaxis]) ** 2).sum(axis=-1)
    spread += (1 - share.sum(axis=-1)) * (CHANGES[-1] - mean) ** 2
    return spread


def _score_variance(value: Floats, worse: Floats, better: Floats, answers: Floats) -> Floats:
    """Estimate the variance of one answer (-1, 0 or 1) as if the score were a given one."""
    a = 2 * answers
    b = (2 * answers - better + worse) * value - better - worse
    c = -worse * value * (1 - value)
    root = np.sqrt(np.maximum(b * b - 4 * a * c, 0))
    with np.errstate(invalid="ignore"):
        share_of_worse = np.where(b > 0, -2 * c / (b + root), (root - b) / (2 * a))
    return np.maximum(2 * share_of_worse + value * (1 - value), 0)


def _upper_limit(
    estimate: Floats,
    answers: Floats,
    top: float,
    z: ArrayLike,
    variance_at: Callable[[Floats], Floats],
) -> Floats:
    """Find the value above the estimate that lies z standard errors, as they are there, off."""
    critical = np.divide(z, np.hypot(1, z))

    def excess(value: Floats) -> Floats:
        distance = (value - estimate) * np.sqrt(answers)
        length = np.hypot(distance, np.sqrt(variance_at(value)))
        return distance / np.where(length > 0, length, 1) - critical

    return find_roots(excess, estimate, np.full_like(estimate, top))
