"""What orders say: how often, how recently, with what margin, how clearly.

A credit note (an amount of 0 or less) lowers revenue and is not an order.
"""

from __future__ import annotations

import numpy as np

from klantkompas._arrays import (
    BoolArray,
    DayArray,
    FloatArray,
    IntegerArray,
    Pairs,
    TimeArray,
    as_int64,
    mask_unknown,
    medians,
    numbered,
    sorted_by,
)
from klantkompas.hooks import measure, tally
from klantkompas.portfolio import Period, Rows, TallyCounts, cached, cached_ever

__all__ = [
    "LONGER_LOOK",
    "ORDERED",
    "SEVERAL_AT_ONCE",
    "all_orders",
    "last_order",
    "order_days_during",
    "order_days_ever",
    "orders_during",
    "positive",
]

LONGER_LOOK = 24
"""For how many months back a share is judged of whom the period shows too little (decided)."""
DAYS_OF_A_YEAR = 365.25
ORDERED, SEVERAL_AT_ONCE = "ordered", "several rows at one moment"
"""Which customers `order_lines` counts."""


def positive(rows: Rows) -> Rows:
    """Return only the rows whose amount is above 0: the orders, without credit notes."""
    return rows.where(rows["amount"] > 0)


@cached
def orders_during(period: Period) -> Rows:
    """Return the orders of the period: its rows of orders whose amount is above 0."""
    return positive(period.during("orders"))


@cached_ever
def all_orders(period: Period) -> Rows:
    """Return all orders up to the reference date: the rows whose amount is above 0."""
    return positive(period.ever("orders"))


@cached_ever
def last_order(period: Period) -> DayArray:
    """Return the day of each customer's last order up to the reference date; NaT without one."""
    orders = period.ever("orders")
    return orders.max(orders.days, where=orders["amount"] > 0)


@measure(unit="orders", looks_back=LONGER_LOOK, reads=["orders"])
def order_count(period: Period) -> FloatArray:
    """Orders in the period.

    Credit notes are not counted; 0 for a customer without orders, NaN for everyone where there is
    no table of orders.
    """
    return orders_during(period).count()


@measure(unit="pieces", reads=["orders.quantity"])
def quantity(period: Period) -> FloatArray:
    """Quantity, credits included.

    The sum over the period: 0 for a customer without rows of orders; NaN for everyone where there
    is no table of orders, and for a customer of whose rows none has a quantity.
    """
    return period.during("orders").sum("quantity")


@measure(unit="money", reads=["orders.margin"])
def margin(period: Period) -> FloatArray:
    """Margin, credits included.

    The sum over the period: 0 for a customer without rows of orders; NaN for everyone where there
    is no table of orders, and for a customer of whose rows none has a margin.
    """
    return period.during("orders").sum("margin")


@measure(unit="share", basis_unit="money", reads=["orders.margin"])
def margin_share(period: Period) -> tuple[FloatArray, FloatArray]:
    """Margin as a share of the amount, over the order lines whose margin is known.

    Returns:
        The share for each customer, in id order, and the sum of the amounts in the period that it
        rests on; both NaN where that sum is 0 or less, or no margin is known.
    """
    return period.during("orders", lines=True).ratio("margin", "amount")


@measure(unit="days", reads=["orders"])
def order_days(period: Period) -> FloatArray:
    """Days with an order.

    Different days of the period on which the customer ordered, each counted once: 0 for a customer
    without orders, NaN for everyone where there is no table of orders.
    """
    pairs, start = order_days_during(period), as_int64(np.array([period.start]))[0]
    days = np.bincount(pairs.first.compress(pairs.second > start), minlength=period.customers + 1)[
        : period.customers
    ]
    return mask_unknown(days.astype(np.float64), np.isnan(orders_during(period).count()))


@measure(unit="days", steers=False, reads=["orders"])
def days_since_first_order(period: Period) -> FloatArray:
    """Days since the first order.

    Counted to the reference date, from the first order ever; NaN for a customer who never ordered.
    """
    ordered = order_days_ever(period)
    first = ordered.take(np.flatnonzero(np.roll(ordered.is_last, 1)))
    since = np.full(period.customers + 1, np.nan)
    since[first.first] = as_int64(np.array([period.as_of]))[0] - first.second
    return since[: period.customers]


@measure(unit="days", reads=["orders"])
def recency_days(period: Period) -> FloatArray:
    """Days since the last order.

    Counted to the reference date, also from an order before the period; NaN for a customer who
    never ordered.
    """
    since = period.as_of - last_order(period)
    return mask_unknown(since.astype(np.float64), np.isnat(since))


@measure(
    unit="share",
    basis_unit="orders",
    is_proportion=True,
    out_of="order_count",
    looks_back=LONGER_LOOK,
    reads=["orders.clear"],
)
def clear_share(period: Period) -> tuple[FloatArray, FloatArray]:
    """Share of orders that were clear.

    Returns:
        The share (0 to 1) for each customer, in id order, and the number of orders of the period of
        which it is known whether they were clear; both NaN where there is no such order.
    """
    return orders_during(period).share("clear")


@cached_ever
def _last_moment(period: Period) -> TimeArray:
    """Return the moment of each customer's last order; NaT without one."""
    orders = period.ever("orders")
    if orders.moments.dtype == orders.days.dtype:
        return last_order(period)
    return orders.max(orders.moments, where=orders["amount"] > 0)


