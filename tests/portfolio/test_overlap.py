"""Tables that speak of other customers are noted, and those of one business are not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from klantkompas import Portfolio

SAID = "hardly any id stands in another table too"


def said(portfolio: Portfolio) -> list[str]:
    """The notes about it."""
    return [str(note) for note in portfolio.notes if SAID in str(note)]


def table(ids: range, **columns: Any) -> dict[str, Any]:
    """A row for each id."""
    day = date(2026, 3, 1)
    return {"customer": [f"C{id_}" for id_ in ids], "on": [day] * len(ids), **columns}


def orders(ids: range) -> dict[str, Any]:
    """An order for each id."""
    return table(ids, amount=[1.0] * len(ids))


@pytest.mark.parametrize(
    ("ids", "notes"),
    [
        (range(29, 45), [f"complaints: {SAID}, 1 of 16: are they ids of another kind?"]),
        (range(28, 44), []),  # two of sixteen are more than one in ten
        (range(30, 39), []),  # nine are too few to say
        (range(5), []),
    ],
)
def test_it_is_noted_where_there_are_enough_to_say(ids: range, notes: list[str]) -> None:
    assert said(Portfolio.from_tables(orders=orders(range(30)), complaints=table(ids))) == notes


def test_the_list_of_customers_is_a_table_too() -> None:
    customers = {"id": [f"K{id_}" for id_ in range(12)]}
    portfolio = Portfolio.from_tables(customers=customers, orders=orders(range(30)))
    assert said(portfolio) == [f"customers: {SAID}, 0 of 12: are they ids of another kind?"]


def test_a_row_of_nobody_is_no_customer_in_common() -> None:
    complaints = table(range(30, 42))
    complaints["customer"][:2] = None, None
    mine = orders(range(30))
    mine["customer"][:2] = None, None
    portfolio = Portfolio.from_tables(orders=mine, complaints=complaints)
    assert said(portfolio) == [f"complaints: {SAID}, 0 of 10: are they ids of another kind?"]
