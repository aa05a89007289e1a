"""The readings in a history file: stored, listed, found and loaded."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, zip_longest

import numpy as np
from attrs import frozen

from klantkompas._arrays import AnyArray
from klantkompas._told import told
from klantkompas.errors import ArgumentError, HistoryError
from klantkompas.history.parts import Block, Part, digest_of, head_checksum, reading_from
from klantkompas.portfolio import as_day
from klantkompas.reviews.recorded import RecordedReading
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.plain import Json
from klantkompas.wording.sentence import Sentence, sentence

__all__ = [
    "POSITIONS",
    "ReadingSummary",
    "count_parts",
    "damaged",
    "find",
    "insert_head",
    "insert_part",
    "latest_review",
    "load",
    "load_blocks",
    "load_head",
    "load_part",
    "store",
    "summaries",
]

POSITIONS = np.dtype("<i8")
"""How the positions of erased customers are stored."""

REVIEW = mark("review as of {day}, customers: {customers}")
READING = mark("reading as of {day}, customers: {customers}")


@frozen
class ReadingSummary(Text):
    """A reading that a history holds, in a few numbers.

    Args:
        sequence: the number of the reading; one that was recorded later has a higher number.
        as_of: its reference date.
        review: whether it was recorded as a review.
        customers: how many customers the reading has.
        library_version: the version of klantkompas that made it.
    """

    sequence: int
    as_of: date
    review: bool
    customers: int
    library_version: str

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence that says whether it is a review, of which date, and how many customers."""
        message = REVIEW if self.review else READING
        return (sentence(message, day=self.as_of, customers=self.customers),)


def summaries(connection: sqlite3.Connection) -> tuple[ReadingSummary, ...]:
    """Return the summaries of the readings, in the order in which they were recorded."""
    rows = connection.execute(
        "SELECT sequence, as_of, review, customers, library_version FROM readings ORDER BY sequence"
    )
    return tuple(
        ReadingSummary(sequence, date.fromisoformat(as_of), bool(review), customers, version)
        for sequence, as_of, review, customers, version in rows
    )


def find(every: Sequence[ReadingSummary], which: date | str | ReadingSummary) -> ReadingSummary:
    """Return the summary of one reading.

    Args:
        every: the summaries of all readings.
        which: one of those, or a reference date: of several readings of that date the last recorded
            is meant.

    Returns:
        The summary of that reading.

    Raises:
        ArgumentError: there is no such reading.
    """
    if isinstance(which, ReadingSummary):
        found = [each for each in every if each.sequence == which.sequence]
    else:
        found = [each for each in every if each.as_of == as_day(which)]
    if not found:
        dates = ", ".join(sorted({str(each.as_of) for each in every})) or told("none")
        raise ArgumentError(
            told(
                "no such reading is recorded: {which}. There are: {dates}", which=which, dates=dates
            )
        )
    return found[-1]


def latest_review(every: Iterable[ReadingSummary]) -> ReadingSummary:
    """Return the review of the latest date; of several of that date the last recorded.

    Raises:
        ArgumentError: there is no review.
    """
    reviews = [each for each in every if each.review]
    if not reviews:
        raise ArgumentError(
            told("there are no two reviews to compare"),
            remedy=told("Record readings of two dates with review=True, or name two dates"),
            command=told("Keep readings of two dates: klantkompas review --as-of 2026-06-30"),
        )
    return max(reviews, key=lambda each: (each.as_of, each.sequence))


def store(
    connection: sqlite3.Connection,
    reading: RecordedReading,
    head: bytes,
    parts: Sequence[Part],
    review: bool,
) -> ReadingSummary:
    """Store a reading, inside a transaction; one that is there already is not stored again.

    Args:
        connection: the open file.
        reading: the reading.
        head: its head.
        parts: its parts.
        review: whether it is a review; one that is there already becomes one too.

    Returns:
        The summary of the reading, by which it can be found again.
    """
    digest = digest_of(head, parts)
    there = _find_same(connection, digest, head, parts)
    if there is not None:
        if review:
            connection.execute("UPDATE readings SET review = 1 WHERE sequence = ?", (there,))
        return next(each for each in summaries(connection) if each.sequence == there)
    connection.execute(
        "INSERT INTO readings (as_of, review, customers, library_version, parts, digest) "
        "VALUES (?, ?, ?, ?, 0, ?)",
        (
            reading.as_of.isoformat(),
            bool(review),
            len(reading.ids),
            reading.library_version,
            digest,
        ),
    )
    stored = summaries(connection)[-1]
    insert_head(connection, stored.sequence, head)
    count = sum(
        insert_part(connection, stored.sequence, place, part) for place, part in enumerate(parts)
    )
    connection.execute("UPDATE readings SET parts = ? WHERE sequence = ?", (count, stored.sequence))
    return stored


