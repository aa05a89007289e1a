"""What would lift a customer to a better class.

Everyone else stays as is. A change makes one factor met that is not met or unknown, or puts the
customer on a shortlist that people supplied. All smallest sets of up to three changes are found by
asking the rules again, of that one row.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import chain, combinations, islice

import numpy as np
from attrs import frozen

from klantkompas._arrays import Codes
from klantkompas.classification.change import SORTS, Change, change_of, sort_of
from klantkompas.classification.class_range import ClassRange
from klantkompas.classification.evidence import State
from klantkompas.classification.hypothetical import (
    UNDECIDED,
    answer_of,
    decide,
    hypothetical,
    would_be_listed,
)
from klantkompas.classification.scorecard import Scorecard
from klantkompas.classification.shortlist_cutoff import Short, ShortlistCutoff
from klantkompas.classification.why import HAS_NO_CLASS
from klantkompas.hooks import ClassificationRule
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

__all__ = ["Lift", "WhatIf", "find_lifts", "place_short_of", "rule_in_the_way"]

MOST_CHANGES = 3
CASES_AT_ONCE = 100_000

WOULD_BE = mark("{customer} would be {label} if: {changes}")
ANY_OF = mark("{label} by any one of these:")
SHOWN = 3
"""How many sets of changes are told in brief."""
MORE = mark("... and {number} more")
BOTH = mark("{first} and {second}")
BEST = mark("{customer} is {label}: there is no better class.")
NO_LIFT = mark("No change of up to three factors lifts {customer} from {label}.")
IN_THE_WAY = mark("Whatever success factors they meet, this holds: {because}.")
PLACE = mark(
    "On the shortlist they are number {place} of {listed}; the last of it meets {factors} and "
    "brings {revenue}."
)
LAST_PLACE = mark(
    "On the shortlist they are number {place} of {listed}, the last: whoever meets {factors} and "
    "brings more than {revenue} takes their place."
)
FIRMER = mark("They would stand firmer by any one of these:")
NOTHING_MORE = mark("They meet every success factor that is measured.")
TO_BE_LISTED = mark("To be on the shortlist they must pass the last one on it: {last}.")


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
    def out_of_reach(self) -> bool:
        """Whether any change takes more than the whole period brought."""
        return any(change.out_of_reach for change in self.changes)

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
        place: of who is in the best class, their place on a computed shortlist, from 1; None
            without one.
        listed: how many are on it.
        firmer: of who is in the best class, what would be different were each factor met that is
            not: their place would be surer.
        short: how far they are from a computed shortlist, where a place on it gives a better class;
            None where it does not.
        listed_as: the class that it gives.
    """

    customer: str
    label: str | None
    lifts: tuple[Lift, ...]
    shortlist_cutoff: ShortlistCutoff | None
    best: bool = False
    in_the_way: str = ""
    because: str = ""
    range: ClassRange | None = None
    place: int | None = None
    listed: int = 0
    firmer: tuple[Change, ...] = ()
    short: Short | None = None
    listed_as: str = ""

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The classes that they may be in, where more than one; then what would lift them."""
        return (*(() if self.range is None else self.range.parts), *self._lifts)

    @property
    def in_brief(self) -> tuple[Sentence, ...]:
        """The first few sets of changes, below the class that they give; or that none lifts.

        What takes more than they had in the whole period comes last.

        Of who is in the best class, where they stand on the shortlist and what makes that surer.
        """
        if self.best:
            return self._standing
        if not self.lifts:  # who and from what, the card says already
            return self._lifts[1:] or self._lifts
        sets: dict[str, list[Sentence]] = {}
        if self._by_revenue is not None:
            sets[self.listed_as] = [self._by_revenue]
        for lift in sorted(self.lifts, key=lambda lift: lift.out_of_reach):
            changes = Listing((each.in_brief for each in lift.changes), None)
            sets.setdefault(lift.label, []).append(sentence("{changes}", changes=changes))
        told: list[Sentence] = []
        for label, found in sets.items():
            told += (sentence(ANY_OF, label=label), *indented(found[:SHOWN]))
            if len(found) > SHOWN:
                told += indented([sentence(MORE, number=len(found) - SHOWN)])
        return tuple(told)

    @property
    def _by_revenue(self) -> Sentence | None:
        """How much more revenue would put them on the shortlist; None where that is no way."""
        return None if self.short is None else self.short.more_revenue

    @property
    def _standing(self) -> tuple[Sentence, ...]:
        """Where who is in the best class stands, and what would make that surer."""
        told: list[Sentence] = []
        if self.place is not None and self.shortlist_cutoff is not None:
            last = self.shortlist_cutoff
            told.append(
                sentence(
                    LAST_PLACE if self.place == self.listed else PLACE,
                    place=self.place,
                    listed=self.listed,
                    factors=Quantity(last.factors_met, "success factors"),
                    revenue=Quantity(last.revenue, "money"),
                )
            )
        if not self.firmer:
            return (*told, Sentence(NOTHING_MORE))
        firmer = sorted(self.firmer, key=lambda change: change.out_of_reach)
        told += (Sentence(FIRMER), *indented(each.in_brief for each in firmer[:SHOWN]))
        if len(self.firmer) > SHOWN:
            told += indented([sentence(MORE, number=len(self.firmer) - SHOWN)])
        return tuple(told)

    @property
    def _lifts(self) -> tuple[Sentence, ...]:
        """Each set of changes; or that none lifts, and what is in the way."""
        who = {"customer": CustomerName(self.customer)}
        if self.lifts:
            sets = [(lift.label, _all_of(lift.changes)) for lift in self.lifts]
            if self._by_revenue is not None:
                sets.insert(0, (self.listed_as, self._by_revenue))
            return tuple(
                sentence(WOULD_BE, label=label, changes=changes, **who) for label, changes in sets
            )
        if self.label is None:
            return (sentence(HAS_NO_CLASS, because=Sentence(self.because), **who),)
        if self.best:
            return (sentence(BEST, label=self.label, **who), *self._standing)
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
    sorts = [sort_of(card, row, column) for column in range(on_list + 1)]
    found.sort(
        key=lambda each: (
            max(SORTS.index(sorts[column]) for column in each[0]),
            len(each[0]),
            order.index(each[1]),
            sorted(each[0]),
        )
    )
    changing = {
        column: change_of(card, row, column) for column in set().union(*(c for c, _ in found))
    }
    return tuple(
        Lift(label=label, changes=tuple(changing[each] for each in sorted(changes)))
        for changes, label in found
    )


def place_short_of(
    card: Scorecard, rules: Sequence[ClassificationRule], order: Sequence[str], row: int
) -> tuple[Short | None, str]:
    """Return how far a customer is from a computed shortlist that would give a better class.

    Args:
        card: the score card.
        rules: the rules, in the order in which they are asked.
        order: the classes, best first.
        row: the customer's row on the score card.

    Returns:
        How far, and the class that a place gives; None where they have a place, people supplied the
        list, or a place gives no better class.
    """
    if card.shortlist_cutoff is None or card.listed_by_people or card.shortlisted[row]:
        return None, ""
    present, listed = _decided(card, rules, row, [(), (len(card.declared),)]).tolist()
    if listed == UNDECIDED:
        return None, ""
    standing = len(order) if present == UNDECIDED else order.index(rules[present].label)
    if order.index(rules[listed].label) >= standing:
        return None, ""
    met = card.count[row : row + 1]
    factors, revenue = card.shortlist_cutoff.short_of(met, card["revenue"][row : row + 1])
    not_met = int((card.measured & ~card.met[row]).sum())
    short = Short(factors=int(factors[0]), revenue=float(revenue[0]), not_met=not_met)
    return short, rules[listed].label


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
