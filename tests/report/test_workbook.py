"""A workbook of lists: opened again, filled in and read back; and lists as text files."""

from __future__ import annotations

import csv
import re
import sys
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO
from itertools import cycle
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from klantkompas import (
    ArgumentError,
    BuyingReason,
    Compass,
    Complaint,
    Customer,
    DataError,
    History,
    Invoice,
    KlantkompasError,
    MissingExtraError,
    Order,
    Override,
    Portfolio,
    Reading,
    StepTaken,
    compare_reviews,
    plan_letting_go,
    read_workbook,
    work_lists,
    write_lists,
    write_workbook,
)
from klantkompas.report.list_files import safe_text
from klantkompas.report.naming import pseudonym
from klantkompas.reviews.work_list import TITLES
from klantkompas.wording.catalogue import LANGUAGES, translator
from tests.report.payloads import PAYLOADS, WIDE

THEN, NOW = date(2025, 12, 31), date(2026, 6, 30)
KEY = "a long secret that you keep"
COMPASS = Compass(installed=False)
FILLED_IN = ("Who", "When", "Done", "Why they buy", "Why they do not buy")
WHEN = datetime(2026, 9, 1)


def portfolio(names: list[str] | None = None) -> Portfolio:
    rows: list[Any] = []
    for number in range(40):
        customer = f"k{number}"
        for back in range(number % 5 + 1):
            for day in (THEN, NOW):
                on = day - timedelta(9 * back + number % 3)
                rows.append(Order(customer=customer, on=on, amount=10.25 + number))
        rows.append(Invoice(customer=customer, due=NOW - timedelta(80 + number), amount=5.0))
        rows.append(Complaint(customer=customer, on=NOW - timedelta(number)))
    rows.append(Order(customer="lone", on=date(2025, 3, 1), amount=9.0))
    called = [f"Naam {each}" for each in range(41)] if names is None else names
    ids = [*(f"k{number}" for number in range(40)), "lone"]
    people = [Customer(id=each, name=name) for each, name in zip(ids, cycle(called), strict=False)]
    people.append(Customer(id="objects", name="Verborgen Vogel", opted_out=True))
    rows += [Order(customer="objects", on=NOW, amount=5000.0)]
    return Portfolio.from_records(rows, people)


@pytest.fixture(scope="module")
def readings() -> tuple[Reading, Reading]:
    whole = portfolio()
    given = [Override("k1", "A", "Anna", NOW, "she pays for Naam 2")]
    return COMPASS.read(whole, THEN), COMPASS.read(whole, NOW, overrides=given)


def written(reading: Reading, **options: Any) -> Any:
    return openpyxl.load_workbook(write_workbook(reading, BytesIO(), **options))


def headings(sheet: Any) -> list[str]:
    return [cell.value for cell in sheet[1]]


def fill_in(sheet: Any, row: int, *values: object) -> None:
    first = headings(sheet).index("Who") + 1
    for at, value in enumerate(values):
        sheet.cell(row, first + at).value = value


def saved(workbook: Any) -> BytesIO:
    made = BytesIO()
    workbook.save(made)
    made.seek(0)
    return made


def test_every_list_that_can_be_made_has_a_sheet_with_its_lines(
    readings: tuple[Reading, Reading],
) -> None:
    then, now = readings
    review = compare_reviews(then, now)
    plan = plan_letting_go(review)
    book = written(now, previous=review, plan=plan)
    lists = work_lists(now, review, plan)
    assert book.sheetnames == ["Overview", *(each.title for each in lists)]
    for each in lists:
        sheet = book[each.title]
        assert headings(sheet)[-5:] == [*FILLED_IN]
        assert headings(sheet)[0] == "Customer"
        assert [cell.value for cell in sheet["A"][1:]] == [line.customer for line in each]
        assert sheet.freeze_panes == ("C2" if len(each) else "B2")
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.print_title_rows == "$1:$1"
    put_right = book["Put right"]
    row = dict(zip(headings(put_right), [cell.value for cell in put_right[2]], strict=True))
    line = lists["put_right"][0]
    assert row["Name"] == "Naam 39"
    assert row["Since"].date() == line.since
    assert (row["Days open"], row["Revenue"]) == (line.days_open, line.revenue)
    assert row["Sure?"] in ("sure", "provisional")
    assert now.writer().say(line.why) == row["Why"]
    overview = [[cell.value for cell in row[:2]] for row in book["Overview"].iter_rows()]
    assert overview[0][0] == "Lists to work from, as of 30 June 2026"
    assert ["Cherish", lists["cherish"].text().splitlines()[0]] in overview


def test_columns_are_as_wide_as_their_texts_and_rows_as_high(
    readings: tuple[Reading, Reading],
) -> None:
    sheet = written(readings[1])["Cherish"]
    widths = [
        each.width
        for each in sheet.column_dimensions.values()
        for _ in range(each.min, each.max + 1)  # columns of one width that stand together are one
    ]
    for column, heading, width in zip(sheet.iter_cols(), headings(sheet), widths, strict=True):
        for cell in column[1:]:
            lines = (sheet.row_dimensions[cell.row].height or 15) / 15
            text = "" if cell.value is None else str(cell.value)
            assert len(text) <= width * lines, heading
        assert len(heading) <= width


