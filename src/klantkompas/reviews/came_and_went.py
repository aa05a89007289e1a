r"""Who is new, who came back and who is not active any more between two readings, and with what.

Source: S1 step 7 (the lists are made anew); decided.

>>> from klantkompas.compass import Compass
>>> from klantkompas.domain.interactions import Order
>>> from klantkompas.portfolio import Portfolio
>>> from klantkompas.reviews.compare import compare_reviews
>>> days = {"a": [(2025, 3)], "b": [(2026, 3)], "c": [(2024, 8), (2026, 4)]}
>>> orders = [
...     Order(customer=each, on=date(year, month, 5), amount=9.0)
...     for each, months in days.items()
...     for year, month in months
... ]
>>> portfolio, compass = Portfolio.from_records(orders), Compass(installed=False)
>>> then, now = (compass.read(portfolio, f"{day}-30") for day in ("2025-08", "2026-06"))
>>> review = compare_reviews(then, now)
>>> print(*review.new_customers, *review.came_back, *review.went, sep="\n")
b: new on 5 March 2026: 1 order for 9.00
c: back: 1 order for 9.00; the order before was on 5 August 2024
a: was C, with revenue 9.00; the last order was on 5 March 2025
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
from attrs import frozen

from klantkompas._arrays import ObjectArray, as_objects
from klantkompas.compass.next_steps import orders_by_season
from klantkompas.reviews.lists import Listed, places_in, values_at
from klantkompas.reviews.recorded import RecordedReading
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Quantity, Sentence, sentence

__all__ = ["Came", "Went", "came_between", "went_between"]

NEW = mark("new on {day}: {orders} for {revenue}")
BACK = mark("back: {orders} for {revenue}; the order before was on {day}")
WAS = mark("was {label}, with revenue {revenue}")
SEASONAL = mark(
    "{was}; the last order was on {day}, at the one time of the year at which they order"
)
LAST_ORDER = mark("{was}; the last order was on {day}")
DEPARTED = mark("departed; {was}")
LET_GO = mark("let go on {day}; {was}")


@frozen(kw_only=True)
class Came(Listed):
    """A customer who is active, and was not at the earlier reading.

    Args:
        customer: the customer's id.
        is_new: whether they had not ordered by the earlier reading.
        day: the day of their first order where they are new, else of the last order before the
            earlier reading; None where unknown.
        orders: how many orders they placed in the later period; NaN where unknown.
        revenue: what these brought, in money; NaN where unknown.
    """

    customer: str
    is_new: bool
    day: date | None
    orders: float
    revenue: float

    @property
    def why(self) -> Sentence:
        """Since when, and with what."""
        return sentence(
            NEW if self.is_new else BACK,
            day=self.day,
            orders=Quantity(self.orders, "orders"),
            revenue=Quantity(self.revenue, "money"),
        )


@frozen(kw_only=True)
class Went(Listed):
    """A customer who had a class at the earlier reading, and is not active now.

    Args:
        customer: the customer's id.
        label: their class at the earlier reading.
        revenue: what they brought in its period, in money; NaN where unknown.
        last_order: the day of their last order; None where unknown.
        departed: whether they departed.
        let_go: the day on which they were let go; None for who was not.
        by_season: whether they order at one time of the year, which is over.
    """

    customer: str
    label: str
    revenue: float
    last_order: date | None
    departed: bool = False
    let_go: date | None = None
    by_season: bool = False

    @property
    def why(self) -> Sentence:
        """What they were, when they ordered last, and whether they departed or were let go."""
        message = SEASONAL if self.by_season else LAST_ORDER
        return self._gone(sentence(message, was=self._was, day=self.last_order))

    @property
    def then_and_now(self) -> Sentence:
        """What they were, and whether they departed or were let go."""
        return self._gone(self._was)

    @property
    def _was(self) -> Sentence:
        revenue = Quantity(self.revenue, "money")
        return sentence(WAS, label=Sentence(self.label), revenue=revenue)

    def _gone(self, was: Sentence) -> Sentence:
        if self.let_go is not None:
            return sentence(LET_GO, day=self.let_go, was=was)
        return sentence(DEPARTED, was=was) if self.departed else was


def _days_before(as_of: date, days: float) -> date | None:
    return None if math.isnan(days) else as_of - timedelta(days=days)


def came_between(
    before: RecordedReading, now: RecordedReading, ids: ObjectArray
) -> tuple[Came, ...]:
    """Return who came, most revenue first.

    Args:
        before: the earlier reading.
        now: the later one.
        ids: the ids of who is active now, and was not.
    """
    stands = places_in(now, ids)
    since_first, orders, revenue = (
        values_at(now, name, stands).tolist()
        for name in ("days_since_first_order", "order_count", "revenue")
    )
    silent = values_at(before, "recency_days", places_in(before, ids)).tolist()
    apart = (now.as_of - before.as_of).days
    found = []
    for at, customer in enumerate(ids.tolist()):
        is_new = since_first[at] < apart
        first, last = (
            _days_before(now.as_of, since_first[at]),
            _days_before(before.as_of, silent[at]),
        )
        found.append(
            Came(
                customer=customer,
                is_new=is_new,
                day=first if is_new else last,
                orders=orders[at],
                revenue=revenue[at],
            )
        )
    return tuple(sorted(found, key=lambda each: -np.nan_to_num(each.revenue)))


def went_between(
    before: RecordedReading,
    now: RecordedReading,
    labels: Mapping[str, str],
    let_go: Mapping[str, date],
) -> tuple[Went, ...]:
    """Return who went, most revenue first.

    Args:
        before: the earlier reading.
        now: the later one.
        labels: the class at the earlier reading of who is not active now, by id.
        let_go: the customers who were let go, by id, with the day.
    """
    ids = as_objects(labels)
    was, stands = places_in(before, ids), places_in(now, ids)
    revenue = values_at(before, "revenue", was).tolist()
    silent = values_at(now, "recency_days", stands)
    # Who is not in the later reading was last seen in the earlier one.
    elsewhere = values_at(before, "recency_days", was)
    departed = values_at(now, "departed", stands) == 1
    seasonal = orders_by_season(now.measures)
    found = [
        Went(
            customer=customer,
            label=label,
            revenue=revenue[at],
            last_order=_days_before(now.as_of, silent[at])
            if stands[at] >= 0
            else _days_before(before.as_of, elsewhere[at]),
            departed=bool(departed[at]),
            let_go=let_go.get(customer),
            by_season=bool(stands[at] >= 0 and seasonal[stands[at]]),
        )
        for at, (customer, label) in enumerate(labels.items())
    ]
    return tuple(sorted(found, key=lambda each: -np.nan_to_num(each.revenue)))
