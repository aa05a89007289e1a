"""Databases that are files, of SQLite or DuckDB: one table of them, by the name behind the path."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from klantkompas._nearest import nearest
from klantkompas._told import reason_of, told
from klantkompas.errors import ArgumentError, KlantkompasError, MissingExtraError
from klantkompas.io.sources.raw_table import RawTable
from klantkompas.io.sources.value_tables import table_of_columns, table_of_frame

__all__ = ["SAVE_AS", "chosen_table", "read_database_file"]

SAVE_AS = told(
    "Save it as csv (tsv, txt), xlsx (xls, ods), parquet, json (ndjson) or xaf, also within gz or "
    'zip, or name a table of a database: "shop.db::orders"'
)
"""What to do with a file that is of no kind that can be read."""
_SQLITE, _DUCKDB = b"SQLite format 3\0", b"DUCK"


def read_database_file(path: Path, inner: str) -> RawTable:
    """Return a table of a database that is a file.

    Args:
        path: the file.
        inner: the table; empty where the database has one only.

    Raises:
        ArgumentError: there is no such table, or there are several and none is named.
        KlantkompasError: the file cannot be read, or is no database of SQLite or DuckDB.
        MissingExtraError: duckdb is not installed.
    """
    try:
        with path.open("rb") as file:
            begin = file.read(16)
    except OSError as error:
        raise KlantkompasError(
            told("cannot be read: {reason}", reason=reason_of(error)),
            place=str(path),
            remedy=told("Give the path of a file that exists and may be read"),
        ) from error
    if begin == _SQLITE:
        return _sqlite(path, inner)
    if begin[8:12] == _DUCKDB:
        return _duckdb(path, inner)
    raise KlantkompasError(
        told("is no database of SQLite or DuckDB, whatever its name says"),
        place=str(path),
        remedy=SAVE_AS,
    )


def chosen_table(path: Path, inner: str, tables: Sequence[str]) -> str:
    """Return the table of a file that is named, or its only one.

    Args:
        path: the file.
        inner: the name behind the path; empty for none.
        tables: the tables in the file.

    Raises:
        ArgumentError: there is no such table, or there are several and none is named.
    """
    if inner in tables:
        return inner
    if len(tables) == 1 and not inner:
        return tables[0]
    problem = (
        told("has no table {table}", table=repr(inner))
        if inner
        else told("has {count} tables", count=len(tables))
    )
    example = tables[0] if tables else "table"
    raise ArgumentError(
        problem,
        place=str(path),
        remedy=told(
            'Name the one that you mean behind the path: "{name}::{example}". {there}',
            name=path.name,
            example=example,
            there=nearest(inner, tables),
        ),
    )


def _quoted(table: str) -> str:
    return '"' + table.replace('"', '""') + '"'


def _sqlite(path: Path, inner: str) -> RawTable:
    import sqlite3

    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            found = connection.execute(
                "select name from sqlite_master where type in ('table', 'view') order by name"
            )
            table = chosen_table(path, inner, [name for (name,) in found])
            rows = connection.execute(f"select * from {_quoted(table)}")  # noqa: S608
            headings = [each[0] for each in rows.description]
            columns = list(zip(*rows.fetchall(), strict=True)) or [()] * len(headings)
    except sqlite3.Error as error:
        raise KlantkompasError(
            told("cannot be read: {reason}", reason=error),
            place=str(path),
            remedy=told("Make the file again"),
        ) from error
    return table_of_columns(headings, columns)


def _duckdb(path: Path, inner: str) -> RawTable:
    import polars

    try:
        import duckdb
    except ImportError as error:
        raise MissingExtraError("duckdb", told("reading DuckDB databases")) from error
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            found = connection.execute("select table_name from information_schema.tables")
            table = chosen_table(path, inner, [name for (name,) in found.fetchall()])
            rows = connection.sql(f"select * from {_quoted(table)}")  # noqa: S608
            frame = polars.DataFrame(rows.to_arrow_table())
    except duckdb.Error as error:
        raise KlantkompasError(
            told("cannot be read: {reason}", reason=error),
            place=str(path),
            remedy=told("Make the file again"),
        ) from error
    return table_of_frame(frame.columns, frame)
