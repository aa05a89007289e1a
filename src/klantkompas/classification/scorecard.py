"""The score card: which success factors each active customer meets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from attrs import frozen

from klantkompas._arrays import (
    AnyArray,
    BoolArray,
    Codes,
    FloatArray,
    ObjectArray,
    as_objects,
    descending,
    freeze,
)
from klantkompas._checked import checked_instance, checked_instances
from klantkompas._nearest import nearest
from klantkompas.classification.evidence import Evidence, State, States, evidence_of
from klantkompas.classification.judging import judge
from klantkompas.classification.shortlist_cutoff import ShortlistCutoff
from klantkompas.classification.still_open import still_open_of
from klantkompas.classification.why import FactorState, Look, probability_of_passing
from klantkompas.domain.criteria import Cutoff
from klantkompas.drawing import FactorsDisplay, Pictured
from klantkompas.errors import ArgumentError
from klantkompas.hooks import SuccessFactor
from klantkompas.hooks.factors import LEAST_BASIS
from klantkompas.portfolio import Measures, months_before
from klantkompas.results import Result
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote, in_words
from klantkompas.wording.sentence import Quantity, Sentence, indented, sentence

__all__ = ["Scorecard", "count_factors"]

ALL = slice(None)

CARD = mark("Score card of {customers}")
MEETING = mark("{title}: {met} met, {not_met} not met, {unknown} unknown ({cutoff})")
NOT_MEASURED = mark("{title}: not measured")
TAKES = mark("{title}: not measured; it takes {reads}")
LISTED_BUT_IDLE = mark("{count} on the shortlist without a class, as not active")


@frozen(eq=False, kw_only=True, repr=False)
class Scorecard(Pictured, Result):
    """Which factors each active customer meets, how many, and which are unknown.

    Args:
        measures: the measures that the card was computed from.
        places: the positions of the active customers in the measures.
        declared: the success factors.
        cutoffs: for each factor, the value to reach by its criterion.
        states: the `State` of each customer (row) on each factor (column).
        shortlisted: whether each customer is on the shortlist.
        listed_by_people: whether people supplied the shortlist.
        notes: what was odd about a supplied shortlist.

    >>> from datetime import date, timedelta
    >>> from klantkompas import Compass, Order, Portfolio
    >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
    >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
    >>> card = reading.scorecard
    >>> card.met[0, card.factors.index("orders_regularly")].item(), card.count.tolist()
    (True, [2])
    """

    measures: Measures
    places: Codes
    declared: tuple[SuccessFactor, ...]
    cutoffs: tuple[Cutoff, ...]
    states: States
    shortlisted: BoolArray
    listed_by_people: bool = False
    notes: tuple[DataNote, ...] = ()

    def display(self) -> FactorsDisplay:
        """Return the picture: who meets which factor; that of the classes has a column for each."""
        return FactorsDisplay.from_result(self)

    @cached_property
    def met(self) -> BoolArray:
        """Whether each customer (row) meets each factor (column)."""
        return freeze(self.states == State.MET)

    @cached_property
    def unknown(self) -> BoolArray:
        """Whether it is unknown if each customer meets each factor; unknown counts as not met."""
        return freeze(self.states >= State.MISSING)

    @cached_property
    def unsettled(self) -> BoolArray:
        """Whether it is unknown for a factor that is measured: the class may depend on it."""
        return freeze((self.states == State.MISSING) | (self.states == State.TOO_LITTLE))

    @cached_property
    def measured(self) -> BoolArray:
        """Whether each factor is measured: not missing for every active customer."""
        return freeze(~(self.states == State.NOT_MEASURED).any(axis=0))

    @cached_property
    def ids(self) -> ObjectArray:
        """The ids of the active customers, in id order."""
        ids: ObjectArray = self.measures.ids[self.places]
        return freeze(ids)

    @cached_property
    def shortlist_cutoff(self) -> ShortlistCutoff | None:
        """The last customer on a computed shortlist; None for one that people supplied."""
        if self.listed_by_people or not self.shortlisted.any():
            return None
        last = _best_first(self.count, self["revenue"], self.shortlisted)[-1]
        return ShortlistCutoff(
            int(self.count[last]), float(self["revenue"][last]), str(self.ids[last])
        )

    @property
    def factors(self) -> tuple[str, ...]:
        """The names of the factors, in the order of the columns."""
        return tuple(factor.name for factor in self.declared)

    @cached_property
    def count(self) -> Codes:
        """How many factors each customer meets."""
        return freeze(self.met.sum(axis=1, dtype=np.intp))

    def __len__(self) -> int:
        """Count the active customers."""
        return len(self.places)

    def __getitem__(self, measure: str) -> FloatArray:
        """Return a measure of the active customers."""
        return self.measures[measure][self.places]

    def basis(self, measure: str) -> FloatArray | None:
        """Return the basis of a measure of the active customers; None for one without.

        Args:
            measure: the measure's name.
        """
        basis = self.measures.basis(measure)
        return None if basis is None else basis[self.places]

    def least_basis(self, measure: str) -> float:
        """Return on how much a measure must rest to count, by the factor that judges it.

        Args:
            measure: the measure's name; of one that no factor judges it is 3 (decided).
        """
        judging = (each for each in self.declared if each.measure_name == measure)
        return next((each.least_basis for each in judging), LEAST_BASIS)

    def probability(self, factor: str) -> FloatArray:
        """Return how probable it is that each customer's true share meets a factor's criterion.

        Only what counts hits among a number of orders or invoices tells: the posterior is Beta with
        hits + 1/2 and misses + 1/2 (Jeffreys' prior).

        Args:
            factor: the factor's name.

        Returns:
            A probability for each active customer; NaN where nothing was counted.

        Raises:
            ArgumentError: there is no such factor.
        """
        if factor not in self.factors:
            raise ArgumentError(f"no factor is called {factor!r}. {nearest(factor, self.factors)}")
        column = self.factors.index(factor)
        name = self.declared[column].measure_name
        seen = self.evidence(column)
        if seen.basis is None or not self.measures.column(name).is_proportion:
            return np.full(len(self), np.nan)
        return probability_of_passing(seen.values, seen.basis, self.cutoffs[column])

    def evidence(self, column: int, rows: Codes | slice = ALL) -> Evidence:
        """Return what a factor judges the active customers by.

        Args:
            column: the factor's column.
            rows: some of them only.
        """
        factor = self.declared[column]
        return evidence_of(
            self.measures, factor.measure_name, factor.least_basis, self.places[rows]
        )

    def state(self, row: int, column: int) -> FactorState:
        """Return how one customer stands on one factor.

        Args:
            row: the customer's row.
            column: the factor's column.
        """
        factor = self.declared[column]
        column_of = self.measures.column(factor.measure_name)
        seen = self.evidence(column, np.array([row]))

        def one(values: FloatArray | None) -> float | None:
            return None if values is None else float(values[0])

        return FactorState(
            factor=factor.name,
            title=factor.title,
            measure=factor.measure_name,
            state=State(self.states[row, column]).words,
            value=float(seen.values[0]),
            unit=column_of.unit,
            cutoff=self.cutoffs[column],
            criterion=factor.criterion,
            basis=one(seen.basis),
            basis_unit=column_of.basis_unit,
            rests_on=one(seen.count),
            rests_on_unit=seen.count_unit,
            could=one(seen.could),
            least_basis=factor.least_basis,
            look=self._look(seen) if seen.longer[0] else None,
            months=self.measures.months,
            still_open=self.still_open(row, column),
            is_proportion=column_of.is_proportion,
            plugin=factor.added_by,
        )

    def still_open(self, row: int, column: int) -> Sentence | None:
        """Return what is open from before, of a customer who meets a factor that does not judge it.

        Args:
            row: the customer's row.
            column: the factor's column.

        Returns:
            The sentence; None where nothing is open, or that is unknown.
        """
        if not self.met[row, column]:
            return None
        return still_open_of(self.declared[column], self.measures, int(self.places[row]))

    @cached_property
    def _first_order(self) -> date | None:
        """The day of the first order of all; None where nobody ordered."""
        days = self.measures.columns.get("days_since_first_order")
        ever = np.nan if days is None else np.nanmax(days.values, initial=-np.inf)
        return self.measures.as_of - timedelta(int(ever)) if np.isfinite(ever) else None

    def _look(self, seen: Evidence) -> Look:
        """Return how far back a longer look goes: the export may begin later."""
        as_of, first = np.datetime64(self.measures.as_of, "D"), self._first_order
        start = date.fromisoformat(str(months_before(as_of, seen.months) + 1))
        return Look(months=seen.months, since=first if first and first > start else None)

    def columns(self) -> dict[str, AnyArray]:
        """Return the columns of `to_frame`: a row for each factor, with how many meet it."""
        met, unknown = self.met.sum(axis=0), self.unknown.sum(axis=0)
        return {
            "factor": as_objects(self.factors),
            "title": as_objects(each.title for each in self.declared),
            "measure": as_objects(each.measure_name for each in self.declared),
            "cutoff": as_objects(map(str, self.cutoffs)),
            "met": met.astype(np.int64),
            "not_met": (len(self) - met - unknown).astype(np.int64),
            "unknown": unknown.astype(np.int64),
            "plugin": as_objects(each.added_by or None for each in self.declared),
        }

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """How many meet each factor."""
        head = sentence(CARD, customers=Quantity(len(self), "active customers"))
        return (head, *indented(map(self._counted, range(len(self.declared)))))

    def _counted(self, at: int) -> Sentence:
        """Return how many meet a factor."""
        factor, title = self.declared[at], Sentence(self.declared[at].title)
        if not self.measured[at]:
            reads = self.measures.column(factor.measure_name).reads
            return sentence(TAKES if reads else NOT_MEASURED, title=title, reads=in_words(reads))
        met, unknown = int(self.met[:, at].sum()), int(self.unknown[:, at].sum())
        return sentence(
            MEETING,
            title=title,
            met=met,
            not_met=len(self) - met - unknown,
            unknown=unknown,
            cutoff=self.cutoffs[at].of(self.measures.column(factor.measure_name).unit),
        )


def _all_factors(
    measures: Measures, factors: Sequence[SuccessFactor], places: Codes
) -> tuple[list[Cutoff], States]:
    # Each column in one piece of memory, as factors are judged one by one.
    states = np.empty((len(places), len(factors)), dtype=np.int8, order="F")
    cutoffs = list[Cutoff]()
    for column, factor in enumerate(factors):
        cutoff, states[:, column] = judge(factor, measures, places)
        cutoffs.append(cutoff)
        if (states[:, column] >= State.MISSING).all():
            seen = evidence_of(measures, factor.measure_name, factor.least_basis, places)
            if np.isnan(seen.values).all():
                states[:, column] = State.NOT_MEASURED
    return cutoffs, states


def _handed_in(shortlist: Sequence[str], ids: ObjectArray, measures: Measures) -> BoolArray:
    for each in shortlist:
        measures.place(each)
    return np.isin(ids, [str(each) for each in shortlist])


def _best_first(count: Codes, revenue: FloatArray, among: BoolArray) -> Codes:
    best = np.lexsort((np.arange(len(count)), -revenue, -count))
    ordered: Codes = best[among[best]]
    return ordered


def _best_fifth(count: Codes, revenue: FloatArray, may_hold: BoolArray) -> BoolArray:
    if not len(count):
        return np.zeros(0, dtype=np.bool_)
    places = max(1, round(len(count) / 5))
    # Only who meets as many factors as the last on the list has to be put in order of revenue.
    that_many = np.cumsum(np.bincount(count[may_hold])[::-1])[::-1]
    least = int(np.flatnonzero(that_many >= places)[-1]) if may_hold.sum() >= places else 0
    chosen = may_hold & (count > least)
    rest = np.flatnonzero(may_hold & (count == least))
    best = descending(revenue[rest])
    chosen[rest[best[: places - np.count_nonzero(chosen)]]] = True
    return chosen


def count_factors(
    measures: Measures,
    factors: Sequence[SuccessFactor],
    shortlist: Sequence[str] | None = None,
) -> Scorecard:
    """Count the success factors of the active customers, and draw up the shortlist.

    The shortlist is the fifth that fits best: by factors met, then revenue, then id; a customer
    that objects to profiling holds no place (decided). Internal customers are
    left out. A factor of which nothing is known of anybody is not measured (decided): it takes no
    part in counts and ranges.

    Args:
        measures: what is known of each customer.
        factors: the success factors.
        shortlist: ids that people chose instead.

    Returns:
        The score card.

    Raises:
        ArgumentError: a factor's measure is not there, an id is not known, or an argument is
            something else.
    """
    checked_instance(measures, Measures, "measures is Measures, such as compass.measure(...)")
    factors = checked_instances(factors, SuccessFactor, "factors is a list of SuccessFactor(...)")
    places = measures.active_places
    cutoffs, states = _all_factors(measures, factors, places)
    opted_out, idle = measures.opted_out[places], 0
    if isinstance(shortlist, str):
        raise ArgumentError("shortlist is a list of ids, not a string")
    if shortlist is None:
        count = (states == State.MET).sum(axis=1, dtype=np.intp)
        shortlisted = _best_fifth(count, measures["revenue"][places], ~opted_out)
    else:
        listed = _handed_in(shortlist, measures.ids[places], measures)
        shortlisted, idle = listed & ~opted_out, len(shortlist) - int(listed.sum())
    return Scorecard(
        measures=measures,
        places=freeze(places),
        declared=tuple(factors),
        cutoffs=tuple(cutoffs),
        states=freeze(states),
        shortlisted=freeze(shortlisted),
        listed_by_people=shortlist is not None,
        notes=(DataNote(LISTED_BUT_IDLE, count=idle, unit="customers"),) if idle else (),
    )
