"""The lists to work from: who is on which, in which order, and what a line says."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from klantkompas import (
    ArgumentError,
    Compass,
    Complaint,
    Contact,
    Customer,
    Invoice,
    Order,
    Override,
    Portfolio,
    Reading,
    Response,
    almost_list,
    compare_reviews,
    guard_list,
    overdue_list,
    plan_letting_go,
    put_right_list,
    watch_list,
    work_lists,
)
from klantkompas.reviews.work_list import TITLES
from klantkompas.wording.writer import Writer

THEN, NOW = date(2025, 12, 31), date(2026, 6, 30)
COMPASS = Compass(installed=False)


def shop() -> Portfolio:
    """Thirty customers of whom each next one orders more often, and one who is lost."""
    rows: list[Any] = []
    for number in range(30):
        name = f"k{number:02}"
        for back in range(number // 3):
            for day in (THEN, NOW):
                on = day - timedelta(9 * back + number % 3)
                clear = number % 4 > 0
                rows.append(Order(customer=name, on=on, amount=10.0 + number, clear=clear))
        rows.append(Invoice(customer=name, due=NOW - timedelta(100 + number), amount=5.0))
    for back in range(10):
        on = NOW - timedelta(25 + 2 * back)
        rows.append(Order(customer="late", on=on, amount=500.0, clear=True))
    rows += [Order(customer="once", on=date(2025, 3, 1), amount=9.0)]
    rows += [Order(customer=f"new{each}", on=NOW, amount=9.0 + each) for each in range(12)]
    rows += [Order(customer="poor", on=NOW - timedelta(each), amount=1.0) for each in (0, 150)]
    rows += [Complaint(customer="k29", on=NOW - timedelta(5))]
    rows += [Complaint(customer="k28", on=NOW - timedelta(50))]
    rows += [Response(customer="k27", on=NOW - timedelta(20), score=2)]
    return Portfolio.from_records(rows, [Customer(id="k29", name="Veld & Zoon")])


@pytest.fixture(scope="module")
def readings() -> tuple[Reading, Reading]:
    portfolio = shop()
    return COMPASS.read(portfolio, THEN), COMPASS.read(portfolio, NOW)


def ids(lines: Sequence[Any]) -> list[str]:
    return [each.customer for each in lines]


def test_they_are_the_lists_that_stand_alone(readings: tuple[Reading, Reading]) -> None:
    then, now = readings
    review = compare_reviews(then, now)
    plan = plan_letting_go(review)
    lists = work_lists(now, review, plan)
    assert lists.names == tuple(TITLES)
    assert [each.name for each in lists] == [*lists.names]
    alone = {
        "put_right": put_right_list(now),
        "almost": almost_list(now),
        "watch": watch_list(now, then),
        "overdue": overdue_list(now),
    }
    for name, found in alone.items():
        assert lists[name].listed == found.listed, name
        assert lists[name].opening == found.opening
    assert ids(lists["let_go"]) == ids(plan.sure)
    assert ids(lists["first_find_out"]) == ids(plan.to_find_out)
    assert ids(lists["wait"]) == ids(plan.waiting)
    assert ids(lists["one_time"]) == ids(plan.one_time) == ["once"]
    came = (*review.new_customers, *review.came_back)
    assert ids(lists["changed"]) == ids([*review.risen, *review.fallen, *came, *review.went])
    assert ids(lists["everybody"]) == now.measures.ids.tolist()
    assert not any(each.missing for each in lists)
    for same in (
        work_lists(now, then, plan),
        copy.deepcopy(lists),
        pickle.loads(pickle.dumps(lists)),
    ):
        assert str(same) == str(lists)


def test_to_cherish_are_all_of_class_a_those_to_guard_first(
    readings: tuple[Reading, Reading],
) -> None:
    _, now = readings
    guarded = ids(guard_list(now).listed)
    cherish = work_lists(now)["cherish"]
    assert guarded == ["late"]
    assert ids(cherish)[: len(guarded)] == guarded
    assert {*ids(cherish)} == {*now.measures.ids[now.classes.labels == "A"]}
    rest = [now.scorecard.ids.tolist().index(each) for each in ids(cherish)[len(guarded) :]]
    met, revenue = now.scorecard.count[rest], now.scorecard["revenue"][rest]
    assert np.lexsort((-revenue, -met)).tolist() == [*range(len(rest))]
    assert str(cherish).startswith(f"Cherish: {len(cherish)} A, of whom {len(guarded)} may be")
    measured = np.count_nonzero(now.scorecard.measured)
    for line, count in zip(cherish[len(guarded) :], met.tolist(), strict=True):
        told = f"they met {count} of {measured} success factors in 6 months"
        assert now.writer().say(line.in_brief) == told
        assert now.writer().say(line.why).startswith(told)
        for title, column in zip(now.scorecard.declared, now.scorecard.met.T, strict=True):
            meets = column[now.scorecard.ids == line.customer].item()
            assert meets == (title.title not in now.writer().say(line.why)) or meets is False


def test_a_line_says_who_why_what_to_do_how_sure_and_what_they_bring(
    readings: tuple[Reading, Reading],
) -> None:
    _, now = readings
    lists, say = work_lists(now), now.writer().say
    for listed in lists:
        for line in listed:
            place = now.measures.place(line.customer)
            assert line.label == now.classes.label(line.customer)
            assert line.provisional == now.classes.provisional[place]
            assert line.revenue == now.measures["revenue"][place]
            assert line.parts[0].values["why"] == line.why
            assert len(say(line.in_brief)) <= len(say(line.why))
            if line.since is not None:
                assert (NOW - line.since).days == line.days_open
            if line.label is not None or listed.name != "everybody":
                assert line.step is not None, listed.name
    right = lists["put_right"]
    assert right[0] == right[:1][0] == right.lines[0] == next(iter(right))


def test_an_order_is_only_given_where_the_class_is_sure(readings: tuple[Reading, Reading]) -> None:
    _, now = readings
    steps = {True: set[str](), False: set[str]()}
    lists = work_lists(now)
    urgent = {*ids(lists["put_right"]), *ids(lists["overdue"])}
    for line in lists["everybody"]:
        if line.step is not None and line.customer not in urgent:
            steps[line.provisional].add(now.writer().say(line.step))
    assert steps[True]
    assert all(each.startswith("Are they ") for each in steps[True])
    assert not any(each.startswith("Are they ") for each in steps[False])


def test_what_is_to_be_put_right_is_dated_and_the_oldest_comes_first(
    readings: tuple[Reading, Reading],
) -> None:
    _, now = readings
    found = work_lists(now)["put_right"]
    assert [(each.customer, each.label, each.days_open) for each in found] == [
        ("k28", "B", 50.0),
        ("k27", "A", 20.0),
        ("k29", "A", 5.0),
    ]
    assert found[0].since == NOW - timedelta(50)
    assert str(found).splitlines() == [
        "Put right: 3 customers; first who is about to escalate (0), then the oldest",
        "  k28: Their open complaints: 1.",
        "  k27: Their latest survey score is 2. What they remember is 2.",
        "  k29: Their open complaints: 1.",
    ]
    assert found[0].sentences()[1].startswith("To put right: talk about it; offer")


def test_whom_to_call_first_is_the_first_of_what_cannot_wait() -> None:
    def orders(customer: str, amount: float) -> list[Order]:
        return [
            Order(customer=customer, on=NOW - timedelta(days), amount=amount, margin=amount / 2)
            for days in (0, 5, 9)
        ]

    rows: list[Any] = [*orders("small", 5.0), *orders("large", 50.0), *orders("fine", 90.0)]
    alone = COMPASS.read(Portfolio.from_records(orders("one", 5.0)), NOW)
    assert work_lists(alone).to_call_first is None
    almost = work_lists(COMPASS.read(Portfolio.from_records(rows), NOW)).to_call_first
    assert almost is not None
    assert almost.name == "almost"
    owed = Invoice(customer="fine", due=NOW - timedelta(100), amount=5.0)
    found = work_lists(COMPASS.read(Portfolio.from_records([*rows, owed]), NOW)).to_call_first
    assert found is not None
    assert (found.name, found[0].customer) == ("overdue", "fine")
    for customer, ago in (("large", 8), ("small", 40)):
        rows += [
            Contact(customer=customer, on=NOW - timedelta(ago), tags=("topservice",), rating=2)
        ]
    found = work_lists(COMPASS.read(Portfolio.from_records([*rows, owed]), NOW)).to_call_first
    assert found is not None
    assert [each.customer for each in found] == ["small", "large"], "what waits longest goes first"
    assert found.name == "put_right"


def test_of_who_is_about_to_escalate_who_has_more_reason_goes_first_then_the_oldest() -> None:
    def orders(customer: str, count: int) -> list[Order]:
        return [
            Order(customer=customer, on=NOW - timedelta(day), amount=50.0, clear=True)
            for day in range(count)
        ]

    rows: list[Any] = [*orders("best", 9), *orders("once", 3), *orders("twice", 3)]
    rows += [row for number in range(4) for row in orders(f"other{number}", 3)]
    for customer, days in (("best", (3,)), ("once", (80,)), ("twice", (5, 6))):
        rows += [
            Contact(customer=customer, on=NOW - timedelta(day), tags=("topservice",), rating=2)
            for day in days
        ]
    rows += [Complaint(customer="other0", on=NOW - timedelta(400))]
    found = work_lists(COMPASS.read(Portfolio.from_records(rows), NOW))["put_right"]
    assert [(each.customer, each.label) for each in found] == [
        ("twice", "B"),
        ("once", "B"),
        ("best", "A"),
        ("other0", "B"),
    ]
    brief = [Writer().say(each.in_brief) for each in found]
    assert brief[2].startswith("May escalate, by one thing: contacts rated 3 or lower: 1")
    assert brief[0].startswith("About to escalate: contacts rated 3 or lower: 2")


def test_who_is_about_to_escalate_is_to_be_put_right_and_is_called_no_names() -> None:
    rows: list[Any] = []
    for number in range(20):
        rows += [
            Order(customer=f"k{number}", on=NOW - timedelta(each), amount=50.0, margin=20.0)
            for each in (0, 5, 9)
        ]
    rows += [Contact(customer="k1", on=NOW - timedelta(60), tags=("topservice",), rating=8)]
    rows += [Contact(customer="k1", on=NOW - timedelta(40), rating=2)]
    rows += [Contact(customer="k1", on=NOW - timedelta(10), rating=3)]
    rows += [Complaint(customer="k2", on=NOW - timedelta(300))]
    reading = COMPASS.read(Portfolio.from_records(rows), NOW)
    line, older = work_lists(reading)["put_right"]
    assert (line.customer, line.days_open) == ("k1", 40.0)
    assert (older.customer, older.days_open) == ("k2", 300.0)
    told = line.text()
    assert "about to escalate: 2 things went wrong in the last 90 days" in told
    assert "Let somebody who decides see to it" in told
    for label in ("hostile", "disappointed", "enraged", "brazen", "demanding"):
        assert label not in told


def test_a_list_that_cannot_be_made_says_what_it_takes() -> None:
    orders = [Order(customer="a", on=NOW, amount=1.0)]
    only_orders = COMPASS.read(Portfolio.from_records(orders), NOW)
    lists = work_lists(only_orders)
    assert {each.name for each in lists if each.missing} == {
        *("overdue", "let_go", "first_find_out", "wait", "changed")
    }
    assert str(lists["overdue"]) == "Overdue: this list takes invoices that say what is paid"
    assert str(lists["changed"]) == "Changed: this list takes the reading of an earlier review"
    answers = Portfolio.from_records([Response(customer="a", on=NOW, score=9)])
    lists = work_lists(COMPASS.read(answers, NOW))
    assert str(lists["cherish"]) == (
        "Cherish: this list takes orders, without which nobody has a class"
    )
    assert {"almost", "watch", "one_time"} <= {each.name for each in lists if each.missing}
    assert lists.to_frame("polars")["list"].to_list() == ["everybody"]


def test_an_earlier_reading_and_a_plan_are_of_the_right_dates(
    readings: tuple[Reading, Reading],
) -> None:
    then, now = readings
    review = compare_reviews(then, now)
    with pytest.raises(ArgumentError, match="not before"):
        work_lists(then, now)
    with pytest.raises(ArgumentError, match=r"previous is a review of 2026-06-30.*2025-12-31"):
        work_lists(then, review)
    with pytest.raises(ArgumentError, match=r"the plan is of 2026-06-30, and the reading of 2025"):
        work_lists(then, None, plan_letting_go(review))
    with pytest.raises(ArgumentError, match="reading is a Reading"):
        work_lists(review.current)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match=r"no list is called 'let go'. Did you mean 'let_go'"):
        work_lists(now)["let go"]


def test_the_frame_has_every_line_of_every_list(readings: tuple[Reading, Reading]) -> None:
    then, now = readings
    lists = work_lists(now, then)
    frame = lists.to_frame("polars")
    assert frame.columns == [
        *("list", "id", "why", "in_brief", "step", "class", "provisional", "revenue", "since"),
        "days_open",
    ]
    assert len(frame) == sum(map(len, lists))
    assert frame.filter(list="put_right")["since"].to_list()[0] == "2026-05-11"


def test_who_meets_no_factor_and_was_put_among_the_a_s_is_cherished_for_that() -> None:
    rows = [Order(customer=each, on=NOW, amount=-1.0 if each == "a" else 9.0) for each in "abcdef"]
    rows.append(Order(customer="a", on=NOW, amount=0.5))
    given = [Override("a", "A", "Anna", NOW, "our first")]
    reading = COMPASS.read(Portfolio.from_records(rows), NOW, overrides=given)
    assert reading.classes.computed[0] == "D"
    line = work_lists(reading)["cherish"][0]
    assert (line.customer, line.label) == ("a", "A")
    assert "Anna" in reading.writer().say(line.why)
    assert "our first" in reading.writer().say(line.why)
