"""Does the customer hardly ever complain?

Source: S1 step 2; the threshold is decided.

>>> FACTOR.criterion
AtMost(value=0.05)
"""

from __future__ import annotations

from klantkompas.domain.criteria import AtMost
from klantkompas.hooks import SuccessFactor
from klantkompas.wording.catalogue import mark

__all__ = ["FACTOR"]

FACTOR = SuccessFactor(
    name="rarely_complains",
    measure="complaint_rate",
    criterion=AtMost(0.05),
    title=mark("rarely complains"),
)
