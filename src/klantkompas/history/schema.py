"""The tables of a history file, and the steps that bring an older file up to date.

A step takes a file from one version to the next. Steps are only ever added: a file of any age runs
those that it has not had, all in one transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from klantkompas.history.seals import seal

__all__ = ["APPLICATION", "STEPS", "Step", "migrate", "version_of_file"]

APPLICATION = 0x6B6C616E
"""Marks an SQLite file as a history: "klan" in ASCII."""

Step = Callable[[sqlite3.Connection], object]

TABLES = (
    """
    CREATE TABLE readings (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        as_of TEXT NOT NULL,
        review INTEGER NOT NULL,
        customers INTEGER NOT NULL,
        library_version TEXT NOT NULL,
        parts INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE parts (
        reading INTEGER NOT NULL REFERENCES readings (sequence) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        name TEXT NOT NULL,
        dtype TEXT NOT NULL,
        content BLOB NOT NULL,
        checksum INTEGER NOT NULL,
        PRIMARY KEY (reading, place)
    )
    """,
    """
    CREATE TABLE overrides (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        customer TEXT NOT NULL,
        label TEXT NOT NULL,
        person TEXT NOT NULL,
        day TEXT NOT NULL,
        because TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE buying_reasons (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        customer TEXT NOT NULL,
        buys INTEGER NOT NULL,
        because TEXT NOT NULL,
        person TEXT NOT NULL,
        day TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE steps (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        customer TEXT NOT NULL,
        done TEXT NOT NULL,
        person TEXT NOT NULL,
        day TEXT NOT NULL,
        work_list TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE let_go (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        customer TEXT NOT NULL,
        day TEXT NOT NULL,
        person TEXT NOT NULL,
        revenue REAL NOT NULL,
        review TEXT NOT NULL,
        finding TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE erasures (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        day TEXT NOT NULL,
        scrubbed INTEGER NOT NULL,
        mentions INTEGER NOT NULL
    )
    """,
    "CREATE TABLE seals (name TEXT PRIMARY KEY, checksum INTEGER NOT NULL)",
    f"PRAGMA application_id = {APPLICATION}",
)


def _make_tables(connection: sqlite3.Connection) -> None:
    for statement in TABLES:
        connection.execute(statement)
    seal(connection)


STEPS: tuple[Step, ...] = (_make_tables,)
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
