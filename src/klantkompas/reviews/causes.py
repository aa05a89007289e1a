"""Why a customer's class changed between two readings.

Relative criteria move people who did nothing, so one customer at a time is moved from the one
reading to the other, while all others stay as recorded: their cut-offs, also that of
their list. The first cause whose counterfactual holds is the customer's.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from attrs import field, frozen

from klantkompas._arrays import BoolArray, Codes, ObjectArray, freeze
from klantkompas.classification.evidence import State, States
from klantkompas.classification.hypothetical import decide
from klantkompas.classification.judging import judge
from klantkompas.classification.order import in_order
from klantkompas.classification.scorecard import Scorecard
from klantkompas.domain.criteria import Cutoff
from klantkompas.hooks import ClassificationRule
from klantkompas.reviews.recorded import RecordedFactor, RecordedReading, version_of
from klantkompas.wording.catalogue import mark

__all__ = ["Cause", "causes_of"]


class Cause(StrEnum):
    """Why a class changed; each cause has a counterfactual that proves it."""

    OVERRIDDEN = mark("a person gave them another class")
    LIST_CHANGED = mark("people put them on the list or took them off")
    NOW_KNOWN = mark("what was unknown of them is known now")
    NO_LONGER_KNOWN = mark("what was known of them is no longer known")
    KNOWN_OTHERWISE = mark("other things are known of them than before")
    OWN = mark("by what they did themselves, by the old cut-offs too")
    CUTOFF_MOVED = mark(
        "the cut-offs moved: by the new ones what they did before gives this class too"
    )
    RULES_CHANGED = mark("the rules or factors changed")
    SEVERAL = mark("several causes together")


@frozen
class _Judged:
    """How customers stand on factors, by some cut-offs; what is not measured is unknown here."""

    factors: tuple[RecordedFactor, ...]
    states: States

    @property
    def unknown(self) -> BoolArray:
        """Where it is unknown."""
        unknown: BoolArray = self.states >= State.MISSING
        return unknown


@frozen
class _Cases:
    """The customers whose class changed, as they were and as they are."""

    previous: RecordedReading
    current: RecordedReading
    rules: tuple[ClassificationRule, ...]
    before: Codes
    now: Codes
    same_rules: bool = field(init=False)
    same_factors: bool = field(init=False)

    @same_rules.default
    def _rules(self) -> bool:
        return self.previous.rules == tuple(version_of(rule) for rule in self.rules)

    @same_factors.default
    def _factors(self) -> bool:
        versions = [tuple(f.version for f in r.factors) for r in (self.previous, self.current)]
        return versions[0] == versions[1]

    def judged(
        self, reading: RecordedReading, places: Codes, factors: Sequence[RecordedFactor]
    ) -> _Judged | None:
        """Judge by factors as recorded; None where a measure of theirs was not taken."""
        if any(factor.measure not in reading.measures.columns for factor in factors):
            return None
        judged = [judge(f.declared(), reading.measures, places, f.cutoff) for f in factors]
        nothing = np.zeros((len(places), 0), dtype=np.int8)
        return _Judged(
            tuple(factors), np.column_stack([nothing, *(states for _, states in judged)])
        )

    def listed(
        self, reading: RecordedReading, places: Codes, judged: _Judged, by: RecordedReading
    ) -> BoolArray:
        """Return a mask of who would be on the list of one of the readings."""
        if by.shortlist_cutoff is None:
            return by.shortlisted[self.before if by is self.previous else self.now]
        measures = reading.measures
        counts = (judged.states == State.MET).sum(axis=1, dtype=np.intp)
        passed = by.shortlist_cutoff.admits(
            counts, measures["revenue"][places], measures.ids[places]
        )
        allowed: BoolArray = passed & ~measures.opted_out[places]
        return allowed

    def labels(
        self, reading: RecordedReading, places: Codes, judged: _Judged, listed: BoolArray
    ) -> ObjectArray:
        """Ask the rules."""
        card = Scorecard(
            measures=reading.measures,
            places=places,
            declared=tuple(factor.declared() for factor in judged.factors),
            cutoffs=tuple(factor.cutoff for factor in judged.factors),
            states=freeze(judged.states.copy()),
            shortlisted=freeze(listed),
        )
        labels = np.array([*(rule.label for rule in self.rules), None], dtype=np.object_)
        found: ObjectArray = labels[decide(card, self.rules)]
        return found


def _equal(labels: ObjectArray, wanted: ObjectArray) -> BoolArray:
    return np.equal(labels, wanted).astype(np.bool_)


def _list_changed(cases: _Cases, judged: _Judged, old: ObjectArray) -> BoolArray:
    previous, current = cases.previous, cases.current
    if not (previous.listed_by_people or current.listed_by_people):
        return np.zeros(len(cases.now), dtype=np.bool_)
    was = previous.shortlisted[cases.before]
    moved: BoolArray = was != current.shortlisted[cases.now]
    return moved & _equal(cases.labels(current, cases.now, judged, was), old)


def _knowledge(
    cases: _Cases, before: _Judged | None, now: _Judged, old: ObjectArray
) -> tuple[BoolArray, BoolArray, BoolArray]:
    """Return whose old class comes back when what became known, or unknown, or both is undone."""
    nobody = np.zeros(len(cases.now), dtype=np.bool_)
    if before is None:
        return nobody, nobody, nobody
    columns = {factor.name: at for at, factor in enumerate(before.factors)}
    pairs = [(at, columns[f.name]) for at, f in enumerate(now.factors) if f.name in columns]
    own, theirs = [at for at, _ in pairs], [at for _, at in pairs]
    was = before.unknown[:, theirs]

    def restored(which: BoolArray) -> BoolArray:
        states = now.states.copy()
        states[:, own] = np.where(which, before.states[:, theirs], states[:, own])
        state = _Judged(now.factors, states)
        listed = cases.listed(cases.current, cases.now, state, cases.current)
        labels = cases.labels(cases.current, cases.now, state, listed)
        return which.any(axis=1) & _equal(labels, old)

    lost, found = ~was & now.unknown[:, own], was & ~now.unknown[:, own]
    return restored(found), restored(lost), restored(lost | found)


def _own(cases: _Cases, new: ObjectArray) -> BoolArray:
    judged = cases.judged(cases.current, cases.now, cases.previous.factors)
    if judged is None or not cases.same_rules:
        return np.zeros(len(cases.now), dtype=np.bool_)
    listed = cases.listed(cases.current, cases.now, judged, cases.previous)
    return _equal(cases.labels(cases.current, cases.now, judged, listed), new)


def _cutoff_moved(cases: _Cases, new: ObjectArray) -> BoolArray:
    moved: dict[str, Cutoff] = {f.version: f.cutoff for f in cases.current.factors}
    factors = [
        RecordedFactor(
            name=factor.name,
            title=factor.title,
            measure=factor.measure,
            least_basis=factor.least_basis,
            version=factor.version,
            cutoff=moved.get(factor.version, factor.cutoff),
        )
        for factor in cases.previous.factors
    ]
    judged = cases.judged(cases.previous, cases.before, factors)
    if judged is None or not cases.same_rules:
        return np.zeros(len(cases.now), dtype=np.bool_)
    edge_of = cases.current if cases.same_factors else cases.previous
    listed = cases.listed(cases.previous, cases.before, judged, edge_of)
    return _equal(cases.labels(cases.previous, cases.before, judged, listed), new)


def _rules_changed(cases: _Cases, new: ObjectArray) -> BoolArray:
    everyone = np.ones(len(cases.now), dtype=np.bool_)
    if cases.same_rules and cases.same_factors:
        return ~everyone
    judged = cases.judged(cases.previous, cases.before, cases.current.factors)
    if judged is None:
        return everyone
    listed = cases.listed(cases.previous, cases.before, judged, cases.current)
    return _equal(cases.labels(cases.previous, cases.before, judged, listed), new)


def causes_of(
    previous: RecordedReading,
    current: RecordedReading,
    rules: Sequence[ClassificationRule],
    before: Codes,
    now: Codes,
) -> tuple[Cause, ...]:
    """Return the cause of each change of class.

    Args:
        previous: the earlier reading.
        current: the later one.
        rules: the classification rules of the later reading.
        before: the customers whose computed class changed, as positions in the earlier reading.
        now: the same customers, as positions in the later reading.

    Returns:
        A cause for each of those customers, in the same order.
    """
    cases = _Cases(previous, current, in_order(rules), before, now)
    old, new = previous.computed[before], current.computed[now]
    was = cases.judged(previous, before, previous.factors)
    judged = cases.judged(current, now, current.factors)
    if judged is None or not len(now):
        return tuple(Cause.SEVERAL for _ in now)
    now_known, no_longer_known, known_otherwise = _knowledge(cases, was, judged, old)
    proved = (
        (Cause.LIST_CHANGED, _list_changed(cases, judged, old)),
        (Cause.NOW_KNOWN, now_known),
        (Cause.NO_LONGER_KNOWN, no_longer_known),
        (Cause.KNOWN_OTHERWISE, known_otherwise),
        (Cause.OWN, _own(cases, new)),
        (Cause.CUTOFF_MOVED, _cutoff_moved(cases, new)),
        (Cause.RULES_CHANGED, _rules_changed(cases, new)),
    )
    return tuple(
        next((cause for cause, holds in proved if holds[at]), Cause.SEVERAL)
        for at in range(len(now))
    )
