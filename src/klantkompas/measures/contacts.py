"""What contacts say: how much attention is asked, and whether an order settles the matter."""

from __future__ import annotations

import numpy as np
from attrs import frozen

from klantkompas._arrays import Codes, FloatArray, Pairs, as_int64, mask_unknown
from klantkompas.domain.interactions import Purpose
from klantkompas.hooks import measure
from klantkompas.measures.orders import (
    LONGER_LOOK,
    order_days_during,
    orders_during,
    positive,
)
from klantkompas.portfolio import Period, Rows, cached

__all__: list[str] = []

EARLIEST = np.iinfo(np.int64).min
"""Before all moments."""


@cached
def _attention(period: Period) -> FloatArray:
    contacts = period.during("contacts").require("minutes", "by_customer")
    asked = contacts.where(~contacts.no("by_customer"))
    return asked.sum(mask_unknown(asked["minutes"], ~asked.yes("by_customer")))


@measure(unit="minutes", reads=["contacts.minutes", "contacts.by_customer"])
def attention_minutes(period: Period) -> FloatArray:
    """Minutes of contact on the customer's initiative.

    The sum over the period: 0 for a customer without such contacts; NaN where they had contacts
    that are or may be such, and of none it is known both who began it and how many minutes it took.
    """
    return _attention(period)


@measure(unit="minutes per order", reads=["contacts.minutes", "contacts.by_customer"])
def attention_per_order(period: Period) -> FloatArray:
    """Minutes of attention per order; without orders the minutes themselves.

    Both are of the period; NaN where `attention_minutes` is.
    """
    orders = orders_during(period).count()
    return _attention(period) / np.where(orders > 0, orders, 1)


def _recent(period: Period, kind: str) -> Rows:
    """Return the rows of the period, and of the day before it where there are clock times.

    Clocks go back, so what follows a row of the period may bear the date of the day before.
    """
    rows = period.ever(kind)
    if rows.moments.dtype == rows.days.dtype:
        return period.during(kind)
    return rows.where(rows.days >= period.start)


def _without(places: Codes, others: Codes) -> Codes:
    """Return the places that are not among some others."""
    if not len(places) or not len(others):
        return places
    return places.compress(np.isin(places, others, invert=True))


@frozen(eq=False)
class _Ordered:
    """When each customer ordered, in the period at least; orders of one moment are one.

    Args:
        at: the moments, as numbers.
        unit: the type of the moments.
        until: the last number that is not of the period.
        others: the places of others that are not of the period.
    """

    at: Pairs
    unit: np.dtype[np.datetime64]
    until: int
    others: Codes

    def before(self, contacts: Rows) -> Codes:
        """Return the places of the moments of the period that a contact follows, as the next."""
        moments = as_int64(contacts.moments.astype(self.unit, copy=False))
        found = self.at.last_until(contacts["customer"], moments)
        found = found.compress(self.at.take(found).second > self.until)
        return _without(found, self.others)


@cached
def _ordered(period: Period) -> _Ordered:
    rows = _recent(period, "orders")
    if rows.moments.dtype == rows.days.dtype:
        start = int(period.start.astype(np.int64))
        nothing = np.empty(0, dtype=np.intp)
        return _Ordered(order_days_during(period), period.start.dtype, start, nothing)
    orders = positive(rows)
    at = Pairs.of(orders["customer"], as_int64(orders.moments))
    # The date that is written may be another than that of the moment.
    early = orders.where(orders.days <= period.start)
    others = at.last_until(early["customer"], as_int64(early.moments))
    return _Ordered(at, orders.moments.dtype, EARLIEST, others)


@measure(
    unit="share",
    basis_unit="orders",
    is_proportion=True,
    out_of="order_count",
    looks_back=LONGER_LOOK,
    reads=["contacts.purpose", "contacts.by_customer"],
)
def settled_at_once_share(period: Period) -> tuple[FloatArray, FloatArray]:
    """Share of orders without a request for service after it.

    A request for service is a contact with the purpose ``service`` that the customer began; it
    counts for the last order before it. An order is left out where it is unknown whether one
    followed: the purpose of a contact after it, or who began that, is unknown.

    Returns:
        For each customer, in id order, the share (0 to 1) and the number of orders of the period
        that it rests on; both NaN for a customer without any such order.
    """
    contacts = _recent(period, "contacts").require("purpose", "by_customer")
    if "customer" not in contacts:
        return np.full(period.customers, np.nan), np.full(period.customers, np.nan)
    asked = contacts.yes("purpose", Purpose.SERVICE) & contacts.yes("by_customer")
    not_asked = contacts.no("purpose", Purpose.SERVICE) | contacts.no("by_customer")
    ordered = _ordered(period)
    again = ordered.before(contacts.where(asked))
    perhaps = _without(ordered.before(contacts.where(~asked & ~not_asked)), again)

    def count(places: Codes) -> Codes:
        owners = ordered.at.take(places).first
        return np.bincount(owners, minlength=period.customers + 1)[: period.customers]

    basis = orders_during(period).count() - count(perhaps)
    basis = mask_unknown(basis, basis == 0)
    return (basis - count(again)) / basis, basis
