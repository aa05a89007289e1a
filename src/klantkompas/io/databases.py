"""What queries return, read from a database in batches into columns that take little memory.

Rows are never all Python objects at once: a batch of them becomes columns, in which each different
text is held once, before the next is fetched. Databases that give Arrow are read as Arrow.

>>> import sqlite3
>>> with closing(sqlite3.connect(":memory:")) as connection:
...     found = read_query(connection, "select 17 as customer, 'by post' as way", "orders")
>>> found["customer"].tolist(), found["way"].decoded().to_list()
([17], ['by post'])
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, nullcontext
from datetime import date, datetime
from decimal import Decimal
from importlib.util import find_spec
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol, TypeGuard

import numpy as np

from klantkompas._arrays import AnyArray, Growing
from klantkompas._ids import TextNumbers
from klantkompas._printable import printable, shown
from klantkompas.errors import ArgumentError, DataError, MissingExtraError
from klantkompas.io.columns.fetched import CodedText, Fetched, array_or_series, series_of
from klantkompas.io.columns.values import Place

if TYPE_CHECKING:
    import polars
    from duckdb import DuckDBPyConnection
    from sqlalchemy import Connection, Engine

__all__ = ["AT_A_TIME", "read_query"]

LOG = logging.getLogger(__name__)
AT_A_TIME = 1 << 12
"""How many rows are Python objects at one time: few enough for the processor's own memory."""
OF_ARROW = 1 << 16
"""How many rows a batch of Arrow holds, where that can be asked for."""
TOGETHER = 1 << 18
"""After how many rows batches are put together."""
ARROW_OF_ADBC, ARROW_OF_DUCKDB = "fetch_record_batch", "to_arrow_reader"
"""By these methods their batches are read as Arrow."""
LONGEST = 300
LARGEST = 2**63 - 1
NUMBERS = frozenset({int, float, Decimal})
PLAIN = frozenset({bool, str, date, datetime})
"""Types that a column of polars has too."""
Batches = Iterator[tuple[Sequence[str], "list[polars.Series]"]]
CODES = np.dtype(np.int32)
"""The type of the numbers of texts, which no array of values has."""


class _Cursor(Protocol):
    """What DB-API 2.0 says of a cursor, as far as it is used here."""

    description: Sequence[Sequence[object]] | None

    def execute(self, query: str, /) -> object: ...

    def fetchmany(self, size: int, /) -> Sequence[Sequence[object]]: ...

    def close(self) -> object: ...


class _Connection(Protocol):
    def cursor(self) -> _Cursor: ...


def read_query(connection: object, query: str, table: str) -> dict[str, Fetched]:
    """Return the rows of a query, each different text held once.

    Args:
        connection: an open connection of DB-API or ADBC, of DuckDB, or a connection or engine of
            SQLAlchemy.
        query: the query, which returns a row for each row of the table.
        table: the table's name, for errors.

    Returns:
        The columns by the names that the query gives them.

    Raises:
        ArgumentError: the connection or the query is something else.
        DataError: the query fails, or gives columns that cannot be read.
        MissingExtraError: polars is not installed.
    """
    if find_spec("polars") is None:
        raise MissingExtraError("files", "reading a database")
    asked: object = query
    if not isinstance(asked, str) or not asked.strip():
        raise ArgumentError(f'{table} is a query, such as "select ...", not {shown(asked)}')
    columns, fetched = dict[str, _Gathered](), 0
    with _running(connection, query, table) as batches:
        for names, series in batches:
            twice = [name for name, count in Counter(names).items() if count > 1]
            if twice:
                raise DataError(
                    "is the name of more than one column",
                    table=table,
                    column=twice[0],
                    remedy="Name all but one otherwise, by `as` in the query",
                )
            fetched += len(series[0])
            LOG.debug("fetched %d rows for the table %s", fetched, table)
            for name, values in zip(names, series, strict=True):
                columns.setdefault(name, _Gathered()).add(values)
    return {name: columns.pop(name).whole(name) for name in [*columns]}


