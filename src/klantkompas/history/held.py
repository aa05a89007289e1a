"""One stored reading, from which one customer is taken out where it stands.

What is held of a customer is a few bytes in the middle of each column. They are overwritten with
zeros, in the blocks that they are in; nothing else is read, moved or written, so that no copy of
them stays behind in the file. Their position is noted as gone, and left out when the reading is
loaded. A text that nobody else has becomes an empty one of the same length.
"""

from __future__ import annotations

import sqlite3
from functools import cached_property, partial
from typing import Any

import numpy as np
from attrs import evolve, frozen

from klantkompas._arrays import AnyArray
from klantkompas.history.mentions import Search
from klantkompas.history.parts import BLOCK, Part
from klantkompas.history.readings import (
    ReadingSummary,
    count_parts,
    damaged,
    insert_part,
    load_blocks,
    load_part,
)
from klantkompas.portfolio.storage import CHOICES, IDS, TEXTS, as_lines, from_lines

__all__ = ["StoredColumns"]

TEXT = "|u1"
CHOSEN = {name for name, choices in CHOICES.items() if choices is not None}
"""Columns of which the texts are a few that are known before: none is a customer's own."""
END = 10
"""The byte that ends a line."""


@frozen(eq=False)
class StoredColumns:
    """The columns of a stored reading, inside a transaction.

    Args:
        connection: the open file.
        which: the summary of the reading.
        rows: how many values a column has.
        gone: the positions of customers who were erased before.
    """

    connection: sqlite3.Connection
    which: ReadingSummary
    rows: int
    gone: AnyArray

    @cached_property
    def _places(self) -> dict[str, int]:
        """The place of each part, by its name."""
        count_parts(self.connection, self.which)
        return dict(
            self.connection.execute(
                "SELECT name, place FROM parts WHERE reading = ? AND block = 0",
                (self.which.sequence,),
            ).fetchall()
        )

    def _part(self, name: str) -> Part:
        if name not in self._places:
            raise damaged(self.which)
        return load_part(self.connection, self.which, self._places[name])

    @property
    def _left(self) -> int:
        return self.rows - len(self.gone)

    def row_of(self, customer: str) -> int | None:
        """Return the position of a customer in the columns; None where they are not there."""
        ids = self._part(IDS)
        if ids.dtype != TEXT:
            if not (customer.isdecimal() and str(int(customer)) == customer):
                return None
            rows = np.setdiff1d(np.flatnonzero(ids.array == int(customer)), self.gone)
            return int(rows[0]) if len(rows) else None
        lines = b"".join([b"\n", ids.content, b"\n"])
        line = b"\n%b\n" % as_lines([customer]).tobytes()
        at = lines.find(line)
        return None if at < 0 else lines.count(b"\n", 0, at)

    def text_of(self, name: str, row: int) -> str | None:
        """Return the text that a customer has in a column; None where it is unknown.

        Args:
            name: the name of the column, such as ``"record.name"``.
            row: the position of the customer.
        """
        start, end = self._line(TEXTS + name, self._code(name, row))
        content = self._part(TEXTS + name).content[start:end]
        return from_lines(np.frombuffer(content, np.uint8))[0]

    def erase(self, row: int) -> None:
        """Overwrite all that is held of a customer.

        Args:
            row: the position of the customer.
        """
        for name in self._places:
            if not name.startswith(TEXTS):
                self._erase_from(name, row)

    def _erase_from(self, name: str, row: int) -> None:
        dtype, count = self._shape(name)
        if name == IDS and dtype == TEXT:
            self._blank(name, row)
            return
        if count != self.rows:
            if self._left > 1:
                return  # what is stored once is that of all others too
            row = 0
        if TEXTS + name in self._places and name not in CHOSEN:
            code = self._code(name, row)
            if not self._users(name, code, besides=row):
                self._blank(TEXTS + name, code)
        self._overwrite(name, row * dtype.itemsize, bytes(dtype.itemsize))

    def _shape(self, name: str) -> tuple[np.dtype[Any], int]:
        """Return the type of a column and how many values are stored."""
        dtype, size = self.connection.execute(
            "SELECT dtype, sum(length(content)) FROM parts WHERE reading = ? AND place = ?",
            (self.which.sequence, self._places[name]),
        ).fetchone()
        kind = np.dtype(dtype)
        return kind, size // kind.itemsize

    def _code(self, name: str, row: int) -> int:
        """Return the number of the text that a customer has in a column."""
        codes = self._part(name).array
        return int(codes[row if len(codes) == self.rows else 0])

    def _users(self, name: str, code: int, besides: int | None = None) -> int:
        """Return how many customers have a text in a column; of those who are left."""
        codes = self._part(name).array
        if len(codes) != self.rows:
            return self._left - (besides is not None)
        out = [*self.gone] if besides is None else [*self.gone, besides]
        return int((codes == code).sum()) - int((codes[out] == code).sum())

    def _line(self, name: str, number: int) -> tuple[int, int]:
        """Return where a line of a part begins and ends."""
        content = self._part(name).content
        ends = np.flatnonzero(np.frombuffer(content, np.uint8) == END)
        edges = [-1, *ends[max(number - 1, 0) : number + 1].tolist(), len(content)]
        at = min(number, 1)
        return edges[at] + 1, edges[at + 1]

    def _blank(self, name: str, number: int) -> None:
        """Make the text on a line of a part an empty one, as long as it was."""
        start, end = self._line(name, number)
        self._overwrite(name, start, b'""'.ljust(end - start) if end - start > 1 else b"0")

    def _overwrite(self, name: str, start: int, content: bytes) -> None:
        """Write bytes over those of a part, which keeps its size."""
        place, end = self._places[name], start + len(content)
        for at in range(start // BLOCK, (end - 1) // BLOCK + 1):
            (block,) = load_blocks(self.connection, self.which, place, at)
            first, last = max(start - at * BLOCK, 0), min(end - at * BLOCK, BLOCK)
            changed = bytearray(block.content)
            changed[first:last] = content[at * BLOCK + first - start : at * BLOCK + last - start]
            new = evolve(block, content=bytes(changed), crc=None)
            self.connection.execute(
                "UPDATE parts SET content = ?, checksum = ? "
                "WHERE reading = ? AND place = ? AND block = ?",
                (new.content, new.checksum, new.reading, new.place, new.at),
            )

    def search(self, search: Search) -> bool:
        """Search what people typed about customers, other than their names.

        Args:
            search: what to look for, and whether it is replaced.

        Returns:
            Whether a text was replaced.
        """
        typed = [
            name
            for name in self._places
            if name.startswith("record.")
            and TEXTS + name in self._places
            and name not in ("record.name", *CHOSEN)
        ]
        replaced = [self._search_column(name, search) for name in typed]
        return any(replaced)

    def _search_column(self, name: str, search: Search) -> bool:
        texts = from_lines(self._part(TEXTS + name).array)
        where = f"reading as of {self.which.as_of}, {name.removeprefix('record.')}"
        changed = [
            text if text is None else search(where, text, partial(self._users, name, code))
            for code, text in enumerate(texts)
        ]
        if changed == texts:
            return False
        place, key = self._places[TEXTS + name], (self.which.sequence, self._places[TEXTS + name])
        self.connection.execute("DELETE FROM parts WHERE reading = ? AND place = ?", key)
        part = Part(TEXTS + name, TEXT, as_lines(changed).tobytes())
        insert_part(self.connection, self.which.sequence, place, part)
        self.connection.execute(
            "UPDATE readings SET parts = (SELECT count(*) FROM parts WHERE reading = sequence), "
            "digest = '' WHERE sequence = ?",
            key[:1],
        )
        return True
