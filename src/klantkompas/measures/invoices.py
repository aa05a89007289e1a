"""What invoices say: whether they are paid on time."""

from __future__ import annotations

import numpy as np

from klantkompas._arrays import FloatArray
from klantkompas.hooks import measure
from klantkompas.portfolio import Period

__all__: list[str] = []


@measure(unit="share", basis="invoices", counts=True, reads=["invoices.due", "invoices.paid"])
def on_time_share(period: Period) -> tuple[FloatArray, FloatArray]:
    """Share of invoices paid on time, of those that fell due in the period.

    An unpaid invoice is late from the day after it fell due; on the day itself it is left out.
    """
    invoices = period.during("invoices", by="due").require("paid")
    due, paid = invoices["due"], invoices["paid"]
    counts = (invoices["amount"] > 0) & ~(np.isnat(paid) & (due == period.as_of))
    return invoices.share(paid <= due, where=counts)
