"""All that a recorded reading holds of one customer, in words and numbers (section 15)."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
from attrs import asdict

from klantkompas.domain.buying_reasons import BuyingReason
from klantkompas.domain.overrides import Override
from klantkompas.domain.steps import StepTaken
from klantkompas.errors import ArgumentError
from klantkompas.history.parts import COLUMNS
from klantkompas.portfolio import MeasureColumn
from klantkompas.portfolio.latest import latest_of_unit
from klantkompas.reviews.ledger import LetGo
from klantkompas.reviews.recorded import RecordedReading
from klantkompas.wording.plain import Json

__all__ = ["buying_reason_as_data", "entry_as_data", "held_of", "override_as_data", "step_as_data"]


def _plain(value: object) -> object:
    """Return a value that JSON has: a number, a string, true, false, or null for unknown."""
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else str(value)
    plain = value.item() if isinstance(value, np.generic) else value
    return None if isinstance(plain, float) and math.isnan(plain) else plain


def _value(column: MeasureColumn, value: float, as_of: date) -> object:
    """Return a value of a measure that JSON has; of one that holds several, each of them."""
    several = latest_of_unit(column.unit, value, as_of)
    if several is None or math.isnan(value):
        return _plain(value)
    return [each.isoformat() if isinstance(each, date) else each for each in several]


def override_as_data(override: Override) -> Json:
    """Return an override as data for JSON."""
    return {**asdict(override), "on": override.on.isoformat()}


def buying_reason_as_data(reason: BuyingReason) -> Json:
    """Return a buying reason as data for JSON."""
    return {**asdict(reason), "on": reason.on.isoformat()}


def step_as_data(step: StepTaken) -> Json:
    """Return a step that was taken as data for JSON."""
    return {**asdict(step), "on": step.on.isoformat()}


def entry_as_data(entry: LetGo) -> Json:
    """Return an entry of the ledger as data for JSON."""
    return {**asdict(entry), "on": entry.on.isoformat(), "review": entry.review.isoformat()}


def held_of(reading: RecordedReading, customer: str) -> Json | None:
    """Return all that a reading holds about one customer.

    Args:
        reading: the reading.
        customer: the customer's id.

    Returns:
        Their record, measures, derived labels and overrides, by name; None where they do not occur.
    """
    measures = reading.measures
    try:
        place = measures.place(customer)
    except ArgumentError:
        return None
    return {
        "as_of": reading.as_of.isoformat(),
        "library_version": reading.library_version,
        "record": {name: _plain(column[place]) for name, column in measures.record.items()},
        "values": {
            name: _value(column, float(column.values[place]), reading.as_of)
            for name, column in measures.columns.items()
        },
        "bases": {
            name: _plain(column.basis[place])
            for name, column in measures.columns.items()
            if column.basis is not None
        },
        "units": {name: column.unit for name, column in measures.columns.items()},
        **{family: _plain(getattr(reading, family)[place]) for family in COLUMNS},
        "last_on_the_list": reading.shortlist_cutoff is not None
        and reading.shortlist_cutoff.id == customer,
        "overrides": [override_as_data(e) for e in reading.overrides if e.customer == customer],
    }
