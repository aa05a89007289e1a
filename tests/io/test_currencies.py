"""The currency of money is what the exports say: a column, or the signs beside the amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from klantkompas import Compass, History, Portfolio, Reading, report_html
from klantkompas.measures.currencies import currency_of
from klantkompas.portfolio import Measures

COMPASS = Compass(installed=False)
COLUMNS = {"customer": "Klant", "on": "Datum", "amount": "Bedrag"}


def written(folder: Path, rows: Sequence[str], headings: str = "", name: str = "o.csv") -> Path:
    path = folder / name
    lines = [f"Klant;Datum;Bedrag{headings}", *rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def read(path: Path, **more: object) -> Reading:
    columns: Mapping[str, object] = {"orders": {**COLUMNS, **more}}
    return COMPASS.read(Portfolio.from_files(orders=path, columns=columns, locale="nl"))


@pytest.mark.parametrize(
    ("amounts", "code"),
    [
        (["\u20ac 12,50", "\u20ac 7,-"], "EUR"),
        (["12,50", "\u20ac 7,25"], "EUR"),
        (["GBP 12,50", "GBP 7,25"], "GBP"),
        (["12,50", "7,25"], None),
        (["$ 12,50", "$ 7,25"], None),
    ],
)
def test_signs_beside_the_amounts_say_it(
    tmp_path: Path, amounts: list[str], code: str | None
) -> None:
    rows = [f"{at};2026-01-0{at};{amount}" for at, amount in enumerate(amounts, 1)]
    assert read(written(tmp_path, rows)).currency == code


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (["EUR", "EUR"], "EUR"),
        (["eur", " EUR "], "EUR"),
        (["", "EUR"], "EUR"),
        (["\u20ac", "\u20ac"], "EUR"),
        (["EUR", "USD"], None),
        (["euro's", "EUR"], None),
        (["", ""], None),
    ],
)
def test_a_column_that_nobody_named_says_it(
    tmp_path: Path, said: list[str], code: str | None
) -> None:
    rows = [f"{at};2026-01-0{at};5,00;{each}" for at, each in enumerate(said, 1)]
    assert read(written(tmp_path, rows, ";Valuta")).currency == code


def test_of_a_column_that_is_named_what_is_kept_says_it(tmp_path: Path) -> None:
    rows = ["1;2026-01-01;5,00;EUR", "2;2026-01-02;6,00;USD"]
    path = written(tmp_path, rows, ";Valuta")
    assert read(path, currency={"heading": "Valuta", "keep": "USD"}).currency == "USD"


def test_the_page_shows_it_and_who_gives_one_decides(tmp_path: Path) -> None:
    path = written(tmp_path, ["1;2026-01-01;\u20ac 5,00", "2;2026-01-02;\u20ac 6,00"])
    reading = read(path)
    page = report_html(reading)
    assert "\u20ac11.00" in page
    assert "currency of the exports" not in page
    portfolio = Portfolio.from_files(orders=path, columns={"orders": COLUMNS}, locale="nl")
    assert portfolio.currency == "EUR"
    assert Compass(installed=False, currency="GBP").read(portfolio).currency == "GBP"


def test_tables_that_say_different_ones_say_none(tmp_path: Path) -> None:
    orders = written(tmp_path, ["1;2026-01-01;\u20ac 5,00"])
    due = written(tmp_path, ["1;2026-01-01;GBP 5,00"], name="i.csv")
    invoices = {"customer": "Klant", "due": "Datum", "amount": "Bedrag"}
    portfolio = Portfolio.from_files(
        orders=orders,
        invoices=due,
        columns={"orders": COLUMNS, "invoices": invoices},
        locale="nl",
    )
    assert portfolio.currency is None
    assert COMPASS.read(portfolio).currency is None


@pytest.mark.parametrize("part", [set(), {"2"}, {"1", "3"}])
def test_it_is_kept_in_parts_and_in_the_history(tmp_path: Path, part: set[str]) -> None:
    path = written(tmp_path, [f"{at};2026-01-0{at};\u20ac 5,00" for at in range(1, 5)])
    portfolio = Portfolio.from_files(orders=path, columns={"orders": COLUMNS}, locale="nl")
    day = date(2026, 1, 31)
    whole = COMPASS.measure(portfolio, day)
    parts = [COMPASS.measure(portfolio.only(some), day) for some in (part, {*portfolio.ids} - part)]
    joined = Measures.join(parts, notes=())
    assert joined.tallies["currencies"] == whole.tallies["currencies"]
    assert currency_of(joined) == "EUR"
    with History(tmp_path / "h.klantkompas") as history:
        history.record(COMPASS.read(whole))
        assert currency_of(history.reading(day).measures) == "EUR"
