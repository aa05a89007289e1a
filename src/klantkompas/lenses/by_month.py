"""How does it go from month to month: what comes in, and from how many customers?

Question: is what comes in carried by more customers, by fewer, or by new ones?
Idea: add up each calendar month what was ordered, credits and refunds taken off, and count who
ordered, who did so for the first time, who is lost, as their last order is as many months ago as
the period has or they departed, and who came back after that. So who is active at a month's end is
whom a reading of that day counts, and changes by the new and those who are back, less the lost.
How the months of the period add up to what its active customers brought is said, and how those that
are over compare with the same months of a year before, since businesses have seasons. Internal
customers are left out. A month that is not over is named, as it cannot be compared yet.
Source: S1 step 7 (the lists are made anew, and what changed is looked at); decided.

>>> from datetime import date
>>> from klantkompas import Compass, Order, Portfolio
>>> days = [date(2026, 1, 5), date(2026, 3, 9), date(2026, 3, 31)]
>>> orders = [Order(customer=id, on=day, amount=50.0) for id, day in zip("aab", days)]
>>> print(Compass(installed=False).read(Portfolio.from_records(orders)).by_month)
By month: from Jan 2026 to Mar 2026; in Mar 2026: 100.00 from 2 customers, of whom new 1 and back \
0; lost: 0
From Oct 2025 to Mar 2026 together 150.00: 150.00 of the active customers
What the same months of a year before brought is unknown: the orders begin in Jan 2026
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
from attrs import frozen

from klantkompas._arrays import AnyArray, FloatArray, as_objects, freeze
from klantkompas._arrays.decimals import TEN_THOUSAND
from klantkompas.domain.customers import CustomerKind
from klantkompas.drawing import MonthsDisplay, Pictured
from klantkompas.hooks import Unanswered, lens
from klantkompas.measures.months import BACK, CUSTOMERS, LOST, NEW, REVENUE
from klantkompas.portfolio import Measures
from klantkompas.results import Result
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Listing, Month, Quantity, Sentence, sentence

__all__ = ["ByMonth", "YearBefore", "by_month"]

MOST_MONTHS = 24
"""As many months as are looked back: two years, so that each month has its fellow (decided)."""
MONTHS = mark(
    "By month: from {first} to {last}; in {last}: {revenue} from {customers}, of whom new {new} "
    "and back {back}; lost: {lost}"
)
NOT_OVER = mark("{months}; that month is not over")
ADDS_UP = mark("From {first} to {last} together {total}: {parts}")
OF_ACTIVE = mark("{revenue} of the active customers")
OF_OTHERS = mark("{revenue} of customers who are not active")
BEFORE = mark("{revenue} before the period begins, on {day}")
SAME_MONTHS = mark("The same months a year before, from {first} to {last}: {before}; now {revenue}")
MORE = mark("{same}, {change} more")
LESS = mark("{same}, {change} less")
MORE_THAN = mark("{change} more than a year before")
LESS_THAN = mark("{change} less than a year before")
UNKNOWN = mark("What the same months of a year before brought is unknown: {because}")
BEGIN = mark("the orders begin in {month}")
NO_MONTH = mark("no month of the period is over")


@frozen(kw_only=True)
class YearBefore(Text):
    """What the months of the period that are over brought, beside the same months a year before.

    Args:
        revenue: what they brought, in money.
        before: what the same months brought a year before; NaN where that is unknown.
        first: the first of those, as ``"2025-01"``; empty where unknown.
        last: the last of those.
        because: why it is unknown.

    >>> print(YearBefore(revenue=90.0, before=100.0, first="2025-01", last="2025-03"))
    The same months a year before, from Jan 2025 to Mar 2025: 100.00; now 90.00, 10% less
    """

    revenue: float
    before: float
    first: str = ""
    last: str = ""
    because: Sentence | None = None

    @property
    def change(self) -> float:
        """By which share they brought more, or less where negative; NaN where unknown."""
        return self.revenue / self.before - 1 if self.before > 0 else math.nan

    @property
    def in_brief(self) -> Sentence | None:
        """By how much they brought more or less; None where that is unknown."""
        if math.isnan(self.change):
            return None
        message = LESS_THAN if self.change < 0 else MORE_THAN
        return sentence(message, change=Quantity(abs(self.change), "percent"))

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """What they brought then and now, or why that is unknown."""
        if self.because is not None:
            return (sentence(UNKNOWN, because=self.because),)
        same = sentence(
            SAME_MONTHS,
            first=Month(self.first),
            last=Month(self.last),
            before=Quantity(self.before, "money"),
            revenue=Quantity(self.revenue, "money"),
        )
        if math.isnan(self.change):
            return (same,)
        message = LESS if self.change < 0 else MORE
        return (sentence(message, same=same, change=Quantity(abs(self.change), "percent")),)


@frozen(eq=False, repr=False, kw_only=True)
class ByMonth(Pictured, Result):
    """What came in each month, and from how many customers; arrays have a value for each month.

    Args:
        months: the months as ``"2026-01"``, without gaps; the last is that of the reference date.
        revenue: what came in, in money, credits and refunds taken off.
        customers: how many customers ordered.
        new: how many of those ordered for the first time.
        back: how many of those had not ordered in as many months before as the period has.
        lost: how many ordered that many months ago, and not since.
        active: how many are active at the month's end: new and back, less lost, since the first.
        complete: whether the last month is over at the reference date.
        begins: the first day of the period.
        of_active: what the active customers brought in the period, in money.
        of_others: what other customers did, such as who departed, or has credit notes alone.
        before: what came in during the period's first month, before the period begins.
        year_before: the months of the period beside the same months of a year before.
    """

    months: tuple[str, ...]
    revenue: FloatArray
    customers: FloatArray
    new: FloatArray
    back: FloatArray
    lost: FloatArray
    active: FloatArray
    complete: bool
    begins: date
    of_active: float
    of_others: float
    before: float
    year_before: YearBefore

    def columns(self) -> dict[str, AnyArray]:
        """Return the columns of `to_frame`: a row for each month."""
        over = np.ones(len(self.months), dtype=np.bool_)
        over[-1] = self.complete
        return {
            "month": as_objects(self.months),
            "revenue": self.revenue,
            "customers": self.customers,
            "new": self.new,
            "back": self.back,
            "lost": self.lost,
            "active": self.active,
            "complete": over,
        }

    def display(self) -> MonthsDisplay:
        """Return the picture: revenue, who ordered and is active, and who came and went."""
        return MonthsDisplay.from_result(self)

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """About the last month, how those of the period add up, and the year before."""
        return (self._last, self.adds_up, *self.year_before.parts)

    @property
    def _last(self) -> Sentence:
        months = sentence(
            MONTHS,
            first=Month(self.months[0]),
            last=Month(self.months[-1]),
            revenue=Quantity(float(self.revenue[-1]), "money"),
            customers=Quantity(float(self.customers[-1]), "customers"),
            new=float(self.new[-1]),
            back=float(self.back[-1]),
            lost=float(self.lost[-1]),
        )
        return months if self.complete else sentence(NOT_OVER, months=months)

    @property
    def adds_up(self) -> Sentence:
        """How the months of the period add up to what its active customers brought."""
        parts = ((OF_ACTIVE, self.of_active), (OF_OTHERS, self.of_others), (BEFORE, self.before))
        return sentence(
            ADDS_UP,
            first=Month(self.begins.isoformat()[:7]),
            last=Month(self.months[-1]),
            total=Quantity(self.of_active + self.of_others + self.before, "money"),
            parts=Listing(
                [
                    sentence(what, revenue=Quantity(worth, "money"), day=self.begins)
                    for what, worth in parts
                    if worth or what is OF_ACTIVE
                ],
                None,
            ),
        )


@lens(question="What comes in each month, and from how many customers?")
def by_month(measures: Measures) -> ByMonth | Unanswered:
    """Return revenue and customers of each of the last 24 months.

    Args:
        measures: with the tally ``orders_by_month``.

    Returns:
        The months from the first with an order row on, at most 24; `Unanswered` without orders.
    """
    counts = measures.tallies["orders_by_month"]
    if not counts:
        return Unanswered("without orders it is unknown what came in")
    last = np.datetime64(measures.as_of, "M")
    first = max(np.datetime64(min(month for month, _ in counts), "M"), last - MOST_MONTHS + 1)
    months = [str(month) for month in np.arange(first, last + 1)]

    def of(what: str) -> FloatArray:
        return freeze(np.array([float(counts.get((month, what), 0)) for month in months]))

    signs = {NEW: 1, BACK: 1, LOST: -1}
    before = sum(
        signs[what] * count
        for (month, what), count in counts.items()
        if what in signs and month < months[0]
    )
    ends = np.datetime64(measures.as_of, "D") + 1
    begins = measures.start + timedelta(days=1)
    of_active, of_all = _in_period(measures)
    since = begins.isoformat()[:7]
    in_its_months = sum(
        count for (month, what), count in counts.items() if what == REVENUE and month >= since
    )
    return ByMonth(
        months=tuple(months),
        revenue=freeze(of(REVENUE) / TEN_THOUSAND),
        customers=of(CUSTOMERS),
        new=of(NEW),
        back=of(BACK),
        lost=of(LOST),
        active=freeze(before + np.cumsum(of(NEW) + of(BACK) - of(LOST))),
        complete=bool(ends.astype("datetime64[M]") > last),
        begins=begins,
        of_active=of_active,
        of_others=round(of_all - of_active, 4),
        before=round(in_its_months / TEN_THOUSAND - of_all, 4),
        year_before=_year_before(counts, begins, ends),
    )


def _year_before(
    counts: Mapping[tuple[str, ...], int], begins: date, ends: np.datetime64
) -> YearBefore:
    """Compare the whole months from a day to before another with those of a year before."""
    first = np.datetime64(begins, "M") + (begins.day > 1)
    last = ends.astype("datetime64[M]") - 1
    months = np.arange(first, last + 1)

    def brought(years_ago: int) -> float:
        wanted = {str(month) for month in months - 12 * years_ago}
        found = (n for (month, what), n in counts.items() if what == REVENUE and month in wanted)
        return float(sum(found)) / TEN_THOUSAND

    since = min(month for month, _ in counts)
    if not len(months):
        because = Sentence(NO_MONTH)
    elif since >= str(first - 12):  # of the month in which they begin there may be a part only
        because = sentence(BEGIN, month=Month(since))
    else:
        return YearBefore(
            revenue=brought(0), before=brought(1), first=str(first - 12), last=str(last - 12)
        )
    return YearBefore(revenue=brought(0), before=math.nan, because=because)


def _in_period(measures: Measures) -> tuple[float, float]:
    """Return what the active customers brought in the period, and what all brought."""
    revenue = measures["revenue"]
    external = measures.record["kind"] != CustomerKind.INTERNAL
    return float(np.nansum(revenue[measures.active_places])), float(np.nansum(revenue[external]))
