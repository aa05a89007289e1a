"""What is asked of one customer alone is what all customers are asked together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest

from klantkompas import Compass, Customer, Invoice, Measures, Order, Portfolio
from klantkompas._arrays import BoolArray
from klantkompas.compass.next_steps import (
    alone,
    late_with_ordering,
    long_unpaid,
    orders_by_season,
)
from klantkompas.domain.customers import CustomerKind

AS_OF = date(2026, 6, 30)
Asked = Callable[..., BoolArray]


def ordering(customer: str, *days_ago: int) -> list[Order]:
    return [
        Order(customer=customer, on=AS_OF - timedelta(days=each), amount=10.0) for each in days_ago
    ]


@pytest.fixture(scope="module")
def measures() -> Measures:
    invoices = [Invoice(customer=each, due=date(2025, 9, 1), amount=10.0) for each in "bde"]
    orders = [
        *ordering("a", 1, 8, 15, 22),
        *ordering("b", 100, 107, 114),
        *ordering("c", 300, 310, 665, 675),
        *ordering("d", 90, 100, 110),
        *ordering("e", 300, 310, 665, 675),
    ]
    customers = [
        Customer(id="d", opted_out=True),
        Customer(id="e", kind=CustomerKind.INTERNAL),
    ]
    portfolio = Portfolio.from_records([*orders, *invoices], customers)
    return Compass(installed=False).measure(portfolio, AS_OF)


@pytest.mark.parametrize("asked", [late_with_ordering, long_unpaid, orders_by_season])
def test_one_customer_alone_is_told_as_among_all(measures: Measures, asked: Asked) -> None:
    together = asked(measures)
    assert together.any()
    assert not together.all()
    each = [asked(measures, alone(place)) for place in range(len(measures))]
    assert np.concatenate(each).tolist() == together.tolist()


def test_where_no_orders_are_measured_nobody_is_late(measures: Measures) -> None:
    nothing = Compass(installed=False).measure(
        Portfolio.from_records([Invoice(customer="a", due=date(2025, 9, 1), amount=10.0)]), AS_OF
    )
    assert not late_with_ordering(nothing, alone(0)).any()
    assert not orders_by_season(nothing, alone(0)).any()
