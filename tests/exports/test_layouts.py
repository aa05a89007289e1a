"""Files of one table in several layouts: each is read by its own, and none silently left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from klantkompas import Compass, DataError, Portfolio, Settings
from klantkompas.errors import KlantkompasError
from klantkompas.wording.catalogue import translator

SHOPIFY = (
    "Name,Email,Financial Status,Taxes,Total,Created at,Lineitem quantity,Currency,"
    "Refunded Amount\n"
    "#1,Anna@x.nl,paid,21,121,2025-02-03 10:00:00 +0100,1,EUR,0\n"
    "#2,bas@x.nl,voided,21,121,2025-02-04 10:00:00 +0100,1,EUR,0\n"
    "#3,bas@x.nl,paid,42,242,2025-02-05 10:00:00 +0100,1,EUR,121\n"
)
ANALYTICS = (
    "Date,Order #,Status,Customer,Customer type,Items sold,Net Sales\n"
    "2025-06-03 10:15:32,2001,completed,anna@x.nl,new,1,50\n"
)
TILL = (
    "Klantnr;Datum;Aantal;Prijs\nanna@x.nl;13-07-2025;2;10,50\nTotaal;;;21,00\n"
    "bas@x.nl;14-07-2025;1;5,00\n"
)
OF_THE_TILL: dict[str, Any] = {
    "customer": "Klantnr",
    "on": "Datum",
    "amount": ("Aantal", "Prijs"),
}
REVENUE = {"anna@x.nl": 121.0, "bas@x.nl": 105.0}
COMPASS = Compass(installed=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("shopify", SHOPIFY), ("woo", ANALYTICS), ("till", TILL)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def revenue(portfolio: Portfolio) -> dict[str, float]:
    measures = COMPASS.measure(portfolio, date(2025, 7, 31))
    return dict(zip(measures.ids.tolist(), measures["revenue"].tolist(), strict=True))


@pytest.mark.parametrize("names", [["shopify", "woo"], ["woo", "shopify"]])
def test_known_layouts_are_each_read_as_what_they_are(names: list[str], folder: Path) -> None:
    both = Portfolio.from_files(orders=[folder / f"{name}.csv" for name in names])
    assert revenue(both) == {"anna@x.nl": 150.0, "bas@x.nl": 100.0}
    notes = "\n".join(map(str, both.notes))
    assert "orders, shopify.csv: read as Shopify's export of orders" in notes
    assert "orders, woo.csv: read as the orders of WooCommerce Analytics" in notes
    assert "voided 1" in notes
    assert "totals" not in notes


def test_a_note_names_its_file_once(folder: Path) -> None:
    files = [folder / "shopify.csv", folder / "woo.csv"]
    (folder / "again.csv").write_text(SHOPIFY.replace("#", "#9"), encoding="utf-8")
    for given in (files, [*files, folder / "again.csv"]):
        for note in map(str, Portfolio.from_files(orders=given).notes):
            for file in given:
                assert note.count(file.name) <= 1, note


def test_what_an_export_is_called_is_said_in_dutch(folder: Path) -> None:
    portfolio = Portfolio.from_files(orders=folder / "shopify.csv")
    said = [part for note in portfolio.notes for part in note.sentences("nl")]
    assert "orders: gelezen als de export van orders van Shopify" in "\n".join(said)
    columns: dict[str, Any] = {"orders": {"customer": "Emial"}}
    with pytest.raises(KlantkompasError) as caught:
        Portfolio.from_files(orders=folder / "shopify.csv", columns=columns)
    error = caught.value
    dutch = error.text(error.remedy, translator("nl"))
    assert "de kopjes van de export van orders van Shopify" in dutch


def test_what_is_said_of_each_layout_is_said_in_a_list(folder: Path) -> None:
    files = [folder / "shopify.csv", [folder / "till.csv"]]
    columns = {"orders": [{}, OF_THE_TILL]}
    both = Portfolio.from_files(orders=files, columns=columns)  # type: ignore[arg-type]
    assert revenue(both) == REVENUE


def test_a_table_of_settings_has_a_table_for_each_layout(folder: Path) -> None:
    text = (
        "version = 1\n[[orders.layout]]\nfile = 'shopify.csv'\n[[orders.layout]]\n"
        "file = 'till*.csv'\ncustomer = 'Klantnr'\non = 'Datum'\namount = ['Aantal', 'Prijs']\n"
    )
    (folder / "klantkompas.toml").write_text(text, encoding="utf-8")
    settings = Settings.read(folder / "klantkompas.toml")
    assert revenue(settings.portfolio()) == REVENUE
    assert [Path(file).name for file in settings.files()["orders"]] == ["shopify.csv", "till.csv"]
    again = Settings.from_toml(settings.to_toml(), folder=folder)
    assert revenue(again.portfolio()) == REVENUE


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("file = 'a.csv'\n[[orders.layout]]\nfile = 'till.csv'", "has layouts, and 'file' beside"),
        ("layout = 3", r"orders.layout is 3. Write \[\[orders.layout\]\] above"),
        ("layout = [{file = 'till.csv', onn = 'Datum'}]", "no field or key 'onn'"),
        ("layout = [{on = 'Datum'}]", 'has no file. Write file = "orders.csv"'),
        ("layout = [{file = 'none.csv'}]", "there is no file 'none.csv'"),
        (
            "layout = [{file='shopify.csv'}, {file='till.csv', customer='Klant', on='Datum'}]",
            r"no column is found for customer \('Klant'\)",
        ),
    ],
)
def test_mistakes_in_layouts_are_told(said: str, error: str, folder: Path) -> None:
    with pytest.raises(KlantkompasError, match=error):
        Settings.from_toml(f"version = 1\n[orders]\n{said}\n", folder=folder).portfolio()


def test_a_row_is_told_by_its_own_file(folder: Path) -> None:
    till = folder / "till.csv"
    till.write_text(TILL.replace("1;5,00", "1;veel"), encoding="utf-8")
    columns = {"orders": [{}, OF_THE_TILL]}
    with pytest.raises(DataError, match=r"till.csv.*row 3.*'veel' is not a number"):
        Portfolio.from_files(orders=[folder / "shopify.csv", till], columns=columns)


def test_one_layout_for_files_of_two_is_refused(folder: Path) -> None:
    files = [folder / "shopify.csv", folder / "till.csv"]
    with pytest.raises(DataError, match="is in some of the files only") as caught:
        Portfolio.from_files(orders=files, columns={"orders": OF_THE_TILL})
    assert caught.value.file == "shopify.csv"
    with pytest.raises(DataError, match=r"till.csv.*no column is found.*\[\{...\}, \{...\}\]"):
        Portfolio.from_files(orders=files)
    with pytest.raises(KlantkompasError, match="2 layouts, and not so many files"):
        Portfolio.from_files(orders=files[0], columns={"orders": [{}, {}]})
