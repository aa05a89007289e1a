from __future__ import annotations

import gzip
import io
import json
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars
import pytest
import xlsxwriter

from klantkompas.domain.field_source import Heading
from klantkompas.domain.fields import columns_of
from klantkompas.domain.interactions import (
    Complaint,
    Contact,
    Departure,
    Invoice,
    Order,
    Response,
)
from klantkompas.errors import (
    ArgumentError,
    DataError,
    KlantkompasError,
    MissingExtraError,
)
from klantkompas.io.files import read_file

ONLINE_RETAIL = {
    "customer": "CustomerID",
    "on": "InvoiceDate",
    "amount": ("Quantity", "UnitPrice"),
    "reference": "InvoiceNo",
}
DUTCH = {"customer": "Klant", "on": "Datum", "amount": "Bedrag", "clear": "Helder"}
CSV = """Klant;Datum;Bedrag;Helder;Vrij
 0001 ;31-1-2025;"1.250,00";ja; x
0002;1-2-2025;-3,5;;
0003;3-2-2025;12;NEE;1.234
"""

Read = Callable[..., Any]


def read_rows(path: Path | str, **options: Any) -> Any:
    """Read a file, and give its rows and notes."""
    export = read_file(path, **options)
    return export.frame, export.notes


def orders(path: Path, **options: Any) -> Any:
    return read_rows(
        path, table="orders", columns=columns_of(Order), **{"mapping": DUTCH, **options}
    )


