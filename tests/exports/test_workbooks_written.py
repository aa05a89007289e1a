"""Workbooks as bookkeepers and spreadsheet programs leave them, with what must come of each.

What was expected was written down first; how they come was read on 2026-11-27 in public threads on
reading workbooks (hidden sheets, merged cells, formulas, the 1904 dates, errors in cells), in the
OpenDocument 1.3 schema (repeated and covered cells) and in ECMA-376 (cell types, date formats).
"""

from __future__ import annotations

import csv
import tomllib
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from klantkompas import Portfolio, Settings, inspect_export
from klantkompas.errors import KlantkompasError
from tests.exports.test_written import NOBODY, READ, by_owner, check_values, known
from tests.exports.test_written import read as read_case

DAY = datetime
NAMED = {"customer": "Klantnr", "on": "Datum", "amount": "Bedrag"}
HEADINGS = ["Klantnr", "Datum", "Bedrag"]
ROWS: list[list[Any]] = [["0017", DAY(2025, 2, 13), 121.0], ["0018", DAY(2025, 2, 14), 60.5]]
RIGHT = {"0017": [121.0], "0018": [60.5]}
Book = openpyxl.Workbook


def saved(folder: Path, change: Callable[[Book], object], rows: Any = None) -> Path:
    """A workbook with the plain rows, changed."""
    book = openpyxl.Workbook()
    for row in rows if rows is not None else [HEADINGS, *ROWS]:
        book.worksheets[0].append(row)
    change(book)
    book.save(folder / "export.xlsx")
    return folder / "export.xlsx"


def written(folder: Path, fill: Callable[[Any, Any], object], **options: Any) -> Path:
    """A workbook as xlsxwriter makes it: with the values of formulas."""
    path = folder / "export.xlsx"
    with xlsxwriter.Workbook(path, options) as book:
        fill(book, book.add_worksheet("Blad1"))
    return path


def read(path: Path, columns: Any = NAMED, table: str = "orders", **more: Any) -> Portfolio:
    return Portfolio.from_files(columns={table: columns}, **{table: path}, **more)


def amounts(portfolio: Portfolio) -> dict[str, list[float]]:
    return by_owner(portfolio, "amount")


def said(portfolio: Portfolio) -> str:
    return "\n".join(map(str, portfolio.notes))


def put(sheet: Any, rows: list[list[Any]], dates: Any, at: int = 0) -> None:
    for number, row in enumerate(rows, at):
        for column, value in enumerate(row):
            if isinstance(value, datetime):
                sheet.write_datetime(number, column, value, dates)
            elif value is not None:
                sheet.write(number, column, value)


def test_a_hidden_sheet_of_last_year_does_not_count(tmp_path: Path) -> None:
    def hide(book: Book) -> None:
        old = book.create_sheet("2024", 0)
        old.append(HEADINGS)
        old.append(["0017", DAY(2024, 2, 13), 1000.0])
        old.sheet_state = "hidden"

    portfolio = read(saved(tmp_path, hide))
    assert amounts(portfolio) == RIGHT
    assert "hidden" in said(portfolio)
    assert "2024" in said(portfolio)


def test_a_cover_sheet_and_a_legend(tmp_path: Path) -> None:
    def add(book: Book) -> None:
        book.create_sheet("Voorblad", 0).append(["Omzet 2025", None, "Bakkerij"])
        book.create_sheet("Legenda").append(["Klantnr", "het nummer van de klant"])

    portfolio = read(saved(tmp_path, add))
    assert amounts(portfolio) == RIGHT
    assert "3 sheets" in said(portfolio)


def test_a_sheet_for_each_month_in_any_order_of_columns(tmp_path: Path) -> None:
    def add(book: Book) -> None:
        sheet = book.create_sheet("maart")
        sheet.append(["Bedrag", "Klantnr", "Datum"])
        sheet.append([12.5, "0017", DAY(2025, 3, 3)])

    assert amounts(read(saved(tmp_path, add))) == {"0017": [12.5, 121.0], "0018": [60.5]}


