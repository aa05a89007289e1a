"""What was made of a customer: their class with each factor, and what would have given another."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

import numpy as np
from attrs import evolve, frozen

from klantkompas.classification.change import Change
from klantkompas.classification.classify import Classification
from klantkompas.classification.evidence import State
from klantkompas.classification.hypothetical import would_be_listed
from klantkompas.classification.more_needed import COUNTED
from klantkompas.classification.scorecard import Scorecard
from klantkompas.classification.what_if import Lift
from klantkompas.classification.why import FactorState
from klantkompas.report.letter.limits import Limit, limit_of, revenue_edge
from klantkompas.reviews.recorded import version_of
from klantkompas.wording.catalogue import mark
from klantkompas.wording.plain import Plain
from klantkompas.wording.sentence import Quantity, Sentence, sentence

__all__ = [
    "ClassMade",
    "Correction",
    "JudgedFactor",
    "RuleTried",
    "WouldBe",
    "WouldChange",
    "made_of",
]

NO_LIMIT = mark("no limit, as nothing is known of anybody")
ROUNDED = mark("{limit} (rounded)")
DO = mark("{title}: {limit} (yours: {found})")
DO_MORE = mark("{change}; {more} more would do")
DO_REVENUE = mark("{change}; {more} more in revenue would do")
DO_MARGIN = mark("{change}; {more} more margin on the same orders would do")
DO_MORE_WELL = mark("{change}; {more} more, all as they should be, would do")
FOUND_OUT = mark("{title}: if we knew it, and it is {limit}")
WITH_MORE = mark("{title}: with {more} more (now {counted}: too little to judge by)")
BY_PEOPLE = mark("if people had put you on the list")


@frozen(kw_only=True)
class JudgedFactor(Plain):
    """A success factor, the customer's own value, and the limit.

    Args:
        factor: the factor's name.
        title: what it says of a customer.
        measure: its measure.
        state: ``"met"``, ``"not met"``, or why that is unknown: ``"missing"``, ``"too little"`` or
            ``"not measured"``.
        value: the customer's own value; NaN for unknown.
        unit: what it is in.
        rests_on: on how many orders or invoices it rests; NaN where it counts nothing.
        least_basis: on how many it has to rest to count.
        limit: the value that the factor asks for.
        found: what was found, in words.
        version: the factor in words: it differs when the factor means something else.
    """

    factor: str
    title: str
    measure: str
    state: str
    value: float
    unit: str
    rests_on: float
    least_basis: float
    limit: Limit
    found: Sentence
    version: str

    @property
    def asked(self) -> Sentence:
        """The limit, to be written; it says so where it is rounded."""
        return asked_for(self.limit, self.unit, self.value)


@frozen(kw_only=True)
class WouldChange(Plain):
    """One thing that would have to be different for another class.

    Args:
        factor: the factor that would be met, or ``"shortlist"``.
        sort: ``"doing"``, ``"finding out"``, ``"waiting"`` or ``"people"``.
        limit: the value that the factor asks for; None for the shortlist.
        told: what would be different, in words.
    """

    factor: str
    sort: str
    limit: Limit | None
    told: Sentence


@frozen(kw_only=True)
class WouldBe(Plain):
    """Changes that together would have given a better class.

    Args:
        label: the class.
        changes: the changes.
        shortlisted: whether the customer would be on the shortlist with them.
    """

    label: str
    changes: tuple[WouldChange, ...]
    shortlisted: bool


@frozen(kw_only=True)
class RuleTried(Plain):
    """A rule by which classes are given; the first that holds decides.

    Args:
        name: the rule's name.
        label: the class that it gives.
        because: when it holds, in the words of the rule.
        version: its version.
    """

    name: str
    label: str
    because: str
    version: str


@frozen(kw_only=True)
class Correction(Plain):
    """A class that a person gave instead.

    Args:
        label: the class.
        by: who gave it, by name or role.
        on: when.
        because: why.
    """

    label: str
    by: str
    on: date
    because: str


@frozen(kw_only=True)
class ClassMade(Plain):
    """The class of one customer, and how it was made.

    Args:
        label: the class that holds; None without one.
        computed: the class that the rules give.
        rule: the name of the rule that decided; None without a class.
        because: the reason that the rules give.
        worst: the worst class that they may be in, given what is unknown of them.
        best: the best one.
        shortlisted: whether they are on the shortlist.
        listed_by_people: whether people drew up the shortlist.
        factors: each success factor, with the customer's own value and the limit.
        would_be: what would have given a better class, by the rules.
        revenue_edge: about how much revenue the last on a computed shortlist brought, rounded; NaN
            where that does not matter.
        rules: the rules, in the order in which they are tried.
        order: the classes, best first.
        correction: the class that a person gave instead; None without one.
    """

    label: str | None
    computed: str | None
    rule: str | None
    because: str
    worst: str | None
    best: str | None
    shortlisted: bool
    listed_by_people: bool
    factors: tuple[JudgedFactor, ...]
    would_be: tuple[WouldBe, ...]
    revenue_edge: float
    rules: tuple[RuleTried, ...]
    order: tuple[str, ...]
    correction: Correction | None

    @property
    def provisional(self) -> bool:
        """Whether they may be in more than one class, given what is unknown of them."""
        return self.worst != self.best


def asked_for(limit: Limit, unit: str, value: float) -> Sentence:
    """Return a limit, to be written; it says so where it is rounded.

    Args:
        limit: the limit.
        unit: the unit of the measure.
        value: the customer's own value, from which it is written apart.
    """
    if math.isnan(limit.value):
        return Sentence(NO_LIMIT)
    asked = limit.cutoff.of(unit, value)
    return sentence(ROUNDED, limit=asked) if limit.rounded else asked


def made_of(classes: Classification, place: int) -> ClassMade:
    """Return what was made of a customer.

    Args:
        classes: the classes.
        place: the position of the customer in id order.
    """
    card, customer = classes.scorecard, classes.ids[place]
    why, range_ = classes.why(customer), classes.range(customer)
    row = int(np.searchsorted(card.places, place))
    known = why.label is not None
    what_if = classes.what_if(customer)
    override = why.override
    is_elsewhere = what_if.lifts or what_if.best or what_if.in_the_way
    at_the_edge = known and not (is_elsewhere or card.shortlisted[row])
    return ClassMade(
        label=why.label,
        computed=why.computed,
        rule=why.rule,
        because=why.because,
        worst=range_.worst,
        best=range_.best,
        shortlisted=bool(why.shortlisted),
        listed_by_people=card.listed_by_people,
        factors=tuple(_judged(card, row, column) for column in range(len(card.declared)))
        if known
        else (),
        would_be=tuple(_would_be(card, row, lift) for lift in what_if.lifts),
        revenue_edge=revenue_edge(card.shortlist_cutoff, float(card["revenue"][row]))
        if at_the_edge
        else math.nan,
        rules=tuple(
            RuleTried(name=each.name, label=each.label, because=each.because, version=each.version)
            for each in classes.rules
        ),
        order=classes.order,
        correction=None
        if override is None
        else Correction(
            label=override.label, by=override.by, on=override.on, because=override.because
        ),
    )


def _judged(card: Scorecard, row: int, column: int) -> JudgedFactor:
    state = card.state(row, column)
    limit = limit_of(card, column, row, _own(state), state.cutoff)
    return JudgedFactor(
        factor=state.factor,
        title=state.title,
        measure=state.measure,
        state=state.state,
        value=state.value,
        unit=state.unit,
        rests_on=math.nan if state.rests_on is None else state.rests_on,
        least_basis=state.least_basis,
        limit=limit,
        found=evolve(state, cutoff=limit.cutoff).found,
        version=version_of(card.declared[column]),
    )


def _own(state: FactorState) -> float:
    """Return the customer's own value, where it counts."""
    return math.nan if state.unknown else state.value


