"""Auditfiles as bookkeeping packages write them, each with what must come of it, said beforehand.

How real ones differ was read on 2026-11-27 in pyxaf's docs/versions.md (what each version has, and
what exporters make of its namespace), in the template that writes Odoo's (OCA/l10n-netherlands,
l10n_nl_xaf_auditfile_export, xaf_template_default.xml: a customer on every line, a reconciliation
reference and no invoice number on what the bank received) and in three years of one business in the
tests of a public importer (lines without a number, what is outstanding in the opening balance).
"""

from __future__ import annotations

import gzip
import re
import tomllib
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from klantkompas import Compass, KlantkompasError, Portfolio, inspect_export

COMPASS = Compass(installed=False)
AS_OF = date(2025, 4, 30)
OFFICIAL_4 = (
    "http://www.odb.belastingdienst.nl/Belastingdienst/BCPP/1.1/structures/XmlauditfileXAF_4.0"
)
OFFICIAL_321 = (
    "http://www.odb.belastingdienst.nl/Belastingdienst/BCPP/1.0/structures/"
    "XmlAuditfileFinancieel3.2.1"
)


def elements(**texts: object) -> str:
    return "".join(f"<{name}>{text}</{name}>" for name, text in texts.items() if text is not None)


def accounts(**kinds: str) -> str:
    return "".join(
        f"<ledgerAccount>{elements(accID=name[1:], accDesc='x', accTp=kind)}</ledgerAccount>"
        for name, kind in kinds.items()
    )


LEDGER = accounts(a1100="B", a1300="B", a1500="B", a8000="P", a4000="P")
PEOPLE = "".join(
    f"<customerSupplier>{elements(custSupID=name, custSupName=f'Firma {name}', custSupTp=kind)}"
    "</customerSupplier>"
    for name, kind in (("D1", "C"), ("D2", "C"), ("S1", "S"))
)


def line(account: int, amount: str, side: str = "D", **more: object) -> str:
    texts = {"accID": account, "docRef": "", "amnt": amount, "amntTp": side, **more}
    return f"<trLine>{elements(**texts)}</trLine>"


def numbered(lines: str) -> str:
    count = iter(range(1, 1000))
    return re.sub("<trLine>", lambda _: f"<trLine><nr>{next(count)}</nr>", lines)


def entry(nr: object, day: str, *lines: str) -> str:
    return f"<transaction>{elements(nr=nr, desc='x', periodNumber=1, trDt=day)}" + (
        numbered("".join(lines)) + "</transaction>"
    )


def journal(name: str, kind: str | None, *entries: str) -> str:
    return f"<journal>{elements(jrnID=name, desc=name, jrnTp=kind)}{''.join(entries)}</journal>"


def sale(nr: object, day: str, customer: str, ref: str | None, net: str, tax: str) -> str:
    """A sale: what is owed, the revenue, and the tax; below zero where it is a credit note."""
    cents = round(float(net) * 100) + round(float(tax) * 100)
    total = f"{cents / 100:.2f}"
    return entry(
        nr,
        day,
        line(1300, total, "D", custSupID=customer, invRef=ref),
        line(8000, net, "C"),
        line(1500, tax, "C"),
    )


def received(nr: object, day: str, *paid: tuple[str, str | None, str], **more: object) -> str:
    total = sum(float(amount) for _, _, amount in paid)
    lines = [
        line(1300, amount, "C", custSupID=customer, invRef=ref, **more)
        for customer, ref, amount in paid
    ]
    return entry(nr, day, line(1100, f"{total:.2f}"), *lines)


def due(nr: int, ref: str, customer: str, issued: str, by: str, journal_id: str = "V") -> str:
    """A line of the sub-ledger that stands for the first line of an entry."""
    texts = elements(
        nr=nr,
        jrnID=journal_id,
        trNr=nr,
        trLineNr=1,
        custSupID=customer,
        invRef=ref,
        invDt=issued,
        invDueDt=by,
    )
    return f"<sbLine>{texts}</sbLine>"


def subledger(*lines: str, kind: str = "CU") -> str:
    return (
        f"<subledgers><subledger><sbType>{kind}</sbType>{''.join(lines)}</subledger></subledgers>"
    )


