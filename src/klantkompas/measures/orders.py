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
    distinct_pairs,
    mask_unknown,
    sorted_by,
)
from klantkompas.hooks import Measure
from klantkompas.portfolio import Period, Rows, cached

__all__ = ["count_orders", "last_order", "orders_during", "orders_ever", "positive"]


def positive(rows: Rows) -> Rows:
    """Keep the orders among rows of orders: no credit notes."""
    return rows.where(rows["amount"] > 0)


@cached
def orders_during(period: Period) -> Rows:
    """Return the orders of the period, without credit notes."""
    return positive(period.during("orders"))


@cached
def orders_ever(period: Period) -> Rows:
    """Return all orders up to the reference date, without credit notes."""
    return positive(period.ever("orders"))


@cached
def last_order(period: Period) -> DayArray:
    """Return the day of each customer's last order up to the reference date; NaT without one."""
    orders = period.ever("orders")
    return orders.max(orders.days, where=orders["amount"] > 0)


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
    return period.during("orders", lines=True).ratio("margin", "amount")


def share_credited(period: Period) -> tuple[FloatArray, FloatArray]:
    """Divide credited money by ordered money."""
    rows, orders = period.during("orders"), orders_during(period)
    credited = 0 - rows.sum("amount", where=rows["amount"] <= 0)
    return credited / _if_positive(orders.sum("amount")), _if_positive(orders.count())


def count_order_days(period: Period) -> FloatArray:
    """Count the days with an order."""
    orders = orders_during(period)
    if orders.is_absent:
        return orders.count()
    customers, _ = distinct_pairs(orders.codes, as_int64(orders.days))
    days = np.bincount(customers, minlength=period.customers + 1)
    return days[: period.customers].astype(np.float64)


def days_since_last_order(period: Period) -> FloatArray:
    """Count the days from the last order ever."""
    since = period.as_of - last_order(period)
    return mask_unknown(since.astype(np.float64), np.isnat(since))


def share_clear(period: Period) -> tuple[FloatArray, FloatArray]:
    """Give the share of orders that could be handled as given."""
    return orders_during(period).share("clear")


@cached
def _last_moment(period: Period) -> TimeArray:
    """Return the moment of each customer's last order; NaT without one."""
    orders = period.ever("orders")
    if orders.moments.dtype == orders.days.dtype:
        return last_order(period)
    return orders.max(orders.moments, where=orders["amount"] > 0)


@cached
def has_departed(period: Period) -> FloatArray:
    """Tell who departed, and did not order since."""
    departures = period.ever("departures")
    if departures.is_absent:
        return np.full(period.customers, np.nan)
    departed, ordered = departures.max(departures.moments), _last_moment(period)
    gone: BoolArray = (departed >= ordered) | (~np.isnat(departed) & np.isnat(ordered))
    return gone.astype(np.float64)


def is_active(period: Period) -> FloatArray:
    """Tell who ordered in the period and did not depart after its last order."""
    ordered = count_orders(period)
    return np.where(np.isnan(ordered), np.nan, (ordered > 0) & (has_departed(period) != 1))


def median_interval(period: Period) -> FloatArray:
    """Give the median number of days between order days ever, of three such days or more."""
    orders = orders_ever(period)
    codes, days = distinct_pairs(orders.codes, as_int64(orders.days))
    within = np.flatnonzero((codes[1:] == codes[:-1]) & (codes[1:] < period.customers))
    gaps, owner = np.diff(days)[within], codes[1:][within]
    gaps, count = gaps[sorted_by(owner, gaps)], np.bincount(owner, minlength=period.customers)
    start = np.cumsum(count) - count
    enough = np.flatnonzero(count >= 2)
    low, high = start + (count - 1) // 2, start + count // 2
    median = np.full(period.customers, np.nan)
    median[enough] = (gaps[low[enough]] + gaps[high[enough]]) / 2
    return median


def days_since_first_order(period: Period) -> FloatArray:
    """Count the days from the first order ever."""
    since = period.as_of - orders_ever(period).min("on")
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