@cached_ever
def _departed(period: Period) -> FloatArray:
    """Return 1 for who departed and did not order since, 0 for others."""
    departures = period.ever("departures")
    departed, ordered = departures.max(departures.moments), _last_moment(period)
    gone: BoolArray = (departed >= ordered) | (~np.isnat(departed) & np.isnat(ordered))
    return mask_unknown(gone.astype(np.float64), np.isnan(departures.count()))


@measure(unit="yes or no", steers=False, reads=["orders", "departures"])
def active(period: Period) -> FloatArray:
    """Ordered in the period and still here.

    1 for a customer who ordered in the period and did not depart after their last order, otherwise
    0; NaN for everyone where there is no table of orders.
    """
    ordered = orders_during(period).count()
    return np.where(np.isnan(ordered), np.nan, (ordered > 0) & (_departed(period) != 1))


@measure(unit="yes or no", steers=False, reads=["departures"])
def departed(period: Period) -> FloatArray:
    """Departed and did not order since.

    1 or 0 at the reference date, whenever the customer departed; NaN for everyone where there is no
    table of departures.
    """
    return _departed(period)


@cached_ever
def order_days_ever(period: Period) -> Pairs:
    """Return the days on which each customer ever ordered."""
    orders = all_orders(period)
    return Pairs.of(orders["customer"], as_int64(orders.days))


@cached
def order_days_during(period: Period) -> Pairs:
    """Return the days on which each customer ordered, those of the period at least.

    Of a period with most of the orders they are those ever, which other measures ask for too.
    """
    if 2 * len(period.during("orders")) > len(period.ever("orders")):
        return order_days_ever(period)
    orders = orders_during(period)
    return Pairs.of(orders["customer"], as_int64(orders.days))


@tally(keys=["customers", "column that looks like the order's number"])
def order_lines(period: Period) -> TallyCounts:
    """Customers who ordered, and who have several order rows at one moment without a reference.

    Returns:
        How many customers ordered, and how many of them have several rows, by which of the two it
        is and the heading of the column that looks like the order number; empty where the orders
        have a reference.
    """
    orders = all_orders(period)
    if not len(orders) or "reference" in orders:
        return {}
    heading = period.portfolio.tables["orders"].reference_heading
    if orders.moments.dtype == orders.days.dtype:
        moments = np.bincount(order_days_ever(period).first, minlength=period.customers + 1)[
            : period.customers
        ]
        several = int(np.count_nonzero(orders.count() > moments))
    else:
        at = sorted_by(orders["customer"], as_int64(orders.moments))
        codes, clock = orders["customer"][at], as_int64(orders.moments)[at]
        same = (codes[1:] == codes[:-1]) & (clock[1:] == clock[:-1])
        several = len(np.setdiff1d(codes[1:].compress(same), [period.customers]))
    ordered = int(np.count_nonzero(orders.count()))
    found = {(ORDERED, heading): ordered, (SEVERAL_AT_ONCE, heading): several}
    return {key: count for key, count in found.items() if count}


@cached_ever
def _median_gaps(period: Period) -> tuple[FloatArray, IntegerArray]:
    """Return the median days between each customer's days with an order, and how many gaps."""
    codes, days = order_days_ever(period).first, order_days_ever(period).second
    on_days = np.bincount(codes, minlength=period.customers + 1)[: period.customers]
    follows = codes[1:] == codes[:-1]
    follows[on_days.sum() :] = False
    gaps, count = np.diff(days).compress(follows), np.maximum(on_days - 1, 0)
    return medians(gaps, count), count


@measure(unit="days", reads=["orders"])
def order_interval_days(period: Period) -> FloatArray:
    """Median days between days with an order, of three or more.

    Over all orders up to the reference date; NaN for a customer who ordered on fewer than three
    different days.
    """
    median, count = _median_gaps(period)
    return np.where(count >= 2, median, np.nan)


@measure(unit="days", steers=False, reads=["orders"])
def season_days(period: Period) -> FloatArray:
    """Days of the year in which all orders fall, of who did not order in the period.

    From the earliest to the latest in the year, around the day of the last order, in whole days of
    years of 365.25; over all orders
    up to the reference date. NaN for a customer who ordered in the period, and for one whose orders
    do not lie about a year or more apart.
    """
    last = np.append(last_order(period), np.datetime64("NaT", "D"))  # rows of nobody come last
    orders = all_orders(period)
    silent = orders.where((last <= period.start)[orders["customer"]])
    back = (last[silent["customer"]] - silent.days).astype(np.float64)
    years = np.rint(back / DAYS_OF_A_YEAR)
    beside = back - years * DAYS_OF_A_YEAR
    width = np.floor(silent.max(beside) - silent.min(beside))
    return np.where(silent.max(years) >= 1, width, np.nan)


@tally(keys=["median days between days with an order"])
def order_gaps(period: Period) -> TallyCounts:
    """Customers who ordered on two days or more, by the median days between those.

    Returns:
        How many customers have each median, over all orders up to the reference date; a median is
        a whole number of days or lies halfway between two.
    """
    median, _ = _median_gaps(period)
    halves, which = numbered((2 * median[~np.isnan(median)]).astype(np.int64))
    counts = np.bincount(which).tolist()
    return {(str(gap),): n for gap, n in zip((halves / 2).tolist(), counts, strict=True)}
