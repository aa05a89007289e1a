"""What complaints say, at both sides of every edge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

Value = Callable[..., float | None]
BEFORE, FIRST, LAST, AFTER = (
    date(2025, 12, 30),
    date(2025, 12, 31),
    date(2026, 6, 30),
    date(2026, 7, 1),
)
TWO_ORDERS = ("on amount", [(LAST, 1.0), (LAST, 2.0), (LAST, -1.0)])


@pytest.mark.parametrize(("on", "rate"), [(BEFORE, 0), (FIRST, 0.5), (LAST, 0.5), (AFTER, 0)])
def test_complaints_per_order(on: date, rate: float, value: Value) -> None:
    assert value("complaint_rate", orders=TWO_ORDERS, complaints=("on", [(on,)])) == rate


def test_what_lies_behind_the_rate(value: Value, basis: Callable[..., float]) -> None:
    complaints = ("on", [(LAST,)] * 3)
    assert value("complaint_rate", orders=TWO_ORDERS, complaints=complaints) == 1.5
    assert basis("complaint_rate", orders=TWO_ORDERS, complaints=complaints) == 2


def test_the_rate_is_unknown_without_orders_or_complaints(value: Value) -> None:
    assert value("complaint_rate", orders=TWO_ORDERS) is None
    assert value("complaint_rate", orders=TWO_ORDERS, complaints=("on", [])) == 0
    assert value("complaint_rate", complaints=("on", [(LAST,)])) is None
    credit = ("on amount", [(LAST, -1.0)])
    assert value("complaint_rate", orders=credit, complaints=("on", [(LAST,)])) is None


@pytest.mark.parametrize(
    ("on", "resolved", "count"),
    [
        (LAST, None, 1),
        (LAST, LAST, 0),
        (date(2016, 1, 1), None, 1),
        (FIRST, AFTER, 1),
        (AFTER, None, 0),
        (FIRST, date(2016, 1, 1), 0),
    ],
)
def test_open_complaints(on: date, resolved: date | None, count: int, value: Value) -> None:
    assert value("open_complaints", complaints=("on resolved", [(on, resolved)])) == count


def test_open_complaints_are_unknown_where_nobody_says_what_was_resolved(value: Value) -> None:
    assert value("open_complaints") is None
    assert value("open_complaints", complaints=("on", [(LAST,)])) is None
    assert value("open_complaints", complaints=("on resolved", [])) == 0
