"""What changed between two readings, for whom and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest

from klantkompas import (
    AtLeast,
    ClassificationRule,
    Compass,
    Complaint,
    Customer,
    Departure,
    Order,
    Override,
    Portfolio,
    Reading,
    SuccessFactor,
    hookimpl,
)
from klantkompas.errors import ArgumentError
from klantkompas.lenses.classes import DEFAULT as RULES
from klantkompas.reviews.causes import Cause
from klantkompas.reviews.compare import compare_reviews
from klantkompas.reviews.recorded import record_of

THEN, NOW = date(2025, 6, 30), date(2025, 12, 31)


def half_a_year(customer: str, amount: float, half: int, days: int = 4) -> list[Order]:
    """Four orders on some days of either half of the year: nobody changes their behaviour."""
    months = [(2, 3, 5, 6), (8, 9, 11, 12)][half - 1]
    return [
        Order(customer=customer, on=date(2025, months[at % days], 10), amount=amount, refunded=0.0)
        for at in range(4)
    ]


def forty(halves: Iterable[int] = (1, 2)) -> list[Order]:
    """Forty customers: every fourth orders on two days only, and all by another amount."""
    return [
        order
        for number in range(40)
        for half in halves
        for order in half_a_year(f"c{number:02}", 10.0 + number, half, 2 if number % 4 == 0 else 4)
    ]


def complaints_of(customers: Sequence[str], day: date) -> list[Complaint]:
    return [Complaint(customer=each, on=day) for each in customers]


def read(
    records: Sequence[Any], as_of: date, plugins: Sequence[Any] = (), **settings: Any
) -> Reading:
    compass = Compass(plugins, installed=False)
    return compass.read(Portfolio.from_records(records), as_of=as_of, **settings)


def test_nothing_changes_when_nobody_does_anything_else() -> None:
    review = compare_reviews(read(forty(), THEN), read(forty(), NOW))
    assert review.changes == ()
    assert int(review.table.sum()) == 40
    assert int(np.trace(review.transitions)) == 40


def test_ten_big_newcomers_move_the_cut_offs() -> None:
    big = [o for n in range(10) for o in half_a_year(f"new{n}", 5000.0, 2)]
    before, now = read(forty(), THEN), read([*forty(), *big], NOW)
    review = compare_reviews(before, now)
    assert len(review.fallen) >= 5
    assert {change.cause for change in review.fallen} == {Cause.CUTOFF_MOVED}
    rows, columns = review.rows, review.columns_of_table
    assert review.table[rows.index("new"), columns.index("A")] == 10
    assert int(review.table.sum()) == 50


def test_complaints_that_are_missing_are_no_longer_known() -> None:
    silent = complaints_of(["c01"], THEN)
    before = read([*forty(), *silent], THEN)
    now = read(forty(), NOW)
    review = compare_reviews(before, now)
    assert len(review.fallen) >= 1
    assert {change.cause for change in review.fallen} == {Cause.NO_LONGER_KNOWN}


def test_complaints_that_are_known_at_last_are_now_known() -> None:
    before = read(forty(), THEN)
    now = read([*forty(), *complaints_of(["c01"], NOW)], NOW)
    review = compare_reviews(before, now)
    assert len(review.risen) >= 1
    assert {change.cause for change in review.risen} == {Cause.NOW_KNOWN}


class Stricter:
    """The same factors, but who orders regularly must do so on five days."""

    def __init__(self, least: float) -> None:
        self.least = least

    @hookimpl
    def klantkompas_success_factors(self) -> list[SuccessFactor]:
        return [
            SuccessFactor(
                name="orders_often",
                measure="order_days",
                criterion=AtLeast(self.least),
                title="orders often",
            )
        ]


def test_another_threshold_is_a_change_of_rules() -> None:
    before = read(forty(), THEN, [Stricter(4)])
    now = read(forty(), NOW, [Stricter(5)])
    review = compare_reviews(before, now)
    assert {c.cause for c in review.changes} <= {Cause.RULES_CHANGED}
    lower = compare_reviews(read(forty(), THEN, [Stricter(1)]), now)
    assert len(lower.fallen) >= 5
    assert {change.cause for change in lower.fallen} == {Cause.RULES_CHANGED}


def test_ones_own_doing() -> None:
    orders = [o for o in forty() if not (o.customer == "c39" and o.on.month > 8)]
    review = compare_reviews(read(orders, THEN), read(orders, NOW))
    (mine,) = [change for change in review.changes if change.customer == "c39"]
    assert (mine.old, mine.new, mine.cause) == ("A", "C", Cause.OWN)
    spent = [
        Order(customer="c39", on=o.on, amount=1.0, refunded=0.0)
        if o.customer == "c39" and o.on > THEN
        else o
        for o in forty()
    ]
    less = compare_reviews(read(spent, THEN), read(spent, NOW))
    (mine,) = [change for change in less.changes if change.customer == "c39"]
    assert (mine.old, mine.new, mine.cause) == ("A", "B", Cause.OWN)


def test_a_list_that_people_change() -> None:
    before = read(forty(), THEN, shortlist=["c01", "c02"])
    now = read(forty(), NOW, shortlist=["c02", "c03"])
    review = compare_reviews(before, now)
    assert {(c.customer, c.old, c.new, c.cause) for c in review.changes} == {
        ("c01", "A", "B", Cause.LIST_CHANGED),
        ("c03", "B", "A", Cause.LIST_CHANGED),
    }


def test_an_override_is_a_cause_of_its_own() -> None:
    given = [Override("c39", "B", by="Anna", on=NOW, because="it asked for peace")]
    review = compare_reviews(read(forty(), THEN), read(forty(), NOW, overrides=given))
    assert [(c.customer, c.old, c.new, c.cause) for c in review.changes] == [
        ("c39", "A", "B", Cause.OVERRIDDEN)
    ]


def test_new_inactive_and_gone() -> None:
    then = [*forty((1,)), *half_a_year("leaves", 9.0, 1), *half_a_year("sleeps", 9.0, 1)]
    now = [
        *forty(),
        *half_a_year("leaves", 9.0, 1),
        *half_a_year("sleeps", 9.0, 1),
        *half_a_year("comes", 9.0, 2),
        Departure(customer="leaves", on=date(2025, 8, 1)),
    ]
    review = compare_reviews(read([*then, *half_a_year("erased", 9.0, 1)], THEN), read(now, NOW))
    went = dict(zip(review.ids, zip(review.old, review.new, strict=True), strict=True))
    assert went["leaves"][1] == "gone"
    assert went["erased"][1] == "gone"
    assert went["sleeps"][1] == "inactive"
    assert went["comes"][0] == "new"


def test_who_was_let_go_is_back_only_by_a_later_order() -> None:
    readings = read(forty(), THEN), read(forty(), NOW)
    day = date(2025, 12, 10)
    gone = compare_reviews(*readings, let_go={"c01": day})
    assert gone.new[gone.ids.tolist().index("c01")] == "gone"
    back = compare_reviews(*readings, let_go={"c01": date(2025, 12, 9)})
    assert back.new[back.ids.tolist().index("c01")] != "gone"


def test_who_objects_is_in_no_review() -> None:
    customers = [Customer(id="c39", opted_out=True, name="Niemand")]
    compass = Compass(installed=False)
    portfolio = Portfolio.from_records(forty(), customers)
    review = compare_reviews(*(compass.read(portfolio, as_of=day) for day in (THEN, NOW)))
    assert "c39" not in review.ids.tolist()
    assert "c39" not in str(review)


def test_records_compare_as_readings_do() -> None:
    before, now = read(forty(), THEN), read([*forty(), *half_a_year("x", 999.0, 2)], NOW)
    live = compare_reviews(before, now)
    kept = compare_reviews(record_of(before), record_of(now), rules=RULES)
    assert live.changes == kept.changes
    assert live.table.tolist() == kept.table.tolist()
    assert str(live) == str(kept)


def test_a_record_made_with_rules_of_ones_own_is_compared_with_those_rules() -> None:
    big = ClassificationRule(
        name="big", label="A", when=lambda card: card["revenue"] > 500, because="they are big"
    )
    compass = Compass([big], installed=False)
    orders = [*forty(), *half_a_year("x", 999.0, 2)]
    before, now = (
        compass.read(Portfolio.from_records(each), as_of=day)
        for each, day in ((forty(), THEN), (orders, NOW))
    )
    live = compare_reviews(before, now)
    assert any(change.customer == "x" for change in live.changes) or "x" in live.ids
    with pytest.raises(ArgumentError, match="big: A, version") as caught:
        compare_reviews(record_of(before), record_of(now))
    assert "rules=compass.declarations.rules" in caught.value.remedy
    kept = compare_reviews(record_of(before), record_of(now), rules=compass.declarations.rules)
    assert str(kept) == str(live)


def test_a_review_goes_forward_in_time() -> None:
    with pytest.raises(ArgumentError, match="2025-12-31 is not before 2025-06-30"):
        compare_reviews(read(forty(), NOW), read(forty(), THEN))


def test_risen_and_fallen_part_the_changes() -> None:
    big = [o for n in range(10) for o in half_a_year(f"new{n}", 5000.0, 2)]
    review = compare_reviews(read([*forty(), *big], THEN), read(forty(), NOW))
    assert len(review.risen) + len(review.fallen) == len(review.changes)
    assert review.to_frame("polars").height == len(review.ids)