def file(
    *parts: str,
    namespace: str | None = "http://www.auditfiles.nl/XAF/3.2",
    opening: str = "",
    ledger: str = LEDGER,
    people: str = PEOPLE,
    prefix: str = "",
    declaration: str = '<?xml version="1.0" encoding="UTF-8"?>',
    header: str = "<header><fiscalYear>2025</fiscalYear><curCode>EUR</curCode></header>",
) -> str:
    xmlns = "" if namespace is None else f' xmlns{":" if prefix else ""}{prefix}="{namespace}"'
    text = (
        f"<auditfile>{header}<company><customersSuppliers>{people}</customersSuppliers>"
        f"<generalLedger>{ledger}</generalLedger>{opening}"
        f"<transactions>{elements(linesCount=1, totalDebit='0.00', totalCredit='0.00')}"
        f"{''.join(parts)}</transactions></company></auditfile>"
    )
    if prefix:
        text = re.sub("<(/?)", rf"<\1{prefix}:", text)
    return declaration + text.replace("auditfile>", f"auditfile{xmlns}>", 1)


SOLD = journal(
    "V",
    "S",
    sale(1, "2025-01-10", "D1", "F1", "100.00", "21.00"),
    sale(2, "2025-02-01", "D2", "F2", "200.00", "42.00"),
)
DUE = subledger(
    due(1, "F1", "D1", "2025-01-10", "2025-01-24"), due(2, "F2", "D2", "2025-02-01", "2025-02-15")
)
PAID = journal(
    "B",
    "B",
    received(1, "2025-01-20", ("D1", "F1", "121.00")),
    received(2, "2025-03-01", ("D2", "F2", "242.00")),
)
TERM = {"invoices": {"shape": "auditfile_invoices", "due": {"term": 14}}}


def read(
    folder: Path, text: str | bytes, *tables: str, name: str = "books.xaf", columns: Any = None
) -> Portfolio:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return Portfolio.from_files(columns=columns, **dict.fromkeys(tables, path))


def known(portfolio: Portfolio, name: str, as_of: date = AS_OF) -> dict[str, float]:
    measures = COMPASS.measure(portfolio, as_of)
    values = zip(measures.ids.tolist(), measures[name].tolist(), strict=True)
    return {str(id_): value for id_, value in values if value == value}


def said(portfolio: Portfolio) -> str:
    return "\n".join(map(str, portfolio.notes))


def test_a_plain_year(tmp_path: Path) -> None:
    portfolio = read(tmp_path, file(SOLD, PAID, DUE), "orders", "invoices", "customers")
    assert portfolio.ids.tolist() == ["D1", "D2"]
    assert known(portfolio, "revenue") == {"D1": 100.0, "D2": 200.0}
    assert known(portfolio, "on_time_share") == {"D1": 1.0, "D2": 0.0}
    assert known(portfolio, "overdue_amount") == {"D1": 0.0, "D2": 0.0}


LATIN = '<?xml version="1.0" encoding="ISO-8859-1"?>'
ANSI = '<?xml version="1.0" encoding="Windows-1252"?>'


@pytest.mark.parametrize(
    "text",
    [
        file(SOLD, PAID, DUE, namespace="http://www.auditfiles.nl/XAF/3.1"),
        file(SOLD, PAID, DUE, namespace=OFFICIAL_321),
        file(SOLD, PAID, DUE, namespace=None),
        file(SOLD, PAID, DUE, prefix="ns2"),
        file(SOLD, PAID, DUE, declaration=""),
        file(SOLD, PAID, DUE, declaration="<!-- Vervolgbestand 1 van 1 -->"),
        "\ufeff" + file(SOLD, PAID, DUE),
        file(SOLD, PAID, DUE).replace("><", ">\r\n  <"),
        file(SOLD, PAID, DUE).replace("encoding", "standalone").replace("UTF-8", "yes"),
        file(SOLD, PAID, DUE).replace("UTF-8", "UTF-16").encode("utf-16"),
        file(SOLD, PAID, DUE, declaration=LATIN).replace("Firma", "Café").encode("latin-1"),
        file(SOLD, PAID, DUE, declaration=ANSI).replace("Firma", "€").encode("cp1252"),
        file(SOLD, PAID, DUE).replace("<docRef></docRef>", "<docRef/>"),
        file(PAID, SOLD, DUE),
    ],
    ids=[
        "3.1", "3.2.1", "no namespace", "prefix", "no declaration", "comment", "mark", "blanks",
        "standalone", "utf-16", "latin", "cp1252", "empty", "bank first",
    ],
)  # fmt: skip
def test_the_same_however_it_is_written(tmp_path: Path, text: str | bytes) -> None:
    portfolio = read(tmp_path, text, "orders", "invoices")
    assert known(portfolio, "revenue") == {"D1": 100.0, "D2": 200.0}
    assert known(portfolio, "on_time_share") == {"D1": 1.0, "D2": 0.0}


