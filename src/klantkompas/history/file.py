"""One SQLite file: opened and checked, written in transactions, and its errors in plain words."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import get_ident

from klantkompas._told import told
from klantkompas.errors import ArgumentError, HistoryError
from klantkompas.history.migrating import STEPS, Step, migrate, version_of_file
from klantkompas.history.schema import APPLICATION
from klantkompas.history.seals import seal, verify

__all__ = ["HistoryFile"]

BUSY = told("another program is using it"), told("Try again when that has finished")
FOUND = {
    sqlite3.SQLITE_FULL: (told("the disk is full"), told("Make room and do it again")),
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_NOTADB: (
        told("it is not a database"),
        told("Give the path of a history, or of a new file"),
    ),
    sqlite3.SQLITE_CORRUPT: (told("it is damaged"), told("Put a copy of it back")),
    sqlite3.SQLITE_READONLY: (
        told("it may not be written to"),
        told("Ask for the right to, or copy it"),
    ),
    sqlite3.SQLITE_CANTOPEN: (
        told("it cannot be opened"),
        told("Look whether you may read and write there"),
    ),
    sqlite3.SQLITE_IOERR: (
        told("the disk does not read or write it"),
        told("Look at the disk"),
    ),
}
LONGEST = 1_000_000
"""How many seconds to wait at most: SQLite counts them in milliseconds, in 32 bits."""
PAGE = 16384
"""How many bytes a page of a new file has: of long columns, larger ones are written faster."""
HEADER = 72
"""How many bytes of an SQLite file it takes to tell whose it is: the last 4 of them say so."""
PAUSE = 0.02
"""Seconds between attempts where SQLite itself does not wait."""


def _checked_path(path: str | os.PathLike[str]) -> Path:
    name = path if isinstance(path, str) else getattr(path, "__fspath__", lambda: None)()
    if not isinstance(name, str) or "\0" in name:
        raise ArgumentError(
            told('path is the name of a file, such as "shop.history", not {path}', path=repr(path))
        )
    whole = Path(path).absolute()
    if whole.is_dir():
        raise HistoryError(
            told("{path} is a folder", path=whole),
            remedy=told("Name a file in it: a history is one file"),
        )
    if not whole.parent.is_dir():
        raise HistoryError(
            told("the folder {path} does not exist", path=whole.parent),
            remedy=told("Make it first"),
        )
    return whole


def _is_history(path: Path) -> bool:
    """Return whether a file is a history, by its first bytes: opening it would leave files."""
    with path.open("rb") as file:
        start = file.read(HEADER)
    return start.startswith(b"SQLite format 3\0") and start[-4:] == APPLICATION.to_bytes(4)


class HistoryFile:
    """An open history file.

    Args:
        path: the path of the file; a file that does not exist is made.
        timeout: how many seconds to wait for another program that is writing.
        steps: the steps that make a new file, and bring an older one up to date.

    Raises:
        HistoryError: the file cannot be used.
    """

    def __init__(
        self, path: str | os.PathLike[str], timeout: float, steps: Sequence[Step] = STEPS
    ) -> None:
        if type(timeout) not in (int, float) or not 0 <= timeout <= LONGEST:
            raise ArgumentError(
                f"timeout is a number of seconds from 0 to {LONGEST}, not {timeout!r}"
            )
        self.path: Path = _checked_path(path)
        self._timeout = timeout
        self._steps = steps
        self._closed = False
        self._connections: dict[int, sqlite3.Connection] = {}
        self._open()

    def close(self) -> None:
        """Close the file, for every thread; closing it again does nothing."""
        self._closed = True
        while self._connections:
            self._connections.popitem()[1].close()

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turn an error of SQLite inside the block into a `HistoryError` that says what to do."""
        try:
            yield
        except UnicodeEncodeError as cause:
            raise ArgumentError(
                "a text holds an unpaired surrogate (half of a character), which no file can "
                "keep; correct it first"
            ) from cause
        except sqlite3.Error as cause:
            code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
            found, remedy = FOUND.get(code, (str(cause), ""))
            raise HistoryError(found, place=str(self.path), remedy=remedy) from cause

    def _prepare(self, connection: sqlite3.Connection) -> None:
        with self._transaction(connection, "DEFERRED"):
            self._refuse_what_is_not_ours(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute(f"PRAGMA page_size = {PAGE}")  # of a new file
        self._write_ahead(connection)
        if version_of_file(connection) < len(self._steps):
            with self._transaction(connection, "IMMEDIATE"):
                migrate(connection, self._steps)
        with self._transaction(connection, "DEFERRED"):
            self._verify(connection)

    def _refuse_what_is_not_ours(self, connection: sqlite3.Connection) -> None:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        used = connection.execute("SELECT EXISTS (SELECT 1 FROM sqlite_master)").fetchone()[0]
        if used and application != APPLICATION:
            raise HistoryError(
                told("{path} is a database of another program, not a history", path=self.path)
            )
        version = version_of_file(connection)
        if version > len(self._steps):
            raise HistoryError(
                told(
                    "{path} was written by a newer klantkompas (version {version} of "
                    "the file, where this one knows up to {known}); upgrade "
                    "klantkompas",
                    path=self.path,
                    version=version,
                    known=len(self._steps),
                )
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
        """Return this thread's own connection, made when it first needs one."""
        if self._closed:
            raise HistoryError(
                f"{self.path} has been closed", remedy="Open it again with History(path)"
            )
        connection = self._connections.get(get_ident())
        if connection is None:
            connection = self._connections[get_ident()] = self._connected()
        return connection

    def _connected(self) -> sqlite3.Connection:
        with self.explained():
            connection = sqlite3.connect(
                self.path, timeout=self._timeout, isolation_level=None, check_same_thread=False
            )
            try:
                self._prepare(connection)
            except BaseException:
                connection.close()
                raise
        return connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction for reading: the file as at one moment, whatever others write."""
        connection = self._open()
        with self.explained(), self._transaction(connection, "DEFERRED"):
            self._verify(connection)
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction for writing, alone: all of it is kept or, on an error, nothing."""
        connection = self._open()
        with self.explained(), self._transaction(connection, "IMMEDIATE"):
            self._verify(connection)
            yield connection
            seal(connection)

    def _verify(self, connection: sqlite3.Connection) -> None:
        try:
            verify(connection)
        except HistoryError as cause:
            raise HistoryError(cause.problem, place=str(self.path), remedy=cause.remedy) from cause

    def backup(self, path: str | os.PathLike[str]) -> Path:
        """Copy the file as it is at one moment; see `History.backup`.

        Args:
            path: the file to write.
        """
        to = _checked_path(path)
        if to.exists() and (to.samefile(self.path) or not _is_history(to)):
            raise HistoryError(
                told("{to} is the history itself, or no copy of one", to=to),
                remedy=told("Name another file"),
            )
        if to.with_name(f"{to.name}-wal").exists():
            raise HistoryError(
                told("{to} is open in a program", to=to), remedy=told("Close it, or name another")
            )
        part = to.with_name(f"{to.name}.part")
        try:
            with self.explained(), closing(sqlite3.connect(part)) as copy:
                self._open().backup(copy)
            part.replace(to)
        finally:
            part.unlink(missing_ok=True)
        return to

    def scrub(self, rewrite: bool) -> None:
        """Let nothing of what was deleted be left in the bytes of the file and its log.

        Args:
            rewrite: whether the whole file is rewritten for that; otherwise what was deleted is
                overwritten in it already.

        Raises:
            HistoryError: the disk is full, or others are reading the file.
        """
        connection = self._open()
        with self.explained():
            if rewrite:
                connection.execute("VACUUM")
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            found, remedy = FOUND[sqlite3.SQLITE_BUSY]
            raise HistoryError(found, place=str(self.path), remedy=remedy)
