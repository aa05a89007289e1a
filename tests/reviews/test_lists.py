"""Whom to watch and whom to guard, on both sides of every threshold."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from klantkompas._thresholds import below
from klantkompas.compass import Compass, Reading
from klantkompas.domain.criteria import AtLeast, AtMost, TopShare
from klantkompas.domain.overrides import Override
from klantkompas.errors import ArgumentError
from klantkompas.hooks import Measure, SuccessFactor, hookimpl
from klantkompas.portfolio import Portfolio
from klantkompas.reviews.guard import guard_list
from klantkompas.reviews.recorded import RecordedReading, record_of
from klantkompas.reviews.watch import watch_list

NOW, THEN = date(2026, 6, 30), date(2025, 12, 31)
NAN = math.nan


class Shop:
    """A plugin with measures, each named by a letter, and success factors of the test's own."""

    def __init__(self, values: dict[str, Sequence[float]], *factors: SuccessFactor) -> None:
        self.values = values
        self.factors = factors

    @hookimpl
    def klantkompas_measures(self) -> list[Measure]:
        return [
            Measure(name=name, of=lambda p, v=v: np.array(v, float), unit="points", describes=name)
            for name, v in self.values.items()
        ]

    @hookimpl
    def klantkompas_success_factors(self) -> list[SuccessFactor]:
        return list(self.factors)


def factor(name: str, criterion: Any) -> SuccessFactor:
    return SuccessFactor(name=name, measure=name, criterion=criterion, title=f"has {name}")


def read(
    plugin: Shop,
    as_of: date = NOW,
    *,
    ids: str = "abc",
    overrides: Sequence[Override] = (),
    opted_out: str = "",
    **tables: Any,
) -> Reading:
    """Read a shop where each customer ordered once, for 10, on the day, and all are classed C."""
    if "orders" not in tables:
        tables["orders"] = {"customer": [*ids], "on": [as_of] * len(ids), "amount": [10] * len(ids)}
    customers = {"id": [*ids], "opted_out": [each in opted_out for each in ids]}
    portfolio = Portfolio.from_tables(customers=customers, **tables)
    given = [*overrides]
    named = {each.customer for each in overrides}
    given += [
        Override(each, "C", by="Anna", on=as_of, because="test")
        for each in ids
        if each not in named
    ]
    return Compass([plugin], installed=False).read(portfolio, as_of, overrides=given)


def made(customer: str, label: str) -> Override:
    return Override(customer, label, by="Anna", on=NOW, because="test")


# Watch


def own(reading: Reading) -> RecordedReading:
    """Keep of a reading the factors of the test's own, whose measures are named by a letter."""
    record = record_of(reading)
    return evolve(record, factors=tuple(each for each in record.factors if len(each.name) == 1))


def test_the_nearest_factor_is_the_one_that_is_least_far_as_a_part_of_the_larger() -> None:
    shop = Shop(
        {"x": [80, 50, 95], "y": [5, 3, NAN]}, factor("x", AtLeast(100)), factor("y", AtMost(2.5))
    )
    found = watch_list(own(read(shop))).listed
    told = {each.customer: (each.factor, each.distance) for each in found}
    assert told["a"] == ("x", pytest.approx(20 / 100))
    assert told["b"] == ("y", pytest.approx(0.5 / 3))
    assert told["c"] == ("x", pytest.approx(5 / 100))
    assert [each.customer for each in found] == ["c", "b", "a"]
    assert all(each.nearer is None for each in found)


def test_equally_near_factors_stand_by_name_and_customers_by_id() -> None:
    shop = Shop({"y": [50] * 3, "x": [5] * 3}, factor("y", AtLeast(100)), factor("x", AtLeast(10)))
    found = watch_list(own(read(shop))).listed
    assert [(each.customer, each.factor) for each in found] == [(each, "x") for each in "abc"]


def test_what_is_met_or_unknown_is_not_in_reach() -> None:
    shop = Shop({"x": [100, NAN, 99]}, factor("x", AtLeast(100)))
    assert [each.customer for each in watch_list(own(read(shop))).listed] == ["c"]


def test_a_share_that_rests_on_too_little_is_not_in_reach() -> None:
    orders = {
        "customer": ["a"] * 2 + ["b"] * 3,
        "on": [NOW] * 5,
        "amount": [10] * 5,
        "clear": [True, False, True, False, True],
    }
    found = watch_list(read(Shop({}), ids="ab", orders=orders)).listed
    assert {each.customer for each in found if each.factor == "clear_orders"} <= {"b"}
    assert "clear_orders" in {each.factor for each in found}


