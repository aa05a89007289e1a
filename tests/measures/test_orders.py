"""What orders say, at both sides of every edge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import numpy as np
import pytest

from klantkompas.errors import DataError

Value = Callable[..., float | None]
PLAIN = "on amount"
FULL = "on amount margin quantity clear reference"
BEFORE, FIRST, LAST, AFTER = (
    date(2025, 12, 30),
    date(2025, 12, 31),
    date(2026, 6, 30),
    date(2026, 7, 1),
)
ALL_OF_ORDERS = ["order_count", "revenue", "order_days", "active"]
OF_COLUMNS = ["quantity", "margin", "margin_share", "clear_share"]


@pytest.mark.parametrize(
    ("day", "counted"), [(BEFORE, 0), (FIRST, 1), (LAST, 1), (AFTER, 0), (date(2026, 3, 1), 1)]
)
def test_the_period_is_half_open(day: date, counted: int, value: Value) -> None:
    orders = (PLAIN, [(day, 5.0)])
    assert value("order_count", orders=orders) == counted
    assert value("revenue", orders=orders) == 5.0 * counted
    assert value("order_days", orders=orders) == counted
    assert value("active", orders=orders) == counted


@pytest.mark.parametrize(
    ("as_of", "start"),
    [
        (date(2026, 8, 31), date(2026, 2, 28)),
        (date(2024, 8, 31), date(2024, 2, 29)),
        (date(2026, 8, 28), date(2026, 2, 28)),
        (date(2026, 12, 31), date(2026, 6, 30)),
    ],
)
def test_the_period_is_clipped_to_the_months_length(as_of: date, start: date, value: Value) -> None:
    day_after = date.fromordinal(start.toordinal() + 1)
    assert value("order_count", as_of=as_of, orders=(PLAIN, [(start, 1.0)])) == 0
    assert value("order_count", as_of=as_of, orders=(PLAIN, [(day_after, 1.0)])) == 1


@pytest.mark.parametrize(("amount", "is_order"), [(0.01, 1), (0.0, 0), (-0.01, 0)])
def test_a_credit_note_is_no_order(amount: float, is_order: int, value: Value) -> None:
    orders = (PLAIN, [(LAST, amount)])
    assert value("order_count", orders=orders) == is_order
    assert value("order_days", orders=orders) == is_order
    assert value("active", orders=orders) == is_order
    assert value("revenue", orders=orders) == amount
    assert value("recency_days", orders=orders) == (0 if is_order else None)


@pytest.mark.parametrize("name", ALL_OF_ORDERS)
def test_without_rows_counts_and_sums_are_zero(name: str, value: Value) -> None:
    assert value(name, orders=(PLAIN, [])) == 0
    assert value(name) is None


@pytest.mark.parametrize("name", ["quantity", "margin"])
def test_sums_of_what_may_be_empty(name: str, value: Value) -> None:
    def summed(*found: float | None) -> float | None:
        return value(name, orders=(f"on amount {name}", [(LAST, 1.0, each) for each in found]))

    assert value(name) is None
    assert value(name, orders=(PLAIN, [(LAST, 1.0)])) is None
    assert summed() == 0
    assert summed(None) is None
    assert summed(None, None) is None
    assert summed(None, 2.0) == 2
    assert summed(3.0, -2.0) == 1


def test_credits_lower_the_sums(value: Value) -> None:
    rows = [(LAST, 10.0, 4.0, 2.0, True, "r1"), (LAST, -3.0, -1.0, -1.0, None, "r2")]
    assert value("revenue", orders=(FULL, rows)) == 7
    assert value("margin", orders=(FULL, rows)) == 3
    assert value("quantity", orders=(FULL, rows)) == 1
    assert value("order_count", orders=(FULL, rows)) == 1


def test_decimal_money_sums_without_a_rest(value: Value) -> None:
    rows = [(LAST, amount) for amount in (0.1, 0.2, 0.7, -1.0)]
    assert value("revenue", orders=(PLAIN, rows)) == 0.0
    rows = [(LAST, amount) for amount in [0.1] * 10]
    assert value("revenue", orders=(PLAIN, rows)) == 1.0


def test_margin_as_a_share_of_the_lines_that_have_one(
    value: Value, basis: Callable[..., float]
) -> None:
    heading = "on amount margin reference"
    rows = [(LAST, 10.0, 4.0, "r"), (LAST, 30.0, None, "r"), (LAST, -2.0, -1.0, "c")]
    assert value("margin_share", orders=(heading, rows)) == 3 / 8
    assert basis("margin_share", orders=(heading, rows)) == 8
    assert value("margin_share", orders=(heading, [])) is None
    assert value("margin_share", orders=(heading, [(LAST, 10.0, None, "r")])) is None
    assert value("margin_share", orders=(heading, [(LAST, 0.0, 1.0, "r")])) is None
    assert value("margin_share", orders=(heading, [(LAST, -1.0, 1.0, "r")])) is None
    assert value("margin_share", orders=(heading, [(LAST, 0.01, -1.0, "r")])) == -100
    assert value("margin_share", orders=(PLAIN, [(LAST, 10.0)])) is None
    assert value("margin_share") is None


def test_lines_belong_to_the_period_of_their_order(value: Value) -> None:
    heading = "on amount margin reference"
    rows = [(BEFORE, 10.0, 1.0, "r"), (FIRST, 10.0, 9.0, "r")]
    assert value("order_count", orders=(heading, rows)) == 0
    assert value("margin_share", orders=(heading, rows)) is None
    rows = [(FIRST, 10.0, 1.0, "r"), (AFTER, 10.0, 9.0, "r")]
    assert value("revenue", orders=(heading, rows)) == 10
    assert value("margin_share", orders=(heading, rows)) == 0.1


def test_money_credited_of_money_ordered(value: Value, basis: Callable[..., float]) -> None:
    rows = [(LAST, 60.0), (LAST, 40.0), (LAST, -5.0), (BEFORE, -50.0)]
    assert value("credited_share", orders=(PLAIN, rows)) == 0.05
    assert basis("credited_share", orders=(PLAIN, rows)) == 100
    assert value("credited_share", orders=(PLAIN, [(LAST, 60.0)])) == 0
    assert value("credited_share", orders=(PLAIN, [(LAST, 60.0), (LAST, -90.0)])) == 1.5
    assert value("credited_share", orders=(PLAIN, [(LAST, -5.0)])) is None
    assert value("credited_share", orders=(PLAIN, [])) is None
    assert value("credited_share") is None


REFUNDED = "on amount refunded reference"


def test_money_given_back_lowers_revenue_and_counts_as_credited(value: Value) -> None:
    rows = [(LAST, 60.0, 10.3, None), (LAST, 40.0, None, None), (LAST, -5.0, None, None)]
    assert value("revenue", orders=(REFUNDED, rows)) == 84.7
    assert value("credited_share", orders=(REFUNDED, rows)) == 0.153
    assert value("order_count", orders=(REFUNDED, rows)) == 2
    assert value("average_order_value", orders=(REFUNDED, rows)) == 50


def test_an_order_that_is_refunded_whole_stays_an_order(value: Value) -> None:
    orders = ("on amount refunded margin", [(LAST, 60.0, 60.0, 6.0)])
    assert value("order_count", orders=orders) == 1
    assert value("revenue", orders=orders) == 0
    assert value("credited_share", orders=orders) == 1
    assert value("margin_share", orders=orders) == 0.1


def test_a_refund_is_dated_by_its_order_and_added_over_its_rows(value: Value) -> None:
    rows = [(LAST, 60.0, 1.0, "r"), (LAST, 40.0, 2.0, "r"), (BEFORE, 10.0, 5.0, "s")]
    assert value("revenue", orders=(REFUNDED, rows)) == 97
    assert value("credited_share", orders=(REFUNDED, rows)) == 0.03


def test_a_refund_below_nothing_is_refused(value: Value) -> None:
    with pytest.raises(DataError, match="refunded"):
        value("revenue", orders=(REFUNDED, [(LAST, 60.0, -1.0, None)]))


@pytest.mark.parametrize(
    ("rows", "share", "revenue", "count"),
    [
        # Back on a later day: credited, and nothing off what was ordered.
        ([(FIRST, 100.0, "r"), (LAST, -30.0, "r")], 0.3, 70, 1),
        # Taken off on the day itself: a line of the order.
        ([(FIRST, 100.0, "r"), (FIRST, -30.0, "r")], 0, 70, 1),
        # The same, as credit notes with numbers of their own, or none.
        ([(FIRST, 100.0, "r"), (LAST, -30.0, "c")], 0.3, 70, 1),
        ([(FIRST, 100.0, "r"), (LAST, -30.0, None)], 0.3, 70, 1),
        # All of it back: no order any more, but ordered and credited money beside another's.
        ([(FIRST, 100.0, "r"), (LAST, -100.0, "r"), (LAST, 100.0, "s")], 0.5, 100, 1),
        ([(FIRST, 100.0, "r"), (LAST, -100.0, "r")], None, 0, 0),
        # A credit note of two days is one.
        ([(FIRST, -10.0, "c"), (LAST, -10.0, "c"), (LAST, 100.0, "s")], 0.2, 80, 1),
    ],
)
def test_negative_rows_under_an_orders_own_reference(
    rows: list[Any], share: float | None, revenue: float, count: int, value: Value
) -> None:
    orders = ("on amount reference", rows)
    assert value("credited_share", orders=orders) == share
    assert value("revenue", orders=orders) == revenue
    assert value("order_count", orders=orders) == count


def test_credit_of_after_the_reference_date_has_not_happened(value: Value) -> None:
    rows = [(FIRST, 100.0, "r"), (AFTER, -30.0, "r")]
    assert value("credited_share", orders=("on amount reference", rows)) == 0
    assert value("revenue", orders=("on amount reference", rows)) == 100


def test_days_with_an_order(value: Value) -> None:
    moments = [datetime(2026, 6, 1, 0, 0), datetime(2026, 6, 1, 23, 59), datetime(2026, 6, 2, 0, 0)]
    assert value("order_days", orders=(PLAIN, [(each, 1.0) for each in moments])) == 2
    moments_and_credit = [(moments[0], 1.0), (moments[2], -1.0)]
    assert value("order_days", orders=(PLAIN, moments_and_credit)) == 1


def test_days_since_the_last_order_ever(value: Value) -> None:
    assert value("recency_days", orders=(PLAIN, [(LAST, 1.0)])) == 0
    assert value("recency_days", orders=(PLAIN, [(BEFORE, 1.0), (FIRST, -1.0)])) == 182
    assert value("recency_days", orders=(PLAIN, [(date(2016, 6, 30), 1.0)])) == 3652
    assert value("recency_days", orders=(PLAIN, [])) is None
    assert value("recency_days") is None


@pytest.mark.parametrize(
    ("clear", "share", "behind"),
    [
        ([True, True, False], 2 / 3, 3),
        ([True, None, None], 1, 1),
        ([False, None], 0, 1),
        ([None, None], None, np.nan),
        ([], None, np.nan),
    ],
)
def test_clear_orders(
    clear: list[bool | None],
    share: float | None,
    behind: float,
    value: Value,
    basis: Callable[..., float],
) -> None:
    orders = ("on amount clear", [(LAST, 1.0, each) for each in clear])
    assert value("clear_share", orders=orders) == share
    np.testing.assert_equal(basis("clear_share", orders=orders), behind)


def test_a_credit_note_is_neither_clear_nor_unclear(value: Value) -> None:
    rows = [(LAST, 1.0, True), (LAST, -1.0, False)]
    assert value("clear_share", orders=("on amount clear", rows)) == 1
    assert value("clear_share", orders=(PLAIN, [(LAST, 1.0)])) is None


@pytest.mark.parametrize(
    ("lines", "clear"),
    [([True, True], 1), ([True, None], 1), ([True, False], 0), ([None, False], 0), ([None], None)],
)
def test_an_order_is_clear_when_all_its_known_lines_are(
    lines: list[bool | None], clear: float | None, value: Value
) -> None:
    rows = [(LAST, 1.0, each, "r") for each in lines]
    assert value("clear_share", orders=("on amount clear reference", rows)) == clear


def test_rows_with_one_reference_are_one_order(value: Value) -> None:
    heading = "on amount reference"
    rows = [(FIRST, 5.0, "r"), (LAST, 3.0, "r"), (LAST, 2.0, None), (LAST, 2.0, None)]
    assert value("order_count", orders=(heading, rows)) == 3
    assert value("order_days", orders=(heading, rows)) == 2
    assert value("recency_days", orders=(heading, rows[:2])) == 181
    assert value("order_count", orders=(heading, [(LAST, 5.0, "r"), (LAST, -5.0, "r")])) == 0
    assert value("order_count", orders=(heading, [(LAST, 5.0, "r"), (LAST, -4.99, "r")])) == 1
    assert value("revenue", orders=(heading, [(LAST, 5.0, "r"), (LAST, -9.0, "r")])) == -4
    assert value("order_count", orders=(heading, [(LAST, 5.0, ""), (LAST, 5.0, "")])) == 2


@pytest.mark.parametrize(
    ("ordered", "left", "active"),
    [
        (date(2026, 6, 1), date(2026, 6, 2), 0),
        (date(2026, 6, 1), date(2026, 6, 1), 0),
        (date(2026, 6, 2), date(2026, 6, 1), 1),
        (datetime(2026, 6, 1, 9), date(2026, 6, 1), 1),
        (datetime(2026, 6, 1, 9), datetime(2026, 6, 1, 9), 0),
        (datetime(2026, 6, 1, 9), datetime(2026, 6, 1, 9, 0, 1), 0),
        (date(2026, 6, 1), AFTER, 1),
    ],
)
def test_whoever_left_after_the_last_order_is_not_active(
    ordered: date, left: date, active: int, value: Value
) -> None:
    given: dict[str, Any] = {"orders": (PLAIN, [(ordered, 1.0)]), "departures": ("on", [(left,)])}
    assert value("active", **given) == active


def test_a_credit_note_after_leaving_brings_nobody_back(value: Value) -> None:
    orders = (PLAIN, [(date(2026, 6, 1), 5.0), (date(2026, 6, 9), -5.0)])
    assert value("active", orders=orders, departures=("on", [(date(2026, 6, 5),)])) == 0


def test_a_departure_without_orders_is_not_active(value: Value) -> None:
    assert value("active", orders=(PLAIN, []), departures=("on", [(LAST,)])) == 0
    assert value("active", departures=("on", [(LAST,)])) is None


@pytest.mark.parametrize(
    ("days", "width"),
    [
        ([date(2023, 11, 1), date(2024, 12, 30)], 59),
        ([date(2023, 12, 20), date(2025, 1, 8)], 19),
        ([date(2022, 6, 1), date(2025, 6, 1)], 0),
        ([date(2024, 12, 1), date(2024, 12, 20)], None),
        ([date(2024, 3, 1), date(2024, 6, 1), date(2025, 6, 1)], 92),
        ([date(2024, 6, 1), date(2025, 6, 1), LAST], None),
        ([], None),
    ],
)
def test_the_season_is_the_part_of_the_year_with_all_orders(
    days: list[date], width: float | None, value: Value
) -> None:
    assert value("season_days", orders=(PLAIN, [(day, 1.0) for day in days])) == width
