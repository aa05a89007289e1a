"""Whom to watch: the C customers with a success factor in reach, who may be the next B's.

Each C customer has the factor that is nearest to being met, and whether it came nearer since the
last review. A customer who objects to profiling has no class, and so is not on the list.

Source: S1 step 5.

>>> from datetime import date
>>> from klantkompas.compass import Compass
>>> from klantkompas.domain.interactions import Order
>>> from klantkompas.portfolio import Portfolio
>>> orders = [Order(customer="a", on=date(2026, 1, d), amount=9.0, clear=True) for d in (5, 6, 7)]
>>> orders += [Order(customer="b", on=date(2026, 1, d), amount=5.0, clear=True) for d in (1, 2, 2)]
>>> print(watch_list(Compass(installed=False).read(Portfolio.from_records(orders))))
Watch: 1 C, the nearest to a success factor first
  b: orders regularly: at least 3 (now 2 days)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Self

import numpy as np
from attrs import frozen

from klantkompas._arrays import AnyArray, BoolArray, Codes, FloatArray, as_objects
from klantkompas._thresholds import below
from klantkompas.classification.evidence import State, evidence_of
from klantkompas.classification.judging import judge
from klantkompas.compass import Reading
from klantkompas.domain.criteria import Cutoff
from klantkompas.drawing import Pictured, WatchDisplay
from klantkompas.reviews.lists import (
    CustomerList,
    Listed,
    numbers_of,
    of_class,
    places_in,
    records_of,
)
from klantkompas.reviews.recorded import RecordedFactor, RecordedReading
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Sentence, sentence

__all__ = ["WatchList", "Watched", "watch_list"]

WATCHED = "C"
WATCH = mark("Watch: {number} C, the nearest to a success factor first")
IN_REACH = mark("{title}: {wanted} (now {found})")
NEARER = mark("{in_reach}, nearer than at the last review")
FELL = mark("{in_reach}; {label} at the last review")
NOT_NEARER = mark("{in_reach}, no nearer than at the last review")


@frozen(kw_only=True)
class Watched(Listed):
    """A C customer, and the success factor that they are nearest to meeting.

    Args:
        customer: the customer's id.
        factor: the factor's name.
        title: what the factor says of a customer.
        value: the customer's value of the measure.
        cutoff: the value that they would have to reach.
        unit: the measure's unit.
        distance: how far those two are apart, as a share of the larger; 0 at the threshold itself.
        previous_distance: that distance at the last review, 0 where it was met then; NaN where that
            is unknown.
        fell_from: the better class that they had at the last review; empty where they had none.
    """

    customer: str
    factor: str
    title: str
    value: float
    cutoff: Cutoff
    unit: str
    distance: float
    previous_distance: float = math.nan
    fell_from: str = ""

    @property
    def nearer(self) -> bool | None:
        """Whether they came nearer since the last review; None where that is unknown."""
        if math.isnan(self.previous_distance):
            return None
        return bool(below(self.distance, self.previous_distance))

    @property
    def why(self) -> Sentence:
        """The sentence with the factor, the value to reach and the customer's value."""
        in_reach = sentence(
            IN_REACH,
            title=Sentence(self.title),
            wanted=self.cutoff.of(self.unit, self.value),
            found=self.cutoff.beside(self.value, self.unit),
        )
        if self.fell_from:
            return sentence(FELL, in_reach=in_reach, label=Sentence(self.fell_from))
        if self.nearer is None:
            return in_reach
        return sentence(NEARER if self.nearer else NOT_NEARER, in_reach=in_reach)

    @classmethod
    def columns_of(cls, listed: Sequence[Self]) -> dict[str, AnyArray]:
        """Return the columns of a data frame: the id, the factor, and how near each customer is."""
        return {
            **super().columns_of(listed),
            "factor": as_objects(each.factor for each in listed),
            "comparison": as_objects(each.cutoff.comparison for each in listed),
            **numbers_of(listed, value="value"),
            "threshold": np.array([each.cutoff.value for each in listed], dtype=np.float64),
            **numbers_of(listed, distance="distance", previous_distance="previous_distance"),
        }


