"""What sets a list apart: against scipy, against all pairs and all thresholds, and by planting."""

from __future__ import annotations

import math
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from klantkompas import Nomination, Order
from klantkompas.compass import Compass, Reading
from klantkompas.domain.criteria import AtLeast, AtMost
from klantkompas.errors import ArgumentError
from klantkompas.hooks import Measure, Unanswered, hookimpl
from klantkompas.lenses.fit import Fit, fit_of
from klantkompas.portfolio import Portfolio

DAY = date(2026, 6, 30)

numbers = st.one_of(
    st.integers(-5, 5).map(float), st.integers(-(10**6), 10**6).map(lambda each: each / 100)
)
groups = st.lists(numbers, min_size=1, max_size=25)
with_unknown = st.lists(st.one_of(numbers, st.none(), st.just(math.nan)), max_size=15)


@given(groups, groups)
def test_delta_and_superiority_are_those_of_scipys_mann_whitney(
    listed: list[float], others: list[float]
) -> None:
    fit = fit_of(listed, others)
    pairs = len(listed) * len(others)
    wins = float(mannwhitneyu(listed, others).statistic)
    assert fit.wins == wins
    assert fit.superiority == pytest.approx(wins / pairs)
    assert fit.delta == pytest.approx(2 * wins / pairs - 1, abs=1e-12)


@given(groups, groups)
def test_delta_is_the_share_of_pairs_won_minus_that_lost(
    listed: list[float], others: list[float]
) -> None:
    signs = [np.sign(one - other) for one in listed for other in others]
    assert fit_of(listed, others).delta == pytest.approx(np.mean(signs), abs=1e-12)


@given(groups, groups)
def test_the_proposal_is_the_lowest_of_the_best_midpoints(
    listed: list[float], others: list[float]
) -> None:
    fit = fit_of(listed, others)
    if fit.delta == 0:
        assert fit.criterion is None
        assert math.isnan(fit.youden)
        return
    kind = AtLeast if fit.delta > 0 else AtMost
    values = sorted({*listed, *others})
    found = {}
    for low, high in pairwise(values):
        cutoff = kind((low + high) / 2).cutoff(np.empty(0))
        met, odd = cutoff.met(np.array(listed)), cutoff.met(np.array(others))
        found[(low + high) / 2] = int(met.sum()) * len(others) - int(odd.sum()) * len(listed)
    best = max(found.values())
    assert fit.criterion == kind(min(value for value, each in found.items() if each == best))
    assert fit.youden == pytest.approx(best / (len(listed) * len(others)))
    assert 0 < fit.youden <= 1


@given(groups, groups, st.sampled_from([0.5, 0.95, 0.999]))
def test_the_interval_holds_the_estimate_and_stays_on_the_scale(
    listed: list[float], others: list[float], level: float
) -> None:
    fit = fit_of(listed, others)
    chance, delta = fit.superiority_interval(level), fit.delta_interval(level)
    assert 0 <= chance.low <= fit.superiority <= chance.high <= 1
    assert -1 <= delta.low <= fit.delta <= delta.high <= 1
    assert delta.low == pytest.approx(2 * chance.low - 1, abs=1e-12)
    assert delta.high == pytest.approx(2 * chance.high - 1, abs=1e-12)


@given(with_unknown, with_unknown)
def test_unknown_values_are_left_out_and_counted(listed: list[Any], others: list[Any]) -> None:
    known = [
        [each for each in side if each == each and each is not None] for side in (listed, others)
    ]
    fit, without = fit_of(listed, others), fit_of(*known)
    assert (fit.listed, fit.others) == tuple(map(len, known))
    assert (fit.unknown_listed, fit.unknown_others) == (
        len(listed) - len(known[0]),
        len(others) - len(known[1]),
    )
    assert (fit.wins, fit.criterion) == (without.wins, without.criterion)


@given(groups, groups)
def test_the_other_side_has_the_mirrored_delta(listed: list[float], others: list[float]) -> None:
    one, other = fit_of(listed, others), fit_of(others, listed)
    assert one.delta == -other.delta
    assert one.superiority == pytest.approx(1 - other.superiority)
    turned = fit_of([-each for each in listed], [-each for each in others])
    assert turned.delta == -one.delta


