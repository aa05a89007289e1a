"""Is the customer among the fifth that buys most?

Source: S1 step 2; the share is that of step 4.

>>> FACTOR.criterion
TopShare(share=0.2)
"""

from __future__ import annotations

from klantkompas.domain.criteria import TopShare
from klantkompas.hooks import SuccessFactor
from klantkompas.wording.catalogue import mark

__all__ = ["FACTOR"]

FACTOR = SuccessFactor(
    name="large_volume",
    measure="revenue",
    criterion=TopShare(0.20),
    title=mark("orders large volumes"),
)
