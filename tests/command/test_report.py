"""The command: from exports to a page, and every mistake in one clear message."""

from __future__ import annotations

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from klantkompas.__main__ import main

SHOP = Path(__file__).parents[2] / "examples" / "shop"
TABLES = {
    "orders": "orders",
    "invoices": "facturen",
    "complaints": "klachten",
    "contacts": "contacten",
    "responses": "enquete",
    "departures": "vertrek",
    "customers": "klanten",
}


def run(*arguments: str | Path) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    status = main([str(each) for each in arguments], out=out, err=err)
    return status, out.getvalue(), err.getvalue()


def shop(*tables: str) -> list[str | Path]:
    files = [part for table in tables for part in (f"--{table}", SHOP / f"{TABLES[table]}.csv")]
    return ["report", *files, "--settings", SHOP / "klantkompas.toml"]


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    file = tmp_path / "orders.csv"
    lines = [f"a;2026-06-{day:02};2;10.50" for day in (1, 2, 3)]
    file.write_text("\n".join(["Klant;Datum;Aantal;Prijs", *lines]) + "\n", encoding="utf-8")
    return file


COLUMNS = [
    *("--column", "orders.customer=Klant"),
    *("--column", "orders.on=Datum"),
    *("--column", "orders.amount=Aantal*Prijs"),
]


def test_the_shop_gets_its_page(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    status, out, err = run(
        *shop(*TABLES), "--out", page, "--language", "nl", "--title", "De Theepot"
    )
    assert (status, err) == (0, "")
    assert out.startswith("Per 31 augustus 2025, over 6 maanden: 306 klanten; actief: 216")
    assert "Wat opviel in de gegevens:\n  orders: 20 rijen precies gelijk aan" in out
    assert out.rstrip().endswith(f"Het rapport staat in {page}")
    text = page.read_text(encoding="utf-8")
    assert "<title>De Theepot</title>" in text
    assert 'lang="nl"' in text


def test_columns_can_be_named_one_by_one(orders: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    status, out, err = run("report", "--orders", orders, *COLUMNS, "--out", page)
    assert (status, err) == (0, "")
    assert ": 1 customer; active: 1" in out
    assert "63.00" in page.read_text(encoding="utf-8")


def test_a_column_on_the_command_line_goes_before_the_file(orders: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "klantkompas.toml"
    mapping.write_text(
        'version = 1\n[orders]\ncustomer = "Klant"\non = "Datum"\namount = "Prijs"\n'
    )
    page = tmp_path / "page.html"
    whole = ("report", "--orders", orders, "--settings", mapping, "--out", page)
    assert run(*whole)[0] == 0
    assert "31.50" in page.read_text(encoding="utf-8")
    assert run(*whole, "--column", "orders.amount=Aantal*Prijs")[0] == 0
    assert "63.00" in page.read_text(encoding="utf-8")


def test_date_months_and_scale_are_those_given(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    responses = tmp_path / "responses.csv"
    responses.write_text("customer,on,score\na,2026-03-01,9\nb,2026-05-20,3\n", encoding="utf-8")
    given = ("report", "--responses", responses, "--out", page, "--as-of", "2026-05-31")
    status, out, _ = run(*given, "--months", "1", "--score-scale", "1-10")
    assert status == 0
    assert "As of 31 May 2026, over 1 month: 2 customers; active: unknown" in out
    assert "Net Promoter Score: -100.0" in out
    assert "1 month, from 1 May 2026" in page.read_text(encoding="utf-8")


def test_the_page_is_report_html_unless_told(
    orders: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("report", "--orders", orders, *COLUMNS)[0] == 0
    assert (tmp_path / "report.html").is_file()


def test_the_real_retail_orders_get_their_page(shared_data: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    status, out, _ = run(
        *("report", "--orders", shared_data / "OnlineRetail_2010-12_2011-12.csv.gz"),
        *("--column", "orders.customer=CustomerID", "--column", "orders.on=InvoiceDate"),
        *("--column", "orders.amount=Quantity*UnitPrice"),
        *("--column", "orders.reference=InvoiceNo", "--out", page),
    )
    assert status == 0
    assert "4,372 customers; active: 3,486" in out
    assert "3,486" in page.read_text(encoding="utf-8")


MISTAKES = {
    "no export": ([], "Give at least one, such as --orders"),
    "no such file": (["--orders", "absent.csv"], "--orders: there is no file 'absent.csv'"),
    "no such mapping": (
        ["--orders", "absent.csv", "--settings", "no.toml"],
        "no.toml: cannot be read",
    ),
    "a column that says nothing": (["--orders", "x.csv", "--column", "amount"], "names no column"),
    "a table that is none": (
        ["--orders", "x.csv", "--column", "oders.amount=A"],
        "Did you mean 'orders'",
    ),
    "a period of nothing": (
        ["--orders", "x.csv", "--months", "0"],
        "--months: months is 0, not a whole number",
    ),
    "a locale that is none": (["--orders", SHOP / "orders.csv", "--locale", "xx"], "locale"),
    "a heading that is not there": (
        ["--orders", SHOP / "orders.csv", "--column", "orders.customer=Klantnumer"],
        "Did you mean 'Klantnummer'",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_message_and_no_page(
    mistake: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments, told = MISTAKES[mistake]
    status, out, err = run("report", *arguments)
    assert (status, out) == (2, "")
    assert told in err
    assert err.startswith("klantkompas: ")
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


MISSPELT = {
    "no command": ([], "no command is given. Give one, such as klantkompas report"),
    "a command": (["repot"], "there is no command 'repot'. Did you mean 'report'?"),
    "a date": (["report", "--as-of", "31-12-2026"], "--as-of is '31-12-2026', which is not a date"),
    "a number": (["report", "--months", "six"], "--months is 'six', which is not a whole number"),
    "a scale": (["report", "--score-scale", "1-5"], "--score-scale is one of 0-10, 1-10"),
    "a language": (["report", "--language", "tlh"], "--language is one of en, nl"),
    "an option": (["report", "--order", "x"], "there is no option --order. Did you mean '--order"),
}


@pytest.mark.parametrize("mistake", MISSPELT)
def test_what_is_misspelt_is_one_message(mistake: str) -> None:
    arguments, told = MISSPELT[mistake]
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith(f"klantkompas: {told}")
    assert err.count("\n") == 1


def test_help_names_every_table() -> None:
    status, out, err = run("report", "--help")
    assert (status, err) == (0, "")
    assert all(f"--{table} " in out for table in TABLES)


def test_as_a_process_it_ends_with_its_status(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "klantkompas", "report", "--orders", "absent.csv"]
    ended = subprocess.run(command, check=False, capture_output=True, text=True, cwd=tmp_path)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
