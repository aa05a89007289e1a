"""What changed since the last review, for whom, and why (S1 step 7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

import numpy as np
from attrs import field, frozen

from klantkompas._arrays import (
    AnyArray,
    BoolArray,
    Codes,
    ObjectArray,
    as_objects,
    freeze,
    is_known,
)
from klantkompas._ids import id_order
from klantkompas._told import told
from klantkompas.compass import Reading
from klantkompas.domain.customers import CustomerKind, Stage
from klantkompas.drawing import Pictured, TransitionsDisplay
from klantkompas.errors import ArgumentError
from klantkompas.hooks import ClassificationRule
from klantkompas.lenses.classes import DEFAULT
from klantkompas.results import Result
from klantkompas.reviews.came_and_went import Came, Went, came_between, went_between
from klantkompas.reviews.causes import Cause
from klantkompas.reviews.changes import ClassChange, changes_between, stayed
from klantkompas.reviews.lists import values_at
from klantkompas.reviews.moved_cutoffs import moved_cutoffs
from klantkompas.reviews.recorded import RecordedReading, record_of, version_of
from klantkompas.wording.catalogue import mark
from klantkompas.wording.plain import UNTOLD
from klantkompas.wording.sentence import Grid, Listing, Sentence, sentence

__all__ = ["GONE", "INACTIVE", "NEW", "Review", "compare_reviews", "standing"]

NEW, INACTIVE, GONE = mark("new"), mark("inactive"), mark("gone")
REVIEW = mark(
    "Review of {current} against {previous}: {risen} risen, {fallen} fallen; {new} new, {back} "
    "back, {went} no longer active"
)
CHANGED = mark("{count} changed: {cause}")
OLD_UNSURE = mark("old classes of which too little is known to be sure: {counts}")
NEW_UNSURE = mark("new classes of which too little is known to be sure: {counts}")
UNSURE = mark("{label}: {number} of {customers}")
MOVED = mark("cut-off that moved: {cutoff}")
ADDS_UP = mark(
    "customers with a class: {then} then, {now} now; active and without one, since they object to "
    "profiling: {object_then} then, {object_now} now"
)
SINCE = mark("Since the last review: {told}.")


@frozen(eq=False, repr=False, kw_only=True)
class Review(Pictured, Result):
    """Two readings compared.

    Args:
        previous: the earlier reading.
        current: the later one.
        ids: the customers of either reading who can have a class, in id order.
        old: for each customer, their class at the earlier reading, or that they were new, inactive
            or gone.
        new: for each customer, their class at the later reading, or that they are inactive or gone.
        changes: the customers who went from one class to another, and why.
        let_go: the customers who were let go, by id, with the day.
    """

    previous: RecordedReading
    current: RecordedReading
    ids: ObjectArray
    old: ObjectArray
    new: ObjectArray
    changes: tuple[ClassChange, ...]
    let_go: Mapping[str, date] = field(factory=dict, metadata=UNTOLD)

    @property
    def previous_as_of(self) -> date:
        """The reference date of the earlier reading."""
        return self.previous.as_of

    @property
    def current_as_of(self) -> date:
        """The reference date of the later reading."""
        return self.current.as_of

    @property
    def rows(self) -> tuple[str, ...]:
        """The labels of the rows of `table`: the classes, then new, inactive and gone."""
        return (*self.current.order, NEW, INACTIVE, GONE)

    @property
    def columns_of_table(self) -> tuple[str, ...]:
        """The labels of the columns of `table`: the classes, then inactive and gone."""
        return (*self.current.order, INACTIVE, GONE)

    @cached_property
    def table(self) -> Codes:
        """How many customers were in each class or state (row) and are now in each (column)."""
        wide = len(self.columns_of_table)
        row = np.zeros(len(self.ids), dtype=np.intp)
        column = np.zeros(len(self.ids), dtype=np.intp)
        for at, name in enumerate(self.rows):
            row[self.old == name] = at
        for at, name in enumerate(self.columns_of_table):
            column[self.new == name] = at
        counts = np.bincount(row * wide + column, minlength=len(self.rows) * wide)
        return counts.reshape(len(self.rows), wide)

    @property
    def transitions(self) -> Codes:
        """The part of `table` from class (row) to class (column), best class first."""
        size = len(self.current.order)
        return self.table[:size, :size]

    def _moved(self, better: bool) -> tuple[ClassChange, ...]:
        place = {label: at for at, label in enumerate(self.current.order)}
        moved = (
            change
            for change in self.changes
            if change.old in place and (place[change.new] < place[change.old]) == better
        )
        return tuple(sorted(moved, key=lambda each: -np.nan_to_num(each.revenue)))

    @property
    def risen(self) -> tuple[ClassChange, ...]:
        """The customers who rose to a better class, and why; most revenue first."""
        return self._moved(True)

    @property
    def fallen(self) -> tuple[ClassChange, ...]:
        """The customers who fell to a worse class, and why; most revenue first."""
        return self._moved(False)

    @cached_property
    def _came(self) -> tuple[Came, ...]:
        came = ~np.isin(self.old, self.current.order) & np.isin(self.new, self.current.order)
        return came_between(self.previous, self.current, self.ids[came])

    @property
    def new_customers(self) -> tuple[Came, ...]:
        """Who ordered for the first time since the earlier reading; most revenue first."""
        return tuple(each for each in self._came if each.is_new)

    @property
    def came_back(self) -> tuple[Came, ...]:
        """Who was not active at the earlier reading, and is again; most revenue first."""
        return tuple(each for each in self._came if not each.is_new)

    @cached_property
    def went(self) -> tuple[Went, ...]:
        """Who had a class at the earlier reading and is not active now; most revenue first."""
        went = np.isin(self.old, self.previous.order) & ~np.isin(self.new, self.current.order)
        labels = dict(zip(self.ids[went].tolist(), self.old[went].tolist(), strict=True))
        return went_between(self.previous, self.current, labels, self.let_go)

    @cached_property
    def _changes_of(self) -> Mapping[str, Sentence]:
        came = {each.customer: each.why for each in self._came}
        went = {each.customer: each.then_and_now for each in self.went}
        return came | went | {each.customer: each.then_and_now for each in self.changes}

    def change_of(self, customer_id: str | int) -> Sentence | None:
        """Return the class and revenue of one customer then and now, and why where they differ.

        Args:
            customer_id: the customer's id.

        Returns:
            A sentence; None for who has no class at either reading.
        """
        change = self._changes_of.get(str(customer_id))
        told = stayed(self.previous, self.current, customer_id) if change is None else change
        return None if told is None else sentence(SINCE, told=told)

    def _provisional(self, reading: RecordedReading) -> BoolArray:
        return np.isin(self.ids, reading.ids[reading.provisional])

    def _too_little_known(
        self, message: str, where: ObjectArray, reading: RecordedReading
    ) -> tuple[Sentence, ...]:
        found = Counter(where[self._provisional(reading)].tolist())
        counts = [
            sentence(
                UNSURE, label=label, number=found[label], customers=int((where == label).sum())
            )
            for label in self.current.order
            if found[label]
        ]
        return (sentence(message, counts=Listing(counts)),) if counts else ()

    def display(self) -> TransitionsDisplay:
        """Return the picture: how customers flow from class to class."""
        return TransitionsDisplay.from_result(self)

    def columns(self) -> dict[str, AnyArray]:
        """Return the columns of `to_frame`: for each customer the old and new class, and why."""
        causes = {change.customer: str(change.cause) for change in self.changes}
        return {
            "id": self.ids,
            "old": self.old,
            "new": self.new,
            "old_provisional": self._provisional(self.previous),
            "new_provisional": self._provisional(self.current),
            "cause": as_objects(causes.get(each) for each in self.ids),
        }

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentences of the result: the table, and how many rose and fell for which cause."""
        head = sentence(
            REVIEW,
            current=self.current.as_of,
            previous=self.previous.as_of,
            risen=len(self.risen),
            fallen=len(self.fallen),
            new=len(self.new_customers),
            back=len(self.came_back),
            went=len(self.went),
        )
        rows = [
            (Sentence(name), *row) for name, row in zip(self.rows, self.table.tolist(), strict=True)
        ]
        table = Grid([("", *map(Sentence, self.columns_of_table)), *rows])
        counts = Counter(change.cause for change in self.changes)
        moved = moved_cutoffs(self.previous, self.current)
        object_then, object_now = map(_objecting, (self.previous, self.current))
        return (
            head,
            sentence("{table}", table=table),
            *self._too_little_known(OLD_UNSURE, self.old, self.previous),
            *self._too_little_known(NEW_UNSURE, self.new, self.current),
            *(
                sentence(CHANGED, count=counts[cause], cause=Sentence(cause.value))
                for cause in Cause
                if counts[cause]
            ),
            *(sentence(MOVED, cutoff=each) for each in moved),
            sentence(
                ADDS_UP,
                then=int(np.isin(self.old, self.previous.order).sum()),
                now=int(np.isin(self.new, self.current.order).sum()),
                object_then=object_then,
                object_now=object_now,
            ),
        )


