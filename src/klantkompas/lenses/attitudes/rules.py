"""How a customer stands towards you: negative, positive or in the middle; the first that holds.

What is unknown neither makes nor prevents a group (S0; thresholds decided).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from klantkompas._arrays import BoolArray, FloatArray, ObjectArray, as_objects, freeze
from klantkompas._thresholds import above, at_least, at_most, below
from klantkompas.domain.criteria import standing_out
from klantkompas.errors import ArgumentError
from klantkompas.stats.answers import is_kind
from klantkompas.stats.checks import checked_numbers

__all__ = ["attitudes_of"]


def attitudes_of(
    *,
    last_score: ArrayLike,
    open_complaints: ArrayLike,
    remembered: ArrayLike,
    orders_ever: ArrayLike,
    order_count: ArrayLike,
    recency_days: ArrayLike,
    attention_per_order: ArrayLike,
    high_attention: ArrayLike | None = None,
    enraged: ArrayLike | None = None,
    hostile_score: float = 3,
    bad_memory: float = 4,
    good_memory: float = 8,
    one_off_days: float = 90,
) -> tuple[ObjectArray, ObjectArray]:
    """Return the attitude of each customer; arrays have a value for each, NaN where unknown.

    Args:
        last_score: the latest survey score.
        open_complaints: how many complaints are open.
        remembered: the mean of peak and end.
        orders_ever: how many orders there ever were.
        order_count: orders of the period.
        recency_days: days since the last order.
        attention_per_order: minutes of contact for each order.
        high_attention: 1 for a customer who asks high attention, otherwise 0; by default those who
            stand out among these customers.
        enraged: 1 for an enraged customer, otherwise 0; by default it is unknown for everyone.
        hostile_score: this score or a lower one makes a negative customer hostile.
        bad_memory: a customer who remembers less than this is negative.
        good_memory: a customer who remembers this or more is positive.
        one_off_days: the only order of a one-off customer is at least this many days ago.

    Returns:
        Two arrays with a value for each customer, the group (``"negative"``, ``"positive"``,
        ``"middle"`` or None for unknown), and the type within it (``"hostile"`` or
        ``"disappointed"``; ``"one-off"``, ``"high attention"``, ``"shopper"`` or ``"undecided"``;
        otherwise None).

    Raises:
        ArgumentError: a value is not a number, or the arrays differ in length.

    >>> group, kind = attitudes_of(
    ...     last_score=[7, 8],
    ...     open_complaints=[1, 0],
    ...     remembered=[None, None],
    ...     orders_ever=[2, 0],
    ...     order_count=[2, 0],
    ...     recency_days=[1, None],
    ...     attention_per_order=[0, 0],
    ... )
    >>> group.tolist(), kind.tolist()
    (['negative', None], ['disappointed', None])
    """
    given = {
        "last_score": last_score,
        "open_complaints": open_complaints,
        "remembered": remembered,
        "orders_ever": orders_ever,
        "order_count": order_count,
        "recency_days": recency_days,
        "attention_per_order": attention_per_order,
    }
    row = {name: _checked(name, each) for name, each in given.items()}
    count = len(row["last_score"])
    angry = np.full(count, np.nan) if enraged is None else _checked("enraged", enraged)
    if high_attention is None:
        attention = row["attention_per_order"]
        asking = standing_out(attention).met(attention)
    else:
        asking = _checked("high_attention", high_attention) == 1
    for name, each in (row | {"enraged": angry, "high_attention": asking}).items():
        if len(each) != count:
            raise ArgumentError(f"{name} has {len(each)} values for {count} customers")
    score, ever = row["last_score"], row["orders_ever"]
    negative = is_kind(score, "detractor") | above(row["open_complaints"], 0)
    negative |= below(row["remembered"], bad_memory)
    positive = is_kind(score, "promoter") | at_least(row["remembered"], good_memory)
    ordered = above(ever, 0)
    one_off = (ever == 1) & at_least(row["recency_days"], one_off_days)
    shopper = at_least(ever, 2) & at_most(row["order_count"], 1)
    hostile = (angry == 1) | at_most(score, hostile_score)
    cases: list[tuple[BoolArray, str, str | None]] = [
        (negative & hostile, "negative", "hostile"),
        (negative, "negative", "disappointed"),
        (positive, "positive", None),
        (ordered & one_off, "middle", "one-off"),
        (ordered & asking, "middle", "high attention"),
        (ordered & shopper, "middle", "shopper"),
        (ordered, "middle", "undecided"),
    ]
    holds, groups, kinds = zip(*cases, strict=True)
    first = np.select(holds, range(len(cases)), default=-1)
    group, kind = (as_objects([*named, None])[first] for named in (groups, kinds))
    return freeze(group), freeze(kind)


def _checked(name: str, values: ArrayLike) -> FloatArray:
    return checked_numbers(name, values, unknown=True)
