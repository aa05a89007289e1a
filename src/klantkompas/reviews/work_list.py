"""One list to work from, and its lines: who, why, what to do, and since when it waits."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from operator import attrgetter
from typing import overload

import numpy as np
from attrs import evolve, field, frozen

from klantkompas._arrays import AnyArray, as_objects
from klantkompas.compass import Reading
from klantkompas.compass.next_steps import NextSteps
from klantkompas.reviews.lists import CustomerList, Listed
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.plain import UNTOLD
from klantkompas.wording.sentence import CustomerName, Listing, Quantity, Sentence, sentence

__all__ = ["TITLES", "WorkLine", "WorkList"]

TITLES = {
    "cherish": mark("Cherish"),
    "put_right": mark("Put right"),
    "almost": mark("Almost an A"),
    "watch": mark("Watch"),
    "overdue": mark("Overdue"),
    "let_go": mark("Let go"),
    "first_find_out": mark("First find out"),
    "wait": mark("Wait"),
    "one_time": mark("Ordered once"),
    "changed": mark("Changed"),
    "everybody": mark("Everybody"),
}
"""The lists by name, in order."""
NAMED = "{customer} {amount}"
HEAVIEST = 3
"""How many of who weigh most are named above a list."""
ID_OF = attrgetter("customer")


@frozen(kw_only=True)
class WorkLine(Text):
    """A line of a list to work from.

    Args:
        customer: the customer's id.
        why: why they are on the list.
        in_brief: the same where there is little room.
        step: what to do; None where there is nothing to say.
        label: their class; None without one.
        provisional: whether too little is known to be sure of the class.
        revenue: what they brought in the period, in money; NaN where unknown.
        since: since when it waits to be done; None where that is unknown, or does not wait.
        days_open: for how many days; NaN in the same cases.
        waits: what is said of those two, as a marked text.
    """

    customer: str
    why: Sentence
    in_brief: Sentence
    step: Sentence | None
    label: str | None
    provisional: bool
    revenue: float
    since: date | None
    days_open: float
    waits: str = Listed.WAITS

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence with the customer and why they are on the list, then what to do."""
        line = sentence("{customer}: {why}", customer=CustomerName(self.customer), why=self.why)
        return (line,) if self.step is None else (line, self.step)


@frozen(eq=False, repr=False, kw_only=True)
class WorkList(CustomerList[Listed]):
    """One list to work from: a sequence of `WorkLine`, made when they are asked for.

    Args:
        name: the list's name, such as ``"cherish"``.
        reading: the reading that it was made from.
        steps: what to do next for each customer.
        missing: what it would take to make the list; empty where it is made.
    """

    kind: type[Listed] = Listed
    name: str
    reading: Reading = field(metadata=UNTOLD)
    steps: NextSteps = field(metadata=UNTOLD)
    missing: str = ""

    @property
    def title(self) -> str:
        """The list's title, marked for translation."""
        return TITLES[self.name]

    @overload
    def __getitem__(self, at: int) -> WorkLine: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[WorkLine, ...]: ...
    def __getitem__(self, at: int | slice) -> WorkLine | tuple[WorkLine, ...]:
        """Return a line, or some of them."""
        if isinstance(at, slice):
            return tuple(map(self._line, self.listed[at]))
        return self._line(self.listed[at])

    def __iter__(self) -> Iterator[WorkLine]:
        """Iterate over the lines."""
        return map(self._line, self.listed)

    @property
    def lines(self) -> tuple[WorkLine, ...]:
        """All lines."""
        return self[:]

    def only(self, customers: Iterable[str], opening: Sentence) -> WorkList:
        """Return the list of some of its customers, in its order.

        Args:
            customers: their ids.
            opening: the sentence that opens that list.
        """
        wanted = {*customers}
        listed = tuple(each for each in self.listed if each.customer in wanted)
        return evolve(self, listed=listed, opening=opening)

    @property
    def weight(self) -> tuple[Sentence, ...]:
        """What its customers weigh together, and who weighs most, in one sentence.

        They weigh what the list is about, such as what they owe, or else what the active ones bring
        in the period; nothing is said of a few, or where nobody brings anything.
        """
        measures = self.reading.measures
        active, places = measures.active_places, [*map(measures.place, map(ID_OF, self.listed))]
        revenue = measures["revenue"]
        weighs = np.array([each.at_stake for each in self.listed], dtype=np.float64)
        if np.isnan(weighs).all():
            weighs = np.where(np.isin(places, active), revenue[places], np.nan)
        first = np.argsort(-np.nan_to_num(weighs), kind="stable")[:HEAVIEST]
        total, together = float(np.nansum(revenue[active])), float(np.nansum(weighs))
        if np.isfinite(weighs).sum() <= HEAVIEST or not total > 0:
            return ()
        names = [
            sentence(
                NAMED,
                customer=CustomerName(self.listed[at].customer),
                amount=Quantity(float(weighs[at]), "money"),
            )
            for at in first.tolist()
        ]
        return (
            sentence(
                self.listed[0].HEAVIEST,
                amount=Quantity(together, "money"),
                share=Quantity(together / total, "percent"),
                names=Listing(names),
            ),
        )

    def _line(self, each: Listed) -> WorkLine:
        reading, days, steps = self.reading, each.days_open, self.steps.of(each.customer)
        place = reading.measures.place(each.customer)
        known = math.isfinite(days)
        return WorkLine(
            customer=each.customer,
            why=each.why,
            in_brief=each.in_brief,
            step=sentence("{steps}", steps=Listing(steps, " ")) if steps else None,
            label=reading.classes.labels[place],
            provisional=bool(reading.classes.provisional[place]),
            revenue=float(reading.measures["revenue"][place]),
            since=reading.as_of - timedelta(days=days) if known else None,
            days_open=days,
            waits=each.WAITS,
        )

    def columns(self) -> dict[str, AnyArray]:
        """Return the columns of `to_frame`: a row for each customer; texts in English."""
        say, lines = self.reading.writer().say, self.lines
        return {
            "list": as_objects(self.name for _ in lines),
            "id": as_objects(each.customer for each in lines),
            "why": as_objects(say(each.why) for each in lines),
            "in_brief": as_objects(say(each.in_brief) for each in lines),
            "step": as_objects(None if each.step is None else say(each.step) for each in lines),
            "class": as_objects(each.label for each in lines),
            "provisional": np.array([each.provisional for each in lines], dtype=np.bool_),
            "revenue": np.array([each.revenue for each in lines], dtype=np.float64),
            "since": as_objects(
                None if each.since is None else each.since.isoformat() for each in lines
            ),
            "days_open": np.array([each.days_open for each in lines], dtype=np.float64),
        }
