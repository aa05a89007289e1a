"""What contacts say: how much attention is asked, and whether an order settles the matter."""

from __future__ import annotations

import numpy as np

from klantkompas._arrays import BoolArray, FloatArray
from klantkompas.domain.interactions import Purpose
from klantkompas.hooks import Measure
from klantkompas.measures.orders import count_orders
from klantkompas.portfolio import Period, Rows

__all__: list[str] = []


def sum_attention(period: Period) -> FloatArray:
    """Sum the minutes of contact on the customer's initiative."""
    contacts = period.during("contacts").needing("minutes", "by_customer")
    asked = contacts.where(contacts["by_customer"] != 0)
    return asked.sum(np.where(asked["by_customer"] == 1, asked["minutes"], np.nan))


def divide_attention(period: Period) -> FloatArray:
    """Divide the attention by the orders; without orders it is the attention itself."""
    attention, orders = sum_attention(period), count_orders(period)
    return attention / np.where(orders > 0, orders, 1)


def _followed(orders: Rows, contacts: Rows) -> BoolArray:
    """Tell which orders are followed by one of some contacts before the customer's next order.

    Args:
        orders: orders in customer order.
        contacts: contacts.
    """
    codes = np.concatenate([orders.codes, contacts.codes])
    instants = np.concatenate([orders.instants, contacts.instants])
    is_contact = np.arange(len(codes)) >= len(orders)
    merged = np.lexsort((is_contact, instants, codes))
    last_order = np.maximum.accumulate(np.where(is_contact[merged], -1, merged))
    follows = is_contact[merged] & (last_order >= 0)
    follows &= codes[merged] == codes[last_order]
    followed = np.zeros(len(orders), dtype=np.bool_)
    followed[last_order[follows]] = True
    return followed


def share_settled(period: Period) -> tuple[FloatArray, FloatArray]:
    """Give the share of the period's orders after which the customer did not ask for service.

    Where a contact's purpose or initiative is unknown, so is whether it followed for service.
    """
    contacts = period.ever("contacts").needing("purpose", "by_customer")
    orders = period.ever("orders")
    orders = orders.where(orders["amount"] > 0).in_order()
    if contacts.table is None:
        return np.full(period.customers, np.nan), np.full(period.customers, np.nan)
    purpose, by_customer = contacts["purpose"], contacts["by_customer"]
    known_other = np.array([p is not None and p != Purpose.SERVICE for p in purpose], np.bool_)
    is_service = np.array([p == Purpose.SERVICE for p in purpose], np.bool_)
    asked = is_service & (by_customer == 1)
    perhaps = ~asked & ~known_other & (by_customer != 0)
    again = _followed(orders, contacts.where(asked))
    unclear = ~again & _followed(orders, contacts.where(perhaps))
    within = orders.days > period.start
    return orders.where(within).share(~again[within], ~unclear[within])


ATTENTION_MINUTES = Measure(
    name="attention_minutes",
    of=sum_attention,
    unit="minutes",
    describes="minutes of contact on the customer's initiative",
)
ATTENTION_PER_ORDER = Measure(
    name="attention_per_order",
    of=divide_attention,
    unit="minutes per order",
    describes="minutes of attention per order",
)
SETTLED_AT_ONCE_SHARE = Measure(
    name="settled_at_once_share",
    of=share_settled,
    unit="share",
    describes="share of orders without a request for service after it",
    basis="orders",
    counts=True,
    reads=("contacts.purpose", "contacts.by_customer"),
)
