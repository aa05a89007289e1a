"""The cut-off of the shortlist: the last that is on it, who reaches it, and who is how far short.

>>> cutoff = ShortlistCutoff(factors_met=3, revenue=100.0, id="17")
>>> cutoff.admits(np.array([3, 3, 2]), np.array([100.0, 99.0, 500.0]), ["9", "18", "1"]).tolist()
[True, False, False]
>>> [each.tolist() for each in cutoff.short_of(np.array([3, 2]), np.array([99.0, 500.0]))]
[[0, 1], [1.0, 0.0]]
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from klantkompas._arrays import BoolArray, Codes, FloatArray, ObjectArray
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Quantity, Sentence, sentence

__all__ = ["Short", "ShortlistCutoff"]

TO_PASS = mark("success factors met: {factors}; revenue: {revenue}")
FACTORS = mark("{factors} short of the last on the shortlist")
SHORT = mark("{way} short of the last on the shortlist")
EITHER = mark("{way}, or {factors}, short of the last on the shortlist")
EITHER_IN_BRIEF = mark("{revenue} or {factors} short of the shortlist")
REVENUE = mark("{revenue} of revenue")
BOTH = mark("{factors} and {revenue} of revenue")
EQUAL = mark("not short of the last on the shortlist")
MORE_REVENUE = mark("{revenue} more revenue, past the last on the shortlist")
MORE_OF_BOTH = mark("{factors} and {revenue} of revenue more, past the last on the shortlist")


@frozen(kw_only=True)
class Short(Text):
    """How far a customer is from the last on a computed shortlist, in both ways that lead there.

    Args:
        factors: how many success factors fewer they meet.
        revenue: how much less they brought, in money, where they do not meet more factors; else 0.
        not_met: how many of the factors that are measured they do not meet.

    >>> print(Short(factors=1, revenue=12.0, not_met=3))
    1 success factor and 12.00 of revenue, or 2 success factors, short of the last on the shortlist
    """

    factors: int
    revenue: float
    not_met: int

    @property
    def factors_alone(self) -> int | None:
        """How many more factors would do, whatever they bring; None where there are not so many."""
        more = self.factors + (self.revenue > 0)
        return more if more <= self.not_met else None

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """What separates them from the last on the list: by revenue, and by factors alone."""
        factors = Quantity(self.factors, "success factors")
        if not self.revenue:
            return (sentence(FACTORS if self.factors else EQUAL, factors=factors),)
        more = self.factors_alone
        way = sentence(
            BOTH if self.factors else REVENUE,
            factors=factors,
            revenue=Quantity(self.revenue, "money"),
        )
        if more is None:
            return (sentence(SHORT, way=way),)
        return (sentence(EITHER, way=way, factors=Quantity(more, "success factors")),)

    @property
    def in_brief(self) -> Sentence:
        """The same where there is little room."""
        more = self.factors_alone
        if self.factors or not self.revenue or more is None:
            return self.parts[0]
        revenue, factors = Quantity(self.revenue, "money"), Quantity(more, "success factors")
        return sentence(EITHER_IN_BRIEF, revenue=revenue, factors=factors)

    @property
    def more_revenue(self) -> Sentence | None:
        """What would pass the last on the list by revenue; None where it takes no more of that."""
        if not self.revenue:
            return None
        message = MORE_OF_BOTH if self.factors else MORE_REVENUE
        factors = Quantity(self.factors, "success factors")
        return sentence(message, factors=factors, revenue=Quantity(self.revenue, "money"))


@frozen
class ShortlistCutoff(Text):
    """The last customer on a computed shortlist.

    Args:
        factors_met: how many success factors it meets.
        revenue: what it brought in the period.
        id: its id.
    """

    factors_met: int
    revenue: float
    id: str

    def admits(
        self, counts: Codes, revenue: FloatArray, ids: Sequence[str] | ObjectArray
    ) -> BoolArray:
        """Return a mask of who stands as high as the last on the list, or higher.

        Args:
            counts: how many factors each customer meets.
            revenue: what each brought.
            ids: whose they are; of equals the earlier id goes first.

        Returns:
            Whether each would be on the list.
        """
        same = counts == self.factors_met
        passed: BoolArray = (counts > self.factors_met) | (same & (revenue > self.revenue))
        mine = (len(self.id), self.id)
        for tied in np.flatnonzero(same & (revenue == self.revenue)).tolist():
            passed[tied] = (len(ids[tied]), ids[tied]) <= mine
        return passed

    def short_of(self, counts: Codes, revenue: FloatArray) -> tuple[Codes, FloatArray]:
        """Return how far customers are from the last on the list.

        Args:
            counts: how many factors each customer meets.
            revenue: what each brought.

        Returns:
            For each how many factors fewer they meet; and how much less they brought, 0 for who
            meets more factors.
        """
        less = np.where(counts > self.factors_met, 0.0, np.fmax(0.0, self.revenue - revenue))
        return np.maximum(0, self.factors_met - counts), less

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """What to pass."""
        revenue = Quantity(self.revenue, "money")
        return (sentence(TO_PASS, factors=self.factors_met, revenue=revenue),)
