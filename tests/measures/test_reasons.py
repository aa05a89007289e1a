"""Reasons of departures and of answers, counted as categories."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from klantkompas.portfolio import Measures

Measured = Callable[..., Measures]
BEFORE, FIRST, LAST, AFTER = (
    date(2025, 12, 30),
    date(2025, 12, 31),
    date(2026, 6, 30),
    date(2026, 7, 1),
)


@pytest.mark.parametrize(("on", "count"), [(BEFORE, 0), (FIRST, 1), (LAST, 1), (AFTER, 0)])
def test_departures_of_the_period(on: date, count: int, measure: Measured) -> None:
    rows = ("on believed_reason stated_reason", [(on, "Price", None)])
    tallies = measure(departures=rows).tallies
    assert tallies["departure_reasons"] == ({("price", ""): 1} if count else {})


def test_reasons_that_differ_in_capitals_and_spaces_only_are_one(measure: Measured) -> None:
    rows = [(LAST, " Te  duur", "SERVICE"), (LAST, "te duur ", "service"), (LAST, None, None)]
    found = measure(departures=("on believed_reason stated_reason", rows))
    assert found.tallies["departure_reasons"] == {("", ""): 1, ("te duur", "service"): 2}


def test_free_text_is_no_category_and_is_not_kept(measure: Measured) -> None:
    longest, longer = "x" * 80, "Mrs Smith of 12 High Street said " * 3
    rows = [(LAST, longest), (LAST, longer)]
    found = measure(departures=("on stated_reason", rows)).tallies["departure_reasons"]
    assert found == {("", "..."): 1, ("", longest): 1}
    answers = ("on score reason", [(LAST, 9, longer)])
    assert measure(responses=answers).tallies["answer_reasons"] == {("...", "promoter"): 1}


def test_reasons_of_answers_by_their_kind(measure: Measured) -> None:
    scores = [6, 7, 8, 9, None]
    rows = [(LAST, score, "Price") for score in scores] + [(LAST, 10, None), (BEFORE, 9, "price")]
    assert measure(responses=("on score reason", rows)).tallies["answer_reasons"] == {
        ("price", "detractor"): 1,
        ("price", "passive"): 2,
        ("price", "promoter"): 1,
        ("price", "unanswered"): 1,
    }
    assert measure(responses=("on score", [(LAST, 9)])).tallies["answer_reasons"] == {}
    assert measure().tallies["answer_reasons"] == {}
    assert measure().tallies["departure_reasons"] == {}