def test_without_a_plan_there_is_no_sheet_and_the_overview_says_what_it_takes(
    readings: tuple[Reading, Reading],
) -> None:
    book = written(readings[1], language="nl")
    assert "Loslaten" not in book.sheetnames
    told = [cell.value for cell in book["Overzicht"]["B"]]
    assert "Veranderd: voor deze lijst is nodig: de meting van een eerdere beoordeling" in told
    assert book["Koesteren"]["A1"].value == "Klant"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_titles_of_lists_can_be_names_of_sheets(language: str) -> None:
    names = [translator(language)(each) for each in TITLES.values()]
    assert len({each.casefold() for each in names}) == len(TITLES)
    for each in names:
        assert 0 < len(each) <= 31
        assert not set(each) & set(r"[]:*?/\'")


def test_the_same_reading_gives_the_same_bytes(readings: tuple[Reading, Reading]) -> None:
    made = [write_workbook(readings[1], BytesIO()).getvalue() for _ in range(2)]
    assert made[0] == made[1]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_who_objects_is_nowhere_and_pseudonyms_stand_for_all_others(
    readings: tuple[Reading, Reading], language: str, tmp_path: Path
) -> None:
    then, now = readings
    options: dict[str, Any] = {"previous": then, "language": language, "pseudonyms": KEY}
    texts = [
        str(cell.value)
        for sheet in written(now, **options)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    paths = write_lists(now, tmp_path, **options)
    texts += [path.read_text(encoding="utf-8") for path in paths]
    told = "\n".join(texts)
    assert pseudonym("k1", KEY) in told
    assert pseudonym("objects", KEY) not in told
    assert not re.search(r"\b(k\d+|lone|objects)\b|Naam|Vogel", told)


def test_no_text_of_the_data_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    assert len(PAYLOADS) >= 60
    found = set[str]()
    for start in range(0, len(PAYLOADS), 41):
        names = PAYLOADS[start : start + 41]
        because = [Override("k3", "A", "=1+1", NOW, names[0])]
        reading = COMPASS.read(portfolio(names), NOW, overrides=because)
        made = write_workbook(reading, BytesIO())
        with ZipFile(made) as parts:
            for name in parts.namelist():
                if "worksheets/sheet" in name:
                    content = parts.read(name).decode()
                    assert "<f>" not in content
                    assert "<f " not in content
        book = openpyxl.load_workbook(made)
        for sheet in book.worksheets[1:]:
            for row in sheet.iter_rows(min_row=2):
                for cell in row:
                    assert cell.hyperlink is None
                    assert cell.data_type in ("s", "n", "d")
                    if isinstance(cell.value, str):
                        assert cell.data_type == "s"
        found |= {cell.value for cell in book["Everybody"]["B"][1:]}
    lost = {each for each in PAYLOADS if each.strip() not in found}  # names are trimmed
    assert lost <= {"a\x01b", "_x003D_1+1"}  # openpyxl reads these two otherwise


def test_text_files_hold_no_formulas_and_are_read_back(tmp_path: Path) -> None:
    reading = COMPASS.read(portfolio(PAYLOADS[:41]), NOW)
    for excel, separator in ((None, ","), ("nl", ";"), ("en", ",")):
        for path in write_lists(reading, tmp_path / str(excel), excel=excel):
            text = path.read_bytes().decode("utf-8-sig" if excel else "utf-8")
            for row in csv.reader(StringIO(text, newline=""), delimiter=separator):
                for cell in row:
                    plain = re.fullmatch(r"-?\d+([.,]\d+)?", cell)
                    assert plain or cell.lstrip()[:1] not in {*"=+-@", *WIDE}
    assert safe_text("plain") == "plain"


def test_text_files_are_as_excel_opens_them(
    readings: tuple[Reading, Reading], tmp_path: Path
) -> None:
    then, now = readings
    paths = write_lists(now, tmp_path / "a" / "b", previous=then, language="nl", excel="nl")
    assert [each.stem for each in paths] == [
        *("cherish", "put_right", "almost", "watch", "overdue", "one_time", "changed", "everybody")
    ]
    content = paths[1].read_bytes()
    assert content.startswith(
        b"\xef\xbb\xbfKlant;Naam;Klasse;Zeker?;Waarom;Wat te doen;Omzet;Sinds"
    )
    assert b";295,5;2026-05-22;39\r\n" in content
    plain = write_lists(now, tmp_path, previous=then)[1].read_text(encoding="utf-8")
    assert plain.startswith("Customer,Name,Class,Sure?,Why,What to do,Revenue,Since,Days open\n")
    assert ",295.5,2026-05-22,39\n" in plain


def test_what_is_filled_in_is_read_back_and_kept_once(
    readings: tuple[Reading, Reading], tmp_path: Path
) -> None:
    now = readings[1]
    book = written(now)
    fill_in(book["Put right"], 2, "Anna", WHEN, "called")
    fill_in(book["Put right"], 3, "Bo", "2026-09-03", "sent a card", "near", "dear")
    fill_in(book["Put right"], 4, "Bo", WHEN)
    fill_in(book["Everybody"], 2, "Anna", WHEN, None, "good coffee")
    noted = read_workbook(saved(book), now)
    assert noted == (
        StepTaken("k39", "called", "Anna", date(2026, 9, 1), "put_right"),
        StepTaken("k38", "sent a card", "Bo", date(2026, 9, 3), "put_right"),
        BuyingReason("k38", True, "near", "Bo", date(2026, 9, 3)),
        BuyingReason("k38", False, "dear", "Bo", date(2026, 9, 3)),
        BuyingReason("k0", True, "good coffee", "Anna", date(2026, 9, 1)),
    )
    with History(tmp_path / "shop.klantkompas") as history:
        assert [history.keep(noted), history.keep(noted)] == [5, 0]
        assert len(history.steps()) == 2
        assert now.profile("k0", reasons=history.reasons()).reasons == (noted[4],)


def test_it_is_read_back_in_dutch_with_pseudonyms_from_a_path_with_rows_moved(
    readings: tuple[Reading, Reading], tmp_path: Path
) -> None:
    now = readings[1]
    path = write_workbook(now, tmp_path / "lijsten.xlsx", language="nl", pseudonyms=KEY)
    book = openpyxl.load_workbook(path)
    sheet = book["Goed te maken"]
    first = headings(sheet).index("Wie") + 1
    customer = sheet["A2"].value
    for at, value in enumerate(("Anna", WHEN, 5)):
        sheet.cell(2, first + at).value = value
    sheet.insert_rows(1, 2)
    sheet.title = "My own"
    book.save(path)
    assert read_workbook(path, now, pseudonyms=KEY) == (
        StepTaken("k39", "5", "Anna", date(2026, 9, 1)),
    )
    assert customer == pseudonym("k39", KEY)
    with pytest.raises(DataError, match=r"sheet 'My own', column 'Klant', row 4: this is not a"):
        read_workbook(path, now)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("Anna", None, "called"), "column 'When', row 3: is empty, while something was done"),
        ((None, WHEN, "called"), "column 'Who', row 3: is empty, while something was done"),
        ((" ", WHEN, None, "near"), "column 'Who', row 3: is empty"),
        (("Anna", "soon", "called"), "column 'When', row 3: 'soon' is not a date. Write it as 20"),
        (("Anna", 46266, "called"), "column 'When', row 3: '46266' is not a date"),
    ],
)
def test_a_mistake_is_told_with_sheet_column_and_row(
    readings: tuple[Reading, Reading], row: tuple[Any, ...], told: str
) -> None:
    book = written(readings[1])
    sheet = book["Put right"]
    sheet.cell(3, headings(sheet).index("When") + 1).number_format = "General"
    fill_in(sheet, 3, *row)
    with pytest.raises(DataError) as error:
        read_workbook(saved(book), readings[1])
    assert str(error.value).startswith(f"sheet 'Put right', {told}")


