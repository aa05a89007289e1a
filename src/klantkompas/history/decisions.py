"""What people decided, in a history file: overrides, reasons, steps, the ledger, erasures."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date

from attrs import frozen

from klantkompas.domain.buying_reasons import BuyingReason
from klantkompas.domain.overrides import Override
from klantkompas.domain.steps import StepTaken
from klantkompas.reviews.ledger import LetGo

__all__ = [
    "Erasure",
    "add_buying_reason",
    "add_entries",
    "add_erasure",
    "add_override",
    "add_step",
    "buying_reasons",
    "current_overrides",
    "erasures",
    "finish_erasures",
    "forget",
    "ledger",
    "overrides_of",
    "settle_mentions",
    "steps",
    "unfinished_erasure",
]


@frozen
class Erasure:
    """The record that a customer was erased; it does not say whom.

    Args:
        sequence: the number of the erasure in the file.
        on: the day on which the erasure was asked for.
        rewritten: whether the bytes of the file hold no trace of them any more.
        mentions: how often texts that people typed about others mention the customer, until
            `History.redact` deals with that.
        places: where those mentions are; known only in the result of the erasing itself.
    """

    sequence: int
    on: date
    rewritten: bool
    mentions: int = 0
    places: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether nothing of the customer remains: no bytes, and no mention in others' texts."""
        return self.rewritten and not self.mentions


def add_override(connection: sqlite3.Connection, override: Override) -> None:
    """Store an override beside the earlier ones."""
    connection.execute(
        "INSERT INTO overrides (customer, label, person, day, because) VALUES (?, ?, ?, ?, ?)",
        (
            override.customer,
            override.label,
            override.by,
            override.on.isoformat(),
            override.because,
        ),
    )


def _overrides(rows: Iterable[tuple[str, str, str, str, str]]) -> tuple[Override, ...]:
    return tuple(
        Override(customer, label, person, date.fromisoformat(day), because)
        for customer, label, person, day, because in rows
    )


def current_overrides(connection: sqlite3.Connection) -> tuple[Override, ...]:
    """Return the last override of each customer: those that hold."""
    return _overrides(
        connection.execute(
            "SELECT customer, label, person, day, because FROM overrides WHERE sequence IN "
            "(SELECT max(sequence) FROM overrides GROUP BY customer) ORDER BY sequence"
        )
    )


def overrides_of(connection: sqlite3.Connection, customer: str) -> tuple[Override, ...]:
    """Return every override that one customer ever had."""
    return _overrides(
        connection.execute(
            "SELECT customer, label, person, day, because FROM overrides WHERE customer = ? "
            "ORDER BY sequence",
            (customer,),
        )
    )


def add_buying_reason(connection: sqlite3.Connection, reason: BuyingReason) -> None:
    """Store why a customer buys, or does not, beside the earlier reasons."""
    connection.execute(
        "INSERT INTO buying_reasons (customer, buys, because, person, day) VALUES (?, ?, ?, ?, ?)",
        (reason.customer, reason.buys, reason.because, reason.by, reason.on.isoformat()),
    )


def buying_reasons(connection: sqlite3.Connection) -> tuple[BuyingReason, ...]:
    """Return why customers buy, or do not, earliest first."""
    rows = connection.execute(
        "SELECT customer, buys, because, person, day FROM buying_reasons ORDER BY day, sequence"
    )
    return tuple(
        BuyingReason(customer, bool(buys), because, person, date.fromisoformat(day))
        for customer, buys, because, person, day in rows
    )


def add_step(connection: sqlite3.Connection, step: StepTaken) -> None:
    """Store a step that somebody took, beside the earlier ones."""
    connection.execute(
        "INSERT INTO steps (customer, done, person, day, work_list) VALUES (?, ?, ?, ?, ?)",
        (step.customer, step.done, step.by, step.on.isoformat(), step.work_list),
    )


