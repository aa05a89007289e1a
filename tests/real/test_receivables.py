"""Invoices with the day on which they fell due and the day on which they were settled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from klantkompas._arrays import FloatArray
from klantkompas.compass import Compass
from klantkompas.hooks import Measure, hookimpl
from klantkompas.lenses.pareto import pareto_ranking
from klantkompas.portfolio import Measures, Period, Portfolio, Rows

FILE = "WA_Fn-UseC_-Accounts-Receivable.csv"
INVOICES = {
    "customer": "customerID",
    "due": "DueDate",
    "amount": "InvoiceAmount",
    "issued": "InvoiceDate",
    "paid": "SettledDate",
}
WHOLE_FILE = Compass(installed=False, months=30)


class OpenItems:
    """A plugin of one's own: what is still to be paid."""

    @hookimpl
    def klantkompas_measures(self) -> Sequence[Measure]:
        def still_open(period: Period) -> Rows:
            invoices = period.ever("invoices")
            return invoices.where(np.isnat(invoices["paid"]))

        def overdue(period: Period) -> FloatArray:
            invoices = still_open(period)
            return invoices.where(invoices["due"] < period.as_of).count()

        measures = {
            "open_invoices": lambda period: still_open(period).count(),
            "open_amount": lambda period: still_open(period).sum("amount"),
            "overdue_invoices": overdue,
        }
        return [
            Measure(name=name, of=of, unit="any", describes=name) for name, of in measures.items()
        ]


@pytest.fixture(scope="module")
def portfolio(shared_data: Path) -> Portfolio:
    return Portfolio.from_files(invoices=shared_data / FILE, columns={"invoices": INVOICES})


@pytest.fixture(scope="module")
def measures(portfolio: Portfolio) -> Measures:
    return WHOLE_FILE.measure(portfolio)


@pytest.fixture
def of(fact: Callable[[str, str], Any]) -> Callable[[str], Any]:
    return lambda text: fact(FILE, text)


def test_the_american_dates_are_read_as_they_are(
    portfolio: Portfolio, measures: Measures, of: Callable[[str], Any]
) -> None:
    first, last, settled = map(date.fromisoformat, of("invoice date first/last, settled last"))
    issued = portfolio.tables["invoices"].columns["issued"]
    assert (issued.min().item(), issued.max().item()) == (first, last)
    assert measures.as_of == settled


def test_late_invoices(measures: Measures, of: Callable[[str], Any]) -> None:
    assert len(measures) == of("customers")
    invoices = measures.basis("on_time_share")
    assert invoices.sum() == of("invoices")
    late = invoices * (1 - measures["on_time_share"])
    assert round(late.sum()) == of("invoices settled after due date")


@pytest.mark.parametrize("percent", [0, 10, 25, 50, 75])
def test_late_payers(percent: int, measures: Measures, of: Callable[[str], Any]) -> None:
    late = 1 - measures["on_time_share"]
    expected = of(f"customers late on more than {percent}% of their invoices")
    assert (late > percent / 100 + 1e-9).sum() == expected


def test_late_payers_at_the_edges(measures: Measures, of: Callable[[str], Any]) -> None:
    on_time = measures["on_time_share"]
    assert (on_time == 1).sum() == of("customers never late")
    assert (on_time <= 0.5).sum() == of("customers late on >=50%")


@pytest.mark.parametrize("customer", ["0379-NEVHP", "8976-AMJEO"])
def test_single_payers(customer: str, measures: Measures, of: Callable[[str], Any]) -> None:
    invoices, late, _ = of(f"customer {customer}:")
    place = measures.place(customer)
    assert measures.basis("on_time_share")[place] == invoices
    assert measures["on_time_share"][place] == pytest.approx((invoices - late) / invoices)


def test_open_and_overdue_invoices_on_a_day_gone_by(
    portfolio: Portfolio, of: Callable[[str], Any]
) -> None:
    count, amount, overdue = of("as of 2013-06-30: open invoices")
    compass = Compass([OpenItems()], installed=False)
    measures = compass.measure(portfolio, date(2013, 6, 30))
    assert measures["open_invoices"].sum() == count
    assert measures["open_amount"].sum() == pytest.approx(amount, abs=0.005)
    assert measures["overdue_invoices"].sum() == overdue


def test_what_was_invoiced_read_as_orders(shared_data: Path, of: Callable[[str], Any]) -> None:
    orders = {"customer": "customerID", "on": "InvoiceDate", "amount": "InvoiceAmount"}
    portfolio = Portfolio.from_files(orders=shared_data / FILE, columns={"orders": orders})
    revenue = WHOLE_FILE.measure(portfolio)["revenue"]
    assert revenue.sum() == pytest.approx(of("total InvoiceAmount"), abs=0.005)
    ranking = pareto_ranking(revenue)
    assert ranking.leading_share(0.20) == pytest.approx(
        of("amount share of top-20% customers"), abs=6e-5
    )
    assert ranking.vital_few == of("customers needed for 80% of amount")
