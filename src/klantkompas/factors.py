"""Success factors: the ways in which a customer contributes to your success (S1 step 2).

One declaration for each. Thresholds are decided, unless said otherwise.

>>> CLEAR_ORDERS.criterion, LARGE_VOLUME.criterion, GOOD_MARGIN.criterion
(AtLeast(value=0.9), TopShare(share=0.2), AtLeastOverall())
>>> RARELY_COMPLAINS.criterion
AtMost(value=0.05)
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from klantkompas.domain.criteria import AtLeast, AtLeastOverall, AtMost, TopShare
from klantkompas.hooks import SuccessFactor, declared_in, hookimpl
from klantkompas.wording.catalogue import mark

__all__ = [
    "CLEAR_ORDERS",
    "GOOD_MARGIN",
    "KEEPS_WHAT_IT_ORDERS",
    "LARGE_VOLUME",
    "ORDERS_REGULARLY",
    "PAYS_ON_TIME",
    "QUICKLY_SATISFIED",
    "RARELY_COMPLAINS",
    "klantkompas_success_factors",
]


@hookimpl
def klantkompas_success_factors() -> Sequence[SuccessFactor]:
    """Return the success factors that are built in: each is a measure with a criterion."""
    return declared_in(sys.modules[__name__], SuccessFactor)


CLEAR_ORDERS = SuccessFactor(
    name="clear_orders",
    measure="clear_share",
    criterion=AtLeast(0.90),
    title=mark("places clear orders"),
)
"""Does the customer place orders that can be handled as given? Source: S1 step 2."""

GOOD_MARGIN = SuccessFactor(
    name="good_margin",
    measure="margin_share",
    criterion=AtLeastOverall(),
    title=mark("brings a good margin"),
)
"""Does the customer bring at least the margin that all active customers together bring?

Source: S1 step 2.
"""

KEEPS_WHAT_IT_ORDERS = SuccessFactor(
    name="keeps_what_it_orders",
    measure="credited_share",
    criterion=AtMost(0.05),
    title=mark("gets little money back"),
)
"""Does the customer keep what they order? A return is a silent complaint.

Source: S1 step 2, hardly ever complains.
"""

LARGE_VOLUME = SuccessFactor(
    name="large_volume",
    measure="revenue",
    criterion=TopShare(0.20),
    title=mark("orders large volumes"),
)
"""Is the customer among the fifth that buys most?

Source: S1 step 2; the share is that of step 4.
"""

ORDERS_REGULARLY = SuccessFactor(
    name="orders_regularly",
    measure="order_days",
    criterion=AtLeast(3),
    title=mark("orders regularly"),
)
"""Does the customer order on several days, unlike the incidental, price-comparing buyer?

Source: S1 step 5, the opposite.
"""

PAYS_ON_TIME = SuccessFactor(
    name="pays_on_time",
    measure="on_time_share",
    criterion=AtLeast(0.95),
    title=mark("pays on time"),
    still_open=mark("unpaid past due: {overdue_amount}"),
)
"""Does the customer pay their invoices by the due day? Source: S1 step 2."""

QUICKLY_SATISFIED = SuccessFactor(
    name="quickly_satisfied",
    measure="settled_at_once_share",
    criterion=AtLeast(0.80),
    title=mark("is quickly satisfied"),
)
"""Is the customer content with what they got, without asking for service afterwards?

Source: S1 step 2.
"""

RARELY_COMPLAINS = SuccessFactor(
    name="rarely_complains",
    measure="complaint_rate",
    criterion=AtMost(0.05),
    title=mark("rarely complains"),
    still_open=mark("still open: {open_complaints}"),
)
"""Does the customer hardly ever complain? Source: S1 step 2."""
