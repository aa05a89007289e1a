"""What is built in has no door of its own: declared anew by a plugin, it gives the same results."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import numpy as np
from hypothesis import HealthCheck, given, settings

from klantkompas import Compass, Portfolio
from klantkompas.io.mapping_file import read_mapping
from klantkompas.plugins.load import load_plugin
from klantkompas.testing import portfolios

loopback = load_plugin(str(Path(__file__).with_name("loopback.py")))
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
BUILT_IN = Compass(installed=False)
AGAIN = loopback.loopback_compass()


def parts(value: Any) -> dict[str, Any] | None:
    """What a value is made of, by the names that are built in; None for what has no parts."""
    if isinstance(value, frozenset):
        return {before(each): True for each in value}
    if isinstance(value, (tuple, list)) or getattr(value, "dtype", None) == np.object_:
        return {str(at): each for at, each in enumerate(value)}
    if isinstance(value, Mapping):
        return {before(name): each for name, each in value.items()}
    if attrs.has(type(value)):
        names = {field.name for field in attrs.fields(type(value))} - {"plugin", "tags"}
        return {name: getattr(value, name) for name in sorted(names)}
    return None


def before(name: Any) -> str:
    return str(loopback.before(str(name)))


def same(one: Any, other: Any) -> bool:
    """Whether two values without parts are the same, but for a name; functions are taken to be."""
    if callable(one):
        return callable(other)
    if isinstance(one, str):
        return isinstance(other, str) and before(other) == one
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other, equal_nan=one.dtype.kind in "fmM")
    return bool(one == other or (one != one and other != other))


def differences(one: Any, other: Any, where: str) -> list[str]:
    """Where two results differ."""
    mine, others = parts(one), parts(other)
    if mine is None or others is None or type(one) is not type(other):
        return [] if same(one, other) else [f"{where}: {one!r} and {other!r}"]
    if mine.keys() != others.keys():
        return [f"{where}: {sorted(mine.keys() ^ others.keys())}"]
    return [
        each for name in mine for each in differences(mine[name], others[name], f"{where}.{name}")
    ]


def read_both(portfolio: Portfolio, as_of: date | None) -> dict[str, list[str]]:
    """Read with what is built in and through the loopback; give where they differ, by lens."""
    once, again = BUILT_IN.read(portfolio, as_of), AGAIN.read(portfolio, as_of)
    assert {*again.results} == {loopback.again(name) for name in once.results}
    return {
        name: found
        for name, result in once.results.items()
        if (found := differences(result, again[loopback.again(name)], name))
    }


def test_it_declares_everything_and_nothing_is_built_in() -> None:
    assert {each.status for each in AGAIN.declarations.provenance.plugins[:-1]} == {"blocked"}
    for family in ("measures", "factors", "rules", "cues", "traits", "lenses", "advice"):
        own = [each.name for each in getattr(BUILT_IN.declarations, family)]
        others = [each.name for each in getattr(AGAIN.declarations, family)]
        assert sorted(map(before, others)) == sorted(own)
        assert not {*own} & {*others}


def test_the_shop_reads_the_same() -> None:
    portfolio = Portfolio.from_files(
        **{table: SHOP / f"{file}.csv" for table, file in TABLES.items()},
        columns=read_mapping(SHOP / "columns.toml"),
        locale="nl",
    )
    assert read_both(portfolio, None) == {}


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(portfolios())
def test_any_portfolio_reads_the_same(portfolio: Portfolio) -> None:
    assert read_both(portfolio, date(2026, 6, 30)) == {}


def test_a_difference_would_be_seen() -> None:
    orders = {"customer": ["a"] * 3, "on": [date(2026, 6, day) for day in (1, 2, 3)]}
    one, two = (
        BUILT_IN.read(Portfolio.from_tables(orders=orders | {"amount": amount}))
        for amount in ([1.0, 2.0, 3.0], [1.0, 2.0, 4.0])
    )
    assert differences(one["pareto"], one["pareto"], "pareto") == []
    assert differences(one["pareto"], two["pareto"], "pareto") != []


def test_the_tests_of_lenses_run_through_it() -> None:
    """All of them do so in the session `loopback`; here those that declare most of their own."""
    root = Path(__file__).parents[2]
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "loopback", "-p", "no:cacheprovider"),
            *("tests/lenses/test_demands.py", "tests/lenses/test_inventory.py"),
        ],
        check=False,
        capture_output=True,
        text=True,
        cwd=root,
        env={
            **os.environ,
            "PYTHONPATH": f"{root / 'tests' / 'loopback'}{os.pathsep}{root / 'src'}",
        },
    )
    assert ended.returncode == 0, ended.stdout
    assert "through the loopback plugin" in ended.stdout