@pytest.mark.parametrize("name", ["books.xml", "BOOKS.XAF", "books.xaf.gz", "books.zip"])
def test_the_same_however_it_is_packed(tmp_path: Path, name: str) -> None:
    content = file(SOLD, PAID, DUE).encode()
    if name.endswith("gz"):
        content = gzip.compress(content)
    if name.endswith("zip"):
        with zipfile.ZipFile(tmp_path / name, "w") as packed:
            packed.writestr("2025.xaf", content)
        content = (tmp_path / name).read_bytes()
    portfolio = read(tmp_path, content, "orders", "invoices", name=name)
    assert known(portfolio, "on_time_share") == {"D1": 1.0, "D2": 0.0}


@pytest.mark.parametrize("name", ["books.csv", "books.txt", "books.xlsx"])
def test_a_wrong_name_says_how_to_name_it(tmp_path: Path, name: str) -> None:
    with pytest.raises(KlantkompasError, match=r"(?i)auditfile.*Name it \.xaf"):
        read(tmp_path, file(SOLD, PAID, DUE), "orders", name=name)


def test_version_4_has_no_due_dates_and_a_term_gives_them(tmp_path: Path) -> None:
    text = file(SOLD, PAID, namespace=OFFICIAL_4)
    portfolio = read(tmp_path, text, "orders", "invoices")
    assert known(portfolio, "revenue") == {"D1": 100.0, "D2": 200.0}
    assert "no due dates" in said(portfolio)
    assert "term" in said(portfolio)
    portfolio = read(tmp_path, text, "invoices", columns=TERM)
    assert known(portfolio, "on_time_share") == {"D1": 1.0, "D2": 0.0}


def test_a_credit_note_lowers_revenue_and_is_no_order(tmp_path: Path) -> None:
    credit = sale(3, "2025-02-03", "D1", "C1", "-40.00", "-8.40")
    text = file(
        journal("V", "S", sale(1, "2025-01-10", "D1", "F1", "100.00", "21.00"), credit), DUE
    )
    portfolio = read(tmp_path, text, "orders", "invoices")
    assert known(portfolio, "revenue") == {"D1": 60.0}
    assert known(portfolio, "order_count") == {"D1": 1.0}


def test_a_credit_note_on_the_other_side(tmp_path: Path) -> None:
    credit = entry(
        3,
        "2025-02-03",
        line(1300, "48.40", "C", custSupID="D1", invRef="C1"),
        line(8000, "40.00", "D"),
        line(1500, "8.40", "D"),
    )
    text = file(SOLD, journal("VC", "S", credit), PAID, DUE)
    portfolio = read(tmp_path, text, "orders", "invoices")
    assert known(portfolio, "revenue") == {"D1": 60.0, "D2": 200.0}
    assert known(portfolio, "overdue_amount") == {"D1": 0.0, "D2": 0.0}


def test_a_credit_note_under_the_number_of_its_invoice_settles_it(tmp_path: Path) -> None:
    text = file(
        journal(
            "V",
            "S",
            sale(1, "2025-01-10", "D1", "F1", "100.00", "21.00"),
            sale(3, "2025-01-12", "D1", "F1", "-100.00", "-21.00"),
        ),
        DUE,
    )
    portfolio = read(tmp_path, text, "orders", "invoices")
    assert known(portfolio, "revenue") == {"D1": 0.0}
    assert known(portfolio, "overdue_amount") == {"D1": 0.0}


def test_a_bank_line_for_each_invoice_of_one_payment(tmp_path: Path) -> None:
    bank = received(1, "2025-02-10", ("D1", "F1", "121.00"), ("D2", "F2", "242.00"))
    portfolio = read(tmp_path, file(SOLD, journal("B", "B", bank), DUE), "invoices")
    assert known(portfolio, "on_time_share") == {"D1": 0.0, "D2": 1.0}


