"""The fictional shop: its script writes the committed bytes, and its data are what they claim.

Everything here is worked out with polars and the standard library, without klantkompas.
"""

from __future__ import annotations

import re
import runpy
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import polars as pl
import pytest

from klantkompas.domain.customers import Customer
from klantkompas.domain.interactions import BUILT_IN_KINDS
from klantkompas.domain.nominations import Nomination
from klantkompas.domain.preferences import COLUMNS

NOT_KEPT = {"orders": {"refunded"}, "invoices": {"open", "reference"}}
EXAMPLES = Path(__file__).parents[2] / "examples"
SHOP = EXAMPLES / "shop"
TABLES = {
    "customers": "klanten",
    "orders": "orders",
    "invoices": "facturen",
    "complaints": "klachten",
    "contacts": "contacten",
    "responses": "enquete",
    "departures": "vertrek",
    "nominations": "team",
}
RECORDS = {"customers": Customer, "nominations": Nomination} | {
    kind.name: kind.record for kind in BUILT_IN_KINDS
}
LAST_DAY = date(2025, 8, 31)
PERIOD = pl.lit(date(2025, 2, 28)), pl.lit(LAST_DAY)
DATE = re.compile(r"(\d\d)-(\d\d)-(\d{4})( \d\d:\d\d)?")


def read(table: str) -> pl.DataFrame:
    """All columns as text, under their Dutch headings; empty is null."""
    encoding = "cp1252" if table == "contacts" else "utf-8-sig"
    text = (SHOP / f"{TABLES[table]}.csv").read_bytes().decode(encoding)
    return pl.read_csv(text.encode(), separator=";", infer_schema=False)


def number(column: str) -> pl.Expr:
    bare = pl.col(column).str.replace_all("[\u20ac .]", "").str.replace(",", ".")
    return bare.str.replace(r"^(.*)-$", "-$1").cast(pl.Float64)


def day(column: str) -> pl.Expr:
    return pl.col(column).str.slice(0, 10).str.to_date("%d-%m-%Y")


@pytest.fixture(scope="module")
def columns() -> dict[str, dict[str, Any]]:
    """What the shop's settings say of each table; the mapping beside them says the same."""
    settings = tomllib.loads((SHOP / "klantkompas.toml").read_text(encoding="utf-8"))
    tables = {name: settings[name] for name in TABLES}
    assert {name: table.pop("file") for name, table in tables.items()} == {
        name: f"{file}.csv" for name, file in TABLES.items()
    }
    mapping = tomllib.loads((SHOP / "columns.toml").read_text(encoding="utf-8"))
    assert mapping == {name: each for name, each in tables.items() if name != "nominations"}
    return tables


@pytest.fixture(scope="module")
def orders() -> pl.DataFrame:
    """One row for each order or credit note of a known customer."""
    lines = read("orders").drop_nulls("Klantnummer")
    lines = lines.with_columns(amount=number("Aantal") * number("Prijs"), on=day("Orderdatum"))
    united = lines.group_by("Klantnummer", "Ordernummer")
    return united.agg(pl.col("amount").sum(), pl.col("on").min())


@pytest.fixture(scope="module")
def active(orders: pl.DataFrame) -> pl.DataFrame:
    """Revenue and orders in the last six months of whoever ordered then and has not left since."""
    last = orders.filter(pl.col("amount") > 0).group_by("Klantnummer").agg(pl.col("on").max())
    left = read("departures").group_by("Klantnummer").agg(left=day("Per").max())
    gone = last.join(left, on="Klantnummer").filter(pl.col("left") > pl.col("on"))
    internal = read("customers").filter(pl.col("Soort") == "intern")
    start, end = PERIOD
    period = orders.filter(pl.col("on") > start, pl.col("on") <= end)
    totals = period.group_by("Klantnummer").agg(
        revenue=pl.col("amount").sum(), orders=(pl.col("amount") > 0).sum()
    )
    outside = pl.concat([gone.select("Klantnummer"), internal.select("Klantnummer")])
    return totals.filter(pl.col("orders") > 0).join(outside, on="Klantnummer", how="anti")


def test_the_script_writes_the_committed_bytes(tmp_path: Path) -> None:
    runpy.run_path(str(EXAMPLES / "make_shop.py"))["make_shop"](tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in SHOP.glob("*.csv")}
    assert len(made) == len(TABLES)
    assert sum(map(len, made.values())) < 600_000


