"""How exports, settings and the language come in; completion, checks and the version."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from importlib.metadata import version
from io import StringIO
from pathlib import Path

import pytest

from klantkompas.command import main

ROOT = Path(__file__).parents[2]
SHOP = ROOT / "examples" / "shop"
ORDERS = "customer,on,amount\na,2026-06-01,5\na,2026-06-03,5\nb,2026-06-02,7\n"
PLUGIN = '''
import numpy as np
from klantkompas import hookimpl, measure


@measure(unit="returns")
def returns(period):
    """orders that came back"""
    return {}


@hookimpl
def klantkompas_measures():
    return [returns]
'''


def run(
    *arguments: str, environment: dict[str, str] | None = None, status: int = 0
) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    found = main(arguments, out=out, err=err, environment=environment or {})
    assert found == status, err.getvalue()
    return out.getvalue(), err.getvalue()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHOP, tmp_path / "shop"))


def test_an_export_with_the_fields_own_names_is_recognised(folder: Path) -> None:
    assert "C 1, D 1" in run("classes", "orders.csv")[0]
    (folder / "scores.csv").write_text("customer,on,score\na,2026-06-01,9\nb,2026-06-02,3\n")
    assert "2 answers" in run("nps", ".")[0]


def test_headings_of_two_tables_are_those_of_none(folder: Path) -> None:
    (folder / "either.csv").write_text("customer,on\na,2026-06-01\n")
    assert "not recognised by the headings: either.csv" in run("nps", "either.csv", status=2)[1]


@pytest.mark.parametrize("more", [0, 1])
def test_the_advice_on_what_is_not_recognised_can_be_followed(folder: Path, more: int) -> None:
    """With exports beside it that are recognised, and with more of one layout."""
    exports = folder / "my exports"
    exports.mkdir()
    (folder / "orders.csv").rename(exports / "orders.csv")
    for number in range(1 + more):
        (exports / f"survey{number}.csv").write_text(
            f"Klantnr;Cijfer;Datum\n{'ab'[number]};{9 + number};2026-06-01\n"
        )
    (exports / "till.csv").write_text("Klantnr;Orderdatum;Totaal\na;2026-06-03;5,50\n")
    said = run("nps", "my exports", status=2)[1]
    advised = said.partition("klantkompas columns ")[2].strip()
    run("columns", *shlex.split(advised))
    assert f"{1 + more} answer" in run("nps", "--as-of", "2026-06-30")[0]
    assert "[[orders.layout]]" in (folder / "klantkompas.toml").read_text()


def test_a_folder_with_settings_is_read_by_these(folder: Path, shop: Path) -> None:
    out, _ = run("report", "shop", "--out", "page.html")
    assert out.startswith("Per 31 augustus 2025, over 6 maanden: 306 klanten")


def test_settings_beside_the_exports_need_no_option(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shop)
    assert "62 antwoorden" in run("nps")[0]
    assert "62 antwoorden" in run("nps", "--settings", "klantkompas.toml")[0]
    monkeypatch.chdir(shop.parent)
    assert "62 antwoorden" in run("nps", "--settings", "shop/klantkompas.toml")[0]
    assert "no export is given" in run("nps", status=2)[1]


def test_an_export_that_the_settings_name_is_read_alone_and_by_them(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shop)
    out, _ = run("nps", "enquete.csv", "--language", "en")
    assert "62 answers" in out
    out, _ = run("classes", "orders.csv", "--language", "en")
    assert "pays on time: not measured" in out


def test_an_option_goes_before_the_settings(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop)
    found, _ = run("settings", "--months", "12", "--as-of", "2025-06-30", "--language", "en")
    assert "months = 12 (option --months)" in found
    assert "as_of = 2025-06-30 (option --as-of)" in found
    assert 'locale = "nl" (line 5)' in found


LANGUAGES = {
    "an option": (["--language", "nl"], {"LANG": "en_GB.UTF-8"}, True),
    "all of the locale": ([], {"LC_ALL": "nl_BE.UTF-8", "LANG": "en_GB.UTF-8"}, True),
    "its messages": ([], {"LC_MESSAGES": "nl_NL", "LANG": "de_DE"}, True),
    "the last of it": ([], {"LC_ALL": "", "LANG": "nl"}, True),
    "English before it": (["--language=en"], {"LANG": "nl_NL"}, False),
    "another": ([], {"LANG": "de_DE.UTF-8"}, False),
    "none": ([], {}, False),
}


@pytest.mark.parametrize("way", LANGUAGES)
def test_the_language_is_that_of_the_option_or_the_locale(way: str, folder: Path) -> None:
    options, environment, dutch = LANGUAGES[way]
    told, _ = run("--help", *options, environment=environment)
    assert told.startswith("Gebruik:" if dutch else "Usage:")
    told, _ = run("classes", "orders.csv", *options, environment=environment)
    assert told.startswith("Klassen:" if dutch else "Classes:")


def test_settings_say_the_language_and_an_option_says_otherwise(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shop)
    assert run("classes", environment={"LANG": "en_GB"})[0].startswith("Klassen:")
    assert run("classes", "--language", "en")[0].startswith("Classes:")


def test_quiet_says_nothing_but_what_was_asked_for(folder: Path) -> None:
    assert run("report", "orders.csv", "--quiet") == ("", "")
    assert (folder / "report.html").is_file()
    assert run("classes", "orders.csv", "--quiet") == run("classes", "orders.csv")


def test_the_version() -> None:
    assert run("--version") == (f"klantkompas {version('klantkompas')}\n", "")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("klantkompas le", ["let-go", "letter"]),
        ("klantkompas report --ti", ["--title"]),
        ("klantkompas report --score-scale ''", ["0-10", "1-10"]),
        ("klantkompas watch --list al", ["almost"]),
    ],
)
def test_a_shell_completes(typed: str, expected: list[str], tmp_path: Path) -> None:
    words = {"COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1)}
    environment = {**os.environ, **words, "_KLANTKOMPAS_COMPLETE": "bash_complete"}
    ended = subprocess.run(
        [sys.executable, "-m", "klantkompas"],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
    )
    assert [line.partition(",")[2] for line in ended.stdout.splitlines()] == expected


def test_a_plugin_that_passes(folder: Path) -> None:
    shutil.copy(ROOT / "examples" / "one_file_plugin.py", folder / "our_plugin.py")
    out, err = run("check", "our_plugin.py")
    assert (out, err) == ("The plugin our_plugin.py passes every check\n", "")
    sys.modules.pop("our_plugin", None)


def test_a_plugin_that_does_not_pass_is_code_1(folder: Path) -> None:
    (folder / "their_plugin.py").write_text(PLUGIN, encoding="utf-8")
    out, err = run("check", "their_plugin.py", status=1)
    assert "measure 'returns'" in out
    assert err == ""
    sys.modules.pop("their_plugin", None)
