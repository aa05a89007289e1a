"""What orders say: how much, how often, how lately, with what margin, how clearly.

A credit note (an amount of 0 or less) lowers revenue and is no order.
"""

from __future__ import annotations

import numpy as np

from klantkompas._arrays import (
    BoolArray,
    DayArray,
    FloatArray,
    TimeArray,
    as_int64,
    freeze,
    mask_unknown,
    sorted_by,
)
from klantkompas.hooks import Measure
from klantkompas.portfolio import Period, Rows

__all__ = ["count_orders", "last_order", "orders_during", "orders_ever", "positive"]


def positive(rows: Rows) -> Rows:
    """Keep the orders among rows of orders: no credit notes."""
    return rows.where(rows["amount"] > 0)


def orders_during(period: Period) -> Rows:
    """Give the orders of the period, without credit notes."""
    return period.during("orders").once(positive)


def orders_ever(period: Period) -> Rows:
    """Give all orders up to the reference date, without credit notes."""
    return period.ever("orders").once(positive)


def _last_day(orders: Rows) -> DayArray:
    return freeze(orders.last_day(orders["amount"] > 0))


def _last_instant(orders: Rows) -> TimeArray:
    return freeze(orders.last_instant(orders["amount"] > 0))


def last_order(period: Period) -> DayArray:
    """Give the day of each customer's last order up to the reference date; NaT without one."""
    return period.ever("orders").once(_last_day)


def _if_positive(values: FloatArray) -> FloatArray:
    return mask_unknown(values, values <= 0)


def count_orders(period: Period) -> FloatArray:
    """Count the orders of the period."""
    return orders_during(period).count()


def sum_revenue(period: Period) -> FloatArray:
    """Sum the amounts of the period, credits included."""
    return period.during("orders").sum("amount")


def sum_quantity(period: Period) -> FloatArray:
    """Sum the quantities of the period, credits included."""
    return period.during("orders").sum("quantity")


def sum_margin(period: Period) -> FloatArray:
    """Sum the margins of the period, credits included."""
    return period.during("orders").sum("margin")


def share_margin(period: Period) -> tuple[FloatArray, FloatArray]:
    """Divide margin by amount, over the order lines whose margin is known."""
    lines = period.during("orders", lines=True)
    amount = lines.knowing("margin").sum("amount")
    basis = _if_positive(amount)
    return lines.sum("margin") / basis, basis


def share_credited(period: Period) -> tuple[FloatArray, FloatArray]:
    """Divide credited money by ordered money."""
    rows, orders = period.during("orders"), orders_during(period)
    credited = 0 - rows.where(rows["amount"] <= 0).sum("amount")
    return credited / _if_positive(orders.sum("amount")), _if_positive(orders.count())


def count_order_days(period: Period) -> FloatArray:
    """Count the days with an order."""
    return orders_during(period).distinct_days()


def days_since_last_order(period: Period) -> FloatArray:
    """Count the days from the last order ever."""
    since = period.as_of - last_order(period)
    return mask_unknown(since.astype(np.float64), np.isnat(since))


def share_clear(period: Period) -> tuple[FloatArray, FloatArray]:
    """Give the share of orders that could be handled as given."""
    orders = orders_during(period)
    return orders.share(orders["clear"] == 1, orders["clear"] >= 0)


def has_departed(period: Period) -> FloatArray:
    """Tell who departed, and did not order since."""
    departures = period.ever("departures")
    if departures.table is None:
        return np.full(period.customers, np.nan)
    orders = period.ever("orders")
    if any(rows.table is not None and rows.table.times for rows in (orders, departures)):
        departed, ordered = departures.last_instant(), orders.once(_last_instant)
    else:
        departed, ordered = departures.last_day(), last_order(period)
    # As whole numbers: who never ordered did so before all days that there are.
    gone: BoolArray = ~np.isnat(departed) & (as_int64(departed) >= as_int64(ordered))
    return gone.astype(np.float64)


def is_active(period: Period) -> FloatArray:
    """Tell who ordered in the period and did not depart after its last order."""
    ordered = count_orders(period)
    return np.where(np.isnan(ordered), np.nan, (ordered > 0) & (has_departed(period) != 1))


def median_interval(period: Period) -> FloatArray:
    """Give the median number of days between order days ever, of three such days or more."""
    codes, days = orders_ever(period).days_by_customer()
    within = np.flatnonzero((codes[1:] == codes[:-1]) & (codes[1:] < period.customers))
    gaps, owner = np.diff(as_int64(days))[within], codes[1:][within]
    gaps, count = gaps[sorted_by(owner, gaps)], np.bincount(owner, minlength=period.customers)
    start = np.cumsum(count) - count
    enough = np.flatnonzero(count >= 2)
    low, high = start + (count - 1) // 2, start + count // 2
    median = np.full(period.customers, np.nan)
    median[enough] = (gaps[low[enough]] + gaps[high[enough]]) / 2
    return median


def days_since_first_order(period: Period) -> FloatArray:
    """Count the days from the first order ever."""
    since = period.as_of - orders_ever(period).first_day()
    return mask_unknown(since.astype(np.float64), np.isnat(since))


ORDER_COUNT = Measure(
    name="order_count", of=count_orders, unit="orders", describes="orders in the period"
)
REVENUE = Measure(
    name="revenue", of=sum_revenue, unit="money", describes="revenue, credits included"
)
QUANTITY = Measure(
    name="quantity", of=sum_quantity, unit="pieces", describes="quantity, credits included"
)
MARGIN = Measure(name="margin", of=sum_margin, unit="money", describes="margin, credits included")
MARGIN_SHARE = Measure(
    name="margin_share",
    of=share_margin,
    unit="share",
    describes="margin as a share of the amount",
    basis="money",
    reads=("orders.margin",),
)
CREDITED_SHARE = Measure(
    name="credited_share",
    of=share_credited,
    unit="share",
    describes="credited money as a share of ordered money",
    basis="orders",
    reads=("orders",),
)
ORDER_DAYS = Measure(
    name="order_days", of=count_order_days, unit="days", describes="days with an order"
)
FIRST_ORDER_DAYS = Measure(
    name="days_since_first_order",
    of=days_since_first_order,
    unit="days",
    describes="days since the first order",
)
RECENCY_DAYS = Measure(
    name="recency_days",
    of=days_since_last_order,
    unit="days",
    describes="days since the last order",
)
CLEAR_SHARE = Measure(
    name="clear_share",
    of=share_clear,
    unit="share",
    describes="share of orders that were clear",
    basis="orders",
    counts=True,
    reads=("orders.clear",),
)
ACTIVE = Measure(
    name="active", of=is_active, unit="yes or no", describes="ordered in the period and still here"
)
DEPARTED = Measure(
    name="departed", of=has_departed, unit="yes or no", describes="departed and did not order since"
)
ORDER_INTERVAL_DAYS = Measure(
    name="order_interval_days",
    of=median_interval,
    unit="days",
    describes="median days between days with an order, of three or more",
)
