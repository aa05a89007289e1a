"""Counting factors and drawing up the shortlist."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from klantkompas.compass import Compass
from klantkompas.domain.criteria import AtLeast, AtLeastOverall, AtMost
from klantkompas.errors import ArgumentError, KlantkompasError
from klantkompas.hooks import SuccessFactor
from klantkompas.lenses.scorecard import count_success_factors
from klantkompas.portfolio import Measures, Portfolio

DAY = date(2026, 6, 1)


def measures(
    revenue: dict[str, float], customers: Sequence[dict[str, Any]] = (), **tables: Any
) -> Measures:
    """One order each, of the given amount."""
    orders = {
        "customer": list(revenue),
        "on": [DAY] * len(revenue),
        "amount": list(revenue.values()),
    }
    fields = ("id", "opted_out", "kind")
    listed = {name: [each.get(name) for each in customers] for name in fields}
    portfolio = Portfolio.from_tables(
        orders=orders, customers=listed if customers else None, **tables
    )
    return Compass(installed=False).measure(portfolio, DAY)


def factor(name: str, measure: str, criterion: Any, **more: Any) -> SuccessFactor:
    return SuccessFactor(name=name, measure=measure, criterion=criterion, title=name, **more)


def shortlist(found: Measures, factors: Sequence[SuccessFactor] = (), **more: Any) -> list[str]:
    card = count_success_factors(found, factors, **more)
    return card.ids[card.shortlisted].tolist()


@pytest.mark.parametrize(
    ("active", "places"), [(1, 1), (2, 1), (7, 1), (8, 2), (10, 2), (12, 2), (13, 3), (17, 3)]
)
def test_the_shortlist_is_a_fifth_rounded_and_at_least_one(active: int, places: int) -> None:
    found = measures({str(number): 1.0 for number in range(10, 10 + active)})
    assert len(shortlist(found)) == places


def test_the_shortlist_goes_by_factors_then_revenue_then_id() -> None:
    found = measures(
        {"a": 5.0, "b": 9.0, "c": 9.0, "d": 7.0, "aa": 9.0, "e": 1.0, "f": 1.0, "g": 1}
    )
    assert shortlist(found) == ["b", "c"]
    big = factor("small", "revenue", AtMost(5))
    assert shortlist(found, [big]) == ["a", "e"]
    ties = measures({"b": 1.0, "aa": 1.0, "10": 1.0, "9": 1.0, "a": 1.0})
    assert shortlist(ties) == ["9"]


def test_whoever_objects_holds_no_place_but_counts() -> None:
    revenue = {"a": 9.0, "b": 8.0, "c": 7.0, "d": 6.0, "e": 5.0}
    found = measures(revenue, [{"id": "a", "opted_out": True}])
    assert shortlist(found) == ["b"]
    only = measures({"a": 9.0}, [{"id": "a", "opted_out": True}])
    assert shortlist(only) == []
    card = count_success_factors(found)
    column = card.factors.index("large_volume")
    assert card.met[:, column].tolist() == [True, False, False, False, False]


def test_internal_customers_are_not_on_the_card() -> None:
    found = measures({"a": 9.0, "b": 8.0}, [{"id": "a", "kind": "internal"}])
    assert count_success_factors(found).ids.tolist() == ["b"]


def test_a_list_that_people_handed_in_may_have_any_length() -> None:
    found = measures({"a": 9.0, "b": 8.0, "17": 1.0}, [{"id": "z"}])
    assert shortlist(found, shortlist=["b", "17"]) == ["b", "17"]
    assert shortlist(found, shortlist=[]) == []
    assert shortlist(found, shortlist=["z"]) == []
    assert shortlist(found, shortlist=[17]) == ["17"]
    with pytest.raises(ArgumentError, match="'nobody'"):
        shortlist(found, shortlist=["a", "nobody"])
    with pytest.raises(ArgumentError, match="list of ids"):
        shortlist(found, shortlist="a")


def test_whoever_is_listed_but_not_active_is_noted() -> None:
    found = measures({"a": 9.0}, [{"id": "a"}, {"id": "z"}])
    compass = Compass(installed=False)
    reading = compass.read(found, shortlist=["a", "z"])
    assert any("active" in str(note) for note in reading.notes)


@pytest.mark.parametrize(("count", "unknown"), [(2, True), (3, False), (4, False)])
def test_a_share_that_rests_on_too_little_is_unknown(count: int, unknown: bool) -> None:
    invoices = {
        "customer": ["a"] * count,
        "due": [DAY - timedelta(days=9)] * count,
        "amount": [1.0] * count,
        "paid": [DAY - timedelta(days=9)] * count,
    }
    card = count_success_factors(measures({"a": 5.0}, invoices=invoices))
    column = card.factors.index("pays_on_time")
    assert card.unknown[0, column] == unknown
    assert card.met[0, column] != unknown


def test_least_basis_is_a_choice() -> None:
    complaints = {"customer": ["a"], "on": [DAY]}
    found = measures({"a": 5.0}, complaints=complaints)
    for least, unknown in ((1, False), (2, True)):
        rare = factor("rare", "complaint_rate", AtMost(0.05), least_basis=least)
        card = count_success_factors(found, [rare])
        assert card.unknown.tolist() == [[unknown]]
        assert card.met.tolist() == [[False]]


def test_what_rests_on_too_little_sets_no_cutoff() -> None:
    orders = {
        "customer": ["a"] * 3 + ["b"],
        "on": [DAY] * 4,
        "amount": [10.0, 10.0, -2.0, 10.0],
        "reference": ["1", "2", "3", "4"],
    }
    found = Compass(installed=False).measure(Portfolio.from_tables(orders=orders))
    overall = factor("overall", "credited_share", AtLeastOverall(), least_basis=2)
    card = count_success_factors(found, [overall])
    assert card.unknown[:, 0].tolist() == [False, True]
    assert card.cutoffs[0].value == 0.1


def test_money_behind_a_share_is_no_count() -> None:
    orders = {"customer": ["a"], "on": [DAY], "amount": [0.5], "margin": [0.1]}
    found = Compass(installed=False).measure(Portfolio.from_tables(orders=orders))
    card = count_success_factors(found)
    column = card.factors.index("good_margin")
    assert card.met[0, column]
    assert not card.unknown[0, column]


def test_unknown_counts_as_not_met() -> None:
    card = count_success_factors(measures({"a": 5.0, "b": 1.0}))
    assert not (card.met & card.unknown).any()
    assert card.count.tolist() == card.met.sum(axis=1).tolist()
    assert card.unknown[:, card.factors.index("clear_orders")].all()
    assert card["revenue"].tolist() == [5.0, 1.0]


def test_a_factor_of_a_measure_that_there_is_not() -> None:
    with pytest.raises(KlantkompasError, match="Did you mean 'revenue'"):
        count_success_factors(measures({"a": 1.0}), [factor("x", "revenu", AtLeast(1))])


def test_a_card_of_nobody() -> None:
    found = measures({"a": -1.0})
    card = count_success_factors(found)
    assert len(card) == 0
    assert card.met.shape == (0, len(card.factors))
    assert card.count.tolist() == []
    assert "0 active customers" in str(card)
    assert np.isnan(card.cutoffs[card.factors.index("large_volume")].value)


def test_a_card_cannot_be_changed() -> None:
    card = count_success_factors(measures({"a": 1.0}))
    for array in (card.met, card.unknown, card.shortlisted, card.places):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = array[0]
