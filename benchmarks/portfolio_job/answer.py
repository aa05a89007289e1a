"""What a contender found, and whether two of them found the same."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

__all__ = ["FACTORS", "MEASURES", "Answer", "differences"]

MEASURES = (
    *("order_count", "revenue", "quantity", "margin", "margin_share", "complaint_rate"),
    *("clear_share", "on_time_share", "settled_at_once_share", "attention_minutes"),
    *("recency_days", "active", "last_score", "peak", "end", "remembered"),
)
FACTORS = (
    *("clear_orders", "good_margin", "large_volume"),
    *("pays_on_time", "quickly_satisfied", "rarely_complains"),
)


@frozen(eq=False, kw_only=True)
class Answer:
    """What a contender found.

    Args:
        values: by name, a value for each customer, in id order; NaN where there is none.
        counted: figures of the whole, such as the vital few, Gini, and the answers by group.
    """

    values: dict[str, Any]
    counted: dict[str, Any]


def differences(one: Answer, other: Answer) -> list[str]:
    """Compare every value that the first answer has; floats may differ in their last digits.

    Returns:
        A line for each thing that differs; nothing where they agree.
    """
    if not np.array_equal(one.values["id"], other.values["id"]):
        return ["the customers differ"]
    found = []
    for name in one.values.keys() - {"id"}:
        first, second = (np.asarray(each.values[name]).astype(np.float64) for each in (one, other))
        same = np.isclose(first, second, rtol=1e-9, atol=1e-9, equal_nan=True)
        if not same.all():
            at = int(np.argmax(~same))
            found.append(f"{name}: {(~same).sum()} differ, such as {first[at]} and {second[at]}")
    for name, first in one.counted.items():
        second = other.counted[name]
        close = isinstance(first, float) and abs(first - second) < 1e-9
        if not close and first != second:
            found.append(f"{name}: {first} and {second}")
    return found
