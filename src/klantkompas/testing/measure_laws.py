"""What must be so of every measure and tally."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np

from klantkompas._arrays import FloatArray
from klantkompas.errors import PluginError
from klantkompas.hooks import Measure, Tally
from klantkompas.portfolio import Measures
from klantkompas.testing.changes import (
    MULTIPLE,
    backwards,
    centuries_later,
    every_other,
    known_by_then,
    of_nobody,
    of_one,
    priced_higher,
    renamed,
    the_rest,
    twin_of,
    with_twins,
    without_what_it_reads,
)
from klantkompas.testing.exports import Exports
from klantkompas.testing.failures import writes_to_its_input
from klantkompas.testing.subject import Subject
from klantkompas.wording.writer import Writer

__all__ = [
    "answers",
    "depends_on_customers",
    "differs_between_runs",
    "differs_between_twins",
    "differs_centuries_later",
    "differs_in_other_order",
    "differs_under_other_ids",
    "does_not_rest_on_its_basis",
    "fails_on_nobody",
    "fails_on_one",
    "is_known_without_data",
    "looks_ahead",
    "remembers",
    "scales_wrongly",
]

Declared = Measure | Tally
Same = Callable[[float, float], bool]


def _equal(one: float, other: float) -> bool:
    return one == other or (np.isnan(one) and np.isnan(other))


def _nearly_equal(one: float, other: float) -> bool:
    return _equal(one, other) or abs(one - other) <= 1e-9 * max(abs(one), abs(other))


def _values(measures: Measures, declared: Measure) -> dict[str, dict[str, float]]:
    found = {"": dict(zip(measures.ids.tolist(), measures[declared.name].tolist(), strict=True))}
    basis: FloatArray | None = measures.basis(declared.name)
    if basis is not None:
        found["a basis of "] = dict(zip(measures.ids.tolist(), basis.tolist(), strict=True))
    return found


def _differs(
    declared: Declared,
    one: Measures,
    other: Measures,
    told: str,
    *,
    equal: Same = _equal,
    ids: dict[str, str] | None = None,
) -> str | None:
    """Return for which customer two measurements differ; `told` tells them apart."""
    if isinstance(declared, Tally):
        first, second = dict(one.tallies[declared.name]), dict(other.tallies[declared.name])
        return None if first == second else f"it counts {first}, and {told} {second}"
    others = _values(other, declared)
    for what, values in _values(one, declared).items():
        for customer, value in values.items():
            its_other = others.get(what, {}).get((ids or {}).get(customer, customer))
            if its_other is not None and not equal(value, its_other):
                return f"customer {customer!r} has {what}{value!r}, and {told} {its_other!r}"
    return None


def _failing(subject: Subject, declared: Declared, case: Exports) -> str | None:
    try:
        subject.once(declared, case)
    except PluginError as error:
        return None if writes_to_its_input(error) else str(error)
    return None


def answers(subject: Subject, declared: Declared, case: Exports) -> str | None:
    """Return what goes wrong when two customers or more are measured; None where it passes."""
    return _failing(subject, declared, case) if len(case.portfolio) > 1 else None


def fails_on_nobody(subject: Subject, declared: Declared, case: Exports) -> str | None:
    """Return what goes wrong when tables without rows are measured; None where it passes."""
    return _failing(subject, declared, case.made(of_nobody, of_nobody))


def fails_on_one(subject: Subject, declared: Declared, case: Exports) -> str | None:
    """Return what goes wrong when one customer is measured; None where it passes."""
    return _failing(subject, declared, case.made(of_one, of_one))


def differs_between_runs(subject: Subject, declared: Declared, case: Exports) -> str | None:
    """Return how two runs on the same period differ; None where it passes."""
    once, again = subject.measured(declared, case), subject.measured(declared, case)
    return _differs(declared, once, again, "measured again")


def remembers(subject: Subject, declared: Declared, case: Exports) -> str | None:
    """Return how a run on another period changes the next result; None where it passes."""
    if differs_between_runs(subject, declared, case):
        return None
    before = subject.measured(declared, case)
    for change in (of_nobody, with_twins):
        subject.measured(declared, case.made(change, change))
    after = subject.measured(declared, case)
    return _differs(declared, before, after, "after it measured other customers")


def depends_on_customers(subject: Subject, declared: Declared, case: Exports) -> str | None:
    """Return how measuring in two parts differs from measuring all; None where it passes."""
    whole = subject.once(declared, case)
    cuts = (case.made(part, part) for part in (every_other, the_rest))
    parts = [subject.once(declared, part) for part in cuts]
    if isinstance(declared, Tally):
        added: Counter[tuple[str, ...]] = Counter()
        for each in parts:
            added.update(each.tallies[declared.name])
        total = dict(whole.tallies[declared.name])
        return None if total == dict(added) else f"it counts {total}, and in parts {dict(added)}"
    found = (_differs(declared, whole, each, "measured without the others") for each in parts)
    return next((each for each in found if each), None)


def differs_in_other_order(subject: Subject, declared: Declared, case: Exports) -> str | None:
    """Return how values differ once the rows of all tables are reversed; None where it passes."""
    other = subject.once(declared, case.made(backwards, backwards))
    told = "with the rows the other way round"
    return _differs(declared, subject.once(declared, case), other, told)


def differs_under_other_ids(subject: Subject, declared: Declared, case: Exports) -> str | None:
    """Return how values differ once the customers are renamed; None where it passes."""
    turned, ids = case.made(renamed, renamed)
    other = subject.once(declared, turned)
    told = "with ids in the opposite order"
    return _differs(declared, subject.once(declared, case), other, told, ids=ids)


def differs_between_twins(subject: Subject, declared: Declared, case: Exports) -> str | None:
    """Return how values differ between customers with the same data; None where it passes."""
    if isinstance(declared, Tally):
        return None
    both = subject.once(declared, case.made(with_twins, with_twins))
    ids = {each: twin_of(each) for each in case.portfolio.ids}
    return _differs(declared, both, both, "a twin of whom the same is known", ids=ids)


def looks_ahead(subject: Subject, declared: Declared, case: Exports) -> str | None:
    """Return how values depend on what is dated after the reference date; None if they do not."""
    then = subject.once(declared, case.made(known_by_then, known_by_then))
    told = f"without what happened after {case.as_of}"
    return _differs(declared, subject.once(declared, case), then, told)


def differs_centuries_later(subject: Subject, declared: Declared, case: Exports) -> str | None:
    """Return how values differ once all dates are 400 years later; None where it passes."""
    later = subject.once(declared, case.made(centuries_later, centuries_later))
    once = subject.once(declared, case)
    if isinstance(declared, Tally):
        first, second = (sorted(each.tallies[declared.name].values()) for each in (once, later))
        return None if first == second else f"it counts {first}, and 400 years later {second}"
    return _differs(declared, once, later, "when the same happens 400 years later")


def is_known_without_data(subject: Subject, declared: Measure, case: Exports) -> str | None:
    """Return who has a known value without the data it is read from; None where it passes."""
    reads = declared.reads
    cut = case.made(("without", reads), lambda made: without_what_it_reads(made, reads))
    measures = subject.measured(declared, cut)
    values = measures[declared.name]
    known = np.flatnonzero(~np.isnan(values))
    if not len(known):
        return None
    absent = " and ".join(declared.reads) or "every table"
    first = known[0]
    return f"customer {measures.ids[first]!r} has {float(values[first])!r} where {absent} is absent"


def scales_wrongly(subject: Subject, declared: Measure, case: Exports) -> str | None:
    """Return which values are not as due once all money is multiplied; None where it passes."""
    if declared.unit not in ("money", "share"):
        return None
    once = subject.once(declared, case)
    higher = subject.once(declared, case.made(priced_higher, priced_higher))
    factor = MULTIPLE if declared.unit == "money" else 1.0
    for customer, value, other in zip(
        once.ids, once[declared.name].tolist(), higher[declared.name].tolist(), strict=True
    ):
        if not _nearly_equal(value * factor, other):
            expected = (
                f"{Writer().number(MULTIPLE)} times as much"
                if declared.unit == "money"
                else "the same"
            )
            return (
                f"customer {customer!r} has {value!r}, and {other!r} where all money is "
                f"{Writer().number(MULTIPLE)} times as much; of the unit {declared.unit!r} it must "
                f"be {expected}"
            )
    return None


def does_not_rest_on_its_basis(subject: Subject, declared: Measure, case: Exports) -> str | None:
    """Return how the basis and the values do not fit together; None where it passes."""
    measures = subject.once(declared, case)
    basis = measures.basis(declared.name)
    if basis is None:
        return (
            f"no basis, where it declares {declared.basis_unit!r}" if declared.basis_unit else None
        )
    values = measures[declared.name]
    for customer, value, behind in zip(measures.ids, values.tolist(), basis.tolist(), strict=True):
        if np.isnan(value):
            continue
        if np.isnan(behind) or behind < 0:
            return f"customer {customer!r} has {value!r} on a basis of {behind!r}"
        hits = value * behind
        if declared.is_proportion and not (0 <= value <= 1 and abs(hits - round(hits)) < 1e-6):
            return f"customer {customer!r} has {value!r} as a share of {behind!r}, which it counts"
    return None