def steps(connection: sqlite3.Connection) -> tuple[StepTaken, ...]:
    """Return the steps that were taken, earliest first."""
    rows = connection.execute(
        "SELECT customer, done, person, day, work_list FROM steps ORDER BY day, sequence"
    )
    return tuple(
        StepTaken(customer, done, person, date.fromisoformat(day), work_list)
        for customer, done, person, day, work_list in rows
    )


def add_entries(connection: sqlite3.Connection, entries: Sequence[LetGo]) -> None:
    """Write entries into the ledger."""
    connection.executemany(
        "INSERT INTO let_go (customer, day, person, revenue, review, finding) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [
            (
                each.customer,
                each.on.isoformat(),
                each.by,
                each.revenue,
                each.review.isoformat(),
                each.finding,
            )
            for each in entries
        ],
    )


def ledger(connection: sqlite3.Connection) -> tuple[LetGo, ...]:
    """Return whom people let go, by whom and when, as a history keeps it; the earliest first."""
    rows = connection.execute(
        "SELECT customer, day, person, revenue, review, finding FROM let_go ORDER BY day, sequence"
    )
    return tuple(
        LetGo(
            customer, date.fromisoformat(day), person, revenue, date.fromisoformat(review), finding
        )
        for customer, day, person, revenue, review, finding in rows
    )


def forget(connection: sqlite3.Connection, customer: str) -> int:
    """Remove a customer from all that people decided; entries of the ledger still count.

    Returns:
        How many rows of the file mentioned the customer.
    """
    statements = (
        "DELETE FROM overrides WHERE customer = ?",
        "DELETE FROM buying_reasons WHERE customer = ?",
        "DELETE FROM steps WHERE customer = ?",
        "UPDATE let_go SET customer = '', finding = '' WHERE customer = ?",
    )
    return sum(connection.execute(each, (customer,)).rowcount for each in statements)


def add_erasure(connection: sqlite3.Connection, on: date, mentions: int, rewrite: bool) -> None:
    """Record that a customer was erased; traces may still be in the bytes.

    Args:
        connection: the open file.
        on: the day on which the erasure was asked for.
        mentions: how often texts about others mention the customer.
        rewrite: whether the file has to be rewritten for no trace to be left.
    """
    connection.execute(
        "INSERT INTO erasures (day, scrubbed, mentions, rewrite) VALUES (?, 0, ?, ?)",
        (on.isoformat(), mentions, rewrite),
    )


def erasures(connection: sqlite3.Connection) -> tuple[Erasure, ...]:
    """Return the erasures, in the order in which they were done."""
    rows = connection.execute(
        "SELECT sequence, day, scrubbed, mentions FROM erasures ORDER BY sequence"
    )
    return tuple(
        Erasure(sequence, date.fromisoformat(day), bool(scrubbed), mentions)
        for sequence, day, scrubbed, mentions in rows
    )


def settle_mentions(connection: sqlite3.Connection, sequence: int, rewrite: bool) -> int:
    """Record that the mentions of an erasure were dealt with; traces may still be in the bytes.

    Args:
        connection: the open file.
        sequence: the number of the erasure.
        rewrite: whether the file has to be rewritten for no trace to be left.

    Returns:
        How many erasures have this number, 1 or 0.
    """
    return connection.execute(
        "UPDATE erasures SET mentions = 0, scrubbed = 0, "
        "rewrite = max(?, rewrite * (1 - scrubbed)) WHERE sequence = ?",
        (rewrite, sequence),
    ).rowcount


def unfinished_erasure(connection: sqlite3.Connection) -> tuple[int, bool] | None:
    """Return the number of the last erasure of which traces may be in the bytes of the file.

    Returns:
        That number, and whether the file has to be rewritten; None without one.
    """
    last, rewrite = connection.execute(
        "SELECT max(sequence), max(rewrite) FROM erasures WHERE scrubbed = 0"
    ).fetchone()
    return None if last is None else (last, bool(rewrite))


def finish_erasures(connection: sqlite3.Connection, last: int) -> None:
    """Record that no trace is left of the erasures up to one number."""
    connection.execute("UPDATE erasures SET scrubbed = 1 WHERE sequence <= ?", (last,))
