"""How many answers to ask for: for a margin, to see a difference, or beyond those in hand.

The margin is half the width of the adjusted Wald interval, whose three added answers count too
(decided: the simplest of the intervals that holds its level).
"""

from __future__ import annotations

from math import ceil, inf
from statistics import NormalDist

import numpy as np

from klantkompas.errors import ArgumentError
from klantkompas.stats.checks import MOST, between_0_and_1, checked_counts, positive
from klantkompas.stats.intervals import nps_variances
from klantkompas.stats.score import critical_value
from klantkompas.wording.writer import Writer

__all__ = ["answers_needed", "answers_needed_to_see", "more_answers_needed"]

ADDED = 0.75


def answers_needed(margin: float, *, variance: float, confidence_level: float = 0.95) -> int:
    """Return the number of answers that a score needs for a wanted margin.

    Args:
        margin: half the width of the interval, in points.
        variance: of one answer counted as -1, 0 or 1; at most 1, that of half promoters and half
            detractors.
        confidence_level: the level of the interval.

    Returns:
        How many answers, at least 1.

    Raises:
        ArgumentError: where the margin or the variance is not above 0, the variance above 1, or the
            level not between 0 and 1.

    >>> answers_needed(10, variance=0.67), answers_needed(5, variance=0.67)
    (255, 1027)
    """
    z = critical_value(between_0_and_1("confidence_level", confidence_level))
    return _answers(z * z * _checked_variance(variance), "margin", margin, already=4 * ADDED)


def answers_needed_to_see(
    difference: float, *, variance: float, confidence_level: float = 0.95, power: float = 0.80
) -> int:
    """Return the answers that each of two groups needs for a difference between them to be seen.

    Args:
        difference: between the two scores, in points.
        variance: of one answer counted as -1, 0 or 1, in either group.
        confidence_level: the level of the interval that should leave out 0.
        power: the probability that it does, when there is such a difference.

    Returns:
        How many answers in each group, at least 1.

    Raises:
        ArgumentError: where the difference or the variance is not above 0, the variance above 1, or
            level or power not between 0 and 1.

    >>> answers_needed_to_see(10, variance=0.67)
    1052
    """
    z = critical_value(between_0_and_1("confidence_level", confidence_level))
    z += NormalDist().inv_cdf(between_0_and_1("power", power))
    return _answers(2 * max(z, 0) ** 2 * _checked_variance(variance), "difference", difference)


def more_answers_needed(
    detractors: int,
    passives: int,
    promoters: int,
    margin: float,
    *,
    confidence_level: float = 0.95,
) -> int:
    """Return the number of further answers that a score needs for a wanted margin.

    Args:
        detractors: how many detractors there are.
        passives: how many passives there are.
        promoters: how many promoters there are.
        margin: half the width of the interval, in points.
        confidence_level: the level of the interval.

    Returns:
        The number of further answers, if they are distributed as those so far; 0 where there are
        enough.

    Raises:
        ArgumentError: where a count is negative or not whole, the margin not above 0, or the level
            not between 0 and 1.

    >>> more_answers_needed(20, 10, 70, 10), more_answers_needed(20, 10, 70, 20)
    (148, 0)
    """
    counts = checked_counts(detractors=detractors, passives=passives, promoters=promoters)
    if counts[0].ndim:
        raise ArgumentError("more_answers_needed takes the counts of one group at a time")
    _, variance, _ = nps_variances(counts[0], counts[1], counts[2], added=ADDED)
    needed = answers_needed(margin, variance=float(variance), confidence_level=confidence_level)
    return max(0, needed - int(np.sum(counts)))


def _answers(spread: float, name: str, points: float, *, already: float = 0.0) -> int:
    """Divide by the square of a distance in points, and round up to whole answers."""
    distance = positive(name, points) / 100
    square = distance * distance
    answers = spread / square if square else inf
    if answers > MOST:
        raise ArgumentError(
            f"{name} is {points!r}, which would take more than {Writer().number(MOST)} answers: "
            "give a larger one"
        )
    return max(1, ceil(answers - already))


def _checked_variance(variance: float) -> float:
    if positive("variance", variance) <= 1:
        return float(variance)
    raise ArgumentError(
        f"variance is {variance!r}, where it should be at most 1: that of answers as -1, 0 or 1"
    )
