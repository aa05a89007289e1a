"""What went wrong before the latest answer: 0 to 90 days, both ends included."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

Value = Callable[..., float | None]
ANSWER = date(2026, 6, 20)
SCORE = ("on score", [(ANSWER, 7)])
DAYS = [(-1, 0), (0, 1), (1, 1), (90, 1), (91, 0)]


@pytest.mark.parametrize(("days", "count"), DAYS)
def test_both_ends_are_included(days: int, count: float, value: Value) -> None:
    on = ANSWER - timedelta(days)
    assert value("complaints_before_answer", responses=SCORE, complaints=("on", [(on,)])) == count
    contacts = ("on rating", [(on, 3.0)])
    assert value("bad_contacts_before_answer", responses=SCORE, contacts=contacts) == count
    orders = ("on amount clear", [(on, 5.0, False)])
    assert value("unclear_orders_before_answer", responses=SCORE, orders=orders) == count


@pytest.mark.parametrize(
    ("justified", "count"), [([True], 1), ([None], 1), ([False], 0), ([True, False, None], 2)]
)
def test_complaints_not_found_unjustified(justified: list[Any], count: float, value: Value) -> None:
    complaints = ("on justified", [(ANSWER, each) for each in justified])
    assert value("complaints_before_answer", responses=SCORE, complaints=complaints) == count


@pytest.mark.parametrize(
    ("ratings", "count"),
    [([3.0], 1), ([3.1], 0), ([0.0, 3.0, 4.0], 2), ([None, 2.0], 1), ([None], None), ([], 0)],
)
def test_contacts_rated_3_or_lower(
    ratings: list[float | None], count: float | None, value: Value
) -> None:
    contacts = ("on rating", [(ANSWER, each) for each in ratings])
    assert value("bad_contacts_before_answer", responses=SCORE, contacts=contacts) == count


@pytest.mark.parametrize(
    ("orders", "count"),
    [
        ([(1.0, False)], 1),
        ([(1.0, True)], 0),
        ([(0.0, False)], 0),
        ([(-1.0, False), (1.0, None)], None),
        ([(1.0, None), (2.0, False)], 1),
        ([], 0),
    ],
)
def test_orders_that_were_not_clear(orders: list[Any], count: float | None, value: Value) -> None:
    rows = ("on amount clear", [(ANSWER, *each) for each in orders])
    assert value("unclear_orders_before_answer", responses=SCORE, orders=rows) == count


def test_it_is_the_day_that_counts_and_not_the_hour(value: Value) -> None:
    later = ("on", [(datetime(2026, 6, 20, 23),)])
    assert value("complaints_before_answer", responses=SCORE, complaints=later) == 1


def test_it_is_the_latest_answer_of_the_period(value: Value) -> None:
    answers = ("on score", [(date(2026, 1, 5), 7), (ANSWER, 8), (date(2026, 6, 21), None)])
    for on, count in ((date(2026, 1, 5), 0), (ANSWER, 1), (date(2026, 6, 21), 0)):
        complaints = ("on", [(on,)])
        found = value("complaints_before_answer", responses=answers, complaints=complaints)
        assert found == count


def test_without_an_answer_or_a_table_it_is_unknown(value: Value) -> None:
    complaints = ("on", [(ANSWER,)])
    assert value("complaints_before_answer", complaints=complaints) is None
    assert value("complaints_before_answer", responses=SCORE) is None
    old = ("on score", [(date(2025, 12, 30), 7)])
    assert value("complaints_before_answer", responses=old, complaints=complaints) is None
    contacts, orders = ("on", [(ANSWER,)]), ("on amount", [(ANSWER, 1.0)])
    assert value("bad_contacts_before_answer", responses=SCORE, contacts=contacts) is None
    assert value("unclear_orders_before_answer", responses=SCORE, orders=orders) is None