def standing(reading: RecordedReading, let_go: Mapping[str, date]) -> ObjectArray:
    """Return the class or state of each customer of a reading.

    Args:
        reading: the reading.
        let_go: the customers who were let go, by id, with the day; only an order after that day
            makes them active again.

    Returns:
        For each customer, in id order, a class, inactive or gone; None for those who are left out:
        suspects, prospects, internal customers and those who object to profiling.
    """
    measures = reading.measures
    record = measures.record
    looked_at = (
        (record["stage"] == Stage.CUSTOMER)
        & (record["kind"] != CustomerKind.INTERNAL)
        & ~measures.opted_out
    )
    where = reading.labels.copy()
    where[~is_known(reading.labels)] = INACTIVE
    where[~is_known(reading.labels) & (measures["departed"] == 1)] = GONE
    for customer, on in let_go.items():
        try:
            place = measures.place(customer)
        except ArgumentError:
            continue
        since = (reading.as_of - on).days
        if since >= 0 and not measures["recency_days"][place] < since:
            where[place] = GONE
    where[~looked_at] = None
    return where


def _rules_of(
    current: Reading | RecordedReading,
    now: RecordedReading,
    rules: Sequence[ClassificationRule] | None,
) -> Sequence[ClassificationRule]:
    if rules is not None:
        return rules
    if isinstance(current, Reading):
        return current.classes.rules
    known = {version_of(rule) for rule in DEFAULT}
    others = [each for each in now.rules if each not in known]
    if others or len(now.rules) != len(known):
        raise ArgumentError(
            told(
                "the later reading is kept, and was not made with the built-in "
                "rules alone: {names}",
                names=", ".join(others or now.rules),
            ),
            remedy=told(
                "Give the rules of the compass that made it: rules=compass.declarations.rules"
            ),
        )
    return DEFAULT


