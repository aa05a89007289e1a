"""Small exports as systems write them, each with what must come of it, said beforehand.

A case says the text of a file, the table that it is, what is said of its columns if anything, and
either the exact amounts and measures by customer, and words of the notes; or words of the error.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from klantkompas import Compass, Portfolio
from klantkompas.errors import KlantkompasError

WRITTEN = Path(__file__).parent / "written"
COMPASS = Compass(installed=False)
NOBODY = "(nobody)"
CASES: dict[str, dict[str, Any]] = {
    case["name"]: case
    for path in sorted(WRITTEN.glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
}
EXACT = {
    "customer": "Debiteur",
    "issued": "Factuurdatum",
    "due": "Vervaldatum",
    "amount": "Bedrag",
    "reference": "Factuurnr",
}
DAY = datetime
EXACT_ROWS: list[list[Any]] = [
    ["Debiteur", "Naam", "Factuurnr", "Factuurdatum", "Vervaldatum", "Bedrag", "Openstaand"],
    ["1001", "Anna BV"],
    [None, None, "F1", DAY(2025, 1, 3), DAY(2025, 1, 17), 121.0, 121.0],
    [None, None, "F2", DAY(2025, 2, 3), DAY(2025, 2, 17), 60.5, 10.5],
    ["1002", "Bas"],
    [None, None, "F3", DAY(2025, 1, 10), DAY(2025, 1, 24), 50.0, 50.0],
]


def read(path: Path, case: dict[str, Any]) -> Portfolio:
    table = case.get("table", "orders")
    columns = {table: case["columns"]} if "columns" in case else None
    return Portfolio.from_files(columns=columns, locale=case.get("locale"), **{table: path})


def amounts(portfolio: Portfolio) -> dict[str, list[float]]:
    (table,) = portfolio.tables.values()
    found: dict[str, list[float]] = {}
    for code, amount in zip(table.codes, table.columns["amount"], strict=True):
        owner = str(portfolio.ids[code]) if code < len(portfolio) else NOBODY
        found.setdefault(owner, []).append(round(float(amount), 6))
    return {owner: sorted(each) for owner, each in found.items()}


def known(portfolio: Portfolio, name: str, as_of: date | None) -> dict[str, float]:
    measures = COMPASS.measure(portfolio, as_of)
    values = zip(measures.ids.tolist(), measures[name].tolist(), strict=True)
    return {str(id_): value for id_, value in values if value == value}


def check(path: Path, case: dict[str, Any]) -> None:
    if "error" in case:
        with pytest.raises(KlantkompasError) as caught:
            COMPASS.measure(read(path, case), case.get("as_of"))
        assert re.search(case["error"], str(caught.value))
        return
    portfolio = read(path, case)
    if "amounts" in case:
        assert amounts(portfolio) == case["amounts"]
    for name, expected in case.get("measures", {}).items():
        assert known(portfolio, name, case.get("as_of")) == pytest.approx(expected), name
    notes = "\n".join(map(str, portfolio.notes)).casefold()
    for each in case.get("notes", ()):
        assert each.casefold() in notes


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_each_is_read_right_or_refused(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / case["file"]
    path.write_bytes(case["text"].encode(case.get("encoding", "utf-8")))
    check(path, case)


def followed(line: str, case: dict[str, Any]) -> dict[str, Any]:
    """What is said of a case's columns, with the lines that a note says to write."""
    said = dict(case.get("columns", {}))
    for each in line.split("\n"):
        said |= tomllib.loads(each)
    return said


ADVISED = {name: case for name, case in CASES.items() if "error" not in case and "columns" in case}


@pytest.mark.parametrize("case", ADVISED.values(), ids=ADVISED)
def test_what_each_note_says_to_write_can_be_written(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / case["file"]
    path.write_bytes(case["text"].encode(case.get("encoding", "utf-8")))
    for note in read(path, case).notes:
        if note.line and not note.line.startswith("shape = "):
            columns = followed(note.line, case)
            again = read(path, {**case, "columns": columns}).notes
            assert (note.message, note.column) not in {(n.message, n.column) for n in again}


def workbook(folder: Path, rows: list[list[Any]], merged: tuple[str, ...] = ()) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    book.save(folder / "export.xlsx")
    return folder / "export.xlsx"


def test_a_report_with_each_customer_above_their_rows(tmp_path: Path) -> None:
    titles = [["Openstaande posten debiteuren"], ["Datum: 31-03-2025"], []]
    totals = [["Totaal", None, None, None, None, 231.5, 181.5]]
    path = workbook(tmp_path, [*titles, *EXACT_ROWS, *totals], ("A1:G1", "A2:G2"))
    owner = {"customer": {"heading": "Debiteur", "above": True}, "open": "Openstaand"}
    case: dict[str, Any] = {
        "table": "invoices",
        "as_of": date(2025, 3, 31),
        "columns": {**EXACT, **owner},
        "measures": {"overdue_amount": {"1001": 131.5, "1002": 50.0}},
    }
    check(path, case)


def test_ids_that_only_titles_have_are_proposed_as_those_of_the_rows_below(tmp_path: Path) -> None:
    path = workbook(tmp_path, EXACT_ROWS)
    case = {"table": "invoices", "columns": EXACT, "error": "customer = .*above = true"}
    check(path, case)


def test_a_report_of_opportunities_by_account(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Opportunities 2025"],
        ["As of 2025-03-31 10:15:32 Generated by Eva"],
        [],
        ["Account Name", "Opportunity Name", "Stage", "Close Date", "Amount"],
        ["Anna BV", "Dak", "Closed Won", DAY(2025, 2, 13), 1200.5],
        [None, "Goot", "Closed Won", DAY(2025, 2, 14), 100.0],
        ["Subtotal", None, None, None, 1300.5],
        ["Bas VOF", "Gevel", "Prospecting", DAY(2025, 2, 14), 900.0],
        ["Total", None, None, None, 2200.5],
        ["Copyright (c) 2000-2025 salesforce.com, inc. All rights reserved."],
    ]
    expected = {"Anna BV": [1200.5], NOBODY: [100.0]}
    check(workbook(tmp_path, rows), {"amounts": expected, "notes": ["without a customer"]})


def test_text_among_dates_and_numbers(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Omzet per klant"],
        [],
        ["Klant nr.", "Orderdatum", "Omzet (\u20ac)"],
        ["0017", "13-02-2025", "1.012,50"],
        ["0018", DAY(2025, 2, 14), 12.5],
    ]
    columns = {"customer": "Klant nr.", "on": "Orderdatum", "amount": "Omzet (\u20ac)"}
    expected = {"0017": [1012.5], "0018": [12.5]}
    check(workbook(tmp_path, rows), {"columns": columns, "amounts": expected})


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_what_a_dutch_spreadsheet_program_makes_of_shopifys_export(
    line_end: str, tmp_path: Path
) -> None:
    case = CASES["shopify authorized, expired, pending, unpaid"]
    text = case["text"].replace(",", ";").replace(".", ",").replace("@x,nl", "@x.nl")
    path = tmp_path / "orders.csv"
    path.write_bytes(b"\xef\xbb\xbfsep=;" + f"\n{text}".replace("\n", line_end).encode())
    check(path, case)
