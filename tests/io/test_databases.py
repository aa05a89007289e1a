"""Queries of databases: every connection gives the reading that the same rows give otherwise."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import adbc_driver_sqlite.dbapi as adbc_sqlite
import duckdb
import polars as pl
import pytest
import sqlalchemy
from hypothesis import given
from hypothesis import strategies as st

from klantkompas import Compass, Portfolio, read_mapping
from klantkompas.domain.customers import Customer
from klantkompas.domain.fields import columns_of
from klantkompas.domain.interactions import BUILT_IN_KINDS
from klantkompas.errors import ArgumentError, DataError
from klantkompas.io import databases
from klantkompas.io.columns.fetched import series_of
from klantkompas.io.files import read_file

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
COLUMNS: dict[str, Any] = dict(read_mapping(SHOP / "columns.toml"))


@pytest.fixture(scope="module")
def frames() -> dict[str, pl.DataFrame]:
    found = {}
    for table, name in FILES.items():
        export = read_file(
            SHOP / name,
            table=table,
            columns=columns_of(RECORDS[table]),
            mapping=COLUMNS[table],
        )
        found[table] = export.frame.select(
            pl.col(wanted[0].name).alias(field) for field, wanted in export.mapping.items()
        )
    return found


def fill_sqlite(path: Path, frames: dict[str, pl.DataFrame]) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        for table, frame in frames.items():
            names = ", ".join(f'"{name}"' for name in frame.columns)
            file.execute(f'create table "{table}" ({names})')
            texts = frame.select(
                pl.col(name).cast(pl.String) if dtype.is_temporal() else pl.col(name)
                for name, dtype in frame.schema.items()
            )
            places = ", ".join("?" * frame.width)
            file.executemany(f'insert into "{table}" values ({places})', texts.rows())


@contextmanager
def of_sqlite(folder: Path, frames: dict[str, pl.DataFrame]) -> Iterator[Any]:
    fill_sqlite(folder / "shop.db", frames)
    with closing(sqlite3.connect(folder / "shop.db")) as connection:
        yield connection


@contextmanager
def of_adbc(folder: Path, frames: dict[str, pl.DataFrame]) -> Iterator[Any]:
    fill_sqlite(folder / "shop.db", frames)
    with adbc_sqlite.connect(str(folder / "shop.db")) as connection:
        yield connection


@contextmanager
def of_duckdb(folder: Path, frames: dict[str, pl.DataFrame]) -> Iterator[Any]:
    with duckdb.connect(folder / "shop.duckdb") as connection:
        for table, frame in frames.items():
            connection.register("given", frame.to_arrow())
            connection.execute(f'create table "{table}" as select * from given')
        yield connection


@contextmanager
def of_engine(folder: Path, frames: dict[str, pl.DataFrame]) -> Iterator[Any]:
    fill_sqlite(folder / "shop.db", frames)
    engine = sqlalchemy.create_engine(f"sqlite:///{folder / 'shop.db'}")
    yield engine
    engine.dispose()


@contextmanager
def of_sqlalchemy(folder: Path, frames: dict[str, pl.DataFrame]) -> Iterator[Any]:
    with of_engine(folder, frames) as engine, engine.connect() as connection:
        yield connection


WAYS: dict[str, Callable[..., Any]] = {
    "sqlite3": of_sqlite,
    "ADBC": of_adbc,
    "DuckDB": of_duckdb,
    "an engine of SQLAlchemy": of_engine,
    "a connection of SQLAlchemy": of_sqlalchemy,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("size", [100, 1 << 16])
@pytest.mark.parametrize("arrow", [True, False])
def test_the_shop_reads_the_same(
    way: str,
    size: int,
    arrow: bool,
    frames: dict[str, pl.DataFrame],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(databases, "AT_A_TIME", size)
    monkeypatch.setattr(databases, "TOGETHER", 3 * size + 1)
    if not arrow:
        monkeypatch.setattr(databases, "_has_pyarrow", lambda: False)
    expected = COMPASS.read(Portfolio.from_tables(**frames))
    queries = {table: f'select * from "{table}"' for table in frames}
    with WAYS[way](tmp_path, frames) as connection:
        portfolio = Portfolio.from_database(connection, **queries)
        again = Portfolio.from_database(connection, **queries)
    reading = COMPASS.read(portfolio)
    assert reading.to_frame("polars").equals(expected.to_frame("polars"))
    assert reading.measures.tallies == expected.measures.tallies
    assert portfolio.notes == Portfolio.from_tables(**frames).notes == again.notes


@contextmanager
def memory(*statements: str, rows: Any = ()) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute('create table o (customer, "on", amount, more)')
        connection.executemany("insert into o values (?, ?, ?, ?)", rows)
        yield connection


ORDERS = 'select customer, "on", amount from o'


def amounts(rows: Any, query: str = ORDERS, **options: Any) -> list[float]:
    with memory(rows=rows) as connection:
        portfolio = Portfolio.from_database(connection, orders=query, **options)
    return portfolio.tables["orders"].columns["amount"].tolist()


def test_numbers_may_be_whole_broken_or_text() -> None:
    assert amounts([("a", "2026-01-05", 1, 0), ("a", "2026-01-06", 2.5, 0)]) == [1.0, 2.5]
    assert amounts([("a", "2026-01-05", "1.25", 0), ("a", "2026-01-06", 2, 0)]) == [1.25, 2.0]
    dutch = [("a", "2026-01-05", "1.234,50", 0), ("a", "2026-01-06", "2,5", 0)]
    assert amounts(dutch, locale="nl") == [1234.5, 2.5]


def test_the_mapping_names_columns_of_the_query() -> None:
    query = 'select customer as Klant, "on" as Datum, amount * 2 as Bedrag from o'
    columns = {"orders": {"customer": "Klant", "on": "Datum", "amount": "Bedrag"}}
    assert amounts([("a", "2026-01-05", 4, 0)], query, columns=columns) == [8.0]
    product = {"orders": {"amount": ("amount", "more")}}
    assert amounts([("a", "2026-01-05", 4, 3)], "select * from o", columns=product) == [12.0]


def test_no_rows_are_no_rows() -> None:
    assert amounts([]) == []


REFUSED: dict[str, tuple[Any, str, str]] = {
    "no number": (
        [("a", "2026-01-05", 1, 0), ("a", "2026-01-06", "much", 0)],
        ORDERS,
        r"orders, column 'amount', row 2: 'much'",
    ),
    "no date": ([("a", "soon", 1, 0)], ORDERS, r"orders, column 'on', row 1: 'soon'"),
    "no amount": ([("a", "2026-01-05", None, 0)], ORDERS, r"orders, column 'amount'.*is empty"),
    "no such column": ([], "select customer from o", r"orders.*'amount'|orders.*on"),
    "no such table": ([], "select * from nowhere", r"orders: its query fails .*no such table"),
    "no query": ([], "selct", "orders: its query fails"),
    "a statement": ([], "create table other (a)", "orders: its query returns no rows"),
    "one name twice": ([], "select amount, amount from o", "name of more than one column"),
    "bytes": ([("a", "2026-01-05", b"12", 0)], ORDERS, "column 'amount'.*holds bytes"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_wrong_is_told_with_its_table_and_column(case: str) -> None:
    rows, query, told = REFUSED[case]
    with pytest.raises(DataError, match=told):
        amounts(rows, query)


@pytest.mark.parametrize("query", [7, "", " ", ["select 1"]])
def test_a_query_is_text(query: Any) -> None:
    with memory() as connection, pytest.raises(ArgumentError, match="orders is a query"):
        Portfolio.from_database(connection, orders=query)


@pytest.mark.parametrize("connection", ["sqlite:///shop.db", None, 7])
def test_a_connection_is_open(connection: Any) -> None:
    with pytest.raises(ArgumentError, match="connection is an open connection"):
        Portfolio.from_database(connection, orders="select 1")


def test_an_unknown_table_is_refused_before_any_query_runs() -> None:
    with memory() as connection, pytest.raises(ArgumentError, match="no table is called 'order'"):
        Portfolio.from_database(connection, order="drop table o")


def test_nothing_is_committed_and_the_connection_stays_open() -> None:
    with memory(rows=[("a", "2026-01-05", 1, 0)]) as connection:
        Portfolio.from_database(connection, orders=ORDERS)
        assert connection.in_transaction
        assert connection.execute("select count(*) from o").fetchone() == (1,)


class Cursor:
    """Rows that a driver might give."""

    def __init__(self, rows: list[tuple[Any, ...]]) -> None:
        self.rows = rows
        self.description = [(name,) for name in ("customer", "on", "amount")]

    def cursor(self) -> Cursor:
        return self

    def execute(self, query: str) -> None: ...

    def close(self) -> None: ...

    def fetchmany(self, count: int) -> list[tuple[Any, ...]]:
        found, self.rows = self.rows[:count], self.rows[count:]
        return found


CET = timezone(timedelta(hours=1))


def test_what_drivers_give_is_read() -> None:
    one = UUID(int=1)
    rows = [
        (one, datetime(2026, 1, 5, 23, 30, tzinfo=CET), Decimal("1.10")),
        (one, datetime(2026, 7, 5, 23, 30, tzinfo=UTC), Decimal(2)),
        (None, datetime(2026, 7, 6, tzinfo=UTC), 3),
    ]
    portfolio = Portfolio.from_database(Cursor(rows), orders="select")
    assert portfolio.ids.tolist() == [str(one)]
    table = portfolio.tables["orders"]
    assert table.columns["amount"].tolist() == [1.1, 2.0, 3.0]
    assert table.columns["on"].tolist()[:2] == [date(2026, 1, 5), date(2026, 7, 5)]
    large = [(2**70, date(2026, 1, 5), 1.0), (3, date(2026, 1, 6), 2.0)]
    found = Portfolio.from_database(Cursor(large), orders="select")
    assert found.ids.tolist() == ["3", str(2**70)]


def test_batches_of_other_types_are_one_column(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "AT_A_TIME", 1)
    monkeypatch.setattr(databases, "TOGETHER", 2)
    days = [date(2026, 1, day) for day in range(1, 6)]
    ids: list[Any] = [None, 17, "a", 17.0, "0x"]
    rows = [(one, day, value) for one, day, value in zip(ids, days, (1, 2.5, 3, 4, 5), strict=True)]
    portfolio = Portfolio.from_database(Cursor(rows), orders="select")
    assert portfolio.tables["orders"].columns["amount"].tolist() == [1.0, 2.5, 3.0, 4.0, 5.0]


CELLS = st.sampled_from([None, 1, 2, 2.5, "a", "b", "", date(2026, 1, 5), True, Decimal("1.5")])


@given(rows=st.lists(CELLS, max_size=8), size=st.integers(1, 4))
def test_batches_make_the_column_that_all_rows_at_once_make(rows: list[Any], size: int) -> None:
    def read(at_a_time: int) -> list[Any]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(databases, "AT_A_TIME", at_a_time)
            patch.setattr(databases, "TOGETHER", at_a_time)
            cursor = Cursor([(row, 1, 1) for row in rows])
            found = databases.read_query(cursor, "select", "orders")
        return series_of(found["customer"]).to_list()

    kinds = {*map(type, rows)} - {type(None)}
    if len(kinds) < 2 or kinds <= {int, float, Decimal}:  # others are all text, as each batch says
        assert read(size) == read(100)
    else:
        assert {*map(type, read(size))} <= {str, type(None)}


def test_an_error_of_a_database_shows_no_more_than_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing(Cursor):
        def execute(self, query: str) -> None:
            raise RuntimeError("x" * 5000 + "\x1b[2J")

    with pytest.raises(DataError) as caught:
        Portfolio.from_database(Failing([]), orders="select")
    assert len(str(caught.value)) < 500
    assert "\x1b" not in str(caught.value)


def test_rows_are_objects_a_batch_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "AT_A_TIME", 10)
    alive, most = [], []

    class Counted(str):
        def __init__(self, *_: Any) -> None:
            alive.append(1)

        def __del__(self) -> None:
            alive.pop()

    class Many(Cursor):
        def fetchmany(self, count: int) -> list[tuple[Any, ...]]:
            most.append(len(alive))
            found = super().fetchmany(count)
            return [(Counted(one), *rest) for one, *rest in found]

    rows = [(str(number), date(2026, 1, 5), 1.0) for number in range(200)]
    Portfolio.from_database(Many(rows), orders="select")
    assert max(most) <= 30, sys.version