def test_at_the_threshold_itself_the_distance_is_0() -> None:
    shop = Shop({"x": [0, 0, 0]}, factor("x", TopShare(0.2)))
    found = watch_list(own(read(shop))).listed
    assert [(each.factor, each.distance, each.cutoff.comparison) for each in found] == [
        ("x", 0, "above")
    ] * 3


@pytest.mark.parametrize(
    ("was", "nearer"), [(79.0, True), (80.0, False), (81.0, False), (100.0, False), (NAN, None)]
)
def test_whether_it_came_nearer_is_told_against_the_last_review(
    was: float, nearer: bool | None
) -> None:
    then = read(Shop({"x": [was]}, factor("x", AtLeast(100))), THEN, ids="a")
    now = read(Shop({"x": [80]}, factor("x", AtLeast(100))), ids="a")
    (found,) = watch_list(own(now), then).listed
    assert found.nearer is nearer
    assert found.previous_distance == pytest.approx((100 - was) / 100, nan_ok=True)


def test_a_reading_and_the_record_of_it_give_the_same_lists() -> None:
    then = read(Shop({"x": [70, 90]}, factor("x", AtLeast(100))), THEN, ids="ab")
    now = read(Shop({"x": [80, 80]}, factor("x", AtLeast(100))), ids="ab")
    told = str(watch_list(now, then))
    assert told == str(watch_list(record_of(now), record_of(then)))
    assert "nearer" in told


def test_the_last_review_had_its_own_threshold() -> None:
    then = read(Shop({"x": [80]}, factor("x", AtLeast(160))), THEN, ids="a")
    now = read(Shop({"x": [80]}, factor("x", AtLeast(100))), ids="a")
    (found,) = watch_list(own(now), then).listed
    assert (found.previous_distance, found.nearer) == (0.5, True)


def test_a_customer_or_factor_that_is_new_since_cannot_have_come_nearer() -> None:
    now = read(Shop({"x": [80, 80]}, factor("x", AtLeast(100))), ids="ab")
    then = read(Shop({"x": [70]}, factor("x", AtLeast(100))), THEN, ids="b")
    assert {each.customer: each.nearer for each in watch_list(own(now), then).listed} == {
        "a": None,
        "b": True,
    }
    other = SuccessFactor(name="x", measure="z", criterion=AtLeast(100), title="does")
    changed = read(Shop({"z": [70, 70]}, other), THEN, ids="ab")
    assert [each.nearer for each in watch_list(own(now), changed).listed] == [None, None]


def test_only_c_customers_are_watched_and_never_who_objects() -> None:
    shop = Shop({"x": [80, 80, 80, 80]}, factor("x", AtLeast(100)))
    reading = read(shop, ids="abcd", overrides=[made("a", "A"), made("b", "D")], opted_out="c")
    assert [each.customer for each in watch_list(reading).listed] == ["d"]


def test_a_watch_list_says_who_is_nearest_and_to_what() -> None:
    ids = "abcdefg"
    then = read(Shop({"x": [70.0] * 7}, factor("x", AtLeast(100))), THEN, ids=ids)
    now = read(Shop({"x": [90.0, *range(60, 66)]}, factor("x", AtLeast(100))), ids=ids)
    found = watch_list(own(now), then)
    lines = str(found).splitlines()
    assert lines[:2] == [
        "Watch: 7 C, the nearest to a success factor first",
        "  a: has x: at least 100 (now 90 points), nearer than at the last review",
    ]
    assert lines[2].endswith("(now 65 points), no nearer than at the last review")
    assert lines[-1] == "  ... and 2 more"
    assert len(found.sentences("nl")) == len(found) == 7
    assert str(found.listed[0]) == found.sentences()[0]
    frame = found.to_frame("polars")
    assert frame.columns[:2] == ["id", "factor"]
    assert frame["distance"].is_sorted()
    assert watch_list(own(now)).to_frame("polars")["previous_distance"].null_count() == 7


@given(
    st.lists(st.floats(-100, 100), min_size=1, max_size=6),
    st.floats(-100, 100).filter(lambda each: each != 0),
)
def test_a_distance_is_a_part_of_the_larger(values: list[float], threshold: float) -> None:
    ids = "abcdef"[: len(values)]
    reading = read(Shop({"x": values}, factor("x", AtLeast(threshold))), ids=ids)
    found = watch_list(own(reading)).listed
    assert len(found) == sum(below(values, threshold))
    for each in found:
        assert 0 <= each.distance <= 2
        assert not each.cutoff.met(np.array([each.value]))[0]
        apart = abs(each.cutoff.value - each.value)
        assert each.distance * max(abs(each.value), abs(each.cutoff.value)) == pytest.approx(apart)


# Guard


