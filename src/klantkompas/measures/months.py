"""Month by month: what came in, who ordered, and who came and went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from attrs import frozen

from klantkompas._arrays import (
    BoolArray,
    Codes,
    IntegerArray,
    as_int64,
    difference,
    whole_sums,
)
from klantkompas.domain.customers import CustomerKind
from klantkompas.hooks import tally
from klantkompas.measures.orders import all_orders, order_days_ever
from klantkompas.portfolio import Period, TallyCounts, month_numbers

__all__ = ["BACK", "CUSTOMERS", "LOST", "NEW", "REVENUE"]

CUSTOMERS, NEW, REVENUE = "customers", "new", "revenue"
BACK, LOST = "back", "lost"
"""What `orders_by_month` counts."""
MOST_MONTHS = 1 << 20
"""More months than the calendar has: years are of four digits."""
Months = npt.NDArray[np.int64]


@frozen(eq=False)
class _Silences:
    """The orders after which customers may be lost: the last, or long before the next.

    Args:
        owners: the customers, ascending.
        days: the day of the order, the last of its month.
        when: that month, as a number.
        following: the month in which they order again; the month after the reference date's for
            who does not.
    """

    owners: Codes
    days: Months
    when: Months
    following: Months


def _counted(period: Period) -> BoolArray:
    """Return whether each customer counts: not internal ones, nor rows without a customer."""
    # A kind is kept as its place among all kinds.
    internal = period.portfolio.listed["kind"] == [*CustomerKind].index(CustomerKind.INTERNAL)
    return np.append(~internal, False)


def _first_days(months: Months) -> Months:
    """Return the first day of each month, looked up in the calendar once for each."""
    low, high = int(months.min(initial=MOST_MONTHS)), int(months.max(initial=-MOST_MONTHS))
    calendar = np.arange(low, high + 1).view("datetime64[M]").astype("datetime64[D]")
    return as_int64(calendar).take(months - low)


def _lost(period: Period, found: _Silences, gone: Months, after: int) -> Months:
    """Return the first month at whose end each is not active, unless they order again.

    Args:
        period: the period.
        found: the customers and their orders.
        gone: the months in which customers departed, as `_departures` returns them.
        after: the month after the reference date's, for who is active up to it.
    """
    expires = found.when + period.months
    # Of a month that is too short its last day is looked at: 28 February for 31 August.
    length = _first_days(expires + 1) - _first_days(expires)
    expires += found.days - _first_days(found.when) >= length
    expires[found.days > as_int64(np.array([period.start]))[0]] = after
    later = np.append(gone, np.iinfo(np.int64).max)
    later = later.take(gone.searchsorted(_by_month(found.owners, found.when)))
    return np.minimum(expires, later - _by_month(found.owners, 0))


def _departures(period: Period) -> Months:
    """Return in which months customers departed and did not order later in the month.

    Returns:
        A number for each customer and month, ascending.
    """
    rows, orders = period.ever("departures"), all_orders(period)
    months = month_numbers(rows.days)
    first = np.append(rows.min(rows.moments), np.datetime64("NaT", "D"))
    latest = np.full(period.customers + 1, -MOST_MONTHS)
    np.maximum.at(latest, rows["customer"], months)
    # An order later in the month undoes a departure, as it does at the reference date.
    owners = orders["customer"]
    at = np.flatnonzero(orders.moments > first.take(owners))
    owners, came = owners.take(at), month_numbers(orders.days.take(at))
    soon = np.flatnonzero(came <= latest.take(owners))
    gone, which = np.unique(_by_month(rows["customer"], months), return_inverse=True)
    came, at = _by_month(owners.take(soon), came.take(soon)), at.take(soon)
    place = gone.searchsorted(came)
    same = np.flatnonzero(gone.take(place, mode="clip") == came)
    last = np.full(len(gone), np.datetime64("NaT"), dtype=orders.moments.dtype)
    np.maximum.at(as_int64(last), place.take(same), as_int64(orders.moments.take(at.take(same))))
    return gone.take(np.unique(which.compress(~(rows.moments < last.take(which)))))


def _by_month(owners: IntegerArray, months: Months | int) -> Months:
    """Return a number for each customer and month, in that order."""
    return owners.astype(np.int64) * MOST_MONTHS + months


def _by_number(months: Months) -> Mapping[int, int]:
    """Count how often each month occurs."""
    low = int(months.min(initial=MOST_MONTHS))
    return dict(enumerate(np.bincount(months - low).tolist(), low))


def _came_and_went(period: Period) -> Mapping[str, Mapping[int, int]]:
    """Return by month how many customers ordered, were new, came back and were lost."""
    ordered, is_counted = order_days_ever(period), _counted(period)
    last = ordered.take(np.arange(len(ordered))[-1:]).first
    if not is_counted[last].all() or not is_counted[:-1].all():
        ordered = ordered.take(is_counted.take(ordered.first).nonzero()[0])
    when = ordered.of_second(lambda days: month_numbers(days.view("datetime64[D]")))
    after = int(month_numbers(np.array([period.as_of]))[0]) + 1
    is_last, step = ordered.is_last, np.zeros(len(ordered), dtype=np.int64)
    np.subtract(when[1:], when[:-1], out=step[:-1])
    gone = _departures(period)
    departing = (gone + MOST_MONTHS // 2) // MOST_MONTHS
    until_then = _first_days(gone - _by_month(departing, 0) + 1) - 1
    # Few are silent for long or depart, so that only these are held against the calendar.
    may_be_lost = is_last | (step > period.months)
    may_be_lost[ordered.last_until(departing, until_then)] = True
    at = np.flatnonzero(may_be_lost)
    found = ordered.take(at)
    following = np.where(is_last.take(at), after, when.take(at) + step.take(at))
    silent = _Silences(found.first, found.second, when.take(at), following)
    until = _lost(period, silent, gone, after)
    is_lost = until < following
    return {
        CUSTOMERS: _by_number(when.compress(is_last | (step > 0))),
        NEW: _by_number(when.compress(np.roll(is_last, 1))),
        BACK: _by_number(following.compress(is_lost & ~is_last.take(at))),
        LOST: _by_number(until.compress(is_lost)),
    }


@tally(keys=["month", "what is counted"])
def orders_by_month(period: Period) -> TallyCounts:
    """What came in each month, and how many customers ordered; internal customers are left out.

    Returns:
        For each month up to the reference date, such as ``'2026-06'``: ``'customers'`` who ordered,
        how many of them are ``'new'`` as they had not ordered before, and how many ``'back'`` as
        they were lost; how many are ``'lost'``, as they are not active at its end any more: their
        last order is as many months ago as the period has, or they departed; and the ``'revenue'``,
        credits and refunds taken off, in 1/10,000 of the currency, to which each row is rounded. A
        count of 0 is absent.
    """
    rows = period.ever("orders")
    rows = rows.where(_counted(period).take(rows["customer"]))
    net = rows["amount"]
    if "refunded" in rows:
        net = difference(net, np.nan_to_num(rows["refunded"]))
    by_day = whole_sums(as_int64(rows.days), net)
    months = month_numbers(np.array([*by_day], dtype="datetime64[D]")).tolist()
    revenue = Counter[int]()
    for month, worth in zip(months, by_day.values(), strict=True):
        revenue[month] += worth
    named = {
        (str(np.datetime64(month, "M")), what): count
        for what, by_month in {**_came_and_went(period), REVENUE: revenue}.items()
        for month, count in by_month.items()
        if count
    }
    return dict(sorted(named.items()))
