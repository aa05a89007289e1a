"""All orders of the customers who first bought from an online CD shop early in 1997."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from klantkompas.compass import Compass
from klantkompas.lenses.pareto import pareto_ranking
from klantkompas.portfolio import Portfolio

MASTER = "CDNOW_master.txt.gz"
SAMPLE = "CDNOW_sample.txt"
DUTCH = "DERIVED_cdnow_sample_nl.csv"
WHOLE_FILE = Compass(installed=False, months=19)


def orders_of(words: list[list[str]]) -> dict[str, list[Any]]:
    customers, days, pieces, amounts = zip(*(line[-4:] for line in words), strict=True)
    return {
        "customer": list(customers),
        "on": [datetime.strptime(day, "%Y%m%d").date() for day in days],
        "quantity": [float(each) for each in pieces],
        "amount": [float(each) for each in amounts],
    }


@pytest.fixture(scope="module")
def orders(shared_data: Path) -> dict[str, dict[str, list[Any]]]:
    """The blank-aligned files, by name; only the master has a heading."""
    master = gzip.decompress((shared_data / MASTER).read_bytes()).decode("ascii")
    sample = (shared_data / SAMPLE).read_text(encoding="ascii")
    return {
        MASTER: orders_of([line.split() for line in master.splitlines()[1:]]),
        SAMPLE: orders_of([line.split() for line in sample.splitlines()]),
    }


@pytest.mark.parametrize("file", [MASTER, SAMPLE])
def test_what_the_customers_bought(
    file: str, orders: dict[str, Any], fact: Callable[[str, str], Any]
) -> None:
    portfolio = Portfolio.from_tables(orders=orders[file])
    assert len(portfolio.tables["orders"]) == fact(file, "rows")
    assert len(portfolio) == fact(file, "customers")
    assert [note.count for note in portfolio.notes] == [fact(file, "exact duplicate rows")]
    measures = WHOLE_FILE.measure(portfolio)
    first, last = fact(file, "first/last date")
    assert measures.as_of == date.fromisoformat(last)
    assert min(orders[file]["on"]) == date.fromisoformat(first)
    revenue = measures["revenue"]
    assert revenue.sum() == pytest.approx(fact(file, "total value"), abs=0.005)
    ranking = pareto_ranking(revenue)
    assert -(-len(revenue) // 5) == fact(file, "size of top 20%")
    assert ranking.leading_share(0.20) == pytest.approx(
        fact(file, "value share of top-20% customers"), abs=6e-5
    )
    assert ranking.vital_few == fact(file, "customers needed for 80% of value")


@pytest.mark.parametrize("file", [MASTER, SAMPLE])
def test_lines_without_value_are_no_orders(
    file: str, orders: dict[str, Any], fact: Callable[[str, str], Any]
) -> None:
    measures = WHOLE_FILE.measure(Portfolio.from_tables(orders=orders[file]))
    assert measures["order_count"].sum() == fact(file, "rows") - fact(file, "rows with value<=0")


@pytest.mark.parametrize("file", [MASTER, SAMPLE])
def test_who_bought_anything_lately_and_on_how_many_days(
    file: str, orders: dict[str, Any], fact: Callable[[str, str], Any]
) -> None:
    # The facts count transactions of any value; discs were delivered in all of them.
    discs = Portfolio.from_tables(orders=orders[file], columns={"orders": {"amount": "quantity"}})
    lately = Compass(installed=False).measure(discs)
    assert lately["active"].sum() == fact(file, "  same, strictly after")
    days = WHOLE_FILE.measure(discs)["order_days"]
    assert (days == 1).sum() == fact(file, "customers with exactly one purchase DAY")


def test_the_dutch_conversion_gives_the_identical_reading(
    shared_data: Path, orders: dict[str, Any], fact: Callable[[str, str], Any]
) -> None:
    dutch = Portfolio.from_files(
        orders=shared_data / DUTCH,
        columns={
            "orders": {
                "customer": "Klantnr steekproef",
                "on": "Orderdatum",
                "amount": "Orderbedrag",
                "quantity": "Aantal",
            }
        },
    )
    sample = Portfolio.from_tables(orders=orders[SAMPLE])
    assert sample.ids[0] == dutch.ids[0] == "0001"
    for compass in (WHOLE_FILE, Compass(installed=False)):
        found, expected = compass.read(dutch), compass.read(sample)
        assert str(found) == str(expected)
        assert found.to_frame("polars").equals(expected.to_frame("polars"))
        assert found.notes == expected.notes
        for name in expected.measures.columns:
            np.testing.assert_array_equal(found.measures[name], expected.measures[name])
    rows, total, last = fact(DUTCH, "rows / sum Orderbedrag / max Orderdatum")
    measures = WHOLE_FILE.measure(dutch)
    assert len(dutch.tables["orders"]) == rows
    assert measures["revenue"].sum() == pytest.approx(total, abs=0.005)
    assert measures.as_of == date.fromisoformat(last)
