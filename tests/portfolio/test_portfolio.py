"""Customers, encoded once: ids, what was odd, the reference date, and parts of a portfolio."""

from __future__ import annotations

import inspect
import pickle
from datetime import date, datetime
from typing import Any

import numpy as np
import pytest

from klantkompas.compass import Compass
from klantkompas.domain.customers import Customer, CustomerKind, Stage
from klantkompas.domain.interactions import BUILT_IN_KINDS, Order, Response
from klantkompas.errors import ArgumentError
from klantkompas.portfolio import Measures, Portfolio
from klantkompas.shapes import BUILT_IN_SHAPES

COMPASS = Compass(installed=False)
DAY = date(2026, 1, 2)


def orders(*customers: Any, **columns: Any) -> dict[str, Any]:
    count = len(customers)
    base = {"customer": list(customers), "on": [DAY] * count, "amount": [1.0] * count}
    return base | columns


def test_ids_stand_shorter_first_and_then_by_code_point() -> None:
    portfolio = Portfolio.from_tables(
        customers={"id": ["b", "\N{LATIN SMALL LETTER E WITH ACUTE}"]},
        orders=orders("10", "9", "0001", "1", "Z", "a"),
    )
    assert portfolio.ids.tolist() == ["1", "9", "Z", "a", "b", "\xe9", "10", "0001"]
    assert len(portfolio) == 8


def test_whole_numbers_and_their_decimal_text_are_one_customer() -> None:
    portfolio = Portfolio.from_tables(
        orders=orders(9, 10, 101), responses={"customer": ["10", "010"], "on": [DAY] * 2}
    )
    assert portfolio.ids.tolist() == ["9", "10", "010", "101"]
    numbers = Portfolio.from_tables(
        orders=orders(9, 10, 101), responses={"customer": [10.0, np.nan], "on": [DAY] * 2}
    )
    assert numbers.ids.tolist() == ["9", "10", "101"]
    negative = Portfolio.from_tables(orders=orders(-5, 3, 12))
    assert negative.ids.tolist() == ["3", "-5", "12"]


def test_rows_without_a_customer_are_counted_and_left_out() -> None:
    portfolio = Portfolio.from_tables(orders=orders("a", None, ""))
    assert portfolio.ids.tolist() == ["a"]
    assert [note.count for note in portfolio.notes] == [2]
    assert str(portfolio.notes[0]).startswith("orders: 2 rows without a customer")
    assert COMPASS.measure(portfolio)["revenue"].tolist() == [1.0]


def test_answers_need_no_column_for_the_customer() -> None:
    portfolio = Portfolio.from_tables(responses={"on": [DAY], "score": [9]})
    assert len(portfolio) == 0
    assert COMPASS.read(portfolio).nps.per_answer.promoters == 1


def test_who_stands_in_interactions_only_becomes_a_customer() -> None:
    portfolio = Portfolio.from_tables(
        customers={"id": ["a"], "kind": ["business"], "stage": ["suspect"]},
        orders=orders("b", "d", amount=[1.0, -1.0]),
        responses={"customer": ["c"], "on": [DAY], "score": [9]},
    )
    record = COMPASS.measure(portfolio).record
    assert record["kind"].tolist() == ["business", "consumer", "consumer", "consumer"]
    assert record["stage"].tolist() == ["suspect", "customer", "prospect", "prospect"]
    assert 3 in [note.count for note in portfolio.notes]
    without_orders = Portfolio.from_tables(responses={"customer": ["c"], "on": [DAY], "score": [9]})
    assert COMPASS.measure(without_orders).record["stage"].tolist() == [Stage.CUSTOMER]
    assert without_orders.notes == ()


def test_a_prospect_that_has_ordered_is_a_customer() -> None:
    portfolio = Portfolio.from_tables(
        customers={"id": ["a", "b", "c"], "stage": ["suspect", "prospect", "prospect"]},
        orders=orders("a", "b", "b", amount=[1.0, 2.0, 3.0]),
    )
    record = COMPASS.measure(portfolio).record
    assert record["stage"].tolist() == ["customer", "customer", "prospect"]
    assert [note.count for note in portfolio.notes] == [2]
    early = COMPASS.measure(portfolio, date(2025, 1, 1))
    assert early.record["stage"].tolist() == ["suspect", "prospect", "prospect"]


def test_internal_customers_get_no_class_and_set_no_edge() -> None:
    customers = [Customer(id="a", kind=CustomerKind.INTERNAL), Customer(id="b")]
    placed = [Order(customer=each, on=DAY, amount=5.0) for each in ("a", "a", "b")]
    reading = COMPASS.read(Portfolio.from_records(placed, customers))
    assert reading.scorecard.ids.tolist() == ["b"]
    assert reading.classes.label("a") is None
    assert "internal" in reading.classes.why("a").because
    assert reading.pareto.ranked_ids.tolist() == ["b"]


def test_a_customer_that_objects_counts_but_is_not_shown() -> None:
    customers = [Customer(id="a", name="Anna", opted_out=True), Customer(id="b")]
    placed = [Order(customer="a", on=DAY, amount=9.0), Order(customer="b", on=DAY, amount=5.0)]
    answers = [Response(customer="a", on=DAY, score=10)]
    reading = COMPASS.read(Portfolio.from_records([*placed, *answers], customers))
    assert len(reading.scorecard) == 2
    assert reading.classes.label("a") is None
    assert "they object" in reading.classes.why("a").because
    assert not reading.scorecard.shortlisted[0]
    assert reading.scorecard.shortlisted[1]
    assert reading.nps.score.promoters == 1
    assert reading.to_frame("polars")["id"].to_list() == ["b"]
    profile = reading.profile("a")
    assert profile.opted_out
    assert (profile.name, profile.rank, profile.last_score, profile.measures) == (None,) * 3 + ({},)
    assert "Anna" not in str(profile)
    assert "a" not in reading.pareto.to_frame("polars")["id"].to_list()


