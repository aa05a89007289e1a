"""The face loads nothing before it is used, and then nothing that the use does not need."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

HEAVY = (
    *("pandas", "polars", "pyarrow", "matplotlib", "jinja2", "scipy", "babel", "duckdb"),
    *("hypothesis", "pytest", "pyspark"),
)
LAZY = tuple(f"klantkompas{each}" for each in ("", ".compass", ".drawing", ".report", ".stats"))
"""The packages whose names are imported on use."""


def loaded_by(code: str) -> set[str]:
    report = f"{code}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", report], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


def test_the_face_loads_the_standard_library_only() -> None:
    found = loaded_by("import klantkompas") - loaded_by("pass")
    assert "klantkompas" in found
    assert found - {"klantkompas"} <= set(sys.stdlib_module_names)


def test_to_make_a_portfolio_and_a_compass_loads_nothing_heavy() -> None:
    found = loaded_by("from klantkompas import Compass, Portfolio; Compass(installed=False)")
    assert {"klantkompas", "numpy", "attrs", "pluggy"} <= found
    assert not found & set(HEAVY)


def test_to_name_a_portfolio_and_a_compass_loads_nothing_that_they_do_only_when_used() -> None:
    code = """
import sys
from klantkompas import Compass, Portfolio
later = ("hooks", "plugins", "lenses", "classification", "drawing", "io.files")
assert not {f"klantkompas.{each}" for each in later} & set(sys.modules)
"""
    loaded_by(code)


def test_a_name_loads_nothing_that_another_name_needs() -> None:
    found = loaded_by("from klantkompas import DataError, Order")
    assert "attrs" in found
    assert not found & {*HEAVY, "numpy", "pluggy", "narwhals", "sqlite3"}


def test_statistics_load_nothing_that_writes_before_something_is_printed() -> None:
    score = "from klantkompas.stats import NetPromoterScore; score = NetPromoterScore(1, 1, 2)"
    assert "babel" not in loaded_by(score)
    assert "babel" in loaded_by(f"{score}; str(score)")


def test_every_public_name_is_there() -> None:
    code = """
import klantkompas
for name in klantkompas.__all__:
    getattr(klantkompas, name)
"""
    assert not loaded_by(code) & set(HEAVY)


def test_records_are_read_without_a_data_frame_library() -> None:
    code = """
from datetime import date
from klantkompas import Compass, Order, Portfolio
orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
measures = Compass(installed=False).measure(Portfolio.from_records(orders))
assert measures["revenue"].tolist() == [30.0]
"""
    assert not loaded_by(code) & set(HEAVY)


def imported_for_type_checkers(package: str) -> dict[str, str]:
    """Return the module of each name that is imported under ``if TYPE_CHECKING``."""
    source = Path(str(import_module(package).__file__)).read_text(encoding="utf-8")
    (block,) = (
        each
        for each in ast.parse(source).body
        if isinstance(each, ast.If) and ast.unparse(each.test) == "TYPE_CHECKING"
    )
    imports = [each for each in block.body if isinstance(each, ast.ImportFrom)]
    assert len(imports) == len(block.body)
    return {name.name: str(each.module) for each in imports for name in each.names}


@pytest.mark.parametrize("package", LAZY)
def test_type_checkers_see_each_lazy_name_where_it_is(package: str) -> None:
    lazy, typed = import_module(package), imported_for_type_checkers(package)
    assert sorted(typed) == sorted(lazy.__all__)
    for name, module in typed.items():
        assert getattr(lazy, name) is getattr(import_module(module), name), name


@pytest.mark.parametrize("package", LAZY)
def test_lazy_names_are_as_those_of_any_package(package: str) -> None:
    code = f"""
import {package} as lazy
assert set(lazy.__all__) | {{"__all__", "__name__", "__doc__"}} <= set(dir(lazy))
from {package} import *
assert all(name in globals() for name in lazy.__all__)
"""
    loaded_by(code)


def test_a_package_below_the_face_is_there_without_importing_it_by_name() -> None:
    loaded_by("import klantkompas; klantkompas.stats.net_promoter_score([10])")


def test_a_name_that_is_not_there_is_told_as_python_does() -> None:
    code = """
import klantkompas
for wrong in ("Ordr", "utils", "__path_of_old__"):
    try:
        getattr(klantkompas, wrong)
    except AttributeError as error:
        assert str(error) == f"module 'klantkompas' has no attribute {wrong!r}"
        assert (error.name, error.obj) == (wrong, klantkompas)
    else:
        raise AssertionError(wrong)
"""
    loaded_by(code)
