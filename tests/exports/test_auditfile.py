"""XML Auditfile Financieel, made by hand after the public schemas of 3.2 and 4.0."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from klantkompas import Compass, KlantkompasError, Portfolio
from klantkompas.__main__ import main

LEDGER = """
<ledgerAccount><accID>1300</accID><accDesc>Debiteuren</accDesc><accTp>B</accTp></ledgerAccount>
<ledgerAccount><accID>1500</accID><accDesc>Btw</accDesc><accTp>B</accTp></ledgerAccount>
<ledgerAccount><accID>1100</accID><accDesc>Bank</accDesc><accTp>B</accTp></ledgerAccount>
<ledgerAccount><accID>8000</accID><accDesc>Omzet</accDesc><accTp>P</accTp></ledgerAccount>
"""
CUSTOMERS = """
<customerSupplier><custSupID>D1</custSupID><custSupName>Jansen &amp; Zn</custSupName>
  <custSupTp>C</custSupTp><streetAddress><city>Delft</city></streetAddress></customerSupplier>
<customerSupplier><custSupID>D2</custSupID><custSupName>De Vries</custSupName></customerSupplier>
<customerSupplier><custSupID>C9</custSupID><custSupTp>S</custSupTp></customerSupplier>
"""
SUB_LEDGER = """
<subledgers><subledger><sbType>CU</sbType>
<sbLine><nr>1</nr><jrnID>V</jrnID><trNr>1</trNr><trLineNr>1</trLineNr><amnt>121.00</amnt>
  <amntTp>D</amntTp><custSupID>D1</custSupID><invRef>F1</invRef><invDt>2025-01-10</invDt>
  <invDueDt>2025-01-24</invDueDt></sbLine>
<sbLine><nr>2</nr><jrnID>V</jrnID><trNr>2</trNr><trLineNr>1</trLineNr><amnt>242.00</amnt>
  <amntTp>D</amntTp><custSupID>D2</custSupID><invRef>F2</invRef><invDt>2025-02-01</invDt>
  <invDueDt>2025-02-15</invDueDt></sbLine>
