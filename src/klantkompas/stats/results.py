"""What a statistic hands back: an interval, and a difference with its interval."""

from __future__ import annotations

from attrs import frozen

from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Quantity, Sentence, sentence

__all__ = ["Difference", "Interval"]


FROM_TO = mark("{low} to {high}")
POINTS = mark("{value} points ({interval}, p = {p})")


@frozen
class Interval(Text):
    """A confidence interval: the values that the data leave plausible, from low to high.

    Args:
        low: the lower limit.
        high: the upper limit.

    >>> print(Interval(32.8057, 64.0296))
    32.81 to 64.03
    """

    low: float
    high: float

    @property
    def width(self) -> float:
        """The upper limit minus the lower."""
        return self.high - self.low

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def of(self, unit: str) -> Sentence:
        """Return the limits as a sentence, with a unit.

        Args:
            unit: the unit of the limits, such as ``"score"``.
        """
        return sentence(FROM_TO, low=Quantity(self.low, unit), high=Quantity(self.high, unit))

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence of the limits, as numbers without a unit."""
        return (self.of(""),)


@frozen
class Difference(Text):
    """The difference between two Net Promoter Scores, with its interval and p-value.

    Args:
        value: the first score minus the second; NaN where either has no answers.
        interval: the limits of the difference, within -200 and 200.
        p_value: the probability of a difference at least this large where there is none in truth;
            below 1 - confidence level exactly when the interval leaves out 0; NaN without answers.

    >>> print(Difference(30.0, Interval(9.4048, 49.6113), 0.0044))
    +30.0 points (+9.4 to +49.6, p = 0.0044)
    """

    value: float
    interval: Interval
    p_value: float

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence of the difference, with its interval and p-value."""
        return (
            sentence(
                POINTS,
                value=Quantity(self.value, "score"),
                interval=self.interval.of("score"),
                p=Quantity(self.p_value, "p"),
            ),
        )