def test_partial_payments_pay_on_the_last_day(tmp_path: Path) -> None:
    bank = journal(
        "B",
        "B",
        received(1, "2025-01-20", ("D1", "F1", "100.00")),
        received(2, "2025-02-20", ("D1", "F1", "21.00")),
        received(3, "2025-02-10", ("D2", "F2", "142.00")),
    )
    portfolio = read(tmp_path, file(SOLD, bank, DUE), "invoices")
    assert known(portfolio, "on_time_share") == {"D1": 0.0, "D2": 0.0}
    assert known(portfolio, "overdue_amount") == {"D1": 0.0, "D2": 100.0}


def test_a_refused_direct_debit_opens_it_again(tmp_path: Path) -> None:
    back = entry(
        3,
        "2025-01-25",
        line(1300, "121.00", "D", custSupID="D1", invRef="F1"),
        line(1100, "121.00", "C"),
    )
    bank = journal("B", "B", received(1, "2025-01-20", ("D1", "F1", "121.00")), back)
    portfolio = read(tmp_path, file(SOLD, bank, DUE), "invoices")
    assert known(portfolio, "overdue_amount")["D1"] == 121.0


def test_sales_in_several_journals_with_the_same_numbers(tmp_path: Path) -> None:
    other = journal("W", "S", sale(1, "2025-03-01", "D2", "W1", "50.00", "10.50"))
    portfolio = read(tmp_path, file(SOLD, other, PAID, DUE), "orders")
    assert known(portfolio, "revenue") == {"D1": 100.0, "D2": 250.0}


def test_numbers_that_begin_again_in_each_period(tmp_path: Path) -> None:
    sold = journal(
        "V",
        "S",
        sale(1, "2025-01-10", "D1", "F1", "100.00", "21.00"),
        sale(1, "2025-02-01", "D2", "F2", "200.00", "42.00"),
    )
    portfolio = read(tmp_path, file(sold), "orders")
    assert known(portfolio, "revenue") == {"D1": 100.0, "D2": 200.0}


def test_lines_and_entries_without_numbers(tmp_path: Path) -> None:
    text = re.sub("<nr>[^<]*</nr>", "", file(SOLD, PAID))
    portfolio = read(tmp_path, text, "orders", "invoices", columns=TERM)
    assert known(portfolio, "revenue") == {"D1": 100.0, "D2": 200.0}
    assert known(portfolio, "on_time_share") == {"D1": 1.0, "D2": 0.0}


def test_several_invoices_in_one_entry_by_their_numbers(tmp_path: Path) -> None:
    day = entry(
        1,
        "2025-01-10",
        line(1300, "121.00", "D", custSupID="D1", invRef="F1"),
        line(8000, "100.00", "C", invRef="F1"),
        line(1500, "21.00", "C", invRef="F1"),
        line(1300, "242.00", "D", custSupID="D2", invRef="F2"),
        line(8000, "200.00", "C", invRef="F2"),
        line(1500, "42.00", "C", invRef="F2"),
    )
    portfolio = read(tmp_path, file(journal("V", "S", day)), "orders")
    assert known(portfolio, "revenue") == {"D1": 100.0, "D2": 200.0}


def test_customers_that_only_the_sub_ledger_names(tmp_path: Path) -> None:
    bare = re.sub(r"<custSupID>D\d</custSupID><invRef>[^<]*</invRef>", "", SOLD + PAID)
    settled = "".join(
        f"<sbLine>{elements(jrnID='B', trNr=nr, trLineNr=2, custSupID=f'D{nr}', invRef=f'F{nr}')}"
        "</sbLine>"
        for nr in (1, 2)
    )
    portfolio = read(
        tmp_path,
        file(bare, DUE.replace("</subledger>", settled + "</subledger>")),
        "orders",
        "invoices",
    )
    assert known(portfolio, "revenue") == {"D1": 100.0, "D2": 200.0}
    assert known(portfolio, "on_time_share") == {"D1": 1.0, "D2": 0.0}


def test_suppliers_are_no_customers(tmp_path: Path) -> None:
    bought = journal(
        "I",
        "P",
        entry(
            1,
            "2025-01-03",
            line(4000, "500.00", "D"),
            line(1500, "105.00", "D"),
            line(1600, "605.00", "C", custSupID="S1", invRef="I9"),
        ),
    )
    ledger = LEDGER + accounts(a1600="B")
    text = file(SOLD, bought, PAID, DUE, ledger=ledger)
    portfolio = read(tmp_path, text, "orders", "invoices", "customers")
    assert portfolio.ids.tolist() == ["D1", "D2"]
    assert known(portfolio, "revenue") == {"D1": 100.0, "D2": 200.0}
    untyped = re.sub("<custSupTp>.</custSupTp>", "", text)
    portfolio = read(tmp_path, untyped, "orders", "invoices", "customers")
    assert portfolio.ids.tolist() == ["D1", "D2"]
    assert "1 row of suppliers left out" in said(portfolio)