@pytest.mark.parametrize("table", TABLES)
def test_every_file_is_written_as_it_says(table: str) -> None:
    content = (SHOP / f"{TABLES[table]}.csv").read_bytes()
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    with_mark = content.startswith(b"\xef\xbb\xbf")
    assert with_mark == (table in ("customers", "orders", "invoices"))
    if table == "contacts":
        with pytest.raises(UnicodeDecodeError):
            content.decode()
        assert "\u20ac" in content.decode("cp1252")


@pytest.mark.parametrize("table", TABLES)
def test_every_field_is_mapped_to_a_heading(table: str, columns: dict[str, Any]) -> None:
    assert set(columns) == set(TABLES)
    fields = {each.name for each in attrs.fields(RECORDS[table]) if "column" in each.metadata}
    # The shop notes one source and one last day for all that a customer prefers.
    of_one = {f"{column}_{what}" for column in COLUMNS.values() for what in ("source", "until")}
    assert set(columns[table]) == fields - of_one - NOT_KEPT.get(table, set())
    for given in columns[table].values():
        named = given["heading"] if isinstance(given, dict) else given
        headings = [named] if isinstance(named, str) else named
        assert set(headings) <= set(read(table).columns)


@pytest.mark.parametrize("table", TABLES)
def test_a_date_can_be_read_in_one_way_or_has_a_style(table: str, columns: dict[str, Any]) -> None:
    styled = {each["heading"] for each in columns[table].values() if isinstance(each, dict)}
    for column in read(table):
        dates = [DATE.fullmatch(value) for value in column.drop_nulls()]
        if any(dates):
            assert all(dates), column.name
            one_way = any(int(each[1]) > 12 for each in dates if each)
            assert one_way != (column.name in styled), column.name


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("customers", "Extraversie"),
        ("customers", "Rationaliteit"),
        ("orders", "Prijs"),
        ("orders", "Marge"),
        ("invoices", "Bedrag"),
        ("contacts", "Cijfer"),
    ],
)
def test_a_column_with_fractions_shows_its_decimal_comma(table: str, column: str) -> None:
    values = read(table)[column].drop_nulls()
    assert values.str.contains(r",\d{1,2}-?$").any()
    assert not values.str.contains(r"\.\d{1,2}-?$").any()


def test_thousands_have_a_point_here_and_there() -> None:
    assert read("orders")["Prijs"].str.contains(r"\d\.\d{3},").any()
    assert read("invoices")["Bedrag"].str.contains(r"\d\.\d{3},").any()
    assert not read("orders")["Marge"].drop_nulls().str.contains(".", literal=True).any()


def test_nothing_happened_after_the_last_day() -> None:
    last = {}
    for table, column in [
        ("orders", "Orderdatum"),
        ("invoices", "Factuurdatum"),
        ("invoices", "Betaald op"),
        ("complaints", "Datum"),
        ("complaints", "Gesproken op"),
        ("complaints", "Opgelost op"),
        ("complaints", "Gepubliceerd op"),
        ("contacts", "Tijdstip"),
        ("responses", "Datum"),
        ("departures", "Per"),
    ]:
        last[table, column] = read(table).select(day(column).max()).item()
    assert max(last.values()) == LAST_DAY == last["orders", "Orderdatum"]


def test_steps_follow_one_another() -> None:
    invoices = read("invoices").select(
        issued=day("Factuurdatum"), due=day("Vervaldatum"), paid=day("Betaald op")
    )
    assert (invoices["due"] > invoices["issued"]).all()
    assert (invoices["paid"] >= invoices["issued"]).all()
    steps = read("complaints").select(
        on=day("Datum"),
        talked=day("Gesproken op"),
        resolved=day("Opgelost op"),
        published=day("Gepubliceerd op"),
    )
    assert (steps["talked"] >= steps["on"]).all()
    assert (steps["resolved"] >= steps["talked"]).all()
    assert (steps["published"] >= steps["resolved"]).all()
    for step in ("talked", "resolved", "published"):
        assert 0 < steps[step].null_count() < steps.height


def test_every_order_on_account_has_its_invoice(orders: pl.DataFrame) -> None:
    invoices = read("invoices").select("Ordernummer", invoiced=number("Bedrag"))
    assert invoices["Ordernummer"].is_unique().all()
    both = invoices.join(orders, on="Ordernummer", how="left")
    twice = read("orders").filter(pl.struct(pl.all()).is_duplicated())["Ordernummer"]
    both = both.filter(~pl.col("Ordernummer").is_in(twice.implode()))
    assert (both["invoiced"] - both["amount"]).abs().max() < 0.005
    assert both["amount"].null_count() == 0


