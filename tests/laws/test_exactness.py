"""Sums that no order of rows and no cutting of the portfolio can change, to the last bit."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantkompas.compass import Compass
from klantkompas.portfolio import Measures, Portfolio

COMPASS = Compass(installed=False)
FIRST = date(2026, 6, 1)
DECIMAL = [0.1, 0.2, 12.35, -0.3, 1234.5678, 1e6, -99.99, 0.0001]
AWKWARD = [0.1 + 1 / 3, 1e9 + 1 / 3, -1e9, 1 / 7, 2e-7, -1 / 3, 1e5, 0.1]
LARGE = [9e11 + 0.3, -9e11, 0.0001, 0.0003, 7e11 + 0.7, 0.1, -7e11, 1e-4]
AMOUNTS = {"decimal": DECIMAL, "awkward": AWKWARD, "large": LARGE}


def measured(amounts: list[float], *, lines: bool, days: bool) -> Measures:
    """One customer's amounts, as orders or as lines of one, on different days or on one."""
    where = {amount: place for place, amount in enumerate(sorted(amounts))}
    orders = {
        "customer": ["a"] * len(amounts),
        "on": [FIRST + timedelta(days=where[amount] if days else 0) for amount in amounts],
        "amount": amounts,
        "margin": amounts,
        "reference": ["r" if lines else str(where[amount]) for amount in amounts],
    }
    return COMPASS.measure(Portfolio.from_tables(orders=orders))


@pytest.mark.parametrize("lines", [False, True], ids=["orders", "lines of one order"])
@pytest.mark.parametrize("days", [False, True], ids=["one day", "days"])
@pytest.mark.parametrize("money", AMOUNTS)
@settings(max_examples=15)
@given(data=st.data())
def test_no_order_of_rows_changes_a_sum(
    money: str, days: bool, lines: bool, data: st.DataObject
) -> None:
    amounts = AMOUNTS[money]
    shuffled = data.draw(st.permutations(amounts))
    one = measured(amounts, lines=lines, days=days)
    other = measured(shuffled, lines=lines, days=days)
    for name in ("revenue", "margin", "margin_share", "credited_share"):
        assert one[name].tobytes() == other[name].tobytes(), name


@given(amounts=st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=30))
@settings(max_examples=30)
def test_decimal_money_sums_as_it_does_on_paper(amounts: list[int]) -> None:
    orders = {
        "customer": ["a"] * len(amounts),
        "on": [FIRST] * len(amounts),
        "amount": [amount / 10_000 for amount in amounts],
    }
    revenue = COMPASS.measure(Portfolio.from_tables(orders=orders))["revenue"][0]
    assert revenue == float(Fraction(sum(amounts), 10_000))


def test_quantity_times_price_is_decimal_too() -> None:
    columns = {"orders": {"amount": ("pieces", "price")}}
    orders = {
        "customer": ["a"] * 3,
        "on": [FIRST] * 3,
        "pieces": [6, 3, -1],
        "price": [2.55, 0.1, 0.3],
    }
    portfolio = Portfolio.from_tables(orders=orders, columns=columns)
    assert portfolio.tables["orders"].columns["amount"].tolist() == [15.3, 0.3, -0.3]
    assert COMPASS.measure(portfolio)["revenue"].tolist() == [15.3]


def test_one_customers_money_does_not_change_how_anothers_is_summed() -> None:
    decimal = [0.1] * 10
    orders = {"customer": ["a"] * 10, "on": [FIRST] * 10, "amount": decimal}
    with_other = {
        "customer": [*orders["customer"], "b", "b"],
        "on": [FIRST] * 12,
        "amount": [*decimal, 1 / 3, 1e300],
    }
    alone = COMPASS.measure(Portfolio.from_tables(orders=orders))["revenue"]
    beside = COMPASS.measure(Portfolio.from_tables(orders=with_other))["revenue"]
    assert alone[0] == beside[0] == 1.0
    assert np.isfinite(beside).all()