def test_due_dates_of_a_sub_ledger_that_names_invoices_and_no_lines(tmp_path: Path) -> None:
    bare = re.sub(r"<(jrnID|trNr|trLineNr)>[^<]*</\1>", "", DUE)
    portfolio = read(tmp_path, file(SOLD, PAID, bare), "invoices")
    assert known(portfolio, "on_time_share") == {"D1": 1.0, "D2": 0.0}


def odoo(*, matched: bool) -> str:
    """What Odoo's template writes: everybody on each line, the bank without invoice numbers."""
    people = re.sub("<custSupTp>.</custSupTp>", "", PEOPLE)
    ref = {"recRef": "A1"} if matched else {}
    sold = journal(
        "INV",
        "S",
        entry(
            11,
            "2025-01-10",
            line(1300, "121.00", "D", custSupID="D1", invRef="INV/1", **ref),
            line(8000, "100.0", "C", custSupID="D1", invRef="INV/1"),
            line(1500, "21.0", "C", custSupID="D1", invRef="INV/1"),
        ),
        entry(
            12,
            "2025-02-01",
            line(1300, "242.0", "D", custSupID="D2", invRef="INV/2"),
            line(8000, "200.0", "C", custSupID="D2", invRef="INV/2"),
            line(1500, "42.0", "C", custSupID="D2", invRef="INV/2"),
        ),
    )
    bank = journal(
        "BNK1",
        "B",
        entry(
            13,
            "2025-01-20",
            line(1100, "121.0", "D", custSupID="D1"),
            line(1300, "121.0", "C", custSupID="D1", **ref),
        ),
    )
    return file(sold, bank, people=people)


def test_a_customer_on_each_line_does_not_hide_the_debtors(tmp_path: Path) -> None:
    portfolio = read(tmp_path, odoo(matched=True), "orders", "invoices", columns=TERM)
    assert known(portfolio, "revenue") == {"D1": 100.0, "D2": 200.0}
    assert known(portfolio, "overdue_amount") == {"D1": 0.0, "D2": 242.0}


@pytest.mark.parametrize("key", ["recRef", "matchKeyID"])
def test_what_is_matched_is_paid_by_what_it_is_matched_with(tmp_path: Path, key: str) -> None:
    text = odoo(matched=True).replace("recRef", key)
    portfolio = read(tmp_path, text, "invoices", columns=TERM)
    assert known(portfolio, "on_time_share") == {"D1": 1.0, "D2": 0.0}


def test_one_receipt_matched_with_two_invoices_pays_both(tmp_path: Path) -> None:
    sold = journal(
        "V",
        "S",
        sale(1, "2025-01-10", "D1", "F1", "100.00", "21.00"),
        sale(2, "2025-01-11", "D1", "F2", "200.00", "42.00"),
    ).replace("<custSupID>", "<recRef>A7</recRef><custSupID>")
    bank = journal("B", "B", received(1, "2025-01-20", ("D1", None, "363.00"), recRef="A7"))
    portfolio = read(tmp_path, file(sold, bank), "invoices", columns=TERM)
    assert known(portfolio, "on_time_share") == {"D1": 1.0}
    assert known(portfolio, "overdue_amount") == {"D1": 0.0}


def test_receipts_that_name_no_invoice_are_put_on_the_oldest_and_their_day_stays_unknown(
    tmp_path: Path,
) -> None:
    bank = journal(
        "B",
        "B",
        received(1, "2025-01-20", ("D1", None, "121.00")),
        received(2, "2025-03-01", ("D2", None, "200.00")),
    )
    portfolio = read(tmp_path, file(SOLD, bank, DUE), "invoices")
    assert known(portfolio, "overdue_amount") == {"D1": 0.0, "D2": 42.0}
    assert "D1" not in known(portfolio, "on_time_share")
    assert "2 rows of customers that name no invoice" in said(portfolio)


