"""Reviews with a memory: readings, overrides and the ledger in one SQLite file.

>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from klantkompas.compass import Compass
>>> from klantkompas.domain.interactions import Order
>>> from klantkompas.portfolio import Portfolio
>>> order = Order(customer="a", on=date(2026, 1, 5), amount=10.0)
>>> reading = Compass(installed=False).read(Portfolio.from_records([order]))
>>> with TemporaryDirectory() as folder, History(Path(folder, "shop.history")) as history:
...     print(history.record(reading, review=True))
...     print(history.due(date(2026, 3, 1)).state)
review as of 5 January 2026, customers: 1
not yet
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from klantkompas._arrays import as_objects
from klantkompas._checked import checked_instances
from klantkompas._printable import shown
from klantkompas._told import told
from klantkompas.compass import Reading
from klantkompas.domain.buying_reasons import BuyingReason
from klantkompas.domain.overrides import Override
from klantkompas.domain.steps import StepTaken
from klantkompas.errors import ArgumentError
from klantkompas.history.approving import approved
from klantkompas.history.decisions import (
    add_buying_reason,
    add_entries,
    add_override,
    add_step,
    buying_reasons,
    current_overrides,
    ledger,
    steps,
)
from klantkompas.history.opened import OpenHistory, day_of
from klantkompas.history.parts import encoded
from klantkompas.history.readings import (
    ReadingSummary,
    find,
    latest_review,
    load,
    store,
    summaries,
)
from klantkompas.hooks import ClassificationRule
from klantkompas.reviews.compare import Review, compare_reviews
from klantkompas.reviews.due import ReviewDue, review_due
from klantkompas.reviews.ledger import LetGo
from klantkompas.reviews.letting_go import LettingGoPlan
from klantkompas.reviews.recorded import RecordedReading, record_of
from klantkompas.wording.markup import html_lines, html_table

__all__ = ["History"]

LOG = logging.getLogger(__name__)


class History(OpenHistory):
    """Readings, overrides and the ledger of one business, in one SQLite file.

    Every change is one transaction: it happens whole or, when anything fails, not at all. Several
    programs and threads may use the file at once: each thread has a connection of its own. Close it
    when done, or use it in a ``with`` statement. What an erasure could not finish, because the file
    was in use, is done when it is next opened.

    Args:
        path: the file; one that does not exist is made.
        timeout: how many seconds to wait for another program that is writing.

    Raises:
        HistoryError: the file cannot be used: it is not a history, damaged, of a newer klantkompas,
            locked, or its folder does not exist.
    """

    def __repr__(self) -> str:
        """Return a line: where it is."""
        return f"History({str(self._file.path)!r})"

    def _repr_html_(self) -> str:
        readings = self.readings()
        columns = {
            "as_of": as_objects(each.as_of.isoformat() for each in readings),
            "review": np.array([each.review for each in readings], dtype=np.bool_),
            "customers": np.array([each.customers for each in readings], dtype=np.int64),
            "library_version": as_objects(each.library_version for each in readings),
        }
        return f"<div>{html_lines([repr(self)])}{html_table(columns)}</div>"

    def record(self, reading: Reading | RecordedReading, *, review: bool = False) -> ReadingSummary:
        """Keep a reading in the file, whole or not at all; the same reading twice is kept once.

        Another reading of a date that is recorded already is kept beside the earlier one.

        Args:
            reading: the reading.
            review: True for a review: a reading to compare with the next review, and to plan
                letting go by. A reading that is kept already becomes one.

        Returns:
            The summary of the reading, by which it can be found again.

        Raises:
            ArgumentError: the record of a customer holds a value that is not a string, or an
                unpaired surrogate.
            HistoryError: the file cannot be written to; it is as it was.
        """
        if not isinstance(reading, Reading | RecordedReading):
            raise ArgumentError(f"reading is a Reading, such as compass.read(...), not {reading!r}")
        kept = record_of(reading)
        with self._file.explained():
            head, parts = encoded(kept)
        with self._file.writing() as connection:
            stored = store(connection, kept, head, parts, review)
        LOG.info("recorded the reading of %s", stored.as_of)
        return stored

    def readings(self) -> tuple[ReadingSummary, ...]:
        """Return the summaries of the readings, in the order in which they were recorded."""
        with self._file.reading() as connection:
            return summaries(connection)

    def reading(self, which: date | str | ReadingSummary) -> RecordedReading:
        """Return a reading as it was recorded, to the last bit.

        Args:
            which: one of `readings`, or a reference date: of several readings of that date the last
                recorded is meant.

        Returns:
            The reading, without customers that have been erased since.

        Raises:
            ArgumentError: there is no such reading.
            HistoryError: the file is damaged there.
        """
        with self._file.reading() as connection:
            return load(connection, find(summaries(connection), which))

    def review(
        self,
        previous: date | ReadingSummary | None = None,
        current: date | ReadingSummary | None = None,
        *,
        rules: Sequence[ClassificationRule] | None = None,
    ) -> Review:
        """Return the latest review compared with the one before, or any two readings compared.

        Args:
            previous: the earlier reading; without it, the last review of a date before the later
                one.
            current: the later reading; without it, the review of the latest date.
            rules: the classification rules of the later reading, as in
                ``compass.declarations.rules``; they may be left out where these are the built-in
                ones.

        Returns:
            The old and new class of each customer, and the cause of each change.

        Raises:
            ArgumentError: there are no two reviews to compare, or the later was made with rules of
                one's own and none are given.
            HistoryError: the file is damaged there.
        """
        with self._file.reading() as connection:
            every = summaries(connection)
            later = latest_review(every) if current is None else find(every, current)
            if previous is None:
                earlier = latest_review(each for each in every if each.as_of < later.as_of)
            else:
                earlier = find(every, previous)
            before, now = load(connection, earlier), load(connection, later)
            entries = ledger(connection)
        let_go = {entry.customer: entry.on for entry in entries if entry.customer}
        return compare_reviews(before, now, rules=rules, let_go=let_go)

    def due(self, on: date | str) -> ReviewDue:
        """Return whether a review is due on a day (S1 step 7).

        Args:
            on: the day; reviews of later dates do not count.

        Returns:
            The last review, and from when the next is due and overdue.
        """
        day = day_of(on)
        dates = [each.as_of for each in self.readings() if each.review and each.as_of <= day]
        return review_due(max(dates, default=None), on=day)

    def override(self, override: Override) -> None:
        """Keep a class that a person gave; an earlier one of the same customer stays on record.

        Args:
            override: the correction.

        Raises:
            ArgumentError: it is not an override.
            HistoryError: the file cannot be written to; it is as it was.
        """
        if not isinstance(override, Override):
            raise ArgumentError(f"override is an Override, not {override!r}")
        with self._file.writing() as connection:
            add_override(connection, override)

    def overrides(self) -> tuple[Override, ...]:
        """Return the overrides that hold, for `Compass.read`: the last of each customer."""
        with self._file.reading() as connection:
            return current_overrides(connection)

    def add_reason(self, reason: BuyingReason) -> None:
        """Keep why a customer buys, or does not; earlier reasons stay on record.

        Args:
            reason: the reason, who heard it and when.

        Raises:
            ArgumentError: it is not a `BuyingReason`.
            HistoryError: the file cannot be written to; it is as it was.
        """
        if not isinstance(reason, BuyingReason):
            raise ArgumentError(f"reason is a BuyingReason, not {reason!r}")
        with self._file.writing() as connection:
            add_buying_reason(connection, reason)

    def reasons(self) -> tuple[BuyingReason, ...]:
        """Return why customers buy, or do not, earliest first, for `Reading.profile`."""
        with self._file.reading() as connection:
            return buying_reasons(connection)

    def keep(self, noted: Iterable[BuyingReason | StepTaken]) -> int:
        """Keep reasons and steps that are not in the file yet: all of them, or none.

        So what is filled in on a workbook of lists can be taken over again, with what was added.

        Args:
            noted: the reasons and steps, such as `klantkompas.read_workbook` returns.

        Returns:
            How many of them were new.

        Raises:
            ArgumentError: one is neither a `BuyingReason` nor a `StepTaken`.
            HistoryError: the file cannot be written to; it is as it was.
        """
        expected = "noted is a list of BuyingReason(...) and StepTaken(...)"
        every = checked_instances(noted, object, expected)
        for each in every:
            if not isinstance(each, BuyingReason | StepTaken):
                raise ArgumentError(f"{expected}; it holds {shown(each)}")
        with self._file.writing() as connection:
            held = {*buying_reasons(connection), *steps(connection)}
            new = [each for each in dict.fromkeys(every) if each not in held]
            for each in new:
                if isinstance(each, StepTaken):
                    add_step(connection, each)
                elif isinstance(each, BuyingReason):
                    add_buying_reason(connection, each)
        return len(new)

    def steps(self) -> tuple[StepTaken, ...]:
        """Return the steps that people took for customers, earliest first."""
        with self._file.reading() as connection:
            return steps(connection)

    def approve(
        self,
        plan: LettingGoPlan,
        customers: Sequence[str],
        *,
        by: str,
        on: date,
        findings: Mapping[str, str] | None = None,
    ) -> tuple[LetGo, ...]:
        """Write into the ledger that a named person lets customers go: all of them, or none.

        Args:
            plan: the proposal, by the latest review.
            customers: the ids of those of the proposed customers who are let go.
            by: the name of the person who approves.
            on: the day of the approval.
            findings: by customer, what was found out, in words: needed of those of whom the plan
                says to find something out first.

        Returns:
            The new entries of the ledger.

        Raises:
            ArgumentError: a customer is not proposed or has been approved already, the finding is
                lacking where there was something to find out, a later review is recorded, or with
                what the ledger holds by now more would be let go than the plan allows.
            HistoryError: the file cannot be written to; it is as it was.
        """
        day = day_of(on)
        if not isinstance(plan, LettingGoPlan):
            raise ArgumentError(f"plan is a plan that plan_letting_go made, not {plan!r}")
        with self._file.writing() as connection:
            reviews = [each.as_of for each in summaries(connection) if each.review]
            if (newest := max(reviews, default=plan.current_as_of)) > plan.current_as_of:
                raise ArgumentError(
                    told(
                        "this plan is by the review of {current_as_of}, and a later one, "
                        "of {newest}, is recorded",
                        current_as_of=plan.current_as_of,
                        newest=newest,
                    ),
                    remedy=told("Make a plan by that"),
                )
            entries = approved(
                plan, customers, ledger(connection), by=by, on=day, findings=findings
            )
            add_entries(connection, entries)
        return entries

    def let_go(self) -> tuple[LetGo, ...]:
        """Return the ledger, earliest first: who was let go, who approved it and when."""
        with self._file.reading() as connection:
            return ledger(connection)
