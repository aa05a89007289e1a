"""Which customers contribute to your success, and in which ways?

Each success factor is a measure with a criterion. The score card says for every active customer
which factors they meet; the fifth of the customers who meet most is the shortlist.

Source: S1 steps 1-4.

>>> [factor.name for factor in DEFAULT][:2]
['clear_orders', 'good_margin']
"""

from __future__ import annotations

from collections.abc import Sequence

from klantkompas.classification.scorecard import Scorecard, count_factors
from klantkompas.factors import klantkompas_success_factors
from klantkompas.hooks import SuccessFactor, lens
from klantkompas.portfolio import Measures

__all__ = ["DEFAULT", "count_success_factors", "scorecard"]

DEFAULT = tuple(klantkompas_success_factors())
"""The built-in success factors."""


def count_success_factors(
    measures: Measures,
    factors: Sequence[SuccessFactor] = DEFAULT,
    shortlist: Sequence[str] | None = None,
) -> Scorecard:
    """Return which success factors the active customers meet, and the shortlist.

    Args:
        measures: what is known of each customer.
        factors: the success factors.
        shortlist: the ids of the customers whom people chose; without it, the fifth of the active
            customers who fit best: those who meet most factors, then by revenue, then by id.

    Returns:
        The score card, with which factors each active customer meets, and who is on the shortlist.

    Raises:
        ArgumentError: the measures lack that of a factor, or an id on the shortlist is not that of
            a customer.

    >>> from datetime import date
    >>> from klantkompas.compass import Compass
    >>> from klantkompas.domain.interactions import Order
    >>> from klantkompas.portfolio import Portfolio
    >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
    >>> measures = Compass(installed=False).measure(Portfolio.from_records(orders))
    >>> count_success_factors(measures).count.tolist()
    [3]
    """
    return count_factors(measures, factors, shortlist)


@lens(question="Which customers contribute to your success, and in which ways?")
def scorecard(
    measures: Measures, factors: Sequence[SuccessFactor], shortlist: Sequence[str] | None
) -> Scorecard:
    """Return the score card of the active customers.

    Args:
        measures: what is known of each customer.
        factors: the success factors.
        shortlist: the ids of the customers whom people chose; None where they made no list.

    Returns:
        Which factors each active customer meets, and who is on the shortlist.
    """
    return count_success_factors(measures, factors, shortlist)
