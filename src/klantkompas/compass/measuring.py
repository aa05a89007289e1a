"""Measuring: a portfolio on a date becomes what is known of each customer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any, cast

import numpy as np
from attrs import evolve

from klantkompas._arrays import AnyArray, FloatArray, Lazy, as_objects, freeze, is_known
from klantkompas.domain.customers import CustomerKind, Stage
from klantkompas.errors import ArgumentError, PluginError
from klantkompas.hooks import PLUGIN_EXCEPTIONS, Measure, Tally, describe, plugin_failure
from klantkompas.measures.orders import last_order
from klantkompas.portfolio import Measures, Period, Portfolio, TallyCounts
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

__all__ = ["measure_portfolio"]

LATE_LAST_DATE = mark("the last date is {detail}, {count} days after the one before: is it right?")
KINDS, STAGES = list(CustomerKind), list(Stage)
LONGEST_GAP = np.timedelta64(31, "D")


def _reference_date(portfolio: Portfolio, as_of: Any) -> tuple[date, list[DataNote]]:
    if as_of is not None:
        if not isinstance(as_of, date) or as_of != as_of:
            raise ArgumentError(f"as_of is a date, such as date(2026, 6, 30), not {as_of!r}")
        return (as_of.date() if isinstance(as_of, datetime) else as_of), []
    found = portfolio.last_days()
    if found is None:
        raise ArgumentError(
            "nothing in this portfolio has happened on a known date",
            remedy="Give as_of, such as date(2026, 6, 30)",
            command="Give --as-of, such as --as-of 2026-06-30",
        )
    last, before = found
    notes = []
    if last - before > LONGEST_GAP:
        days = int((last - before).astype(np.int64))
        notes.append(DataNote(LATE_LAST_DATE, count=days, detail=str(last)))
    return date.fromisoformat(str(last)), notes


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
    if np.isinf(array).any():
        raise PluginError(f"{describe(measure)} gave an infinite number; unknown is NaN")
    return freeze(array.astype(np.float64))


def _counted(tally: Tally, counts: object) -> TallyCounts:
    fits = isinstance(counts, Mapping) and all(
        isinstance(key, tuple) and len(key) == len(tally.keys) and isinstance(count, int)
        for key, count in counts.items()
    )
    if not fits:
        raise PluginError(
            f"{describe(tally)} must give whole counts by keys of {len(tally.keys)} texts "
            f"({', '.join(tally.keys)}); it gave {type(counts).__name__}"
        )
    return cast(TallyCounts, counts)


def _computed(declared: Measure | Tally, of: Callable[[Any], Any], given: object) -> Any:
    try:
        return of(given)
    except PluginError:
        raise
    except PLUGIN_EXCEPTIONS as cause:
        raise plugin_failure(describe(declared), cause) from cause


def _measured(
    measures: Iterable[Measure],
    of: Callable[[Measure], Callable[[Any], Any] | None],
    given: object,
    customers: int,
) -> tuple[dict[str, FloatArray], dict[str, FloatArray]]:
    values, bases = {}, {}
    for each in measures:
        function = of(each)
        if function is None:
            continue
        found = _computed(each, function, given)
        if isinstance(found, tuple) and len(found) == 2:
            found, basis = found
            bases[each.name] = _checked(each, basis, customers, "its basis")
        values[each.name] = _checked(each, found, customers)
    return values, bases


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
    as_of: date | None = None,
    months: int = 6,
) -> Measures:
    """Measure every customer of a portfolio.

    Args:
        portfolio: the portfolio.
        declared: the measures and tallies.
        as_of: the reference date; without one, the last date on which something happened.
        months: how many calendar months the period has.

    Returns:
        What is known of each customer on that date.

    Raises:
        ArgumentError: nothing happened on a known date, so that `as_of` is needed.
        PluginError: a measure fails, or does not give a float for each customer.
    """
    day, notes = _reference_date(portfolio, as_of)
    noted = portfolio.noted
    reference = np.datetime64(day, "D")
    period = Period(portfolio.until(reference), reference, months)
    measures = [each for each in declared if isinstance(each, Measure)]
    values, bases = _measured(measures, attrgetter("of"), period, len(portfolio))
    found = Measures(
        ids=portfolio.customer_ids,
        as_of=day,
        months=months,
        record=_record(period),
        values=values,
        bases=bases,
        units={each.name: each.unit for each in measures},
        basis_units={each.name: each.basis for each in measures if each.basis},
        tallies={},
        counted=frozenset(each.name for each in measures if each.counts),
        reads={each.name: each.reads for each in measures if each.reads},
        score_scale=portfolio.score_scale,
        notes=Lazy(lambda: (*noted(), *notes)),
    )
    derived, derived_bases = _measured(measures, attrgetter("from_measures"), found, len(portfolio))
    return evolve(
        found,
        values=values | derived,
        bases=bases | derived_bases,
        tallies={
            each.name: _counted(each, _computed(each, each.of, period))
            for each in declared
            if isinstance(each, Tally)
        },
    )
