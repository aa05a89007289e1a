"""Whether a why is true: checked against the measures alone, by none of the code that made it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from klantkompas._arrays import freeze
from klantkompas._thresholds import above, at_least, at_most
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


def _known_in(state: FactorState, value: float, rests_on: float | None) -> bool:
    if math.isnan(value) or rests_on is None or state.rests_on_unit == "money":
        return not math.isnan(value)
    return bool(at_least(rests_on, state.least_basis))


def _of_factor(state: FactorState, measures: Measures, place: int) -> list[str]:
    values, bases = measures[state.measure], measures.basis(state.measure)
    basis = None if bases is None else float(bases[place])
    found = []
    if not _same(state.value, float(values[place])):
        found.append(f"{state.factor}: the measure is {values[place]}, not {state.value}")
    if not _same(state.basis, basis):
        found.append(f"{state.factor}: the basis is {basis}, not {state.basis}")
    counts = measures.rests_on(state.measure)[0]
    rests_on = None if counts is None else float(counts[place])
    if not _same(state.rests_on, rests_on):
        found.append(f"{state.factor}: it rests on {rests_on}, not {state.rests_on}")
    known = _known_in(state, float(values[place]), rests_on)
    if known == state.unknown:
        found.append(f"{state.factor}: it is {'known' if known else 'unknown'}")
    passes = bool(_PASSES[state.cutoff.comparison](values[place], state.cutoff.value))
    if state.met != (known and passes):
        found.append(f"{state.factor}: {values[place]} against {state.cutoff} is not {state.state}")
    if state.criterion is not None:
        active = measures.active_places
        behind = [None] * len(active) if bases is None else bases[active].tolist()
        resting = [None] * len(active) if counts is None else counts[active].tolist()
        rows = [
            (float(value), basis_of_it)
            for value, basis_of_it, rests in zip(values[active], behind, resting, strict=True)
            if _known_in(state, float(value), rests)
        ]
        cutoff = state.criterion.cutoff(
            np.array([value for value, _ in rows]),
            None if bases is None else np.array([basis_of_it for _, basis_of_it in rows]),
        )
        if cutoff.comparison != state.cutoff.comparison or not _same(
            cutoff.value, state.cutoff.value
        ):
            found.append(f"{state.factor}: the criterion comes to {cutoff}, not {state.cutoff}")
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
    """Find where a why contradicts the measures, or its own rule.

    Args:
        why: the reason of one customer's class.
        measures: what is known of each customer.
        rules: the rules; the first that holds for the facts of the why must be the one that it
            names. Without them only the facts are checked.

    Returns:
        What is wrong; nothing where the why is true.

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
    row = np.array([[state.met for state in why.factors]], dtype=np.bool_)
    unknown = np.array([[state.unknown for state in why.factors]], dtype=np.bool_)
    card = Scorecard(
        measures=measures,
        places=np.array([place]),
        declared=tuple(_declared(state) for state in why.factors),
        cutoffs=tuple(state.cutoff for state in why.factors),
        met=freeze(row),
        unknown=freeze(unknown),
        shortlisted=freeze(np.array([why.shortlisted])),
    )
    asked = sorted(rules, key=lambda rule: (rule.priority, rule.name))
    decides = next((rule for rule in asked if bool(np.asarray(rule.when(card))[0])), None)
    if decides is None or decides.name != why.rule:
        found.append(f"the rule that decides is {decides and decides.name}, not {why.rule}")
    elif decides.label != (why.label if why.override is None else why.computed):
        found.append(f"the rule {decides.name} gives {decides.label}, not {why.label}")
    return tuple(found)
