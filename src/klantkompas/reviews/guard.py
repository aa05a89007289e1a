"""Whom to guard: the A customers that may be slipping away.

An A customer is one to guard when it has not ordered for more than twice its usual time between
orders, or when its last score or what it remembers fell since the last review. A customer that
objects to profiling has no class, and so is not on the list.

Source: S1 step 3.

>>> from datetime import date
>>> from klantkompas.compass import Compass
>>> from klantkompas.domain.interactions import Order
>>> from klantkompas.portfolio import Portfolio
>>> orders = [Order(customer="a", on=date(2026, 1, day), amount=9.0) for day in (5, 8, 9, 13)]
>>> reading = Compass(installed=False).read(Portfolio.from_records(orders), date(2026, 1, 31))
>>> print(guard_list(reading))
Guard: 1 A that may be slipping away
  a: its last order was 18 days ago, more than twice the 3 that it usually leaves between orders
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from klantkompas._arrays import as_objects
from klantkompas._thresholds import above, below
from klantkompas.compass import Reading
from klantkompas.reviews.lists import (
    CustomerList,
    of_class,
    places_in,
    records_of,
    values_at,
)
from klantkompas.reviews.recorded import RecordedReading
from klantkompas.wording.catalogue import mark, translator

__all__ = ["Concern", "GuardList", "Guarded", "guard_list"]

USUAL_INTERVALS = 2
"""More than so many of its usual intervals without an order make it one to guard (decided)."""
FEELINGS = ("last_score", "remembered")
"""The measures whose fall makes it one to guard, where they are known."""

SLIPPING = mark("{customer}: {concerns}")
CONCERNS = {
    "recency_days": mark(
        "its last order was {value} days ago, more than twice the {against} that it usually "
        "leaves between orders"
    ),
    "last_score": mark("its score fell from {against} to {value}"),
    "remembered": mark("what it remembers fell from {against} to {value}"),
}


@frozen(kw_only=True)
class Concern:
    """One reason to guard a customer.

    Args:
        measure: ``"recency_days"``, ``"last_score"`` or ``"remembered"``.
        value: the measure as it is.
        against: the usual days between orders, or the measure as it was at the last review.
    """

    measure: str
    value: float
    against: float

    def sentence(self, language: str = "en") -> str:
        """Say it in a language, as a part of a sentence."""
        return translator(language)(CONCERNS[self.measure]).format(
            value=f"{self.value:.4g}", against=f"{self.against:.4g}"
        )

    def __str__(self) -> str:
        """Say it in English."""
        return self.sentence()


@frozen(kw_only=True)
class Guarded:
    """An A customer, and why it may be slipping away.

    Args:
        customer: its id.
        concerns: the reasons.
    """

    customer: str
    concerns: tuple[Concern, ...]

    def sentence(self, language: str = "en") -> str:
        """Say it in a language."""
        told = "; ".join(concern.sentence(language) for concern in self.concerns)
        return translator(language)(SLIPPING).format(customer=self.customer, concerns=told)

    def __str__(self) -> str:
        """Say it in English."""
        return self.sentence()


@frozen(eq=False, repr=False)
class GuardList(CustomerList[Guarded]):
    """The A customers that may be slipping away.

    Args:
        listed: by id.
    """

    @property
    def opening(self) -> str:
        """How many there are."""
        return f"Guard: {len(self)} A that may be slipping away"

    def columns(self) -> dict[str, Any]:
        """Give the columns of `to_frame`: a row for each reason."""
        reasons = [(each.customer, concern) for each in self.listed for concern in each.concerns]
        return {
            "id": as_objects(customer for customer, _ in reasons),
            "measure": as_objects(concern.measure for _, concern in reasons),
            "value": np.array([concern.value for _, concern in reasons], dtype=np.float64),
            "against": np.array([concern.against for _, concern in reasons], dtype=np.float64),
        }


def guard_list(
    current: Reading | RecordedReading, previous: Reading | RecordedReading | None = None
) -> GuardList:
    """List the A customers that are late with ordering, or think less of you than before.

    Args:
        current: the reading, or the record of it.
        previous: the one of the last review; without it only who is late can be told.

    Returns:
        The list.

    Raises:
        ArgumentError: the previous reading is not earlier.
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
        "recency_days": above(values["recency_days"], USUAL_INTERVALS * usual),
        **{name: below(values[name], before[name]) for name in FEELINGS},
    }
    guarded = []
    for row in np.flatnonzero(np.any(list(holds.values()), axis=0)):
        concerns = [
            Concern(measure=name, value=float(values[name][row]), against=float(against[name][row]))
            for name in holds
            if holds[name][row]
        ]
        guarded.append(Guarded(customer=ids[row], concerns=tuple(concerns)))
    return GuardList(tuple(guarded))
