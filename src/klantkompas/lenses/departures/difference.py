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
        """The share of this reason among the departures for which staff named one.

        NaN where they named none.
        """
        return self.counts.shares[0]

    @property
    def stated_share(self) -> float:
        """The share of this reason among the departures for which the customer named one.

        NaN where they named none.
        """
        return self.counts.shares[1]

    @property
    def gap(self) -> float:
        """The share of staff minus that of customers, -1 to 1; NaN where either named no reason."""
        return self.believed_share - self.stated_share

    def interval(self, confidence_level: float = 0.95) -> Interval:
        """Return the interval of the gap: the gaps that the departures leave plausible.

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
        """Whether the 95% interval of the gap leaves out 0."""
        return 0 not in self.interval()

    @property
    def points(self) -> Sentence:
        """The gap with its interval, in percentage points, as text; the gap may not be NaN."""
        limits = self.interval()
        return sentence(
            POINTS,
            gap=Quantity(round(100 * self.gap), "points", signed=True),
            low=round(100 * limits.low),
            high=round(100 * limits.high),
        )

    @property
    def named(self) -> Sentence:
        """The reason with its gap, as text; only for a gap that is not NaN."""
        return sentence(NAMED, reason=Sentence(self.name), gap=self.points)
