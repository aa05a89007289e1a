"""The command that looks at exports, and the page that comes of a file that is recognised."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from klantkompas.__main__ import main

TILL = """Klantnr;Orderdatum;Totaal excl. btw;Status
0017;03-02-2025;121,00;betaald
0018;14-02-2025;60,50;geannuleerd
"""


def run(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return main(arguments, out=out, err=err), out.getvalue(), err.getvalue()


@pytest.fixture
def till(tmp_path: Path) -> Path:
    path = tmp_path / "kassa.csv"
    path.write_text(TILL)
    return path


def test_what_an_export_holds(till: Path) -> None:
    status, out, _ = run("columns", str(till))
    assert status == 0
    assert "headings in row 1, 2 rows below" in out
    assert "Orderdatum: dates written d-m-y; such as 03-02-2025, 14-02-2025" in out
    assert "Status: text, 2 different; such as betaald 1, geannuleerd 1" in out
    assert 'customer = "Klantnr"\non = "Orderdatum"\namount = "Totaal excl. btw"' in out
    assert '# where = { "Status" = ["betaald", "geannuleerd"] }' in out


def test_what_is_written_reads_the_export(till: Path, tmp_path: Path) -> None:
    settings = tmp_path / "klantkompas.toml"
    assert run("columns", str(till), "--write", str(settings))[0] == 0
    page = tmp_path / "page.html"
    status, out, err = run("report", "--settings", str(settings), "--out", str(page))
    assert (status, err) == (0, "")
    assert "2 customers" in out
    assert page.exists()
    status, _, err = run("columns", str(till), "--write", str(settings))
    assert status == 2
    assert "Name a file that is not there yet" in err


def test_an_export_that_is_recognised_needs_nothing_else(shared_data: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    export = shared_data / "exports" / "01-shopify-orders.csv"
    status, out, _ = run("report", str(export), "--out", str(page))
    assert status == 0
    assert "orders: read as Shopify's export of orders" in out
    assert page.exists()


def test_an_export_that_is_not_recognised_is_named_with_what_to_do(till: Path) -> None:
    status, _, err = run("report", str(till))
    assert status == 2
    assert f"klantkompas columns {till} --write klantkompas.toml" in err


def test_a_folder_is_all_of_its_files(till: Path) -> None:
    assert "kassa.csv: headings in row 1" in run("columns", str(till.parent))[1]
