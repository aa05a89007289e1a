"""What complaints say: how many for the orders there were, and which are still open."""

from __future__ import annotations

import numpy as np

from klantkompas._arrays import FloatArray, mask_unknown
from klantkompas.hooks import measure
from klantkompas.measures.orders import LONGER_LOOK, orders_during
from klantkompas.portfolio import Period

__all__: list[str] = []


@measure(
    unit="complaints per order",
    basis_unit="orders",
    out_of="order_count",
    looks_back=LONGER_LOOK,
    reads=["complaints"],
)
def complaint_rate(period: Period) -> tuple[FloatArray, FloatArray]:
    """Complaints per order.

    Complaints and orders are those of the period, up to the reference date.

    Returns:
        The rate for each customer, in id order, and the number of orders that it rests on; both NaN
        for a customer without orders. The rate is NaN for everyone where there is no table of
        complaints.
    """
    orders = orders_during(period).count()
    basis = mask_unknown(orders, orders == 0)
    return period.during("complaints").count() / basis, basis


@measure(unit="complaints", reads=["complaints.resolved"])
def open_complaints(period: Period) -> FloatArray:
    """Complaints that are not resolved, whenever they were made.

    Counted at the reference date: 0 for a customer without any; NaN for everyone where there is no
    table of complaints, or it does not say which are resolved.
    """
    complaints = period.ever("complaints").require("resolved")
    return complaints.count(where=np.isnat(complaints["resolved"]))