def _would_be(card: Scorecard, row: int, lift: Lift) -> WouldBe:
    states = card.states[row].copy()
    for column, name in enumerate(card.factors):
        if name in lift.factors:
            states[column] = State.MET
    listed = would_be_listed(card, np.array([row]), states[np.newaxis])[0]
    by_people = any(change.needed is None for change in lift.changes)
    return WouldBe(
        label=lift.label,
        changes=tuple(_changes(card, row, lift.changes)),
        shortlisted=bool(listed) or by_people,
    )


def _changes(card: Scorecard, row: int, changes: Iterable[Change]) -> Iterable[WouldChange]:
    for change in changes:
        limit, done = None, math.nan
        if change.needed is not None:
            column = card.factors.index(change.factor)
            state = card.state(row, column)
            own = _own(state)
            done = math.nan if state.rests_on is None else state.rests_on
            limit = limit_of(card, column, row, own, change.needed)
        yield WouldChange(
            factor=change.factor, sort=change.sort, limit=limit, told=_told(change, limit, done)
        )


def _told(change: Change, limit: Limit | None, done: float) -> Sentence:
    if limit is None:
        return Sentence(BY_PEOPLE)
    title, more = Sentence(change.title), Quantity(change.more, change.more_unit)
    asked = asked_for(limit, change.unit, change.value)
    if change.sort == "waiting":
        return sentence(WITH_MORE, title=title, more=more, counted=change.counted)
    if change.sort == "finding out":
        return sentence(FOUND_OUT, title=title, limit=asked)
    found = limit.cutoff.beside(change.value, change.unit)
    told = sentence(DO, title=title, limit=asked, found=found)
    # How many more would do is counted from the exact limit.
    if limit.rounded or math.isnan(change.more):
        return told
    if change.more_unit == "money":
        message = DO_REVENUE if change.unit == "money" else DO_MARGIN
    elif change.more > done:  # more than they did in all the time is no way to go (decided)
        return told
    else:
        message = DO_MORE if change.more_unit in COUNTED else DO_MORE_WELL
    return sentence(message, change=told, more=more)
