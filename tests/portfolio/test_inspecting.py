"""What an export holds, and what is proposed for it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from klantkompas import Portfolio
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
