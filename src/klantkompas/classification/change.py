"""One thing that would be different for a customer: a success factor met, or a place on a list.

Of a customer who meets a factor already there is nothing to change; of another it is a matter of
doing, of finding out, or of waiting for more to judge by.
"""

from __future__ import annotations

import math

import numpy as np
from attrs import frozen

from klantkompas._arrays import FloatArray
from klantkompas.classification.evidence import State
from klantkompas.classification.more_needed import COUNTED, had_in_period, more_needed
from klantkompas.classification.scorecard import Scorecard
from klantkompas.domain.criteria import Cutoff
from klantkompas.hooks import PLUGIN_EXCEPTIONS, describe, plugin_failure
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Listing, Quantity, Sentence, sentence

__all__ = ["SHORTLIST", "SORTS", "Change", "change_of", "changes_to_all", "place_of", "sort_of"]

SHORTLIST = "shortlist"
"""The change that is made by people: to put the customer on the list that they supplied."""
DOING, FINDING_OUT, WAITING, PEOPLE = SORTS = ("doing", "finding out", "waiting", "people")
"""The sorts of changes: what a customer can do comes first, what people decide last."""

IN_BRIEF = "{title} ({told})"
SO_MANY = mark("{more} more")
OUT_OF_REACH = mark("{more} more; in this period {had}")
ON_THE_SAME = mark("{more} more on the same revenue")
FOUND_OUT = mark("to be found out")
NOW = mark("{title}: {wanted} (now {found})")
FIND_OUT = mark("{title}, if it were found out and is {wanted}")
WAIT = mark("{title}, with {more} more (now {counted}: too little to judge by)")
TAKES = mark("{now}; {more} more would do")
TAKES_MARGIN = mark("{now}; {more} more on the same amount would do")
TAKES_GOOD = mark("{now}; {more} more, all as they should be, would do")
PUT_ON_LIST = mark("people put them on the shortlist")


@frozen(kw_only=True)
class Change(Text):
    """One thing that would be different.

    Args:
        factor: the success factor that would be met, or ``"shortlist"``.
        title: what it says of the customer.
        sort: ``"doing"`` for a factor that is known and not met, ``"finding out"`` where it is
            missing, ``"waiting"`` where there is too little to judge by, ``"people"`` for the list
            that they supplied.
        value: the measure as it is; NaN where it is unknown or too little to judge by.
        needed: the number to pass; None for the shortlist.
        unit: the measure's unit.
        more: how many more orders, invoices or days would do, all as they should be; NaN where no
            number would, or where it is not a matter of counting.
        more_unit: what that counts.
        had: how many of those they had in the period; NaN where unknown.
        counted: how much there is where it is too little, such as 1 order, 3 needed.
    """

    factor: str
    title: str
    sort: str
    value: float = math.nan
    needed: Cutoff | None = None
    unit: str = ""
    more: float = math.nan
    more_unit: str = ""
    had: float = math.nan
    counted: Sentence | None = None

    @property
    def in_brief(self) -> Sentence:
        """What would be different, without how it is now."""
        if self.needed is None:
            return Sentence(PUT_ON_LIST)
        title = Sentence(self.title)
        told = [] if self.sort == WAITING else [self.needed.of(self.unit, self.value)]
        if self.sort == FINDING_OUT:
            told.append(Sentence(FOUND_OUT))
        elif not math.isnan(self.more):
            told.append(self._so_many)
        return sentence(IN_BRIEF, title=title, told=Listing(told, "; "))

    @property
    def out_of_reach(self) -> bool:
        """Whether it takes more than the whole period brought."""
        return self.more > self.had

    @property
    def _so_many(self) -> Sentence:
        message = OUT_OF_REACH if self.out_of_reach else SO_MANY
        message = ON_THE_SAME if (self.unit, self.more_unit) == ("share", "money") else message
        more, had = Quantity(self.more, self.more_unit), Quantity(self.had, self.more_unit)
        return sentence(message, more=more, had=had)

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """What would be different, and how it is now."""
        if self.needed is None:
            return (Sentence(PUT_ON_LIST),)
        title, more = Sentence(self.title), Quantity(self.more, self.more_unit)
        if self.sort == WAITING:
            return (sentence(WAIT, title=title, counted=self.counted, more=more),)
        wanted = self.needed.of(self.unit, self.value)
        if self.sort == FINDING_OUT:
            return (sentence(FIND_OUT, title=title, wanted=wanted),)
        found = self.needed.beside(self.value, self.unit)
        now = sentence(NOW, title=title, wanted=wanted, found=found)
        if math.isnan(self.more):
            return (now,)
        message = TAKES if self.more_unit in COUNTED else TAKES_GOOD
        message = TAKES_MARGIN if (self.unit, self.more_unit) == ("share", "money") else message
        return (sentence(message, now=now, more=more),)


