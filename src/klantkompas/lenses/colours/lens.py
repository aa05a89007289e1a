"""How does each customer like to be treated: are they green, red, yellow or blue?

Idea: two axes make four colours: introvert or extravert, emotional or rational. What staff judged
counts; otherwise cues in the customer's messages and channels move them along the axes: the more
firings, the further. Where the evidence is too little, they get no colour. A colour is a
hypothesis, with its evidence, to check with the customer. Source: S3. The weighing and the least
position are decided.

>>> from datetime import date
>>> from klantkompas.compass import Compass
>>> from klantkompas.domain.interactions import Contact
>>> from klantkompas.portfolio import Portfolio
>>> text = "Hello, I wrote to you last week. WHERE IS MY NEW TABLE? I would like an answer."
>>> contact = Contact(customer="17", on=date(2026, 6, 1), text=text)
>>> reading = Compass(installed=False).read(Portfolio.from_records([contact]))
>>> print(reading["colours"].why("17"))
17 seems red (extravert, emotional): a hypothesis, to check with the customer
  extraversion +0.5, by the signs in their messages and channels:
    writes sentences in capitals: 1 of 1 message
  rationality -0.5, by the signs in their messages and channels:
    writes sentences in capitals: 1 of 1 message
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from attrs import frozen
from numpy.typing import ArrayLike

from klantkompas._arrays import (
    AnyArray,
    BoolArray,
    FloatArray,
    Lazy,
    ObjectArray,
    as_objects,
    as_texts,
    freeze,
)
from klantkompas._thresholds import below
from klantkompas.domain.colours import AXES, BY_SIDE, SIDES, Colour
from klantkompas.drawing import ColoursDisplay, Pictured
from klantkompas.errors import ArgumentError
from klantkompas.hooks import Cue, lens
from klantkompas.lenses.colours.why import CueFired, Position
from klantkompas.portfolio import Measures
from klantkompas.results import CustomerResult, per_customer
from klantkompas.stats.checks import checked_numbers
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import (
    CustomerName,
    Listing,
    Quantity,
    Sentence,
    counted,
    indented,
    sentence,
)

__all__ = ["CustomerColours", "colour_customers", "colours", "positions"]

SEEMS = mark("{customer} seems {colour} ({sides}): a hypothesis, to check with the customer")
BY_STAFF = mark("As staff judged, their colour may be {colour}.")
BY_SIGNS = mark("By {seen}, their colour may be {colour} ({signs}).")
BY_LITTLE = mark("By no more than {seen}, their colour may be {colour} ({signs}).")
LITTLE = 5
"""Fewer messages and contacts than so many are said to be few (decided)."""
NO_COLOUR = mark("{customer} has no colour: {because}")
COUNTED = mark("Colours of {customers}, as hypotheses: {counts}; no colour {rest}")
UNKNOWN = mark("too little is known to tell")
IN_THE_MIDDLE = mark("they are too near the middle to tell")


@frozen(eq=False, repr=False, kw_only=True)
class CustomerColours(Pictured, CustomerResult):
    """The colours of customers, with the evidence; arrays have a value or row per customer.

    For a customer who objects to profiling nothing is kept.

    Args:
        labels: the colour of each customer; None where it is unknown.
        positions: by axis, the position of each customer, from -1 to 1; NaN where unknown.
        basis: by axis, what the position of each customer rests on: ``"staff"`` or ``"evidence"``;
            None where unknown.
        cues: the cues that move customers along an axis.
        firings: in how many messages of each customer (row) each cue (column) fired.
        messages: how many messages or contacts each customer (row) has for each cue (column).
        units: for each cue, ``"messages"`` or ``"contacts"``.
        min_distance: how far from the middle evidence must place a customer.
    """

    labels: ObjectArray = per_customer()
    positions: Mapping[str, FloatArray] = per_customer()
    basis: Mapping[str, ObjectArray] = per_customer()
    cues: tuple[Cue, ...]
    firings: FloatArray = per_customer()
    messages: FloatArray = per_customer()
    units: tuple[str, ...]
    min_distance: float

    def display(self) -> ColoursDisplay:
        """Return the picture: customers on the two axes of the colours."""
        return ColoursDisplay.from_result(self)

    def label(self, customer_id: str | int) -> Colour | None:
        """Return the colour of one customer; None where unknown, or they object to profiling.

        Args:
            customer_id: the customer's id.

        Raises:
            ArgumentError: there is no such customer.
        """
        label: Colour | None = self.labels[self.position(customer_id)]
        return label

    def counts(self) -> dict[Colour, int]:
        """Return how many customers have each colour."""
        found = Counter(self.labels.tolist())
        return {each: found[each] for each in Colour}

    def _fired(self, axis: str, position: int) -> tuple[CueFired, ...]:
        return tuple(
            CueFired(
                cue=cue.name,
                describes=cue.describes,
                count=int(self.firings[position, at]),
                of=int(self.messages[position, at]),
                unit=self.units[at],
                push=getattr(cue, axis),
                weight=cue.weight,
            )
            for at, cue in enumerate(self.cues)
            if getattr(cue, axis) and self.firings[position, at] > 0
        )

    def _on_axis(self, axis: str, position: int) -> Position:
        value, basis = float(self.positions[axis][position]), self.basis[axis][position]
        here = slice(position, position + 1)
        told = _told(self.positions[axis][here], np.array([basis == "staff"]), self.min_distance)[0]
        return Position(
            axis=axis,
            value=value,
            basis=basis,
            side=SIDES[axis][value > 0] if abs(told) > 0 else "",
            fired=self._fired(axis, position) if basis == "evidence" else (),
        )

    def evidence(self, customer_id: str | int) -> tuple[Position, ...]:
        """Return the position of one customer on each axis, with the judgement or cues behind it.

        Args:
            customer_id: the customer's id.

        Returns:
            The positions on extraversion and rationality; an empty tuple for a customer who objects
            to profiling.

        Raises:
            ArgumentError: there is no such customer.
        """
        position = self.position(customer_id)
        return () if self.opted_out[position] else self._on_axes(position)

    def _on_axes(self, position: int) -> tuple[Position, ...]:
        return tuple(self._on_axis(axis, position) for axis in AXES)

    def sentences_of(self, position: int) -> Iterable[Sentence]:
        """Return why one customer has their colour, or none.

        Args:
            position: the position of the customer in `ids`.
        """
        found, label = self._on_axes(position), self.labels[position]
        who = CustomerName(self.ids[position])
        if label is None:
            unknown = any(math.isnan(each.value) for each in found)
            because = Sentence(UNKNOWN if unknown else IN_THE_MIDDLE)
            yield sentence(NO_COLOUR, customer=who, because=because)
        else:
            sides = Listing(Sentence(each.side) for each in found)
            yield sentence(SEEMS, customer=who, colour=Sentence(label), sides=sides)
        for each in found:
            yield from indented(each.parts)

    def in_brief(self, position: int) -> Sentence | None:
        """Return the colour that one customer may have, and on how much that rests, first.

        Args:
            position: the position of the customer in `ids`.

        Returns:
            A sentence; None for who has no colour.
        """
        label = self.labels[position]
        if label is None:
            return None
        fired = {each.cue: each for axis in self._on_axes(position) for each in axis.fired}
        seen: dict[str, int] = {}
        for each in fired.values():
            seen[each.unit] = max(each.of, seen.get(each.unit, 0))
        said = [each.sentence for each in fired.values()]
        return sentence(
            BY_STAFF if not fired else BY_LITTLE if sum(seen.values()) < LITTLE else BY_SIGNS,
            seen=Listing([Quantity(of, unit) for unit, of in seen.items()], None),
            colour=Sentence(label),
            signs=Listing(said, "; "),
        )

    def row_columns(self) -> dict[str, AnyArray]:
        """Return the colour, positions, what they rest on, and firings of each customer."""
        axes: dict[str, AnyArray] = {
            name: column
            for axis in AXES
            for name, column in (
                (axis, self.positions[axis]),
                (f"{axis}_basis", self.basis[axis]),
            )
        }
        fired = {cue.name: self.firings[:, at] for at, cue in enumerate(self.cues)}
        return {"colour": as_texts(self.labels), **axes, **fired}

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence that says how many customers have each colour."""
        counts = self.counts()
        told = counted((Sentence(colour.value), count) for colour, count in counts.items())
        shown = len(self.shown)
        customers, rest = Quantity(shown, "customers"), shown - sum(counts.values())
        return (sentence(COUNTED, customers=customers, counts=told, rest=rest),)