def test_what_was_outstanding_at_the_start_is_read_with_its_due_date(tmp_path: Path) -> None:
    opening = (
        "<openingBalance><opBalDate>2025-01-01</opBalDate>"
        f"<obLine>{elements(nr=1, accID=1300, amnt='60.50', amntTp='D')}</obLine>"
        "<obSubledgers><obSubledger><sbType>CU</sbType><obSbLine>"
        + elements(
            nr=1,
            obLineNr=1,
            amnt="60.50",
            amntTp="D",
            custSupID="D1",
            invRef="F0",
            invDt="2024-12-01",
            invDueDt="2024-12-15",
        )
        + "</obSbLine></obSubledger></obSubledgers></openingBalance>"
    )
    portfolio = read(tmp_path, file(SOLD, PAID, DUE, opening=opening), "orders", "invoices")
    assert known(portfolio, "overdue_amount") == {"D1": 60.5, "D2": 0.0}
    bank = journal("K", "B", received(9, "2025-01-05", ("D1", "F0", "60.50")))
    text = file(SOLD, PAID, bank, DUE, opening=opening)
    portfolio = read(tmp_path, text, "orders", "invoices")
    assert known(portfolio, "overdue_amount") == {"D1": 0.0, "D2": 0.0}
    assert known(portfolio, "on_time_share", date(2025, 2, 28))["D1"] == 0.5
    assert known(portfolio, "revenue") == {"D1": 100.0, "D2": 200.0}


def test_an_opening_journal_is_no_payment(tmp_path: Path) -> None:
    opened = journal(
        "OB", "O", entry(0, "2025-01-01", line(1300, "60.50", "D", custSupID="D1", invRef="F0"))
    )
    portfolio = read(tmp_path, file(opened, SOLD, PAID), "invoices", columns=TERM)
    assert known(portfolio, "overdue_amount")["D1"] == 60.5


def outstanding(day: str, reference: str, amount: str) -> str:
    texts = elements(
        nr=1,
        amnt=amount,
        amntTp="D",
        custSupID="D1",
        invRef=reference,
        invDueDt="2025-01-24",
    )
    return (
        f"<openingBalance><opBalDate>{day}</opBalDate><obSubledgers><obSubledger>"
        f"<sbType>CU</sbType><obSbLine>{texts}</obSbLine></obSubledger></obSubledgers>"
        "</openingBalance>"
    )


@pytest.mark.parametrize("order", [1, -1])
def test_two_years_of_files_are_one_ledger(tmp_path: Path, order: int) -> None:
    first, second = tmp_path / "a.xaf", tmp_path / "b.xaf"
    first.write_text(file(SOLD, DUE))
    opening = outstanding("2025-02-01", "F1", "121.00")
    second.write_text(file(PAID.replace("<nr>1</nr>", "<nr>9</nr>"), opening=opening))
    files = [first, second][::order]
    portfolio = Portfolio.from_files(invoices=files, orders=files, customers=files)
    assert known(portfolio, "on_time_share") == {"D1": 1.0, "D2": 0.0}
    assert known(portfolio, "overdue_amount") == {"D1": 0.0, "D2": 0.0}
    assert known(portfolio, "revenue") == {"D1": 100.0, "D2": 200.0}
    assert portfolio.ids.tolist() == ["D1", "D2"]


def test_what_is_outstanding_in_two_files_is_so_once(tmp_path: Path) -> None:
    paths = [tmp_path / "a.xaf", tmp_path / "b.xaf"]
    for path, day in zip(paths, ("2024-01-01", "2025-01-01"), strict=True):
        path.write_text(file(SOLD, PAID, DUE, opening=outstanding(day, "F0", "60.50")))
    portfolio = Portfolio.from_files(invoices=paths[::-1])
    assert known(portfolio, "overdue_amount")["D1"] == 60.5


def test_a_credit_note_for_an_invoice_of_last_year(tmp_path: Path) -> None:
    credit = journal("C", "S", sale(5, "2025-02-03", "D1", "F0", "-50.00", "-10.50"))
    text = file(SOLD, PAID, credit, DUE, opening=outstanding("2025-01-01", "F0", "60.50"))
    assert known(read(tmp_path, text, "invoices"), "overdue_amount") == {"D1": 0.0, "D2": 0.0}


