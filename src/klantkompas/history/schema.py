"""The tables of a history file, with what each column holds; the page on the file shows them.

>>> print(READINGS.sql.splitlines()[0])
CREATE TABLE readings (
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from attrs import frozen

__all__ = ["APPLICATION", "TABLES", "Column", "Table", "as_markdown", "create", "make_again"]

APPLICATION = 0x6B6C616E
"""Marks an SQLite file as a history: "klan" in ASCII."""


@frozen
class Column:
    """A column of a table.

    Args:
        name: its name.
        kind: its type in SQLite, with what else SQLite is to keep to.
        describes: what it holds.
    """

    name: str
    kind: str
    describes: str


@frozen
class Table:
    """A table of a history file.

    Args:
        name: its name.
        describes: what a row of it is.
        columns: its columns.
        key: what SQLite is told besides, such as its primary key.
        sealed: whether one checksum covers all its rows; otherwise each row has its own.
    """

    name: str
    describes: str
    columns: tuple[Column, ...]
    key: str = ""
    sealed: bool = True

    @property
    def sql(self) -> str:
        """The statement that makes the table."""
        lines = [f"{each.name} {each.kind}" for each in self.columns]
        inside = ",\n    ".join([*lines, self.key] if self.key else lines)
        return f"CREATE TABLE {self.name} (\n    {inside}\n)"


NUMBERED = Column("sequence", "INTEGER PRIMARY KEY AUTOINCREMENT", "the number of the row")
CUSTOMER = Column("customer", "TEXT NOT NULL", "the customer's id")
PERSON = Column("person", "TEXT NOT NULL", "the name of who said or did it")
DAY = Column("day", "TEXT NOT NULL", "the day, as YYYY-MM-DD")
OF_READING = "REFERENCES readings (sequence) ON DELETE CASCADE"

READINGS = Table(
    "readings",
    "A reading: a portfolio as every lens saw it on one date.",
    (
        NUMBERED,
        Column("as_of", "TEXT NOT NULL", "its reference date, as YYYY-MM-DD"),
        Column("review", "INTEGER NOT NULL", "1 for a review, 0 for another reading"),
        Column("customers", "INTEGER NOT NULL", "how many customers it has"),
        Column("library_version", "TEXT NOT NULL", "the version of klantkompas that made it"),
        Column("parts", "INTEGER NOT NULL", "how many rows of `parts` it has"),
        Column(
            "digest",
            "TEXT NOT NULL DEFAULT ''",
            "by which the same reading is found again; empty once a customer is erased from it",
        ),
    ),
)
HEADS = Table(
    "heads",
    "What there is one of in a reading: all but its columns.",
    (
        Column("reading", f"INTEGER PRIMARY KEY {OF_READING}", "the number of the reading"),
        Column(
            "content",
            "BLOB NOT NULL",
            "JSON: what is declared of each measure, tallies, notes, factors with their cut-offs, "
            "rules, overrides and the cut-off of the shortlist",
        ),
        Column(
            "gone",
            "BLOB NOT NULL",
            "positions of erased customers in the columns, as 64-bit whole numbers: what is there "
            "is zero, and means nothing",
        ),
        Column("checksum", "BLOB NOT NULL", "CRC-32 of the row, in 4 bytes"),
    ),
    sealed=False,
)
PARTS = Table(
    "parts",
    "A block of an array of a reading: a column has a value for each customer, in id order.",
    (
        Column("reading", f"INTEGER NOT NULL {OF_READING}", "the number of the reading"),
        Column("place", "INTEGER NOT NULL", "the position of the array in the reading, from 0"),
        Column("block", "INTEGER NOT NULL", "the position of the block in the array, from 0"),
        Column(
            "name",
            "TEXT NOT NULL",
            "`ids`, `record.FIELD`, `values.MEASURE`, `basis.MEASURE`, or the name of a column "
            "such as `labels`; a column of text holds numbers of texts, and `texts:NAME` has these",
        ),
        Column("dtype", "TEXT NOT NULL", "the type of the array in numpy; `|u1` for text"),
        Column(
            "content",
            "BLOB NOT NULL",
            "the bytes; of a column that is the same for all customers, one value; of text, one in "
            "JSON on each line",
        ),
        Column("checksum", "BLOB NOT NULL", "CRC-32 of the row, in 4 bytes"),
    ),
    key="PRIMARY KEY (reading, place, block)",
    sealed=False,
)
OVERRIDES = Table(
    "overrides",
    "A class that a person gave a customer.",
    (
        NUMBERED,
        CUSTOMER,
        Column("label", "TEXT NOT NULL", "the class"),
        PERSON,
        DAY,
        Column("because", "TEXT NOT NULL", "the reason, in words"),
    ),
)
BUYING_REASONS = Table(
    "buying_reasons",
    "Why a customer buys, or does not.",
    (
        NUMBERED,
        CUSTOMER,
        Column("buys", "INTEGER NOT NULL", "1 where they buy, 0 where they do not"),
        Column("because", "TEXT NOT NULL", "the reason, in words"),
        PERSON,
        DAY,
    ),
)
STEPS_TAKEN = Table(
    "steps",
    "A step that somebody took for a customer.",
    (
        NUMBERED,
        CUSTOMER,
        Column("done", "TEXT NOT NULL", "what was done, in words"),
        PERSON,
        DAY,
        Column("work_list", "TEXT NOT NULL", "the list that it was done for; empty for none"),
    ),
)
LET_GO = Table(
    "let_go",
    "An approval to let a customer go; of an erased customer without name and finding.",
    (
        NUMBERED,
        CUSTOMER,
        DAY,
        PERSON,
        Column("revenue", "REAL NOT NULL", "what the customer brought, in money"),
        Column("review", "TEXT NOT NULL", "the date of the review that it rests on"),
        Column("finding", "TEXT NOT NULL", "what was found out first, in words"),
    ),
)
ERASURES = Table(
    "erasures",
    "That a customer was erased, not whom.",
    (
        NUMBERED,
        DAY,
        Column("scrubbed", "INTEGER NOT NULL", "1 once no byte of the file holds a trace"),
        Column("mentions", "INTEGER NOT NULL", "how often texts about others mention them"),
        Column(
            "rewrite",
            "INTEGER NOT NULL DEFAULT 1",
            "1 where the whole file has to be rewritten for that",
        ),
    ),
)
SEALS = Table(
    "seals",
    "A checksum of all rows of a small table.",
    (
        Column("name", "TEXT PRIMARY KEY", "the table"),
        Column("checksum", "INTEGER NOT NULL", "CRC-32 of its rows"),
    ),
    sealed=False,
)
TABLES = (
    *(READINGS, HEADS, PARTS),
    *(OVERRIDES, BUYING_REASONS, STEPS_TAKEN, LET_GO, ERASURES),
    SEALS,
)
"""All tables of the newest version."""


def create(connection: sqlite3.Connection, tables: Sequence[Table] = TABLES) -> None:
    """Make tables, inside a transaction."""
    for table in tables:
        connection.execute(table.sql)


def make_again(connection: sqlite3.Connection, table: Table) -> None:
    """Make a table again with the rows that it has, inside a transaction.

    The pages of the former table are overwritten with zeros (secure_delete), also where they hold
    copies of rows that were deleted or moved since.

    Args:
        connection: the open file.
        table: the table.
    """
    rows = connection.execute(f"SELECT * FROM {table.name}").fetchall()  # noqa: S608
    last = _last_number(connection, table)
    connection.execute(f"DROP TABLE {table.name}")
    connection.execute(table.sql)
    places = ", ".join("?" * len(table.columns))
    connection.executemany(f"INSERT INTO {table.name} VALUES ({places})", rows)  # noqa: S608
    count_from(connection, table, last)


def _last_number(connection: sqlite3.Connection, table: Table) -> int:
    found = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table.name,))
    return int((found.fetchone() or (0,))[0])


def count_from(connection: sqlite3.Connection, table: Table, last: int) -> None:
    """Let the next row of a table have a higher number than one that it had, perhaps before.

    Args:
        connection: the open file.
        table: the table.
        last: the highest number that it ever had; 0 for none.
    """
    if last:
        connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table.name,))
        connection.execute("INSERT INTO sqlite_sequence VALUES (?, ?)", (table.name, last))


def as_markdown() -> str:
    """Return the tables in words, as the page on the file shows them."""
    lines = []
    for table in TABLES:
        lines += [f"### `{table.name}`", "", table.describes, "", "| column | type | holds |"]
        lines += ["| --- | --- | --- |"]
        lines += [f"| `{each.name}` | {each.kind} | {each.describes} |" for each in table.columns]
        lines += [""]
    return "\n".join(lines)
