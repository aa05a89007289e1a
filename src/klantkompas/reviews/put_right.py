"""What is to be put right: who is about to escalate, and for whom steps of recovery are open.

A list to work from says what happened, and never what somebody is like.

Source: S0 (talk, offer, say so in public), S4 (who is used to top service).

>>> from datetime import date
>>> from klantkompas.compass import Compass
>>> from klantkompas.domain.interactions import Complaint
>>> from klantkompas.portfolio import Portfolio
>>> made = [Complaint(customer=each, on=date(2026, 1, day)) for each, day in (("a", 9), ("b", 3))]
>>> solved = Complaint(customer="c", on=date(2026, 1, 5), resolved=date(2026, 1, 31))
>>> print(put_right_list(Compass(installed=False).read(Portfolio.from_records([*made, solved]))))
Put right: 2 customers; first who is about to escalate (0), then the oldest
  b: Their open complaints: 1.
  a: Their open complaints: 1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Self

import numpy as np
from attrs import frozen

from klantkompas._arrays import AnyArray
from klantkompas.compass import Reading
from klantkompas.hooks import Unanswered
from klantkompas.reviews.lists import CustomerList, Listed, numbers_of
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Listing, Quantity, Sentence, sentence

__all__ = ["PutRight", "put_right_list"]

PUT_RIGHT = mark(
    "Put right: {customers}; first who is about to escalate ({escalating}), then the oldest"
)
ESCALATES = mark("About to escalate: {what}.")
MAY_ESCALATE = mark("May escalate, by one thing: {what}.")


@frozen(kw_only=True)
class PutRight(Listed):
    """A customer for whom something is to be put right.

    Args:
        customer: the customer's id.
        escalates: whether they are about to escalate.
        happened: what happened, in sentences, the weightiest first.
        brief: the same where there is little room.
        days: for how many days the oldest of it waits; NaN where unknown.
        firm: whether more than one thing went wrong, for who is about to escalate.
    """

    WAITS = mark("open since {day}, {days}")
    customer: str
    escalates: bool
    happened: tuple[Sentence, ...]
    brief: Sentence
    days: float = math.nan
    firm: bool = False

    @property
    def why(self) -> Sentence:
        """What happened."""
        return sentence("{happened}", happened=Listing(self.happened, " "))

    @property
    def in_brief(self) -> Sentence:
        """What happened that weighs most."""
        return self.brief

    @property
    def days_open(self) -> float:
        """For how many days the oldest of it waits."""
        return self.days

    @property
    def order(self) -> tuple[bool, bool, float, int, str]:
        """The sort key: who is about to escalate, for several things first; then the oldest."""
        return (
            not self.escalates,
            not self.firm,
            math.inf if math.isnan(self.days) else -self.days,
            len(self.customer),
            self.customer,
        )

    @classmethod
    def columns_of(cls, listed: Sequence[Self]) -> dict[str, AnyArray]:
        """Return the columns of a data frame: the id, whether each escalates, the days open."""
        return {
            **super().columns_of(listed),
            "escalates": np.array([each.escalates for each in listed], dtype=np.bool_),
            **numbers_of(listed, days_open="days"),
        }


def put_right_list(reading: Reading) -> CustomerList[PutRight]:
    """Return the customers about to escalate, and those for whom steps of recovery are open.

    Args:
        reading: the reading.

    Returns:
        The list, first those who are about to escalate, by more than one thing before others; then
        those for whom it waits longest; those for whom no date is known last. Whom to call first is
        the first of it (decided).

    >>> from datetime import date
    >>> from klantkompas import Compass, Order, Portfolio
    >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
    >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
    >>> len(put_right_list(reading))
    0
    """
    demands, attitudes = reading.demands, reading.attitudes
    escalating = () if isinstance(demands, Unanswered) else demands.about_to_escalate
    recovery = () if isinstance(attitudes, Unanswered) else attitudes.recovery
    customers = {*escalating, *(each.customer for each in recovery if each.open)}
    listed = [_put_right(reading, each, each in set(escalating)) for each in customers]
    return CustomerList(
        kind=PutRight,
        opening=sentence(
            PUT_RIGHT,
            customers=Quantity(len(listed), "customers"),
            escalating=sum(each.escalates for each in listed),
        ),
        listed=tuple(sorted(listed, key=lambda each: each.order)),
        backend=reading.backend,
    )


def _put_right(reading: Reading, customer: str, escalates: bool) -> PutRight:
    place = reading.measures.place(customer)
    happened, brief, firm = list[Sentence](), None, False
    if escalates and not isinstance(reading.demands, Unanswered):
        happened += reading.demands.warning(place)
        firm = reading.demands.is_firm(place)
        what = reading.demands.what_went_wrong(place)
        brief = sentence(ESCALATES if firm else MAY_ESCALATE, what=what)
    attitudes = reading.attitudes
    if not isinstance(attitudes, Unanswered) and attitudes.group[place] == "negative":
        happened += attitudes.evidence(place)
    return PutRight(
        customer=customer,
        escalates=escalates,
        happened=tuple(happened),
        brief=happened[0] if brief is None else brief,
        days=reading.card(customer).days_waiting,
        firm=firm,
    )
