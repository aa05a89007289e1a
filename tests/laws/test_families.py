"""What is built in is declared as anyone declares it, with its question and its source."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from itertools import pairwise
from types import ModuleType
from typing import Any

import pytest

from klantkompas import Compass, Cue, Measure, SuccessFactor, factors
from klantkompas.cues import word_lists
from klantkompas.lenses.classes import DEFAULT as RULES
from klantkompas.lenses.scorecard import DEFAULT as FACTORS
from klantkompas.wording.catalogue import translator

DECLARED = Compass(installed=False).declarations


def documented(module: ModuleType, declared: type) -> Iterator[tuple[Any, str]]:
    """What a module declares, and the docstring that is written under it."""
    body = ast.parse(inspect.getsource(module)).body
    for statement, below in pairwise(body):
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            value = getattr(module, statement.targets[0].id)
            if isinstance(value, declared):
                text = below.value if isinstance(below, ast.Expr) else None
                told = text.value if isinstance(text, ast.Constant) else ""
                yield value, str(told)


@pytest.mark.parametrize(
    ("declared", "told"),
    [*documented(factors, SuccessFactor), *documented(word_lists, Cue)],
    ids=lambda each: getattr(each, "name", ""),
)
def test_each_has_its_question_and_its_source(declared: Any, told: str) -> None:
    assert told.partition("\n")[0].endswith("?") or "? " in told.partition("\n")[0]
    assert "Source: S" in told
    name = {vars(factors).get(declared.name.upper()), vars(word_lists).get(declared.name.upper())}
    assert declared in name


def test_factors_and_rules_without_a_compass_are_those_of_one() -> None:
    assert sorted(each.name for each in FACTORS) == [each.name for each in DECLARED.factors]
    assert DECLARED.rules == RULES


@pytest.mark.parametrize("factor", FACTORS, ids=lambda factor: factor.name)
def test_a_factor_rests_on_a_measure_that_is_there(factor: SuccessFactor) -> None:
    measures = {each.name for each in DECLARED.measures if isinstance(each, Measure)}
    assert factor.measure_name in measures


def test_rules_are_asked_in_the_order_of_their_priorities() -> None:
    """Not by name: one in between goes where its priority says."""
    assert [(each.label, each.priority) for each in RULES] == [
        ("A", 100),
        ("B", 110),
        ("C", 120),
        ("D", 130),
    ]


@pytest.mark.parametrize("cue", DECLARED.cues, ids=lambda cue: cue.name)
def test_a_cue_is_counted_and_said_in_dutch(cue: Cue) -> None:
    assert cue.measure_name in {measure.name for measure in DECLARED.measures}
    assert translator("nl")(cue.describes) != cue.describes
