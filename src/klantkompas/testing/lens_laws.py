"""What must be so of every lens, and of the signals of every trait: both read measures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from attrs import evolve

from klantkompas.errors import PluginError
from klantkompas.hooks import PLUGIN_EXCEPTIONS, Lens, Measure, Signal, Trait, plugin_failure
from klantkompas.portfolio import Measures
from klantkompas.testing.changes import of_nobody, of_one, renamed, with_twins
from klantkompas.testing.comparing import same
from klantkompas.testing.exports import Exports
from klantkompas.testing.failures import writes_to_its_input
from klantkompas.testing.subject import Subject

__all__ = [
    "answers",
    "changes_its_input",
    "differs_between_runs",
    "fails_on_nobody",
    "fails_on_one",
    "fires_on_nothing_known",
    "fires_under_other_ids",
    "remembers",
]

Reader = tuple[str, Callable[[Measures], object]]
"""What to call it in what is told, and the function that reads measures."""


def _readers(subject: Subject, declared: Lens | Trait | Measure) -> list[Reader]:
    if isinstance(declared, Measure):
        return [("it", declared.from_measures)] if declared.from_measures else []
    if isinstance(declared, Lens):
        return [("it", lambda measures: subject.looked(declared, measures))]
    return [(f"the signal {each.name!r}", _fired(each)) for each in declared.signals]


def _fired(signal: Signal) -> Callable[[Measures], object]:
    def fired(measures: Measures) -> object:
        found = np.asarray(signal.fires(measures))
        if found.shape != (len(measures),) or found.dtype.kind not in "fiub":
            raise PluginError(
                f"a signal gives a float for each of the {len(measures)} customers; it gave "
                f"{found.dtype} of shape {found.shape}"
            )
        odd = ~(np.isnan(found) | (found == 0) | (found == 1))
        if odd.any():
            raise PluginError(f"a signal gives 1, 0 or NaN; it gave {found[odd][0]}")
        return found

    return fired


def _read(reader: Reader, measures: Measures) -> Any:
    told, read = reader
    try:
        found = read(measures)
        str(found)
    except PLUGIN_EXCEPTIONS as error:
        raise plugin_failure(told, error) from error
    return found


def _failing(reader: Reader, measures: Measures | None) -> str | None:
    if measures is None:
        return None
    try:
        found = _read(reader, measures)
    except PluginError as error:
        return None if writes_to_its_input(error) else str(error)
    gives_nothing = f"{reader[0]} gives None: return the result, or Unanswered(because=...)"
    return gives_nothing if found is None else None


def _first(
    subject: Subject, declared: Lens | Trait | Measure, found: Callable[[Reader], str | None]
) -> str | None:
    return next((told for each in _readers(subject, declared) if (told := found(each))), None)


def answers(subject: Subject, declared: Lens | Trait, case: Exports) -> str | None:
    """Return what goes wrong when the lens reads two customers or more; None where it passes."""
    if len(case.portfolio) < 2:
        return None
    return _first(subject, declared, lambda each: _failing(each, subject.measures(case)))


def fails_on_nobody(subject: Subject, declared: Lens | Trait, case: Exports) -> str | None:
    """Return what goes wrong when the lens reads no customers; None where it passes."""
    measures = subject.measures(case.made(of_nobody, of_nobody))
    return _first(subject, declared, lambda each: _failing(each, measures))


def fails_on_one(subject: Subject, declared: Lens | Trait, case: Exports) -> str | None:
    """Return what goes wrong when the lens reads one customer; None where it passes."""
    measures = subject.measures(case.made(of_one, of_one))
    return _first(subject, declared, lambda each: _failing(each, measures))


def differs_between_runs(subject: Subject, declared: Lens | Trait, case: Exports) -> str | None:
    """Return how two runs on the same measures differ; None where it passes."""
    measures = subject.measures(case)
    if measures is None:
        return None

    def found(reader: Reader) -> str | None:
        once, again = _read(reader, measures), _read(reader, measures)
        return None if same(once, again) else f"{reader[0]} gives {once}, and the next time {again}"

    return _first(subject, declared, found)


def remembers(subject: Subject, declared: Lens | Trait, case: Exports) -> str | None:
    """Return how a run on other measures changes the next result; None where it passes."""
    measures = subject.measures(case)
    changes = (of_nobody, with_twins)
    others = [subject.measures(case.made(each, each)) for each in changes]
    if measures is None:
        return None

    def found(reader: Reader) -> str | None:
        before = _read(reader, measures)
        if not same(before, _read(reader, measures)):
            return None
        for other in others:
            if other is not None:
                _read(reader, other)
        if same(before, _read(reader, measures)):
            return None
        return f"{reader[0]} gives something else once it read of other customers"

    return _first(subject, declared, found)


def _seen(measures: Measures) -> tuple[object, ...]:
    return (
        {name: column.map(np.copy) for name, column in measures.columns.items()},
        {name: column.copy() for name, column in measures.record.items()},
        {name: dict(counts) for name, counts in measures.tallies.items()},
    )


def changes_its_input(
    subject: Subject, declared: Lens | Trait | Measure, case: Exports
) -> str | None:
    """Return what the lens has changed in the measures; None where it passes."""
    measures = subject.measures(case)
    if measures is None:
        return None

    def found(reader: Reader) -> str | None:
        # What it may put in or take out must not be missed by those that read after it.
        own = evolve(
            measures,
            columns=dict(measures.columns),
            record=dict(measures.record),
            tallies={name: dict(each) for name, each in measures.tallies.items()},
        )
        before = _seen(own)
        try:
            _read(reader, own)
        except PluginError as error:
            return str(error) if writes_to_its_input(error) else None
        return None if same(before, _seen(own)) else f"{reader[0]} left other measures behind"

    return _first(subject, declared, found)


def fires_on_nothing_known(subject: Subject, declared: Trait, case: Exports) -> str | None:
    """Return which signal fires on measures that are all NaN; None where it passes."""
    measures = subject.measures(case)
    if measures is None:
        return None
    unknown = np.full(len(measures), np.nan)
    nothing = evolve(
        measures,
        columns={name: each.map(lambda _: unknown) for name, each in measures.columns.items()},
        record={**measures.record, "opted_out": np.zeros(len(measures), dtype=np.bool_)},
    )

    def found(reader: Reader) -> str | None:
        fired = np.asarray(_read(reader, nothing))
        known = np.flatnonzero(~np.isnan(fired))
        if not len(known):
            return None
        return f"{reader[0]} gives {fired[known[0]]} where no measure is known"

    return _first(subject, declared, found)


def fires_under_other_ids(subject: Subject, declared: Trait, case: Exports) -> str | None:
    """Return how the signals differ once the customers are renamed; None where it passes."""
    turned, _ = case.made(renamed, renamed)
    one, other = subject.measures(case), subject.measures(turned)
    if one is None or other is None:
        return None

    def found(reader: Reader) -> str | None:
        if same(_read(reader, one), _read(reader, other)[::-1]):
            return None
        return f"{reader[0]} gives something else when the customers have ids in the opposite order"

    return _first(subject, declared, found)
