"""The latest days on which something happened to each customer, or ratings, in one measure.

A measure is one float for each customer, and a count says how often something happened, not when.
Beside such a count stands a measure with the unit ``"latest days"``: the latest five days, packed
(`klantkompas._arrays.packed`), which `days_at` returns as dates; one of ``"latest ratings"`` holds
ten. Like all measures they are of each customer alone, so that parts join and a history keeps and
erases them.

>>> from datetime import date
>>> from klantkompas import Complaint, Period, Portfolio
>>> made = [Complaint(customer="a", on=date(2026, 6, day)) for day in (3, 9)]
>>> period = Period(Portfolio.from_records(made), np.datetime64("2026-06-30"))
>>> rows = period.ever("complaints")
>>> ((value,),) = latest_days(period, rows, rows.days)
>>> [str(each) for each in days_of(value, date(2026, 6, 30))]
['2026-06-03', '2026-06-09']
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from klantkompas._arrays import (
    Codes,
    DayArray,
    FloatArray,
    as_int64,
    latest_of,
    unpacked,
)
from klantkompas.portfolio.measures import SEVERAL, Measures
from klantkompas.portfolio.period import Period
from klantkompas.portfolio.rows import Rows

__all__ = [
    "LATEST_DAYS",
    "LATEST_RATINGS",
    "days_at",
    "days_of",
    "latest_days",
    "latest_of_unit",
    "latest_ratings",
    "ratings_at",
]

LATEST_DAYS, LATEST_RATINGS = SEVERAL
"""The units of measures that hold several days, or ratings, in one float."""
RATING_BITS = 5
"""A whole or half rating from 0 to 10 takes five bits, so that ten fit."""
BITS = 10
LONGEST_AGO = (1 << BITS) - 2
"""A day takes ten bits, so that five fit: the 1,022 days before the reference date."""


def latest_days(
    period: Period, rows: Rows, days: DayArray, *more: DayArray
) -> tuple[FloatArray, ...]:
    """Return the latest days of some rows of each customer, in one float.

    Args:
        period: the period, from whose reference date days are counted back.
        rows: the rows; those without a customer or a day are left out.
        days: the day of each row; the latest five of each customer are kept.
        *more: other days of the same rows, such as the end of what began on those; NaT for unknown.

    Returns:
        For the days, and for each of the others, a float for each customer; NaN for one without.
    """
    customers = rows["customer"]
    ago = [as_int64(period.as_of - each) for each in (days, *more)]
    kept = np.flatnonzero((customers < period.customers) & (ago[0] >= 0) & (ago[0] <= LONGEST_AGO))
    # What is sorted is one number for each row, from which all that is asked is read back.
    packed = customers.take(kept).astype(np.int64)
    for each in ago:
        days_ago = each.take(kept)
        known = (days_ago >= 0) & (days_ago <= LONGEST_AGO)
        packed <<= BITS
        packed |= np.where(known, LONGEST_AGO - days_ago, LONGEST_AGO + 1)
    packed.sort()
    numbers = []
    for _ in ago:
        numbers.append(LONGEST_AGO - (packed & (1 << BITS) - 1))
        packed >>= BITS
    return latest_of(packed, *reversed(numbers), customers=period.customers, bits=BITS)


def days_of(value: float, as_of: date) -> tuple[date | None, ...]:
    """Return the days in one value of a measure with the unit ``"latest days"``, earliest first.

    Args:
        value: the value; NaN for none.
        as_of: the reference date of the measures.

    Returns:
        At most five days; None for one that is unknown, such as the payment of an invoice that is
        not paid.
    """
    found = unpacked(value, bits=BITS)
    return tuple(None if ago is None else as_of - timedelta(days=ago) for ago in found)


def days_at(measures: Measures, name: str, position: int) -> tuple[date | None, ...]:
    """Return the latest days on which something happened to one customer, earliest first.

    Args:
        measures: what is known of each customer.
        name: the name of a measure with the unit ``"latest days"``.
        position: the customer's position in id order.

    Returns:
        At most five days; none where they are unknown, or an earlier version did not keep them.
    """
    column = measures.columns.get(name)
    return () if column is None else days_of(float(column.values[position]), measures.as_of)


def latest_ratings(codes: Codes, ratings: FloatArray, customers: int) -> FloatArray:
    """Return the latest ratings of each customer, in one float.

    Args:
        codes: for each rating the position of its customer, sorted upwards.
        ratings: from 0 to 10, those of a customer earliest first; one that is neither whole nor a
            half cannot be kept, and is unknown.
        customers: how many customers there are.

    Returns:
        A float for each customer; NaN for one without ratings.
    """
    halves = 2 * ratings
    numbers = np.where(halves == np.floor(halves), halves, -1).astype(np.int64)
    return latest_of(codes, numbers, customers=customers, bits=RATING_BITS)[0]


def ratings_at(measures: Measures, name: str, position: int) -> tuple[float | None, ...]:
    """Return the latest ratings of one customer, earliest first.

    Args:
        measures: what is known of each customer.
        name: the name of a measure with the unit ``"latest ratings"``.
        position: the customer's position in id order.

    Returns:
        At most ten; None for one that could not be kept.
    """
    column = measures.columns.get(name)
    return () if column is None else _ratings_of(float(column.values[position]))


def _ratings_of(value: float) -> tuple[float | None, ...]:
    found = unpacked(value, bits=RATING_BITS)
    return tuple(None if each is None else each / 2 for each in found)


def latest_of_unit(unit: str, value: float, as_of: date) -> tuple[date | float | None, ...] | None:
    """Return the days or ratings that one value of a measure holds.

    Args:
        unit: the measure's unit.
        value: the value.
        as_of: the reference date of the measures.

    Returns:
        The days, or the ratings, earliest first; None for a value of another unit.
    """
    if unit not in SEVERAL:
        return None
    return days_of(value, as_of) if unit == LATEST_DAYS else _ratings_of(value)
