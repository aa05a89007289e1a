"""Does a small part of the customers bring most of the value?

Question: who are the vital few, and is it 80/20, or something else?
Idea: with the customers in order of value, see what share of the total the leading ones bring, and
how unequal the values are as a whole; so that 80/20 is checked rather than assumed.
Source: S1 step 4. Gini 1912, Lorenz 1905, Hoover 1936, Herfindahl and Hirschman;
the standard error of the Gini coefficient by the jackknife in one pass, after Ogwang 2000 (Oxford
Bulletin of Economics and Statistics 62, 123-129).

>>> ranking = pareto_ranking([50, 20, 10, 5, 4, 3, 3, 2, 2, 1])
>>> print(ranking)
Pareto: 3 of 10 customers bring 80% of the total; the leading 20% bring 70%; Gini 0.61
>>> round(ranking.leading_share(0.5), 2)
0.89
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from numbers import Real

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
from klantkompas._thresholds import above, at_least, share_of_count
from klantkompas.drawing import ParetoDisplay, Pictured
from klantkompas.errors import ArgumentError
from klantkompas.hooks import Unanswered, lens
from klantkompas.portfolio import Measures
from klantkompas.results import RankedCustomers, ids_or_positions
from klantkompas.stats.checks import as_float
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Quantity, Sentence, sentence

__all__ = ["ParetoRanking", "pareto", "pareto_ranking"]
LEADING = 0.20
"""The leading share that 80/20 speaks of (S1 step 4)."""
RANKING = mark(
    "Pareto: {vital} of {customers} bring {wanted} of the total; the leading {leading} bring "
    "{brought}; Gini {gini}"
)


@frozen(eq=False, repr=False, kw_only=True)
class ParetoRanking(Pictured, RankedCustomers):
    """Customers sorted by value, and their shares of the total; arrays have the largest first.

    Args:
        value: the customers' values, such as revenue.
        share: each customer's share of the total.
        cumulative_share: the share of the total that each customer and those ranked before them
            bring.
        wanted: the share of the total, 0 to 1, that the vital few have to bring.

    >>> ranking = pareto_ranking([50, 30, 20])
    >>> ranking.vital_few, ranking.leading_share(0.5)
    (2, 0.8)
    """

    value: FloatArray
    share: FloatArray
    cumulative_share: FloatArray
    wanted: float = 0.80

    @property
    def vital_few(self) -> int:
        """How many customers it takes, largest first, to bring the wanted share of the total."""
        return self.smallest_group(self.wanted)

    def smallest_group(self, share: float) -> int:
        """Return how many customers it takes, largest first, to bring a share of the total.

        Args:
            share: the wanted part of the total, above 0 and at most 1.

        Returns:
            How many customers there are in that smallest leading group.

        Raises:
            ArgumentError: where the share is not above 0 and at most 1.

        >>> pareto_ranking([10] * 10).smallest_group(0.75)
        8
        """
        return int(np.argmax(at_least(self.cumulative_share, _checked_share(share)))) + 1

    def leading_share(self, part: float = 0.20) -> float:
        """Return the share of the total that the leading part of the customers brings.

        Args:
            part: which part of the customers, from 0 to 1; rounded up to whole customers.

        Returns:
            Their share of the total; above 1 where others take away from it.

        Raises:
            ArgumentError: where the part is not from 0 to 1.

        >>> round(pareto_ranking([50, 20, 10, 5, 4, 3, 3, 2, 2, 1]).leading_share(0.20), 4)
        0.7
        """
        count = share_of_count(part, len(self))
        return float(self.cumulative_share[count - 1]) if count else 0.0

    def lorenz(self) -> tuple[FloatArray, FloatArray]:
        """Return the Lorenz curve, from the smallest customers to all of them.

        Returns:
            Shares of the customers, and the shares of the total that these bring; both from 0 to 1.

        >>> customers, total = pareto_ranking([3, 1]).lorenz()
        >>> customers, total
        (array([0. , 0.5, 1. ]), array([0.  , 0.25, 1.  ]))
        """
        customers = np.linspace(0, 1, len(self) + 1)
        total = np.concatenate([[0.0], np.cumsum(self.share[:0:-1]), [1.0]])
        return customers, total

    @property
    def gini(self) -> float:
        """The Gini coefficient: 0 when all are equal, near 1 when one brings everything."""
        count = len(self)
        return float(np.sum((count + 1 - 2 * np.arange(1, count + 1)) * self.share)) / count

    @property
    def gini_standard_error(self) -> float:
        """The jackknife's standard error of the Gini coefficient.

        NaN for one customer, and where what remains without some customer is not above 0.

        >>> round(pareto_ranking([1, 2, 3, 4, 10]).gini_standard_error, 4)
        0.1389
        """
        rest, total = len(self) - 1, 1 - self.share
        if not rest or not above(total, 0).all():
            return float("nan")
        rank = np.arange(1, rest + 2)
        weighted = np.sum(rank * self.share) - rank * self.share - (1 - self.cumulative_share)
        without_one = (rest + 1 - 2 * weighted / total) / rest
        spread = np.sum((without_one - without_one.mean()) ** 2)
        return float(np.sqrt(spread * rest / (rest + 1)))

    @property
    def herfindahl(self) -> float:
        """The Herfindahl-Hirschman index: the sum of the squared shares, 1/n when all are equal."""
        return float(np.sum(self.share**2))

    @property
    def normalised_herfindahl(self) -> float:
        """The Herfindahl index rescaled: 0 when all are equal, 1 when one brings everything.

        NaN where there is only one customer.
        """
        least = 1 / len(self)
        return (self.herfindahl - least) / (1 - least) if len(self) > 1 else float("nan")

    @property
    def hoover(self) -> float:
        """The Hoover index: the part of the total to move before all are equal."""
        return float(np.sum(np.abs(self.share - 1 / len(self)))) / 2

    def display(self) -> ParetoDisplay:
        """Return the picture: the curve of what the leading customers bring."""
        return ParetoDisplay.from_result(self)

    def row_columns(self) -> dict[str, AnyArray]:
        """Return value and shares of each customer, and who the vital few are; largest first."""
        return {
            "value": self.value,
            "share": self.share,
            "cumulative_share": self.cumulative_share,
            "vital": np.arange(len(self)) < self.vital_few,
        }

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence that says what the vital few and the leading fifth bring."""
        return (
            sentence(
                RANKING,
                vital=self.vital_few,
                customers=Quantity(len(self), "customers"),
                wanted=Quantity(self.wanted, "percent"),
                leading=Quantity(LEADING, "percent"),
                brought=Quantity(self.leading_share(LEADING), "percent"),
                gini=self.gini,
            ),
        )


