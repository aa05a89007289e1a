"""Measuring: a portfolio on a date becomes what is known of each customer."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import TypeVar, cast
from weakref import finalize, ref

import numpy as np
from attrs import evolve

from klantkompas._arrays import AnyArray, FloatArray, Lazy, as_objects, freeze, is_known, read_only
from klantkompas.domain.customers import CustomerKind, Stage
from klantkompas.errors import PluginError
from klantkompas.hooks import PLUGIN_EXCEPTIONS, Measure, Tally, describe, plugin_failure
from klantkompas.measures.orders import last_order
from klantkompas.portfolio import (
    MeasureColumn,
    Measures,
    Period,
    Portfolio,
    TallyCounts,
    reference_date,
)
from klantkompas.portfolio.measures import DECLARED
from klantkompas.wording.notes import DataNote

__all__ = ["measure_portfolio"]

GivenT = TypeVar("GivenT")
FoundT = TypeVar("FoundT")
LOG = logging.getLogger(__name__)
KINDS, STAGES = list(CustomerKind), list(Stage)
_declared_of = attrgetter(*DECLARED)


def _checked(measure: Measure, values: object, customers: int, what: str = "values") -> FloatArray:
    try:
        array = np.asarray(values)
    except ValueError:
        array = np.empty(0)
    if array.shape != (customers,) or array.dtype.kind not in "fiu":
        raise PluginError(
            f"{describe(measure)} must give {what} as a float for each of the {customers} "
            f"customers, NaN where unknown; it gave {array.dtype} of shape {array.shape}"
        )
    if np.count_nonzero(np.isinf(array)):
        raise PluginError(f"{describe(measure)} gave an infinite number; unknown is NaN")
    return _kept(array)


def _kept(array: AnyArray) -> FloatArray:
    """Return what a measure gave, as floats that nobody can write to."""
    if array.dtype != np.float64 or not array.flags.c_contiguous:
        return freeze(array.astype(np.float64))
    return freeze(array) if array.base is None else read_only(array)


def _counted(tally: Tally, counts: object) -> TallyCounts:
    fits = (
        isinstance(counts, Mapping)
        and all(issubclass(kind, tuple) for kind in set(map(type, counts)))
        and set(map(len, counts)) <= {len(tally.keys)}
        and all(issubclass(kind, int) for kind in set(map(type, counts.values())))
    )
    if not fits:
        raise PluginError(
            f"{describe(tally)} must give whole counts by keys of {len(tally.keys)} texts "
            f"({', '.join(tally.keys)}); it gave {type(counts).__name__}"
        )
    return cast(TallyCounts, counts)


def _computed(declared: Measure | Tally, of: Callable[[GivenT], FoundT], given: GivenT) -> FoundT:
    try:
        return of(given)
    except PluginError:
        raise
    except PLUGIN_EXCEPTIONS as cause:
        raise plugin_failure(describe(declared), cause) from cause


def _columns(
    measures: Iterable[Measure],
    of: Callable[[Measure], Callable[[GivenT], object] | None],
    given: GivenT,
    customers: int,
) -> dict[str, MeasureColumn]:
    columns = {}
    for each in measures:
        function = of(each)
        if function is None:
            continue
        found, basis = _computed(each, function, given), None
        if isinstance(found, tuple) and len(found) == 2:
            found, basis = found
        columns[each.name] = MeasureColumn(
            values=_checked(each, found, customers),
            basis=None if basis is None else _checked(each, basis, customers, "its basis"),
            **dict(zip(DECLARED, _declared_of(each), strict=True)),
        )
    return columns


def _record(period: Period) -> dict[str, AnyArray]:
    portfolio, listed = period.portfolio, period.portfolio.listed
    kinds = np.where(portfolio.is_listed, listed["kind"], KINDS.index(CustomerKind.CONSUMER))
    customer = STAGES.index(Stage.CUSTOMER)
    unnamed = np.where(portfolio.is_listed, customer, STAGES.index(Stage.PROSPECT))
    stages = np.where(listed["stage"] < 0, unnamed, listed["stage"])
    if "orders" in portfolio.tables:
        stages[np.flatnonzero(is_known(last_order(period)))] = customer
    else:
        stages[~portfolio.is_listed] = customer
    return {
        **listed,
        "kind": freeze(as_objects([*KINDS, None]).take(kinds, mode="wrap")),
        "stage": freeze(as_objects(STAGES).take(stages)),
        "opted_out": freeze(listed["opted_out"] == 1),
    }


def measure_portfolio(
    portfolio: Portfolio,
    declared: Sequence[Measure | Tally],
    as_of: date | str | None = None,
    months: int = 6,
) -> Measures:
    """Return the measures of every customer of a portfolio on a date.

    Args:
        portfolio: the portfolio.
        declared: the measures and tallies.
        as_of: the reference date; without one, the last date on which something happened.
        months: how many calendar months the period has.

    Returns:
        What is known of each customer on that date, over the period up to it.

    Raises:
        ArgumentError: nothing happened on a known date, so that `as_of` is needed.
        PluginError: a measure fails, or does not give a float for each customer.
    """
    # The day before the last one matters only where the last one is taken for the date.
    days = (portfolio.last_days() or ()) if as_of is None else (portfolio.last_day,)
    happened = np.array(days, dtype="datetime64[D]")
    day, notes = reference_date(happened, as_of)
    reference = np.datetime64(day, "D")
    period = Period(portfolio.until(reference), reference, months)
    measures = [each for each in declared if isinstance(each, Measure)]
    found = Measures(
        ids=portfolio.customer_ids,
        as_of=day,
        months=months,
        record=_record(period),
        columns=_columns(measures, attrgetter("of"), period, len(portfolio)),
        tallies={},
        score_scale=portfolio.score_scale,
        notes=_notes(portfolio, notes),
        backend=portfolio.backend,
    )
    LOG.info("measured %d customers as of %s", len(found), day)
    derived = _columns(measures, attrgetter("from_measures"), found, len(portfolio))
    return evolve(
        found,
        columns={**found.columns, **derived},
        tallies={
            each.name: _counted(each, _computed(each, each.of, period))
            for each in declared
            if isinstance(each, Tally)
        },
    )


def _notes(portfolio: Portfolio, more: tuple[DataNote, ...]) -> Lazy[tuple[DataNote, ...]]:
    """Add to a portfolio's notes, some of which are still to be found in its tables.

    For measures that outlive the portfolio they are found when it goes, so that measures never
    keep tables alive.
    """
    of_portfolio = portfolio.noted
    notes = Lazy(lambda: (*of_portfolio(), *more))
    finalize(portfolio, _found, ref(notes)).atexit = False
    return notes


def _found(notes: ref[Lazy[tuple[DataNote, ...]]]) -> None:
    if (wanted := notes()) is not None:
        wanted()