def test_without_known_values_on_both_sides_nothing_can_be_told() -> None:
    for fit in (fit_of([], [1, 2]), fit_of([1], [math.nan]), fit_of([], [])):
        assert math.isnan(fit.delta)
        assert math.isnan(fit.superiority)
        assert fit.criterion is None
        assert (fit.delta_interval().low, fit.delta_interval().high) == (-1, 1)
        assert (fit.superiority_interval().low, fit.superiority_interval().high) == (0, 1)
        assert str(fit) == "unknown"


def test_one_value_for_all_sets_nobody_apart() -> None:
    fit = fit_of([3, 3], [3, 3, 3])
    assert (fit.delta, fit.superiority, fit.criterion) == (0, 0.5, None)
    assert 0 in fit.delta_interval()


def test_values_that_no_number_tells_apart_are_equal() -> None:
    fit = fit_of([0.3], [0.1 + 0.2])
    assert (fit.delta, fit.criterion) == (0, None)


def test_the_largest_numbers_have_a_midpoint() -> None:
    assert fit_of([1.7e308], [1.5e308]).criterion == AtLeast(1.6e308)
    assert fit_of([1.7e308], [-1.7e308]).criterion == AtLeast(0.0)


@pytest.mark.parametrize("values", [5, [[1, 2]], ["1"], [math.inf], [[1], [2, 3]], None, [True]])
def test_values_are_a_row_of_finite_numbers(values: Any) -> None:
    with pytest.raises(
        ArgumentError, match="listed_values should be a one-dimensional array of finite numbers"
    ):
        fit_of(values, [1])
    with pytest.raises(
        ArgumentError, match="other_values should be a one-dimensional array of finite numbers"
    ):
        fit_of([1], values)


# As a lens


