"""What customers demand, and whether something went wrong for them lately (S4; section 13)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from klantkompas._arrays import FloatArray
from klantkompas.hooks import Measure
from klantkompas.measures.orders import orders_during
from klantkompas.measures.went_wrong import (
    Happened,
    bad_contacts,
    complaints_made,
    count_before,
    unclear,
)
from klantkompas.portfolio import Period

__all__ = ["WENT_WRONG_LATELY"]

WENT_WRONG_LATELY = ("complaints_lately", "bad_contacts_lately", "unclear_orders_lately")
"""The measures of what went wrong in the 90 days up to the reference date."""


def count_own_contacts(period: Period) -> FloatArray:
    """Count the contacts on the customer's initiative; unknown when it is for all its contacts."""
    return period.during("contacts").sum("by_customer")


def average_orders(period: Period) -> FloatArray:
    """Divide the money of the period's orders, without credits, by how many there are."""
    orders = orders_during(period)
    count, money = orders.count(), orders.sum("amount")
    return np.where(np.isfinite(money), money, np.nan) / np.where(count > 0, count, np.nan)


def _lately(what: Callable[[Period], Happened]) -> Callable[[Period], FloatArray]:
    def of(period: Period) -> FloatArray:
        return count_before(what(period), np.full(period.customers, period.as_of))

    return of


OWN_CONTACTS = Measure(
    name="own_contacts",
    of=count_own_contacts,
    unit="contacts",
    describes="contacts on the customer's initiative",
    reads=("contacts.by_customer",),
)
AVERAGE_ORDER_VALUE = Measure(
    name="average_order_value",
    of=average_orders,
    unit="money",
    describes="money by order, credits left out",
    reads=("orders",),
)
COMPLAINTS_LATELY = Measure(
    name="complaints_lately",
    of=_lately(complaints_made),
    unit="complaints",
    describes="complaints of the last 90 days, not found unjustified",
    reads=("complaints",),
)
BAD_CONTACTS_LATELY = Measure(
    name="bad_contacts_lately",
    of=_lately(bad_contacts),
    unit="contacts",
    describes="contacts of the last 90 days rated 3 or lower",
    reads=("contacts.rating",),
)
UNCLEAR_ORDERS_LATELY = Measure(
    name="unclear_orders_lately",
    of=_lately(unclear),
    unit="orders",
    describes="orders of the last 90 days that were not clear",
    reads=("orders.clear",),
)
