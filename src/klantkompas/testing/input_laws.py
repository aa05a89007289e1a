"""Whether a measure or tally leaves the period that it is given as it was."""

from __future__ import annotations

from klantkompas.domain.interactions import InteractionKind
from klantkompas.hooks import PLUGIN_EXCEPTIONS, Measure, Tally
from klantkompas.portfolio import Period, Rows
from klantkompas.testing.comparing import same
from klantkompas.testing.exports import Exports
from klantkompas.testing.failures import writes_to_its_input
from klantkompas.testing.lens_laws import changes_its_input as derived_changes_its_input
from klantkompas.testing.subject import Subject

__all__ = ["changes_its_input"]


def _rows(kind: InteractionKind, rows: Rows) -> dict[str, object]:
    columns = {column.name: rows[column.name].copy() for column in kind.columns}
    return {**columns, " days": rows.days.copy()}


def _seen(period: Period) -> dict[str, object]:
    portfolio = period.portfolio
    found: dict[str, object] = {
        "the tables": list(portfolio.tables),
        "the customers": {name: column.copy() for name, column in portfolio.listed.items()},
        "the ids": portfolio.ids.copy(),
        "the reference date": period.as_of,
    }
    for kind in portfolio.kinds:
        for lines, which in ((False, ""), (True, " line by line"))[: 1 + bool(kind.groups_by)]:
            found[f"all {kind.name}{which}"] = _rows(kind, period.ever(kind.name, lines=lines))
            found[f"the {kind.name} of the period{which}"] = _rows(
                kind, period.during(kind.name, lines=lines)
            )
    return found


def changes_its_input(subject: Subject, declared: Measure | Tally, case: Exports) -> str | None:
    """Return what the measure or tally has changed in its period; None where it passes."""
    if declared.of is None:
        return derived_changes_its_input(subject, declared, case)
    period = subject.period(case)
    before = subject.recalled(("period", case), lambda: _seen(subject.period(case)))
    try:
        declared.of(period)
    except PLUGIN_EXCEPTIONS as error:  # the function is somebody else's
        return f"{type(error).__name__}: {error}" if writes_to_its_input(error) else None
    after = _seen(period)
    changed = [name for name in before if not same(before[name], after[name])]
    return f"afterwards these are others: {', '.join(changed)}" if changed else None
