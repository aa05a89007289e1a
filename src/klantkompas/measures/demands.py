"""What customers demand, and whether something went wrong for them recently (S4; section 13)."""

from __future__ import annotations

import numpy as np

from klantkompas._arrays import FloatArray, mask_unknown
from klantkompas.hooks import measure
from klantkompas.measures.orders import orders_during
from klantkompas.measures.went_wrong import (
    LATELY_DAYS,
    Happened,
    bad_contacts,
    complaints_made,
    count_before,
    unclear,
)
from klantkompas.portfolio import Measures, Period, Rows, cached
from klantkompas.portfolio.latest import LATEST_DAYS, latest_days

__all__: list[str] = []


@measure(unit="contacts", reads=["contacts.by_customer"])
def own_contacts(period: Period) -> FloatArray:
    """Contacts on the customer's initiative; unknown when it is for all their contacts.

    Counted over the period: 0 for a customer without contacts; NaN where it is unknown of all their
    contacts who began them.
    """
    return period.during("contacts").sum("by_customer")


@measure(unit="money", reads=["orders"])
def average_order_value(period: Period) -> FloatArray:
    """Money by order, credits left out.

    The mean amount of the orders of the period; NaN for a customer without orders, or whose amounts
    are not finite.
    """
    orders = orders_during(period)
    count, money = orders.count(), orders.sum("amount")
    return np.where(np.isfinite(money), money, np.nan) / np.where(count > 0, count, np.nan)


def _recently(happened: Happened, period: Period) -> FloatArray:
    return count_before(happened, np.full(period.customers, period.as_of))


@measure(unit="complaints", reads=["complaints"])
def complaints_lately(period: Period) -> FloatArray:
    """Complaints of the last 90 days, not found unjustified.

    Counted on the reference date and the 90 days before: 0 for a customer without any; NaN for
    everyone where there is no table of complaints.
    """
    return _recently(complaints_made(period), period)


@measure(unit="contacts", reads=["contacts.rating"])
def bad_contacts_lately(period: Period) -> FloatArray:
    """Contacts of the last 90 days rated 3 or lower.

    Counted on the reference date and the 90 days before: 0 for a customer without any; NaN where
    they had contacts in those days and none has a rating.
    """
    return _recently(bad_contacts(period), period)


@measure(unit="orders", reads=["orders.clear"])
def unclear_orders_lately(period: Period) -> FloatArray:
    """Orders of the last 90 days that were not clear.

    Counted on the reference date and the 90 days before: 0 for a customer without any; NaN where
    they ordered in those days and it is unknown of every order whether it was clear.
    """
    return _recently(unclear(period), period)


def _known_wrong(happened: Happened, period: Period) -> Rows:
    """Return the rows that are known to have gone wrong in the last 90 days."""
    rows, wrong, known = happened
    return rows.where(known & wrong & (rows.days >= period.as_of - LATELY_DAYS))


@cached
def _complaints(period: Period) -> Rows:
    return _known_wrong(complaints_made(period), period)


@cached
def _bad_contacts(period: Period) -> Rows:
    return _known_wrong(bad_contacts(period), period)


@cached
def _unclear_orders(period: Period) -> Rows:
    return _known_wrong(unclear(period), period)


def _days_of(bad: Rows, period: Period) -> FloatArray:
    return latest_days(period, bad, bad.days)[0]


@measure(unit=LATEST_DAYS, reads=["complaints"], steers=False)
def days_of_complaints_lately(period: Period) -> FloatArray:
    """The latest days of complaints of the last 90 days that were not found unjustified.

    At most five, as `latest_days` has them; NaN for a customer without any.
    """
    return _days_of(_complaints(period), period)


@measure(unit=LATEST_DAYS, reads=["contacts.rating"], steers=False)
def days_of_bad_contacts_lately(period: Period) -> FloatArray:
    """The latest days of contacts of the last 90 days rated 3 or lower.

    At most five, as `latest_days` has them; NaN for a customer without any.
    """
    return _days_of(_bad_contacts(period), period)


@measure(unit=LATEST_DAYS, reads=["orders.clear"], steers=False)
def days_of_unclear_orders_lately(period: Period) -> FloatArray:
    """The latest days of orders of the last 90 days that were not clear.

    At most five, as `latest_days` has them; NaN for a customer without any.
    """
    return _days_of(_unclear_orders(period), period)


def _longest_ago(bad: Rows, period: Period) -> FloatArray:
    ago = period.as_of - bad.min(bad.days)
    return mask_unknown(ago.astype(np.float64), np.isnat(ago))


@measure(unit="days", reads=["complaints"], steers=False)
def days_since_complaint_lately(period: Period) -> FloatArray:
    """Days since the first complaint of the last 90 days that was not found unjustified.

    Counted to the reference date; NaN for a customer without one.
    """
    return _longest_ago(_complaints(period), period)


@measure(unit="days", reads=["contacts.rating"], steers=False)
def days_since_bad_contact_lately(period: Period) -> FloatArray:
    """Days since the first contact of the last 90 days rated 3 or lower.

    Counted to the reference date; NaN for a customer without one.
    """
    return _longest_ago(_bad_contacts(period), period)


@measure(unit="days", reads=["orders.clear"], steers=False)
def days_since_unclear_order_lately(period: Period) -> FloatArray:
    """Days since the first order of the last 90 days that was not clear.

    Counted to the reference date; NaN for a customer without one.
    """
    return _longest_ago(_unclear_orders(period), period)


SINCE_WENT_WRONG = (
    days_since_complaint_lately,
    days_since_bad_contact_lately,
    days_since_unclear_order_lately,
)


@measure(unit="days", reads=["complaints", "contacts.rating", "orders.clear"], steers=False)
def days_since_went_wrong(measures: Measures) -> FloatArray:
    """Days since the first thing that is known to have gone wrong in the last 90 days.

    A complaint not found unjustified, a contact rated 3 or lower, or an order that was not clear;
    counted to the reference date. NaN for a customer for whom nothing is known to have gone wrong.
    """
    longest: FloatArray = np.fmax.reduce([measures[each.name] for each in SINCE_WENT_WRONG])
    return longest
