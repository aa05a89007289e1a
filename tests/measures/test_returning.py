"""Whether a customer comes back, at both sides of every edge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

Value = Callable[..., float | None]
LONG_AGO, BEFORE, FIRST = date(2016, 1, 1), date(2025, 6, 30), date(2025, 7, 1)
LAST, AFTER = date(2026, 6, 30), date(2026, 7, 1)


@pytest.mark.parametrize(
    ("on", "ever", "two_periods"),
    [(LONG_AGO, 1, 0), (BEFORE, 1, 0), (FIRST, 1, 1), (LAST, 1, 1), (AFTER, 0, 0)],
)
def test_orders_ever_and_of_two_periods(
    on: date, ever: float, two_periods: float, value: Value
) -> None:
    orders = ("on amount", [(on, 5.0)])
    assert value("orders_ever", orders=orders) == ever
    assert value("orders_last_two_periods", orders=orders) == two_periods


def test_two_periods_are_one_span_of_the_calendar(value: Value) -> None:
    for on, count in ((date(2025, 8, 31), 0), (date(2025, 9, 1), 1)):
        orders = ("on amount", [(on, 5.0)])
        assert value("orders_last_two_periods", orders=orders, as_of=date(2026, 8, 31)) == count


def test_rows_of_one_order_and_credit_notes(value: Value) -> None:
    lines = ("on amount reference", [(LAST, 5.0, "x"), (LAST, 5.0, "x"), (LAST, -5.0, "y")])
    assert value("orders_ever", orders=lines) == 1
    assert value("orders_last_two_periods", orders=lines) == 1


def test_without_orders_it_is_unknown(value: Value) -> None:
    assert value("orders_ever") is None
    assert value("orders_last_two_periods") is None
    assert value("orders_ever", orders=("on amount", [])) == 0
