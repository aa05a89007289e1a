"""How much more often one side names a reason than the other (S2).

>>> from klantkompas.stats.proportions import SharedCounts
>>> from klantkompas.wording.writer import Writer
>>> price = ReasonDifference("price", SharedCounts(first=30, first_of=50, second=9, second_of=45))
>>> Writer("en").say(price.points)
'+40 points, 20 to 55'
"""

from __future__ import annotations

from attrs import frozen

from klantkompas.stats.proportions import SharedCounts, difference_interval
from klantkompas.stats.results import Interval
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Quantity, Sentence, sentence

__all__ = ["ReasonDifference"]

NAMED = "{reason} ({gap})"
POINTS = mark("{gap}, {low} to {high}")


@frozen
class ReasonDifference:
    """How often staff name a reason, and how often customers do.

    Args:
        name: the reason, or the group of reasons.
        counts: how often either side named it, staff first.
    """

    name: str
    counts: SharedCounts

    @property
    def believed_share(self) -> float:
        """Its share of the departures for which staff named a reason; NaN where they named none."""
        return self.counts.shares[0]

    @property
    def stated_share(self) -> float:
        """Its share of the departures for which the customer named one; NaN where none did."""
        return self.counts.shares[1]

    @property
    def gap(self) -> float:
        """How far staff overrate it: their share minus the customers'; NaN without both."""
        return self.believed_share - self.stated_share

    def interval(self, confidence_level: float = 0.95) -> Interval:
        """Return the gaps that the departures leave plausible.

        Args:
            confidence_level: how often such an interval should hold the true gap.

        Returns:
            The limits, from -1 to 1.

        Raises:
            ArgumentError: the level is not between 0 and 1.
        """
        return difference_interval(self.counts, confidence_level)

    @property
    def is_sure(self) -> bool:
        """Whether the 95% interval leaves out 0."""
        return 0 not in self.interval()

    @property
    def points(self) -> Sentence:
        """The gap with its interval, in points of a percentage; for a gap that is known."""
        limits = self.interval()
        return sentence(
            POINTS,
            gap=Quantity(round(100 * self.gap), "points", signed=True),
            low=round(100 * limits.low),
            high=round(100 * limits.high),
        )

    @property
    def named(self) -> Sentence:
        """The reason with its gap, for one that is known."""
        return sentence(NAMED, reason=Sentence(self.name), gap=self.points)