def test_another_customer_and_another_workbook_are_refused(
    readings: tuple[Reading, Reading],
) -> None:
    now = readings[1]
    book = written(now)
    book["Put right"]["A2"].value = "k400"
    fill_in(book["Put right"], 2, "Anna", WHEN, "called")
    with pytest.raises(DataError, match="row 2: this is not a customer") as error:
        read_workbook(saved(book), now)
    assert "k400" not in str(error.value)
    other = openpyxl.Workbook()
    other.active["A1"] = "Customer"
    with pytest.raises(DataError, match="no sheet has the headings Customer, Who, When"):
        read_workbook(saved(other), now)
    with pytest.raises(DataError, match="not a workbook that can be opened"):
        read_workbook(BytesIO(b"no workbook"), now)
    with pytest.raises(KlantkompasError, match="cannot be read"):
        read_workbook("nowhere.xlsx", now)


def test_arguments_that_are_something_else_are_refused(
    readings: tuple[Reading, Reading], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = readings[1]
    with pytest.raises(ArgumentError, match=r"Give a path that ends in \.xlsx"):
        write_workbook(now, tmp_path / "lists.csv")
    with pytest.raises(ArgumentError, match="language is one of"):
        write_workbook(now, tmp_path / "lists.xlsx", language="fr")
    with pytest.raises(ArgumentError, match="pseudonyms need a key"):
        write_lists(now, tmp_path, pseudonyms="short")
    with pytest.raises(ArgumentError, match=r"excel='de'. There are: en, nl"):
        write_lists(now, tmp_path, excel="de")
    (tmp_path / "file").write_text("")
    with pytest.raises(KlantkompasError, match="cannot be made a folder"):
        write_lists(now, tmp_path / "file")
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtraError, match=r"klantkompas\[workbook\]"):
        write_workbook(now, tmp_path / "lists.xlsx")
    assert not (tmp_path / "lists.xlsx").exists()
