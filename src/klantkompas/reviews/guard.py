"""Whom to guard: the A customers who may be slipping away.

A customers are to be guarded when they have not ordered for more than twice their usual time
between orders, or when their last score or what they remember fell since the last review. Customers
who object to profiling have no class, and so are not on the list.

Source: S1 step 3.

>>> from datetime import date
>>> from klantkompas.compass import Compass
>>> from klantkompas.domain.interactions import Order
>>> from klantkompas.portfolio import Portfolio
>>> orders = [Order(customer="a", on=date(2026, 1, day), amount=9.0) for day in (5, 8, 9, 13)]
>>> reading = Compass(installed=False).read(Portfolio.from_records(orders), date(2026, 1, 31))
>>> print(guard_list(reading))
Guard: 1 A who may be slipping away
  a: their last order was 18 days ago, more than twice their usual 3 days between orders
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
from attrs import frozen

from klantkompas._arrays import AnyArray, as_objects
from klantkompas._thresholds import below
from klantkompas.compass import Reading
from klantkompas.compass.next_steps import late_with_ordering
from klantkompas.reviews.lists import (
    CustomerList,
    Listed,
    numbers_of,
    of_class,
    places_in,
    records_of,
    values_at,
)
from klantkompas.reviews.recorded import RecordedReading
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Listing, Quantity, Sentence, sentence

__all__ = ["Concern", "Guarded", "guard_list"]

FEELINGS = ("last_score", "remembered")
"""The measures whose fall makes it one to guard, where they are known."""

GUARD = mark("Guard: {number} A who may be slipping away")
CONCERNS = {
    "recency_days": mark(
        "their last order was {value} ago, more than twice their usual {against} between orders"
    ),
    "last_score": mark("their score fell from {against} to {value}"),
    "remembered": mark("what they remember fell from {against} to {value}"),
}


@frozen(kw_only=True)
class Concern(Text):
    """One reason to guard a customer.

    Args:
        measure: ``"recency_days"``, ``"last_score"`` or ``"remembered"``.
        value: the value of the measure now: days or points.
        against: what that is compared with: the usual days between orders, or the value at the last
            review.
    """

    measure: str
    value: float
    against: float

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The reason, as part of a sentence."""
        unit = "days" if self.measure == "recency_days" else ""
        value, against = Quantity(self.value, unit), Quantity(self.against, unit)
        return (sentence(CONCERNS[self.measure], value=value, against=against),)


@frozen(kw_only=True)
class Guarded(Listed):
    """An A customer, and why they may be slipping away.

    Args:
        customer: the customer's id.
        concerns: the reasons to guard them.
    """

    customer: str
    concerns: tuple[Concern, ...]

    @property
    def why(self) -> Sentence:
        """Each reason to guard them."""
        concerns = Listing((part for each in self.concerns for part in each.parts), "; ")
        return sentence("{concerns}", concerns=concerns)

    @classmethod
    def columns_of(cls, listed: Sequence[Self]) -> dict[str, AnyArray]:
        """Return the columns of a data frame: a row for each reason."""
        reasons = [(each.customer, concern) for each in listed for concern in each.concerns]
        concerns = [concern for _, concern in reasons]
        return {
            "id": as_objects(customer for customer, _ in reasons),
            "measure": as_objects(concern.measure for concern in concerns),
            **numbers_of(concerns, value="value", against="against"),
        }


def guard_list(
    current: Reading | RecordedReading, previous: Reading | RecordedReading | None = None
) -> CustomerList[Guarded]:
    """Return the A customers who are late with ordering, or think less of you than before.

    Args:
        current: the reading, or the record of it.
        previous: the reading of the last review; without it, only those who are late with ordering
            are found.

    Returns:
        The list by what they bring, most revenue first, unknown last, then by id (decided); empty
        where there is nobody to guard.

    Raises:
        ArgumentError: the previous reading is not earlier.

    >>> from datetime import date
    >>> from klantkompas import Compass, Order, Portfolio
    >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
    >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
    >>> len(guard_list(reading))
    0
    """
    now, then = records_of(current, previous)
    places = of_class(now, "A")
    ids = now.ids[places]
    places_then = places_in(then, ids)
    values = {name: values_at(now, name, places) for name in CONCERNS}
    usual = values_at(now, "order_interval_days", places)
    before = {name: values_at(then, name, places_then) for name in FEELINGS}
    against = {"recency_days": usual, **before}
    holds = {
        "recency_days": late_with_ordering(now.measures)[places],
        **{name: below(values[name], before[name]) for name in FEELINGS},
    }
    guarded = []
    found = np.flatnonzero(np.any(list(holds.values()), axis=0))
    by_revenue = np.argsort(-values_at(now, "revenue", places[found]), kind="stable")
    for row in found[by_revenue]:
        concerns = [
            Concern(measure=name, value=float(values[name][row]), against=float(against[name][row]))
            for name in holds
            if holds[name][row]
        ]
        guarded.append(Guarded(customer=ids[row], concerns=tuple(concerns)))
    return CustomerList(
        kind=Guarded,
        opening=sentence(GUARD, number=len(guarded)),
        listed=tuple(guarded),
        backend=now.measures.backend,
    )
