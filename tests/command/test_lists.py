"""The lists to work from, written and taken over by commands, and what the history keeps of it."""

from __future__ import annotations

import shutil
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from klantkompas import Compass, History, Measures, Override, Portfolio, Settings
from klantkompas.command import main

SHOP = Path(__file__).parents[2] / "examples" / "shop"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(SHOP, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> str:
    out, err = StringIO(), StringIO()
    assert main(arguments, out=out, err=err, environment={}) == 0, err.getvalue()
    assert err.getvalue() == ""
    return out.getvalue()


def test_a_file_for_each_list_as_a_dutch_excel_opens_it(folder: Path) -> None:
    assert run("lists", "--out", "lijsten", "--excel", "nl").startswith("11 lijsten in ")
    watched = (folder / "lijsten" / "watch.csv").read_bytes()
    assert watched.startswith(b"\xef\xbb\xbfKlant;Naam;Zelfde naam als;Klasse;")
    assert run("lists", "--out", "lists", "--language", "en").startswith("11 lists in ")
    assert (
        (folder / "lists" / "watch.csv")
        .read_text("utf-8")
        .startswith("Customer,Name,Same name as,Class,")
    )


def test_each_day_is_measured_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lists compare with the review before, whose date is in the settings."""
    measured, measure = list[date](), Compass.measure

    def counted(compass: Compass, portfolio: Portfolio, as_of: date | None = None) -> Measures:
        found = measure(compass, portfolio, as_of)
        measured.append(found.as_of)
        return found

    monkeypatch.setattr(Compass, "measure", counted)
    run("lists", "--out", "lijsten")
    assert sorted(measured) == [date(2025, 2, 28), date(2025, 8, 31)]


def test_what_is_filled_in_is_taken_over_once(folder: Path) -> None:
    assert "lijsten.xlsx" in run("lists", "--out", "lijsten.xlsx")
    before = Path("lijsten.xlsx").read_bytes()
    out, err = StringIO(), StringIO()
    again = ("lists", "--out", "lijsten.xlsx")
    assert main(again, out=out, err=err, environment={}) == 2
    assert "--filled-in lijsten.xlsx" in err.getvalue()
    assert Path("lijsten.xlsx").read_bytes() == before
    workbook = load_workbook("lijsten.xlsx")
    sheet = workbook["Koesteren"]
    row = next(n for n in range(1, 20) if sheet.cell(n, 1).value == "Klant")
    headings = [cell.value for cell in sheet[row]]
    customer = str(sheet.cell(row + 1, 1).value)
    for heading, said in (("Wie", "Anna"), ("Wanneer", "2025-09-02"), ("Gedaan", "gebeld")):
        sheet.cell(row + 1, headings.index(heading) + 1).value = said
    workbook.save("lijsten.xlsx")
    run("review", "--history", "shop.klantkompas")
    take = ("lists", "--filled-in", "lijsten.xlsx", "--history", "shop.klantkompas")
    assert run(*take) == "Overgenomen in de historie, nieuwe stappen en redenen: 1\n"
    assert run(*take) == "Overgenomen in de historie, nieuwe stappen en redenen: 0\n"
    with History("shop.klantkompas") as history:
        (step,) = history.steps()
    assert (step.customer, step.by, str(step.on)) == (customer, "Anna", "2025-09-02")


def test_the_same_reading_twice_is_one(folder: Path) -> None:
    for _ in range(2):
        run("report", "--history", "shop.klantkompas", "--as-of", "2025-02-28")
        run("report", "--history", "shop.klantkompas")
    with History("shop.klantkompas") as history:
        assert [str(each.as_of) for each in history.readings()] == ["2025-02-28", "2025-08-31"]


def test_what_changed_is_shown_beside_the_report(folder: Path) -> None:
    first = run("report", "--history", "shop.klantkompas", "--as-of", "2025-02-28")
    assert "28 februari 2025, klanten: 306" in first
    second = run("report", "--history", "shop.klantkompas")
    assert "Beoordeling van 31 augustus 2025 tegenover 28 februari 2025" in second
    assert "Wie steeg, dan wie daalde, en waarom" in second


def test_overrides_of_the_history_hold(folder: Path) -> None:
    assert Settings.read("klantkompas.toml").reading().classes.label("0213") == "A"
    run("review", "--history", "shop.klantkompas")
    override = Override("0213", "C", by="Anna", on=date(2025, 9, 1), because="moves abroad")
    with History("shop.klantkompas") as history:
        history.override(override)
    explained = run("explain", "0213", "--history", "shop.klantkompas")
    assert explained.startswith("Te doen: Geef minder service dan aan een B")
    assert "0213: Anna gaf de klant op 1 september 2025 klasse C: moves abroad" in explained


def test_a_person_gives_another_class_and_it_stays(folder: Path) -> None:
    kept = ("--history", "shop.klantkompas")
    given = ("--class", "B", "--by", "Anna", "--on", "2025-09-02", "--because", "opent een winkel")
    run("review", *kept)
    told = "0181: Anna gaf de klant op 2 september 2025 klasse B: opent een winkel."
    assert told not in run("explain", "0181", *kept)
    assert told in run("explain", "0181", *given, *kept)
    assert told in run("explain", "0181", *kept)
    with History("shop.klantkompas") as history:
        assert [(each.customer, each.label) for each in history.overrides()] == [("0181", "B")]