def colours(extraversion: ArrayLike, rationality: ArrayLike) -> ObjectArray:
    """Return the colours of customers from their positions on the two axes.

    Args:
        extraversion: a number for each customer: below 0 is introvert, above 0 extravert, NaN
            unknown.
        rationality: a number for each customer: below 0 is emotional, above 0 rational, NaN
            unknown.

    Returns:
        A colour for each customer; None where either number is 0 or NaN.

    Raises:
        ArgumentError: the two differ in length, or a value is not a number.

    >>> [str(colour) for colour in colours([-1, 1, 1, -1, 0], [-1, -1, 1, 1, 1])]
    ['green', 'red', 'yellow', 'blue', 'None']
    """
    given = {"extraversion": extraversion, "rationality": rationality}
    first, second = (
        checked_numbers(name, np.atleast_1d(np.asarray(values)), unknown=True)
        for name, values in given.items()
    )
    if first.shape != second.shape:
        raise ArgumentError(
            f"{len(first)} values of extraversion and {len(second)} of rationality were given",
            remedy="Give one of each for each customer",
        )
    told = (np.abs(first) > 0) & (np.abs(second) > 0)
    by_side = as_objects([BY_SIDE[sides] for sides in sorted(BY_SIDE)] + [None])
    return by_side[np.where(told, 2 * (first > 0) + (second > 0), -1)]


