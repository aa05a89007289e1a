"""Whether a measure takes yes-or-no answers that are not known for yes, or a share for no."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from klantkompas._arrays import FloatArray
from klantkompas.domain.fields import Content
from klantkompas.hooks import Measure
from klantkompas.testing.exports import Exports
from klantkompas.testing.subject import Subject

__all__ = ["counts_what_is_unknown", "takes_unknown_for_yes"]


def _columns(case: Exports, reads: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Find the columns of yes or no, but for those whose yes is presumed.

    A measure that names the columns of a table that it needs can do without the others.
    """
    for kind in case.kinds:
        if kind.name in case.tables:
            needs = {each for each in reads if each.startswith(f"{kind.name}.")}
            for column in case.known(kind.name):
                is_answer = column.content is Content.FLAG and not column.presumed
                if is_answer and (not needs or f"{kind.name}.{column.name}" in needs):
                    yield kind.name, column.name


def _all(case: Exports, table: str, column: str, answer: bool | None) -> Exports:
    """Set all rows of a column to one answer."""
    return case.made(
        ("all", table, column, answer),
        lambda made: made.with_rows(
            lambda name, row: [{**row, column: answer} if name == table else row]
        ),
    )


def takes_unknown_for_yes(subject: Subject, declared: Measure, case: Exports) -> str | None:
    """Return how the measure takes unknown answers for yes; None where it passes."""
    if declared.of is None:
        return None
    for table, column in _columns(case, declared.reads):
        yes, no, unknown = (
            _values(subject, declared, _all(case, table, column, answer))
            for answer in (True, False, None)
        )
        wrong = np.flatnonzero((unknown == yes) & (yes != no))
        if len(wrong):
            at = int(wrong[0])
            return (
                f"customer {case.portfolio.ids[at]!r} has {float(unknown[at])!r} where "
                f"{table}.{column} is unknown in all rows, as where it is yes in all"
            )
    return None


def _with_unknown_twins(case: Exports, table: str, column: str) -> Exports:
    """Add to each row of a table one that differs in this alone: its answer is unknown."""
    return case.made(
        ("unknown twins", table, column),
        lambda made: made.with_rows(
            lambda name, row: [row, {**row, column: None}] if name == table else [row]
        ),
    )


def counts_what_is_unknown(subject: Subject, declared: Measure, case: Exports) -> str | None:
    """Return how rows whose answer is unknown change a share of answers; None where it passes."""
    if declared.of is None or not declared.is_proportion:
        return None
    for table, column in _columns(case, declared.reads):
        if f"{table}.{column}" not in declared.reads or table != declared.basis_unit:
            continue
        once = _values(subject, declared, case)
        more = _values(subject, declared, _with_unknown_twins(case, table, column))
        wrong = np.flatnonzero(~np.isnan(once) & (once != more))
        if len(wrong):
            at = int(wrong[0])
            return (
                f"customer {case.portfolio.ids[at]!r} has {float(once[at])!r}, and "
                f"{float(more[at])!r} with more rows whose {table}.{column} is unknown"
            )
    return None


def _values(subject: Subject, declared: Measure, case: Exports) -> FloatArray:
    return subject.once(declared, case)[declared.name]
