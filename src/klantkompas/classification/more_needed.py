"""How many more orders, invoices or days would make a customer meet a factor.

Found by judging again with so many more in the period, all as they should be: the longer look
included, which is replaced by the period once that has enough.
"""

from __future__ import annotations

import math

import numpy as np

from klantkompas._thresholds import TOLERANCE
from klantkompas.classification.scorecard import Scorecard
from klantkompas.domain.criteria import Cutoff
from klantkompas.wording.writer import LARGE

__all__ = ["COUNTED", "had_in_period", "more_needed"]

MOST = 1000
"""More than so many are not counted out: nobody acts on such a number (decided)."""
COUNTED = ("days", "money", "orders")
NOTHING = math.nan, ""


def more_needed(card: Scorecard, row: int, column: int, needed: Cutoff) -> tuple[float, str]:
    """Return how many more orders, invoices or days would make a customer meet a factor.

    A share of hits takes more hits, and a rate that is to be low more without any; of days, orders
    and money it is what they are short, and of a margin the money that it is short on what they
    brought.

    Args:
        card: the score card.
        row: the customer's row on the card.
        column: the factor's column, known and not met.
        needed: the value to reach.

    Returns:
        The number and its unit; NaN where a thousand more would not be enough, or where counting
        more cannot help.
    """
    factor = card.declared[column]
    measure = card.measures.column(factor.measure_name)
    seen = card.evidence(column, np.array([row]))
    value, rate = float(seen.values[0]), needed.comparison == "at most"
    if seen.basis is None:
        counts = measure.unit in COUNTED and not rate
        short = needed.value - value
        short = _as_written(short) if measure.unit == "money" else short
        return (short, measure.unit) if counts else NOTHING
    behind = float(seen.basis[0])
    if measure.basis_unit == "money":
        return NOTHING if rate else (_as_written((needed.value - value) * behind), "money")
    if not (measure.is_proportion or rate):
        return NOTHING
    more = np.arange(1.0, MOST + 1)
    at = card.places[row]
    count = _or_nothing(measure.basis, at)
    hits = 0.0 if not count else count * float(measure.values[at])
    added = np.zeros(MOST) if rate else more
    by_period = count + more >= factor.least_basis
    if not seen.longer[0]:
        by_period[:] = True
    values = np.where(
        by_period,
        (hits + added) / (count + more),
        (behind * value + added) / (behind + more),
    )
    enough = np.flatnonzero(needed.met(values))
    return (float(more[enough[0]]), seen.count_unit) if len(enough) else NOTHING


def had_in_period(card: Scorecard, row: int, column: int) -> float:
    """Return how much of what a factor counts a customer had: orders, invoices or money.

    Args:
        card: the score card.
        row: the customer's row on the card.
        column: the factor's column.

    Returns:
        The number; NaN where the factor's measure does not count.
    """
    measure = card.measures.column(card.declared[column].measure_name)
    behind = measure.values if measure.unit == "money" else measure.basis
    return math.nan if behind is None else _or_nothing(behind, card.places[row])


def _as_written(money: float) -> float:
    """Round a sum up to the cents, or from a thousand to the whole, in which it is written."""
    steps = 1 if money >= LARGE else 100
    return math.ceil(money * steps * (1 - TOLERANCE)) / steps


def _or_nothing(basis: object, at: int) -> float:
    found = math.nan if basis is None else float(np.asarray(basis)[at])
    return 0.0 if math.isnan(found) else found