class Planted:
    """A plugin of measures that have nothing to do with one another, or with anything."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    @hookimpl
    def klantkompas_measures(self) -> list[Measure]:
        return [
            Measure(name=name, of=lambda period, v=v: v, unit="points", describes="planted")
            for name, v in self.values.items()
        ]


def read(
    values: dict[str, Any],
    shortlist: list[str] | None,
    customers: list[dict[str, Any]] | None = None,
) -> Reading:
    count = len(next(iter(values.values())))
    ids = [f"{at:04}" for at in range(count)]
    portfolio = Portfolio.from_tables(
        orders={"customer": ids, "on": [DAY] * count, "amount": [10.0] * count},
        customers=None
        if customers is None
        else {name: [row[name] for row in customers] for name in customers[0]},
    )
    compass = Compass([Planted(values)], installed=False)
    return compass.read(portfolio, shortlist=shortlist)


def random_measure(random: np.random.Generator, count: int) -> Any:
    values = random.choice([random.normal, random.exponential, random.uniform])(size=count)
    if random.random() < 0.3:
        values = np.round(values, 1)
    values[random.random(count) < random.choice([0, 0, 0.1, 0.4])] = np.nan
    return values


def test_a_planted_measure_comes_first_in_all_of_200_portfolios() -> None:
    random = np.random.default_rng(20260630)
    for _ in range(200):
        count = int(random.integers(100, 200))
        values = {f"m{at}": random_measure(random, count) for at in range(6)}
        name = f"m{random.integers(6)}"
        values[name] = random.choice([-1, 1]) * random.normal(size=count)
        best = np.argsort(-values[name])[: count // 5]
        fit = read(values, [f"{at:04}" for at in best])["fit"]
        first = next(iter(fit.measures))
        assert first == name
        assert 0 not in fit[name].delta_interval()
        assert fit[name].criterion.cutoff(np.empty(0)).met(values[name]).sum() == len(best)


def test_the_measure_that_sets_apart_most_comes_first_and_then_the_name() -> None:
    values = {
        "b": np.array([1.0, 2, 3, 4]),
        "a": np.array([4.0, 3, 2, 1]),
        "c": np.array([1.0, 3, 2, 4]),
        "none": np.full(4, np.nan),
    }
    fit = read(values, ["0002", "0003"])["fit"]
    deltas = [abs(each.delta) for each in fit.measures.values() if each.pairs]
    assert deltas == sorted(deltas, reverse=True)
    assert list(fit.measures)[:3] == ["a", "b", "c"]
    nothing = [name for name, each in fit.measures.items() if not each.pairs]
    assert list(fit.measures)[-len(nothing) :] == sorted(nothing)
    assert fit["a"].criterion == AtMost(2.5)
    assert fit["b"].criterion == AtLeast(2.5)
    assert str(fit).startswith(
        "Fit: what sets those listed (2) apart from the others (2), each of the ones put beside "
        "each of the others\n  planted: smaller for those listed in 100% of the pairs; at most 2.5 "
        "tells them apart best\n"
    )
    assert "Cliff's delta -1, " in str(fit["a"])


def test_a_fit_becomes_a_frame_with_a_row_for_each_measure() -> None:
    fit = read({"b": np.array([1.0, 2, 3, 4])}, ["0002", "0003"])["fit"]
    frame = fit.to_frame("polars")
    assert frame["measure"].to_list() == list(fit.measures)
    assert frame["measure"][0] == "b"
    row = frame.row(0, named=True)
    assert (row["delta"], row["threshold"], row["comparison"]) == (1, 2.5, "at least")
    assert row["delta_low"] < row["delta"] == row["delta_high"]
    assert frame.filter(frame["measure"] == "margin")["threshold"].to_list() == [None]


def test_without_a_list_of_people_there_is_nothing_to_fit() -> None:
    values = {"b": np.arange(4.0)}
    assert isinstance(read(values, None)["fit"], Unanswered)
    for shortlist in ([], ["0000", "0001", "0002", "0003"]):
        assert isinstance(read(values, shortlist)["fit"], Unanswered)


def test_a_list_names_customers_that_are_there() -> None:
    with pytest.raises(ArgumentError, match="no customer has the id"):
        read({"b": np.arange(4.0)}, ["0009"])
    with pytest.raises(ArgumentError, match="not str"):
        read({"b": np.arange(4.0)}, "0001")


def test_an_objecting_customer_holds_no_place_and_counts_among_the_others_unless_listed() -> None:
    values = {"b": np.arange(5.0)}
    customers = [
        {"id": f"{at:04}", "opted_out": each}
        for at, each in enumerate([True, False, False, False, True])
    ]
    fit = read(values, ["0003", "0004"], customers)["fit"]
    assert isinstance(fit, Fit)
    assert (fit.listed, fit.others) == (1, 3)


def test_inactive_customers_are_on_neither_side() -> None:
    orders = {
        "customer": ["a", "b", "c", "old"],
        "on": [DAY, DAY, DAY, date(2025, 1, 1)],
        "amount": [9.0, 5.0, 4.0, 100.0],
    }
    fit = Compass(installed=False).read(
        Portfolio.from_tables(orders=orders), shortlist=["a", "old"]
    )["fit"]
    assert (fit.listed, fit.others) == (1, 2)
    assert fit["revenue"].criterion == AtLeast(7.0)
    with pytest.raises(ArgumentError, match="no measure is called 'revenu'"):
        fit["revenu"]


def test_it_lists_what_a_business_can_steer_by_only() -> None:
    orders = {"customer": ["a", "b"], "on": [DAY] * 2, "amount": [9.0, 1.0]}
    reading = Compass(installed=False).read(Portfolio.from_tables(orders=orders), shortlist=["a"])
    listed = set(reading["fit"].measures)
    assert {"revenue", "clear_share"} <= listed
    assert not listed & {"active", "days_since_first_order", "clear_share_in_24_months"}


def test_without_a_list_of_its_own_those_whom_the_team_named_are_set_apart() -> None:
    day = date(2026, 6, 1)
    orders = [Order(customer=each, on=day, amount=float(each)) for each in "123456"]
    named = [Nomination(customer=each, by="Anna") for each in "56"]
    compass = Compass(installed=False)
    by_team = compass.read(Portfolio.from_records(orders, nominations=named), day)
    by_list = compass.read(Portfolio.from_records(orders), day, shortlist=["5", "6"])
    assert str(by_team["fit"]) == str(by_list["fit"])
    assert by_team["fit"].measures["revenue"].delta == 1.0
