"""What is said of all customers together: lines of orders, credits, and the period that fits."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from klantkompas import Order
from klantkompas.compass import Compass
from klantkompas.portfolio import Measures, Portfolio

COMPASS = Compass(installed=False)
DAY = date(2026, 6, 1)


def shop(several: int, single: int, **columns: Any) -> Portfolio:
    """Customers with two order rows on one day, and customers with one."""
    customers = [f"s{n}" for n in range(several)] * 2 + [f"o{n}" for n in range(single)]
    rows = len(customers)
    orders = {"customer": customers, "on": [DAY] * rows, "amount": [10.0] * rows}
    return Portfolio.from_tables(
        orders=orders | {name: given(rows) for name, given in columns.items()}
    )


def lines(portfolio: Portfolio) -> list[str]:
    notes = COMPASS.read(portfolio).notes
    return [str(note) for note in notes if "may be lines of one order" in str(note)]


@pytest.mark.parametrize(
    ("several", "single", "noted"), [(10, 0, 1), (9, 0, 0), (10, 90, 1), (10, 91, 0), (11, 99, 1)]
)
def test_ten_customers_and_a_tenth_of_those_who_ordered(
    several: int, single: int, noted: int
) -> None:
    found = lines(shop(several, single))
    assert len(found) == noted
    for note in found:
        assert note.startswith(
            f"orders: {several} customers, of {several + single} who ordered, have"
        )


def test_the_column_that_looks_like_the_number() -> None:
    (note,) = lines(shop(12, 0, InvoiceNo=lambda rows: ["n"] * rows, Piece=np.ones))
    assert "the column InvoiceNo looks like the order's number" in note
    (note,) = lines(shop(12, 0, InvoiceDate=lambda rows: ["n"] * rows))
    assert "looks like" not in note


def test_a_reference_needs_no_note() -> None:
    assert lines(shop(12, 0, reference=lambda rows: [str(row) for row in range(rows)])) == []


@pytest.mark.parametrize(("minute", "noted"), [(0, 1), (1, 0)])
def test_where_there_are_clock_times_a_moment_is_one(minute: int, noted: int) -> None:
    customers = [f"c{n}" for n in range(12)]
    clock = [datetime(2026, 6, 1, 9, 0)] * 12 + [datetime(2026, 6, 1, 9, minute)] * 12
    orders = {"customer": customers * 2, "on": clock, "amount": [1.0] * 24}
    assert len(lines(Portfolio.from_tables(orders=orders))) == noted


def test_credit_notes_are_no_lines_of_an_order() -> None:
    customers = [f"c{n}" for n in range(12)]
    orders = {"customer": customers * 2, "on": [DAY] * 24, "amount": [5.0] * 12 + [-5.0] * 12}
    assert lines(Portfolio.from_tables(orders=orders)) == []


def test_parts_note_what_the_whole_does() -> None:
    portfolio = shop(12, 30)
    whole = COMPASS.measure(portfolio)
    cuts = [portfolio.only(portfolio.ids[start::3]) for start in range(3)]
    parts = [COMPASS.measure(cut, whole.as_of) for cut in cuts]
    joined = COMPASS.read(Measures.join(parts))
    assert joined.notes == COMPASS.read(whole).notes != ()
    again = COMPASS.read(joined.measures)
    assert again.notes == joined.notes


def credited(amounts: list[float], **columns: list[Any]) -> list[float | None]:
    count = len(amounts)
    orders = {"customer": [*"abcdefgh"][:count], "on": [DAY] * count, "amount": amounts}
    measures = COMPASS.read(Portfolio.from_tables(orders=orders | columns)).measures
    return [None if np.isnan(each) else each for each in measures["credited_share"].tolist()]


def test_without_credits_in_the_export_nobodys_share_is_known() -> None:
    assert credited([10.0, 20.0]) == [None, None]
    assert credited([10.0, 20.0, -1.0]) == [0, 0, None]
    assert credited([10.0, 20.0], refunded=[None, None]) == [None, None]
    assert credited([10.0, 20.0], refunded=[0.0, None]) == [0, 0]
    assert credited([10.0, 20.0], refunded=[5.0, None]) == [0.5, 0]


def test_records_that_say_nothing_of_refunds_show_no_credits() -> None:
    orders = [Order(customer="a", on=DAY, amount=10.0)] * 2
    share = COMPASS.read(Portfolio.from_records(orders)).measures["credited_share"]
    assert np.isnan(share).all()


def test_a_part_without_credits_knows_of_the_others() -> None:
    orders = {"customer": ["a", "b"], "on": [DAY] * 2, "amount": [10.0, 20.0]}
    orders["amount"].append(-1.0)
    orders["customer"].append("b")
    orders["on"].append(DAY)
    portfolio = Portfolio.from_tables(orders=orders)
    parts = [COMPASS.measure(portfolio.only([each])) for each in "ab"]
    joined = COMPASS.read(Measures.join(parts)).measures
    assert joined["credited_share"].tolist() == [0, 0.05]


def test_a_share_of_money_is_too_little_by_its_orders() -> None:
    customers, amounts = ["a"] * 2 + ["b"] * 3, [100.0] * 5
    customers, amounts = [*customers, "b"], [*amounts, -1.0]
    orders = {"customer": customers, "on": [DAY] * 6, "amount": amounts}
    reading = COMPASS.read(Portfolio.from_tables(orders=orders))
    column = reading.scorecard.factors.index("keeps_what_it_orders")
    assert reading.scorecard.unknown[:, column].tolist() == [True, False]
    assert reading.scorecard.met[:, column].tolist() == [False, True]
    states = [reading.scorecard.state(row, column) for row in range(2)]
    for state, orders_of, money in zip(states, (2, 3), (200, 300), strict=True):
        assert (state.rests_on, state.rests_on_unit) == (orders_of, "orders")
        assert (state.basis, state.basis_unit) == (money, "money")
    assert "too little to judge by (rests on 2 orders since 1 June 2026, 3 needed)" in str(
        states[0]
    )
    assert "over 3 orders" in str(states[1])


def periods(gaps: list[list[int]], months: int = 6) -> list[int | str]:
    """Return the months that are proposed to customers with these days between their orders."""
    orders = [
        Order(customer=f"c{at}", on=DAY - timedelta(sum(days[:n])), amount=1.0)
        for at, days in enumerate(gaps)
        for n in range(len(days) + 1)
    ]
    notes = Compass(installed=False, months=months).read(Portfolio.from_records(orders), DAY).notes
    return [note.detail for note in notes if "fits them better" in note.message]


@pytest.mark.parametrize(
    ("gap", "proposed"),
    # Up to 1 June 2026, 6, 12, 18 and 24 months have 182, 365, 547 and 730 days.
    [(60, []), (61, [12]), (121, [12]), (122, [18]), (182, [18]), (183, [24]), (400, [24])],
)
def test_the_shortest_period_of_which_a_third_holds_the_rhythm(
    gap: int, proposed: list[int]
) -> None:
    assert periods([[gap]]) == proposed


def test_it_is_the_median_over_customers_of_their_own_median() -> None:
    assert periods([[10], [61, 61], [61, 300, 1]]) == [12]
    assert periods([[10], [60], [100, 300]]) == []
    assert periods([[10], [112]]) == [12], "halfway between 10 and 112"
    assert periods([[10], [111]]) == []
    assert periods([[], []]) == []


def test_a_period_no_longer_than_the_one_in_use_is_not_proposed() -> None:
    assert periods([[130]], months=12) == [18]
    assert periods([[130]], months=24) == []
    assert periods([[400]], months=24) == []


def test_the_period_that_fits_is_said_of_parts_as_of_the_whole() -> None:
    orders = [
        Order(customer=f"c{at}", on=DAY - timedelta(gap), amount=1.0)
        for at, days in enumerate([7, 80, 93])
        for gap in (0, days)
    ]
    portfolio = Portfolio.from_records(orders)
    whole = COMPASS.measure(portfolio, DAY)
    parts = [COMPASS.measure(portfolio.only([each]), DAY) for each in portfolio.ids]
    joined = Measures.join(parts)
    assert whole.tallies["order_gaps"] == joined.tallies["order_gaps"]
    (note,) = [each for each in COMPASS.read(joined).notes if "fits them better" in each.message]
    assert str(note) == (
        "orders: customers mostly order less than three times a period, as far as the 3 customers "
        "who ordered on two days or more show: a period of 12 months fits them better"
    )
