"""Classification rules: which customers get which class, A, B, C or D?

Counted from their success factors, the first rule that holds decides (S1 steps 3-6): **A** is on
the shortlist and contributes in two or more ways, **B** contributes in two or more ways, **C** in
exactly one, **D** in none.

>>> [rule.label for rule in (a_best_fitting, b_tactical, c_transactional, d_let_go)]
['A', 'B', 'C', 'D']
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from klantkompas._arrays import BoolArray
from klantkompas.hooks import ClassificationRule, ScorecardLike, declared_in, hookimpl, rule
from klantkompas.wording.catalogue import mark

__all__ = [
    "a_best_fitting",
    "b_tactical",
    "c_transactional",
    "d_let_go",
    "klantkompas_classification_rules",
]


@hookimpl
def klantkompas_classification_rules() -> Sequence[ClassificationRule]:
    """Return the classification rules that are built in, which give the classes A, B, C and D."""
    return declared_in(sys.modules[__name__], ClassificationRule)


@rule(
    "A",
    because=mark("they are on the shortlist and contribute in two or more ways"),
    priority=100,
)
def a_best_fitting(card: ScorecardLike) -> BoolArray:
    """Return who meets the rule for A: on the shortlist, and two or more factors (S1 step 4).

    Args:
        card: the score card: which success factors each active customer meets.

    Returns:
        True or False for each active customer, in the order of the card.
    """
    return card.shortlisted & (card.count >= 2)


@rule(
    "B",
    because=mark("they contribute in two or more ways but are not on the shortlist"),
    priority=110,
)
def b_tactical(card: ScorecardLike) -> BoolArray:
    """Return who meets the rule for B: two or more factors met; may become an A (S1 step 5).

    Args:
        card: the score card: which success factors each active customer meets.

    Returns:
        True or False for each active customer, in the order of the card.
    """
    return card.count >= 2


@rule("C", because=mark("they contribute in exactly one way"), priority=120)
def c_transactional(card: ScorecardLike) -> BoolArray:
    """Return who meets the rule for C: exactly one factor met (S1 step 5).

    Args:
        card: the score card: which success factors each active customer meets.

    Returns:
        True or False for each active customer, in the order of the card.
    """
    exactly_one: BoolArray = card.count == 1
    return exactly_one


@rule(
    "D",
    because=mark("they contribute in none of the ways that could be seen"),
    priority=130,
)
def d_let_go(card: ScorecardLike) -> BoolArray:
    """Return who meets the rule for D: no factor met; they may be let go, with care (S1 step 6).

    Args:
        card: the score card: which success factors each active customer meets.

    Returns:
        True or False for each active customer, in the order of the card.
    """
    none: BoolArray = card.count == 0
    return none