class WatchList(Pictured, CustomerList[Watched]):
    """The C customers nearest to meeting a success factor, the nearest first."""

    __slots__ = ()

    def display(self) -> WatchDisplay:
        """Return the picture: how far each is from the threshold of their factor."""
        return WatchDisplay.from_result(self)


def watch_list(
    current: Reading | RecordedReading, previous: Reading | RecordedReading | None = None
) -> WatchList:
    """Return the C customers, each with the success factor that is nearest to being met.

    A factor whose measure is unknown has no distance; a C customer without any distance is left
    out. Of factors that are equally near, the first by name counts.

    Args:
        current: the reading, or the record of it.
        previous: the reading of the last review; without it, it is unknown who came nearer.

    Returns:
        The list, nearest first; empty where no C customer has a factor in reach.

    Raises:
        ArgumentError: the previous reading is not earlier.

    >>> from datetime import date
    >>> from klantkompas import Compass, Order, Portfolio
    >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
    >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
    >>> len(watch_list(reading))
    0
    """
    now, then = records_of(current, previous)
    places = of_class(now, WATCHED)
    places_then = places_in(then, now.ids[places])
    factors = sorted(now.factors, key=lambda factor: factor.name)
    judged = [_distances(now, factor, places) for factor in factors]
    none_in_reach = np.full(len(places), np.inf)
    distances = np.column_stack(
        [none_in_reach, *(np.where(met | np.isnan(far), np.inf, far) for far, met in judged)]
    )
    nearest = np.argmin(distances, axis=1) - 1
    watched: list[Watched] = []
    for at, factor in enumerate(factors):
        rows = np.flatnonzero(nearest == at)
        columns = (
            now.ids[places[rows]],
            evidence_of(now.measures, factor.measure, factor.least_basis, places[rows]).values,
            distances[rows, at + 1],
            _distances_then(then, factor, places_then[rows]),
            _better_then(then, places_then[rows]),
        )
        watched += [
            Watched(
                customer=customer,
                factor=factor.name,
                title=factor.title,
                value=float(value),
                cutoff=factor.cutoff,
                unit=now.measures.column(factor.measure).unit,
                distance=float(distance),
                previous_distance=float(previous_distance),
                fell_from=fell_from,
            )
            for customer, value, distance, previous_distance, fell_from in zip(
                *columns, strict=True
            )
        ]
    watched.sort(key=lambda each: (each.distance, len(each.customer), each.customer))
    return WatchList(
        kind=Watched,
        opening=sentence(WATCH, number=len(watched)),
        listed=tuple(watched),
        backend=now.measures.backend,
    )


def _distances(
    reading: RecordedReading, factor: RecordedFactor, places: Codes
) -> tuple[FloatArray, BoolArray]:
    cutoff, states = judge(factor.declared(), reading.measures, places, factor.cutoff)
    met, unknown = states == State.MET, states >= State.MISSING
    values = evidence_of(reading.measures, factor.measure, factor.least_basis, places).values
    larger = np.maximum(np.abs(values), abs(cutoff.value))
    distance = np.abs(cutoff.value - values) / np.where(larger > 0, larger, 1)
    return np.where(unknown, np.nan, np.where(met, 0, distance)), met


def _better_then(reading: RecordedReading | None, places: Codes) -> list[str]:
    """Return the class that each had at the last review, where it was better; else empty."""
    if reading is None:
        return [""] * len(places)
    better = reading.order[: reading.order.index(WATCHED)] if WATCHED in reading.order else ()
    labels = (reading.labels[at] if at >= 0 else None for at in places.tolist())
    return [label if label in better else "" for label in labels]


def _distances_then(
    reading: RecordedReading | None, factor: RecordedFactor, places: Codes
) -> FloatArray:
    before = np.full(len(places), np.nan)
    if reading is None:
        return before
    there = places >= 0
    for each in reading.factors:
        if (each.name, each.measure) == (factor.name, factor.measure):
            before[there], _ = _distances(reading, each, places[there])
    return before
