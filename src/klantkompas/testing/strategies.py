"""Hypothesis strategies for everything that klantkompas takes, the awkward cases included.

One customer and none; ids that are numbers as text; one day for all, month ends and leap days;
credit notes and sums that are not decimals; missing tables and columns, and columns in which all is
unknown; time zones; texts of emoji and of invisible characters.

>>> from hypothesis import find
>>> find(orders(), lambda order: order.amount < 0).amount < 0
True
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, tzinfo
from functools import partial
from typing import TypeVar, cast

import numpy as np
from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from klantkompas._arrays import freeze
from klantkompas.classification.evidence import State
from klantkompas.classification.scorecard import Scorecard, count_factors
from klantkompas.compass import Compass
from klantkompas.domain.customers import Customer
from klantkompas.domain.fields import Column, Role, columns_of
from klantkompas.domain.interactions import (
    BUILT_IN_KINDS,
    Complaint,
    Contact,
    Departure,
    InteractionKind,
    Invoice,
    Order,
    Response,
)
from klantkompas.portfolio import Measures, Portfolio
from klantkompas.testing.awkward import (
    AS_OF,
    CLOCKS,
    IDS,
    ZONES,
    days_around,
    values_of,
)
from klantkompas.testing.exports import Exports, Row
from klantkompas.testing.row_strategies import USUALLY, flags, one_among, rows_drawn

__all__ = [
    "complaints",
    "contacts",
    "customers",
    "departures",
    "exports",
    "interactions",
    "invoices",
    "measures",
    "orders",
    "portfolios",
    "records",
    "responses",
    "scorecards",
    "scores",
]

RecordT = TypeVar("RecordT")
Ids = SearchStrategy[str] | None
Moments = SearchStrategy[date] | None


def records(
    record: Callable[..., RecordT],
    *,
    ids: Ids = None,
    moments: Moments = None,
    score_scale: tuple[int, int] = (0, 10),
    **fields: SearchStrategy[object],
) -> SearchStrategy[RecordT]:
    """Return a strategy for records of a class, from what its fields declare; a plugin's kind too.

    Args:
        record: an attrs class whose fields are made as those of `klantkompas.domain.fields`.
        ids: a strategy for the customers' ids; None: the built-in one.
        moments: a strategy for the dates of the interactions; None: the built-in one.
        score_scale: the lowest and highest score of the survey.
        **fields: by field, a strategy that replaces the one made from its declaration.

    Returns:
        A strategy for such records.
    """
    columns = columns_of(cast(type, record))
    given: dict[str, SearchStrategy[object]] = {
        column.name: st.sampled_from(values_of(column, score_scale=score_scale))
        for column in columns
    }
    for column in columns:
        if ids is not None and column.name in ("customer", "id"):
            given[column.name] = ids
        if moments is not None and column.role is Role.EVENT:
            given[column.name] = moments if column.required else st.one_of(moments, st.none())
    return st.builds(record, **(given | fields))


def customers(*, ids: Ids = None) -> SearchStrategy[Customer]:
    """Return a strategy for customers' own records.

    Args:
        ids: a strategy for customers' ids; without it, ids that are hard to keep apart.
    """
    return records(Customer, ids=ids)


def orders(*, ids: Ids = None, moments: Moments = None) -> SearchStrategy[Order]:
    """Return a strategy for orders, lines of one, and credit notes.

    Args:
        ids: a strategy for customers' ids; without it, ids that are hard to keep apart.
        moments: a strategy for dates and moments; without it, those on every edge.
    """
    return records(Order, ids=ids, moments=moments)


def invoices(*, ids: Ids = None, moments: Moments = None) -> SearchStrategy[Invoice]:
    """Return a strategy for invoices: paid in time, on the day, late, or not yet.

    Args:
        ids: a strategy for customers' ids; without it, ids that are hard to keep apart.
        moments: a strategy for dates and moments; without it, those on every edge.
    """
    return records(Invoice, ids=ids, moments=moments)


def complaints(*, ids: Ids = None, moments: Moments = None) -> SearchStrategy[Complaint]:
    """Return a strategy for complaints, with any of the steps of recovery taken.

    Args:
        ids: a strategy for customers' ids; without it, ids that are hard to keep apart.
        moments: a strategy for dates and moments; without it, those on every edge.
    """
    return records(Complaint, ids=ids, moments=moments)


def contacts(*, ids: Ids = None, moments: Moments = None) -> SearchStrategy[Contact]:
    """Return a strategy for contacts, with texts that are hard to read.

    Args:
        ids: a strategy for customers' ids; without it, ids that are hard to keep apart.
        moments: a strategy for dates and moments; without it, those on every edge.
    """
    return records(Contact, ids=ids, moments=moments)


def responses(
    *, ids: Ids = None, moments: Moments = None, score_scale: tuple[int, int] = (0, 10)
) -> SearchStrategy[Response]:
    """Return a strategy for survey answers, some without a customer or a score.

    Args:
        ids: a strategy for customers' ids; without it, ids that are hard to keep apart.
        moments: a strategy for dates and moments; without it, those on every edge.
        score_scale: the lowest and the highest score.
    """
    return records(Response, ids=ids, moments=moments, score_scale=score_scale)


def departures(*, ids: Ids = None, moments: Moments = None) -> SearchStrategy[Departure]:
    """Return a strategy for departures.

    Args:
        ids: a strategy for customers' ids; without it, ids that are hard to keep apart.
        moments: a strategy for dates and moments; without it, those on every edge.
    """
    return records(Departure, ids=ids, moments=moments)


def interactions(
    *,
    kinds: Sequence[InteractionKind] = BUILT_IN_KINDS,
    ids: Ids = None,
    moments: Moments = None,
) -> SearchStrategy[object]:
    """Return a strategy for interactions of any of some kinds.

    Args:
        kinds: the kinds, those of plugins too.
        ids: a strategy for the customers' ids; None: the built-in one.
        moments: a strategy for the dates of the interactions; None: the built-in one.

    Returns:
        A strategy for records of these kinds.
    """
    return st.one_of([records(kind.record, ids=ids, moments=moments) for kind in kinds])


def scores(*, scale: tuple[int, int] = (0, 10)) -> SearchStrategy[list[int | None]]:
    """Return a strategy for the scores of a survey; None where the question was left open.

    Args:
        scale: the lowest and highest score.

    Returns:
        A strategy for lists of scores, the empty one too.
    """
    return st.lists(st.one_of(st.integers(*scale), st.integers(*scale), st.none()))


def _held(
    column: Column, row: Row, unknown: str | None, when: Callable[[date | None], date | None]
) -> object:
    """Return what a row holds in a column, with the moments of events at other times."""
    if column.name == unknown:
        return None
    return when(row[column.name]) if column.role is Role.EVENT else row[column.name]


_When = Callable[[int, date | None], date | None]
"""The moment of an event in the row at a position, in place of the one that was drawn."""


def _on(day: date) -> _When:
    return lambda at, moment: day if moment else None


def _as_it_is(at: int, moment: date | None) -> date | None:
    return moment


def _at_clock_times(zone: tzinfo | None) -> _When:
    def combined(at: int, moment: date | None) -> date | None:
        clock = CLOCKS[at % len(CLOCKS)]
        return datetime.combine(moment, clock, zone) if moment else None

    return combined


@st.composite
def exports(
    draw: st.DrawFn,
    *,
    kinds: Sequence[InteractionKind] = BUILT_IN_KINDS,
    least: int = 0,
    most: int = 5,
    whole: bool = False,
) -> Exports:
    """Return a strategy for the tables of a business, row by row, with a reference date.

    Args:
        draw: given by hypothesis.
        kinds: the kinds of interaction.
        least: how many customers there are at least.
        most: how many there are at most, of up to ten.
        whole: whether every table is there, with all its columns; by default some are missing.

    Returns:
        The tables.
    """
    scale = draw(one_among([(0, 10), (0, 10), (1, 10)]))
    as_of, zone = draw(one_among(AS_OF)), draw(one_among(ZONES))
    near = days_around(as_of)
    ids = st.lists(one_among(IDS), min_size=least, max_size=most, unique=True)
    whose = draw(ids)

    tables: dict[str, tuple[Row, ...]] = {}
    columns: dict[str, tuple[str, ...]] = {}

    def drawn(known: Sequence[Column], fewest: int, most: int) -> list[Row]:
        values = {
            each.name: values_of(each, customers=whose, moments=near, days=near, score_scale=scale)
            for each in known
        }
        return rows_drawn(draw, values, fewest, most)

    for kind in kinds:
        if whole or draw(USUALLY):
            tables[kind.name] = tuple(drawn(kind.columns, 0, 2 * len(whose)))
    occurring = {row.get("customer") for each in tables.values() for row in each} - {None}
    if len(occurring) < least or draw(st.booleans()):
        own = drawn(columns_of(Customer), len(whose), len(whose))
        tables["customers"] = tuple(
            {**row, "id": each} for each, row in zip(whose, own, strict=True)
        )
    # What is missing is decided last: so leaving out a row does not change what the others hold.
    for name, rows in [*tables.items()]:
        known = {kind.name: kind.columns for kind in kinds}.get(name, columns_of(Customer))
        which = -1 if whole else draw(flags(len(known)))
        kept = [each for at, each in enumerate(known) if each.required or which >> at & 1]
        optional = [each.name for each in kept if not each.required]
        unknown = draw(one_among([None, None, None, *optional]))
        when = draw(one_among([_on(as_of), _as_it_is, _at_clock_times(zone)]))
        columns[name] = tuple(each.name for each in kept)
        tables[name] = tuple(
            {each.name: _held(each, row, unknown, partial(when, at)) for each in kept}
            for at, row in enumerate(rows)
        )
    return Exports(
        tables=tables, columns=columns, as_of=as_of, kinds=tuple(kinds), score_scale=scale
    )


def portfolios(
    *,
    kinds: Sequence[InteractionKind] = BUILT_IN_KINDS,
    least: int = 0,
    most: int = 5,
    whole: bool = False,
) -> SearchStrategy[Portfolio]:
    """Return a strategy for portfolios: empty, of one customer, with tables and columns missing.

    Args:
        kinds: the kinds of interaction, those of plugins too.
        least: how many customers there are at least.
        most: how many there are at most, of up to ten.
        whole: whether every table is there, with all its columns; by default some are missing.

    Returns:
        A strategy for portfolios.
    """
    return exports(kinds=kinds, least=least, most=most, whole=whole).map(lambda e: e.portfolio)


def _built_in(compass: Compass | None) -> Compass:
    return Compass(installed=False) if compass is None else compass


def measures(
    *, compass: Compass | None = None, least: int = 0, most: int = 5, whole: bool = False
) -> SearchStrategy[Measures]:
    """Return a strategy for the measures of portfolios.

    Args:
        compass: the compass that measures; None: one with the built-in measures.
        least: how many customers there are at least.
        most: how many there are at most.
        whole: whether every table is there, with all its columns; by default some are missing.

    Returns:
        A strategy for measures.
    """
    used = _built_in(compass)
    found = exports(kinds=used.kinds, least=least, most=most, whole=whole)
    return found.map(lambda each: used.measure(each.portfolio, each.as_of))


@st.composite
def scorecards(
    draw: st.DrawFn, *, compass: Compass | None = None, least: int = 0, most: int = 5
) -> Scorecard:
    """Return a strategy for score cards, with any customer meeting any of the factors.

    Args:
        draw: given by hypothesis.
        compass: the compass whose factors are on the card; None: the built-in ones.
        least: how many customers the portfolio has at least; those that are active have a row.
        most: how many it has at most.

    Returns:
        The score card.
    """
    used = _built_in(compass)
    card = count_factors(
        draw(measures(compass=used, least=least, most=most)), used.declarations.factors
    )
    whole, size = st.sampled_from(list(State)), card.states.size
    states = draw(st.lists(whole, min_size=size, max_size=size))
    listed = draw(st.lists(st.booleans(), min_size=len(card), max_size=len(card)))
    return evolve(
        card,
        states=freeze(np.array(states, dtype=np.int8).reshape(card.states.shape)),
        shortlisted=freeze(np.array(listed, dtype=np.bool_)),
    )
