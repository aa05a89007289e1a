"""Does the customer pay its invoices by their due day?

Source: S1 step 2; the threshold is decided.

>>> FACTOR.criterion
AtLeast(value=0.95)
"""

from __future__ import annotations

from klantkompas._texts import mark
from klantkompas.domain.criteria import AtLeast
from klantkompas.hooks import SuccessFactor

__all__ = ["FACTOR"]

FACTOR = SuccessFactor(
    name="pays_on_time",
    measure="on_time_share",
    criterion=AtLeast(0.95),
    title=mark("pays on time"),
)
