"""Whether invoices are paid on time, at both sides of every edge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from klantkompas.compass import Compass
from klantkompas.portfolio import Portfolio

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


OPEN = "due amount paid open reference issued"
ISSUED, LAST = date(2026, 1, 1), date(2026, 6, 30)


def invoice(
    due: date = DUE,
    amount: float = 10.0,
    paid: date | None = None,
    left: float | None = None,
    reference: str | None = None,
    issued: date = ISSUED,
) -> tuple[object, ...]:
    return (due, amount, paid, left, reference, issued)


@pytest.mark.parametrize(
    ("row", "amount", "days"),
    [
        (invoice(), 10, 30),
        (invoice(due=date(2026, 6, 29)), 10, 1),
        (invoice(due=AS_OF), 0, 0),
        (invoice(due=date(2026, 7, 1)), 0, 0),
        (invoice(due=date(2025, 1, 1)), 10, 545),
        (invoice(paid=AS_OF), 0, 0),
        (invoice(amount=-10.0), 0, 0),
        (invoice(amount=0.0), 0, 0),
    ],
)
def test_what_is_past_due(
    row: tuple[object, ...], amount: float, days: float, value: Value
) -> None:
    assert value("overdue_amount", invoices=(OPEN, [row])) == amount
    assert value("overdue_days", invoices=(OPEN, [row])) == days


def test_the_oldest_of_what_is_past_due(value: Value) -> None:
    rows = [invoice(), invoice(due=date(2026, 3, 31), left=2.5), invoice(due=AS_OF)]
    rows.append(invoice(issued=LAST, due=date(2026, 7, 9)))
    assert value("overdue_amount", invoices=(OPEN, rows)) == 12.5
    assert value("overdue_days", invoices=(OPEN, rows)) == 91


def test_without_a_day_of_payment_or_what_is_open_nothing_is_known(value: Value) -> None:
    for name in ("overdue_amount", "overdue_days"):
        assert value(name) is None
        assert value(name, invoices=("due amount", [(DUE, 1.0)])) is None
        assert value(name, invoices=(HEADING, [])) == 0
    assert value("overdue_amount", invoices=("due amount paid", [(DUE, 1.0, None)])) == 1
    open_only = ("due amount open issued", [(DUE, 9.0, 4.0, AS_OF)])
    assert value("overdue_amount", invoices=open_only) == 4
    assert value("on_time_share", invoices=open_only) is None
    unknown = ("due amount open issued", [(DUE, 9.0, None, AS_OF)])
    assert value("overdue_amount", invoices=unknown) is None
    assert value("overdue_days", invoices=unknown) is None


@pytest.mark.parametrize("left", [0.0, -1.0])
@pytest.mark.parametrize("as_of", [AS_OF, date(2026, 6, 10)])
def test_an_invoice_paid_on_an_unknown_day_counts_nowhere(
    left: float, as_of: date, value: Value
) -> None:
    rows = [invoice(left=left), invoice(issued=LAST, due=date(2026, 8, 1))]
    for name, expected in (("overdue_amount", 0), ("overdue_days", 0), ("on_time_share", None)):
        assert value(name, as_of=as_of, invoices=(OPEN, rows)) == expected


def test_a_day_of_payment_goes_before_what_is_open(value: Value) -> None:
    rows = [invoice(paid=date(2026, 6, 20), left=0.0), invoice(issued=LAST, due=date(2026, 8, 1))]
    assert value("on_time_share", invoices=(OPEN, rows)) == 0
    assert value("overdue_amount", invoices=(OPEN, rows)) == 0
    assert value("overdue_amount", as_of=date(2026, 6, 10), invoices=(OPEN, rows)) == 10


def test_what_is_open_is_known_from_the_last_day_of_the_export_on(value: Value) -> None:
    rows = [invoice(left=4.0), invoice(issued=LAST, due=date(2026, 8, 1))]
    assert value("overdue_amount", as_of=LAST, invoices=(OPEN, rows)) == 4
    assert value("overdue_amount", as_of=date(2026, 6, 29), invoices=(OPEN, rows)) == 10
    assert value("overdue_amount", as_of=date(2026, 7, 30), invoices=(OPEN, rows)) == 4


def test_parts_know_the_last_day_of_the_whole_export() -> None:
    invoices = {
        "customer": ["a", "b"],
        "due": [DUE, DUE],
        "amount": [10.0, 10.0],
        "open": [4.0, 10.0],
        "paid": [None, None],
        "issued": [ISSUED, LAST],
    }
    portfolio = Portfolio.from_tables(invoices=invoices)
    part = portfolio.only(["a"])
    for as_of, expected in ((date(2026, 6, 29), 10), (LAST, 4)):
        measures = Compass(installed=False).measure(part, as_of)
        assert measures["overdue_amount"].tolist() == [expected]


@pytest.mark.parametrize(
    ("rows", "on_time", "amount"),
    [
        # Two lines of one invoice, one of which is not paid: not paid, and the earliest due.
        ([invoice(paid=DUE, reference="r"), invoice(reference="r")], 0, 20),
        # Paid when the last line is.
        ([invoice(paid=DUE, reference="r"), invoice(paid=AS_OF, reference="r")], 0, 0),
        ([invoice(paid=DUE, reference="r"), invoice(paid=ISSUED, reference="r")], 1, 0),
        # A line of 0 or less need not be paid.
        ([invoice(paid=DUE, reference="r"), invoice(amount=-4.0, reference="r")], 1, 0),
        # What is open is added up; unknown where it is so of an unpaid line.
        ([invoice(left=3.0, reference="r"), invoice(left=2.0, reference="r")], 0, 5),
        ([invoice(left=0.0, reference="r"), invoice(reference="r")], 0, 20),
        ([invoice(left=0.0, reference="r"), invoice(paid=DUE, reference="r")], None, 0),
        # Under other numbers, or none, they are two.
        ([invoice(paid=DUE, reference="r"), invoice(reference="s")], 0.5, 10),
        ([invoice(paid=DUE), invoice()], 0.5, 10),
    ],
)
def test_rows_of_one_invoice(
    rows: list[tuple[object, ...]], on_time: float | None, amount: float, value: Value
) -> None:
    assert value("on_time_share", invoices=(OPEN, rows)) == on_time
    assert value("overdue_amount", invoices=(OPEN, rows)) == amount