def positions(firings: ArrayLike, pushes: ArrayLike, weights: ArrayLike) -> FloatArray:
    """Return the positions of customers on one axis, from the cues that fired.

    Args:
        firings: how often each cue (column) fired for each customer (row); NaN is unknown.
        pushes: how far one firing of each cue moves a customer on this axis, from -1 to 1; a cue of
            0 has no influence.
        weights: the weight of each cue.

    Returns:
        For each customer ``sum(weight * push) / (sum(weight) + 1)`` over the firings; NaN where
        nothing is known of any cue that pushes.

    >>> positions([[1, 0], [2, 1], [0, 0], [np.nan, np.nan]], [1, -1], [1, 0.5])
    array([0.5       , 0.42857143, 0.        ,        nan])
    """
    push, weight = np.asarray(pushes, np.float64), np.asarray(weights, np.float64)
    fired = np.atleast_2d(np.asarray(firings, np.float64))
    pushed, weighed = np.zeros(len(fired)), np.zeros(len(fired))
    any_known = np.zeros(len(fired), dtype=np.bool_)
    for at in np.flatnonzero(push):
        weighing = np.fmax(fired[:, at], 0) * weight[at]
        weighed += weighing
        pushed += weighing * push[at]
        any_known |= ~np.isnan(fired[:, at])
    return np.where(any_known, pushed / (weighed + 1), np.nan)


def _told(position: FloatArray, by_staff: BoolArray, min_distance: float) -> FloatArray:
    """Return positions, 0 for those that evidence alone puts too near the middle."""
    return np.where(below(np.abs(position), min_distance) & ~by_staff, 0.0, position)


@lens(
    name="colours",
    question="How does each customer like to be treated: green, red, yellow or blue?",
)
def colour_customers(
    measures: Measures, cues: Sequence[Cue], *, min_distance: float = 0.1
) -> CustomerColours:
    """Return the colour of each customer: by staff where they judged, otherwise by cues.

    Args:
        measures: what is known of each customer.
        cues: the cues; a cue that moves customers on neither axis has no influence.
        min_distance: how far from the middle evidence must place a customer on both axes (decided:
            0.1); a judgement by staff counts unless it is 0.

    Returns:
        The colour of each customer, with the evidence; None where it is unknown.

    Raises:
        ArgumentError: a cue was not counted in these measures.
    """
    pushing = tuple(cue for cue in cues if cue.extraversion or cue.rationality)
    shape = (len(measures), len(pushing))
    firings, messages = np.empty(shape, order="F"), np.empty(shape, order="F")
    for at, cue in enumerate(pushing):
        firings[:, at] = measures[cue.measure_name]
        messages[:, at] = measures.basis(cue.measure_name)
    counted = np.where(messages > 0, firings, np.nan)
    position, basis, told = {}, {}, {}
    for axis in AXES:
        judged = measures.record[axis]
        pushes, weights = [getattr(cue, axis) for cue in pushing], [cue.weight for cue in pushing]
        evidence = positions(counted, pushes, weights)
        by_staff = ~np.isnan(judged)
        position[axis] = freeze(np.where(by_staff, judged, evidence))
        rests_on = np.full(len(measures), None, dtype=np.object_)
        rests_on[~np.isnan(evidence)] = "evidence"
        rests_on[by_staff] = "staff"
        basis[axis] = freeze(rests_on)
        told[axis] = _told(position[axis], by_staff, min_distance)
    return CustomerColours(
        ids=Lazy(lambda: measures.ids),
        labels=freeze(colours(told["extraversion"], told["rationality"])),
        positions=position,
        basis=basis,
        cues=pushing,
        firings=freeze(firings),
        messages=freeze(messages),
        units=tuple(measures.column(cue.measure_name).unit for cue in pushing),
        opted_out=measures.opted_out,
        min_distance=min_distance,
    )
