"""What would lift a customer to a better class.

Everyone else stays as is. A change makes one factor met that is not met or unknown, or puts the
customer on a shortlist that people supplied. All smallest sets of up to three changes are found by
asking the rules again, of that one row.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import reduce
from itertools import chain, combinations, islice

import numpy as np
from attrs import frozen

from klantkompas._arrays import Codes, FloatArray
from klantkompas.classification.class_range import ClassRange
from klantkompas.classification.evidence import State
from klantkompas.classification.hypothetical import (
    UNDECIDED,
    answer_of,
    decide,
    hypothetical,
    would_be_listed,
)
from klantkompas.classification.more_needed import COUNTED, more_needed
from klantkompas.classification.scorecard import Scorecard
from klantkompas.classification.shortlist_cutoff import ShortlistCutoff
from klantkompas.classification.why import HAS_NO_CLASS
from klantkompas.domain.criteria import Cutoff
from klantkompas.hooks import PLUGIN_EXCEPTIONS, ClassificationRule, describe, plugin_failure
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import (
    CustomerName,
    Listing,
    Quantity,
    Sentence,
    indented,
    sentence,
)

__all__ = ["SHORTLIST", "Change", "Lift", "WhatIf", "find_lifts", "rule_in_the_way"]

SHORTLIST = "shortlist"
"""The change that is made by people: to put the customer on the list that they supplied."""
DOING, FINDING_OUT, WAITING, PEOPLE = SORTS = ("doing", "finding out", "waiting", "people")
"""The sorts of changes: what a customer can do comes first, what people decide last."""
MOST_CHANGES = 3
CASES_AT_ONCE = 100_000

WOULD_BE = mark("{customer} would be {label} if: {changes}")
IN_BRIEF = "{title} ({told})"
SO_MANY = mark("{more} more")
FOUND_OUT = mark("to be found out")
ANY_OF = mark("{label} by any one of these:")
SHOWN = 3
"""How many sets of changes are told in brief."""
MORE = mark("... and {number} more")
BOTH = mark("{first} and {second}")
NOW = mark("{title}: {wanted} (now {found})")
FIND_OUT = mark("{title}, if it were found out and is {wanted}")
WAIT = mark("{title}, with {more} more (now {counted}: too little to judge by)")
TAKES = mark("{now}; {more} more would do")
TAKES_MARGIN = mark("{now}; {more} more on the same amount would do")
TAKES_GOOD = mark("{now}; {more} more, all as they should be, would do")
PUT_ON_LIST = mark("people put them on the shortlist")
BEST = mark("{customer} is {label}: there is no better class.")
NO_LIFT = mark("No change of up to three factors lifts {customer} from {label}.")
IN_THE_WAY = mark("Whatever success factors they meet, this holds: {because}.")
TO_BE_LISTED = mark("To be on the shortlist they must pass the last one on it ({last}).")


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
            told.append(sentence(SO_MANY, more=Quantity(self.more, self.more_unit)))
        return sentence(IN_BRIEF, title=title, told=Listing(told, "; "))

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


@frozen(kw_only=True)
class Lift:
    """A smallest set of changes that gives a better class.

    Args:
        label: the class that it gives.
        changes: the changes.
    """

    label: str
    changes: tuple[Change, ...]

    @property
    def factors(self) -> frozenset[str]:
        """The names of what would be different."""
        return frozenset(change.factor for change in self.changes)

    @property
    def sort(self) -> str:
        """The last of what it takes: doing, finding out, waiting, or people who decide."""
        return max((change.sort for change in self.changes), key=SORTS.index)


@frozen(kw_only=True, repr=False)
class WhatIf(Text):
    """What would lift one customer to a better class.

    Args:
        customer: the customer's id.
        label: the class that the rules give it; None for who is not classed.
        lifts: every smallest set of changes that lifts it, the shortest first.
        shortlist_cutoff: the last on a computed shortlist.
        best: whether it is in the best class already.
        in_the_way: the reason of the rule that would hold whatever success factors they met, on the
            shortlist or not; empty where none is in the way.
        because: why it has no class, where it has none.
        range: the classes that they may be in, where more than one.
    """

    customer: str
    label: str | None
    lifts: tuple[Lift, ...]
    shortlist_cutoff: ShortlistCutoff | None
    best: bool = False
    in_the_way: str = ""
    because: str = ""
    range: ClassRange | None = None

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The classes that they may be in, where more than one; then what would lift them."""
        return (*(() if self.range is None else self.range.parts), *self._lifts)

    @property
    def in_brief(self) -> tuple[Sentence, ...]:
        """The first few sets of changes, below the class that they give; or that none lifts."""
        if not self.lifts:
            return self._lifts[:1]
        told: list[Sentence] = []
        for label in dict.fromkeys(lift.label for lift in self.lifts):
            sets = [
                sentence("{changes}", changes=Listing((c.in_brief for c in lift.changes), None))
                for lift in self.lifts
                if lift.label == label
            ]
            told += (sentence(ANY_OF, label=label), *indented(sets[:SHOWN]))
            if len(sets) > SHOWN:
                told += indented([sentence(MORE, number=len(sets) - SHOWN)])
        return tuple(told)

    @property
    def _lifts(self) -> tuple[Sentence, ...]:
        """Each set of changes; or that none lifts, and what is in the way."""
        who = {"customer": CustomerName(self.customer)}
        if self.lifts:
            return tuple(
                sentence(WOULD_BE, label=lift.label, changes=_all_of(lift.changes), **who)
                for lift in self.lifts
            )
        if self.label is None:
            return (sentence(HAS_NO_CLASS, because=Sentence(self.because), **who),)
        if self.best:
            return (sentence(BEST, label=self.label, **who),)
        none = sentence(NO_LIFT, label=self.label, **who)
        if self.in_the_way:
            return (none, sentence(IN_THE_WAY, because=Sentence(self.in_the_way)))
        last = () if self.shortlist_cutoff is None else self.shortlist_cutoff.parts
        return (none, *(sentence(TO_BE_LISTED, last=each) for each in last))