def _find_same(
    connection: sqlite3.Connection, digest: str, head: bytes, parts: Sequence[Part]
) -> int | None:
    """Return the number of the reading that is the same to the last bit; None without one."""
    for (reading,) in connection.execute(
        "SELECT sequence FROM readings WHERE digest = ?", (digest,)
    ).fetchall():
        stored = connection.execute(
            "SELECT content FROM heads WHERE reading = ? UNION ALL SELECT * FROM "
            "(SELECT content FROM parts WHERE reading = ? ORDER BY place, block)",
            (reading, reading),
        )
        blocks = (each for at, part in enumerate(parts) for each in part.blocks(reading, at))
        contents = chain([head], (bytes(each.content) for each in blocks))
        if all(one == (other,) for one, other in zip_longest(stored, contents)):
            return int(reading)
    return None


def insert_head(
    connection: sqlite3.Connection, reading: int, content: bytes, gone: bytes = b""
) -> None:
    """Store the head of a reading.

    Args:
        connection: the open file.
        reading: the number of the reading.
        content: the head.
        gone: the positions of the customers who were erased, as 64-bit whole numbers.
    """
    connection.execute(
        "INSERT OR REPLACE INTO heads VALUES (?, ?, ?, ?)",
        (reading, content, gone, head_checksum(reading, content, gone)),
    )


def insert_part(connection: sqlite3.Connection, reading: int, place: int, part: Part) -> int:
    """Store a part of a reading.

    Args:
        connection: the open file.
        reading: the number of the reading.
        place: the position of the part in the reading.
        part: the part.

    Returns:
        In how many blocks it is stored.
    """
    return connection.executemany(
        "INSERT INTO parts (reading, place, block, name, dtype, content, checksum) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (reading, place, each.at, each.name, each.dtype, each.content, each.checksum)
            for each in part.blocks(reading, place)
        ),
    ).rowcount


def damaged(which: ReadingSummary) -> HistoryError:
    """Return the error that says that a reading is damaged."""
    return HistoryError(
        told("the {which} is damaged", which=which), remedy=told("Put a copy of the file back")
    )


def load(connection: sqlite3.Connection, which: ReadingSummary) -> RecordedReading:
    """Return a stored reading.

    Args:
        connection: the open file.
        which: the summary of the reading.

    Returns:
        The reading, as it was recorded, without customers who were erased since.

    Raises:
        HistoryError: it is damaged.
    """
    head, gone = load_head(connection, which)
    parts = [load_part(connection, which, place) for place in range(count_parts(connection, which))]
    try:
        return reading_from(head, parts, gone)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as cause:
        raise damaged(which) from cause


def load_head(connection: sqlite3.Connection, which: ReadingSummary) -> tuple[Json, AnyArray]:
    """Return the head of a reading, and the positions of the customers who are gone.

    Raises:
        HistoryError: it is damaged.
    """
    row = connection.execute(
        "SELECT reading, content, gone, checksum FROM heads WHERE reading = ?", (which.sequence,)
    ).fetchone()
    try:
        if row is None or head_checksum(*row[:3]) != row[3]:
            raise damaged(which)
        return json.loads(row[1]), np.frombuffer(row[2], dtype=POSITIONS)
    except (TypeError, ValueError) as cause:
        raise damaged(which) from cause


def count_parts(connection: sqlite3.Connection, which: ReadingSummary) -> int:
    """Return how many parts a reading has.

    Raises:
        HistoryError: blocks of them are missing, or there are too many.
    """
    wanted, blocks, parts = connection.execute(
        "SELECT parts, (SELECT count(*) FROM parts WHERE reading = sequence), "
        "(SELECT coalesce(max(place), -1) + 1 FROM parts WHERE reading = sequence) "
        "FROM readings WHERE sequence = ?",
        (which.sequence,),
    ).fetchone()
    if blocks != wanted or type(parts) is not int or parts > blocks:
        raise damaged(which)
    return parts


def load_part(connection: sqlite3.Connection, which: ReadingSummary, place: int) -> Part:
    """Return a part of a reading.

    Raises:
        HistoryError: it is damaged.
    """
    blocks = [*load_blocks(connection, which, place)]
    if not blocks:
        raise damaged(which)
    content = blocks[0].content if len(blocks) == 1 else b"".join(each.content for each in blocks)
    return Part(blocks[0].name, blocks[0].dtype, content)


def load_blocks(
    connection: sqlite3.Connection, which: ReadingSummary, place: int, block: int | None = None
) -> Iterator[Block]:
    """Yield the blocks of a part of a reading, or only one of them.

    Raises:
        HistoryError: one is damaged.
    """
    rows = connection.execute(
        "SELECT checksum, reading, place, block, name, dtype, content FROM parts "
        "WHERE reading = ? AND place = ? AND (? IS NULL OR block = ?) ORDER BY block",
        (which.sequence, place, block, block),
    )
    at = 0 if block is None else block
    for checksum, *columns in rows:
        try:
            found = Block(*columns)
            if found.at != at or found.checksum != checksum:
                raise damaged(which)
        except TypeError as cause:
            raise damaged(which) from cause
        at += 1
        yield found
