"""Does the customer keep what it orders? A return is a silent complaint.

Source: S1 step 2, hardly ever complains; decided.

>>> FACTOR.criterion
AtMost(value=0.05)
"""

from __future__ import annotations

from klantkompas.domain.criteria import AtMost
from klantkompas.hooks import SuccessFactor
from klantkompas.wording.catalogue import mark

__all__ = ["FACTOR"]

FACTOR = SuccessFactor(
    name="keeps_what_it_orders",
    measure="credited_share",
    criterion=AtMost(0.05),
    title=mark("keeps what it orders"),
)
