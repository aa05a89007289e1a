"""The readings in a history file: stored, listed, found and loaded."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date

from attrs import frozen

from klantkompas.errors import ArgumentError, HistoryError
from klantkompas.history.parts import Part, parts_of, reading_from
from klantkompas.reviews.recorded import RecordedReading
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Sentence, sentence

__all__ = [
    "ReadingSummary",
    "find",
    "latest_review",
    "load",
    "replace",
    "store",
    "summaries",
]

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


def find(every: Sequence[ReadingSummary], which: date | ReadingSummary) -> ReadingSummary:
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
        found = [each for each in every if each.as_of == which]
    if not found:
        dates = ", ".join(sorted({str(each.as_of) for each in every})) or "none"
        raise ArgumentError(f"no such reading is recorded: {which}. There are: {dates}")
    return found[-1]


def latest_review(every: Iterable[ReadingSummary]) -> ReadingSummary:
    """Return the review of the latest date; of several of that date the last recorded.

    Raises:
        ArgumentError: there is no review.
    """
    reviews = [each for each in every if each.review]
    if not reviews:
        raise ArgumentError(
            "there are no two reviews to compare",
            remedy="Record readings of two dates with review=True, or name two dates",
        )
    return max(reviews, key=lambda each: (each.as_of, each.sequence))


def store(
    connection: sqlite3.Connection, reading: RecordedReading, parts: Sequence[Part], review: bool
) -> ReadingSummary:
    """Store a reading, inside a transaction.

    Args:
        connection: the open file.
        reading: the reading.
        parts: its parts.
        review: whether it is a review.

    Returns:
        The summary of the reading, by which it can be found again.
    """
    as_of, customers = reading.as_of.isoformat(), len(reading.ids)
    connection.execute(
        "INSERT INTO readings (as_of, review, customers, library_version, parts) "
        "VALUES (?, ?, ?, ?, ?)",
        (as_of, bool(review), customers, reading.library_version, len(parts)),
    )
    stored = summaries(connection)[-1]
    _store_parts(connection, stored.sequence, parts)
    return stored


def replace(
    connection: sqlite3.Connection, which: ReadingSummary, reading: RecordedReading
) -> None:
    """Replace a stored reading by another, inside a transaction."""
    connection.execute("DELETE FROM parts WHERE reading = ?", (which.sequence,))
    parts = list(parts_of(reading))
    _store_parts(connection, which.sequence, parts)
    connection.execute(
        "UPDATE readings SET customers = ?, parts = ? WHERE sequence = ?",
        (len(reading.ids), len(parts), which.sequence),
    )


def _store_parts(connection: sqlite3.Connection, sequence: int, parts: Sequence[Part]) -> None:
    connection.executemany(
        "INSERT INTO parts (reading, place, name, dtype, content, checksum) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (
            (sequence, at, part.name, part.dtype, part.content, part.checksum(sequence, at))
            for at, part in enumerate(parts)
        ),
    )


def load(connection: sqlite3.Connection, which: ReadingSummary) -> RecordedReading:
    """Return a stored reading.

    Args:
        connection: the open file.
        which: the summary of the reading.

    Returns:
        The reading, as it was recorded.

    Raises:
        HistoryError: it is damaged.
    """
    damaged = HistoryError(f"the {which} is damaged", remedy="Put a copy of the file back")
    wanted: int = connection.execute(
        "SELECT parts FROM readings WHERE sequence = ?", (which.sequence,)
    ).fetchone()[0]
    rows = connection.execute(
        "SELECT reading, place, checksum, name, dtype, content FROM parts "
        "WHERE reading = ? ORDER BY place",
        (which.sequence,),
    )
    parts = list[Part]()
    for reading, place, checksum, *columns in rows:
        try:
            part = Part(*columns)
            whole = (reading, place) == (which.sequence, len(parts))
            if not whole or part.checksum(reading, place) != checksum:
                raise damaged
        except TypeError as cause:
            raise damaged from cause
        parts.append(part)
    if len(parts) != wanted:
        raise damaged
    try:
        return reading_from(parts)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as cause:
        raise damaged from cause
