"""How one customer paid, in words: what was late and when it was paid, and what is still owed.

A factor judges paying on time over the period, or over a longer time for whom the period shows too
little; an invoice that fell due before that may be unpaid still, and both are said.
"""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np

from klantkompas.classification.evidence import evidence_of
from klantkompas.portfolio import Measures, months_before
from klantkompas.portfolio.latest import days_at
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Listing, Quantity, Sentence, sentence

__all__ = ["owed_of", "paid_late_of"]

LATE = mark("Not paid on time: {late} of {invoices} ({days}).")
LATE_COUNT = mark("Not paid on time: {late} of {invoices}.")
PAID_ON = mark("due on {due}, paid on {paid}")
NOT_PAID = mark("due on {due}, not paid yet")
AND_MORE = mark("and {number} earlier")
OWED = mark("Still to be paid: {amount}; the oldest invoice fell due on {day}.")
OWED_FROM_BEFORE = mark(
    "Still to be paid: {amount}; the oldest invoice fell due on {day}, which is before the time by "
    "which paying on time is judged."
)


def _looked_at(measures: Measures, position: int, least_basis: float) -> tuple[float, float, date]:
    """Return the share paid on time, of how many invoices, and the day before they fell due."""
    seen = evidence_of(measures, "on_time_share", least_basis, np.array([position]))
    basis = math.nan if seen.basis is None else float(seen.basis[0])
    months = seen.months if seen.longer[0] else measures.months
    start = months_before(np.datetime64(measures.as_of, "D"), months)
    return float(seen.values[0]), basis, date.fromisoformat(str(start))


def paid_late_of(measures: Measures, position: int, least_basis: float) -> Sentence | None:
    """Return how many invoices one customer did not pay on time, which, and when they did.

    Args:
        measures: what is known of each customer.
        position: the position of the customer in id order.
        least_basis: on how many invoices paying on time has to rest in the period; of fewer it
            looks longer back.

    Returns:
        The invoices by which paying on time is judged, the latest five by their days; None where
        all were paid on time, or that is unknown.
    """
    share, basis, start = _looked_at(measures, position, least_basis)
    late = round((1 - share) * basis) if math.isfinite(share * basis) else 0
    if not late:
        return None
    due = days_at(measures, "days_of_late_invoices", position)
    paid = days_at(measures, "days_of_late_payments", position)
    paid = (None,) * (len(due) - len(paid)) + paid
    told = [
        sentence(NOT_PAID if on is None else PAID_ON, due=each, paid=on)
        for each, on in zip(due, paid, strict=True)
        if each is not None and each > start
    ]
    if told and late > len(told):
        told.append(sentence(AND_MORE, number=late - len(told)))
    invoices = Quantity(basis, "invoices")
    if not told:
        return sentence(LATE_COUNT, late=late, invoices=invoices)
    return sentence(LATE, late=late, invoices=invoices, days=Listing(told, "; "))


def owed_of(measures: Measures, position: int, least_basis: float) -> Sentence | None:
    """Return what one customer has still to pay of what is past due, and since when.

    Args:
        measures: what is known of each customer.
        position: the position of the customer in id order.
        least_basis: on how many invoices paying on time has to rest in the period; of fewer it
            looks longer back.

    Returns:
        The sentence; None where nothing is past due, or that is unknown.
    """
    amount = float(measures["overdue_amount"][position])
    if not amount > 0:
        return None
    oldest = measures.as_of - timedelta(days=float(measures["overdue_days"][position]))
    is_before = oldest <= _looked_at(measures, position, least_basis)[2]
    message = OWED_FROM_BEFORE if is_before else OWED
    return sentence(message, amount=Quantity(amount, "money"), day=oldest)
