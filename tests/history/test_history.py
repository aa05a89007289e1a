"""Readings are listed, found and compared; reviews fall due; overrides stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas import ArgumentError, Compass, KlantkompasError, Order, Override, Portfolio
from klantkompas.history import History
from klantkompas.reviews.compare import compare_reviews
from klantkompas.reviews.due import review_due
from klantkompas.reviews.recorded import RecordedReading
from klantkompas.wording.writer import Writer

Same = Callable[[Any, Any], bool]
Shop = Callable[..., RecordedReading]
DATES = (date(2024, 8, 31), date(2025, 2, 28), date(2025, 8, 31))


def test_what_is_recorded_is_listed_in_that_order(shop: Shop, tmp_path: Path):
    first, second = shop(DATES[2]), shop(DATES[0])
    with History(tmp_path / "h") as history:
        kept = (history.record(first, review=True), history.record(second))
        assert history.readings() == kept
    assert [(each.as_of, each.review, each.customers) for each in kept] == [
        (DATES[2], True, len(first.ids)),
        (DATES[0], False, len(second.ids)),
    ]
    assert kept[0].library_version == first.library_version
    assert str(kept[0]) == f"review as of 31 August 2025, customers: {len(first.ids)}"


def test_a_reading_can_be_recorded_as_the_compass_gives_it(tmp_path: Path):
    orders = [Order(customer="a", on=date(2026, 1, 5), amount=10.0)]
    reading = Compass(installed=False).read(Portfolio.from_records(orders))
    with History(tmp_path / "h") as history:
        history.record(reading)
        assert history.reading(date(2026, 1, 5)).labels.tolist() == reading.classes.labels.tolist()


def test_of_one_date_both_are_kept_and_the_last_is_meant(shop: Shop, same: Same, tmp_path: Path):
    old, new = shop(DATES[0]), shop(DATES[0], shortlist=["0293"])
    with History(tmp_path / "h") as history:
        kept = [history.record(each, review=True) for each in (old, new)]
        assert same(history.reading(DATES[0]), new)
        assert same(history.reading(kept[0]), old)
        assert same(history.reading(kept[1]), new)


def test_an_unknown_reading_is_an_error_that_names_the_known(shop: Shop, tmp_path: Path):
    with History(tmp_path / "h") as history:
        with pytest.raises(ArgumentError, match="There are: none"):
            history.reading(DATES[0])
        history.record(shop(DATES[1]))
        with pytest.raises(ArgumentError, match=r"2024-08-31\. There are: 2025-02-28"):
            history.reading(DATES[0])


def test_the_latest_review_is_compared_with_the_one_before(shop: Shop, tmp_path: Path):
    readings = [shop(each) for each in DATES]
    with History(tmp_path / "h") as history:
        for at in (2, 0, 1):
            history.record(readings[at], review=True)
        corrected = history.record(readings[2], review=True)
        history.record(shop(date(2025, 9, 30)))
        found = history.review()
        assert (found.previous.as_of, found.current.as_of) == DATES[1:]
        assert history.review(current=corrected).previous.as_of == DATES[1]
        assert history.review(current=DATES[1]).previous.as_of == DATES[0]
        assert history.review(previous=DATES[0]).current.as_of == DATES[2]
    wanted = compare_reviews(readings[1], readings[2])
    assert found.columns().keys() == wanted.columns().keys()
    for name, column in wanted.columns().items():
        assert found.columns()[name].tolist() == column.tolist()


def test_any_two_readings_can_be_compared(shop: Shop, tmp_path: Path):
    readings = [shop(each) for each in DATES]
    with History(tmp_path / "h") as history:
        for each in readings:
            history.record(each)
        with pytest.raises(ArgumentError, match="no two reviews"):
            history.review()
        found = history.review(DATES[0], DATES[2])
        with pytest.raises(KlantkompasError, match="is not before"):
            history.review(DATES[2], DATES[0])
    assert found.table.tolist() == compare_reviews(readings[0], readings[2]).table.tolist()


def test_one_review_is_nothing_to_compare(shop: Shop, tmp_path: Path):
    with History(tmp_path / "h") as history:
        history.record(shop(DATES[0]), review=True)
        history.record(shop(DATES[0]), review=True)
        with pytest.raises(ArgumentError, match="no two reviews"):
            history.review()


def test_the_last_override_of_each_customer_holds(tmp_path: Path):
    def override(customer: str, label: str) -> Override:
        return Override(customer, label, by="Anna", on=date(2026, 3, 1), because="we know better")

    with History(tmp_path / "h") as history:
        assert history.overrides() == ()
        for each in (override("a", "A"), override("b", "B"), override("a", "C")):
            history.override(each)
    with History(tmp_path / "h") as history:
        assert history.overrides() == (override("b", "B"), override("a", "C"))
        assert '"label": "A"' in history.export("a")


def test_a_review_falls_due_by_the_reviews_up_to_the_day(shop: Shop, tmp_path: Path):
    with History(tmp_path / "h") as history:
        assert history.due(DATES[0]).state == "never reviewed"
        history.record(shop(DATES[0]), review=True)
        history.record(shop(DATES[2]), review=True)
        history.record(shop(date(2026, 1, 31)))
        assert history.due(DATES[0] - timedelta(days=1)).state == "never reviewed"
        assert history.due(DATES[1]).last == DATES[0]
        assert history.due(DATES[1]).state == "due"
        assert history.due(date(2026, 2, 27)).last == DATES[2]
        assert history.due(datetime(2026, 2, 28, 12)).state == "due"
        with pytest.raises(ArgumentError, match="on is a date"):
            history.due("soon")
        assert history.due("2026-02-28") == history.due(date(2026, 2, 28))


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2026, 2, 27), "not yet"),
        (date(2026, 2, 28), "due"),
        (date(2026, 8, 31), "due"),
        (date(2026, 9, 1), "overdue"),
    ],
)
def test_due_after_six_months_and_overdue_after_twelve(on: date, state: str):
    found = review_due(date(2025, 8, 31), on=on)
    assert found.state == state
    assert any(Writer().day(day) in str(found) for day in (found.due, found.overdue) if day)


def test_never_reviewed_says_what_to_do():
    assert str(review_due(None, on=date(2026, 1, 1))).startswith("never reviewed: record")


@given(last=st.dates(date(1970, 1, 1), date(2900, 1, 1)), days=st.integers(0, 800))
def test_every_day_is_in_one_state_and_none_goes_back(last: date, days: int):
    states = ["not yet", "due", "overdue"]
    today, tomorrow = (review_due(last, on=last + timedelta(days=days + d)) for d in (0, 1))
    assert states.index(today.state) <= states.index(tomorrow.state)
    assert today.due is not None
    assert today.overdue is not None
    assert (today.due.year * 12 + today.due.month) - (last.year * 12 + last.month) == 6
    assert today.due.day == last.day or (
        today.due.day < last.day and (today.due + timedelta(days=1)).day == 1
    )
    late = today.overdue - timedelta(days=1)
    assert (late.year, late.month) == (last.year + 1, last.month)
    assert late.day == last.day or (last.month, last.day, late.day) == (2, 29, 28)
