"""Whether a customer comes back: their orders ever, and those of the last two periods."""

from __future__ import annotations

from klantkompas._arrays import FloatArray
from klantkompas.hooks import measure
from klantkompas.measures.orders import all_orders
from klantkompas.portfolio import Period
from klantkompas.portfolio.months import months_before

__all__: list[str] = []


@measure(unit="orders", reads=["orders"])
def orders_ever(period: Period) -> FloatArray:
    """Orders ever.

    Counted up to the reference date, credit notes left out: 0 for a customer without orders; NaN
    for everyone where there is no table of orders.
    """
    return all_orders(period).count()


@measure(unit="orders", reads=["orders"])
def orders_last_two_periods(period: Period) -> FloatArray:
    """Orders in the last two periods, as one span of the calendar.

    Counted up to the reference date, over twice the months of the period: 0 for a customer without
    orders; NaN for everyone where there is no table of orders.
    """
    orders = all_orders(period)
    return orders.count(where=orders.days > months_before(period.as_of, 2 * period.months))
