"""Measures of one customer in a sentence, each with its unit.

>>> from datetime import date
>>> from klantkompas import Compass, Order, Portfolio
>>> from klantkompas.wording.writer import Writer
>>> orders = [Order(customer="17", on=date(2026, 1, day), amount=10.0) for day in (5, 6)]
>>> measures = Compass(installed=False).measure(Portfolio.from_records(orders))
>>> Writer("nl").say(measured("{order_count}, {revenue}", measures, 0))
'2 orders, 20,00'
"""

from __future__ import annotations

import math
import string
from datetime import date, timedelta

from klantkompas.portfolio.latest import days_at
from klantkompas.portfolio.measures import Measures
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Days, Quantity, Sentence, sentence

__all__ = ["dated", "measure_at", "measured", "quantity_of"]

DAY_OF, DAYS_OF = "day_of_", "days_of_"
"""How a place begins that is a day, counted back from the reference date; or the latest days."""
OUT_OF = mark("{hits} of {basis}")


def measure_at(place: str) -> str:
    """Return the name of the measure that fills a place of a signal's text.

    Args:
        place: the name in braces.

    >>> measure_at("order_count"), measure_at("day_of_cue_mine")
    ('order_count', 'days_since_cue_mine')
    """
    day = place.startswith(DAY_OF)
    return f"days_since_{place.removeprefix(DAY_OF)}" if day else place


def quantity_of(measures: Measures, name: str, position: int) -> Quantity:
    """Return one measure of one customer, with its unit.

    Args:
        measures: what is known of each customer.
        name: the name of the measure.
        position: the customer's position in id order.

    Raises:
        ArgumentError: there is no such measure.
    """
    column = measures.column(name)
    return Quantity(float(column.values[position]), column.unit)


def measured(message: str, measures: Measures, position: int) -> Sentence:
    """Return a sentence in which the placeholders are filled with measures of one customer.

    Args:
        message: a marked text with names of measures as placeholders, such as ``{order_count}``. A
            share of what was counted is said as counts: "1 of 3 invoices". The place ``{day_of_x}``
            is the day that lies the measure ``days_since_x`` before the reference date, and the
            place ``{days_of_x}`` the latest days that the measure ``days_of_x`` holds.
        measures: what is known of each customer.
        position: the customer's position in id order.

    Raises:
        ArgumentError: a placeholder is not the name of a measure.
    """
    return Sentence(message, {name: _said(measures, name, position) for name in places_in(message)})


def places_in(message: str) -> tuple[str, ...]:
    """Return the places of a text that measures fill, each once.

    Args:
        message: a text with names in braces.

    >>> places_in("{order_count} for {revenue}")
    ('order_count', 'revenue')
    """
    names = (name for _, name, _, _ in string.Formatter().parse(message) if name)
    return tuple(dict.fromkeys(names))


def dated(measures: Measures, name: str, position: int) -> Days | None:
    """Return on which days what a measure counts happened to one customer.

    Args:
        measures: what is known of each customer.
        name: the name of the measure that counts; beside it stands one with ``days_of_`` before it.
        position: the customer's position in id order.

    Returns:
        The latest days; None where they are unknown.
    """
    found = days_at(measures, DAYS_OF + name, position)
    column = measures.columns.get(name)
    more = column is not None and bool(column.values[position] > len(found))
    days = [each for each in found if each is not None]
    return Days(days, more) if days else None


def _said(measures: Measures, name: str, position: int) -> Quantity | Sentence | Days | date | None:
    """Return one measure of one customer: a share of what was counted as how many of how many."""
    if name.startswith(DAYS_OF):
        measures.column(name)
        return dated(measures, name.removeprefix(DAYS_OF), position)
    if name.startswith(DAY_OF):
        days = quantity_of(measures, measure_at(name), position).value
        return None if math.isnan(days) else measures.as_of - timedelta(days=days)
    column, quantity = measures.column(name), quantity_of(measures, name, position)
    if not column.is_proportion or column.basis is None:
        return quantity
    basis = float(column.basis[position])
    hits = quantity.value * basis
    if not math.isfinite(hits):
        return quantity
    return sentence(OUT_OF, hits=round(hits), basis=Quantity(basis, column.basis_unit))
