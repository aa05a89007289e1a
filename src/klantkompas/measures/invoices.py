"""What invoices say: whether they are paid on time, and what is past due (S1).

An invoice without a day of payment of which nothing is open any more was paid on an unknown day: it
is neither late nor on time.
"""

from __future__ import annotations

import numpy as np

from klantkompas._arrays import BoolArray, FloatArray, mask_unknown
from klantkompas.hooks import measure
from klantkompas.measures.orders import LONGER_LOOK
from klantkompas.portfolio import Period, Rows, cached
from klantkompas.portfolio.latest import LATEST_DAYS, latest_days

__all__: list[str] = []


@cached
def _fell_due(period: Period) -> Rows:
    """Return the invoices that fell due in the period, without those that may be paid today."""
    invoices = period.during("invoices", by="due")
    waits = np.isnat(invoices["paid"]) & (invoices["due"] == period.as_of)
    return invoices.where((invoices["amount"] > 0) & ~waits)


@cached
def _paid_on_time(period: Period) -> tuple[Rows, BoolArray, BoolArray]:
    """Return those invoices, whether each was paid on time, and whether that is known."""
    invoices = _fell_due(period).require("paid")
    paid = invoices["paid"]
    on_an_unknown_day = np.isnat(paid) & (invoices["open"] <= 0)
    return invoices, paid <= invoices["due"], ~on_an_unknown_day


@measure(unit="invoices", looks_back=LONGER_LOOK, steers=False, reads=["invoices.due"])
def invoices_due(period: Period) -> FloatArray:
    """Invoices that fell due in the period, paid or not.

    Credit notes, and unpaid invoices that fall due on the reference date itself, are left out; 0
    for a customer without invoices, NaN for everyone where there is no table of invoices.
    """
    return _fell_due(period).count()


@measure(
    unit="share",
    basis_unit="invoices",
    is_proportion=True,
    out_of="invoices_due",
    looks_back=LONGER_LOOK,
    reads=["invoices.due", "invoices.paid"],
)
def on_time_share(period: Period) -> tuple[FloatArray, FloatArray]:
    """Share of invoices paid on time, of those that fell due in the period.

    An unpaid invoice is late from the day after it fell due; on the day itself it is left out.

    Returns:
        The share (0 to 1) for each customer, in id order, and the number of invoices that it rests
        on; both NaN for a customer without invoices that count.
    """
    invoices, on_time, known = _paid_on_time(period)
    return invoices.share(on_time, where=known)


@cached
def _late(period: Period) -> tuple[FloatArray, ...]:
    """Return when the latest invoices that were not paid on time fell due, and were paid."""
    invoices, on_time, known = _paid_on_time(period.over(LONGER_LOOK))
    late = invoices.where(known & ~on_time)
    return latest_days(period, late, late["due"], late["paid"])


@measure(unit=LATEST_DAYS, reads=["invoices.due", "invoices.paid"], steers=False)
def days_of_late_invoices(period: Period) -> FloatArray:
    """The due days of the latest invoices of two years that were not paid on time.

    At most five, as `latest_days` has them, whatever the length of the period; NaN for a customer
    without any.
    """
    return _late(period)[0]


@measure(unit=LATEST_DAYS, reads=["invoices.due", "invoices.paid"], steers=False)
def days_of_late_payments(period: Period) -> FloatArray:
    """The days on which the latest invoices of two years that were paid late were paid.

    Of the same invoices as `days_of_late_invoices`, in the same order; a day that is unknown is of
    an invoice that is still to be paid.
    """
    return _late(period)[1]


@cached
def _past_due(period: Period) -> tuple[Rows, FloatArray]:
    """Return all invoices, and what is to be paid of each that is past due; 0 of the others."""
    invoices = period.ever("invoices")
    if "paid" not in invoices:
        invoices = invoices.require("open")
    left, amount = invoices["open"], invoices["amount"]
    unpaid = (amount > 0) & np.isnat(invoices["paid"]) & ~(left <= 0)
    if "paid" not in invoices:
        amount = np.full(len(invoices), np.nan)
    owed = np.where(np.isnan(left), amount, left)
    return invoices, np.where(unpaid & (invoices["due"] < period.as_of), owed, 0)


@cached
def _sum_owed(period: Period) -> FloatArray:
    invoices, owed = _past_due(period)
    # Few invoices are past due, and a sum of the others' zeros would ask for their order.
    owing, known = owed > 0, invoices.count(where=~np.isnan(owed))
    amounts = invoices.where(owing).sum(owed[owing])
    return mask_unknown(amounts, (invoices.count() > 0) & (known == 0))


@measure(unit="money", reads=["invoices.paid", "invoices.open"])
def overdue_amount(period: Period) -> FloatArray:
    """What is still to be paid of invoices that are past due.

    The sum at the reference date, whenever the invoices fell due: 0 for a customer with nothing
    past due; NaN where of none of their invoices it is known what is still to be paid.
    """
    return _sum_owed(period)


@measure(unit="days", reads=["invoices.paid", "invoices.open"])
def overdue_days(period: Period) -> FloatArray:
    """Days since the oldest invoice that is still to be paid fell due.

    Counted from the earliest due date among a customer's unpaid invoices to the reference date; 0
    where nothing is past due, NaN where `overdue_amount` is.
    """
    invoices, owed = _past_due(period)
    oldest = invoices.min("due", where=owed > 0)
    days = np.where(np.isnat(oldest), 0, (period.as_of - oldest).astype(np.float64))
    return mask_unknown(days, np.isnan(_sum_owed(period)))