def test_the_sheet_with_most_rows_is_proposed_where_none_surely_has_the_headings(
    tmp_path: Path,
) -> None:
    def add(book: Book) -> None:
        book.create_sheet("Voorblad", 0).append(["Rapport", "Omzet per relatie"])
        book.worksheets[0].append(["Afgedrukt op", DAY(2025, 7, 1)])
        book.create_sheet("Btw-codes").append(["Code", "Tarief"])

    path = saved(tmp_path, add, [["Relatie", "Datum", "Bedrag excl. btw"], *ROWS])
    report = inspect_export(path)
    assert (report.rows, report.table) == (2, "orders")
    assert report.mapping["amount"][0] == "Bedrag excl. btw"
    named = inspect_export(f"{path}::Btw-codes")
    assert [each.heading for each in named.columns] == ["Code", "Tarief"]


def test_of_invoices_and_their_lines_the_sheet_with_more_of_the_fields_is_proposed(
    tmp_path: Path,
) -> None:
    def add(book: Book) -> None:
        lines = book.create_sheet("Regels", 0)
        for row in [["Factuurnummer", "Bedrag"], *([str(at), 1.0] for at in range(9))]:
            lines.append(row)

    path = saved(
        tmp_path, add, [["Klantnr", "Factuurnummer", "Datum", "Bedrag"], ["7", "1", *ROWS[0][1:]]]
    )
    report = inspect_export(path)
    assert (report.rows, report.missing) == (1, ())


def test_days_in_cells_without_a_format_are_proposed_with_their_style(tmp_path: Path) -> None:
    def add(book: Book) -> None:
        lines = book.create_sheet("Toelichting")
        lines.append(["Code", "Betekenis"])

    rows = [
        ["Klantnr", "Factuurdatum", "Vervaldatum", "Betaald op", "Bedrag"],
        ["7", 45663, 45693, 45688, 10.5],
        ["8", 45670, 45700, None, 5.5],
    ]
    path = saved(tmp_path, add, rows)
    report = inspect_export(path)
    said = tomllib.loads(report.to_toml())
    assert {name: said["invoices"][name]["heading"] for name in ("issued", "due", "paid")} == {
        "issued": "Factuurdatum",
        "due": "Vervaldatum",
        "paid": "Betaald op",
    }
    invoices = Settings.from_toml(report.to_toml(), folder=tmp_path).portfolio().tables["invoices"]
    due = invoices.columns["due"].astype("datetime64[D]").tolist()
    assert due == [date(2025, 2, 5), date(2025, 2, 12)]


def test_a_sheet_that_is_named_is_read_and_no_other(tmp_path: Path) -> None:
    def add(book: Book) -> None:
        book.worksheets[0].title = "2025"
        old = book.create_sheet("2024")
        old.append(HEADINGS)
        old.append(["0017", DAY(2024, 2, 13), 1000.0])
        old.sheet_state = "hidden"

    path = saved(tmp_path, add)
    assert amounts(read(Path(f"{path}::2025"))) == RIGHT
    assert amounts(read(Path(f"{path}::2024"))) == {"0017": [1000.0]}, "it is asked for"
    both = read([f"{path}::2025", f"{path}::2024"])  # type: ignore[arg-type]
    assert amounts(both) == {"0017": [121.0, 1000.0], "0018": [60.5]}
    with pytest.raises(KlantkompasError, match=r"no sheet '2042'.* There are: 2024, 2025"):
        read(Path(f"{path}::2042"))


