"""Is the customer content with what it got, without asking for service afterwards?

Source: S1 step 2; the threshold is decided.

>>> FACTOR.criterion
AtLeast(value=0.8)
"""

from __future__ import annotations

from klantkompas.domain.criteria import AtLeast
from klantkompas.hooks import SuccessFactor
from klantkompas.wording.catalogue import mark

__all__ = ["FACTOR"]

FACTOR = SuccessFactor(
    name="quickly_satisfied",
    measure="settled_at_once_share",
    criterion=AtLeast(0.80),
    title=mark("is quickly satisfied"),
)
