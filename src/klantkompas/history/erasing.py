"""A customer taken out of a history; everything else in it stays as it was (section 15)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from datetime import date

import numpy as np
from attrs import asdict, evolve

from klantkompas._ids import id_order
from klantkompas._told import told
from klantkompas.classification.shortlist_cutoff import ShortlistCutoff
from klantkompas.errors import ArgumentError
from klantkompas.history.decisions import add_erasure, forget, settle_mentions
from klantkompas.history.held import StoredColumns
from klantkompas.history.mentions import Search, search_decisions, search_head
from klantkompas.history.readings import (
    POSITIONS,
    ReadingSummary,
    damaged,
    insert_head,
    load,
    load_head,
    summaries,
)
from klantkompas.history.schema import HEADS, TABLES, make_again
from klantkompas.portfolio.storage import as_json
from klantkompas.reviews.recorded import RecordedReading

__all__ = ["erase_customer", "nothing_held", "redact_texts"]

NAME = "record.name"
OF_CUSTOMERS = tuple(
    each for each in TABLES if any(column.name == "customer" for column in each.columns)
)
"""The tables of what people decided about customers."""


def _nameless(reading: RecordedReading, cutoff: ShortlistCutoff) -> ShortlistCutoff:
    """Name the cut-off after the last before it of equal revenue, if any is on the list.

    So whoever reached the cut-off still does, and whoever did not still does not.
    """
    mine = (len(cutoff.id), cutoff.id)
    equal = reading.shortlisted & (reading.measures["revenue"] == cutoff.revenue)
    earlier = [each for each in reading.ids[equal] if (len(each), each) < mine]
    return evolve(cutoff, id=id_order(earlier)[-1] if earlier else "")


def nothing_held(customer: str) -> ArgumentError:
    """Return the error that says that the history holds nothing about a customer."""
    return ArgumentError(told("nothing is held of a customer with the id {id}", id=repr(customer)))


class _Stored:
    """A stored reading from which a customer is taken, inside a transaction.

    Args:
        connection: the open file.
        which: the summary of the reading.
        customer: the customer's id; None where nobody is taken out.
    """

    def __init__(
        self, connection: sqlite3.Connection, which: ReadingSummary, customer: str | None
    ) -> None:
        self._connection, self._which, self._customer = connection, which, customer
        self._head, self._gone = load_head(connection, which)
        self._before = json.dumps(self._head)
        rows = which.customers + len(self._gone)
        self._columns = StoredColumns(connection, which, rows, self._gone)
        self._row = None if customer is None else self._columns.row_of(customer)
        self.name = None if self._row is None else self._columns.text_of(NAME, self._row)

    def erase(self) -> bool:
        """Remove the customer, and return whether they were named anywhere."""
        cutoff, overrides = self._head["shortlist_cutoff"], self._head["overrides"]
        if cutoff is not None and cutoff["id"] == self._customer:
            whole = load(self._connection, self._which)
            self._head["shortlist_cutoff"] = asdict(_nameless(whole, ShortlistCutoff(**cutoff)))
        self._head["overrides"] = [one for one in overrides if one["customer"] != self._customer]
        if self._row is not None:
            self._columns.erase(self._row)
            self._gone = np.append(self._gone, self._row).astype(POSITIONS)
            self._columns = evolve(self._columns, gone=self._gone)
        return self._row is not None or json.dumps(self._head) != self._before

    def finish(self, search: Search) -> bool:
        """Search what people typed, and store what has changed.

        Returns:
            Whether the bytes of a text may still be in the file.
        """
        search_head(self._which.as_of, self._head, search)
        replaced = self._columns.search(search)
        if replaced or self._row is not None or json.dumps(self._head) != self._before:
            head, gone = as_json(self._head).tobytes(), self._gone.tobytes()
            insert_head(self._connection, self._which.sequence, head, gone)
            self._connection.execute(
                "UPDATE readings SET customers = customers - ?, digest = '' WHERE sequence = ?",
                (self._row is not None, self._which.sequence),
            )
        return replaced


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
        HistoryError: a reading is damaged.
    """
    readings = [_opened(connection, each, customer) for each in summaries(connection)]
    names = {each.name for each in readings if each.name is not None}
    search = Search([customer, *names], redact)
    found = forget(connection, customer) + sum(each.erase() for each in readings)
    if not (customer and found):
        raise nothing_held(customer)
    replaced = [each.finish(search) for each in readings]
    search_decisions(connection, search)
    add_erasure(connection, on, 0 if redact else search.count, any(replaced))
    _leave_no_copies(connection)
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
        HistoryError: a reading is damaged.
    """
    search = Search(texts, redact=True)
    readings = [_opened(connection, each, None) for each in summaries(connection)]
    replaced = [each.finish(search) for each in readings]
    if not settle_mentions(connection, erasure, any(replaced)):
        raise ArgumentError(
            told("no erasure with the number {erasure} is on record", erasure=repr(erasure))
        )
    search_decisions(connection, search)
    _leave_no_copies(connection)
    return search.places


def _opened(connection: sqlite3.Connection, which: ReadingSummary, customer: str | None) -> _Stored:
    try:
        return _Stored(connection, which, customer)
    except (KeyError, TypeError, ValueError, IndexError) as cause:
        raise damaged(which) from cause


def _leave_no_copies(connection: sqlite3.Connection) -> None:
    """Overwrite the pages of the tables from which rows went: copies of those may be in them."""
    for table in (*OF_CUSTOMERS, HEADS):
        make_again(connection, table)
