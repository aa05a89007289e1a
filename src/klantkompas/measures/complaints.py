"""What complaints say: how many for the orders there were, and which are still open."""

from __future__ import annotations

import numpy as np

from klantkompas._arrays import FloatArray, mask_unknown
from klantkompas.hooks import Measure
from klantkompas.measures.orders import count_orders
from klantkompas.portfolio import Period

__all__: list[str] = []


def rate_complaints(period: Period) -> tuple[FloatArray, FloatArray]:
    """Divide the complaints of the period by its orders."""
    orders = count_orders(period)
    basis = mask_unknown(orders, orders == 0)
    return period.during("complaints").count() / basis, basis


def count_open_complaints(period: Period) -> FloatArray:
    """Count the complaints, whenever made, that are not resolved."""
    complaints = period.ever("complaints").require("resolved")
    return complaints.count(where=np.isnat(complaints["resolved"]))


COMPLAINT_RATE = Measure(
    name="complaint_rate",
    of=rate_complaints,
    unit="complaints per order",
    describes="complaints per order",
    basis="orders",
    reads=("complaints",),
)
OPEN_COMPLAINTS = Measure(
    name="open_complaints",
    of=count_open_complaints,
    unit="complaints",
    describes="complaints that are not resolved",
)
