"""Whoever does what an error advises, to the letter, gets the right value."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from klantkompas import Compass, Heading, Limits, Order, Portfolio
from klantkompas.__main__ import main
from klantkompas.errors import KlantkompasError

DAY = date(2026, 6, 30)
PRODUCT = "customer,on,Aantal,Prijs\na,2026-06-01,2,1.250\na,2026-06-02,3,1.500\n"
ADVICE: dict[str, tuple[str, dict[str, Any], dict[str, float]]] = {
    "a product that can be read in two ways": (
        PRODUCT,
        {"columns": {"orders": {"amount": ("Aantal", "Prijs")}}},
        {"a": 2 * 1250.0 + 3 * 1500.0},
    ),
    "both parts of it": (
        "customer,on,Aantal,Prijs\na,2026-06-01,1.000,1.250\n",
        {"columns": {"orders": {"amount": ("Aantal", "Prijs")}}},
        {"a": 1000 * 1250.0},
    ),
    "a heading with signs in it": (
        'customer,on,"Prijs ""netto"" \\ €"\na,2026-06-01,1.250\n',
        {"columns": {"orders": {"amount": 'Prijs "netto" \\ €'}}},
        {"a": 1250.0},
    ),
    "dates": ("customer,on,amount\na,01-06-2026,5\n", {}, {"a": 5.0}),
    "amounts": ("customer,on,amount\na,2026-06-01,1.250\n", {}, {"a": 1250.0}),
    "a column that is missing": ("klant,on,amount\na,2026-06-01,5\n", {}, {"a": 5.0}),
    "an amount that is missing": ("customer,on,Prijs*stuk\na,2026-06-01,5\n", {}, {"a": 5.0}),
}
MISSING = {"customer": "klant", "amount": "Prijs*stuk"}


def merged(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    orders = {**one.get("orders", {}), **other.get("orders", {})}
    return {"orders": orders}


def in_python(remedy: str) -> dict[str, Any]:
    """Do what a remedy says in Python; where it says HEADING, with the heading that is there."""
    found = re.search(r"columns=(\{.*?\}\})", remedy)
    assert found
    columns: dict[str, Any] = eval(found[1], {"Heading": Heading, "__builtins__": {}})
    ((table, fields),) = columns.items()
    return {
        table: {name: MISSING[name] if each == "HEADING" else each for name, each in fields.items()}
    }


def revenue(portfolio: Portfolio) -> dict[str, float]:
    measures = Compass(installed=False).measure(portfolio, DAY)
    return dict(zip(measures.ids.tolist(), measures["revenue"].tolist(), strict=True))


@pytest.mark.parametrize(("text", "options", "value"), ADVICE.values(), ids=ADVICE)
def test_the_remedy_in_python(
    text: str, options: dict[str, Any], value: dict[str, float], tmp_path: Path
) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(text, encoding="utf-8")
    for _ in range(4):
        try:
            read = Portfolio.from_files(orders=file, **options)
            break
        except KlantkompasError as error:
            advised = in_python(error.remedy)
            options = {**options, "columns": merged(options.get("columns", {}), advised)}
    assert revenue(read) == value


@pytest.mark.parametrize("settled", [True, False], ids=["with settings", "without"])
@pytest.mark.parametrize(("text", "options", "value"), ADVICE.values(), ids=ADVICE)
def test_the_remedy_on_the_command_line(
    text: str, options: dict[str, Any], value: dict[str, float], settled: bool, tmp_path: Path
) -> None:
    """Options are advised without a file of settings, and lines of it where there is one."""
    file, columns = tmp_path / "orders.csv", tmp_path / "klantkompas.toml"
    file.write_text(text, encoding="utf-8")
    toml: dict[str, str] = {}
    for name, given in options.get("columns", {}).get("orders", {}).items():
        parts = [given] if isinstance(given, str) else given
        quoted = ", ".join(f"'{part}'" for part in parts)
        toml[name] = f"[{quoted}]"
    settled = settled or bool(toml)
    arguments = [
        "report",
        "--orders",
        str(file),
        "--as-of",
        "2026-06-30",
    ]
    arguments += ["--out", str(tmp_path / "page.html")]
    for _ in range(4):
        table = "\n".join(f"{name} = {given}" for name, given in toml.items())
        columns.write_text(f"version = 1\n[orders]\n{table}\n", encoding="utf-8")
        out, err = StringIO(), StringIO()
        with_settings = ["--settings", str(columns)] if settled else []
        if main([*arguments, *with_settings], out=out, err=err) == 0:
            break
        told = err.getvalue()
        option = re.search(r"(--column .*?)\. There are", told)
        lines = re.search(r"under \[orders\]: (.*?)(\. There are|$)", told, re.MULTILINE)
        assert bool(option) != bool(lines)
        assert not (settled and option)
        if option:
            name = re.search(r"orders\.(\w+)=", option[1])
            assert name
            heading = MISSING[name[1]].replace("*", r"\*")
            _, text = shlex.split(option[1].replace("HEADING", "X"))
            arguments += ["--column", text.replace("X", heading)]
        else:
            assert lines
            settled = True
            for line in lines[1].split("; "):
                name, written = line.split(" = ", 1)
                toml[name] = written.replace('"HEADING"', f"'{MISSING.get(name)}'")
    assert err.getvalue() == ""
    total = sum(value.values())
    shown = {f"{total:,.2f}", f"{total:,.0f}"}
    assert any(each in (tmp_path / "page.html").read_text(encoding="utf-8") for each in shown)


@pytest.mark.parametrize("locale", ["nl", "en-GB"])
def test_the_locale_that_is_advised(locale: str, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(PRODUCT)
    columns = {"orders": {"amount": ("Aantal", "Prijs")}}
    with pytest.raises(KlantkompasError, match=f'locale="{locale}"') as caught:
        Portfolio.from_files(orders=file, columns=columns)
    assert f"--locale {locale}" in caught.value.command_remedy
    found = revenue(Portfolio.from_files(orders=file, columns=columns, locale=locale))
    assert found == ({"a": 7000.0} if locale == "nl" else {"a": 7.0})


def test_the_scale_that_is_advised(tmp_path: Path) -> None:
    responses = {"customer": ["a"], "on": [DAY], "score": [0]}
    with pytest.raises(KlantkompasError) as caught:
        Portfolio.from_tables(responses=responses, score_scale=(1, 10))
    assert caught.value.remedy == "score_scale=(0, 10) would fit"
    assert caught.value.command_remedy == "--score-scale 0-10 would fit"
    assert len(Portfolio.from_tables(responses=responses, score_scale=(0, 10))) == 1


def test_the_reference_date_that_is_advised() -> None:
    portfolio = Portfolio.from_tables(orders={"customer": [], "on": [], "amount": []})
    compass = Compass(installed=False)
    with pytest.raises(KlantkompasError) as caught:
        compass.measure(portfolio)
    assert caught.value.remedy == "Give as_of, such as date(2026, 6, 30)"
    assert "--as-of 2026-06-30" in caught.value.command_remedy
    assert len(compass.measure(portfolio, date(2026, 6, 30))) == 0


def test_the_limit_that_is_advised() -> None:
    ids = ["x" * 1200, "a"]
    orders = {"customer": ids, "on": [DAY] * 2, "amount": [1.0] * 2}
    records = [Order(customer=each, on=DAY, amount=1.0) for each in ids]
    advised = Limits(id_length=1200)
    with pytest.raises(KlantkompasError, match=r"limits=Limits\(id_length=1200\)"):
        Portfolio.from_tables(orders=orders)
    with pytest.raises(KlantkompasError, match=r"limits=Limits\(id_length=1200\)"):
        Portfolio.from_records(records)
    assert len(Portfolio.from_tables(orders=orders, limits=advised)) == 2
    assert len(Portfolio.from_records(records, limits=advised)) == 2
