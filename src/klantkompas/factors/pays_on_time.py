"""Does the customer pay its invoices by their due day?

Source: S1 step 2; the threshold is decided.

>>> FACTOR.criterion
AtLeast(value=0.95)
"""

from __future__ import annotations

from klantkompas.domain.criteria import AtLeast
from klantkompas.hooks import SuccessFactor
from klantkompas.wording.catalogue import mark

__all__ = ["FACTOR"]

FACTOR = SuccessFactor(
    name="pays_on_time",
    measure="on_time_share",
    criterion=AtLeast(0.95),
    title=mark("pays on time"),
)
