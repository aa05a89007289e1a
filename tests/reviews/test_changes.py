"""Who changed is named with what they did, and that follows from both readings, whatever these."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas import (
    Compass,
    Customer,
    Departure,
    Invoice,
    Order,
    Portfolio,
    Reading,
    compare_reviews,
    plan_letting_go,
)
from klantkompas.reviews.came_and_went import Came, Went
from klantkompas.reviews.causes import Cause
from klantkompas.reviews.changes import ClassChange
from klantkompas.reviews.compare import GONE, INACTIVE, NEW, Review
from klantkompas.reviews.work_lists import work_lists
from klantkompas.testing import interactions

COMPASS = Compass(installed=False)
THEN, NOW = date(2025, 6, 30), date(2025, 12, 31)
MOMENTS = st.datetimes(datetime(2024, 10, 1), datetime(2025, 12, 31)).map(datetime.date)


def reviewed(*happened: object, customers: tuple[Customer, ...] = ()) -> tuple[Reading, Review]:
    portfolio = Portfolio.from_records(happened, customers)
    then, now = (COMPASS.read(portfolio, as_of) for as_of in (THEN, NOW))
    return now, compare_reviews(then, now)


def order(customer: str, year: int, month: int, amount: float = 10.0, **more: bool) -> Order:
    return Order(customer=customer, on=date(year, month, 5), amount=amount, **more)


@given(st.lists(interactions(ids=st.sampled_from("abcdef"), moments=MOMENTS), max_size=25))
def test_who_came_and_went_is_the_difference(happened: list[object]) -> None:
    _, review = reviewed(*happened)
    came = {each.customer for each in (*review.new_customers, *review.came_back)}
    went = {each.customer for each in review.went}
    had, has = (
        {id for id, label in zip(each.ids, each.labels, strict=True) if label is not None}
        for each in (review.previous, review.current)
    )
    assert came == has - had
    assert went == had - has
    was_d = {each.customer for each in review.went if each.label == "D"}
    assert {*plan_letting_go(review).lost} - {""} == went - was_d
    assert len(came) == len(review.new_customers) + len(review.came_back)
    counts, classes = review.table, len(review.current.order)
    of = {name: int(row[:classes].sum()) for name, row in zip(review.rows, counts, strict=True)}
    assert of[NEW] == len(review.new_customers)
    assert of[INACTIVE] + of[GONE] == len(review.came_back)
    assert counts[:classes, classes:].sum() == len(review.went)
    for each in (*review.new_customers, *review.came_back):
        assert each.day is None or (each.day > THEN) is each.is_new


@given(st.lists(interactions(ids=st.sampled_from("abcdef"), moments=MOMENTS), max_size=25))
def test_what_they_did_is_the_difference_in_the_factors_that_they_meet(
    happened: list[object],
) -> None:
    _, review = reviewed(*happened)
    for each in review.changes:
        then, now = (
            reading.factors_met[reading.measures.place(each.customer)]
            for reading in (review.previous, review.current)
        )
        lost = len(each.no_longer_met) + len(each.unknown_now)
        assert now - then == len(each.met_now) - lost
        titles = [*each.met_now, *each.no_longer_met, *each.unknown_now]
        assert len({*titles}) == len(titles)


def test_a_change_says_what_they_did() -> None:
    late = [
        Invoice(customer="a", issued=date(2025, m, 1), due=date(2025, m, 9), amount=5.0, paid=paid)
        for m in (4, 5, 6, 9, 10, 11)
        for paid in [date(2025, m, 8 if m < 7 else 20)]
    ]
    days = [(2025, month) for month in (4, 5, 6, 10)]
    _, review = reviewed(*(order("a", *day) for day in days), order("b", 2025, 9, 900.0), *late)
    (change,) = (each for each in review.changes if each.customer == "a")
    assert change.no_longer_met
    assert "no longer meets: " in str(change)
    assert "pays on time" in str(change)
    assert "revenue 10.00, was 30.00" in str(change)


@pytest.mark.parametrize("cause", Cause)
def test_in_brief_the_cause_is_told_where_it_is_not_theirs(cause: Cause) -> None:
    change = ClassChange(
        customer="a", old="B", new="A", cause=cause, met_now=("pays on time",), revenue=2.0
    )
    told = COMPASS.read(Portfolio.from_records([]), NOW).writer().say(change.in_brief)
    assert told.endswith("meets now: pays on time")
    assert (str(cause) in told) is (cause not in (Cause.OWN, Cause.SEVERAL))


def test_who_came_is_named_with_what_they_brought_and_who_went_with_what_they_were() -> None:
    now, review = reviewed(
        order("stays", 2025, 2),
        order("stays", 2025, 11),
        order("back", 2024, 11, 1.0),
        order("back", 2025, 11, 20.0),
        order("new", 2025, 8, 30.0),
        order("new", 2025, 9, 5.0),
        order("silent", 2025, 3, 70.0),
        order("gone", 2025, 3, 80.0),
        Departure(customer="gone", on=date(2025, 8, 1)),
        order("objects", 2025, 8),
        customers=(Customer(id="objects", opted_out=True),),
    )
    day = date(2025, 3, 5)
    assert review.new_customers == (
        Came(customer="new", is_new=True, day=date(2025, 8, 5), orders=2.0, revenue=35.0),
    )
    assert review.came_back == (
        Came(customer="back", is_new=False, day=date(2024, 11, 5), orders=1.0, revenue=20.0),
    )
    labels = dict(zip(review.ids, review.old, strict=True))
    assert review.went == (
        Went(customer="gone", label=labels["gone"], revenue=80.0, last_order=day, departed=True),
        Went(customer="silent", label=labels["silent"], revenue=70.0, last_order=day),
    )
    changed = work_lists(now, review)["changed"]
    assert {"new", "back", "silent", "gone"} <= {each.customer for each in changed}
    assert "1 new, 1 back, 2 no longer active" in str(changed)
    assert np.isnan(changed[0].revenue) or changed[0].revenue >= 0


def test_who_is_in_no_later_export_is_named_by_the_review_and_on_no_list() -> None:
    both = [order("a", 2025, 3), order("a", 2025, 11)]
    then = COMPASS.read(Portfolio.from_records([*both, order("b", 2025, 4, 8.0)]), THEN)
    now = COMPASS.read(Portfolio.from_records(both), NOW)
    review = compare_reviews(then, now)
    (gone,) = review.went
    assert (gone.customer, gone.last_order, gone.revenue) == ("b", date(2025, 4, 5), 8.0)
    assert "b" not in {each.customer for each in work_lists(now, review)["changed"]}
    let_go = compare_reviews(then, now, let_go={"b": date(2025, 7, 1)})
    assert str(let_go.went[0]).startswith("b: let go on 1 July 2025; was ")


def test_cut_offs_that_moved_are_told_with_what_they_were() -> None:
    """Who brought most is gone, so that less than before is a large volume, and is on the list."""
    before = [order(each, 2025, 5, 10.0 * at) for at, each in enumerate("bcdef", 1)]
    after = [order(each, 2025, 11, 10.0 * at) for at, each in enumerate("bcde", 1)]
    now, review = reviewed(*before, *after)
    told = [now.writer().say(each) for each in review.parts]
    assert [each for each in told if each.startswith("cut-off that moved: ")] == [
        "cut-off that moved: orders large volumes: at least 40.00 (was at least 50.00)",
        (
            "cut-off that moved: the last on the shortlist: success factors met: 1; revenue: 40.00 "
            "(was success factors met: 1; revenue: 50.00)"
        ),
    ]


def test_nothing_moved_where_both_readings_have_the_same_cut_offs() -> None:
    alike = [order(each, 2025, month, 10.0) for month in (5, 11) for each in "bcdef"]
    now, review = reviewed(*alike)
    assert not any("cut-off that moved" in now.writer().say(each) for each in review.parts)


def test_who_objects_is_the_difference_between_who_is_active_and_who_has_a_class() -> None:
    rows = [order(each, 2025, month) for month in (5, 11) for each in "bcd"]
    objecting = (Customer(id="b", opted_out=True), Customer(id="c", opted_out=False))
    now, review = reviewed(*rows, order("e", 2025, 12), customers=objecting)
    told = [now.writer().say(each) for each in review.parts]
    assert told[-1] == (
        "customers with a class: 2 then, 3 now; active and without one, since they object to "
        "profiling: 1 then, 1 now"
    )
    active = [len(each.measures.active_places) for each in (review.previous, review.current)]
    assert active == [3, 4]


def test_each_card_can_say_what_changed_and_the_counts_meet() -> None:
    rows = [order(each, 2025, 5, 10.0 * at) for at, each in enumerate("bcdeg", 1)]
    rows += [order(each, 2025, 11, 8.0 * at) for at, each in enumerate("bcdef", 1)]
    rows += [order("h", 2024, 10), order("h", 2025, 11)]
    now, review = reviewed(*rows)
    told = {
        each: None if said is None else now.writer().say(said)
        for each in now.measures.ids
        for said in [review.change_of(each)]
    }
    since = "Since the last review: "
    for customer, what in {"f": "new on ", "h": "back: ", "g": "was "}.items():
        assert str(told[customer]).startswith(f"{since}{what}")
    assert told["b"] == f"{since}still D; revenue 8.00, was 10.00."
    counts, classes = review.table, len(review.current.order)
    then, today = counts[:classes].sum(), counts[:, :classes].sum()
    assert then + len(review.new_customers) + len(review.came_back) - len(review.went) == today


@pytest.mark.parametrize(
    ("revenue", "before", "although"), [(5.0, 9.0, True), (9.0, 5.0, False), (9.0, 9.0, False)]
)
def test_revenue_against_the_class_is_said_as_that(
    revenue: float, before: float, although: bool
) -> None:
    rose = ClassChange(
        customer="a",
        old="C",
        new="B",
        cause=Cause.OWN,
        met_now=("pays on time",),
        revenue=revenue,
        revenue_before=before,
    )
    assert ("although revenue is" in str(rose)) is although
