"""Does the customer order on several days, unlike the incidental, price-comparing buyer?

Source: S1 step 5, the opposite; the threshold is decided.

>>> FACTOR.criterion
AtLeast(value=3)
"""

from __future__ import annotations

from klantkompas.domain.criteria import AtLeast
from klantkompas.hooks import SuccessFactor
from klantkompas.wording.catalogue import mark

__all__ = ["FACTOR"]

FACTOR = SuccessFactor(
    name="orders_regularly",
    measure="order_days",
    criterion=AtLeast(3),
    title=mark("orders regularly"),
)
