"""Month by month: what came in, who ordered, and who came and went."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import frozen

from klantkompas._arrays import (
    BoolArray,
    Codes,
    IntegerArray,
    as_int64,
    difference,
    numbered,
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
class _Stays:
    """The months in which each customer ordered, by customer and month.

    Args:
        months: the months, as numbers.
        is_first: whether it is the customer's first.
        until: the first month at whose end the customer is not active, unless they order again.
        following: the month in which they order again; the month after the reference date's for
            who does not.
    """

    months: Months
    is_first: BoolArray
    until: Months
    following: Months

    @property
    def is_lost(self) -> BoolArray:
        """Whether the customer is not active at some month's end before they order again."""
        return self.until < self.following

    @property
    def is_back(self) -> BoolArray:
        """Whether the customer was lost when they ordered in that month."""
        return ~self.is_first & np.roll(self.is_lost, 1)


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


def _stays(period: Period) -> _Stays:
    owners, days = order_days_ever(period)
    when = month_numbers(days.view("datetime64[D]"))
    last = _counted(period)[owners]
    last[:-1] &= (owners[1:] != owners[:-1]) | (when[1:] != when[:-1])
    at = last.nonzero()[0]
    owners, days, when = owners.take(at), days.take(at), when.take(at)
    after = int(month_numbers(np.array([period.as_of]))[0]) + 1
    first = np.ones(len(owners), dtype=np.bool_)
    first[1:] = owners[1:] != owners[:-1]
    following = np.append(when[1:], after)[: len(when)]
    following[np.append(first[1:], True)[: len(when)]] = after
    expires = when + period.months
    # Of a month that is too short its last day is looked at: 28 February for 31 August.
    length = _first_days(expires + 1) - _first_days(expires)
    expires += days - _first_days(when) >= length
    expires[days > as_int64(np.array([period.start]))[0]] = after
    return _Stays(
        when, first, np.minimum(expires, _departs(period, owners, when, after)), following
    )


def _departs(period: Period, owners: Codes, when: Months, after: int) -> Months:
    """Return the month in which each customer departed since they ordered; `after` for nobody.

    Args:
        period: the period.
        owners: the customers, ascending.
        when: the months in which they ordered; ascending for each.
        after: the month after that of the reference date.
    """
    rows = period.ever("departures")
    if not len(rows):
        return np.full(len(owners), after)
    # Few customers depart, so that only what these ordered is held against it.
    departs = np.zeros(period.customers + 1, dtype=np.bool_)
    departs[rows["customer"]] = True
    orders = all_orders(period)
    orders = orders.where(departs.take(orders["customer"]))
    came = _by_month(orders["customer"], month_numbers(orders.days))
    went = _by_month(rows["customer"], month_numbers(rows.days))
    # An order later in the month undoes a departure, as it does at the reference date.
    same = np.flatnonzero(np.isin(came, went))
    at = same[np.argsort(orders.moments[same], kind="stable")]
    last = dict(zip(came[at].tolist(), at.tolist(), strict=True))
    order = np.array([last.get(key, -1) for key in went.tolist()], dtype=np.intp)
    holds = order < 0
    holds[~holds] = rows.moments[~holds] >= orders.moments[order[~holds]]
    gone = np.append(np.unique(went.compress(holds)), np.iinfo(np.int64).max)
    found = np.full(len(owners), after)
    at = departs.take(owners).nonzero()[0]
    owners, when = owners.take(at), when.take(at)
    later = gone[np.searchsorted(gone, _by_month(owners, when))]
    found[at] = np.minimum(later - _by_month(owners, np.zeros_like(when)), after)
    return found


def _by_month(owners: IntegerArray, months: Months) -> Months:
    """Return a number for each customer and month, in that order."""
    return owners.astype(np.int64) * MOST_MONTHS + months


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
    rows = rows.where(_counted(period)[rows["customer"]])
    net = rows["amount"]
    if "refunded" in rows:
        net = difference(net, np.nan_to_num(rows["refunded"]))
    named: dict[tuple[str, ...], int] = {
        (str(np.datetime64(month, "M")), REVENUE): worth
        for month, worth in whole_sums(month_numbers(rows.days), net).items()
    }
    stays = _stays(period)
    counted = {
        CUSTOMERS: stays.months,
        NEW: stays.months.compress(stays.is_first),
        BACK: stays.months.compress(stays.is_back),
        LOST: stays.until.compress(stays.is_lost),
    }
    for what, each in counted.items():
        found, which = numbered(each)
        for month, count in zip(found.tolist(), np.bincount(which).tolist(), strict=True):
            named[str(np.datetime64(month, "M")), what] = count
    return dict(sorted((key, count) for key, count in named.items() if count))
