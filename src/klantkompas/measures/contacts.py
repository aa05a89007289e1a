"""What contacts say: how much attention is asked, and whether an order settles the matter."""

from __future__ import annotations

import numpy as np

from klantkompas._arrays import BoolArray, FloatArray, mask_unknown, sorted_by
from klantkompas.domain.interactions import Purpose
from klantkompas.hooks import measure
from klantkompas.measures.orders import LONGER_LOOK, orders_during, positive
from klantkompas.portfolio import Period, Rows, cached, in_time

__all__: list[str] = []


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


def _followed(orders: Rows, contacts: Rows, customers: int) -> BoolArray:
    """Return a mask of the orders that a contact follows before the customer's next order.

    Args:
        orders: orders; of those of one moment the last to be given counts as the one before.
        contacts: contacts.
        customers: how many customers there are.
    """
    followed = np.zeros(len(orders), dtype=np.bool_)
    if not len(contacts):
        return followed
    has_contacts = np.zeros(customers + 1, dtype=np.bool_)
    has_contacts[contacts["customer"]] = True
    perhaps = has_contacts.take(orders["customer"])
    orders = orders.where(perhaps)
    codes = np.concatenate([orders["customer"], contacts["customer"]])
    instants = in_time(orders, contacts)
    is_contact = np.arange(len(codes)) >= len(orders)
    # A stable sort leaves orders before the contacts of the same moment.
    merged = sorted_by(codes, instants)
    contact = is_contact[merged]
    before = np.maximum.accumulate(np.arange(1, len(merged) + 1) * ~contact) - 1
    last_order = merged[before]
    follows = contact & (before >= 0) & (codes[merged] == codes[last_order])
    followed[np.flatnonzero(perhaps)[last_order[np.flatnonzero(follows)]]] = True
    return followed


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
    recent = _recent(period, "orders")
    orders = orders_during(period) if recent is period.during("orders") else positive(recent)
    asked = contacts.yes("purpose", Purpose.SERVICE) & contacts.yes("by_customer")
    not_asked = contacts.no("purpose", Purpose.SERVICE) | contacts.no("by_customer")
    again = _followed(orders, contacts.where(asked), period.customers)
    perhaps = ~again & _followed(orders, contacts.where(~asked & ~not_asked), period.customers)
    within = orders.days > period.start
    return orders.share(~again, where=within & ~perhaps)
