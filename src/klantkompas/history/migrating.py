"""The steps that make a history file, and bring an older one up to date.

A step takes a file from one version to the next. Steps are only ever added: a file of any age runs
those that it has not had, all in one transaction.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Sequence

from klantkompas.history.parts import Part
from klantkompas.history.readings import insert_head, insert_part
from klantkompas.history.schema import (
    APPLICATION,
    BUYING_REASONS,
    ERASURES,
    LET_GO,
    OVERRIDES,
    PARTS,
    READINGS,
    STEPS_TAKEN,
    TABLES,
    Table,
    count_from,
    create,
)
from klantkompas.history.seals import seal, verify
from klantkompas.portfolio.storage import IDS, TEXTS, as_lines

__all__ = ["STEPS", "Step", "migrate", "version_of_file"]

Step = Callable[[sqlite3.Connection], object]

KEPT = (READINGS, OVERRIDES, BUYING_REASONS, STEPS_TAKEN, LET_GO, ERASURES)


def _make_tables(connection: sqlite3.Connection) -> None:
    create(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    seal(connection)


def _cut_into_blocks(connection: sqlite3.Connection) -> None:
    """Store arrays in blocks and texts on lines, so that one customer can be taken out."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'heads'").fetchone():
        return  # a new file is made with the newest tables
    verify(connection, tuple(each for (each,) in connection.execute("SELECT name FROM seals")))
    there = {each for (each,) in connection.execute("SELECT name FROM sqlite_master")}
    old = [each for each in (*KEPT, PARTS) if each.name in there]
    numbers = dict(connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
    for table in old:
        connection.execute(f"ALTER TABLE {table.name} RENAME TO old_{table.name}")
    connection.execute("DROP TABLE seals")
    create(connection, TABLES)
    for table in old:
        if table is not PARTS:
            _copy(connection, table)
            count_from(connection, table, numbers.get(table.name, 0))
    for (reading,) in connection.execute("SELECT sequence FROM readings").fetchall():
        _copy_parts(connection, reading)
    for table in reversed(old):
        connection.execute(f"DROP TABLE old_{table.name}")
    seal(connection)


def _copy(connection: sqlite3.Connection, table: Table) -> None:
    found = connection.execute(f"SELECT * FROM old_{table.name} ORDER BY sequence")  # noqa: S608
    names = [each[0] for each in found.description]
    into = f"{table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    connection.executemany(f"INSERT INTO {into}", found.fetchall())


def _copy_parts(connection: sqlite3.Connection, reading: int) -> None:
    count = known = 0
    for place, name, dtype, content, checksum in connection.execute(
        "SELECT place, name, dtype, content, checksum FROM old_parts WHERE reading = ? "
        "ORDER BY place",
        (reading,),
    ).fetchall():
        if not _is_whole(reading, place, name, dtype, content, checksum):
            continue  # it is missed by its number
        if name == "head":
            insert_head(connection, reading, content)
        else:
            listed = name.startswith(TEXTS) or (name == IDS and dtype == "|u1")
            lines = as_lines(json.loads(content)).tobytes() if listed else content
            count += insert_part(connection, reading, place - 1, Part(name, dtype, lines))
            known += 1
    connection.execute(
        "UPDATE readings SET parts = ? + (parts - 1 <> ?) WHERE sequence = ?",
        (count, known, reading),
    )


def _is_whole(
    reading: int, place: int, name: str, dtype: str, content: object, checksum: int
) -> bool:
    """Return whether a part is as it was stored."""
    what = json.dumps([reading, place, name, dtype]).encode()
    return isinstance(content, bytes) and zlib.crc32(content, zlib.crc32(what)) == checksum


STEPS: tuple[Step, ...] = (_make_tables, _cut_into_blocks)
"""From an empty file to the newest version, in order."""


def version_of_file(connection: sqlite3.Connection) -> int:
    """Return the version of the tables of a file; an empty file has version 0."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def migrate(connection: sqlite3.Connection, steps: Sequence[Step] = STEPS) -> None:
    """Bring a file up to date, inside a transaction that the caller has begun.

    Args:
        connection: the open file.
        steps: every step from an empty file on.
    """
    for version in range(version_of_file(connection), len(steps)):
        steps[version](connection)
        connection.execute(f"PRAGMA user_version = {version + 1}")
