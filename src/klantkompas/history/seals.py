"""Checksums of a history's small tables, which are looked at whenever the file is read.

Each covers all rows of a table, so that a row that changed, came or went shows. The parts of
readings, which are large, have a checksum each.
"""

from __future__ import annotations

import json
import sqlite3
import zlib

from klantkompas._told import told
from klantkompas.errors import HistoryError
from klantkompas.history.schema import TABLES

__all__ = ["seal", "verify"]

SEALED = tuple(each.name for each in TABLES if each.sealed)


def _checksum(connection: sqlite3.Connection, table: str) -> int:
    rows = connection.execute(f"SELECT * FROM {table} ORDER BY sequence")  # noqa: S608
    names = [column[0] for column in rows.description]
    return zlib.crc32(json.dumps([names, *rows], default=repr).encode())


def seal(connection: sqlite3.Connection) -> None:
    """Store the checksum of each table, inside the transaction that changed any."""
    connection.executemany(
        "INSERT OR REPLACE INTO seals (name, checksum) VALUES (?, ?)",
        [(table, _checksum(connection, table)) for table in SEALED],
    )


def verify(connection: sqlite3.Connection, tables: tuple[str, ...] = SEALED) -> None:
    """Check that each table is as it was when it was last changed.

    Args:
        connection: the open file.
        tables: the names of the tables.

    Raises:
        HistoryError: a table differs from its checksum.
    """
    stored = dict(connection.execute("SELECT name, checksum FROM seals").fetchall())
    damaged = [table for table in tables if stored.get(table) != _checksum(connection, table)]
    if damaged:
        raise HistoryError(
            told("its {names} are damaged", names=", ".join(damaged)),
            remedy=told("Put a copy of the file back"),
        )
