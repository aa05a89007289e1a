"""Whether a why is true: checked against the measures alone, by none of the code that made it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from attrs import frozen

from klantkompas._arrays import freeze
from klantkompas._thresholds import above, at_least, at_most
from klantkompas.classification.evidence import State
from klantkompas.classification.scorecard import Scorecard
from klantkompas.classification.why import FactorState, Why
from klantkompas.domain.criteria import AtLeast
from klantkompas.hooks import ClassificationRule, SuccessFactor
from klantkompas.portfolio import Measures

__all__ = ["contradictions"]

_PASSES = {"at least": at_least, "at most": at_most, "above": above}


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return one == other or (math.isnan(one) and math.isnan(other))


@frozen
class _Seen:
    """What the measures show of one customer for one factor, looked up anew."""

    value: float
    basis: float | None
    count: float | None
    could: float | None
    longer: bool

    def known(self, least: float) -> bool:
        enough = self.count is None or bool(at_least(self.count, least))
        return enough and not math.isnan(self.value)


def _seen(state: FactorState, measures: Measures, place: int) -> _Seen:
    declared = measures.column(state.measure)
    looks = [""]
    if declared.looks_back > measures.months:
        looks.append(f"_in_{declared.looks_back}_months")
    found = []
    for look in looks:
        column = measures.columns.get(state.measure + look)
        if column is None:
            continue
        basis = None if column.basis is None else float(column.basis[place])

        def counted(name: str, look: str = look) -> float | None:
            other = measures.columns.get(name + look) if name else None
            return None if other is None else float(other.values[place])

        count = counted(column.counted_by)
        if count is None and column.basis_unit != "money":
            count = basis
        could = counted(column.out_of)
        found.append(_Seen(float(column.values[place]), basis, count, could, bool(look)))
    near, far = found[0], found[-1]
    enough = near.count is not None and bool(at_least(near.count, state.least_basis))
    return near if enough else far


def _sort(state: FactorState, seen: _Seen) -> str:
    if seen.count is None:
        return State.MISSING.words
    could = seen.could
    if could is None:
        could = math.inf if math.isnan(seen.value) else seen.count
    enough = bool(at_least(could, state.least_basis))
    return (State.MISSING if enough else State.TOO_LITTLE).words


def _of_factor(state: FactorState, measures: Measures, place: int) -> list[str]:
    seen = _seen(state, measures, place)
    everybody = [_seen(state, measures, each) for each in measures.active_places.tolist()]
    found = []
    for what, told, there in (
        ("measure", state.value, seen.value),
        ("basis", state.basis, seen.basis),
        ("count that it rests on", state.rests_on, seen.count),
    ):
        if not _same(told, there):
            found.append(f"{state.factor}: the {what} is {there}, not {told}")
    if seen.longer != (state.look is not None):
        found.append(
            f"{state.factor}: it rests on the {'longer look' if seen.longer else 'period'}"
        )
    known = seen.known(state.least_basis)
    passes = bool(_PASSES[state.cutoff.comparison](seen.value, state.cutoff.value))
    if known:
        wanted = (State.MET if passes else State.NOT_MET).words
    elif all(math.isnan(each.value) for each in everybody):
        wanted = State.NOT_MEASURED.words
    else:
        wanted = _sort(state, seen)
    if state.state != wanted:
        found.append(f"{state.factor}: {seen.value} against {state.cutoff} is {wanted}")
    if state.criterion is not None:
        rows = [each for each in everybody if each.known(state.least_basis)]
        bases = [each.basis for each in rows if each.basis is not None]
        cutoff = state.criterion.cutoff(
            np.array([each.value for each in rows]),
            None if measures.basis(state.measure) is None else np.array(bases),
        )
        if cutoff.comparison != state.cutoff.comparison or not _same(
            cutoff.value, state.cutoff.value
        ):
            found.append(f"{state.factor}: the criterion resolves to {cutoff}, not {state.cutoff}")
    return found


def _declared(state: FactorState) -> SuccessFactor:
    return SuccessFactor(
        name=state.factor,
        measure=state.measure,
        criterion=state.criterion or AtLeast(0),
        title=state.title,
        least_basis=state.least_basis,
    )


def contradictions(
    why: Why, measures: Measures, rules: Sequence[ClassificationRule] = ()
) -> tuple[str, ...]:
    """Return where the explanation of a class contradicts the measures, or its own rule.

    Args:
        why: the explanation of one customer's class.
        measures: what is known of each customer.
        rules: the classification rules, in order; the first that holds for the facts in `why` has
            to be the one that `why` names. Empty: only the facts are checked.

    Returns:
        A text for each contradiction; empty where the explanation is true.

    >>> from datetime import date
    >>> from klantkompas.compass import Compass
    >>> from klantkompas.domain.interactions import Order
    >>> from klantkompas.portfolio import Portfolio
    >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
    >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
    >>> contradictions(reading.classes.why("a"), reading.measures, reading.classes.rules)
    ()
    """
    place = measures.place(why.customer)
    found = [each for state in why.factors for each in _of_factor(state, measures, place)]
    if not rules or why.rule is None:
        return tuple(found)
    codes = {state.words: state for state in State}
    row = np.array([[codes[state.state] for state in why.factors]], dtype=np.int8)
    card = Scorecard(
        measures=measures,
        places=np.array([place]),
        declared=tuple(_declared(state) for state in why.factors),
        cutoffs=tuple(state.cutoff for state in why.factors),
        states=freeze(row),
        shortlisted=freeze(np.array([why.shortlisted])),
    )
    asked = sorted(rules, key=lambda rule: (rule.priority, rule.name))
    decides = next((rule for rule in asked if bool(np.asarray(rule.when(card))[0])), None)
    if decides is None or decides.name != why.rule:
        found.append(f"the rule that decides is {decides and decides.name}, not {why.rule}")
    elif decides.label != (why.label if why.override is None else why.computed):
        found.append(f"the rule {decides.name} gives {decides.label}, not {why.label}")
    return tuple(found)