def test_words_are_those_that_the_fields_know() -> None:
    customers, contacts = read("customers"), read("contacts")
    assert set(customers["Soort"]) == {"particulier", "zakelijk", "intern"}
    assert set(customers["Fase"]) == {"klant", "prospect", "suspect"}
    assert set(contacts["Doel"]) == {"verkoop", "service", "aandacht"}
    assert set(read("complaints")["Aanbod"]) == {None, "alternatief", "compensatie", "herstel"}
    for flags in (
        customers["Bezwaar"],
        read("orders")["Duidelijk"],
        read("complaints")["Terecht"],
        contacts["Initiatief klant"],
    ):
        assert set(flags.drop_nulls()) == {"ja", "nee"}


def test_customers_are_about_three_hundred_of_every_sort() -> None:
    customers = read("customers")
    assert customers["Klantnummer"].is_unique().all()
    assert 280 <= customers.height <= 320
    assert customers["Fase"].value_counts()["count"].min() >= 5
    assert customers["Soort"].value_counts()["count"].min() >= 5
    assert set(customers["Regio"]) == {"Noord", "Oost", "Zuid", "West", None}
    assert 3 <= (customers["Bezwaar"] == "ja").sum() <= 15
    for axis in ("Extraversie", "Rationaliteit"):
        judged = customers.select(number(axis)).drop_nulls().to_series()
        assert judged.is_between(-1, 1).all()
        assert 20 <= len(judged) <= 80


def test_oddities_are_there_and_few(orders: pl.DataFrame) -> None:
    known = set(read("customers")["Klantnummer"])
    others = set()
    for table in ("orders", "contacts", "responses"):
        frame = read(table)
        assert 0 < frame["Klantnummer"].null_count() <= 30
        others |= set(frame["Klantnummer"].drop_nulls()) - known
    assert len(others) == 3
    for table in ("orders", "contacts", "complaints"):
        frame = read(table)
        assert 0 < frame.height - frame.unique().height <= 25
    buyers = orders.filter(pl.col("amount") > 0).join(read("customers"), on="Klantnummer")
    assert buyers.filter(pl.col("Fase") != "klant")["Klantnummer"].n_unique() == 1
    parts = read("orders").drop_nulls("Klantnummer").group_by("Ordernummer")
    assert (parts.agg(days=pl.col("Orderdatum").n_unique())["days"] > 1).any()
    assert (orders["amount"] < 0).any()


def test_the_leading_fifth_brings_most_of_the_revenue(active: pl.DataFrame) -> None:
    revenue = active["revenue"].sort(descending=True)
    assert 180 <= len(revenue) <= 240
    leading = -(-len(revenue) // 5)
    assert 0.65 <= revenue.head(leading).sum() / revenue.sum() <= 0.85


def test_some_order_often_and_some_too_seldom_to_tell(active: pl.DataFrame) -> None:
    assert (active["orders"] >= 3).sum() >= 100
    assert (active["orders"] < 3).sum() >= 40


def test_nps_is_positive_but_modest() -> None:
    start, end = PERIOD
    answers = read("responses").select(
        "Klantnummer", on=day("Datum"), score=pl.col("Cijfer").cast(pl.Int64)
    )
    assert set(answers["score"].drop_nulls()) <= set(range(11))
    assert answers["score"].min() == 0
    assert answers["score"].max() == 10
    assert 0 < answers["score"].null_count() < 25
    inside = answers.filter(pl.col("on") > start, pl.col("on") <= end).drop_nulls()
    latest = inside.sort("on", -pl.col("score")).unique("Klantnummer", keep="last")["score"]
    assert len(latest) >= 50
    assert 5 <= 100 * ((latest >= 9).sum() - (latest <= 6).sum()) / len(latest) <= 30


def test_both_sides_give_reasons_for_departures() -> None:
    departures = read("departures")
    assert departures["Klantnummer"].is_unique().all()
    words = {"prijs", "product", "levervoorwaarden", "service", "aandacht", "houding"}
    words |= {"mentaliteit", "overig"}
    stated, believed = departures["Reden volgens klant"], departures["Reden volgens ons"]
    assert set(stated.drop_nulls()) | set(believed.drop_nulls()) == words
    assert stated.null_count() > 0
    assert (believed == "prijs").sum() > (stated == "prijs").sum()


def test_some_texts_are_in_capitals() -> None:
    texts = read("contacts")["Tekst"].drop_nulls()
    assert texts.str.contains(r"[A-Z]{2,} [A-Z]{2,} [A-Z]{2,}").sum() >= 10
    assert (texts == "").sum() == 0