def test_a_sheet_of_totals_beside_those_of_months_is_left_out_and_named(tmp_path: Path) -> None:
    def add(book: Book) -> None:
        book.worksheets[0].title = "feb"
        for name, headings in (("mrt", HEADINGS), ("apr", ["Klnt", "Dag", "Euro"])):
            book.create_sheet(name).append(headings)
            book[name].append(["0017", DAY(2025, 3, 1), 1.0])
        book.create_sheet("Jaartotaal").append(HEADINGS)
        book["Jaartotaal"].append(["0017", DAY(2025, 12, 31), 122.0])

    portfolio = read(saved(tmp_path, add))
    assert amounts(portfolio) == {"0017": [1.0, 121.0], "0018": [60.5]}
    assert "4 sheets in the workbook, of which those with the headings were read: feb, mrt" in said(
        portfolio
    )
    assert "2 sheets in the workbook not read: apr, Jaartotaal" in said(portfolio)


def test_customers_merged_over_their_rows(tmp_path: Path) -> None:
    more = [[None, DAY(2025, 2, 4), 20.0], [None, DAY(2025, 2, 5), 30.0]]
    rows = [HEADINGS, ["0017", DAY(2025, 2, 3), 10.0], *more, *ROWS[1:]]
    path = saved(tmp_path, lambda book: book.worksheets[0].merge_cells("A2:A4"), rows)
    portfolio = read(path)
    assert amounts(portfolio) == {"0017": [10.0], NOBODY: [20.0, 30.0], "0018": [60.5]}
    assert 'customer = { heading = "Klantnr", above = true }' in said(portfolio)
    above = {**NAMED, "customer": {"heading": "Klantnr", "above": True}}
    assert amounts(read(path, above)) == {"0017": [10.0, 20.0, 30.0], "0018": [60.5]}


