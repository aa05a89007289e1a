"""What would lift a customer to a better class.

Everyone else stays as is. A change makes one factor met that is not met or unknown, or puts the
customer on a shortlist that people supplied. All smallest sets of up to three changes are found by
asking the rules again, of that one row.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import combinations
from typing import Any

import numpy as np
from attrs import frozen

from klantkompas._arrays import FloatArray
from klantkompas.classification.evidence import State
from klantkompas.classification.hypothetical import (
    UNDECIDED,
    decide,
    hypothetical,
    would_be_listed,
)
from klantkompas.classification.scorecard import Scorecard
from klantkompas.classification.shortlist_cutoff import ShortlistCutoff
from klantkompas.classification.why import HAS_NO_CLASS
from klantkompas.domain.criteria import Cutoff
from klantkompas.hooks import PLUGIN_EXCEPTIONS, ClassificationRule, describe, plugin_failure
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import CustomerName, Quantity, Sentence, sentence

__all__ = ["SHORTLIST", "Change", "Lift", "WhatIf", "find_lifts"]

SHORTLIST = "shortlist"
"""The change that is made by people: to put the customer on the list that they supplied."""
MOST_CHANGES = 3
CASES_AT_ONCE = 100_000

WOULD_BE = mark("{customer} would be {label} if: {changes}")
BOTH = mark("{first} and {second}")
NOW = mark("{title}: {wanted} (now {found})")
PUT_ON_LIST = mark("people put them on the shortlist")
BEST = mark("{customer} is {label}: there is no better class.")
NO_LIFT = mark("No change of up to three factors lifts {customer} from {label}.")
TO_BE_LISTED = mark("To be on the shortlist they must pass the last one on it ({last}).")


@frozen(kw_only=True)
class Change(Text):
    """One thing that would be different.

    Args:
        factor: the success factor that would be met, or ``"shortlist"``.
        title: what it says of the customer.
        value: the measure as it is; NaN where it is unknown or too little to judge by.
        needed: the number to pass; None for the shortlist.
        unit: the measure's unit.
    """

    factor: str
    title: str
    value: float = math.nan
    needed: Cutoff | None = None
    unit: str = ""

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """What would be different, and how it is now."""
        if self.needed is None:
            return (Sentence(PUT_ON_LIST),)
        found, wanted = Quantity(self.value, self.unit), self.needed.of(self.unit)
        return (sentence(NOW, title=Sentence(self.title), wanted=wanted, found=found),)


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


@frozen(kw_only=True)
class WhatIf(Text):
    """What would lift one customer to a better class.

    Args:
        customer: the customer's id.
        label: the class that the rules give it; None for who is not classed.
        lifts: every smallest set of changes that lifts it, the shortest first.
        shortlist_cutoff: the last on a computed shortlist.
        best: whether it is in the best class already.
        because: why it has no class, where it has none.
    """

    customer: str
    label: str | None
    lifts: tuple[Lift, ...]
    shortlist_cutoff: ShortlistCutoff | None
    best: bool = False
    because: str = ""

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """Each set of changes; or that none lifts, with what to pass for the shortlist."""
        who: dict[str, Any] = {"customer": CustomerName(self.customer)}
        if self.lifts:
            return tuple(
                sentence(WOULD_BE, label=lift.label, changes=_all_of(lift.changes), **who)
                for lift in self.lifts
            )
        if self.label is None:
            return (sentence(HAS_NO_CLASS, because=Sentence(self.because), **who),)
        message = BEST if self.best else NO_LIFT
        last = () if self.best or self.shortlist_cutoff is None else self.shortlist_cutoff.parts
        return (
            sentence(message, label=self.label, **who),
            *(sentence(TO_BE_LISTED, last=each) for each in last),
        )


def _all_of(changes: Sequence[Change]) -> Sentence:
    parts = [part for change in changes for part in change.parts]
    return reduce(lambda first, second: sentence(BOTH, first=first, second=second), parts)


def _sets(
    candidates: Sequence[int], size: int, lifting: Sequence[frozenset[int]]
) -> Iterator[tuple[int, ...]]:
    for chosen in combinations(candidates, size):
        if not any(smaller.issubset(chosen) for smaller in lifting):
            yield chosen


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
    if present == UNDECIDED:
        return ()
    standing = order.index(rules[present].label)
    on_list = len(card.declared)
    candidates = [int(column) for column in np.flatnonzero(~card.met[row] & card.measured)]
    if card.listed_by_people and not card.shortlisted[row]:
        candidates.append(on_list)
    found: list[tuple[frozenset[int], str]] = []
    for size in range(1, MOST_CHANGES + 1):
        lifting = [changes for changes, _ in found]
        waiting = list(_sets(candidates, size, lifting))
        for start in range(0, len(waiting), CASES_AT_ONCE):
            cases = waiting[start : start + CASES_AT_ONCE]
            for chosen, decided in zip(cases, _decided(card, rules, row, cases), strict=True):
                if decided != UNDECIDED and order.index(rules[decided].label) < standing:
                    found.append((frozenset(chosen), rules[decided].label))
    return tuple(
        Lift(label=label, changes=tuple(_change(card, row, each) for each in sorted(changes)))
        for changes, label in found
    )


def _decided(
    card: Scorecard,
    rules: Sequence[ClassificationRule],
    row: int,
    cases: Sequence[tuple[int, ...]],
) -> list[int]:
    rows = np.full(len(cases), row)
    changed = np.zeros((len(cases), len(card.declared) + 1), dtype=np.bool_)
    for number, chosen in enumerate(cases):
        changed[number, list(chosen)] = True
    states = np.where(changed[:, :-1], np.int8(State.MET), card.states[rows])
    listed = would_be_listed(card, rows, states) | changed[:, -1]
    decided: list[int] = decide(hypothetical(card, rows, states, listed), rules).tolist()
    return decided


def _change(card: Scorecard, row: int, column: int) -> Change:
    if column == len(card.declared):
        return Change(factor=SHORTLIST, title=PUT_ON_LIST)
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
    return Change(
        factor=factor.name,
        title=factor.title,
        value=math.nan if state.unknown else state.value,
        needed=needed,
        unit=state.unit,
    )