def test_the_day_that_the_bank_names_counts_where_a_statement_is_one_entry(tmp_path: Path) -> None:
    statement = entry(
        1,
        "2025-01-31",
        line(1100, "363.00"),
        line(1300, "121.00", "C", custSupID="D1", invRef="F1", effDate="2025-01-20"),
        line(1300, "242.00", "C", custSupID="D2", invRef="F2", effDate="2025-02-20"),
    )
    portfolio = read(tmp_path, file(SOLD, journal("B", "B", statement), DUE), "invoices")
    assert known(portfolio, "on_time_share") == {"D1": 1.0, "D2": 0.0}


def test_revenue_that_no_journal_of_sales_holds_is_noted(tmp_path: Path) -> None:
    memo = journal(
        "M",
        "M",
        entry(
            1,
            "2025-03-01",
            line(1300, "12.10", "D", custSupID="D1", invRef="F8"),
            line(8000, "10.00", "C", custSupID="D1"),
            line(1500, "2.10", "C"),
        ),
    )
    portfolio = read(tmp_path, file(SOLD, memo), "orders")
    assert known(portfolio, "revenue") == {"D1": 100.0, "D2": 200.0}
    assert "1 row of revenue in other journals than those of sales left out: M" in said(portfolio)


def test_money_in_another_currency_is_that_of_the_books(tmp_path: Path) -> None:
    text = file(SOLD).replace(
        "<amnt>100.00</amnt>",
        "<amnt>100.00</amnt><currency><curCode>USD</curCode><curAmnt>108.00</curAmnt></currency>",
    )
    assert known(read(tmp_path, text, "orders"), "revenue") == {"D1": 100.0, "D2": 200.0}


def test_several_taxes_on_one_line(tmp_path: Path) -> None:
    vat = f"<vat>{elements(vatID='H', vatPerc='21.00', vatAmnt='9.00', vatAmntTp='C')}</vat>"
    text = file(SOLD).replace("<amntTp>C</amntTp>", f"<amntTp>C</amntTp>{vat}{vat}")
    assert known(read(tmp_path, text, "orders"), "revenue") == {"D1": 100.0, "D2": 200.0}


def test_prepaid_amounts_on_a_debtor_without_an_invoice(tmp_path: Path) -> None:
    sold = journal(
        "V",
        "S",
        sale(1, "2025-01-10", "D1", "F1", "100.00", "21.00"),
        sale(2, "2025-02-01", "D2", None, "200.00", "42.00"),
    )
    portfolio = read(tmp_path, file(sold, DUE), "orders", "invoices")
    assert known(portfolio, "revenue") == {"D1": 100.0, "D2": 200.0}
    assert known(portfolio, "overdue_amount") == {"D1": 121.0, "D2": 242.0}


def test_a_part_of_the_year_is_read_to_its_last_day(tmp_path: Path) -> None:
    header = (
        "<header><fiscalYear>2025</fiscalYear><startDate>2025-01-01</startDate>"
        "<endDate>2025-01-31</endDate></header>"
    )
    sold = journal("V", "S", sale(1, "2025-01-10", "D1", "F1", "100.00", "21.00"))
    portfolio = read(tmp_path, file(sold, DUE, header=header), "orders", "invoices")
    assert "to 2025-01-31" in said(portfolio)


@pytest.mark.parametrize("kinds", ["CS", "SC"])
def test_who_buys_and_sells_is_a_customer(tmp_path: Path, kinds: str) -> None:
    people = "".join(
        f"<customerSupplier>{elements(custSupID='D1', custSupName='x', custSupTp=kind)}"
        "</customerSupplier>"
        for kind in kinds
    )
    portfolio = read(tmp_path, file(SOLD, people=people), "orders", "customers")
    assert portfolio.ids.tolist() == ["D1", "D2"]


