"""Every invoice line of a British wholesaler of gifts, December 2010 to December 2011."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from klantkompas.compass import Compass, Reading
from klantkompas.lenses.pareto import ParetoRanking
from klantkompas.portfolio import Portfolio

FILE = "OnlineRetail_2010-12_2011-12.csv.gz"
COLUMNS = {
    "orders": {
        "customer": "CustomerID",
        "on": "InvoiceDate",
        "amount": ("Quantity", "UnitPrice"),
        "quantity": "Quantity",
        "reference": "InvoiceNo",
    }
}
TO_A_CENT = 0.005
TO_FOUR_PLACES = 6e-5
WHOLE_FILE = Compass(installed=False, months=14)

IS_CANCELLED = pl.col("InvoiceNo").str.starts_with("C")
HAS_CUSTOMER = pl.col("CustomerID").is_not_null()
IS_SALE = HAS_CUSTOMER & ~IS_CANCELLED & (pl.col("Quantity") > 0) & (pl.col("UnitPrice") > 0)


@pytest.fixture(scope="module")
def lines(shared_data: Path) -> pl.DataFrame:
    texts = ["InvoiceNo", "StockCode", "CustomerID"]
    frame = pl.read_csv(
        shared_data / FILE,
        schema_overrides=dict.fromkeys(texts, pl.String),
        try_parse_dates=True,
    )
    return frame.with_columns(pl.col("CustomerID").cast(pl.Float64))


def portfolio(lines: pl.DataFrame) -> Portfolio:
    return Portfolio.from_tables(orders=lines, columns=COLUMNS)


@pytest.fixture(scope="module")
def everything(lines: pl.DataFrame) -> Portfolio:
    return portfolio(lines)


@pytest.fixture(scope="module")
def sales(lines: pl.DataFrame) -> Portfolio:
    return portfolio(lines.filter(IS_SALE))


@pytest.fixture(scope="module")
def sales_reading(sales: Portfolio) -> Reading:
    return WHOLE_FILE.read(sales)


@pytest.fixture
def of(fact: Callable[[str, str], Any]) -> Callable[[str], Any]:
    return lambda text: fact(FILE, text)


def test_the_whole_file_is_taken_in_and_its_oddities_are_counted(
    everything: Portfolio, of: Callable[[str], Any]
) -> None:
    assert len(everything.tables["orders"]) == of("rows")
    assert len(everything) == of("distinct customer ids")
    assert everything.ids[0] == "12346"
    notes = {note.message.partition(" ")[2]: note.count for note in everything.notes}
    counts = {"copies": of("exact duplicate rows"), "nobody": of("rows without customer id")}
    assert counts["copies"] in notes.values()
    assert counts["nobody"] in notes.values()
    assert of("rows") - counts["nobody"] in notes.values()


def test_lines_of_one_invoice_are_one_order(
    sales: Portfolio, sales_reading: Reading, of: Callable[[str], Any]
) -> None:
    assert len(sales.tables["orders"]) == of("SALES SET = id present")
    assert len(sales) == of("SALES SET: customers")
    orders = sales_reading.measures["order_count"]
    assert orders.sum() == of("SALES SET: invoices (orders)")
    assert (orders == 1).sum() == of("SALES SET: customers with exactly 1 invoice")


def test_sales_and_recency(sales_reading: Reading, of: Callable[[str], Any]) -> None:
    measures = sales_reading.measures
    assert measures["revenue"].sum() == pytest.approx(of("SALES SET: gross revenue"), abs=TO_A_CENT)
    assert np.median(measures["recency_days"]) == of("SALES SET: median recency")


def test_whether_eighty_twenty_holds(sales_reading: Reading, of: Callable[[str], Any]) -> None:
    ranking = sales_reading.pareto
    assert isinstance(ranking, ParetoRanking)
    assert len(ranking) == of("SALES SET: customers")
    assert -(-len(ranking) // 5) == of("SALES SET: size of top 20%")
    assert ranking.leading_share(0.20) == pytest.approx(
        of("SALES SET: revenue share of top-20%"), abs=TO_FOUR_PLACES
    )
    assert ranking.vital_few == of("SALES SET: customers needed to reach 80%")
    found = list(zip(ranking.ranked_ids.tolist(), ranking.value.tolist(), strict=True))
    for place, (customer, revenue) in enumerate(of("SALES SET: top 3 customers")):
        assert found[place][0] == str(customer)
        assert found[place][1] == pytest.approx(revenue, abs=TO_A_CENT)


def test_active_is_strictly_within_six_calendar_months(
    sales: Portfolio, of: Callable[[str], Any]
) -> None:
    measures = Compass(installed=False).measure(sales)
    last = date.fromisoformat(of("first / last timestamp")[1][:10])
    assert measures.as_of == last
    assert measures["active"].sum() == of("  same, strictly after the cut-off")
    assert len(measures.active_places) == of("  same, strictly after the cut-off")


def test_net_figures_take_cancellations_off(
    lines: pl.DataFrame, everything: Portfolio, of: Callable[[str], Any]
) -> None:
    net = WHOLE_FILE.measure(everything)["revenue"]
    assert net.sum() == pytest.approx(
        of("sum Quantity*Price, rows with customer id"), abs=TO_A_CENT
    )
    assert (net < TO_A_CENT).sum() == of("customers whose NET revenue")
    cancelled = WHOLE_FILE.measure(portfolio(lines.filter(HAS_CUSTOMER & IS_CANCELLED)))
    assert len(cancelled) == of("customers (with id) having at least one C row")
    assert cancelled["revenue"].sum() == pytest.approx(of("value of C rows with id"), abs=TO_A_CENT)
    assert not cancelled["active"].any()
    assert not cancelled["order_count"].any()


@pytest.mark.parametrize("customer", ["12346", "12347", "12748", "14646"])
def test_single_customers(
    customer: str, everything: Portfolio, sales_reading: Reading, of: Callable[[str], Any]
) -> None:
    orders, gross, net, last = of(f"customer {customer}:")
    measures = sales_reading.measures
    place = measures.place(customer)
    assert measures["order_count"][place] == orders
    assert measures["revenue"][place] == pytest.approx(gross, abs=TO_A_CENT)
    ago = (measures.as_of - date.fromisoformat(last)).days
    assert measures["recency_days"][place] == ago
    every = WHOLE_FILE.measure(everything.only([customer]), measures.as_of)
    assert every["revenue"][0] == pytest.approx(net, abs=TO_A_CENT)


def test_orders_and_cancellations_alone_give_all_four_classes(lines: pl.DataFrame) -> None:
    reading = Compass(installed=False).read(portfolio(lines.filter(IS_SALE | IS_CANCELLED)))
    counts = reading.classes.counts()
    print(f"Online Retail, orders and cancellations: {counts}")  # noqa: T201
    assert list(counts) == ["A", "B", "C", "D"]
    assert all(count > 0 for count in counts.values())
    active = int(np.nansum(reading.measures["active"]))
    assert sum(counts.values()) == active
    assert counts["A"] == round(active / 5)


def test_the_file_itself_gives_the_same_reading(shared_data: Path, everything: Portfolio) -> None:
    from_file = Portfolio.from_files(orders=shared_data / FILE, columns=COLUMNS)
    found, expected = WHOLE_FILE.measure(from_file), WHOLE_FILE.measure(everything)
    assert found.ids.tolist() == expected.ids.tolist()
    for name in expected.columns:
        assert found[name].tobytes() == expected[name].tobytes(), name
    assert [note.count for note in found.notes] == [note.count for note in expected.notes]
