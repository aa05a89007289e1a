"""Who is almost an A, and who has left invoices unpaid: order, and both sides of thresholds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from attrs import evolve

from klantkompas import (
    ArgumentError,
    Compass,
    Complaint,
    Customer,
    CustomerKind,
    Invoice,
    Measures,
    Order,
    Portfolio,
    almost_list,
    overdue_list,
)
from klantkompas._arrays import as_objects, freeze
from klantkompas.classification.shortlist_cutoff import ShortlistCutoff
from klantkompas.reviews.recorded import RecordedReading, record_of
from klantkompas.reviews.work_lists import work_lists

NOW = date(2026, 6, 30)
COMPASS = Compass(installed=False)
Make = Callable[..., Measures]


def recorded(make: Make, rows: dict[str, tuple[int, float]], **changes: Any) -> RecordedReading:
    """A reading in which all are B, with how many factors they meet and their revenue."""
    measures = make({"revenue": [each for _, each in rows.values()]}, ids=[*rows], as_of=NOW)
    kept = record_of(COMPASS.read(measures))
    changes = {"shortlist_cutoff": ShortlistCutoff(4, 100.0, "edge")} | changes
    return evolve(
        kept,
        labels=freeze(as_objects(["B"] * len(rows))),
        factors_met=freeze(np.array([met for met, _ in rows.values()], dtype=np.float64)),
        **changes,
    )


def test_fewest_factors_short_comes_first_then_least_revenue_then_the_id(
    make_measures: Make,
) -> None:
    rows = {"a": (3, 150.0), "b": (4, 90.0), "c": (2, 500.0), "d": (4, 99.0), "e": (4, 90.0)}
    rows |= {"f": (3, 60.0), "g": (5, 1.0)}
    found = almost_list(recorded(make_measures, rows))
    assert [(e.customer, e.factors_short, e.revenue_short) for e in found.listed] == [
        ("g", 0, 0.0),
        ("d", 0, 1.0),
        ("b", 0, 10.0),
        ("e", 0, 10.0),
        ("a", 1, 0.0),
        ("f", 1, 40.0),
        ("c", 2, 0.0),
    ]
    assert str(found).splitlines() == [
        "Almost: 7 B, the nearest to A first",
        "  g: not short of the last on the shortlist",
        "  d: 1.00 of revenue short of the last on the shortlist",
        "  b: 10.00 of revenue short of the last on the shortlist",
        "  e: 10.00 of revenue short of the last on the shortlist",
        "  a: 1 success factor short of the last on the shortlist",
        "  ... and 2 more",
    ]
    assert found.to_frame("polars")["factors_short"].to_list() == [0, 0, 0, 0, 1, 1, 2]


def test_who_is_on_the_shortlist_already_comes_last_and_is_told_so(make_measures: Make) -> None:
    rows = {"a": (4, 100.0), "b": (1, 1.0)}
    found = almost_list(recorded(make_measures, rows, shortlisted=np.array([True, False])))
    assert [(each.customer, each.shortlisted) for each in found.listed] == [
        ("b", False),
        ("a", True),
    ]
    assert str(found).splitlines()[-1] == (
        "  a: on the shortlist already, and B by a rule or by a person"
    )


def test_on_a_list_of_people_it_is_by_factors_and_revenue(make_measures: Make) -> None:
    rows = {"a": (2, 500.0), "b": (3, 10.0), "c": (3, 20.0)}
    kept = recorded(make_measures, rows, listed_by_people=True, shortlist_cutoff=None)
    found = almost_list(kept)
    assert [each.customer for each in found.listed] == ["c", "b", "a"]
    assert "  c: 3 success factors, and not on the list that people supplied" in str(found)
    assert found.text("nl").splitlines()[0] == "Bijna een A: 3 B, het dichtst bij A eerst"
    assert found.to_frame("polars")["factors_short"].null_count() == 3


def owed(customer: str, days: int, amount: float = 10.0, **more: Any) -> Invoice:
    due = NOW - timedelta(days=days)
    return Invoice(customer=customer, issued=due, due=due, amount=amount, **more)


@pytest.mark.parametrize(
    ("met", "revenue", "measured", "told"),
    [
        (4, 90.0, 8, "10.00 of revenue, or 1 success factor, short of the last on the shortlist"),
        (4, 90.0, 4, "10.00 of revenue short of the last on the shortlist"),
        (3, 90.0, 8, "1 success factor and 10.00 of revenue, or 2 success factors, short of the"),
        (3, 90.0, 4, "1 success factor and 10.00 of revenue short of the last on the shortlist"),
        (3, 150.0, 8, "1 success factor short of the last on the shortlist"),
        (4, 100.0, 8, "not short of the last on the shortlist"),
    ],
)
def test_both_ways_to_the_shortlist_are_told_where_there_are_two(
    met: int, revenue: float, measured: int, told: str, make_measures: Make
) -> None:
    now = recorded(make_measures, {"a": (met, revenue)}, shortlisted=freeze(np.array([False])))
    absent = tuple(each.name for each in now.factors[measured:])
    (listed,) = almost_list(evolve(now, not_measured=absent)).listed
    assert str(listed).startswith(f"a: {told}")


def test_overdue_is_from_ninety_days_on_the_longest_first() -> None:
    invoices = [
        owed("a", 89),
        owed("b", 90),
        owed("b", 5, 7.0),
        owed("c", 300),
        owed("d", 300, 99.0),
    ]
    invoices += [owed("e", 300, paid=NOW), owed("f", 300, -5.0)]
    orders = [Order(customer="a", on=NOW, amount=1.0)]
    reading = COMPASS.read(Portfolio.from_records([*invoices, *orders]), NOW)
    found = overdue_list(reading)
    assert [(e.customer, e.days, e.amount) for e in found.listed] == [
        ("d", 300, 99),
        ("c", 300, 10),
        ("b", 90, 17),
    ]
    assert str(found).splitlines()[:2] == [
        (
            "Overdue: 3 customers unpaid for 90 days or more, 126.00 in all; past due of everybody "
            "together: 136.00 of 4 customers"
        ),
        "  d: 99.00 to be paid, the oldest due 300 days ago",
    ]
    assert [e.customer for e in overdue_list(reading, days=89).listed] == ["d", "c", "b", "a"]
    assert overdue_list(record_of(reading)).listed == found.listed
    assert found.to_frame("polars").columns == ["id", "overdue_days", "overdue_amount"]


def test_who_owes_most_is_said_of_who_owes_and_who_brings_most_of_others() -> None:
    """What a list weighs is what it is about: what is owed, though others bring more."""
    rows: list[Any] = [owed(each, 100 + at, 10.0 * at) for at, each in enumerate("abcde", 1)]
    rows += [Order(customer=each, on=NOW, amount=900.0 - 100 * at) for at, each in enumerate("abc")]
    rows += [Complaint(customer=each, on=NOW - timedelta(days=9)) for each in "abc"]
    rows += [Complaint(customer="d", on=NOW), Order(customer="d", on=NOW, amount=1.0)]
    reading = COMPASS.read(Portfolio.from_records(rows), NOW)
    lists = work_lists(reading)

    def said(name: str) -> str:
        (told,) = lists[name].weight
        return reading.writer().say(told)

    assert said("overdue") == "Most is to be paid by: e 50.00, d 40.00, c 30.00."
    assert said("put_right").endswith("the most: a 900.00, b 800.00, c 700.00.")
    few = work_lists(COMPASS.read(Portfolio.from_records(rows[2:5] + rows[5:6]), NOW))["overdue"]
    assert len(few) == 3
    assert few.weight == ()


def test_overdue_leaves_out_who_objects_and_who_is_internal() -> None:
    people = [
        Customer(id="a", opted_out=True),
        Customer(id="b", kind=CustomerKind.INTERNAL),
        Customer(id="c"),
    ]
    invoices = [owed(each.id, 100) for each in people]
    reading = COMPASS.read(Portfolio.from_records(invoices, people), NOW)
    assert [each.customer for each in overdue_list(reading).listed] == ["c"]
    for wrong in (0, -1, True, "90", float("nan")):
        with pytest.raises(ArgumentError, match="days is a number above 0"):
            overdue_list(reading, days=wrong)  # type: ignore[arg-type]
