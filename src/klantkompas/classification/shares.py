"""What each class brings: customers, orders and revenue (S1 step 4)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from attrs import frozen

from klantkompas._arrays import ObjectArray, is_known, sum_by
from klantkompas.portfolio import Measures

__all__ = ["ClassShare", "shares_of"]


@frozen
class ClassShare:
    """What one class brings.

    Args:
        label: the class.
        customers: how many customers it has.
        customer_share: their share of the classed customers.
        orders: how many orders they placed in the period.
        order_share: their share of those of the classed customers.
        revenue: what they brought in the period.
        revenue_share: its share of that of the classed customers; NaN where that is not positive.
        provisional: of how many too little is known to be sure.
    """

    label: str
    customers: int
    customer_share: float
    orders: int
    order_share: float
    revenue: float
    revenue_share: float
    provisional: int = 0

    @property
    def sure(self) -> int:
        """How many customers are surely in it."""
        return self.customers - self.provisional


def shares_of(
    labels: ObjectArray, sure: Mapping[str, int], measures: Measures
) -> tuple[ClassShare, ...]:
    """Return what each class brings.

    Args:
        labels: each customer's class; None for who has none.
        sure: the classes, best first, with how many customers are surely in each.
        measures: what is known of each customer.
    """
    number = {label: at for at, label in enumerate(sure)}
    classed = np.flatnonzero(is_known(labels))
    codes = np.array([number[label] for label in labels[classed]], dtype=np.intp)

    def part(of: float, whole: float) -> float:
        return of / whole if whole > 0 else np.nan

    def by_class(measure: str) -> list[float]:
        values, rows = measures[measure][classed], np.arange(len(codes))
        sums: list[float] = sum_by(codes, values, len(number), lambda: rows).tolist()
        return sums

    customers = np.bincount(codes, minlength=len(number)).tolist()
    orders, revenue = by_class("order_count"), by_class("revenue")
    return tuple(
        ClassShare(
            label=label,
            customers=customers[at],
            customer_share=part(customers[at], len(classed)),
            orders=round(orders[at]),
            order_share=part(orders[at], sum(orders)),
            revenue=revenue[at],
            revenue_share=part(revenue[at], sum(revenue)),
            provisional=customers[at] - sure[label],
        )
        for label, at in number.items()
    )
