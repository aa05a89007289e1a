"""What survey answers say: the latest of each customer, and all of them counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from klantkompas.compass import Compass
from klantkompas.portfolio import Portfolio

Value = Callable[..., float | None]
HEADING = "on score"
BEFORE, FIRST, LAST, AFTER = (
    date(2025, 12, 30),
    date(2025, 12, 31),
    date(2026, 6, 30),
    date(2026, 7, 1),
)


@pytest.mark.parametrize(("on", "score"), [(BEFORE, None), (FIRST, 8), (LAST, 8), (AFTER, None)])
def test_scores_of_the_period(on: date, score: float | None, value: Value) -> None:
    assert value("last_score", responses=(HEADING, [(on, 8)])) == score


@pytest.mark.parametrize(
    ("rows", "score"),
    [
        ([(FIRST, 3), (LAST, 9)], 9),
        ([(LAST, 9), (FIRST, 3)], 9),
        ([(LAST, 9), (LAST, 3), (LAST, 7)], 3),
        ([(datetime(2026, 6, 30, 9), 3), (datetime(2026, 6, 30, 9, 0, 1), 9)], 9),
        ([(datetime(2026, 6, 30, 9), 3), (datetime(2026, 6, 30, 9), 9)], 3),
        ([(LAST, 2), (datetime(2026, 6, 30, 0, 0, 1), 9)], 9),
        ([(FIRST, 3), (LAST, None)], 3),
        ([(LAST, None)], None),
        ([], None),
    ],
)
def test_the_latest_score_and_of_one_moment_the_lowest(
    rows: list[Any], score: float | None, value: Value
) -> None:
    assert value("last_score", responses=(HEADING, rows)) == score


def test_unknown(value: Value) -> None:
    assert value("last_score") is None
    assert value("last_score", responses=("on", [(LAST,)])) is None


def tallies(**columns: Any) -> Any:
    portfolio = Portfolio.from_tables(
        customers={"id": ["a", "b"], "group": ["north", None]}, responses=columns
    )
    return Compass(installed=False).measure(portfolio, LAST).tallies


@pytest.mark.parametrize(
    ("score", "kind"),
    [
        (0, "detractor"),
        (6, "detractor"),
        (7, "passive"),
        (8, "passive"),
        (9, "promoter"),
        (10, "promoter"),
        (None, "unanswered"),
    ],
)
def test_kinds_of_answer(score: int | None, kind: str) -> None:
    found = tallies(customer=["a"], on=[LAST], score=[score])
    assert found["answers"] == {("north", kind): 1}
    by_month = {} if score is None else {("2026-06", "north", kind): 1}
    assert found["answers_by_month"] == by_month


def test_answers_count_by_group_whoever_gave_them() -> None:
    found = tallies(
        customer=["a", "b", None, "a", "a", "b"],
        on=[LAST, LAST, LAST, LAST, BEFORE, AFTER],
        score=[9, 9, 9, 1, 9, 9],
    )
    assert found["answers"] == {
        ("", "promoter"): 2,
        ("north", "detractor"): 1,
        ("north", "promoter"): 1,
    }


def test_a_months_answer_is_each_customers_latest_of_it() -> None:
    found = tallies(
        customer=["a", "a", "a", None, None],
        on=[date(2026, 5, 1), date(2026, 5, 31), date(2026, 6, 1), LAST, LAST],
        score=[1, 9, 7, 9, 9],
    )
    assert found["answers_by_month"] == {
        ("2026-05", "north", "promoter"): 1,
        ("2026-06", "", "promoter"): 2,
        ("2026-06", "north", "passive"): 1,
    }


def test_nothing_was_asked() -> None:
    portfolio = Portfolio.from_tables(customers={"id": ["a"]})
    found = Compass(installed=False).measure(portfolio, LAST).tallies
    assert found["answers"] == found["answers_by_month"] == {}


def test_scores_from_one_read_the_same_where_nobody_gave_nought() -> None:
    given = {"customer": ["a", "b"], "on": [LAST] * 2, "score": [1, 10]}
    wide, narrow = (
        Compass(installed=False).read(Portfolio.from_tables(responses=given, score_scale=scale))
        for scale in ((0, 10), (1, 10))
    )
    assert wide.nps.value == narrow.nps.value == 0
    assert wide.nps.score.note is not None
    assert narrow.nps.score.note is None
    assert "0-10" in str(wide.nps)
    assert "1-10" in str(narrow.nps)