def test_a_packed_file_under_the_name_of_one_that_is_not(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as packed:
        packed.writestr("2025.xaf", file(SOLD))
    content = (tmp_path / "x.zip").read_bytes()
    with pytest.raises(KlantkompasError, match=r"Name it \.zip"):
        read(tmp_path, content, "orders")
    assert known(read(tmp_path, content, "orders", name="books.zip"), "revenue")


def test_what_it_holds_is_told_of_each_table(tmp_path: Path) -> None:
    path = tmp_path / "books.xaf"
    path.write_text(file(SOLD, PAID, DUE))
    with pytest.raises(KlantkompasError, match=r'has 3 tables.*"books.xaf::customers"'):
        inspect_export(path)
    report = inspect_export(path, table="invoices")
    assert (report.table, report.rows) == ("invoices", 2)
    said = tomllib.loads(report.to_toml())["invoices"]
    columns = {"invoices": {"shape": said["shape"]}}
    portfolio = Portfolio.from_files(invoices=said["file"], columns=columns)
    assert known(portfolio, "on_time_share") == {"D1": 1.0, "D2": 0.0}


ENTITIES = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
UBL = (
    '<?xml version="1.0"?><Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">'
    "<ID>F1</ID><IssueDate>2025-01-10</IssueDate><DueDate>2025-01-24</DueDate></Invoice>"
)
CLAIR = (
    "<auditfile><header><auditfileVersion>CLAIR2.00.00</auditfileVersion></header><generalLedger>"
    "<ledgerAccount><accountID>8000</accountID></ledgerAccount></generalLedger></auditfile>"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (file(SOLD).replace("?>", f'?><!DOCTYPE a [<!ENTITY l0 "x">{ENTITIES}]>'), "document type"),
        (
            file(SOLD).replace("?>", '?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
            "document type",
        ),
        (file(SOLD)[:900], "line 1.*whole|damaged|again"),
        (UBL, r"(?i)'?Invoice'?.*(UBL|one invoice)"),
        (CLAIR, r"CLAIR2"),
        (
            "CLAIR1.00.00 Administratie",
            r"(?i)not an auditfile",
        ),
        (file(SOLD.replace("<jrnTp>S<", "<jrnTp>Z<")), r"V \(Z\).*"),
        (file(SOLD).replace("<amnt>100.00", "<amnt>1.000,00"), r"1\.000,00"),
        (file(SOLD).replace("2025-01-10", "10-01-2025"), "not an existing date"),
        (file(), "no lines in a journal"),
        ('<?xml version="1.0"?><Workbook xmlns="urn:x"/>', "Workbook.*spreadsheet"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(KlantkompasError, match=expected):
        read(tmp_path, text, "orders")


def test_journals_without_any_type_are_those_of_sales_where_they_have_revenue_of_customers(
    tmp_path: Path,
) -> None:
    untyped = [re.sub("<jrnTp>.</jrnTp>", "", each) for each in (SOLD, PAID)]
    portfolio = read(tmp_path, file(*untyped, DUE), "orders", "invoices", "customers")
    assert portfolio.ids.tolist() == ["D1", "D2"]
    assert known(portfolio, "revenue") == {"D1": 100.0, "D2": 200.0}
    assert known(portfolio, "on_time_share") == {"D1": 1.0, "D2": 0.0}
    assert "no journal has a type" in said(portfolio)
    assert said(portfolio).count("read as those of sales: V") == 2


def test_a_ledger_of_which_only_the_sales_have_no_type_is_refused(tmp_path: Path) -> None:
    untyped = re.sub("<jrnTp>.</jrnTp>", "", SOLD)
    with pytest.raises(KlantkompasError, match=r"type S.*V \(-\)"):
        read(tmp_path, file(untyped, PAID), "orders")


def test_two_accounts_of_debtors_are_both_read_where_codes_say_so(tmp_path: Path) -> None:
    ledger = LEDGER.replace(
        "<accID>1300</accID>", "<accID>1300</accID><RGScode>BVorDebHad</RGScode>"
    ) + (f"<ledgerAccount>{elements(accID=1310, accTp='B', RGScode='BVorDebHdb')}</ledgerAccount>")
    ledger = ledger.replace("<accID>8000</accID>", "<accID>8000</accID><RGScode>WOmzNop</RGScode>")
    other = sale(3, "2025-03-01", "D2", "F3", "50.00", "10.50").replace("1300", "1310")
    text = file(SOLD, journal("X", "S", other), PAID, ledger=ledger, namespace=OFFICIAL_4)
    portfolio = read(tmp_path, text, "orders", "invoices", columns=TERM)
    assert known(portfolio, "overdue_amount") == {"D1": 0.0, "D2": 60.5}


def test_two_accounts_that_sales_debit_are_not_guessed_between(tmp_path: Path) -> None:
    other = sale(3, "2025-03-01", "D2", "F3", "50.00", "10.50").replace("1300", "1310")
    text = file(SOLD, journal("X", "S", other), ledger=LEDGER + accounts(a1310="B"))
    with pytest.raises(KlantkompasError, match=r"1300, 1310.*RGS"):
        read(tmp_path, text, "invoices")
