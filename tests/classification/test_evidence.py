"""On what a factor judges: the period, the two years up to the day, or too little."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas import AtLeast, Compass, Invoice, Order, Portfolio, SuccessFactor
from klantkompas._thresholds import at_least
from klantkompas.classification.evidence import Evidence, State
from klantkompas.compass import Reading

AS_OF = date(2026, 6, 30)
START = date(2025, 12, 30)
TWO_YEARS_AGO = date(2024, 6, 30)
COMPASS = Compass(installed=False)


def ordered(customer: str, days: list[date], **more: Any) -> list[Order]:
    return [Order(customer=customer, on=day, amount=10.0, **more) for day in days]


def read(*interactions: Any, months: int = 6) -> Reading:
    portfolio = Portfolio.from_records(interactions)
    return Compass(installed=False, months=months).read(portfolio, AS_OF)


def state(reading: Reading, customer: str, factor: str) -> Any:
    states = {each.factor: each for each in reading.classes.why(customer).factors}
    return states[factor]


def recent(count: int) -> list[date]:
    return [AS_OF - timedelta(days=each) for each in range(count)]


def before(count: int) -> list[date]:
    return [START - timedelta(days=each) for each in range(count)]


@pytest.mark.parametrize(
    ("within", "earlier", "found"),
    [
        (3, 0, ("met", 3, False)),
        (3, 5, ("met", 3, False)),
        (2, 0, ("too little", 2, True)),
        (2, 1, ("met", 3, True)),
        (1, 9, ("met", 10, True)),
    ],
)
def test_the_longer_look_is_taken_below_three(
    within: int, earlier: int, found: tuple[str, int, bool]
) -> None:
    reading = read(*ordered("a", recent(within) + before(earlier), clear=True))
    clear = state(reading, "a", "clear_orders")
    assert (clear.state, clear.rests_on, clear.look is not None) == found
    assert reading.measures["clear_share"][0] == 1


@pytest.mark.parametrize(("day", "count"), [(0, 2), (1, 3)])
def test_the_longer_look_begins_two_years_ago(day: int, count: int) -> None:
    old = TWO_YEARS_AGO + timedelta(days=day)
    seen = state(read(*ordered("a", [*recent(2), old], clear=True)), "a", "clear_orders")
    assert seen.rests_on == count


def test_a_period_as_long_needs_no_longer_look() -> None:
    reading = read(*ordered("a", [*recent(1), *before(1)], clear=True), months=24)
    clear = state(reading, "a", "clear_orders")
    assert (clear.state, clear.look) == ("too little", None)


def test_why_says_which_look_it_was() -> None:
    days = [*recent(1), *before(4)]
    old = ordered("b", [TWO_YEARS_AGO - timedelta(days=9), *recent(1)])
    told = str(read(*ordered("a", days, clear=True), *old).classes.why("a"))
    assert "places clear orders: 100% of 5 orders in 2 years, at least 90%" in told
    young = str(read(*ordered("a", days, clear=True)).classes.why("a"))
    assert "100% of 5 orders since 27 December 2025" in young


@pytest.mark.parametrize(
    ("known", "empty", "found"),
    [(2, 0, "too little"), (2, 1, "missing"), (0, 2, "too little"), (0, 3, "missing")],
)
def test_what_filling_in_would_make_known_is_missing(known: int, empty: int, found: str) -> None:
    days = recent(known + empty)
    orders = ordered("a", days[:known], clear=True) + ordered("a", days[known:])
    others = ordered("b", recent(3), clear=True)
    assert state(read(*orders, *others), "a", "clear_orders").state == found


def test_invoices_paid_on_an_unknown_day_can_be_found_out() -> None:
    due = AS_OF - timedelta(days=5)
    paid = [Invoice(customer="a", due=due, amount=9.0, paid=due) for _ in range(2)]
    unknown_day = Invoice(customer="a", due=due, amount=9.0, open=0.0, issued=AS_OF)
    orders = ordered("a", recent(3))
    assert state(read(*orders, *paid), "a", "pays_on_time").state == "too little"
    assert state(read(*orders, *paid, unknown_day), "a", "pays_on_time").state == "missing"


def test_what_is_known_of_nobody_is_not_measured_and_takes_no_part() -> None:
    reading = read(*ordered("a", recent(3)), *ordered("b", recent(1)))
    card = reading.scorecard
    measured = {name for name, known in zip(card.factors, card.measured, strict=True) if known}
    assert measured == {"large_volume", "orders_regularly"}
    assert not reading.classes.provisional.any()
    assert not card.unsettled.any()
    assert card.unknown.any()
    factors = {each for lift in reading.classes.what_if("b").lifts for each in lift.factors}
    assert factors <= measured
    assert "not measured:" in str(reading.classes.why("b"))
    assert "rarely complains: not measured; it takes complaints" in str(card)


def test_a_column_that_is_empty_throughout_is_as_one_that_is_absent() -> None:
    days = [AS_OF, AS_OF, AS_OF, AS_OF - timedelta(days=1)]
    orders = {"customer": ["a", "a", "a", "b"], "on": np.array(days, "datetime64[D]")}
    orders["amount"] = [5.0, 6.0, 7.0, 8.0]
    empty = {"clear": [None] * 4, "margin": [np.nan] * 4}
    plain, filled = (
        COMPASS.read(Portfolio.from_tables(orders=each)) for each in (orders, orders | empty)
    )
    assert plain.scorecard.states.tolist() == filled.scorecard.states.tolist()
    assert plain.classes.labels.tolist() == filled.classes.labels.tolist()
    assert plain.classes.ranges.tolist() == filled.classes.ranges.tolist()


def test_too_little_of_everybody_is_measured_all_the_same() -> None:
    card = read(*ordered("a", recent(2), clear=True)).scorecard
    column = card.factors.index("clear_orders")
    assert card.states[:, column].tolist() == [State.TOO_LITTLE]
    assert card.measured[column]


def test_another_customers_interaction_makes_nothing_too_little() -> None:
    own = ordered("a", [*recent(1), *before(2)], clear=True)
    first = read(*own).scorecard.states[0]
    for count in (1, 2, 3):
        other = read(*own, *ordered("b", recent(count), clear=False)).scorecard.states[0]
        known = first < State.MISSING
        assert not (other[known] == State.TOO_LITTLE).any()


NUMBERS = st.sampled_from([np.nan, 0.0, 1.0, 2.0, 3.0, 4.0])


@given(
    st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=8),
    st.booleans(),
    st.booleans(),
    st.integers(0, 4),
)
def test_the_sort_of_the_unknown_is_as_it_would_be_chosen_one_by_one(
    rows: list[tuple[float, float, float]], counts: bool, could_count: bool, least: int
) -> None:
    values, count, could = np.array(rows).T
    seen = Evidence(
        values=values,
        basis=None,
        count=count if counts else None,
        count_unit="orders",
        could=could if could_count else None,
        least=float(least),
        longer=np.zeros(len(rows), dtype=np.bool_),
        months=0,
    )

    def chosen(value: float, rests_on: float, could_rest_on: float) -> State | int:
        if not counts:
            return State.MISSING if np.isnan(value) else 0
        if not np.isnan(value) and at_least(rests_on, least):
            return 0
        enough = at_least(could_rest_on, least) if could_count else np.isnan(value)
        return State.MISSING if enough else State.TOO_LITTLE

    assert seen.unknown.tolist() == [chosen(*row) for row in rows]


def test_a_number_of_orders_is_of_the_period_for_everybody_and_for_nobody_at_all() -> None:
    often = SuccessFactor(
        name="buys_often", measure="order_count", criterion=AtLeast(2), title="buys often"
    )
    compass = Compass([often], installed=False)
    portfolio = Portfolio.from_records(
        [*ordered("a", recent(1) + before(4)), *ordered("b", recent(2))]
    )
    reading = compass.read(portfolio, AS_OF)
    assert (state(reading, "a", "buys_often").state, state(reading, "a", "buys_often").value) == (
        "not met",
        1,
    )
    assert state(reading, "b", "buys_often").value == 2
    assert compass.read(portfolio, date(2029, 1, 1)).scorecard.factors