def last_date(**tables: Any) -> tuple[date, list[int]]:
    measures = COMPASS.measure(Portfolio.from_tables(**tables))
    return measures.as_of, [note.count for note in measures.notes]


def test_the_reference_date_is_the_last_on_which_something_happened() -> None:
    invoices = {
        "customer": ["a"],
        "issued": [date(2026, 1, 9)],
        "due": [date(2026, 12, 1)],
        "amount": [1.0],
    }
    assert last_date(orders=orders("a"), invoices=invoices) == (date(2026, 1, 9), [])
    paid = {**invoices, "paid": [date(2026, 1, 20)]}
    assert last_date(orders=orders("a"), invoices=paid) == (date(2026, 1, 20), [])
    for step in ("resolved", "talked", "published"):
        complaints = {"customer": ["a"], "on": [DAY], step: [date(2026, 1, 15)]}
        assert last_date(complaints=complaints) == (date(2026, 1, 15), [])
    late = datetime(2026, 1, 3, 23, 59)
    for kind in ("complaints", "contacts", "responses", "departures"):
        assert last_date(**{kind: {"customer": ["a"], "on": [late]}}) == (late.date(), [])
    since = {"id": ["a"], "since": [date(2026, 2, 1)]}
    assert last_date(customers=since, orders=orders("a")) == (DAY, [])


def test_a_due_date_alone_is_no_reference_date() -> None:
    invoices = {"customer": ["a"], "due": [DAY], "amount": [1.0]}
    with pytest.raises(ArgumentError, match="as_of"):
        last_date(invoices=invoices)


@pytest.mark.parametrize(("last", "noted"), [(date(2026, 2, 2), []), (date(2026, 2, 3), [32])])
def test_a_last_date_far_behind_the_others_is_noted(last: date, noted: list[int]) -> None:
    found = last_date(orders=orders("a", "b", "c", on=[DAY, last, last]))
    assert found == (last, noted)
    portfolio = Portfolio.from_tables(orders=orders("a", "b", on=[DAY, last]))
    assert COMPASS.measure(portfolio, last).notes == ()


def test_nothing_else_changes_when_later_rows_are_added() -> None:
    now = Portfolio.from_tables(orders=orders("a", "b"))
    later = Portfolio.from_tables(
        orders=orders("a", "b", "a", on=[DAY, DAY, date(2026, 1, 3)], amount=[1.0, 1.0, 99.0])
    )
    one, other = COMPASS.read(now, DAY), COMPASS.read(later, DAY)
    assert str(one) == str(other)
    assert one.to_frame("polars").equals(other.to_frame("polars"))


def test_parts_of_a_portfolio() -> None:
    portfolio = Portfolio.from_tables(
        customers={"id": ["a", "b", "c"], "group": ["x", "y", None]},
        orders=orders("a", "b", "b", None),
        responses={"customer": ["c", None], "on": [DAY] * 2, "score": [9, 3]},
    )
    only, rest = portfolio.only(["b"]), portfolio.without(["b"])
    assert (only.ids.tolist(), rest.ids.tolist()) == (["b"], ["a", "c"])
    assert (len(only.tables["orders"]), len(rest.tables["orders"])) == (2, 2)
    assert (len(only.tables["responses"]), len(rest.tables["responses"])) == (0, 2)
    assert COMPASS.measure(only, DAY).record["group"].tolist() == ["y"]
    assert COMPASS.measure(only, DAY)["last_score"].tolist() != []
    assert portfolio.only([]).ids.tolist() == []
    assert len(portfolio.without([])) == 3


def parts(*groups: list[str], as_of: date = DAY) -> list[Measures]:
    return [
        COMPASS.measure(Portfolio.from_tables(orders=orders(*group)), as_of) for group in groups
    ]


def test_joining_refuses_what_does_not_belong_together() -> None:
    with pytest.raises(ArgumentError, match="nothing to join"):
        Measures.join([])
    with pytest.raises(ArgumentError, match="two of the parts"):
        Measures.join(parts(["a"], ["a"]))
    with pytest.raises(ArgumentError, match="as_of"):
        Measures.join([*parts(["a"]), *parts(["b"], as_of=date(2026, 2, 1))])
    months = Compass(installed=False, months=3)
    with pytest.raises(ArgumentError, match="months"):
        Measures.join(
            [*parts(["a"]), months.measure(Portfolio.from_tables(orders=orders("b")), DAY)]
        )


def test_joined_measures_read_as_the_whole_does() -> None:
    whole = COMPASS.read(Portfolio.from_tables(orders=orders("a", "b", "c")), DAY)
    joined = COMPASS.read(Measures.join(parts(["b"], ["c", "a"])))
    assert str(joined) == str(whole)
    with pytest.raises(ArgumentError, match="as_of"):
        COMPASS.read(joined.measures, date(2026, 2, 1))


@pytest.mark.parametrize("way", ["from_tables", "from_files", "from_records", "from_database"])
def test_a_signature_is_short_enough_to_read(way: str) -> None:
    assert len(str(inspect.signature(getattr(Portfolio, way)))) < 1500


def test_what_is_built_in_is_a_tuple_that_travels() -> None:
    for given in (BUILT_IN_KINDS, BUILT_IN_SHAPES):
        again = pickle.loads(pickle.dumps(given))
        assert (again, repr(again)) == (tuple(given), repr(given))
