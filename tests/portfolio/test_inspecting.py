"""What an export holds, and what is proposed for it."""

from __future__ import annotations

import sqlite3
import tomllib
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from attrs import frozen

from klantkompas import Portfolio
from klantkompas.domain.fields import identity, moment, text
from klantkompas.domain.interactions import BUILT_IN_KINDS, InteractionKind
from klantkompas.errors import DataError
from klantkompas.io.mapping_file import mapping_of
from klantkompas.portfolio.inspecting import inspect_export


@pytest.mark.parametrize(
    ("file", "table", "row"),
    [
        ("04-woocommerce.csv", "orders", 1),
        ("11-moneybird.csv", "invoices", 1),
        ("12-exact-openstaand.xlsx", "invoices", 5),
        ("25-delighted.csv", "responses", 1),
        ("30-callcentre.csv", "contacts", 1),
        ("31b-title-rows.csv", "orders", 4),
    ],
)
def test_the_likeliest_table(shared_data: Path, file: str, table: str, row: int) -> None:
    report = inspect_export(shared_data / "exports" / file)
    assert (report.table, report.heading_row, report.shape) == (table, row, None)
    assert report.missing == ()
    assert table in mapping_of(tomllib.loads(report.to_toml()))


def test_a_recognised_export_names_its_shape(shared_data: Path) -> None:
    report = inspect_export(shared_data / "exports" / "17-xero.csv")
    assert report.shape is not None
    named = mapping_of(tomllib.loads(report.to_toml()))
    assert named == {"orders": {"shape": "xero_orders"}}
    portfolio = Portfolio.from_files(orders=shared_data / "exports" / "17-xero.csv", columns=named)
    assert portfolio.ids.tolist() == ["Anna Ltd"]


def test_no_table_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("kleur;vorm\nrood;rond\n")
    report = inspect_export(path)
    assert report.table is None
    assert "No table fits" in str(report)


def test_choices_are_shown_with_their_alternatives(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("E-mail;Datum;Bedrag;Totaal\na@b.nl;03-04-2025;1.234;\n")
    text = inspect_export(path).to_toml()
    assert 'customer = { heading = "E-mail", as = "e-mail" }' in text
    assert 'on = "Datum"  # where asked, { heading = "Datum", style = "d-m-y" or ' in text
    assert 'style = "1.234,56" or style = "1,234.56" }, or "Totaal"' in text


@pytest.mark.parametrize("date", ["03-04-2025", "13-04-2025"])
def test_a_proposal_that_is_followed_to_the_letter_swaps_no_months(
    date: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"Klantnr;Datum;Bedrag\n1;{date};5\n")
    named = mapping_of(tomllib.loads(inspect_export(path).to_toml()))
    if date.startswith("13"):
        portfolio = Portfolio.from_files(orders=path, columns=named)
        assert str(portfolio.last_day) == "2025-04-13"
    else:
        with pytest.raises(DataError, match=r"d-m-y.*m-d-y.*no value of this column decides"):
            Portfolio.from_files(orders=path, columns=named)


def test_the_teams_own_list_is_proposed_as_nominations() -> None:
    shop = Path(__file__).parents[2] / "examples" / "shop"
    report = inspect_export(shop / "team.csv")
    assert (report.table, report.missing) == ("nominations", ())
    assert mapping_of(tomllib.loads(report.to_toml())) == {
        "nominations": {"customer": "Klantnummer", "by": "Genoemd door", "reason": "Reden"}
    }


@pytest.mark.parametrize(
    ("file", "cells", "table", "missing"),
    [
        (
            "receivable.csv",
            "Invoice Number,Contact,Due Date,Net,Balance\nI1,A,2025-02-13,1,2",
            "invoices",
            (),
        ),
        (
            "sold.csv",
            "Sale Date,Order ID,Buyer,Date Shipped,Order Value\n2025-01-13,1,a,2025-01-14,10",
            "orders",
            (),
        ),
        ("orders.csv", "id,naam,moment_x,prijs\n1,a,2025-01-13,5", "orders", ("amount",)),
    ],
)
def test_the_headings_and_the_name_say_which_table_it_is(
    file: str, cells: str, table: str, missing: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / file
    path.write_text(cells)
    report = inspect_export(path)
    assert report.table == table
    assert {*report.missing} >= {*missing}
    assert "responses" not in report.to_toml()


def test_a_table_of_a_database_is_known_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE orders (id, klant, gekocht, naam)")
        database.execute("INSERT INTO orders VALUES (1, 2, '2025-01-13', 'a')")
    assert inspect_export(f"{path}::orders").table == "orders"


@frozen
class Visit:
    """A visit to the shop."""

    customer: str = identity()
    on: date = moment(required=True)
    ticket: str | None = text(headings=("Klacht",))


def test_a_kind_whose_fields_are_the_headings_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    kinds = (*BUILT_IN_KINDS, InteractionKind(name="visits", record=Visit))
    for last in ("ticket", "Klacht"):
        path.write_text(f"customer,on,{last}\n1,2025-01-13,x\n")
        report = inspect_export(path, kinds=kinds)
        assert (report.table, report.mapping["ticket"]) == ("visits", (last,))


def test_an_amount_without_vat_beside_what_is_owed_with_it_is_remarked(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for amount, remarked in (("Totaal excl. btw", True), ("Totaal incl. btw", False)):
        path.write_text(f"Debiteur;Vervaldatum;{amount};Openstaand bedrag\n1;13-1-2025;100;121\n")
        assert ("without VAT" in inspect_export(path).to_toml()) == remarked


def test_what_is_found_and_proposed_is_said_in_dutch(tmp_path: Path) -> None:
    path = tmp_path / "omzet.csv"
    path.write_text(
        "Klantnr;Datum;Aantal;Prijs;Status;Leeg;Laatst\n17;03-04-2025;2;1,50;klaar;;45691\n"
        "18;;1;2,50;;;45692\n"
    )
    said = inspect_export(path).text("nl").splitlines()
    assert said[0].endswith("omzet.csv: kopjes in rij 1, 2 rijen eronder")
    assert said[1:8] == [
        "  Klantnr: hele getallen; zoals 17, 18",
        "  Datum: datums geschreven als d-m-y of m-d-y, leeg in 1 rij; zoals 03-04-2025",
        "  Aantal: hele getallen; zoals 2, 1",
        "  Prijs: getallen geschreven als 1.234,56; zoals 1,50, 2,50",
        "  Status: tekst, 1 verschillende, leeg in 1 rij; zoals (leeg) 1, klaar 1",
        "  Leeg: leeg",
        "  Laatst: hele getallen, of de dagnummers van een spreadsheet; zoals 45691, 45692",
    ]
    assert "Misschien orders. Bekijk de namen hieronder voordat je ze gebruikt." in said
    remarks = [line.partition("  # ")[2] for line in said if "  # " in line]
    assert remarks == [
        'waar daarom wordt gevraagd, { heading = "Datum", style = "d-m-y" of style = "m-d-y" }',
        "hun product",
        "rijen zonder een waarde die nodig is",
        "laat weg wat niet meetelt",
    ]


def test_a_known_export_and_one_that_fits_nothing_are_said_in_dutch(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(
        "Order Number,Order Status,Order Date,Email (Billing),Order Total Amount,"
        "Order Total Tax Amount\n1,completed,2025-02-03,a@x.nl,121,21\n"
    )
    assert "Herkend als" in inspect_export(path).text("nl")
    path.write_text("x;y\n1;2\n")
    assert "Bij deze kopjes past geen tabel: noem de kolommen zelf." in inspect_export(path).text(
        "nl"
    )
