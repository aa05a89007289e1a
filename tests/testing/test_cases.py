"""What plugins are tried on is the same in every session, and shrinks to what shows the fault."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from klantkompas.domain.interactions import BUILT_IN_KINDS
from klantkompas.testing.cases import cases_of, smallest
from klantkompas.testing.exports import Exports

ORDERS = tuple(kind for kind in BUILT_IN_KINDS if kind.name == "orders")


def orders_of(case: Exports) -> int:
    return len(case.tables.get("orders", ()))


def test_the_cases_are_the_same_whatever_modules_are_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {seed: str(case) for seed, case in cases_of(ORDERS, 5).items()}
    numbers = ", ".join(str(number) for number in range(100, 20_000, 7))
    (tmp_path / "module_of_many_numbers.py").write_text(f"NUMBERS = [{numbers}]", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.import_module("module_of_many_numbers")
    cases_of.cache_clear()
    assert {seed: str(case) for seed, case in cases_of(ORDERS, 5).items()} == before


def test_no_two_cases_are_alike() -> None:
    cases = [str(case) for case in cases_of(ORDERS, 10).values()]
    assert len({*cases}) == 10


@pytest.mark.parametrize("least", [2, 3, 6])
def test_what_fails_is_as_small_as_can_be(least: int) -> None:
    cases = cases_of(ORDERS, 10)
    failing = next(seed for seed, case in cases.items() if orders_of(case) >= least)
    found = smallest(ORDERS, 10, failing, lambda case: orders_of(case) >= least)
    assert found is not None
    assert orders_of(found) == least
    assert len(found.portfolio) == 2


def test_what_does_not_fail_again_is_not_shrunk() -> None:
    assert smallest(ORDERS, 2, 7, lambda case: False) is None