class _Gathered:
    """A column whose batches come one by one."""

    def __init__(self) -> None:
        self.batches: list[polars.Series] = []
        self.waiting = 0
        self.parts: list[polars.Series | Growing] = []
        self.numbers = TextNumbers()

    def add(self, batch: polars.Series) -> None:
        self.batches.append(batch)
        self.waiting += len(batch)
        if self.waiting >= TOGETHER:
            self._put_together()

    def _put_together(self) -> None:
        """Put the last batches in place: what the driver holds of them can be let go then."""
        block = self._block(_joined(self.batches))
        self.batches, self.waiting = [], 0
        last = self.parts[-1] if self.parts else None
        if not isinstance(block, np.ndarray):
            self.parts.append(block)
        elif isinstance(last, Growing) and last.dtype == block.dtype:
            last.extend(block)
        else:
            self.parts.append(Growing(block))

    def _block(self, values: polars.Series) -> polars.Series | AnyArray:
        """Return numbers for text; and an array of what an array can hold."""
        import polars

        if values.dtype == polars.String:
            return self.numbers(values)
        return array_or_series(_without_decimals(values))

    def whole(self, name: str) -> Fetched:
        """Return all as one column, in the type that holds all of it."""
        if self.batches:
            self._put_together()
        if len(self.parts) == 1:
            (part,) = self.parts
            self.parts = []
            return self._column(part, name)
        block = self._block(_joined([self._series(part) for part in self.parts]))
        return self._column(Growing(block) if isinstance(block, np.ndarray) else block, name)

    def _column(self, part: polars.Series | Growing, name: str) -> Fetched:
        if not isinstance(part, Growing):
            return part.alias(name)
        if part.dtype != CODES:
            return part.whole()
        return CodedText(part.whole(), self.numbers.distinct.alias(name))

    def _series(self, part: polars.Series | Growing) -> polars.Series:
        return series_of(self._column(part, ""))


def _joined(batches: list[polars.Series]) -> polars.Series:
    """Return batches as one series, in the type that holds all of them."""
    import polars

    kinds = {each.dtype for each in batches} - {polars.Null}
    if kinds == {polars.Int64, polars.Float64}:
        kind: Any = polars.Float64
    elif len(kinds) == 1 and not kinds & {polars.Categorical, polars.Enum}:
        (kind,) = kinds
    else:
        kind = polars.String if kinds else polars.Null
    return polars.concat([each.cast(kind) for each in batches], rechunk=True)


def _without_decimals(values: polars.Series) -> polars.Series:
    """Return exact decimals as whole numbers, or as floats; other values as they are."""
    from polars import Float64, Int64

    if not values.dtype.is_decimal():
        return values
    whole = values.cast(Int64, strict=False)
    return whole if (whole == values).all() else values.cast(Float64)


@contextmanager
def _running(connection: object, query: str, table: str) -> Iterator[Batches]:
    """Run a query, and close what was opened for it."""
    if _is_of_duckdb(connection):
        running = _of_duckdb(connection, query, table)
    elif _is_of_sqlalchemy(connection):
        running = _of_sqlalchemy(connection, query, table)
    elif _has_cursors(connection):
        running = _of_cursor(connection, query, table)
    else:
        raise ArgumentError(
            "connection is an open connection of a database, such as sqlite3.connect(path), or an "
            f"engine of SQLAlchemy, not a {type(connection).__name__}"
        )
    with ExitStack() as stack:
        with _explained(table):
            batches = stack.enter_context(running)
        yield _each(batches, table)


def _is_of_duckdb(connection: object) -> TypeGuard[DuckDBPyConnection]:
    return hasattr(connection, ARROW_OF_DUCKDB) and _has_pyarrow()


def _is_of_sqlalchemy(connection: object) -> TypeGuard[Engine | Connection]:
    return hasattr(connection, "dialect")


def _has_cursors(connection: object) -> TypeGuard[_Connection]:
    return callable(getattr(connection, "cursor", None))


def _each(batches: Batches, table: str) -> Batches:
    while True:
        with _explained(table):
            found = next(batches, None)
        if found is None:
            return
        yield found


