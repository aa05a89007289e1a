"""Bad input is refused with its place and the remedy, or the reading says what it cannot tell."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from klantkompas.domain.customers import Customer
from klantkompas.domain.interactions import Order, Response
from klantkompas.errors import ArgumentError, DataError
from klantkompas.portfolio import Portfolio

DAY = date(2026, 1, 2)
Make = Callable[..., Any]
Refuse = Callable[..., DataError]
Place = Callable[[DataError], tuple[str | None, str | None, int | None]]


def responses(*scores: Any) -> dict[str, Any]:
    return {
        "customer": [str(place) for place in range(len(scores))],
        "on": [DAY] * len(scores),
        "score": list(scores),
    }


@pytest.mark.parametrize("column", ["customer", "on", "amount"])
def test_a_required_column_that_is_missing(
    form: Make, column: str, orders: Make, refused: Refuse, place: Place
) -> None:
    columns = orders()
    columns["Somewhere else"] = columns.pop(column)
    error = refused(orders=form(columns))
    assert place(error) == ("orders", column, None)
    assert "Somewhere else" in str(error)


def test_a_heading_that_is_not_in_the_data(
    form: Make, orders: Make, refused: Refuse, place: Place
) -> None:
    mapping = {"orders": {"amount": "Amuont"}}
    error = refused(orders=form(orders(Amount=[1, 2, 3])), columns=mapping)
    assert place(error) == ("orders", "Amuont", None)
    assert "Did you mean 'Amount'?" in str(error)


def test_a_field_that_the_table_does_not_have(orders: Make) -> None:
    with pytest.raises(ArgumentError, match="Did you mean 'amount'"):
        Portfolio.from_tables(orders=orders(), columns={"orders": {"amuont": "amount"}})


def test_a_table_that_there_is_not(orders: Make) -> None:
    with pytest.raises(ArgumentError, match="Did you mean 'orders'"):
        Portfolio.from_tables(order=orders())
    with pytest.raises(ArgumentError, match="Did you mean 'orders'"):
        Portfolio.from_tables(orders=orders(), columns={"order": {}})


@pytest.mark.parametrize("form", ["mapping", "pandas"], indirect=True)
@pytest.mark.parametrize("bad", ["12,50", "twelve", DAY, True, "", b"1"])
def test_what_is_no_number(
    form: Make, bad: object, orders: Make, refused: Refuse, place: Place
) -> None:
    error = refused(orders=form(orders(amount=[1.0, bad, 3.0])))
    assert place(error) == ("orders", "amount", 2)
    assert error.value == bad


def test_a_column_of_text_where_numbers_belong(
    form: Make, orders: Make, refused: Refuse, place: Place
) -> None:
    error = refused(orders=form(orders(amount=["1,00", "2,00", "3,00"])))
    assert place(error) == ("orders", "amount", 1)
    assert error.value == "1,00"


@pytest.mark.parametrize("bad", [math.inf, -math.inf])
def test_an_infinite_amount(
    form: Make, bad: float, orders: Make, refused: Refuse, place: Place
) -> None:
    error = refused(orders=form(orders(amount=[1.0, 2.0, bad])))
    assert place(error) == ("orders", "amount", 3)
    assert error.value == bad


@pytest.mark.parametrize("nothing", [None, math.nan])
def test_an_amount_that_is_missing(
    form: Make, nothing: float | None, orders: Make, refused: Refuse, place: Place
) -> None:
    error = refused(orders=form(orders(amount=[1.0, nothing, 3.0])))
    assert place(error) == ("orders", "amount", 2)


def test_a_date_that_is_missing(form: Make, orders: Make, refused: Refuse, place: Place) -> None:
    error = refused(orders=form(orders(on=[DAY, None, DAY])))
    assert place(error) == ("orders", "on", 2)


@pytest.mark.parametrize(
    "days",
    [
        pd.to_datetime([DAY, None, DAY]),
        np.array([DAY, None, DAY], dtype="datetime64[us]"),
        [pd.Timestamp(DAY), pd.NaT, pd.Timestamp(DAY)],
        [np.datetime64(DAY), np.datetime64("NaT", "D"), np.datetime64(DAY)],
    ],
    ids=["pandas index", "numpy", "list of pandas", "list of numpy"],
)
def test_a_moment_that_is_no_moment(days: Any, orders: Make, refused: Refuse, place: Place) -> None:
    assert place(refused(orders=orders(on=days))) == ("orders", "on", 2)
    invoices = {"customer": ["a"] * 3, "due": [DAY] * 3, "amount": [1.0] * 3, "paid": days}
    portfolio = Portfolio.from_tables(invoices=invoices)
    assert np.isnat(portfolio.tables["invoices"].columns["paid"]).tolist() == [False, True, False]


@pytest.mark.parametrize("bad", ["2026-01-02", 20260102, 46024.0, "yesterday"])
def test_what_is_no_date(bad: object, orders: Make, refused: Refuse, place: Place) -> None:
    error = refused(orders=orders(on=[DAY, DAY, bad]))
    assert place(error) == ("orders", "on", 3)
    assert error.value == bad


@pytest.mark.parametrize("bad", [11, -1, 7.5])
def test_a_score_that_is_none(form: Make, bad: float, refused: Refuse, place: Place) -> None:
    error = refused(responses=form(responses(8.0, 9.0, float(bad), float(bad))))
    assert place(error) == ("responses", "score", 3)
    assert error.value == bad
    assert "2" in str(error).partition("whole number")[2]


def test_a_score_on_the_other_scale(place: Place) -> None:
    with pytest.raises(DataError) as caught:
        Portfolio.from_tables(responses=responses(8, 0), score_scale=(1, 10))
    assert place(caught.value) == ("responses", "score", 2)
    assert "score_scale=(0, 10) would fit" in str(caught.value)
    assert len(Portfolio.from_tables(responses=responses(8, 0))) == 2


@pytest.mark.parametrize("scale", [(0, 5), (1, 5), (10, 0), 5, None, "0-10"])
def test_a_scale_that_there_is_not(scale: Any) -> None:
    with pytest.raises(ArgumentError, match="score_scale"):
        Portfolio.from_tables(responses=responses(3), score_scale=scale)


def test_a_customer_that_stands_in_two_rows(form: Make, refused: Refuse, place: Place) -> None:
    error = refused(customers=form({"id": ["a", "b", "a"], "name": ["x", "y", "z"]}))
    assert place(error) == ("customers", "id", 3)
    assert error.value == "a"
    twice = {"id": [17, 18, 17], "name": ["x", "y", "z"]}
    error = refused(customers=twice)
    assert (place(error), error.value) == (("customers", "id", 3), "17")


@pytest.mark.parametrize("nothing", [None, "", math.nan])
def test_a_customer_without_id(nothing: Any, refused: Refuse, place: Place) -> None:
    error = refused(customers=pd.DataFrame({"id": ["a", nothing]}))
    assert place(error) == ("customers", "id", 2)


@pytest.mark.parametrize("bad", [1.5, True, b"a", DAY, ("a",)])
def test_what_is_no_id(bad: object, orders: Make, refused: Refuse, place: Place) -> None:
    error = refused(orders=orders(customer=["a", bad, "b"]))
    assert place(error) == ("orders", "customer", 2)
    assert error.value == bad


def test_records_of_no_kind(place: Place) -> None:
    with pytest.raises(DataError, match="Customer"):
        Portfolio.from_records([Customer(id="a")])
    with pytest.raises(DataError, match="records of type Order were given") as caught:
        Portfolio.from_records([], [Order(customer="a", on=DAY, amount=1.0)])  # type: ignore[list-item]
    assert caught.value.table == "customers"
    bad: Any = "1,00"
    with pytest.raises(DataError) as caught:
        Portfolio.from_records(
            [Response(on=DAY, score=3), *(Order(customer="a", on=DAY, amount=a) for a in (1, bad))]
        )
    assert place(caught.value) == ("orders", "amount", 2)
    assert caught.value.value == bad


def test_no_half_built_portfolio_and_no_changed_data(orders: Make) -> None:
    amounts = np.array([1.0, 2.0, 3.0])
    table = orders(amount=amounts)
    portfolio = Portfolio.from_tables(orders=table)
    assert amounts.flags.writeable
    amounts[0] = 99.0
    assert portfolio.tables["orders"].columns["amount"].tolist() == [1.0, 2.0, 3.0]
    with pytest.raises(ValueError, match="read-only"):
        portfolio.tables["orders"].columns["amount"][0] = 5.0