@pytest.fixture
def save(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write rows of cells to the first sheet of a workbook, from a corner on."""

    def write(rows: list[list[object]], corner: tuple[int, int] = (0, 0), sheets: int = 1) -> Path:
        path = tmp_path / "orders.xlsx"
        with xlsxwriter.Workbook(path, {"default_date_format": "dd-mm-yyyy"}) as book:
            sheet = book.add_worksheet("Bestellingen")
            for row, cells in enumerate(rows, start=corner[0]):
                for place, cell in enumerate(cells, start=corner[1]):
                    if cell is not None:
                        sheet.write(row, place, cell)
            for _ in range(sheets - 1):
                book.add_worksheet().write(0, 0, "anders")
        return path

    return write


@pytest.fixture(scope="session")
def facts(shared_data: Path) -> dict[tuple[str, str], Any]:
    stated = json.loads((shared_data / "ORACLES.json").read_text(encoding="utf-8"))
    return {(each["file"], each["fact"].strip()): each["value"] for each in stated}


def test_mapped_columns_are_converted_and_the_others_stay_text(save: Read) -> None:
    frame, notes = orders(save("orders.csv", CSV))
    assert frame.schema == {
        "Klant": polars.String,
        "Datum": polars.Date,
        "Bedrag": polars.Float64,
        "Helder": polars.Boolean,
        "Vrij": polars.String,
    }
    assert frame.rows() == [
        ("0001", date(2025, 1, 31), 1250.0, True, " x"),
        ("0002", date(2025, 2, 1), -3.5, None, None),
        ("0003", date(2025, 2, 3), 12.0, False, "1.234"),
    ]
    assert notes == ()


def test_fields_are_found_under_their_own_names(save: Read) -> None:
    path = save("orders.csv", "customer,on,amount\n1,2025-01-31,2.5\n")
    frame, _ = orders(path, mapping=None)
    assert frame.rows() == [(1, date(2025, 1, 31), 2.5)]


@pytest.mark.parametrize("name", ["a.csv", "a.CSV", "a.txt", "a.tsv", "a.csv.gz", "a.txt.GZ"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_content_says_whether_it_is_compressed(
    save: Read, name: str, pack: Callable[[bytes], bytes]
) -> None:
    frame, _ = orders(save(name, pack(CSV.encode())))
    assert frame["Klant"].to_list() == ["0001", "0002", "0003"]


def test_choices_tags_scores_and_texts(save: Read) -> None:
    path = save(
        "contacts.csv",
        "customer;on;minutes;purpose;rating;text;tags\n1;2025-01-31;2,5; Sales ;8; dank u ;a, b\n",
    )
    frame, _ = read_rows(str(path), table="contacts", columns=columns_of(Contact))
    assert frame.rows() == [(1, date(2025, 1, 31), 2.5, "Sales", 8.0, "dank u", "a, b")]


def test_the_locale_and_the_style_of_a_heading_decide(save: Read) -> None:
    path = save("orders.csv", "Klant;Datum;Bedrag\n1;03-04-2025;1.234\n")
    mapping = {name: DUTCH[name] for name in ("customer", "on", "amount")}
    with pytest.raises(DataError, match="can be read as"):
        orders(path, mapping=mapping)
    frame, _ = orders(path, mapping=mapping, locale="nl")
    assert frame.row(0) == (1, date(2025, 4, 3), 1234.0)
    styled = {
        **mapping,
        "on": Heading("Datum", style="m-d-y"),
        "amount": Heading("Bedrag", style="1,234.56"),
    }
    frame, _ = orders(path, mapping=styled, locale="nl")
    assert frame.row(0) == (1, date(2025, 3, 4), 1.234)


def test_empty_rows_at_the_end_are_left_out_and_counted(save: Read) -> None:
    frame, (note,) = orders(save("orders.csv", CSV + ";;;;\n;;;;\n"))
    assert frame.height == 3
    assert str(note) == "orders: 2 rows left out as empty, such as row 5"


def test_a_heading_without_rows_gives_the_types_all_the_same(save: Read) -> None:
    frame, notes = orders(save("orders.csv", CSV.splitlines()[0]))
    assert frame.height == 0
    assert frame.schema["Datum"] == polars.Date
    assert frame.schema["Bedrag"] == polars.Float64
    assert notes == ()


def test_the_heading_that_is_needed_stands_once(save: Read) -> None:
    text = "Klant;Datum;Bedrag;Helder;Datum\n1;2025-01-31;2;ja;2025-02-01\n"
    with pytest.raises(DataError, match="'Datum': is the heading of more than one column"):
        orders(save("orders.csv", text))


def test_headings_that_are_not_needed_may_be_equal_or_empty(save: Read) -> None:
    text = "Klant;x;Datum;x;Bedrag;;Helder;\n1;a;2025-01-31;b;2;c;ja;d\n"
    frame, _ = orders(save("orders.csv", text))
    assert frame.columns == ["Klant", "x", "Datum", "x (2)", "Bedrag", "", "Helder", " (2)"]
    assert frame.row(0) == (1, "a", date(2025, 1, 31), "b", 2.0, "c", True, "d")


def test_one_column_may_serve_two_fields_that_read_it_alike(save: Read) -> None:
    frame, _ = orders(save("orders.csv", CSV), mapping={**DUTCH, "margin": "Bedrag"})
    assert frame["Bedrag"].to_list() == [1250, -3.5, 12]


@pytest.mark.parametrize(
    "other", [{"reference": "Bedrag"}, {"margin": Heading("Bedrag", style="1.234,56")}]
)
def test_one_column_cannot_be_read_in_two_ways(save: Read, other: dict[str, Any]) -> None:
    with pytest.raises(ArgumentError, match=r"'Bedrag' is named for both orders\.amount and"):
        orders(save("orders.csv", CSV), mapping={**DUTCH, **other})


def test_personal_text_and_ids_stay_out_of_errors(save: Read) -> None:
    path = save("orders.csv", "Klant;Datum;Bedrag;Helder\nGEHEIM;2025-01-31;veel;ja\n")
    with pytest.raises(DataError, match="row 1: 'veel' is not a number") as caught:
        orders(path)
    assert "GEHEIM" not in str(caught.value)


def test_typed_columns_are_left_alone_and_text_in_them_is_converted(tmp_path: Path) -> None:
    path = tmp_path / "orders.parquet"
    written = polars.DataFrame(
        {
            "Klant": [17.0, 18.0, None],
            "Datum": [datetime(2025, 1, 31, 8), datetime(2025, 2, 1), datetime(2025, 2, 2)],
            "Bedrag": ["1,5", " 2,25 ", "3"],
            "Helder": ["ja", "nee", None],
            "margin": [1, 2, 3],
            "quantity": [None, None, None],
            "reference": polars.Series(["a", "a", "b"], dtype=polars.Categorical),
        }
    )
    written.write_parquet(path)
    frame, (note,) = orders(path)
    assert frame["Klant"].to_list() == ["17", "18", None]
    assert (note.column, note.count) == ("Klant", 2)
    assert frame["Bedrag"].to_list() == [1.5, 2.25, 3.0]
    assert frame["Helder"].to_list() == [True, False, None]
    assert frame["reference"].to_list() == ["a", "a", "b"]
    assert frame.schema["quantity"] == polars.Float64
    for untouched in ("Datum", "margin"):
        assert frame[untouched].equals(written[untouched])


@pytest.mark.parametrize("corner", [(0, 0), (3, 2)])
def test_a_workbook_keeps_the_types_of_its_cells(workbook: Read, corner: tuple[int, int]) -> None:
    path = workbook(
        [
            [" Klant ", "Datum", "Bedrag", "Helder", None, "Vrij"],
            [17, date(2025, 1, 31), 1250.5, True, "a", "b"],
            [18, datetime(2025, 2, 1, 8, 30), -3, None, None, None],
        ],
        corner,
    )
    frame, (note,) = orders(path)
    assert frame.columns == ["Klant", "Datum", "Bedrag", "Helder", "", "Vrij"]
    assert frame.rows() == [
        ("17", datetime(2025, 1, 31), 1250.5, True, "a", "b"),
        ("18", datetime(2025, 2, 1, 8, 30), -3.0, None, None, None),
    ]
    assert (note.column, note.count) == ("Klant", 2)


def test_text_in_a_workbook_is_read_as_in_a_csv_file(workbook: Read) -> None:
    path = workbook(
        [
            ["Klant", "Datum", "Bedrag", "Helder"],
            ["0001", "31-01-2025", "1.250,50", "ja"],
            [17, "01-02-2025", 3, "nee"],
        ]
    )
    frame, notes = orders(path)
    assert frame.rows() == [
        ("0001", date(2025, 1, 31), 1250.5, True),
        ("17", date(2025, 2, 1), 3.0, False),
    ]
    assert notes == ()


def test_a_late_text_in_a_column_of_numbers_is_found(workbook: Read) -> None:
    rows: list[list[object]] = [["Klant", "Datum", "Bedrag", "Helder"]]
    rows += [["a", date(2025, 1, 31), 1.5, True] for _ in range(1500)]
    rows += [["a", date(2025, 1, 31), "veel", True]]
    with pytest.raises(DataError, match="row 1501: 'veel' is not a number"):
        orders(workbook(rows))


def test_further_sheets_are_noted(workbook: Read) -> None:
    heading: list[object] = ["Klant", "Datum", "Bedrag", "Helder"]
    _, (note, unread) = orders(workbook([heading, ["a", date(2025, 1, 31), 1, True]], sheets=3))
    assert (note.count, note.detail) == (3, "Bestellingen")
    assert unread.count == 2


def test_a_workbook_may_have_a_heading_only_but_not_nothing(workbook: Read) -> None:
    frame, _ = orders(workbook([["Klant", "Datum", "Bedrag", "Helder"]]))
    assert frame.height == 0
    with pytest.raises(DataError, match="orders: the sheet is empty"):
        orders(workbook([]))


def test_equal_headings_in_a_workbook_are_refused_where_needed(workbook: Read) -> None:
    with pytest.raises(DataError, match="'Datum': is the heading of more than one column"):
        orders(workbook([["Klant", "Datum", "Datum", "Bedrag", "Helder"], ["a", 1, 2, 3, True]]))


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz", "a.parquet", "a.xlsx"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(KlantkompasError, match=f"{name}: cannot be read: No such file"):
        orders(tmp_path / name)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").mkdir()
    with pytest.raises(KlantkompasError, match=r"orders\.csv: is a folder in which no file ends"):
        orders(tmp_path / "orders.csv")


@pytest.mark.parametrize("name", ["orders.doc", "orders", "orders.pdf", "orders.gz", ".csv"])
def test_other_kinds_of_file_are_refused(save: Read, name: str) -> None:
    with pytest.raises(ArgumentError, match=r"Save it as csv .*xlsx .*parquet, json .*xaf"):
        orders(save(name, CSV))


@pytest.mark.parametrize("name", ["a.parquet", "a.xlsx", "a.csv.gz"])
@pytest.mark.parametrize(
    "content", [b"", b"Klant;Datum\n", b"PAR1", b"PK\x03\x04", b"\x1f\x8b\x08"]
)
def test_a_damaged_file_is_refused_without_a_traceback_from_below(
    save: Read, name: str, content: bytes
) -> None:
    with pytest.raises(KlantkompasError):
        orders(save(name, content))


def test_half_a_compressed_file_is_refused(save: Read) -> None:
    whole = gzip.compress(CSV.encode())
    with pytest.raises(KlantkompasError, match=r"a\.csv\.gz: cannot be unpacked: it ends too"):
        orders(save("a.csv.gz", whole[: len(whole) // 2]))


@pytest.mark.parametrize(("module", "name"), [("polars", "a.csv"), ("fastexcel", "a.xlsx")])
def test_a_missing_extra_is_named(
    save: Read, monkeypatch: pytest.MonkeyPatch, module: str, name: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=r'pip install "klantkompas\[files\]"'):
        orders(save(name, "PK\x03\x04" if name.endswith("xlsx") else CSV))


def test_an_unknown_locale_is_refused(save: Read) -> None:
    with pytest.raises(ArgumentError, match="locale 'dutch' is not known"):
        orders(save("orders.csv", CSV), locale="dutch")


def test_online_retail(shared_data: Path, facts: dict[tuple[str, str], Any]) -> None:
    name = "OnlineRetail_2010-12_2011-12.csv.gz"
    frame, (note,) = orders(shared_data / name, mapping=ONLINE_RETAIL)
    assert frame.height == facts[name, "rows"]
    assert frame["CustomerID"].null_count() == facts[name, "rows without customer id"]
    assert note.count == frame.height - facts[name, "rows without customer id"]
    assert (
        frame["CustomerID"].drop_nulls().n_unique()
        == facts[name, "distinct customer ids (any row)"]
    )
    assert frame["CustomerID"][0] == "17850"
    assert frame["InvoiceNo"].n_unique() == facts[name, "distinct invoice numbers (incl. C..)"]
    assert [str(frame["InvoiceDate"].min()), str(frame["InvoiceDate"].max())] == facts[
        name, "first / last timestamp"
    ]
    value = float((frame["Quantity"] * frame["UnitPrice"]).sum())
    assert value == pytest.approx(facts[name, "sum Quantity*Price, ALL rows"], abs=0.005)


def test_online_retail_with_american_dates_asks_which_they_are(shared_data: Path) -> None:
    path = shared_data / "OnlineRetail_excerpt_US-dates.csv"
    with pytest.raises(DataError, match=r"'12/1/10 8:26' can be read as 2010-01-12 .* 2010-12-01"):
        orders(path, mapping=ONLINE_RETAIL)
    styled = {**ONLINE_RETAIL, "on": Heading("InvoiceDate", style="m-d-y")}
    for options in ({"mapping": styled}, {"mapping": ONLINE_RETAIL, "locale": "en-US"}):
        frame, _ = orders(path, **options)
        assert frame["InvoiceDate"][0] == datetime(2010, 12, 1, 8, 26)


def test_cdnow_in_dutch(shared_data: Path, facts: dict[tuple[str, str], Any]) -> None:
    name = "DERIVED_cdnow_sample_nl.csv"
    mapping = {"customer": "Klantnr steekproef", "on": "Orderdatum", "amount": "Orderbedrag"}
    frame, notes = orders(shared_data / name, mapping=mapping)
    rows, total, last = facts[
        name, "rows / sum Orderbedrag / max Orderdatum equal CDNOW_sample.txt"
    ]
    assert frame.height == rows
    assert frame["Orderbedrag"].sum() == pytest.approx(total, abs=0.005)
    assert str(frame["Orderdatum"].max()) == last
    assert frame["Klantnr steekproef"][0] == "0001"
    assert notes == ()


def test_receivables(shared_data: Path, facts: dict[tuple[str, str], Any]) -> None:
    name = "WA_Fn-UseC_-Accounts-Receivable.csv"
    frame, _ = read_rows(
        shared_data / name,
        table="invoices",
        columns=columns_of(Invoice),
        mapping={
            "customer": "customerID",
            "due": "DueDate",
            "amount": "InvoiceAmount",
            "issued": "InvoiceDate",
            "paid": "SettledDate",
        },
    )
    total = frame["InvoiceAmount"].sum()
    late = (frame["SettledDate"] > frame["DueDate"]).sum()
    assert total == pytest.approx(facts[name, "total InvoiceAmount"], abs=0.005)
    assert late == facts[name, "invoices settled after due date (SettledDate>DueDate)"]
    assert (frame["DueDate"] - frame["InvoiceDate"]).unique().to_list() == [timedelta(days=30)]


def test_survey_answers_with_times(shared_data: Path, facts: dict[tuple[str, str], Any]) -> None:
    name = "bt_nps_verbatims.csv"
    mapping = {"on": "CUSTOMER_RESPONSE_DATE", "score": "NPS_SCORE", "reason": "text"}
    frame, _ = read_rows(
        shared_data / name, table="responses", columns=columns_of(Response), mapping=mapping
    )
    moments = frame["CUSTOMER_RESPONSE_DATE"]
    assert frame.height == facts[name, "rows"]
    assert frame["NPS_SCORE"].null_count() == facts[name, "missing score"]
    assert [f"{moment:%Y-%m-%d %H:%M}" for moment in (moments.min(), moments.max())] == facts[
        name, "first/last response"
    ]


def test_survey_answers_with_years_of_two_and_four_digits(
    shared_data: Path, facts: dict[tuple[str, str], Any]
) -> None:
    name = "SYNTHETIC_bank_nps_timeseries.csv"
    mapping = {"on": "survey_date", "score": "rating", "customer": "id"}
    frame, (note,) = read_rows(
        shared_data / name, table="responses", columns=columns_of(Response), mapping=mapping
    )
    dates = frame["survey_date"]
    assert [str(dates.min()), str(dates.max())] == facts[
        name, "first/last date (all dates are day/month/year)"
    ]
    assert (dates.dt.month().cast(polars.String) == frame["month"]).all()
    assert 0 < note.count < frame.height


def test_dutch_complaints_in_windows_text(
    shared_data: Path, facts: dict[tuple[str, str], Any]
) -> None:
    name = "BPI2016_Complaints.csv"
    mapping = {"on": "ContactDate", "customer": "CustomerID"}
    frame, (note,) = read_rows(
        shared_data / name, table="complaints", columns=columns_of(Complaint), mapping=mapping
    )
    dates = frame["ContactDate"]
    assert [str(dates.min()), str(dates.max())] == facts[name, "first/last ContactDate (ISO)"]
    assert (
        frame["CustomerID"].n_unique()
        == facts[name, "distinct ComplaintID / dossiers / customers"][2]
    )
    special = frame["ComplaintTopic"].str.contains("[^\x00-\x7f]").sum()
    assert special == facts[name, "topic rows with non-ASCII characters"]
    assert "Windows-1252" in note.message


def test_complaints_with_american_dates_and_flags(
    shared_data: Path, facts: dict[tuple[str, str], Any]
) -> None:
    name = "cfpb_complaints_structured.csv"
    mapping = {
        "customer": "Company",
        "on": "Date received",
        "resolved": "Date sent to company",
        "justified": "Timely response?",
    }
    frame, _ = read_rows(
        shared_data / name, table="complaints", columns=columns_of(Complaint), mapping=mapping
    )
    dates = frame["Date received"]
    days = (frame["Date sent to company"] - dates).dt.total_days().mean()
    assert [str(dates.min()), str(dates.max())] == facts[name, "date received first/last"]
    assert frame["Timely response?"].sum() == dict(facts[name, "rows per Timely response?"])["Yes"]
    assert days == pytest.approx(facts[name, "mean days received->sent"], abs=6e-5)


def test_reasons_for_leaving(shared_data: Path, facts: dict[tuple[str, str], Any]) -> None:
    name = "dete_exit_survey.csv"
    path = shared_data / name
    ticked = dict(facts[name, "reason flags set True, by reason"])
    for reason, count in ticked.items():
        frame, _ = read_rows(
            path,
            table="complaints",
            columns=[column for column in columns_of(Complaint) if column.name == "justified"],
            mapping={"justified": reason},
        )
        assert frame[reason].sum() == count
    with pytest.raises(DataError, match="column 'Cease Date', row 1: '08/2012' is not an existing"):
        read_file(
            path,
            table="departures",
            columns=columns_of(Departure),
            mapping={"on": "Cease Date", "customer": "ID"},
        )


def test_the_same_rows_read_alike_from_every_kind_of_file(
    shared_data: Path, tmp_path: Path
) -> None:
    path = shared_data / "WA_Fn-UseC_-Accounts-Receivable.csv"
    text = polars.read_csv(path, infer_schema=False)
    paths = [tmp_path / name for name in ("a.csv", "a.csv.gz", "a.txt", "a.parquet", "a.xlsx")]
    csv = io.BytesIO()
    text.write_csv(csv, separator="|")
    paths[0].write_bytes(csv.getvalue())
    paths[1].write_bytes(gzip.compress(csv.getvalue()))
    paths[2].write_text(text.write_csv(separator="\t"), encoding="utf-16")
    text.write_parquet(paths[3])
    text.write_excel(paths[4])
    mapping = {"customer": "customerID", "on": "InvoiceDate", "amount": "InvoiceAmount"}
    expected, _ = orders(path, mapping=mapping)
    for other in paths:
        assert orders(other, mapping=mapping)[0].equals(expected)