@contextmanager
def _explained(table: str) -> Iterator[None]:
    """Turn an error of the database inside the block into a `DataError` with the table."""
    try:
        yield
    except (ArgumentError, DataError):
        raise
    except Exception as cause:
        told = printable(" ".join(str(cause).split()))[:LONGEST]
        raise DataError(
            f"its query fails ({type(cause).__name__}: {told})",
            table=table,
            remedy="Try it in the database itself",
        ) from cause


@contextmanager
def _of_sqlalchemy(source: Engine | Connection, query: str, table: str) -> Iterator[Batches]:
    from sqlalchemy import Engine, text

    with source.connect() if isinstance(source, Engine) else nullcontext(source) as connection:
        streamed = connection.execution_options(stream_results=True, max_row_buffer=AT_A_TIME)
        with closing(streamed.execute(text(query))) as rows:
            yield _in_columns([*rows.keys()] if rows.returns_rows else [], rows.fetchmany, table)


@contextmanager
def _of_cursor(connection: _Connection, query: str, table: str) -> Iterator[Batches]:
    with closing(connection.cursor()) as cursor:
        cursor.execute(query)
        if hasattr(cursor, ARROW_OF_ADBC) and _has_pyarrow():
            yield _of_arrow(getattr(cursor, ARROW_OF_ADBC)())
        else:
            names = [str(each[0]) for each in cursor.description or ()]
            yield _in_columns(names, cursor.fetchmany, table)


@contextmanager
def _of_duckdb(connection: DuckDBPyConnection, query: str, table: str) -> Iterator[Batches]:
    relation = connection.sql(query)
    if relation is None:
        raise DataError("its query returns no rows", table=table, remedy="Write a select")
    with closing(relation.to_arrow_reader(OF_ARROW)) as reader:
        yield _of_arrow(reader)


def _has_pyarrow() -> bool:
    return find_spec("pyarrow") is not None


def _of_arrow(reader: Any) -> Batches:
    yield reader.schema.names, _series_of(reader.schema.empty_table())
    for batch in reader:
        yield reader.schema.names, _series_of(batch)


def _in_columns(
    names: Sequence[str], fetch: Callable[[int], Sequence[Sequence[object]]], table: str
) -> Batches:
    """Yield rows as columns, a batch at a time; first no rows, for the columns' names."""
    if not names:
        raise DataError("its query returns no rows", table=table, remedy="Write a select")
    places = [Place(table, name) for name in names]
    rows: Sequence[Sequence[object]] | None = ()
    while rows is not None:
        # All cells in a row, which is quicker than an iterator for each row, as zip(*rows) makes.
        cells = [*chain.from_iterable(rows)]
        yield names, [_series(cells[at :: len(names)], place) for at, place in enumerate(places)]
        rows = fetch(AT_A_TIME) or None


def _series_of(batch: Any) -> list[polars.Series]:
    import polars

    found = polars.from_arrow(batch)
    return found.get_columns() if isinstance(found, polars.DataFrame) else [found]


def _series(values: list[Any], place: Place) -> polars.Series:
    """Return values of a column, as the database's driver gives them, as a series."""
    import polars

    kinds = set(map(type, values)) - {type(None)}
    if kinds <= NUMBERS and (len(kinds) > 1 or Decimal in kinds):
        values = [None if each is None else float(each) for each in values]
    elif datetime in kinds and any(each is not None and each.tzinfo for each in values):
        values = [None if each is None else each.isoformat() for each in values]
    elif not (kinds <= NUMBERS or (len(kinds) == 1 and kinds <= PLAIN)):
        values = [None if each is None else _as_written(each, place) for each in values]
    if kinds == {int} and any(abs(each or 0) > LARGEST for each in values):
        values = [None if each is None else str(each) for each in values]
    return polars.Series(values)


def _as_written(value: object, place: Place) -> str:
    """Return a value as text that says the same."""
    if isinstance(value, bytes | bytearray | memoryview):
        raise place.error("holds bytes", remedy="Convert them to text in the query")
    return value.isoformat() if isinstance(value, date) else str(value)
