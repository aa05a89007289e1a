"""Who has left invoices unpaid for long (S1 opens with a customer unpaid for three months).

>>> from datetime import date
>>> from klantkompas.compass import Compass
>>> from klantkompas.domain.interactions import Invoice
>>> from klantkompas.portfolio import Portfolio
>>> owed = Invoice(customer="a", issued=date(2026, 1, 1), due=date(2026, 1, 15), amount=80.0)
>>> paid = Invoice(customer="b", due=date(2026, 1, 15), amount=9.0, paid=date(2026, 1, 9))
>>> reading = Compass(installed=False).read(Portfolio.from_records([owed, paid]), date(2026, 4, 15))
>>> print(overdue_list(reading))
Overdue: 1 customer unpaid for 90 days or more, 80.00 in all
  a: 80.00 to be paid, the oldest due 90 days ago
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Self

import numpy as np
from attrs import frozen

from klantkompas._arrays import AnyArray
from klantkompas.compass import Reading
from klantkompas.compass.next_steps import THREE_MONTHS, long_unpaid, may_be_listed
from klantkompas.errors import ArgumentError
from klantkompas.reviews.lists import CustomerList, Listed, numbers_of
from klantkompas.reviews.recorded import RecordedReading
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Quantity, Sentence, sentence

__all__ = ["Overdue", "overdue_list"]

OVERDUE = mark("Overdue: {customers} unpaid for {days} or more, {owed} in all")
ALL_PAST_DUE = mark("{overdue}; past due of everybody together: {owed} of {customers}")
OWES_IN_BRIEF = mark("{amount} to be paid")
OWES = mark("{amount} to be paid, the oldest due {days} ago")


@frozen(kw_only=True)
class Overdue(Listed):
    """A customer with invoices that are long past due.

    Args:
        customer: the customer's id.
        days: how many days before the reference date the earliest of those invoices fell due.
        amount: what is still to be paid of all their invoices that are past due, in money.
    """

    WAITS = mark("due since {day}, {days}")
    HEAVIEST = mark("Most is to be paid by: {names}.")
    customer: str
    days: float
    amount: float

    @property
    def why(self) -> Sentence:
        """How much is to be paid, and since when."""
        amount, days = Quantity(self.amount, "money"), Quantity(self.days, "days")
        return sentence(OWES, amount=amount, days=days)

    @property
    def in_brief(self) -> Sentence:
        """How much is to be paid; since when stands beside it."""
        return sentence(OWES_IN_BRIEF, amount=Quantity(self.amount, "money"))

    @property
    def days_open(self) -> float:
        """How many days ago the oldest invoice fell due."""
        return self.days

    @property
    def at_stake(self) -> float:
        """What is still to be paid."""
        return self.amount

    @classmethod
    def columns_of(cls, listed: Sequence[Self]) -> dict[str, AnyArray]:
        """Return the columns of a data frame: the id, how long each customer owes, how much."""
        owed = numbers_of(listed, overdue_days="days", overdue_amount="amount")
        return super().columns_of(listed) | owed


def overdue_list(
    current: Reading | RecordedReading, *, days: float = THREE_MONTHS
) -> CustomerList[Overdue]:
    """Return the customers with an invoice that is unpaid and long past due, active or not.

    Args:
        current: the reading, or the record of it.
        days: from how many days past due an invoice counts.

    Returns:
        The list, longest past due first; empty where the invoices do not say what is paid.

    Raises:
        ArgumentError: the days are not a number above 0.

    >>> from datetime import date
    >>> from klantkompas import Compass, Order, Portfolio
    >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
    >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
    >>> len(overdue_list(reading))
    0
    """
    if type(days) not in (int, float) or not days > 0:
        raise ArgumentError(f"days is a number above 0, such as 90, not {days!r}")
    measures = current.measures
    past, owed = measures["overdue_days"], measures["overdue_amount"]
    places = np.flatnonzero(long_unpaid(measures, days=days))
    listed = [
        Overdue(customer=measures.ids[at], days=float(past[at]), amount=float(owed[at]))
        for at in sorted(places, key=lambda at: (-past[at], -owed[at], at))
    ]
    opening = sentence(
        OVERDUE,
        customers=Quantity(len(listed), "customers"),
        days=Quantity(days, "days"),
        owed=Quantity(math.fsum(each.amount for each in listed), "money"),
    )
    owing = np.flatnonzero(may_be_listed(measures) & (owed > 0))
    if len(owing) > len(listed):
        opening = sentence(
            ALL_PAST_DUE,
            overdue=opening,
            owed=Quantity(math.fsum(owed[owing].tolist()), "money"),
            customers=Quantity(len(owing), "customers"),
        )
    return CustomerList(
        kind=Overdue, opening=opening, listed=tuple(listed), backend=measures.backend
    )