def test_headings_in_row_five_with_a_filter_and_frozen_panes(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        dates = book.add_format({"num_format": "[$-413]d mmmm yyyy;@"})
        sheet.merge_range("A1:C1", "Omzetoverzicht")
        sheet.write("A2", "Administratie 12")
        sheet.write("A3", "Periode: 1 t/m 12")
        put(sheet, [HEADINGS, *ROWS], dates, at=4)
        sheet.autofilter(4, 0, 6, 2)
        sheet.filter_column("A", "x == 0017")
        sheet.set_row(6, options={"hidden": True})
        sheet.freeze_panes(5, 0)

    portfolio = read(written(tmp_path, fill))
    assert amounts(portfolio) == RIGHT
    assert "row 5" in said(portfolio)


@pytest.mark.parametrize(
    "form",
    [
        "dd-mm-yy",
        "d mmm yyyy",
        "m/d/yyyy h:mm",
        "dd.mm.yyyy;@",
        "yyyymmdd",
        "mmm-yy",
        "[$-F800]dddd",
    ],
)
def test_dates_in_any_format(form: str, tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        put(sheet, [HEADINGS, *ROWS], book.add_format({"num_format": form}))

    portfolio = read(written(tmp_path, fill))
    assert amounts(portfolio) == RIGHT
    assert known(portfolio, "revenue", date(2025, 2, 13)) == {"0017": 121.0, "0018": 0.0}


@pytest.mark.parametrize(
    "form", ['"\u20ac" #,##0.00', "#,##0.00 [$\u20ac-407]", "0%", "_ * #,##0.00_ ;_ * -#,##0.00_ "]
)
def test_amounts_in_any_format(form: str, tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        put(sheet, [HEADINGS, *ROWS], book.add_format({"num_format": "dd-mm-yyyy"}))
        sheet.write_number(1, 2, 121.0, book.add_format({"num_format": form}))

    assert amounts(read(written(tmp_path, fill))) == RIGHT


def test_dates_of_1904(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        put(sheet, [HEADINGS, *ROWS], book.add_format({"num_format": "dd-mm-yyyy"}))

    portfolio = read(written(tmp_path, fill, date_1904=True))
    assert known(portfolio, "revenue", date(2025, 2, 13)) == {"0017": 121.0, "0018": 0.0}


def test_formulas_count_by_what_they_gave(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        dates = book.add_format({"num_format": "dd-mm-yyyy"})
        put(sheet, [HEADINGS, *ROWS], dates)
        sheet.write_formula(1, 2, "=100*1.21", None, 121.0)
        sheet.write_formula(2, 0, '=TEXT(18,"0000")', None, "0018")
        sheet.write_formula(1, 1, "=DATE(2025,2,13)", dates, 45701)

    assert amounts(read(written(tmp_path, fill))) == RIGHT


def test_formulas_that_were_never_calculated_are_refused(tmp_path: Path) -> None:
    rows = [HEADINGS, ["0017", DAY(2025, 2, 13), "=100*1.21"]]
    with pytest.raises(KlantkompasError, match="'Bedrag', row 1: is empty"):
        read(saved(tmp_path, lambda book: None, rows))


def test_rows_of_formulas_that_give_nothing_are_no_rows(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        put(sheet, [HEADINGS, *ROWS], book.add_format({"num_format": "dd-mm-yyyy"}))
        for row in range(3, 40):
            for column in range(3):
                sheet.write_formula(row, column, '=IF(Z1="","",1)', None, "")

    assert amounts(read(written(tmp_path, fill))) == RIGHT


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?"])
def test_an_error_in_a_cell(error: str, tmp_path: Path) -> None:
    def fill(column: int) -> Path:
        def change(book: Any, sheet: Any) -> None:
            rows = [HEADINGS, *ROWS, ["0019", DAY(2025, 2, 15), 5.0]]
            put(sheet, rows, book.add_format({"num_format": "dd-mm-yyyy"}))
            sheet.write_formula(3, column, "=A1", None, error)

        return written(tmp_path, change)

    portfolio = read(fill(0))
    assert amounts(portfolio) == {**RIGHT, NOBODY: [5.0]}
    for column in (1, 2):
        with pytest.raises(KlantkompasError, match=r"row 3: is empty.*leave out"):
            read(fill(column))
        left = read(fill(column), {**NAMED, "incomplete": "leave out"})
        assert amounts(left) == RIGHT


def test_numbers_and_dates_that_are_text(tmp_path: Path) -> None:
    rows = [
        HEADINGS,
        [17, "13-02-2025", "1.121,00"],
        ["18", DAY(2025, 2, 14), 60.5],
        [19, "15-2-2025", "5"],
    ]
    portfolio = read(saved(tmp_path, lambda book: None, rows))
    assert amounts(portfolio) == {"17": [1121.0], "18": [60.5], "19": [5.0]}


def test_serial_numbers_with_a_time_of_day(tmp_path: Path) -> None:
    rows = [HEADINGS, ["0017", 45701.4257, 121.0], ["0018", 45702, 60.5]]
    path = saved(tmp_path, lambda book: None, rows)
    with pytest.raises(KlantkompasError, match='style="excel"'):
        read(path)
    portfolio = read(path, {**NAMED, "on": {"heading": "Datum", "style": "excel"}})
    assert known(portfolio, "revenue", date(2025, 2, 13)) == {"0017": 121.0, "0018": 0.0}


def test_dates_typed_in_another_country_are_half_text(tmp_path: Path) -> None:
    rows = [
        HEADINGS,
        ["0017", DAY(2025, 3, 2), 121.0],  # 02/03/2025, which the program took for 2 March
        ["0018", "02/14/2025", 60.5],  # which it did not take for a day
    ]
    path = saved(tmp_path, lambda book: None, rows)
    assert "02/14/2025" in said(read(path))


def test_a_total_below_with_a_day(tmp_path: Path) -> None:
    rows = [
        ["Klantnr", "Naam", "Datum", "Bedrag"],
        ["0017", "Anna", DAY(2025, 2, 13), 121.0],
        ["0018", "Bas", DAY(2025, 2, 14), 60.5],
        [None, "Totaal", DAY(2025, 2, 28), 181.5],
    ]
    portfolio = read(saved(tmp_path, lambda book: None, rows))
    assert amounts(portfolio) == RIGHT
    assert "totals" in said(portfolio)


def test_a_total_above_the_rows(tmp_path: Path) -> None:
    rows = [HEADINGS, ["Totaal", None, 181.5], *ROWS]
    portfolio = read(saved(tmp_path, lambda book: None, rows))
    assert amounts(portfolio) == RIGHT


def test_a_second_table_below(tmp_path: Path) -> None:
    rows = [
        HEADINGS,
        *ROWS,
        [],
        ["Per maand", None, None],
        ["Maand", "Aantal", "Omzet"],
        ["februari", 2, 181.5],
    ]
    path = saved(tmp_path, lambda book: None, rows)
    with pytest.raises(KlantkompasError, match="Datum"):
        read(path)


def test_a_second_table_at_the_side(tmp_path: Path) -> None:
    rows = [[*HEADINGS, None, "Maand", "Bedrag"], [*ROWS[0], None, "februari", 181.5], ROWS[1]]
    with pytest.raises(KlantkompasError, match="Bedrag#1"):
        read(saved(tmp_path, lambda book: None, rows))
    portfolio = read(saved(tmp_path, lambda book: None, rows), {**NAMED, "amount": "Bedrag#1"})
    assert amounts(portfolio) == RIGHT


def test_empty_columns_first_and_headings_over_two_lines(tmp_path: Path) -> None:
    headings = [None, None, "Klant\nnr", "Datum", "Bedrag\r\nexcl. btw (\u20ac)"]
    rows = [headings, *([None, None, *row] for row in ROWS)]
    columns = {"customer": "Klant nr", "on": "Datum", "amount": "Bedrag excl. btw (\u20ac)"}
    assert amounts(read(saved(tmp_path, lambda book: None, rows), columns)) == RIGHT


def test_a_very_wide_sheet(tmp_path: Path) -> None:
    more = [f"x{number}" for number in range(1500)]
    rows = [[*more, *HEADINGS], *([*more, *row] for row in ROWS)]
    assert amounts(read(saved(tmp_path, lambda book: None, rows))) == RIGHT


def test_comments_colours_and_links(tmp_path: Path) -> None:
    def change(book: Book) -> None:
        cell = book.worksheets[0]["C2"]
        cell.comment = Comment("nog bellen", "Eva")
        cell.hyperlink = "https://voorbeeld.nl"

    assert amounts(read(saved(tmp_path, change))) == RIGHT


def test_a_pivot_of_customers_by_month_is_refused(tmp_path: Path) -> None:
    rows = [["Som van Bedrag", "Kolomlabels"], ["Rijlabels", "jan", "feb", "Eindtotaal"],
            ["0017", 1, 2, 3], ["Eindtotaal", 1, 2, 3]]  # fmt: skip
    columns = {"customer": "Rijlabels", "on": "Datum", "amount": "Eindtotaal"}
    with pytest.raises(KlantkompasError, match="Datum"):
        read(saved(tmp_path, lambda book: None, rows), columns)


def test_truth_values_where_a_day_is_meant(tmp_path: Path) -> None:
    rows = [["Klantnr", "Verval", "Bedrag", "Betaald"], ["0017", DAY(2025, 2, 13), 121.0, True]]
    columns = {"customer": "Klantnr", "due": "Verval", "amount": "Bedrag", "paid": "Betaald"}
    with pytest.raises(KlantkompasError, match=r"Betaald.*date"):
        read(saved(tmp_path, lambda book: None, rows), columns, "invoices")


def test_ids_that_are_numbers_keep_no_zeros(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        put(
            sheet,
            [HEADINGS, [17, DAY(2025, 2, 13), 121.0]],
            book.add_format({"num_format": "d-m-yy"}),
        )
        sheet.write_number(1, 0, 17, book.add_format({"num_format": "0000"}))

    assert amounts(read(written(tmp_path, fill))) == {"17": [121.0]}


def test_a_table_with_a_row_of_totals(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        dates = book.add_format({"num_format": "dd-mm-yyyy"})
        columns = [
            {"header": "Klantnr", "total_string": "Totaal"},
            {"header": "Datum", "format": dates},
            {"header": "Bedrag", "total_function": "sum", "total_value": 181.5},
        ]
        sheet.add_table(0, 0, 3, 2, {"data": ROWS, "columns": columns, "total_row": True})

    portfolio = read(written(tmp_path, fill))
    assert amounts(portfolio) == RIGHT
    assert "totals" in said(portfolio)


def test_outstanding_items_with_ageing_beside_them(tmp_path: Path) -> None:
    """As Yuki and others lay it out: a column for each age, totals per customer."""
    rows: list[list[Any]] = [
        ["Openstaande debiteuren", None, None, None, None, None, None, None],
        ["Per 31-03-2025"],
        [],
        ["Relatie", "Factuurnr.", "Factuurdatum", "Vervaldatum", "Openstaand", "<", "31-60", ""],
        ["Anna BV", "F1", DAY(2025, 1, 3), DAY(2025, 1, 17), 121.0, None, None, 121.0],
        ["Anna BV", "F2", DAY(2025, 3, 10), DAY(2025, 4, 9), 50.0, 50.0, None, None],
        ["Totaal Anna BV", None, None, None, 171.0, 50.0, None, 121.0],
        ["Totaalbouw BV", "F3", DAY(2025, 2, 3), DAY(2025, 2, 17), 10.0, None, 10.0, None],
        ["Totaal Totaalbouw BV", None, None, None, 10.0, None, 10.0, None],
        ["Totaal", None, None, None, 181.0, 50.0, 10.0, 121.0],
    ]  # fmt: skip
    columns = {
        "customer": "Relatie",
        "issued": "Factuurdatum",
        "due": "Vervaldatum",
        "amount": "Openstaand",
        "open": "Openstaand",
        "reference": "Factuurnr.",
    }
    portfolio = read(saved(tmp_path, lambda book: None, rows), columns, "invoices")
    assert amounts(portfolio) == {"Anna BV": [50.0, 121.0], "Totaalbouw BV": [10.0]}
    overdue = known(portfolio, "overdue_amount", date(2025, 3, 31))
    assert overdue == {"Anna BV": 121.0, "Totaalbouw BV": 10.0}


def test_quickbooks_ageing_as_a_workbook(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["PPSOH LLC"],
        ["A/R Aging Detail Report"],
        ["As of Aug 12, 2026"],
        [],
        [None, "Date", "Type", "Num", "Customer full name", "Due date", "Amount", "Open balance"],
        ["91 or more days past due"],
        [None, "06/16/2022", "Invoice", "3827", "Bridges", "07/16/2022", 80397.05, 80397.05],
        ["Total for 91 or more days past due", None, None, None, None, None, 80397.05, 80397.05],
        ["TOTAL", None, None, None, None, None, 80397.05, 80397.05],
    ]  # fmt: skip
    portfolio = Portfolio.from_files(invoices=saved(tmp_path, lambda book: None, rows))
    assert amounts(portfolio) == {"Bridges": [80397.05]}


def test_xero_ageing_as_a_workbook(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Aged Receivables Detail"],
        ["Demo Company"],
        ["As at 31 March 2025"],
        [],
        ["Invoice Date", "Due Date", "Invoice Number", "Current", "< 1 Month", "Older", "Total"],
        [],
        ["Ann Ltd"],
        [DAY(2025, 1, 3), DAY(2025, 1, 17), "INV-1", 0, 0, 120.0, 120.0],
        ["Total Ann Ltd", None, None, 0, 0, 120.0, 120.0],
        ["Bob Ltd"],
        [DAY(2025, 2, 3), DAY(2025, 2, 17), "INV-2", 0, 0, 60.0, 60.0],
        ["Total Bob Ltd", None, None, 0, 0, 60.0, 60.0],
        [],
        ["Total", None, None, 0, 0, 0, 0],
        ["Percentage of total", None, None, 0, 0, 1, 1],
    ]
    columns = {
        "customer": {"heading": "Invoice Date", "above": True},
        "issued": "Invoice Date",
        "due": "Due Date",
        "amount": "Total",
        "open": "Total",
        "reference": "Invoice Number",
    }
    portfolio = read(saved(tmp_path, lambda book: None, rows), columns, "invoices")
    assert amounts(portfolio) == {"Ann Ltd": [120.0], "Bob Ltd": [60.0]}


TYPED = {
    name: case
    for name, case in READ.items()
    if case.get("columns") and str(case.get("file", "")).endswith("csv")
    if case["text"].count(";") > case["text"].count(",") and "sep=" not in case["text"]
}


@pytest.mark.parametrize("case", TYPED.values(), ids=TYPED)
def test_a_csv_that_was_saved_as_a_workbook_reads_alike(case: Any, tmp_path: Path) -> None:
    rows = csv.reader(StringIO(case["text"]), delimiter=";")
    path = saved(tmp_path, lambda book: None, [[cell or None for cell in row] for row in rows])
    check_values(read_case(path, case, case["columns"]), case, case.get("as_of"))


# OpenDocument: what LibreOffice writes, by hand.

ODS_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)


def ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, datetime):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{value:%Y-%m-%d}">'
            f"<text:p>{value:%d-%m-%y}</text:p></table:table-cell>"
        )
    if isinstance(value, float):
        return (
            '<table:table-cell office:value-type="currency" office:currency="EUR" '
            f'office:value="{value}"><text:p>\u20ac {value:.2f}</text:p></table:table-cell>'
        )
    if str(value).startswith("<"):
        return str(value)
    return (
        f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p>'
        "</table:table-cell>"
    )


def ods_row(cells: list[Any], repeated: int = 1) -> str:
    times = f' table:number-rows-repeated="{repeated}"' if repeated > 1 else ""
    return f"<table:table-row{times}>{''.join(map(ods_cell, cells))}</table:table-row>"


def ods(folder: Path, *sheets: tuple[str, list[str]]) -> Path:
    tables = "".join(
        f'<table:table table:name="{name}">{"".join(rows)}</table:table>' for name, rows in sheets
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS_NAMES}><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    path = folder / "export.ods"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", kind)
        packed.writestr("content.xml", content)
        packed.writestr(
            "META-INF/manifest.xml",
            "<manifest:manifest "
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            "</manifest:manifest>",
        )
    return path


COVERED = "<table:covered-table-cell/>"
SPANNED = (
    '<table:table-cell table:number-columns-spanned="3" office:value-type="string">'
    "<text:p>Omzet</text:p></table:table-cell>"
)


def test_ods_with_a_title_blank_rows_and_a_total(tmp_path: Path) -> None:
    rows = [
        ods_row([SPANNED, COVERED, COVERED]),
        ods_row([None, None, None], 2),
        ods_row(HEADINGS),
        *map(ods_row, ROWS),
        ods_row([None, None, None], 1000),
        ods_row(["Totaal", None, 181.5]),
        ods_row([None], 1_047_000),
    ]
    portfolio = read(ods(tmp_path, ("Blad1", rows)))
    assert amounts(portfolio) == RIGHT
    assert "totals" in said(portfolio)


def test_ods_with_repeated_rows_and_cells(tmp_path: Path) -> None:
    twice = '<table:table-cell table:number-columns-repeated="2"/>'
    rows = [
        ods_row([twice, *HEADINGS]),
        ods_row([twice, "0017", DAY(2025, 2, 13), 10.0], 2),
        ods_row([twice, "0018", DAY(2025, 2, 14), 60.5]),
    ]
    portfolio = read(ods(tmp_path, ("Blad1", rows)))
    assert amounts(portfolio) == {"0017": [10.0, 10.0], "0018": [60.5]}
    assert "exactly the same" in said(portfolio)


def test_ods_with_percentages_text_over_lines_and_formulas(tmp_path: Path) -> None:
    formula = (
        '<table:table-cell table:formula="of:=[.C2]*2" office:value-type="float" '
        'office:value="121"><text:p>121</text:p></table:table-cell>'
    )
    lines = (
        '<table:table-cell office:value-type="string"><text:p>Klant</text:p><text:p>nr</text:p>'
        "</table:table-cell>"
    )
    share = (
        '<table:table-cell office:value-type="percentage" office:value="0.21"><text:p>21%</text:p>'
        "</table:table-cell>"
    )
    rows = [
        ods_row([lines, "Datum", "Bedrag", "Btw"]),
        ods_row(["0017", DAY(2025, 2, 13), formula, share]),
        ods_row(["0018", DAY(2025, 2, 14), 60.5, share]),
    ]
    columns = {**NAMED, "customer": "Klant nr"}
    assert amounts(read(ods(tmp_path, ("Blad1", rows)), columns)) == RIGHT


def test_ods_with_days_among_text(tmp_path: Path) -> None:
    rows = [
        ods_row(HEADINGS),
        ods_row(["0017", "13-02-2025", "1.121,00"]),
        ods_row(["0018", DAY(2025, 2, 14), 60.5]),
    ]
    assert amounts(read(ods(tmp_path, ("Blad1", rows)))) == {"0017": [1121.0], "0018": [60.5]}


def test_ods_of_several_sheets(tmp_path: Path) -> None:
    first = [ods_row(HEADINGS), ods_row(ROWS[0])]
    second = [ods_row(HEADINGS), ods_row(ROWS[1])]
    cover = [ods_row(["Toelichting"])]
    path = ods(tmp_path, ("Uitleg", cover), ("2024", first), ("2025", second))
    portfolio = read(path)
    assert amounts(portfolio) == RIGHT
    assert "2024, 2025" in said(portfolio)


# What is no workbook, whatever its name says.

SPREADSHEET_ML = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
)
ENCRYPTED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")
)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("export.xls", SPREADSHEET_ML.encode(), "is XML.*spreadsheet.*xlsx"),
        ("export.xml", SPREADSHEET_ML.encode(), "Workbook in XML.*spreadsheet.*xlsx"),
        ("export.xls", b"<table><tr><td>Klantnr</td></tr></table>", "web page.*xlsx"),
        ("export.xls", b"\xef\xbb\xbf<html><body><table>", "web page.*xlsx"),
        ("export.xlsx", ENCRYPTED, "(?i)password"),
        ("export.xls", "Klantnr\tDatum\tBedrag\n".encode("utf-16"), r"text.*Name it \.csv"),
        ("export.xlsx", b"PK\x03\x04 cut off", "(?i)workbook|opened"),
        ("export.ods", b"%PDF-1.7 \x00", "is a PDF.*xlsx"),
        ("export.csv", b"%PDF-1.7\n1 0 obj", "is a PDF.*csv"),
    ],
)
def test_what_is_no_workbook_says_what_it_is(
    name: str, content: bytes, expected: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(KlantkompasError, match=expected):
        read(path)


def test_text_that_was_named_as_a_workbook_is_read_under_the_name_that_is_advised(
    tmp_path: Path,
) -> None:
    text = "Klantnr\tDatum\tBedrag\r\n0017\t13-02-2025\t121,00\r\n0018\t14-02-2025\t60,50\r\n"
    path = tmp_path / "export.csv"
    path.write_bytes(text.encode("utf-16"))
    assert amounts(read(path)) == RIGHT
