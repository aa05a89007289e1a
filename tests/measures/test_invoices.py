"""Whether invoices are paid on time, at both sides of every edge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

Value = Callable[..., float | None]
HEADING = "due amount paid issued"
DUE = date(2026, 5, 31)
AS_OF = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("due", "paid", "on_time"),
    [
        (DUE, date(2026, 5, 30), 1),
        (DUE, DUE, 1),
        (DUE, date(2026, 6, 1), 0),
        (DUE, None, 0),
        (date(2026, 6, 29), None, 0),
        (AS_OF, None, None),
        (AS_OF, AS_OF, 1),
        (AS_OF, date(2026, 7, 1), None),
        (date(2026, 7, 1), AS_OF, None),
        (date(2025, 12, 30), DUE, None),
        (date(2025, 12, 31), DUE, 0),
        (date(2026, 6, 29), date(2026, 7, 1), 0),
    ],
)
def test_one_invoice(due: date, paid: date | None, on_time: float | None, value: Value) -> None:
    invoices = (HEADING, [(due, 10.0, paid, date(2025, 12, 1))])
    assert value("on_time_share", invoices=invoices) == on_time


@pytest.mark.parametrize(("amount", "share"), [(0.01, 1), (0.0, None), (-5.0, None)])
def test_credit_notes_are_not_paid(amount: float, share: float | None, value: Value) -> None:
    assert value("on_time_share", invoices=(HEADING, [(DUE, amount, DUE, None)])) == share


@pytest.mark.parametrize(
    ("issued", "due", "share"),
    [
        (date(2026, 7, 1), DUE, None),
        (AS_OF, DUE, 1),
        (None, DUE, 1),
        (None, date(2026, 7, 1), None),
    ],
)
def test_an_invoice_belongs_to_the_reading_once_issued(
    issued: date | None, due: date, share: float | None, value: Value
) -> None:
    assert value("on_time_share", invoices=(HEADING, [(due, 1.0, DUE, issued)])) == share


def test_the_share_and_what_lies_behind_it(value: Value, basis: Callable[..., float]) -> None:
    rows = [(DUE, 1.0, paid, None) for paid in (DUE, DUE, None, AS_OF)]
    rows.append((AS_OF, 1.0, None, None))
    assert value("on_time_share", invoices=(HEADING, rows)) == 0.5
    assert basis("on_time_share", invoices=(HEADING, rows)) == 4


def test_unknown(value: Value, basis: Callable[..., float]) -> None:
    assert value("on_time_share") is None
    assert value("on_time_share", invoices=(HEADING, [])) is None
    assert value("on_time_share", invoices=("due amount", [(DUE, 1.0)])) is None
    assert np.isnan(basis("on_time_share", invoices=(HEADING, [])))
