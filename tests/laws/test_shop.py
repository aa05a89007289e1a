"""The example shop: its files, and its tables in every other form, give one reading."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from klantkompas.compass import Compass, Reading
from klantkompas.domain.customers import Customer
from klantkompas.domain.fields import columns_of
from klantkompas.domain.interactions import BUILT_IN_KINDS
from klantkompas.io.files import read_file
from klantkompas.io.mapping_file import read_mapping
from klantkompas.portfolio import Measures, Portfolio

SHOP = Path(__file__).parents[2] / "examples" / "shop"
FILES = {
    "customers": "klanten.csv",
    "orders": "orders.csv",
    "invoices": "facturen.csv",
    "complaints": "klachten.csv",
    "contacts": "contacten.csv",
    "responses": "enquete.csv",
    "departures": "vertrek.csv",
}
RECORDS = {"customers": Customer} | {kind.name: kind.record for kind in BUILT_IN_KINDS}
COMPASS = Compass(installed=False)


@pytest.fixture(scope="module")
def columns() -> dict[str, Any]:
    return dict(read_mapping(SHOP / "columns.toml"))


@pytest.fixture(scope="module")
def portfolio(columns: dict[str, Any]) -> Portfolio:
    files = {table: SHOP / name for table, name in FILES.items()}
    return Portfolio.from_files(columns=columns, **files)


@pytest.fixture(scope="module")
def reading(portfolio: Portfolio) -> Reading:
    return COMPASS.read(portfolio)


@pytest.fixture(scope="module")
def frames(columns: dict[str, Any]) -> dict[str, pl.DataFrame]:
    return {
        table: read_file(
            SHOP / name, table=table, columns=columns_of(RECORDS[table]), mapping=columns[table]
        ).frame
        for table, name in FILES.items()
    }


def same(one: Measures, other: Measures) -> None:
    assert one.ids.tolist() == other.ids.tolist()
    assert one.as_of == other.as_of
    for name in one.columns:
        assert one[name].tobytes() == other[name].tobytes(), name
    # Numbers have no sign beside them, by which files say in which currency they are.
    assert {**one.tallies, "currencies": {}} == {**other.tallies, "currencies": {}}


def duckdb_relation(frame: pl.DataFrame) -> Any:
    import duckdb

    return duckdb.connect().from_arrow(frame.to_arrow())


WAYS: dict[str, Callable[[pl.DataFrame], Any]] = {
    "pandas": lambda frame: frame.to_pandas(),
    "polars": lambda frame: frame,
    "polars lazy": lambda frame: frame.lazy(),
    "pyarrow": lambda frame: frame.to_arrow(),
    "arrow stream": lambda frame: frame.to_arrow().to_reader(),
    "duckdb": duckdb_relation,
    "mapping of arrays": lambda frame: {name: frame[name].to_numpy() for name in frame.columns},
    "mapping of lists": lambda frame: frame.to_dict(as_series=False),
    "rows turned round": lambda frame: frame.reverse(),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_form_gives_the_reading_of_the_files(
    way: str, frames: dict[str, pl.DataFrame], columns: dict[str, Any], reading: Reading
) -> None:
    tables = {table: WAYS[way](frame) for table, frame in frames.items()}
    found = COMPASS.read(Portfolio.from_tables(columns=columns, **tables))
    same(found.measures, reading.measures)
    assert (found.currency, reading.currency) == (None, "EUR")
    assert found.to_frame("polars").equals(reading.to_frame("polars"))
    assert found.classes.counts() == reading.classes.counts()


def test_records_give_the_reading_of_the_files(portfolio: Portfolio, reading: Reading) -> None:
    ids = [*portfolio.ids, None]
    records: list[Any] = []
    for kind in BUILT_IN_KINDS:
        table = portfolio.tables[kind.name]
        columns: dict[str, list[Any]] = {"customer": [ids[code] for code in table.codes]}
        for column in kind.columns:
            if column.name not in table.columns:
                continue
            values = table.times.get(column.name, table.columns[column.name]).tolist()
            if column.choices:
                words = [*column.choices, None]
                values = [words[code] for code in values]
            elif column.content.name == "FLAG":
                values = [None if code < 0 else bool(code) for code in values]
            elif column.content.name == "IDENTITY":
                values = [None if code < 0 else str(code) for code in values]
            columns[column.name] = values
        rows = zip(*columns.values(), strict=True)
        records += [kind.record(**dict(zip(columns, row, strict=True))) for row in rows]
    random.Random(7).shuffle(records)
    listed = portfolio.listed
    words = {each.name: each.choices for each in columns_of(Customer) if each.choices}
    customers = []
    for place, identity in enumerate(portfolio.ids):
        if portfolio.is_listed[place]:
            fields = {
                name: column[place : place + 1].tolist()[0] for name, column in listed.items()
            }
            for name, choices in words.items():
                fields[name] = [*choices, None][fields[name]]
            fields["opted_out"] = {1: True, 0: False}.get(fields["opted_out"])
            customers.append(Customer(id=identity, **fields))
    found = COMPASS.read(Portfolio.from_records(records, customers))
    same(found.measures, reading.measures)
    assert found.to_frame("polars").equals(reading.to_frame("polars"))


def test_regions_measured_apart_and_joined_are_the_whole(
    portfolio: Portfolio, reading: Reading
) -> None:
    as_of = reading.as_of
    north = [each for each in portfolio.ids if int(each) % 3 == 0]
    parts = [portfolio.only(north), portfolio.without(north)]
    joined = Measures.join([COMPASS.measure(part, as_of) for part in parts])
    same(joined, reading.measures)
    assert COMPASS.read(joined).classes.counts() == reading.classes.counts()


def test_every_class_and_every_state_of_a_factor_occurs(reading: Reading) -> None:
    assert all(reading.classes.counts().values())
    card = reading.scorecard
    for column, factor in enumerate(card.factors):
        met, unknown = card.met[:, column], card.unknown[:, column]
        assert met.any(), factor
        assert (~met & ~unknown).any(), factor
    assert card.unknown.any()
