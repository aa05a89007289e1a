"""The whale curve: who brings, who takes away, and what remains when nothing remains."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas.compass import Compass
from klantkompas.errors import ArgumentError
from klantkompas.hooks import Unanswered
from klantkompas.lenses.contribution import WhaleCurve, whale_curve
from klantkompas.portfolio import Portfolio

EXAMPLE = [-10, 60, 0, 50, -20, 20]
DAY = date(2026, 6, 30)

money = st.lists(st.integers(-1000, 1000), min_size=1, max_size=30)


def test_the_worked_example() -> None:
    curve = whale_curve(EXAMPLE)
    assert curve.order.tolist() == [1, 3, 5, 2, 0, 4]
    assert curve.cumulative.tolist() == [60, 110, 130, 130, 120, 100]
    assert (curve.total, curve.gained, curve.lost) == (100, 130, 30)
    assert (curve.winners, curve.losers) == (3, 2)
    assert (curve.peak_share, curve.lost_share) == pytest.approx((1.3, 0.3))
    assert str(curve) == (
        "Whale curve of contribution: 3 of 6 customers bring 130% of the total; 2 take 30% away"
    )


@given(money)
def test_the_curve_climbs_to_its_peak_and_comes_down_to_the_total(values: list[int]) -> None:
    curve = whale_curve(values)
    running = np.concatenate([[0], curve.cumulative])
    assert curve.gained == running.max() == sum(each for each in values if each > 0)
    assert curve.winners == int(np.argmax(running))
    assert curve.total == running[-1] == sum(values)
    assert curve.lost == -sum(each for each in values if each < 0)
    assert (np.diff(running, 2) <= 0).all()
    assert (np.array(values)[curve.order] == curve.contribution).all()
    if sum(values) > 0:
        assert curve.cumulative_share[-1] == 1
        assert curve.peak_share == pytest.approx(1 + curve.lost_share)
        assert curve.cumulative_share == pytest.approx(running[1:] / sum(values))
    else:
        assert np.isnan(curve.cumulative_share).all()
        assert math.isnan(curve.peak_share)
        assert math.isnan(curve.lost_share)


@given(money, st.permutations(range(30)))
def test_the_order_of_the_customers_changes_nothing(values: list[int], places: list[int]) -> None:
    shuffled = [values[place] for place in places if place < len(values)]
    one, other = whale_curve(values), whale_curve(shuffled)
    np.testing.assert_array_equal(one.cumulative, other.cumulative)
    assert str(one) == str(other)


def test_a_little_that_is_lost_is_not_told_as_nothing() -> None:
    told = str(whale_curve([9_999, 4, -3]))
    assert told.endswith("2 of 3 customers bring 100.03% of the total; 1 take 0.03% away")
    assert "2 of 2 customers bring all of it; nobody takes any away" in str(whale_curve([5, 6]))


def test_without_a_total_the_money_says_it() -> None:
    curve = whale_curve([10, -40, 20])
    assert str(curve) == (
        "Whale curve of contribution: 2 of 3 customers bring 30.00; 1 take 40.00 away, so nothing "
        "is left to have a share of"
    )
    assert curve.cumulative.tolist() == [20, 30, -10]


@pytest.mark.parametrize("values", [[0.1, 0.2, -0.3], [0, 0], [-5]])
def test_a_total_that_is_not_above_0_has_no_shares(values: list[float]) -> None:
    assert math.isnan(whale_curve(values).peak_share)


def test_nobody_takes_away_where_all_bring_something() -> None:
    curve = whale_curve([1, 2, 3])
    assert (curve.winners, curve.losers, curve.lost, curve.peak_share) == (3, 0, 0, 1)
    assert whale_curve([-5]).gained == 0
    assert whale_curve([-5]).lost == 5


def test_ids_stand_in_the_order_of_contribution() -> None:
    curve = whale_curve([1, 3, -2], ids=["a", "b", "c"], measure="margin")
    frame = curve.to_frame("polars")
    assert frame["id"].to_list() == ["b", "a", "c"]
    assert frame["rank"].to_list() == [1, 2, 3]
    assert frame["cumulative"].to_list() == [3, 4, 2]
    assert str(curve).startswith("Whale curve of margin")
    with pytest.raises(ArgumentError, match="2 ids for 3 values"):
        whale_curve([1, 3, 2], ids=["a", "b"])


def test_the_result_cannot_be_changed() -> None:
    values = np.array([1.0, 2.0])
    curve = whale_curve(values)
    values[0] = 99
    assert curve.contribution.tolist() == [2, 1]
    for array in (curve.contribution, curve.cumulative, curve.order):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


@pytest.mark.parametrize(
    "values",
    [[], 5, [[1, 2]], [math.nan, 1], [math.inf], ["1"], [1, None], [[1], [1, 2]], [1e308] * 9],
)
def test_contributions_are_a_row_of_numbers_that_add_up(values: Any) -> None:
    with pytest.raises(
        ArgumentError, match="contributions should be a one-dimensional array of finite numbers"
    ):
        whale_curve(values)


# As a lens


def curve_of(
    orders: list[tuple[str, date, float, float | None]], **tables: Any
) -> WhaleCurve | Unanswered:
    names = ("customer", "on", "amount", "margin")
    columns = {
        name: list(column) for name, column in zip(names, zip(*orders, strict=True), strict=True)
    }
    portfolio = Portfolio.from_tables(orders=columns, **tables)
    found: WhaleCurve | Unanswered = Compass(installed=False).read(portfolio, DAY)["contribution"]
    return found


def test_contribution_is_the_margin_where_it_is_known_of_all() -> None:
    curve = curve_of([("a", DAY, 100, 30), ("b", DAY, 50, -10)])
    assert isinstance(curve, WhaleCurve)
    assert curve.measure == "margin"
    assert curve.contribution.tolist() == [30, -10]


def test_contribution_is_the_revenue_of_all_where_one_margin_is_unknown() -> None:
    curve = curve_of([("a", DAY, 100, 30), ("b", DAY, 50, None)])
    assert isinstance(curve, WhaleCurve)
    assert curve.measure == "revenue"
    assert curve.contribution.tolist() == [100, 50]


def test_only_active_customers_count() -> None:
    curve = curve_of([("a", DAY, 100, 30), ("old", date(2025, 1, 1), 500, None)])
    assert isinstance(curve, WhaleCurve)
    assert curve.ranked_ids.tolist() == ["a"]
    assert curve.measure == "margin"


def test_an_objecting_customer_counts_and_is_not_named() -> None:
    curve = curve_of(
        [("a", DAY, 100, 30), ("b", DAY, 50, 40)],
        customers={"id": ["a", "b"], "opted_out": [False, True]},
    )
    assert isinstance(curve, WhaleCurve)
    assert curve.total == 70
    assert curve.to_frame("polars")["id"].to_list() == ["a"]


def test_without_active_customers_it_cannot_be_told() -> None:
    assert isinstance(curve_of([("old", date(2025, 1, 1), 500, 3)]), Unanswered)
    responses = {"customer": ["a"], "on": [DAY], "score": [9]}
    portfolio = Portfolio.from_tables(responses=responses)
    assert isinstance(Compass(installed=False).read(portfolio)["contribution"], Unanswered)
