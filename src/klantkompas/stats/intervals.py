"""Intervals of Net Promoter Scores, for one group or for many at once.

Of the methods, `jeffreys` comes closest to the promised level on average (decided: the default),
`score` has the highest minimum, and the others are there to compare with other tools.

>>> low, high = nps_intervals(20, 10, 70)
>>> print(f"{low:.4f} to {high:.4f}")
32.8057 to 64.0296
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from klantkompas._nearest import nearest
from klantkompas.errors import ArgumentError
from klantkompas.stats.checks import Floats, between_0_and_1, checked_counts
from klantkompas.stats.jeffreys import jeffreys_limits
from klantkompas.stats.score import critical_value, score_limits

__all__ = ["METHODS", "nps_intervals", "nps_variances"]


def nps_intervals(
    detractors: ArrayLike,
    passives: ArrayLike,
    promoters: ArrayLike,
    *,
    confidence_level: float = 0.95,
    method: str = "jeffreys",
) -> tuple[Floats, Floats]:
    """Return a confidence interval of each group's Net Promoter Score.

    Args:
        detractors: how many; one number, or one for each group.
        passives: how many.
        promoters: how many.
        confidence_level: how often such an interval should hold the true score, between 0 and 1.
        method: ``"jeffreys"``, ``"score"``, ``"adjusted_wald"`` or ``"wald"``.

    Returns:
        Lower and upper limits in points, within -100 and 100, in the shape of the counts; -100 and
        100 without answers.

    Raises:
        ArgumentError: where a count is negative or not whole, the level is not between 0 and 1, or
            there is no such method.

    >>> low, high = nps_intervals([20, 0], [10, 0], [70, 5], method="score")
    >>> low.round(4), high.round(4)
    (array([32.6261, 13.1035]), array([ 63.9434, 100.    ]))
    """
    level = between_0_and_1("confidence_level", confidence_level)
    name = str(method)
    if name not in METHODS:
        raise ArgumentError(f"{method!r} is no method. {nearest(name, METHODS)}")
    counts = checked_counts(detractors=detractors, passives=passives, promoters=promoters)
    shape = counts[0].shape
    worse, silent, better = (count.ravel() for count in counts)
    answers = worse + silent + better
    low, high = METHODS[name](worse, silent, better, level)
    low = np.where(worse == answers, -1.0, np.clip(low, -1, 1))
    high = np.where(better == answers, 1.0, np.clip(high, -1, 1))
    return 100 * low.reshape(shape), 100 * high.reshape(shape)


def nps_variances(
    detractors: Floats, passives: Floats, promoters: Floats, *, added: float = 0.0
) -> tuple[Floats, Floats, Floats]:
    """Return the mean and the variance of one answer (-1, 0 or 1), and how many there are.

    Args:
        detractors: how many.
        passives: how many.
        promoters: how many.
        added: what to add to detractors and promoters, and twice to passives.

    Returns:
        Three arrays, the means, the variances and the numbers of answers, with what was added; NaN
        without answers.

    >>> mean, variance, _ = nps_variances(np.array(20.0), np.array(10.0), np.array(70.0))
    >>> print(f"{mean:.2f}, {variance:.2f}")
    0.50, 0.65
    """
    answers = detractors + passives + promoters + 4 * added
    with np.errstate(invalid="ignore"):
        mean = (promoters - detractors) / answers
        variance = (promoters + detractors + 2 * added) / answers - mean**2
    return mean, np.maximum(variance, 0), answers


def _jeffreys(
    detractors: Floats, passives: Floats, promoters: Floats, level: float
) -> tuple[Floats, Floats]:
    return jeffreys_limits(detractors, passives, promoters, (1 - level) / 2)


def _score(
    detractors: Floats, passives: Floats, promoters: Floats, level: float
) -> tuple[Floats, Floats]:
    return score_limits(detractors, passives, promoters, critical_value(level))


def _adjusted_wald(
    detractors: Floats, passives: Floats, promoters: Floats, level: float
) -> tuple[Floats, Floats]:
    return _around(*nps_variances(detractors, passives, promoters, added=0.75), level)


def _wald(
    detractors: Floats, passives: Floats, promoters: Floats, level: float
) -> tuple[Floats, Floats]:
    return _around(*nps_variances(detractors, passives, promoters), level)


def _around(mean: Floats, variance: Floats, answers: Floats, level: float) -> tuple[Floats, Floats]:
    with np.errstate(invalid="ignore"):
        margin = critical_value(level) * np.sqrt(variance / answers)
    return mean - margin, mean + margin


_Method = Callable[[Floats, Floats, Floats, float], tuple[Floats, Floats]]

METHODS: Mapping[str, _Method] = MappingProxyType(
    {"jeffreys": _jeffreys, "score": _score, "adjusted_wald": _adjusted_wald, "wald": _wald}
)
"""How to make an interval of counts, by name; on the scale -1..1."""
