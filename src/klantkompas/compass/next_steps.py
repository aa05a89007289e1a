"""What to do next for a customer: decided once, so that lists, cards and workbooks say the same.

What cannot wait comes first: putting right what went wrong, asking for what is long unpaid, getting
in touch with an A who may be slipping away. Only without any of these comes what a plan for letting
go has for them, the question why who ordered once did not come back, or what their class is owed.

Source: S0 (put right; ask who ordered once), S1 (unpaid for three months; steps 3 and 6).

>>> from datetime import date
>>> from klantkompas import Compass, Complaint, Invoice, Order, Portfolio
>>> rows = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
>>> rows += [Invoice(customer="a", due=date(2025, 9, 1), amount=10.0)]
>>> reading = Compass(installed=False).read(Portfolio.from_records(rows))
>>> [reading.writer().say(each) for each in NextSteps(reading).of("a")]
['Ask what keeps them from paying, and agree on a day.']
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from attrs import field, frozen

from klantkompas._arrays import BoolArray
from klantkompas._thresholds import above, at_least, at_most
from klantkompas.domain.customers import CustomerKind
from klantkompas.portfolio import Measures
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Quantity, Sentence, sentence

if TYPE_CHECKING:
    from klantkompas.compass.card import Card
    from klantkompas.compass.reading import Reading

__all__ = [
    "THREE_MONTHS",
    "USUAL_INTERVALS",
    "NextSteps",
    "alone",
    "late_of",
    "late_with_ordering",
    "long_unpaid",
    "may_be_listed",
    "ordered_once",
    "orders_by_season",
    "season_of",
]

THREE_MONTHS = 90
"""After how many days past due an unpaid invoice is to be asked for (decided)."""
USUAL_INTERVALS = 2
"""More than so many of its usual intervals without an order make an A one to guard (decided)."""

SEASON = 92
"""In at most so many days of the year lie the orders of who orders by season (decided)."""

BY_SEASON = mark("They order at one time of the year: first on {first}, last on {last}.")
LATE = mark("Their last order was {days} ago, more than twice their usual {usual} between orders.")


EVERYBODY = slice(None)


def alone(position: int) -> slice:
    """Return the place of one customer, to ask of them alone what is asked of everybody.

    Args:
        position: the position of the customer in id order.
    """
    return slice(position, position + 1)


def long_unpaid(
    measures: Measures, places: slice = EVERYBODY, *, days: float = THREE_MONTHS
) -> BoolArray:
    """Return who has an invoice that is unpaid and long past due: one bool for each customer.

    Args:
        measures: what is known of each customer.
        places: whose, in id order.
        days: from how many days past due an invoice counts.
    """
    long = at_least(measures["overdue_days"][places], days)
    unpaid: BoolArray = may_be_listed(measures, places) & long
    return unpaid


def late_with_ordering(measures: Measures, places: slice = EVERYBODY) -> BoolArray:
    """Return who did not order for more than twice their usual time: a bool for each customer.

    Args:
        measures: what is known of each customer.
        places: whose, in id order.
    """
    names = ("recency_days", "order_interval_days")
    if not {*names} <= measures.columns.keys():
        return np.zeros(len(measures), dtype=np.bool_)[places]
    recency, usual = (measures[name][places] for name in names)
    return above(recency, USUAL_INTERVALS * usual)


def late_of(measures: Measures, position: int) -> Sentence | None:
    """Return that one customer did not order for more than twice their usual time; None where not.

    Args:
        measures: what is known of each customer.
        position: the position of the customer in id order.
    """
    if not late_with_ordering(measures, alone(position)).any():
        return None
    days, usual = (
        Quantity(float(measures[name][position]), "days")
        for name in ("recency_days", "order_interval_days")
    )
    return sentence(LATE, days=days, usual=usual)


def ordered_once(measures: Measures) -> BoolArray:
    """Return who ordered once, before the period, and not since: one bool for each customer.

    Args:
        measures: what is known of each customer.
    """
    if "orders_ever" not in measures.columns:
        return np.zeros(len(measures), dtype=np.bool_)
    silent = (measures["active"] == 0) & (measures["departed"] != 1)
    once: BoolArray = may_be_listed(measures, EVERYBODY) & silent & (measures["orders_ever"] == 1)
    return once


def orders_by_season(measures: Measures, places: slice = EVERYBODY) -> BoolArray:
    """Return who orders at one time of the year, and not in this period: a bool for each customer.

    Args:
        measures: what is known of each customer.
        places: whose, in id order.
    """
    if "season_days" not in measures.columns:
        return np.zeros(len(measures), dtype=np.bool_)[places]
    stays = measures["departed"][places] != 1
    in_one = at_most(measures["season_days"][places], SEASON) & stays
    found: BoolArray = may_be_listed(measures, places) & in_one
    return found


def season_of(measures: Measures, position: int) -> Sentence | None:
    """Return that all orders of one customer fall at one time of the year; None where not.

    Args:
        measures: what is known of each customer.
        position: the position of the customer in id order.
    """
    if not orders_by_season(measures, alone(position)).any():
        return None
    first, last = (
        measures.as_of - timedelta(days=float(measures[name][position]))
        for name in ("days_since_first_order", "recency_days")
    )
    return sentence(BY_SEASON, first=first, last=last)


def may_be_listed(measures: Measures, places: slice = EVERYBODY) -> BoolArray:
    """Return who may stand on lists: neither who objects to profiling, nor who is internal.

    Args:
        measures: what is known of each customer.
        places: whose, in id order.
    """
    internal = measures.record["kind"][places] == CustomerKind.INTERNAL
    shown: BoolArray = ~(measures.opted_out[places] | internal)
    return shown


@frozen(eq=False)
class NextSteps:
    """What to do next for each customer of a reading.

    Args:
        reading: the reading.
        guarded: the ids of A customers who think less of you than at the last review.
        planned: what a plan for letting go has for customers, by id.
    """

    reading: Reading = field(repr=False)
    guarded: Collection[str] = frozenset()
    planned: Mapping[str, Sentence] = field(factory=dict, repr=False)

    @cached_property
    def _unpaid(self) -> BoolArray:
        return long_unpaid(self.reading.measures)

    @cached_property
    def _late(self) -> BoolArray:
        return late_with_ordering(self.reading.measures)

    @cached_property
    def _by_season(self) -> BoolArray:
        return orders_by_season(self.reading.measures)

    @cached_property
    def _once(self) -> BoolArray:
        return ordered_once(self.reading.measures)

    def of(self, customer_id: str | int) -> tuple[Sentence, ...]:
        """Return what to do next for a customer; nothing for who objects to profiling.

        Args:
            customer_id: the customer's id.

        Raises:
            ArgumentError: there is no such customer.
        """
        reading, measures = self.reading, self.reading.measures
        place = measures.place(customer_id)
        customer = measures.ids[place]
        if measures.opted_out[place]:
            return ()
        card = reading.card(customer)
        urgent = [*card.to_put_right]
        if self._unpaid[place]:
            urgent += card.advised("payment", "long unpaid")
        if reading.classes.labels[place] == "A" and (customer in self.guarded or self._late[place]):
            urgent += card.advised("ordering", "slipping away")
        if urgent:
            return tuple(urgent)
        owes = measures["overdue_amount"][place] > 0
        reminder = card.advised("payment", "past due") if owes else ()
        return (*self._unhurried(card, place), *reminder)

    def _unhurried(self, card: Card, place: int) -> tuple[Sentence, ...]:
        """Return what is to be done for a customer for whom nothing is urgent."""
        if card.customer in self.planned:
            return (self.planned[card.customer],)
        if self._once[place]:
            return card.advised("attitude", "middle one-off")
        if self._by_season[place]:
            return card.advised("ordering", "by season")
        return card.class_steps