def compare_reviews(
    previous: Reading | RecordedReading,
    current: Reading | RecordedReading,
    *,
    rules: Sequence[ClassificationRule] | None = None,
    let_go: Mapping[str, date] | None = None,
) -> Review:
    """Return what changed between two readings of a portfolio, for whom, and why.

    Args:
        previous: the earlier reading, or the record of one.
        current: the later one.
        rules: the classification rules of the later reading; without it, its own rules, or the
            built-in ones where the later reading is a record.
        let_go: the customers who were let go, by id, with the day.

    Returns:
        The old and new class of each customer, and the cause of each change.

    Raises:
        ArgumentError: the later reading is not later; or it is a record that was made with other
            rules than the built-in ones, and no rules were given.

    >>> from klantkompas.compass import Compass
    >>> from klantkompas.domain.interactions import Order
    >>> from klantkompas.portfolio import Portfolio
    >>> days = [date(2026, 1, 5), date(2026, 2, 5), date(2026, 2, 6), date(2026, 8, 5)]
    >>> orders = [Order(customer="a", on=day, amount=9.0) for day in days]
    >>> portfolio, compass = Portfolio.from_records(orders), Compass(installed=False)
    >>> then, now = (compass.read(portfolio, as_of=date(2026, month, 28)) for month in (2, 8))
    >>> change = compare_reviews(then, now).changes[0]
    >>> change.customer, change.old, change.new, str(change.cause)
    ('a', 'A', 'C', 'several causes together')
    """
    before, now = record_of(previous), record_of(current)
    asked = _rules_of(current, now, rules)
    if now.as_of <= before.as_of:
        raise ArgumentError(
            told(
                "a review compares a reading with an earlier one; {as_of} is not before {now}",
                as_of=before.as_of,
                now=now.as_of,
            )
        )
    gone = dict(let_go or {})
    ids, was, stands = _aligned(before.ids, now.ids)
    old, new = _where(standing(before, gone), was, NEW), _where(standing(now, gone), stands, GONE)
    shown = is_known(old) & (was >= 0) | is_known(new) & (stands >= 0)
    shown &= ~np.append(now.measures.opted_out, [False])[stands]
    old[~is_known(old)], new[~is_known(new)] = INACTIVE, INACTIVE
    since = values_at(now, "days_since_first_order", stands)
    old[(old == INACTIVE) & (since < (now.as_of - before.as_of).days)] = NEW
    return Review(
        previous=before,
        current=now,
        ids=freeze(ids[shown]),
        old=freeze(old[shown]),
        new=freeze(new[shown]),
        changes=changes_between(before, now, asked, was[shown], stands[shown]),
        let_go=gone,
        backend=now.measures.backend,
    )


def _objecting(reading: RecordedReading) -> int:
    """Return how many active customers object to profiling, and so have no class."""
    return int(reading.measures.opted_out[reading.measures.active_places].sum())


def _aligned(before: ObjectArray, now: ObjectArray) -> tuple[ObjectArray, Codes, Codes]:
    """Put the ids of two readings together: all of them, and their places in each, or -1."""
    earlier, later = (dict(zip(ids, range(len(ids)), strict=True)) for ids in (before, now))
    missing = [each for each in before if each not in later]
    ids = as_objects(id_order([*now, *missing])) if missing else now
    was = np.fromiter((earlier.get(each, -1) for each in ids), np.intp, len(ids))
    stands = np.fromiter((later.get(each, -1) for each in ids), np.intp, len(ids))
    return ids, was, stands


def _where(standings: ObjectArray, places: Codes, absent: str) -> ObjectArray:
    everywhere: ObjectArray = np.append(standings, [absent])[places]
    return everywhere
