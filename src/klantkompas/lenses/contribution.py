"""Who brings what the business lives on, and who takes some of it away again?

Question: how much more would there be without the customers who cost more than they bring?
Idea: with the customers in order of contribution, largest first, their running sum first climbs
above the total and then, with those who take away, comes down to it: the back of a whale. Its top
is what the others bring; the way down is what the losers cost.
Source: S1 step 6 (let go who contributes least). The curve is that of Kaplan and
Narayanan 2001, Measuring and managing customer profitability (Journal of Cost Management 15(5)).

>>> curve = whale_curve([60, 50, 20, 0, -10, -20])
>>> print(curve)
Whale curve of contribution: 3 of 6 customers bring 130% of the total; 2 take 30% away
>>> curve.cumulative_share.tolist()
[0.6, 1.1, 1.3, 1.3, 1.2, 1.0]
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property

import numpy as np
from attrs import evolve, frozen
from numpy.typing import ArrayLike

from klantkompas._arrays import (
    AnyArray,
    FloatArray,
    Lazy,
    ObjectArray,
    descending,
    freeze,
)
from klantkompas._thresholds import above
from klantkompas.drawing import Pictured, WhaleDisplay
from klantkompas.errors import ArgumentError
from klantkompas.hooks import Unanswered, lens
from klantkompas.portfolio import Measures
from klantkompas.results import RankedCustomers, ids_or_positions
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Quantity, Sentence, sentence

__all__ = ["WhaleCurve", "contribution", "whale_curve"]
MEASURES = {
    "contribution": mark("contribution"),
    "margin": mark("margin"),
    "revenue": mark("revenue"),
}
SHARES = mark(
    "Whale curve of {measure}: {winners} of {customers} bring {gained} of the total; {losers} take "
    "{lost} away"
)
NOBODY = mark(
    "Whale curve of {measure}: {winners} of {customers} bring all of it; nobody takes any away"
)
NOTHING_LEFT = mark(
    "Whale curve of {measure}: {winners} of {customers} bring {gained}; {losers} take {lost} away, "
    "so nothing is left to have a share of"
)


@frozen(eq=False, repr=False, kw_only=True)
class WhaleCurve(Pictured, RankedCustomers):
    """Customers sorted by contribution, largest first, and the running sum of what they bring.

    Where the total is not above 0, there is no share of it: all shares are NaN, and only the sums
    of money have a value.

    Args:
        contribution: what each customer brings, in money, largest first; below 0 for one who costs
            more than they bring.
        measure: what the contribution is, as a word: such as margin or revenue.
    """

    contribution: FloatArray
    measure: str = "contribution"

    @cached_property
    def cumulative(self) -> FloatArray:
        """The running sum, in money: what each customer and those before them bring together."""
        return freeze(np.cumsum(self.contribution))

    @property
    def total(self) -> float:
        """The sum of the contributions of all customers, in money."""
        return float(self.cumulative[-1])

    @property
    def winners(self) -> int:
        """How many customers contribute more than 0: where the curve is at its top."""
        return int((self.contribution > 0).sum())

    @property
    def losers(self) -> int:
        """How many customers contribute less than 0."""
        return int((self.contribution < 0).sum())

    @property
    def gained(self) -> float:
        """What the winners bring together, in money: the top of the curve; 0 without winners."""
        return float(self.cumulative[self.winners - 1]) if self.winners else 0.0

    @property
    def lost(self) -> float:
        """What the losers take away together, in money, as a positive number; 0 without losers."""
        return self.gained - self.total

    @property
    def _whole(self) -> float:
        return self.total if above(self.gained, self.lost) else float("nan")

    @property
    def cumulative_share(self) -> FloatArray:
        """The running sum as a share of the total; NaN where the total is not above 0."""
        shares: FloatArray = self.cumulative / self._whole
        return shares

    @property
    def peak_share(self) -> float:
        """The top of the curve as a share of the total: 1 or more, or NaN as `cumulative_share`."""
        return self.gained / self._whole

    @property
    def lost_share(self) -> float:
        """What the losers take away, as a share of the total; NaN if the total is 0 or less."""
        return self.lost / self._whole

    def display(self) -> WhaleDisplay:
        """Return the picture: the running sum of what customers contribute."""
        return WhaleDisplay.from_result(self)

    def row_columns(self) -> dict[str, AnyArray]:
        """Return the contribution and the running sum of each customer, largest first."""
        return {
            "contribution": self.contribution,
            "cumulative": self.cumulative,
            "cumulative_share": self.cumulative_share,
        }

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence that says how high the curve rises, and how far it comes down."""
        shared = not np.isnan(self._whole)
        if shared:
            gained = Quantity(self.peak_share, "share", apart_from=1.0)
            lost = Quantity(self.lost_share, "share")
        else:
            gained, lost = Quantity(self.gained, "money"), Quantity(self.lost, "money")
        message = (SHARES if self.losers else NOBODY) if shared else NOTHING_LEFT
        return (
            sentence(
                message,
                measure=Sentence(name) if (name := MEASURES.get(self.measure)) else self.measure,
                winners=self.winners,
                customers=Quantity(len(self), "customers"),
                gained=gained,
                losers=self.losers,
                lost=lost,
            ),
        )


def whale_curve(
    contributions: ArrayLike,
    *,
    measure: str = "contribution",
    ids: Sequence[str] | ObjectArray | None = None,
) -> WhaleCurve:
    """Return the curve of cumulative contribution.

    Args:
        contributions: what each customer brings, such as its margin; negative where it takes away.
        measure: what the contributions are, as a word for the text: such as margin or revenue.
        ids: the customers' ids, if the result is to name them.

    Returns:
        The customers sorted by contribution, with their running sum.

    Raises:
        ArgumentError: a contribution is NaN, infinite or not a number, they are too large to add
            up, there are none, or there are not as many ids.

    >>> whale_curve([5, -20, 10]).total
    -5.0
    """
    given = _numbers(contributions)
    named = ids_or_positions(ids, len(given))
    order = descending(given)
    return WhaleCurve(
        order=freeze(order),
        contribution=freeze(given[order]),
        measure=measure,
        ids=named,
        opted_out=freeze(np.zeros(len(given), np.bool_)),
    )


def _numbers(contributions: ArrayLike) -> FloatArray:
    with suppress(ValueError), np.errstate(over="ignore"):
        array = np.asarray(contributions)
        if array.ndim == 1 and array.size and array.dtype.kind in "iuf":
            floats = array.astype(np.float64)
            if np.isfinite(np.abs(floats).sum()):
                return floats
    raise ArgumentError(
        "contributions should be a one-dimensional array of finite numbers with a finite sum, one "
        f"for each customer; found something else ({type(contributions).__name__})"
    )


@lens(question="Who brings what the business lives on, and who takes some of it away again?")
def contribution(measures: Measures) -> WhaleCurve | Unanswered:
    """Return the curve of the active customers: of their margin if known of all, else revenue.

    Args:
        measures: what is known of each customer.

    Returns:
        The curve, in which a customer who objects to profiling counts but is not named;
        `Unanswered` where nobody is known to be active.
    """
    positions = measures.active_places
    if not len(positions):
        return Unanswered("nobody is known to be active, so nobody is known to contribute")
    measure = "revenue" if np.isnan(measures["margin"][positions]).any() else "margin"
    return evolve(
        whale_curve(measures[measure][positions], measure=measure),
        ids=Lazy(lambda: freeze(measures.ids[positions])),
        opted_out=freeze(measures.opted_out[positions]),
    )
