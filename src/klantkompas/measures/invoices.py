"""What invoices say: whether they are paid on time."""

from __future__ import annotations

import numpy as np

from klantkompas._arrays import FloatArray
from klantkompas.hooks import Measure
from klantkompas.portfolio import Period

__all__: list[str] = []


def share_on_time(period: Period) -> tuple[FloatArray, FloatArray]:
    """Give the share of invoices that fell due in the period and were paid by their due day.

    An unpaid invoice is late from the day after it fell due; on the day itself it is left out.
    """
    invoices = period.during("invoices", by="due").require("paid")
    due, paid = invoices["due"], invoices["paid"]
    counts = (invoices["amount"] > 0) & ~(np.isnat(paid) & (due == period.as_of))
    return invoices.share(paid <= due, where=counts)


ON_TIME_SHARE = Measure(
    name="on_time_share",
    of=share_on_time,
    unit="share",
    describes="share of invoices paid on time",
    basis="invoices",
    counts=True,
    reads=("invoices.due", "invoices.paid"),
)
