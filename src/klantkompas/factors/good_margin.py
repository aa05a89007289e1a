"""Does the customer bring at least the margin that all active customers together bring?

Source: S1 step 2; the criterion is decided.

>>> FACTOR.criterion
AtLeastOverall()
"""

from __future__ import annotations

from klantkompas.domain.criteria import AtLeastOverall
from klantkompas.hooks import SuccessFactor
from klantkompas.wording.catalogue import mark

__all__ = ["FACTOR"]

FACTOR = SuccessFactor(
    name="good_margin",
    measure="margin_share",
    criterion=AtLeastOverall(),
    title=mark("brings a good margin"),
)