def _all_of(changes: Sequence[Change]) -> Sentence:
    parts = [part for change in changes for part in change.parts]
    return reduce(lambda first, second: sentence(BOTH, first=first, second=second), parts)


def find_lifts(
    card: Scorecard, rules: Sequence[ClassificationRule], order: Sequence[str], row: int
) -> tuple[Lift, ...]:
    """Find every smallest set of up to three changes that gives a better class.

    Args:
        card: the score card.
        rules: the rules, in the order in which they are asked.
        order: the classes, best first.
        row: the customer's row on the score card.

    Returns:
        The sets, the shortest first.
    """
    own = np.array([row])
    present = decide(hypothetical(card, own, card.states[own], card.shortlisted[own]), rules)[0]
    standing = 0 if present == UNDECIDED else order.index(rules[present].label)
    if not standing:  # no class, or the best
        return ()
    on_list = len(card.declared)
    candidates = [int(column) for column in np.flatnonzero(~card.met[row] & card.measured)]
    if card.listed_by_people and not card.shortlisted[row]:
        candidates.append(on_list)
    found: list[tuple[frozenset[int], str]] = []
    sizes = range(1, MOST_CHANGES + 1)
    sets = chain.from_iterable(combinations(candidates, size) for size in sizes)
    stands = np.array([*(order.index(rule.label) for rule in rules), len(order)])  # last: undecided
    while cases := [*islice(sets, CASES_AT_ONCE)]:
        decided = _decided(card, rules, row, cases)
        for at in (stands[decided] < standing).nonzero()[0].tolist():
            if not any(smaller.issubset(cases[at]) for smaller, _ in found):
                found.append((frozenset(cases[at]), rules[decided[at]].label))
    sorts = [_sort(card, row, column) for column in range(on_list + 1)]
    found.sort(
        key=lambda each: (
            max(SORTS.index(sorts[column]) for column in each[0]),
            len(each[0]),
            order.index(each[1]),
            sorted(each[0]),
        )
    )
    changing = {
        column: _change(card, row, column) for column in set().union(*(c for c, _ in found))
    }
    return tuple(
        Lift(label=label, changes=tuple(changing[each] for each in sorted(changes)))
        for changes, label in found
    )


def rule_in_the_way(
    card: Scorecard, rules: Sequence[ClassificationRule], order: Sequence[str], row: int
) -> ClassificationRule | None:
    """Return the rule that keeps a customer from a better class whatever factors they meet.

    Args:
        card: the score card.
        rules: the rules, in the order in which they are asked.
        order: the classes, best first.
        row: the customer's row on the score card.

    Returns:
        The rule that decides before one that would give a better class, were all success factors
        met and the customer on the shortlist; None where none does.
    """
    rows = np.array([row])
    present = decide(hypothetical(card, rows, card.states[rows], card.shortlisted[rows]), rules)[0]
    every = np.full((1, len(card.declared)), State.MET, dtype=card.states.dtype)
    at_best = hypothetical(card, rows, every, np.array([True]))
    holding = [rule for rule in rules if answer_of(rule, at_best)[0]]
    better = order[: order.index(rules[present].label)] if present != UNDECIDED else ()
    if not holding or holding[0].label in better:
        return None
    return holding[0] if any(rule.label in better for rule in holding) else None


def _sort(card: Scorecard, row: int, column: int) -> str:
    if column == len(card.declared):
        return PEOPLE
    unknown = {State.MISSING: FINDING_OUT, State.TOO_LITTLE: WAITING}
    return unknown.get(State(card.states[row, column]), DOING)


def _decided(
    card: Scorecard,
    rules: Sequence[ClassificationRule],
    row: int,
    cases: Sequence[tuple[int, ...]],
) -> Codes:
    rows = np.full(len(cases), row)
    changed = np.zeros((len(cases), len(card.declared) + 1), dtype=np.bool_)
    numbers = np.repeat(np.arange(len(cases)), [*map(len, cases)])
    changed[numbers, [*chain.from_iterable(cases)]] = True
    states = np.where(changed[:, :-1], np.int8(State.MET), card.states[rows])
    listed = would_be_listed(card, rows, states) | changed[:, -1]
    return decide(hypothetical(card, rows, states, listed), rules)


def _change(card: Scorecard, row: int, column: int) -> Change:
    sort = _sort(card, row, column)
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
    more, unit = math.nan, ""
    if sort == WAITING:
        more, unit = state.least_basis - (state.rests_on or 0), state.rests_on_unit
        more = state.least_basis if math.isnan(more) else more
    elif sort == DOING:
        more, unit = more_needed(card, row, column, needed)
    return Change(
        factor=factor.name,
        title=factor.title,
        sort=sort,
        value=state.value if sort == DOING else math.nan,
        needed=needed,
        unit=state.unit,
        more=more,
        more_unit=unit,
        counted=state.counted if sort == WAITING else None,
    )
