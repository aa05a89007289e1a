"""Does the customer place orders that can be handled as given?

Source: S1 step 2; the threshold is decided.

>>> FACTOR.criterion
AtLeast(value=0.9)
"""

from __future__ import annotations

from klantkompas.domain.criteria import AtLeast
from klantkompas.hooks import SuccessFactor
from klantkompas.wording.catalogue import mark

__all__ = ["FACTOR"]

FACTOR = SuccessFactor(
    name="clear_orders",
    measure="clear_share",
    criterion=AtLeast(0.90),
    title=mark("places clear orders"),
)