</subledger></subledgers>
"""


def line(nr: int, account: int, amount: str, side: str, customer: str = "", ref: str = "") -> str:
    """A line of a transaction."""
    of = f"<custSupID>{customer}</custSupID>" if customer else ""
    invoice = f"<invRef>{ref}</invRef>" if ref else ""
    return (
        f"<trLine><nr>{nr}</nr><accID>{account}</accID><docRef/><effDate>2025-01-01</effDate>"
        f"<amnt>{amount}</amnt><amntTp>{side}</amntTp>{of}{invoice}"
        "<vat><vatID>1</vatID><vatAmnt>21.00</vatAmnt></vat></trLine>"
    )


def auditfile(
    version: str = "3.2",
    *,
    journals: str = "",
    ledger: str = LEDGER,
    begin: str = "",
    sub: str = "",
) -> bytes:
    """A file of a version; without a sub-ledger unless one is given."""
    sold = (
        "<journal><jrnID>V</jrnID><desc>Verkoop</desc><jrnTp>S</jrnTp>"
        "<transaction><nr>1</nr><trDt>2025-01-10</trDt>"
        + line(1, 1300, "121.00", "D", "D1", "F1")
        + line(2, 8000, "60.00", "C")
        + line(3, 8000, "40.00", "C")
        + line(4, 1500, "21.00", "C")
        + "</transaction><transaction><nr>2</nr><trDt>2025-02-01</trDt>"
        + line(1, 1300, "242.00", "D", "D2", "F2")
        + line(2, 8000, "200.00", "C")
        + line(3, 1500, "42.00", "C")
        + "</transaction></journal>"
        "<journal><jrnID>B</jrnID><desc>Bank</desc><jrnTp>B</jrnTp>"
        "<transaction><nr>1</nr><trDt>2025-01-20</trDt>"
        + line(1, 1100, "221.00", "D")
        + line(2, 1300, "121.00", "C", "D1", "F1")
        + line(3, 1300, "100.00", "C", "D2", "F2")
        + "</transaction><transaction><nr>2</nr><trDt>2025-01-21</trDt>"
        + line(1, 1300, "50.00", "C", "D1", "F0")
        + "</transaction></journal>"
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{begin}'
        f'<a:auditfile xmlns:a="http://www.auditfiles.nl/XAF/{version}"><a:company>'
        f"<customersSuppliers>{CUSTOMERS}</customersSuppliers>"
        f"<generalLedger>{ledger}</generalLedger>"
        f"<transactions>{journals or sold}{sub}</transactions></a:company></a:auditfile>"
    ).encode()


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """A file of version 3.2."""
    path = tmp_path / "books.xaf"
    path.write_bytes(auditfile(sub=SUB_LEDGER))
    return path


def measured(portfolio: Portfolio, *names: str) -> dict[str, list[float]]:
    """Some measures by customer."""
    measures = Compass(installed=False).measure(portfolio, date(2025, 3, 31))
    found = zip(measures.ids.tolist(), *(measures[name].tolist() for name in names), strict=True)
    return {id_: values for id_, *values in found}


def test_revenue_and_payments_are_read(books: Path) -> None:
    portfolio = Portfolio.from_files(customers=books, orders=books, invoices=books)
    assert portfolio.ids.tolist() == ["D1", "D2"]
    assert portfolio.listed["name"].tolist() == ["Jansen & Zn", "De Vries"]
    found = measured(portfolio, "revenue", "order_count", "on_time_share", "overdue_amount")
    assert found == {"D1": [100.0, 1, 1.0, 0.0], "D2": [200.0, 1, 0.0, 142.0]}
    notes = "\n".join(map(str, portfolio.notes))
    assert "orders: read as the revenue in an auditfile's sales journals" in notes
    assert "1 row of customers for invoices that the file does not hold left out" in notes


def test_nothing_else_than_the_file_makes_the_page(books: Path, tmp_path: Path) -> None:
    packed = tmp_path / "packed.xaf.gz"
    packed.write_bytes(gzip.compress(books.read_bytes()))
    page = tmp_path / "page.html"
    assert main(["report", str(packed), "--out", str(page)]) == 0
    assert page.exists()


def test_without_a_sub_ledger_a_term_gives_the_due_dates(tmp_path: Path) -> None:
    path = tmp_path / "books.xml"
    path.write_bytes(auditfile("4.0"))
    said = "settings: due = { term = 30 }"
    assert said in "\n".join(map(str, Portfolio.from_files(invoices=path, orders=path).notes))
    columns: dict[str, Any] = {"shape": "auditfile_invoices", "due": {"term": 5}}
    portfolio = Portfolio.from_files(invoices=path, columns={"invoices": columns})
    assert measured(portfolio, "on_time_share") == {"D1": [0.0], "D2": [0.0]}


def test_the_codes_of_accounts_say_what_is_revenue(tmp_path: Path) -> None:
    coded = LEDGER.replace("<accTp>P</accTp>", "<accTp>P</accTp><RGScode>WOmzNop</RGScode>")
    cost = (
        "<ledgerAccount><accID>7000</accID><accTp>P</accTp><RGScode>WKpr</RGScode></ledgerAccount>"
    )
    journal = (
        "<journal><jrnID>V</jrnID><jrnTp>S</jrnTp><transaction><nr>1</nr><trDt>2025-01-10</trDt>"
        + line(1, 1300, "100.00", "D", "D1", "F1")
        + line(2, 8000, "100.00", "C")
        + line(3, 7000, "30.00", "D")
        + "</transaction></journal>"
    )
    path = tmp_path / "books.xaf"
    path.write_bytes(auditfile(ledger=coded + cost, journals=journal))
    assert measured(Portfolio.from_files(orders=path), "revenue") == {"D1": [100.0]}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (auditfile(begin='<!DOCTYPE a [<!ENTITY b "b">]>'), "declares a document type"),
        (auditfile()[:-20], "not an auditfile that can be read"),
        (b"<books><a>1</a></books>", "of the kind books in XML"),
        (b"<auditfile><a>1</a></auditfile>", "no accounts of a ledger"),
        (b"", "not an auditfile that can be read"),
        (auditfile().replace(b"<jrnTp>S<", b"<jrnTp>M<"), "no lines in a journal of the type S"),
        (auditfile().replace(b"<amnt>60.00", b"<amnt>60,00"), "has the amount '60,00'"),
        (auditfile().replace(b"<amnt>60.00", b"<amnt>NaN"), "has the amount 'NaN'"),
    ],
)
def test_another_file_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "books.xaf"
    path.write_bytes(content)
    with pytest.raises(KlantkompasError, match=said):
        Portfolio.from_files(orders=path)


def test_a_table_that_it_does_not_hold_is_refused(books: Path) -> None:
    with pytest.raises(KlantkompasError, match="has no table 'complaints'"):
        Portfolio.from_files(complaints=books)
