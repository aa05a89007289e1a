"""Every success factor declares exactly what its module's name says, and tells where it is from."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from types import ModuleType

import pytest

from klantkompas import factors
from klantkompas.compass import Compass
from klantkompas.hooks import Measure, SuccessFactor
from klantkompas.lenses.scorecard import DEFAULT

MODULES = [
    importlib.import_module(f"{factors.__name__}.{info.name}")
    for info in pkgutil.iter_modules(factors.__path__)
]
DECLARED = Compass(installed=False).declarations


def factor_of(module: ModuleType) -> SuccessFactor:
    found = [value for value in vars(module).values() if isinstance(value, SuccessFactor)]
    assert len(found) == 1, f"{module.__name__} declares {len(found)} factors"
    return found[0]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_a_module_declares_the_factor_that_it_is_named_after(module: ModuleType) -> None:
    factor = factor_of(module)
    assert module.__name__ == f"klantkompas.factors.{factor.name}"
    assert factor.title
    assert factor in DEFAULT
    assert factor in DECLARED.factors
    measures = {each.name: each for each in DECLARED.measures if isinstance(each, Measure)}
    assert factor.measure_name in measures


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_a_module_has_its_question_its_source_and_an_example(module: ModuleType) -> None:
    told = module.__doc__ or ""
    assert "?" in told.partition("\n")[0]
    assert "Source: S1" in told
    examples = doctest.DocTestFinder(recurse=False).find(module)
    assert any(each.examples for each in examples)


def test_nothing_else_is_built_in() -> None:
    names = [factor_of(module).name for module in MODULES]
    assert sorted(names) == [factor.name for factor in DEFAULT]
    assert sorted(names) == [factor.name for factor in DECLARED.factors]
