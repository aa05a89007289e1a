"""Small exports as systems write them, each with what must come of it, said beforehand.

A case says the text of a file (or of several, for one table), the table that it is, what is said of
its columns if anything, and either the exact amounts and measures by customer, and words of the
notes, or all the lines that they say to write; or words of the error. One that is read as proposed
is read by the settings to start from, as they stand. What a case follows are notes on columns, of
which the line is added to the settings to the letter, one after another.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from klantkompas import Compass, Portfolio, inspect_export
from klantkompas.domain.export_shape import KEYS as SHAPE_KEYS
from klantkompas.errors import KlantkompasError

WRITTEN = Path(__file__).parent / "written"
COMPASS = Compass(installed=False)
NOBODY = "(nobody)"
KEYS = frozenset(SHAPE_KEYS)
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


Settings = dict[str, Any]


def read(paths: Path | list[Path], case: dict[str, Any], settings: Settings | None) -> Portfolio:
    table = case.get("table", "orders")
    columns = None if settings is None else {table: settings}
    return Portfolio.from_files(columns=columns, locale=case.get("locale"), **{table: paths})


def said(paths: Path | list[Path], case: dict[str, Any]) -> Settings | None:
    """What the settings say of the table: nothing, what a case says, or what is proposed."""
    if case.get("way") != "proposed":
        return case.get("columns")
    assert isinstance(paths, Path)
    report = inspect_export(paths)
    assert report.table == case.get("table", "orders")
    settings = tomllib.loads(report.to_toml())[report.table]
    del settings["file"]
    headings = {name: heading_of(value) for name, value in settings.items()}
    proposed = case.get("proposed", {})
    assert {name: headings.get(name) for name in proposed} == proposed
    assert set(case.get("lacking", ())) <= set(report.missing)
    return {**settings, **case.get("settings", {})}


def heading_of(value: Any) -> Any:
    """The heading that settings name, also where they say more of it."""
    return value.get("heading", value) if isinstance(value, dict) else value


def followed(portfolio: Portfolio, settings: Settings | None, line: str) -> Settings:
    """What is said of a table, with what a note says to write; beside a shape, with that shape."""
    said = dict(settings or {})
    for each in line.split("\n"):
        written = tomllib.loads(each)
        if settings is None and not {*written} <= KEYS:
            said |= tomllib.loads(shape_named(portfolio))
        said |= written
    return said


def shape_named(portfolio: Portfolio) -> str:
    """The line that keeps a shape that was recognised, as the first note says."""
    return next(note.line for note in portfolio.notes if note.line.startswith("shape = "))


def by_owner(portfolio: Portfolio, field: str) -> dict[str, list[float]]:
    (table,) = portfolio.tables.values()
    found: dict[str, list[float]] = {}
    for code, value in zip(table.codes, table.columns[field], strict=True):
        owner = str(portfolio.ids[code]) if code < len(portfolio) else NOBODY
        found.setdefault(owner, []).append(round(float(value), 6))
    return {owner: sorted(each) for owner, each in found.items()}


def known(portfolio: Portfolio, name: str, as_of: date | None) -> dict[str, float]:
    measures = COMPASS.measure(portfolio, as_of)
    values = zip(measures.ids.tolist(), measures[name].tolist(), strict=True)
    return {str(id_): value for id_, value in values if value == value}


FIELDS = {
    "amounts": "amount",
    "pieces": "quantity",
    "minutes": "minutes",
    "initiatives": "by_customer",
}
"""What a case calls the values of a field, by customer."""


def check_values(portfolio: Portfolio, case: dict[str, Any], as_of: date | None) -> None:
    for name, field in FIELDS.items():
        if name in case:
            expected = {owner: sorted(values) for owner, values in case[name].items()}
            assert by_owner(portfolio, field) == expected
    for name, expected in case.get("measures", {}).items():
        assert known(portfolio, name, as_of) == pytest.approx(expected), name
    if "customers" in case:
        assert portfolio.ids.tolist() == case["customers"]


def check(paths: Path | list[Path], case: dict[str, Any]) -> None:
    as_of = case.get("as_of")
    settings = said(paths, case)
    if "lacking" in case or "error" in case:
        with pytest.raises(KlantkompasError) as caught:
            COMPASS.measure(read(paths, case, settings), as_of)
        assert re.search(case.get("error", ""), str(caught.value))
        return
    portfolio = read(paths, case, settings)
    check_values(portfolio, case, as_of)
    notes = "\n".join(map(str, portfolio.notes)).casefold()
    for each in case.get("notes", ()):
        assert each.casefold() in notes
    if "lines" in case:
        assert [note.line for note in portfolio.notes if note.line] == case["lines"]
    for column in case.get("follow", ()):
        (line,) = [each.line for each in portfolio.notes if each.line and column in each.column]
        settings = followed(portfolio, settings, line)
        portfolio = read(paths, case, settings)
    check_values(portfolio, case.get("followed", {}), as_of)


def write(case: dict[str, Any], folder: Path) -> Path | list[Path]:
    """Write the file of a case, or its files."""
    texts = case["files"] if "files" in case else {case.get("file", "export.csv"): case["text"]}
    paths = [folder / name for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_bytes(text.encode(case.get("encoding", "utf-8")))
    return paths[0] if len(paths) == 1 else paths


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_each_is_read_right_or_refused(case: dict[str, Any], tmp_path: Path) -> None:
    check(write(case, tmp_path), case)


READ = {name: case for name, case in CASES.items() if not {"error", "lacking"} & {*case}}


@pytest.mark.parametrize("case", READ.values(), ids=READ)
def test_what_each_note_says_to_write_can_be_written(case: dict[str, Any], tmp_path: Path) -> None:
    paths = write(case, tmp_path)
    settings = said(paths, case)
    portfolio = read(paths, case, settings)
    for note in portfolio.notes:
        if note.line and not note.line.startswith("shape = "):
            again = read(paths, case, followed(portfolio, settings, note.line)).notes
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