def sort_of(card: Scorecard, row: int, column: int) -> str:
    """Return of which sort a change is.

    Args:
        card: the score card.
        row: the customer's row on the score card.
        column: the factor's column; one more than the last is the list of people.
    """
    if column == len(card.declared):
        return PEOPLE
    unknown = {State.MISSING: FINDING_OUT, State.TOO_LITTLE: WAITING}
    return unknown.get(State(card.states[row, column]), DOING)


def change_of(card: Scorecard, row: int, column: int) -> Change:
    """Return what would be different, were a factor met.

    Args:
        card: the score card.
        row: the customer's row on the score card.
        column: the factor's column; one more than the last is the list of people.

    Raises:
        PluginError: a criterion of a plugin fails.
    """
    sort = sort_of(card, row, column)
    if sort == PEOPLE:
        return Change(factor=SHORTLIST, title=PUT_ON_LIST, sort=sort)
    factor, state = card.declared[column], card.state(row, column)

    def others() -> tuple[FloatArray, FloatArray | None]:
        known = ~card.unknown[:, column]
        known[row] = False
        seen = card.evidence(column, np.flatnonzero(known))
        return seen.values, seen.basis

    try:
        needed = factor.criterion.needed(card.cutoffs[column], others)
    except PLUGIN_EXCEPTIONS as cause:
        raise plugin_failure(f"{describe(factor)}: its criterion", cause) from cause
    more, unit, had = math.nan, "", math.nan
    if sort == WAITING:
        more, unit = state.least_basis - (state.rests_on or 0), state.rests_on_unit
        more = state.least_basis if math.isnan(more) else more
    elif sort == DOING:
        more, unit = more_needed(card, row, column, needed)
        had = math.nan if unit == "days" else had_in_period(card, row, column)
    return Change(
        factor=factor.name,
        title=factor.title,
        sort=sort,
        value=state.value if sort == DOING else math.nan,
        needed=needed,
        unit=state.unit,
        more=more,
        more_unit=unit,
        had=had,
        counted=state.counted if sort == WAITING else None,
    )


def changes_to_all(card: Scorecard, row: int) -> tuple[Change, ...]:
    """Return for each measured factor that a customer does not meet what would be different.

    Args:
        card: the score card.
        row: the customer's row on the score card.

    Returns:
        The changes, doing first, then finding out, then waiting.
    """
    columns = np.flatnonzero(~card.met[row] & card.measured).tolist()
    found = [change_of(card, row, column) for column in columns]
    return tuple(sorted(found, key=lambda change: SORTS.index(change.sort)))


def place_of(card: Scorecard, row: int) -> int | None:
    """Return a customer's place on a computed shortlist, from 1; None without one.

    Args:
        card: the score card.
        row: the customer's row on the score card.
    """
    if card.listed_by_people or not card.shortlisted[row]:
        return None
    count, revenue = card.count, card["revenue"]
    same = count == count[row]
    before = (revenue == revenue[row]) & (np.arange(len(card)) < row)
    ahead = (count > count[row]) | (same & ((revenue > revenue[row]) | before))
    return int((card.shortlisted & ahead).sum()) + 1
