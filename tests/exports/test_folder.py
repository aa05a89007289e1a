"""A folder of all that a shop has saved: read by one command, or all said at once."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from klantkompas.__main__ import main
from tests.exports.test_written import CASES

FILES = {
    "customers_export.csv": "shopify customers 2025",
    "NPS (Reacties) - Formulierreacties 1.csv": "google forms in Dutch",
    "zendesk-view.csv": "zendesk view: dash, deleted, end-user closed",
}
NOT_KNOWN = {
    "calllog.csv": "ringcentral's call log: weekday before the date, h:mm:ss",
    "subscribed_members.csv": "mailchimp's audience is customers, and its rating no score",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "exports"
    path.mkdir()
    for name, text in CASES["shopify in two files that overlap"]["files"].items():
        (path / name).write_text(text)
    for name, case in FILES.items():
        (path / name).write_text(CASES[case]["text"])
    for beside in (".DS_Store", "~$list.xlsx", "Thumbs.db", "list.pdf"):
        (path / beside).write_bytes(b"x")
    return path


def run(*arguments: str | Path) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return main([*map(str, arguments)], out=out, err=err), out.getvalue(), err.getvalue()


def test_a_folder_of_known_exports_makes_the_page(folder: Path, tmp_path: Path) -> None:
    status, out, err = run("report", folder, "--out", tmp_path / "page.html")
    assert (status, err) == (0, "")
    assert "orders: read as Shopify's export of orders" in out
    assert "complaints: read as Zendesk's export of tickets" in out
    assert "responses: read as the responses of Google Forms in Dutch" in out


def test_what_is_not_known_is_said_at_once_and_proposed_in_one_file(
    folder: Path, tmp_path: Path
) -> None:
    for name, case in NOT_KNOWN.items():
        (folder / name).write_text(CASES[case]["text"])
    (folder / "readme.txt").write_text("Exports of November.\nAsk Eva.\n")
    status, _, err = run("report", folder, "--out", tmp_path / "page.html")
    assert status == 2
    assert all(name in err for name in (*NOT_KNOWN, "readme.txt"))
    settings = tmp_path / "klantkompas.toml"
    assert run("columns", folder, "--write", settings)[0] == 0
    assert "readme.txt" in settings.read_text().strip().splitlines()[-1]
    status, out, err = run("report", "--settings", settings, "--out", tmp_path / "page.html")
    assert (status, err) == (0, "")
    assert "counted in spite of Action Result: Missed 1" in out


def test_a_file_that_is_no_table_is_a_remark_and_an_error_names_it(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text("Klantnr;Datum;Bedrag\n7;13-02-2025;10,50\n")
    (tmp_path / "lijst.csv").write_text("Aantal;Voorraad\n3;5\n")
    settings = tmp_path / "klantkompas.toml"
    assert run("columns", tmp_path, "--write", settings)[0] == 0
    written = settings.read_text()
    assert '# file = "lijst.csv": Perhaps orders.' in written
    assert "[[orders.layout]]" not in written
    page = tmp_path / "page.html"
    assert run("report", "--settings", settings, "--out", page)[0] == 0
    own = written.replace("[orders]", '[[orders.layout]]\nfile = "lijst.csv"\n\n[[orders.layout]]')
    settings.write_text(own)
    status, _, err = run("report", "--settings", settings, "--out", page)
    assert status == 2
    assert "klantkompas.toml, line 3" in err
    assert "orders, lijst.csv: column 'customer'" in err
