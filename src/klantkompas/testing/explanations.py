"""Whether a why is true: checked against the measures alone, by none of the code that made it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from klantkompas._arrays import BoolArray, FloatArray, freeze
from klantkompas._thresholds import above, at_least, at_most
from klantkompas.classification.scorecard import Scorecard
from klantkompas.classification.why import FactorState, Why
from klantkompas.domain.criteria import AtLeast, Criterion, Cutoff
from klantkompas.hooks import ClassificationRule, SuccessFactor
from klantkompas.portfolio import Measures

__all__ = ["contradictions"]

_PASSES = {"at least": at_least, "at most": at_most, "above": above}


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return one == other or (math.isnan(one) and math.isnan(other))


def _known(state: FactorState, values: FloatArray, counts: FloatArray | None) -> BoolArray:
    """Return a mask of the values that rest on enough to be known."""
    known = ~np.isnan(values)
    if counts is None or state.rests_on_unit == "money":
        return known
    return known & at_least(counts, state.least_basis)


def _cutoff_of(state: FactorState, criterion: Criterion, measures: Measures) -> Cutoff:
    """Ask the criterion for its number once more, of the active customers that are known."""
    values, bases, counts = _columns(state, measures)
    active = measures.active_places
    known = active[_known(state, values[active], None if counts is None else counts[active])]
    return criterion.cutoff(values[known], None if bases is None else bases[known])


def _columns(
    state: FactorState, measures: Measures
) -> tuple[FloatArray, FloatArray | None, FloatArray | None]:
    """Return the values of a measure, their basis, and on how many they rest."""
    column = measures.column(state.measure)
    return column.values, column.basis, measures.rests_on(state.measure)[0]


def _of_factor(state: FactorState, measures: Measures, place: int) -> list[str]:
    values, bases, counts = _columns(state, measures)
    value = values[place].item()
    basis = None if bases is None else bases[place].item()
    rests_on = None if counts is None else counts[place].item()
    here = slice(place, place + 1)
    known = bool(_known(state, values[here], None if counts is None else counts[here])[0])
    passes = bool(_PASSES[state.cutoff.comparison](value, state.cutoff.value))
    found = []
    if not _same(state.value, value):
        found.append(f"{state.factor}: the measure is {value}, not {state.value}")
    if not _same(state.basis, basis):
        found.append(f"{state.factor}: the basis is {basis}, not {state.basis}")
    if not _same(state.rests_on, rests_on):
        found.append(f"{state.factor}: it rests on {rests_on}, not {state.rests_on}")
    if known == state.unknown:
        found.append(f"{state.factor}: it is {'known' if known else 'unknown'}")
    if state.met != (known and passes):
        found.append(f"{state.factor}: {value} against {state.cutoff} is not {state.state}")
    if state.criterion is not None:
        cutoff = _cutoff_of(state, state.criterion, measures)
        same = _same(cutoff.value, state.cutoff.value)
        if cutoff.comparison != state.cutoff.comparison or not same:
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
