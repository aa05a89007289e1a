"""The months up to a reference date, and what a measure of one's own can ask of them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas.errors import ArgumentError
from klantkompas.portfolio import Period, Portfolio, months_before


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-06-30", 6, "2025-12-30"),
        ("2026-08-31", 6, "2026-02-28"),
        ("2024-08-31", 6, "2024-02-29"),
        ("2026-08-28", 6, "2026-02-28"),
        ("2026-12-31", 1, "2026-11-30"),
        ("2026-01-01", 6, "2025-07-01"),
        ("2024-02-29", 12, "2023-02-28"),
        ("2011-12-09", 6, "2011-06-09"),
    ],
)
def test_whole_calendar_months_back(day: str, months: int, expected: str) -> None:
    assert months_before(np.datetime64(day, "D"), months) == np.datetime64(expected, "D")


@given(day=st.dates(date(1900, 1, 1), date(2200, 1, 1)), months=st.integers(1, 60))
def test_going_back_keeps_the_day_of_the_month_or_clips_it(day: date, months: int) -> None:
    found = months_before(np.datetime64(day), months).item()
    assert (day.year - found.year) * 12 + day.month - found.month == months
    assert found.day <= day.day
    next_day = date.fromordinal(found.toordinal() + 1)
    assert found.day == day.day or next_day.day == 1


@pytest.fixture
def period() -> Period:
    orders = {
        "customer": ["a", "b", None, "a"],
        "on": [date(2026, 1, 2), date(2025, 1, 2), date(2026, 1, 2), date(2026, 6, 30)],
        "amount": [10.0, 20.0, 40.0, -5.0],
        "margin": [1.0, None, 3.0, None],
    }
    portfolio = Portfolio.from_tables(customers={"id": ["c"]}, orders=orders)
    return Period(portfolio, np.datetime64("2026-06-30"), 6)


def test_rows_of_the_period_and_rows_ever(period: Period) -> None:
    assert period.start == np.datetime64("2025-12-30")
    assert period.customers == 3
    assert len(period.ever("orders")) == 4
    during = period.during("orders")
    assert len(during) == 3
    assert during.count().tolist() == [2, 0, 0]
    assert during.sum("amount").tolist() == [5, 0, 0]
    np.testing.assert_array_equal(period.ever("orders").sum("margin"), [1, np.nan, 0])


def test_what_rows_say_per_customer(period: Period) -> None:
    orders = period.ever("orders")
    assert orders.max("on").astype(str).tolist() == ["2026-06-30", "2025-01-02", "NaT"]
    np.testing.assert_array_equal(orders.last("amount"), [-5, 20, np.nan])
    np.testing.assert_array_equal(orders.first("amount"), [10, 20, np.nan])
    assert orders.first("on").astype(str).tolist() == ["2026-01-02", "2025-01-02", "NaT"]
    np.testing.assert_array_equal(orders.min("amount"), [-5, 20, np.nan])
    np.testing.assert_array_equal(orders.max("amount"), [10, 20, np.nan])
    assert orders.min(orders.days).astype(str).tolist() == ["2026-01-02", "2025-01-02", "NaT"]
    ratio, below = orders.ratio("margin", "amount")
    np.testing.assert_array_equal(ratio, [0.1, np.nan, np.nan])
    np.testing.assert_array_equal(below, [10, np.nan, np.nan])
    share, basis = orders.share(orders["amount"] > 0, where=~np.isnan(orders["margin"]))
    np.testing.assert_array_equal(share, [1, np.nan, np.nan])
    np.testing.assert_array_equal(basis, [1, np.nan, np.nan])


def test_an_absent_table_or_column_is_unknown_to_everything(period: Period) -> None:
    for rows in (period.ever("invoices"), period.ever("orders").require("quantity")):
        assert len(rows) == 0
        assert np.isnan(rows.count()).all()
        assert np.isnan(rows.sum("amount")).all()
        assert np.isnan(rows.last("amount")).all()
        assert np.isnat(rows.max(rows.days)).all()
        assert np.isnan(rows.where(rows["amount"] > 0).count()).all()
        share, basis = rows.share(rows["amount"] > 0, where=rows["amount"] > 0)
        assert np.isnan(share).all()
        assert np.isnan(basis).all()
    assert np.isnan(period.ever("orders")["quantity"]).all()


def test_what_there_is_not(period: Period) -> None:
    with pytest.raises(ArgumentError, match="Did you mean 'orders'"):
        period.ever("order")
    with pytest.raises(ArgumentError, match="Did you mean 'orders'"):
        period.during("order")
    with pytest.raises(ArgumentError, match="Did you mean 'amount'"):
        period.ever("orders")["amuont"]
    with pytest.raises(ArgumentError, match="Did you mean 'on'"):
        period.during("orders", by="onn")


def test_rows_cannot_be_changed(period: Period) -> None:
    with pytest.raises(ValueError, match="read-only"):
        period.portfolio.tables["orders"].codes[0] = 9
    with pytest.raises(ValueError, match="read-only"):
        period.portfolio.ids[0] = "z"
