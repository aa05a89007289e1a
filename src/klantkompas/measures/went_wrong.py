"""What went wrong shortly before a customer's latest survey answer.

Something went wrong: a complaint that was not found unjustified, a contact rated 3 or lower, or an
order that was not clear, 0 to 90 days before, both ends included.
"""

from __future__ import annotations

import numpy as np

from klantkompas._arrays import (
    BoolArray,
    DayArray,
    FloatArray,
    as_int64,
    between,
    is_known,
    mask_unknown,
)
from klantkompas._thresholds import at_most
from klantkompas.hooks import measure
from klantkompas.measures.orders import positive
from klantkompas.portfolio import Period, Rows, cached

__all__ = [
    "BAD_RATING",
    "LATELY_DAYS",
    "bad_contacts",
    "complaints_made",
    "count_before",
    "unclear",
]

LATELY_DAYS = 90
"""How many days something that went wrong still counts (decided)."""
BAD_RATING = 3
"""A contact rated this or lower went wrong (decided)."""

NEVER = np.iinfo(np.int64).min
"""How an unknown day looks as a number."""

Happened = tuple[Rows, BoolArray, BoolArray]
"""Rows; for each whether it went wrong; and whether that is known."""


def _recent(period: Period, kind: str) -> Rows:
    """Return the rows of the period and of the 90 days before it: none before can count."""
    rows = period.ever(kind)
    return rows.where(rows.days >= period.start - LATELY_DAYS)


@cached
def _complaints(period: Period) -> Rows:
    return _recent(period, "complaints")


@cached
def _contacts(period: Period) -> Rows:
    return _recent(period, "contacts").require("rating")


@cached
def _orders(period: Period) -> Rows:
    return positive(_recent(period, "orders")).require("clear")


@cached
def complaints_made(period: Period) -> Happened:
    """Return the complaints; those not found unjustified, or not judged yet, went wrong.

    Returns:
        The rows of complaints of the period and the 90 days before; a mask of those that went
        wrong; and a mask of those of which it is known whether they did.
    """
    complaints = _complaints(period)
    return complaints, ~complaints.no("justified"), np.ones(len(complaints), dtype=np.bool_)


@cached
def bad_contacts(period: Period) -> Happened:
    """Return the contacts; those rated 3 or lower went wrong.

    Returns:
        The rows of contacts of the period and the 90 days before; a mask of those that went wrong;
        and a mask of those of which it is known whether they did.
    """
    contacts = _contacts(period)
    return contacts, at_most(contacts["rating"], BAD_RATING), is_known(contacts["rating"])


@cached
def unclear(period: Period) -> Happened:
    """Return the orders; those that could not be handled as given went wrong.

    Returns:
        The rows of orders of the period and the 90 days before; a mask of those that went wrong;
        and a mask of those of which it is known whether they did.
    """
    orders = _orders(period)
    unclear = orders.no("clear")
    return orders, unclear, unclear | orders.yes("clear")


def count_before(happened: Happened, day: DayArray, days: int = LATELY_DAYS) -> FloatArray:
    """Count what went wrong on or shortly before a day of each customer.

    Args:
        happened: rows, a mask of those that went wrong, and a mask of those of which that is known.
        day: a day for each customer, in id order; NaT for a customer without such a day.
        days: how many days before that day still count; the day itself counts too.

    Returns:
        How often something went wrong, a float for each customer, NaN where the day is NaT, for
        everyone where the table is absent, and for a customer who has rows in those days of none of
        which it is known whether they went wrong.
    """
    rows, wrong, known = happened
    last = np.append(as_int64(day.astype("datetime64[D]")), NEVER)
    asked = last[last != NEVER]
    if not len(asked):
        return np.full(len(day), np.nan)
    on = as_int64(rows.days)
    # Few rows are of those days at all, so that only these are held against each customer's own.
    perhaps = np.flatnonzero(between(on, int(asked.min()) - days, int(asked.max())))
    on, of_customer = on.take(perhaps), last.take(rows["customer"].take(perhaps))
    mine = (on <= of_customer) & (on >= of_customer - days) & (of_customer != NEVER)
    recently = np.zeros(len(rows), dtype=np.bool_)
    recently[at := perhaps.compress(mine)] = True
    recent, wrong, known = rows.where(recently), wrong.take(at), known.take(at)
    unknown = np.isnat(day)
    if not known.all():
        unknown |= (recent.count() > 0) & (recent.count(where=known) == 0)
    return mask_unknown(recent.count(where=known & wrong), unknown)


@cached
def latest_answer(period: Period) -> DayArray:
    """Return the day of each customer's latest survey score of the period; NaT without one."""
    return period.during("responses").known("score").max("on")


@measure(unit="complaints", reads=["complaints", "responses.score"], steers=False)
def complaints_before_answer(period: Period) -> FloatArray:
    """Complaints in the 90 days up to the latest answer, not found unjustified.

    Counted from the day of the customer's latest survey score in the period: 0 where nothing went
    wrong; NaN for a customer who gave no score.
    """
    return count_before(complaints_made(period), latest_answer(period))


@measure(unit="contacts", reads=["contacts.rating", "responses.score"], steers=False)
def bad_contacts_before_answer(period: Period) -> FloatArray:
    """Contacts rated 3 or lower in the 90 days up to the latest answer.

    Counted from the day of the customer's latest survey score in the period: 0 where nothing went
    wrong; NaN for a customer who gave no score, or had contacts in those days of which none has a
    rating.
    """
    return count_before(bad_contacts(period), latest_answer(period))


@measure(unit="orders", reads=["orders.clear", "responses.score"], steers=False)
def unclear_orders_before_answer(period: Period) -> FloatArray:
    """Orders in the 90 days up to the latest answer that were not clear.

    Counted from the day of the customer's latest survey score in the period: 0 where nothing went
    wrong; NaN for a customer who gave no score, or whose orders in those days are all of unknown
    clarity.
    """
    return count_before(unclear(period), latest_answer(period))
