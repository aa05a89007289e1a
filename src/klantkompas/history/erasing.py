"""A customer taken out of a history; everything else in it stays as it was (section 15)."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import date

import numpy as np
from attrs import evolve

from klantkompas._ids import id_order
from klantkompas.classification.shortlist_cutoff import ShortlistCutoff
from klantkompas.errors import ArgumentError
from klantkompas.history.decisions import add_erasure, forget, settle_mentions
from klantkompas.history.mentions import Search, search_decisions, search_reading
from klantkompas.history.parts import with_rows
from klantkompas.history.readings import ReadingSummary, load, replace, summaries
from klantkompas.reviews.recorded import RecordedReading

__all__ = ["erase_customer", "nothing_held", "redact_texts", "without"]


def _mentions(reading: RecordedReading, customer: str) -> bool:
    """Return whether a reading names a customer anywhere."""
    return (
        customer in reading.ids.tolist()
        or any(each.customer == customer for each in reading.overrides)
        or (reading.shortlist_cutoff is not None and reading.shortlist_cutoff.id == customer)
    )


def _nameless(reading: RecordedReading, cutoff: ShortlistCutoff) -> ShortlistCutoff:
    """Name the cut-off after the last before it of equal revenue, if any is on the list.

    So whoever reached the cut-off still does, and whoever did not still does not.
    """
    mine = (len(cutoff.id), cutoff.id)
    equal = reading.shortlisted & (reading.measures["revenue"] == cutoff.revenue)
    earlier = [each for each in reading.ids[equal] if (len(each), each) < mine]
    return evolve(cutoff, id=id_order(earlier)[-1] if earlier else "")


def without(reading: RecordedReading, customer: str) -> RecordedReading:
    """Return a reading without one customer.

    Counts (tallies, notes) and cut-offs, that of the shortlist included, stay as they are.

    Args:
        reading: the reading.
        customer: the customer's id.

    Returns:
        The reading, with the customer removed from every column, from the overrides and from the
        cut-off of the shortlist.
    """
    cutoff = reading.shortlist_cutoff
    if cutoff is not None and cutoff.id == customer:
        cutoff = _nameless(reading, cutoff)
    kept = np.fromiter((each != customer for each in reading.ids), np.bool_, len(reading.ids))
    overrides = tuple(each for each in reading.overrides if each.customer != customer)
    return evolve(with_rows(reading, kept), shortlist_cutoff=cutoff, overrides=overrides)


def nothing_held(customer: str) -> ArgumentError:
    """Return the error that says that the history holds nothing about a customer."""
    return ArgumentError(f"nothing is held of a customer with the id {customer!r}")


def erase_customer(
    connection: sqlite3.Connection, customer: str, on: date, redact: bool
) -> tuple[str, ...]:
    """Remove a customer from everything in the file, inside a transaction.

    Args:
        connection: the open file.
        customer: the customer's id.
        on: the day on which the erasure was asked for.
        redact: whether to replace the id and name in texts about others.

    Returns:
        Where texts about others mention the customer.

    Raises:
        ArgumentError: nothing is held of the customer.
    """
    every = summaries(connection)
    search = Search([customer, *_names(connection, every, customer)], redact)
    found = forget(connection, customer)
    for each in every:
        whole = load(connection, each)
        if named := _mentions(whole, customer):
            found += 1
        left = search_reading(without(whole, customer) if named else whole, search)
        if left is not whole:
            replace(connection, each, left)
    if not (customer and found):
        raise nothing_held(customer)
    search_decisions(connection, search)
    add_erasure(connection, on, 0 if redact else search.count)
    return search.places


def redact_texts(
    connection: sqlite3.Connection, erasure: int, texts: Collection[str]
) -> tuple[str, ...]:
    """Replace texts in all that people typed, inside a transaction, and settle an erasure.

    Args:
        connection: the open file.
        erasure: the number of the erasure.
        texts: the texts to replace, such as an id and a name.

    Returns:
        Where the texts were.

    Raises:
        ArgumentError: there is no such erasure.
    """
    if not settle_mentions(connection, erasure):
        raise ArgumentError(f"no erasure with the number {erasure!r} is on record")
    search = Search(texts, redact=True)
    for each in summaries(connection):
        whole = load(connection, each)
        if (left := search_reading(whole, search)) is not whole:
            replace(connection, each, left)
    search_decisions(connection, search)
    return search.places


def _names(
    connection: sqlite3.Connection, every: Sequence[ReadingSummary], customer: str
) -> set[str]:
    """Return what a customer is called in any reading."""
    names = set()
    for each in every:
        measures = load(connection, each).measures
        with suppress(ArgumentError):
            names.add(measures.record["name"][measures.place(customer)])
    return names - {None}
