"""What money was ordered, and what of it came back: credit notes and refunds.

A credit note (an amount of 0 or less) lowers revenue and is not an order.
"""

from __future__ import annotations

import numpy as np

from klantkompas._arrays import (
    FloatArray,
    difference,
    is_known,
    mask_unknown,
    sorted_by,
    sum_by,
)
from klantkompas.hooks import measure, tally
from klantkompas.measures.orders import LONGER_LOOK, orders_during
from klantkompas.portfolio import Period, TallyCounts, cached

__all__: list[str] = []


@cached
def _ordered_and_credited(period: Period) -> tuple[FloatArray, FloatArray]:
    """Return the money that was ordered in the period, and what of that and else was credited.

    Their difference is the sum of the amounts. A negative row under an order's own reference, on a
    later day than its first, is credited money: it takes nothing off what was ordered.
    """
    rows = period.during("orders")
    later = _credited_later(period)
    ordered = rows["amount"]
    if later is None:  # as in nearly all exports; the sums are those below, with 0 for all
        return orders_during(period).sum("amount"), 0 - rows.sum(ordered, where=~(ordered > 0))
    ordered = difference(ordered, -later)
    was_ordered = ordered > 0
    credited = difference(later, np.where(was_ordered, 0.0, ordered))
    return rows.sum(ordered, where=was_ordered), rows.sum(credited)


def _credited_later(period: Period) -> FloatArray | None:
    """Return for each row of the period what was credited under its reference on a later day.

    None where nothing was.
    """
    rows, lines = period.during("orders"), period.during("orders", lines=True)
    if lines is rows:
        return None
    late = lines.where((lines["amount"] < 0) & (lines["on"] > lines.days)).in_order()
    if not len(late):
        return None
    orders = rows.known("reference")
    order = sorted_by(orders["customer"], orders["reference"])
    both = np.concatenate([orders["customer"][order], late["customer"]])
    references = np.concatenate([orders["reference"][order], late["reference"]])
    merged = sorted_by(both, references)
    is_order = merged < len(order)
    of = np.empty(len(merged), dtype=np.intp)
    of[merged] = np.cumsum(is_order) - 1
    at = np.flatnonzero(is_known(rows["reference"]))[order[of[len(order) :]]]
    found: FloatArray = sum_by(at, -late["amount"], len(rows), lambda: np.arange(len(at)))
    return found


@measure(unit="money", reads=["orders"])
def revenue(period: Period) -> FloatArray:
    """Revenue, after credit notes and refunds.

    The sum of the amounts of the period, which credit notes lower, so that it may be below 0: 0 for
    a customer without rows of orders; NaN for everyone where there is no table of orders.
    """
    rows = period.during("orders")
    if "refunded" not in rows:
        return rows.sum("amount")
    return rows.sum(difference(rows["amount"], np.nan_to_num(rows["refunded"])))


@measure(
    unit="share",
    basis_unit="money",
    counted_by="order_count",
    out_of="order_count",
    looks_back=LONGER_LOOK,
    unknown_without="credits_given",
    reads=["orders"],
)
def credited_share(period: Period) -> tuple[FloatArray, FloatArray]:
    """Credited and refunded money as a share of ordered money.

    Returns:
        The share for each customer, in id order, and the money ordered in the period; both NaN for
        a customer without orders. The share is NaN too where it is too large for a float.
    """
    rows, orders = period.during("orders"), orders_during(period).count()
    ordered, credited = _ordered_and_credited(period)
    if "refunded" in rows:
        credited = credited + rows.sum(np.nan_to_num(rows["refunded"]))
    basis = mask_unknown(ordered, ~(orders > 0))
    with np.errstate(over="ignore"):
        share = credited / basis
    return mask_unknown(share, np.isinf(share)), basis


@tally(keys=["what says that credits are in the export"])
def credits_given(period: Period) -> TallyCounts:
    """Credit notes, and order rows of which it is known what was refunded, be it nothing.

    Returns:
        The counts up to the reference date, by ``("credit note",)`` and ``("refunded",)``; a key
        whose count is 0 is absent.
    """
    lines = period.ever("orders", lines=True)
    notes = int(np.count_nonzero(lines["amount"] < 0))
    refunds = len(lines.known("refunded"))
    found = {("credit note",): notes, ("refunded",): refunds}
    return {key: count for key, count in found.items() if count}
