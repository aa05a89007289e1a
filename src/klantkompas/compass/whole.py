"""What can only be said of all customers together, after parts were measured apart."""

from __future__ import annotations

import numpy as np
from attrs import evolve

from klantkompas._arrays import Lazy, freeze
from klantkompas.measures.orders import ORDERED, SEVERAL_AT_ONCE
from klantkompas.portfolio import Measures
from klantkompas.portfolio.months import months_before
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

__all__ = ["as_a_whole"]

FEWEST, SHARE = 10, 0.1
"""How many customers, and which share of those who ordered, have several rows at one moment before
rows are taken for lines of an order (decided)."""
LINES = mark(
    "{count}, of {detail} who ordered, have several order rows at one moment, and no column is "
    "named as reference: these may be lines of one order, and classes depend on that"
)
LINES_BY = mark(
    "{count}, of {detail} who ordered, have several order rows at one moment, and no column is "
    "named as reference: these may be lines of one order, and classes depend on that; the column "
    "{column} looks like the order's number"
)
PERIODS = 12, 18, 24
"""The periods in months that are proposed where the one in use is too short (decided)."""
SHORT_PERIOD = mark(
    "customers mostly order less than three times a period, as far as the {count} who ordered on "
    "two days or more show: a period of {detail} months fits them better"
)


def as_a_whole(measures: Measures) -> Measures:
    """Return the measures of all customers, after parts of them were measured and joined.

    A measure whose `unknown_without` tally counted nothing in any part becomes NaN for everyone,
    and a note says what the tallies show about the data.

    Args:
        measures: the measures of all customers.

    Returns:
        The measures, with such columns replaced and notes added.
    """
    unknown = [
        name
        for name, column in measures.columns.items()
        if measures.tallies.get(column.unknown_without, True) == {}
    ]
    more = (*_order_lines(measures), *_period_that_fits(measures))
    nothing = freeze(np.full(len(measures), np.nan))
    if unknown:
        unknown_columns = {n: measures.columns[n].map(lambda _: nothing) for n in unknown}
        measures = evolve(measures, columns={**measures.columns, **unknown_columns})
    if not more:
        return measures
    given = measures
    return evolve(given, notes=Lazy(lambda: tuple(dict.fromkeys((*given.notes, *more)))))


def _order_lines(measures: Measures) -> tuple[DataNote, ...]:
    """Note that order rows may be lines of one order."""
    counts = measures.tallies.get("order_lines", {})
    ordered = sum(count for (what, _), count in counts.items() if what == ORDERED)
    several = sum(count for (what, _), count in counts.items() if what == SEVERAL_AT_ONCE)
    if several < FEWEST or several < SHARE * ordered:
        return ()
    heading = next((heading for _, heading in counts if heading), "")
    message = LINES_BY if heading else LINES
    note = DataNote(message, "orders", several, heading, str(ordered), unit="customers")
    return (note,)


def _period_that_fits(measures: Measures) -> tuple[DataNote, ...]:
    """Note that customers order too rarely for the period, and which one would hold their rhythm.

    Where a third of none of the periods holds it, that is the longest.
    """
    counts = measures.tallies.get("order_gaps", {})
    if not counts:
        return ()
    gaps = {float(gap): count for (gap,), count in counts.items()}
    median = float(np.median(np.repeat([*gaps], [*gaps.values()])))
    day = np.datetime64(measures.as_of, "D")

    def is_too_short(months: int) -> bool:
        days = (day - months_before(day, months)).astype(np.int64)
        return bool(3 * median > days)

    if not is_too_short(measures.months):
        return ()
    fitting = next((each for each in PERIODS if not is_too_short(each)), PERIODS[-1])
    if fitting <= measures.months:
        return ()
    return (DataNote(SHORT_PERIOD, "orders", sum(gaps.values()), detail=fitting, unit="customers"),)
