"""One SQLite file: opened and checked, written in transactions, and its errors in plain words."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from klantkompas.errors import ArgumentError, HistoryError
from klantkompas.history.schema import APPLICATION, STEPS, Step, migrate, version_of_file

__all__ = ["HistoryFile"]

REMEDIES = {
    sqlite3.SQLITE_FULL: "the disk is full; make room and do it again",
    sqlite3.SQLITE_BUSY: "another program is using it; try again when that has finished",
    sqlite3.SQLITE_LOCKED: "another program is using it; try again when that has finished",
    sqlite3.SQLITE_NOTADB: "it is not a database; give the path of a history, or of a new file",
    sqlite3.SQLITE_CORRUPT: "it is damaged; put a copy of it back",
    sqlite3.SQLITE_READONLY: "it may not be written to; ask for the right to, or copy it",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; look whether you may read and write there",
    sqlite3.SQLITE_IOERR: "the disk does not read or write it; look at the disk",
}
PAUSE = 0.02
"""Seconds between attempts where SQLite itself does not wait."""


def _checked_path(path: str | os.PathLike[str]) -> Path:
    whole = Path(path).absolute()
    if whole.is_dir():
        raise HistoryError(f"{whole} is a folder; a history is one file in it")
    if not whole.parent.is_dir():
        raise HistoryError(f"the folder {whole.parent} does not exist; make it first")
    return whole


class HistoryFile:
    """An open history file.

    Args:
        path: where it is; a file that does not exist is made.
        timeout: how many seconds to wait for another program that is writing.
        steps: what makes a file, and brings an older one up to date.

    Raises:
        HistoryError: the file cannot be used.
    """

    def __init__(
        self, path: str | os.PathLike[str], timeout: float, steps: Sequence[Step] = STEPS
    ) -> None:
        if isinstance(timeout, (bool, str)) or not timeout >= 0:
            raise ArgumentError(f"timeout is a number of seconds from 0, not {timeout!r}")
        self.path: Path = _checked_path(path)
        self._timeout = timeout
        self._steps = steps
        self._connection: sqlite3.Connection | None = None
        with self.explained():
            self._connection = sqlite3.connect(self.path, timeout=timeout, isolation_level=None)
        try:
            with self.explained():
                self._prepare(self._connection)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the file; closing it again does nothing."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Put what goes wrong inside in words that say what to do."""
        try:
            yield
        except UnicodeEncodeError as cause:
            raise ArgumentError(
                "a text holds half a character (a lone surrogate), which no file can keep; correct "
                "it first"
            ) from cause
        except sqlite3.Error as cause:
            code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
            raise HistoryError(f"{self.path}: {REMEDIES.get(code, cause)}") from cause

    def _prepare(self, connection: sqlite3.Connection) -> None:
        with self._transaction(connection, "DEFERRED"):
            self._refuse_what_is_not_ours(connection)
        fault = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if fault != "ok":
            raise HistoryError(f"{self.path}: {REMEDIES[sqlite3.SQLITE_CORRUPT]} ({fault})")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        self._write_ahead(connection)
        if version_of_file(connection) < len(self._steps):
            with self._transaction(connection, "IMMEDIATE"):
                migrate(connection, self._steps)

    def _refuse_what_is_not_ours(self, connection: sqlite3.Connection) -> None:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        used = connection.execute("SELECT EXISTS (SELECT 1 FROM sqlite_master)").fetchone()[0]
        if used and application != APPLICATION:
            raise HistoryError(f"{self.path} is a database of another program, not a history")
        version = version_of_file(connection)
        if version > len(self._steps):
            raise HistoryError(
                f"{self.path} was written by a newer klantkompas (version {version} of the file, "
                f"where this one knows up to {len(self._steps)}); upgrade klantkompas"
            )

    def _write_ahead(self, connection: sqlite3.Connection) -> None:
        """Switch to write-ahead logging; for that SQLite does not wait for others."""
        for _ in range(int(self._timeout / PAUSE)):
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as cause:
                if cause.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
                time.sleep(PAUSE)
            else:
                return
        connection.execute("PRAGMA journal_mode = WAL")

    @contextmanager
    def _transaction(self, connection: sqlite3.Connection, kind: str) -> Iterator[None]:
        connection.execute(f"BEGIN {kind}")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            raise HistoryError(f"{self.path} has been closed; open it again with History(path)")
        return self._connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """See the file as it is at one moment, whatever others write meanwhile."""
        connection = self._open()
        with self.explained(), self._transaction(connection, "DEFERRED"):
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Change the file, alone: all of it or, when anything fails, nothing."""
        connection = self._open()
        with self.explained(), self._transaction(connection, "IMMEDIATE"):
            yield connection

    def scrub(self) -> None:
        """Rewrite the file, so that nothing of what was deleted is left in its bytes.

        Raises:
            HistoryError: the disk is full, or others are reading the file.
        """
        connection = self._open()
        with self.explained():
            connection.execute("VACUUM")
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise HistoryError(f"{self.path}: {REMEDIES[sqlite3.SQLITE_BUSY]}")
