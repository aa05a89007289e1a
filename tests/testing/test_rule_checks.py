"""Classification rules that go wrong in one way, caught by the right check."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from klantkompas.compass import Compass
from klantkompas.hooks import ClassificationRule
from klantkompas.testing import check_plugin


def rule(when: Callable[[Any], Any], label: str = "A", **properties: Any) -> tuple[Any]:
    return (ClassificationRule(name="ours", label=label, when=when, because="...", **properties),)


class EveryOtherTime:
    """A rule that answers otherwise each time it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, card: Any) -> Any:
        self.asked += 1
        return np.full(len(card.ids), self.asked % 2 == 0)


class CountsChanges:
    """A rule that remembers how often it was asked about other customers than before."""

    def __init__(self) -> None:
        self.seen: list[int] = []

    def __call__(self, card: Any) -> Any:
        if len(card.ids) not in self.seen[-1:]:
            self.seen.append(len(card.ids))
        return np.full(len(card.ids), len(self.seen) % 4 == 0)


def writing_to_flags(card: Any) -> Any:
    card.met[:, 0] = True
    return card.met[:, 0]


def writing_to_measures(card: Any) -> Any:
    card.measures.columns["mine"] = card.measures.columns["revenue"]
    return card.count >= 4


RULES = {
    "raises": (rule(lambda card: card["reveneu"] > 0), {"answers"}, "'revenue'"),
    "gives one answer for all": (rule(lambda card: True), {"answers"}, "shape"),
    "gives numbers": (rule(lambda card: card.count * 1.0), {"answers"}, "float64"),
    "takes nothing": (rule(lambda: True), {"signature"}, r"when takes \(\), and is given"),
    "writes to the flags": (rule(writing_to_flags), {"mutation"}, "read-only"),
    "writes to the measures": (rule(writing_to_measures), {"mutation"}, "item assignment"),
    "breaks on nobody": (
        rule(lambda card: (card.count >= 5) & (card.count.max() < 100)),
        {"nobody"},
        "zero-size array",
    ),
    "breaks on one": (
        rule(lambda card: np.squeeze(card.count) >= 5),
        {"one_customer"},
        r"shape \(\)",
    ),
    "lowers for more": (
        rule(lambda card: card.count == 1),
        {"monotone"},
        "is A, and would be B by .* if it met",
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_a_bad_rule_is_caught_by_its_check(name: str, complaint: Any, failed: Any) -> None:
    declared, checks, found = RULES[name]
    told = complaint(*declared)
    assert failed(told) == checks
    assert re.search(rf"^  found: .*{found}", told, re.MULTILINE)
    assert "the plugin 'Shop', classification rule 'ours'" in told


@pytest.mark.parametrize(
    ("when", "check"),
    [
        (lambda card: card.count >= card.count.max(initial=0), "row_wise"),
        (lambda card: np.arange(len(card.ids)) % 2 == 0, "ties"),
        (lambda card: np.arange(len(card.ids)) < 1, "customer_order"),
        (EveryOtherTime(), "determinism"),
        (CountsChanges(), "purity"),
    ],
)
def test_a_rule_that_looks_past_its_row_is_caught(
    when: Callable[[Any], Any], check: str, complaint: Any, failed: Any
) -> None:
    assert check in failed(complaint(*rule(when)))


def test_rules_that_come_to_no_end_are_caught(complaint: Any, failed: Any) -> None:
    built_in = frozenset(each.name for each in Compass(installed=False).declarations.rules)
    told = complaint(*rule(lambda card: card.count >= 5), leave_out=built_in)
    assert "partition" in failed(told)
    assert "no rule holds for customer" in told


def test_a_good_rule_passes(shop: Any) -> None:
    check_plugin(shop(*rule(lambda card: card.count >= 5)))
