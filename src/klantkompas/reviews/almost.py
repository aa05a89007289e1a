"""Who is almost an A: the B customers by what separates them from the shortlist.

S1 fills the capacity that the A's leave with B's. Nearest is who is fewest success factors short of
the last on the shortlist, then who is least revenue short of them. Where people supplied the list,
a B is not on it: first comes who meets most factors, then who brings most.
Which more revenue and which more factors would do, `Short` says, as a what-if does.

Source: S1 step 4.

>>> from datetime import date
>>> from klantkompas.compass import Compass
>>> from klantkompas.domain.interactions import Order
>>> from klantkompas.portfolio import Portfolio
>>> orders = [Order(customer="a", on=date(2026, 1, d), amount=9.0, clear=True) for d in (5, 6, 7)]
>>> orders += [Order(customer="b", on=date(2026, 1, d), amount=5.0, clear=True) for d in (1, 2, 3)]
>>> print(almost_list(Compass(installed=False).read(Portfolio.from_records(orders))))
Almost: 1 B, the nearest to A first
  b: 1 success factor and 12.00 of revenue short of the last on the shortlist
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from attrs import frozen

from klantkompas._arrays import AnyArray
from klantkompas.classification.shortlist_cutoff import Short
from klantkompas.compass import Reading
from klantkompas.reviews.lists import CustomerList, Listed, numbers_of, of_class
from klantkompas.reviews.recorded import RecordedReading, record_of
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Quantity, Sentence, sentence

__all__ = ["Almost", "almost_list"]

ALMOST = mark("Almost: {number} B, the nearest to A first")
HELD = mark("on the shortlist already, and B by a rule or by a person")
NOT_LISTED = mark("{factors}, and not on the list that people supplied")


@frozen(kw_only=True)
class Almost(Listed):
    """A B customer, and what separates them from A.

    Args:
        customer: the customer's id.
        factors_met: how many success factors they meet.
        revenue: what they brought in the period, in money.
        factors_short: how many factors fewer they meet than the last on the shortlist; None where
            people supplied the list.
        revenue_short: how much less revenue they brought than that customer, where they do not meet
            more factors; None otherwise, and where people supplied the list.
        not_met: how many of the success factors that are measured they do not meet.
        shortlisted: whether they are on the shortlist, so that a rule of the business's own or a
            person gave them their class.
    """

    customer: str
    factors_met: int
    revenue: float
    factors_short: int | None = None
    revenue_short: float | None = None
    not_met: int = 0
    shortlisted: bool = False

    @property
    def why(self) -> Sentence:
        """What separates them from A."""
        if self._short is not None:
            return self._short.parts[0]
        if self.shortlisted:
            return Sentence(HELD)
        return sentence(NOT_LISTED, factors=Quantity(self.factors_met, "success factors"))

    @property
    def in_brief(self) -> Sentence:
        """What separates them from A, where either of two things would do, in a few words."""
        return self.why if self._short is None else self._short.in_brief

    @property
    def _short(self) -> Short | None:
        """How far they are from the last on the shortlist; None where that does not count."""
        if self.shortlisted or self.factors_short is None or self.revenue_short is None:
            return None
        return Short(factors=self.factors_short, revenue=self.revenue_short, not_met=self.not_met)

    @classmethod
    def columns_of(cls, listed: Sequence[Self]) -> dict[str, AnyArray]:
        """Return the columns of a data frame: the id, and what separates each customer from A."""
        names = ("factors_met", "revenue", "factors_short", "revenue_short", "shortlisted")
        return super().columns_of(listed) | numbers_of(
            listed, **dict(zip(names, names, strict=True))
        )


def almost_list(current: Reading | RecordedReading) -> CustomerList[Almost]:
    """Return the B customers, sorted by what separates them from A.

    Args:
        current: the reading, or the record of it.

    Returns:
        The list, the nearest customer first; empty where nobody has class B.

    >>> from datetime import date
    >>> from klantkompas import Compass, Order, Portfolio
    >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
    >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
    >>> len(almost_list(reading))
    0
    """
    now = record_of(current)
    edge = None if now.listed_by_people else now.shortlist_cutoff
    places = of_class(now, "B")
    factors_met = np.nan_to_num(now.factors_met[places]).astype(np.int64)
    brought, held = now.measures["revenue"][places], now.shortlisted[places]
    nearest: tuple[AnyArray, AnyArray] = (-factors_met, -brought)
    if edge is not None:
        nearest = edge.short_of(factors_met, brought)
    # Whom a rule holds back comes last; of the equally near the first by id.
    order = np.lexsort((*nearest[::-1], held))
    measured = len(now.factors) - len(now.not_measured)
    unknown = [None] * len(places)
    short = [unknown] * 2 if edge is None else [each[order].tolist() for each in nearest]
    given = (now.ids[places], factors_met, brought, held)
    listed = [
        Almost(
            customer=customer,
            factors_met=met,
            revenue=revenue,
            factors_short=factors_short,
            revenue_short=revenue_short,
            not_met=measured - met,
            shortlisted=shortlisted,
        )
        for customer, met, revenue, shortlisted, factors_short, revenue_short in zip(
            *(each[order].tolist() for each in given), *short, strict=True
        )
    ]
    return CustomerList(
        kind=Almost,
        opening=sentence(ALMOST, number=len(listed)),
        listed=tuple(listed),
        backend=now.measures.backend,
    )
