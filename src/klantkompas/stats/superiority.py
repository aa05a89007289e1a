"""How sure a probability of superiority is: Newcombe's method 5.

The probability of superiority is that of one of the first group having the larger value than one of
the second, ties counted half: the Mann-Whitney statistic divided by the number of pairs. Newcombe
2006 (Statistics in Medicine 25, 559-573) gives its variance for values t, with groups of m and n,
and k = (m + n)/2 - 1 in place of both m - 1 and n - 1, as

    V(t) = t (1 - t) (1 + k (1 - t)/(2 - t) + k t/(1 + t)) / (m n)

and the interval holds all t that lie within z sqrt(V(t)) of the superiority seen: it stays inside
0..1, and has a width even where the groups do not overlap.
"""

from __future__ import annotations

import numpy as np

from klantkompas.stats.checks import Floats, between_0_and_1
from klantkompas.stats.results import Interval
from klantkompas.stats.roots import find_roots
from klantkompas.stats.score import critical_value

__all__ = ["superiority_interval"]


def superiority_interval(
    superiority: float, first: int, second: int, confidence_level: float = 0.95
) -> Interval:
    """Return a confidence interval of a probability of superiority.

    Args:
        superiority: the share of the pairs that the first group wins, ties counted half.
        first: the size of the first group.
        second: the size of the second group.
        confidence_level: how often such an interval should hold the true probability.

    Returns:
        Limits within 0 and 1, with the superiority between them; 0 and 1 where a group is empty.

    Raises:
        ArgumentError: the level is not between 0 and 1.

    >>> interval = superiority_interval(1.0, 10, 10)
    >>> round(interval.low, 4), interval.high
    (0.8002, 1.0)
    """
    z = critical_value(between_0_and_1("confidence_level", confidence_level))
    if not (first and second):
        return Interval(0.0, 1.0)
    seen = np.array([1 - superiority, superiority])
    mirrored, high = _upper_limits(seen, first, second, z).tolist()
    return Interval(min(1 - mirrored, superiority), max(high, superiority))


def _upper_limits(seen: Floats, first: int, second: int, z: float) -> Floats:
    many = (first + second) / 2 - 1

    def excess(t: Floats) -> Floats:
        # (t - seen)^2 - z^2 V(t), times m n (2 - t)(1 + t)/t, so that 0 is no root of its own.
        distance = np.where(t > seen, (t - seen) ** 2 / np.where(t > 0, t, 1), 0)
        spread = (1 - t) * (2 + many + (1 + 2 * many) * t * (1 - t))
        surplus: Floats = first * second * (2 - t) * (1 + t) * distance - z * z * spread
        return surplus

    return find_roots(excess, seen, np.ones_like(seen))
