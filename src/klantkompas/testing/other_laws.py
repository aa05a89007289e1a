"""What must be so of success factors, of kinds of interaction, and of every function declared."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import numpy as np

from klantkompas._arrays import FloatArray
from klantkompas.classification.judging import judge
from klantkompas.domain.interactions import InteractionKind
from klantkompas.hooks import (
    PLUGIN_EXCEPTIONS,
    ClassificationRule,
    Cue,
    Measure,
    ReportSection,
    SuccessFactor,
    Tally,
    Trait,
)
from klantkompas.portfolio import Measures, Portfolio
from klantkompas.testing.changes import backwards, of_nobody, of_one
from klantkompas.testing.exports import Exports
from klantkompas.testing.subject import Subject

__all__ = [
    "factor_answers",
    "factor_depends_on_order",
    "factor_fails_on_nobody",
    "factor_fails_on_one",
    "kind_answers",
    "kind_depends_on_order",
    "takes_other_arguments",
]


def _functions(declared: object) -> list[tuple[str, Callable[..., object], tuple[str, ...]]]:
    """List the functions of a declaration, and what each is given."""
    if isinstance(declared, Measure) and declared.from_measures is not None:
        return [("from_measures", declared.from_measures, ("Measures",))]
    if isinstance(declared, (Measure, Tally)) and declared.of is not None:
        return [("of", declared.of, ("a Period",))]
    if isinstance(declared, ClassificationRule):
        return [("when", declared.when, ("a score card",))]
    if isinstance(declared, Cue):
        return [("fires", declared.fires, ("texts",))]
    if isinstance(declared, Trait):
        return [
            (f"the signal {each.name!r}", each.fires, ("Measures",)) for each in declared.signals
        ]
    if isinstance(declared, ReportSection):
        return [("show", declared.show, ("a Reading",))]
    return []


def takes_other_arguments(subject: Subject, declared: object, case: Exports) -> str | None:
    """Return which function cannot be called with its arguments; None where it passes."""
    for name, function, given in _functions(declared):
        try:
            signature = inspect.signature(function)
        except (TypeError, ValueError):  # some functions written in C do not say
            continue
        try:
            signature.bind(*given)
        except TypeError as error:
            return f"{name} takes {signature}, and is given ({', '.join(given)}): {error}"
    return None


def _judged(factor: SuccessFactor, measures: Measures | None) -> str | None:
    if measures is None:
        return None
    try:
        judge(factor, measures, measures.active_places)
    except PLUGIN_EXCEPTIONS as error:  # the criterion may be somebody else's
        return f"{type(error).__name__}: {error}"
    return None


def factor_answers(subject: Subject, factor: SuccessFactor, case: Exports) -> str | None:
    """Return what goes wrong when the factor judges two customers or more; None where it passes."""
    return _judged(factor, subject.measures(case)) if len(case.portfolio) > 1 else None


def factor_fails_on_nobody(subject: Subject, factor: SuccessFactor, case: Exports) -> str | None:
    """Return what goes wrong when the factor judges no customers; None where it passes."""
    return _judged(factor, subject.measures(case.made(of_nobody, of_nobody)))


def factor_fails_on_one(subject: Subject, factor: SuccessFactor, case: Exports) -> str | None:
    """Return what goes wrong when the factor judges one customer; None where it passes."""
    return _judged(factor, subject.measures(case.made(of_one, of_one)))


def factor_depends_on_order(subject: Subject, factor: SuccessFactor, case: Exports) -> str | None:
    """Return how the factor's cut-off depends on the values' order; None where it passes."""
    measures = subject.measures(case)
    if measures is None:
        return None
    values, basis = measures[factor.measure_name], measures.basis(factor.measure_name)
    known = ~np.isnan(values)

    def given(array: FloatArray | None, step: int) -> FloatArray | None:
        return None if array is None else array[known][::step]

    one, other = (
        factor.criterion.cutoff(values[known][::step], given(basis, step)) for step in (1, -1)
    )
    nearly = np.isclose(one.value, other.value, rtol=1e-9, atol=0, equal_nan=True)
    if nearly and one.comparison == other.comparison:
        return None
    return f"its cut-off is {one}, and {other} for the same values in the opposite order"


def _records(declared: InteractionKind, case: Exports) -> list[object]:
    return [
        declared.record(**{name: row.get(name) for name in case.columns[declared.name]})
        for row in case.tables.get(declared.name, ())
    ]


def kind_answers(subject: Subject, kind: InteractionKind, case: Exports) -> str | None:
    """Return what goes wrong in a portfolio of records of the kind; None where it passes."""
    try:
        records = _records(kind, case)
        made = Portfolio.from_records(records, kinds=case.kinds, score_scale=case.score_scale)
    except PLUGIN_EXCEPTIONS as error:  # the record class is somebody else's
        return f"{type(error).__name__}: {error}"
    count = len(made.tables[kind.name]) if records else 0
    return None if count == len(records) else f"of {len(records)} records {count} are there"


def kind_depends_on_order(subject: Subject, kind: InteractionKind, case: Exports) -> str | None:
    """Return how a portfolio of the kind depends on the order of rows; None where it passes."""
    one, other = (
        each.portfolio.tables.get(kind.name) for each in (case, case.made(backwards, backwards))
    )
    if one is None or other is None:
        return None
    same = np.array_equal(one.codes[one.order], other.codes[other.order])
    return None if same else "its rows stand in another order"
