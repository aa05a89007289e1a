"""How far two shares lie apart, when what they were counted among is partly the same.

Made for reasons of departures: staff name one for some, customers state one for
some, and both speak of only part of them. Each share has Wilson's score interval (1927), and the
two are joined by square-and-add with the correlation of the shares: Newcombe 1998 (Statistics in
Medicine 17, 2635-2650, method 10) where everything is paired, and his interval for independent
shares (the same 17, 873-890, method 10) where nothing is. In between the correlation of the pairs
counts for as much of it as they are of both: n12 / sqrt(n1 n2), since only they have a covariance.

>>> paired = SharedCounts(first=2, first_of=21, second=8, second_of=21, pairs=(1, 1, 7, 12))
>>> interval = difference_interval(paired)
>>> print(f"{interval.low:.3f} to {interval.high:.3f}")
-0.507 to -0.026
"""

from __future__ import annotations

from math import hypot, sqrt

from attrs import frozen

from klantkompas.stats.checks import between_0_and_1
from klantkompas.stats.results import Interval
from klantkompas.stats.score import critical_value

__all__ = ["SharedCounts", "difference_interval", "wilson_limits"]


@frozen(kw_only=True)
class SharedCounts:
    """How often two sides named something, when they spoke of partly the same cases.

    Args:
        first: how often the first side named it.
        first_of: of how many cases the first side spoke.
        second: how often the second side named it.
        second_of: of how many cases the second side spoke.
        pairs: among the cases that both sides spoke of: how often both named it, only the first,
            only the second, and neither.
    """

    first: int
    first_of: int
    second: int
    second_of: int
    pairs: tuple[int, int, int, int] = (0, 0, 0, 0)

    @property
    def shares(self) -> tuple[float, float]:
        """The two shares, from 0 to 1; NaN for a side that spoke of no cases."""
        one = self.first / self.first_of if self.first_of else float("nan")
        other = self.second / self.second_of if self.second_of else float("nan")
        return one, other

    @property
    def correlation(self) -> float:
        """The correlation of the two shares, with Newcombe's correction for continuity."""
        both, only_first, only_second, neither = self.pairs
        count = sum(self.pairs)
        margins = (both + only_first) * (only_second + neither)
        margins *= (both + only_second) * (only_first + neither)
        if not margins:
            return 0.0
        agreement: float = both * neither - only_first * only_second
        if agreement > 0:
            agreement = max(agreement - count / 2, 0)
        return agreement / sqrt(margins) * count / sqrt(self.first_of * self.second_of)


def wilson_limits(hits: int, count: int, z: float) -> tuple[float, float]:
    """Return the limits of Wilson's score interval of a share.

    Args:
        hits: the number of hits.
        count: the number of cases.
        z: the critical value.

    Returns:
        The limits, from 0 to 1; 0 and 1 where there are no cases.

    >>> [round(limit, 4) for limit in wilson_limits(2, 21, 1.959964)]
    [0.0265, 0.2891]
    """
    if not count:
        return 0.0, 1.0
    centre = (hits + z * z / 2) / (count + z * z)
    half = z * sqrt(hits * (count - hits) / count + z * z / 4) / (count + z * z)
    return (centre - half if hits else 0.0), (centre + half if hits < count else 1.0)


def difference_interval(counts: SharedCounts, confidence_level: float = 0.95) -> Interval:
    """Return a confidence interval of the first share minus the second.

    Args:
        counts: how often each side named it.
        confidence_level: how often such an interval should hold the true difference.

    Returns:
        The limits, from -1 to 1; -1 and 1 where a side spoke of no cases.

    Raises:
        ArgumentError: the level is not between 0 and 1.

    >>> separate = SharedCounts(first=56, first_of=70, second=48, second_of=80)
    >>> interval = difference_interval(separate)
    >>> print(f"{interval.low:.4f} to {interval.high:.4f}")
    0.0524 to 0.3339
    """
    z = critical_value(between_0_and_1("confidence_level", confidence_level))
    if not (counts.first_of and counts.second_of):
        return Interval(-1.0, 1.0)
    one, other = counts.shares
    low_1, high_1 = wilson_limits(counts.first, counts.first_of, z)
    low_2, high_2 = wilson_limits(counts.second, counts.second_of, z)
    below = _joined(one - low_1, high_2 - other, counts.correlation)
    above = _joined(high_1 - one, other - low_2, counts.correlation)
    return Interval(max(one - other - below, -1.0), min(one - other + above, 1.0))


def _joined(one: float, other: float, correlation: float) -> float:
    square = hypot(one, other) ** 2 - 2 * correlation * one * other
    return sqrt(max(square, 0.0))