def pareto_ranking(
    values: ArrayLike, *, share: float = 0.80, ids: Sequence[str] | ObjectArray | None = None
) -> ParetoRanking:
    """Return customers ranked by value, and how much the leading ones bring.

    Args:
        values: a value for each customer, such as revenue; some may be negative, but the total must
            be above 0.
        share: the share of the total, above 0 and at most 1, that the vital few have to bring.
        ids: the customers' ids, if the result is to name them.

    Returns:
        The customers sorted by value, largest first, with their shares of the total.

    Raises:
        ArgumentError: where a value is NaN, infinite or not a number, the total is not above 0,
            there are not as many ids as values, or the share is not above 0 and at most 1.

    >>> ranking = pareto_ranking([1, 6, 3])
    >>> ranking.order, ranking.cumulative_share
    (array([1, 2, 0]), array([0.6, 0.9, 1. ]))
    """
    given = _checked_values(values)
    named = ids_or_positions(ids, len(given))
    order = descending(given)
    ranked = given[order]
    # A power of two changes no digit, and keeps sums of the largest and smallest floats in range.
    _, exponent = np.frexp(np.max(np.abs(ranked), initial=0))
    scaled = np.ldexp(ranked, -exponent)
    if not above(scaled[scaled > 0].sum(), -scaled[scaled < 0].sum()):
        raise ArgumentError(
            f"the total of {len(given)} values is not above 0, so no share of it can be told"
        )
    cumulative = np.cumsum(scaled)
    return ParetoRanking(
        order=freeze(order),
        value=freeze(ranked),
        share=freeze(scaled / cumulative[-1]),
        cumulative_share=freeze(cumulative / cumulative[-1]),
        wanted=_checked_share(share),
        ids=named,
        opted_out=freeze(np.zeros(len(given), np.bool_)),
    )


def _checked_share(share: float) -> float:
    share_of_count(share, 1)
    if share == 0:
        raise ArgumentError("share is 0, where it should be above 0 and at most 1")
    return float(share)


def _checked_values(values: ArrayLike) -> FloatArray:
    try:
        array = np.asarray(values)
    except ValueError:
        raise ArgumentError("values is not a one-dimensional array; its rows differ") from None
    if array.dtype.kind == "O" and all(isinstance(each, Real | Decimal) for each in array.flat):
        array = np.fromiter(map(as_float, array.flat), np.float64, array.size).reshape(array.shape)
    if array.ndim != 1 or (array.size and array.dtype.kind not in "iuf"):
        raise ArgumentError(
            f"values is an array of {array.dtype} with {array.ndim} dimensions; a one-dimensional "
            "array of numbers is expected, one for each customer"
        )
    floats = array.astype(np.float64)
    wrong = np.flatnonzero(~np.isfinite(floats))
    if len(wrong):
        raise ArgumentError(
            f"{len(wrong)} of {len(floats)} values are not finite numbers, the first "
            f"({floats[wrong[0]]}) at position {wrong[0]}",
            remedy="Leave those customers out",
        )
    return floats


@lens(question="Do a few customers bring most of the revenue?")
def pareto(measures: Measures) -> ParetoRanking | Unanswered:
    """Return the active customers ranked by the revenue of the period.

    Args:
        measures: what is known of each customer.

    Returns:
        The ranking, in which a customer who objects to profiling counts but is not named;
        `Unanswered` without orders, or where the active customers brought no revenue.
    """
    positions = measures.active_places
    if np.isnan(measures["active"]).all():
        return Unanswered("without orders it is unknown who is active and what they bring")
    try:
        ranking = pareto_ranking(measures["revenue"][positions])
    except ArgumentError:
        return Unanswered("the active customers together brought no revenue in the period")
    return evolve(
        ranking,
        ids=Lazy(lambda: freeze(measures.ids[positions])),
        opted_out=freeze(measures.opted_out[positions]),
    )