def orders_on(*days_ago: int) -> dict[str, Any]:
    days = [NOW - timedelta(days=each) for each in days_ago]
    return {"customer": ["a"] * len(days), "on": days, "amount": [10] * len(days)}


def reasons(reading: Reading, previous: Reading | None = None) -> list[str]:
    return [
        concern.measure
        for each in guard_list(reading, previous).listed
        for concern in each.concerns
    ]


@pytest.mark.parametrize(
    ("days_ago", "late"),
    [
        ((41, 31, 21), True),
        ((40, 30, 20), False),
        ((31, 21), False),
        ((31, 31, 21), False),
        ((100, 41, 31, 21), True),
        ((51, 21, 21, 21), False),
    ],
)
def test_an_a_is_late_after_more_than_twice_its_usual_interval(
    days_ago: tuple[int, ...], late: bool
) -> None:
    reading = read(Shop({}), ids="a", orders=orders_on(*days_ago), overrides=[made("a", "A")])
    assert reasons(reading) == (["recency_days"] if late else [])


def scored(score: int | None, as_of: date, label: str = "A", **more: Any) -> Reading:
    responses = {"customer": ["a"], "on": [as_of], "score": [score]}
    return read(Shop({}), as_of, ids="a", responses=responses, overrides=[made("a", label)], **more)


@pytest.mark.parametrize(
    ("was", "score", "fell"),
    [(9, 8, True), (8, 8, False), (7, 8, False), (None, 8, False), (9, None, False)],
)
def test_an_a_whose_score_fell_is_one_to_guard(
    was: int | None, score: int | None, fell: bool
) -> None:
    now, then = scored(score, NOW), scored(was, THEN)
    assert reasons(now, then) == (["last_score", "remembered"] if fell else [])
    assert reasons(now) == []


def remembering(rating: float, as_of: date) -> RecordedReading:
    record = record_of(read(Shop({}), as_of, ids="a", overrides=[made("a", "A")]))
    remembered = {"remembered": np.array([rating])}
    return evolve(record, measures=record.measures.with_values(remembered))


def test_an_a_that_remembers_less_is_one_to_guard() -> None:
    (found,) = guard_list(remembering(6.5, NOW), remembering(8, THEN)).listed
    assert str(found) == "a: what they remember fell from 8 to 6.5"
    assert not guard_list(remembering(8, NOW), remembering(8, THEN)).listed
    assert not guard_list(remembering(8, NOW)).listed


def test_only_an_a_is_guarded_and_never_who_objects() -> None:
    assert reasons(scored(5, NOW, "B"), scored(9, THEN)) == []
    assert reasons(scored(5, NOW, opted_out="a"), scored(9, THEN)) == []
    assert reasons(scored(5, NOW), scored(9, THEN, "C")) == ["last_score", "remembered"]


def test_a_guard_list_gives_every_reason() -> None:
    responses = {"customer": ["a"] * 2, "on": [THEN, NOW], "score": [10, 6]}
    orders = orders_on(250, 245, 240, 60)
    then, now = (
        read(Shop({}), day, ids="a", orders=orders, responses=responses, overrides=[made("a", "A")])
        for day in (THEN, NOW)
    )
    found = guard_list(now, then)
    assert str(found) == (
        "Guard: 1 A who may be slipping away\n"
        "  a: their last order was 60 days ago, more than twice their usual 5 days between "
        "orders; their score fell from 10 to 6; what they remember fell from 10 to 8"
    )
    assert len(found.sentences("nl")) == 1
    assert str(found.listed[0].concerns[1]) == "their score fell from 10 to 6"
    assert found.to_frame("polars").rows() == [
        ("a", "recency_days", 60, 5),
        ("a", "last_score", 6, 10),
        ("a", "remembered", 8, 10),
    ]


def test_who_brings_most_is_guarded_first() -> None:
    days = (250, 245, 240, 60)
    each = orders_on(*days)
    orders = {
        "customer": [id_ for id_ in "abc" for _ in days],
        "on": [*each["on"]] * 3,
        "amount": [amount for amount in (5, 9, 5) for _ in days],
    }
    reading = read(Shop({}), orders=orders, overrides=[made(id_, "A") for id_ in "abc"])
    assert [listed.customer for listed in guard_list(reading).listed] == ["b", "a", "c"]


def test_nobody_to_look_at_is_an_empty_list() -> None:
    reading = read(Shop({}), ids="a", orders=orders_on(400))
    for found in (watch_list(reading), guard_list(reading)):
        assert len(found) == 0
        assert len(found.to_frame("polars")) == 0


def test_the_last_review_is_earlier() -> None:
    reading = read(Shop({}))
    for make in (watch_list, guard_list):
        with pytest.raises(ArgumentError, match="is not before 2026-06-30"):
            make(reading, reading)
