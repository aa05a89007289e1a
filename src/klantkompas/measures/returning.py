"""Whether a customer comes back: its orders ever, and those of the last two periods."""

from __future__ import annotations

from klantkompas._arrays import FloatArray
from klantkompas.hooks import Measure
from klantkompas.measures.orders import orders_ever
from klantkompas.portfolio import Period
from klantkompas.portfolio.months import months_before

__all__: list[str] = []


def count_ever(period: Period) -> FloatArray:
    """Count all orders up to the reference date."""
    return orders_ever(period).count()


def count_two_periods(period: Period) -> FloatArray:
    """Count the orders of the period and of the one before it, as one span of the calendar."""
    orders = orders_ever(period)
    return orders.count(where=orders.days > months_before(period.as_of, 2 * period.months))


ORDERS_EVER = Measure(
    name="orders_ever",
    of=count_ever,
    unit="orders",
    describes="orders ever",
    reads=("orders",),
)
TWO_PERIOD_ORDERS = Measure(
    name="orders_last_two_periods",
    of=count_two_periods,
    unit="orders",
    describes="orders in the last two periods",
    reads=("orders",),
)
