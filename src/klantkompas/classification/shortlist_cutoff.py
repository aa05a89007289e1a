"""The cut-off of the shortlist: the last that is on it, and who reaches it.

>>> cutoff = ShortlistCutoff(factors_met=3, revenue=100.0, id="17")
>>> cutoff.admits(np.array([3, 3, 2]), np.array([100.0, 99.0, 500.0]), ["9", "18", "1"]).tolist()
[True, False, False]
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from klantkompas._arrays import BoolArray, Codes, FloatArray, ObjectArray
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Quantity, Sentence, sentence

__all__ = ["ShortlistCutoff"]

TO_PASS = mark("success factors met: {factors}; revenue: {revenue}")


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

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """What to pass."""
        revenue = Quantity(self.revenue, "money")
        return (sentence(TO_PASS, factors=self.factors_met, revenue=revenue),)
