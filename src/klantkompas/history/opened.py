"""A history that is open: closed, copied, and asked what it holds of a customer, or to forget them.

What an erasure could not finish, because the file was in use, is done when it is next opened.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Collection
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from attrs import evolve

from klantkompas._told import told
from klantkompas.errors import ArgumentError, HistoryError
from klantkompas.history.decisions import (
    Erasure,
    buying_reasons,
    erasures,
    finish_erasures,
    ledger,
    overrides_of,
    steps,
    unfinished_erasure,
)
from klantkompas.history.erasing import erase_customer, nothing_held, redact_texts
from klantkompas.history.exporting import (
    buying_reason_as_data,
    entry_as_data,
    held_of,
    override_as_data,
    step_as_data,
)
from klantkompas.history.file import HistoryFile
from klantkompas.history.readings import load, summaries
from klantkompas.portfolio import as_day

__all__ = ["OpenHistory", "day_of"]

LOG = logging.getLogger(__name__)


def day_of(on: date | str) -> date:
    """Return a day as a date, be it a date, a moment or its text.

    Args:
        on: the day.

    Raises:
        ArgumentError: it is none of these.

    >>> day_of("2026-06-30")
    datetime.date(2026, 6, 30)
    """
    day = as_day(on)
    if not isinstance(day, date):
        raise ArgumentError(f"on is a date, such as date(2026, 6, 30), not {on!r}")
    return day.date() if isinstance(day, datetime) else day


def _check_strings(texts: object) -> None:
    many = texts if isinstance(texts, Collection) and not isinstance(texts, str) else (None,)
    if not all(isinstance(each, str) for each in many):
        raise ArgumentError(
            f"texts is a list of strings, such as ['0213', 'De Vries'], not {texts!r}"
        )


class OpenHistory:
    """The file of a history while it is open, with what it owes those whom it is about.

    Args:
        path: the file; one that does not exist is made.
        timeout: how many seconds to wait for another program that is writing.

    Raises:
        HistoryError: the file cannot be used.
    """

    def __init__(self, path: str | os.PathLike[str], *, timeout: float = 10.0) -> None:
        self._file = HistoryFile(path, timeout)
        with suppress(HistoryError):
            self._scrub()

    def __enter__(self) -> Self:
        """Use it in a ``with`` statement."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file; closing it again does nothing."""
        self._file.close()

    def backup(self, path: str | os.PathLike[str]) -> Path:
        """Copy the history into another file, as it is at one moment, while others use it.

        An earlier copy at that path is replaced once the new one is whole. Who is erased afterwards
        is still in the copy: erase them there too, or throw it away.

        Args:
            path: the file to write; anything else than a history is not replaced.

        Returns:
            The path.

        Raises:
            HistoryError: there is another file than a history, the disk is full, or the folder does
                not exist.
        """
        copy = self._file.backup(path)
        LOG.info("copied the history")
        return copy

    def export(self, customer_id: str | int) -> str:
        """Return everything that the file holds about a customer.

        Args:
            customer_id: the customer's id.

        Returns:
            Text in JSON, of each reading their record, measures and derived labels; their
            overrides, buying reasons and the steps taken for them; and what the ledger says of
            them. Unknown values are null.

        Raises:
            ArgumentError: the file holds nothing about the customer.
            HistoryError: the file is damaged.
        """
        customer = str(customer_id)
        with self._file.reading() as connection:
            readings = []
            for each in summaries(connection):
                held = held_of(load(connection, each), customer)
                if held is not None:
                    readings.append({"sequence": each.sequence, "review": each.review, **held})
            overrides = overrides_of(connection, customer)
            reasons = [each for each in buying_reasons(connection) if each.customer == customer]
            taken = [each for each in steps(connection) if each.customer == customer]
            entries = [each for each in ledger(connection) if each.customer == customer]
        if not (customer and (readings or overrides or reasons or taken or entries)):
            raise nothing_held(customer)
        everything = {
            "customer": customer,
            "readings": readings,
            "overrides": [override_as_data(each) for each in overrides],
            "buying_reasons": [buying_reason_as_data(each) for each in reasons],
            "steps": [step_as_data(each) for each in taken],
            "let_go": [entry_as_data(each) for each in entries],
        }
        return json.dumps(everything, ensure_ascii=False, allow_nan=False, indent=2)

    def erase(self, customer_id: str | int, *, on: date, redact: bool = False) -> Erasure:
        """Remove a customer everywhere, and every trace of them from the file.

        Counts and cut-offs stay. Entries of the ledger lose the name and still count. That someone
        was erased stays on record; who it was does not. Texts that people typed about others are
        searched for the id and the name as whole words.

        Args:
            customer_id: the customer.
            on: the day on which the erasure was asked for.
            redact: whether to replace the id and name in texts about others by ``[erased]``;
                otherwise the erasure says how often and where they are, and is not complete until
                `redact` has dealt with them.

        Returns:
            The record of the erasure.

        Raises:
            ArgumentError: the file holds nothing about the customer.
            HistoryError: the file cannot be written to, and is as it was; or it could not be
                rewritten, and holds traces in its bytes until it is next opened.
        """
        day = day_of(on)
        with self._file.writing() as connection:
            places = erase_customer(connection, str(customer_id), day, redact)
        self._scrub()
        LOG.info("erased a customer")
        return evolve(self.erasures()[-1], places=places)

    def redact(self, erasure: Erasure, texts: Collection[str] = ()) -> Erasure:
        """Deal with the mentions of an erased customer in what people typed about others.

        Args:
            erasure: the record of it.
            texts: what to replace by ``[erased]``, such as the id and name; none where someone has
                looked at the places and found that they are about something else.

        Returns:
            The record of the erasure, which is then complete, with the places where texts were
            replaced.

        Raises:
            ArgumentError: there is no such erasure, or texts is a string.
            HistoryError: as for `erase`.
        """
        _check_strings(texts)
        if not isinstance(erasure, Erasure):
            raise ArgumentError(f"erasure is one of History.erasures(), not {erasure!r}")
        with self._file.writing() as connection:
            places = redact_texts(connection, erasure.sequence, texts)
        self._scrub()
        return Erasure(erasure.sequence, erasure.on, rewritten=True, places=places)

    def erasures(self) -> tuple[Erasure, ...]:
        """Return the records of erasures: when customers were erased, but not whom."""
        with self._file.reading() as connection:
            return erasures(connection)

    def _scrub(self) -> None:
        """Leave no trace in the bytes after an erasure, also after one that was cut short."""
        with self._file.reading() as connection:
            unfinished = unfinished_erasure(connection)
        if unfinished is None:
            return
        last, rewrite = unfinished
        try:
            self._file.scrub(rewrite)
        except HistoryError as cause:
            raise HistoryError(
                told(
                    "the customer is erased, but the bytes of the file hold traces until it is "
                    "opened again: {cause}",
                    cause=cause,
                )
            ) from cause
        with self._file.writing() as connection:
            finish_erasures(connection, last)
