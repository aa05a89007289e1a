"""Which class a customer would be in at best, and what is most worth finding out (section 6)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from klantkompas._arrays import Codes, ObjectArray, is_known
from klantkompas.classification.evidence import State
from klantkompas.classification.hypothetical import decide, hypothetical, would_be_listed
from klantkompas.classification.scorecard import Scorecard
from klantkompas.hooks import ClassificationRule

__all__ = ["best_decisions", "standings", "worth_finding_out"]


def best_decisions(card: Scorecard, rules: Sequence[ClassificationRule]) -> Codes:
    """Return the rule that would decide for each customer if all unknown factors were met.

    Args:
        card: the score card.
        rules: the rules, in the order in which they are asked.

    Returns:
        For each row the position in `rules` of that rule; negative where none would decide.
    """
    rows = np.flatnonzero(card.unsettled.any(axis=1))
    decided = decide(card, rules)
    states = np.where(card.unsettled[rows], np.int8(State.MET), card.states[rows])
    decided[rows] = decide(
        hypothetical(card, rows, states, would_be_listed(card, rows, states)), rules
    )
    return decided


def standings(decided: Codes, rules: Sequence[ClassificationRule], order: Sequence[str]) -> Codes:
    """Return how many classes each decision lies below the best; no class is below all.

    Args:
        decided: which rule decides, negative for none.
        rules: the rules.
        order: the classes, best first.
    """
    places = [*(order.index(rule.label) for rule in rules), len(order)]
    return np.array(places, dtype=np.intp)[decided]


def worth_finding_out(
    card: Scorecard, rules: Sequence[ClassificationRule], order: Sequence[str], rows: Codes
) -> ObjectArray:
    """Return the missing factor of each customer that is most worth finding out.

    Args:
        card: the score card.
        rules: the rules, in the order in which they are asked.
        order: the classes, best first.
        rows: the customers' rows on the score card.

    Returns:
        For each row a factor that alone would lift the class; among several the one that most meet
        of whom it is known, then by name; None where none would.
    """
    found = np.full(len(rows), None, dtype=np.object_)
    own = card.states[rows]
    listed = would_be_listed(card, rows, own)
    present = standings(decide(hypothetical(card, rows, own, listed), rules), rules, order)
    known = np.maximum((~card.unknown).sum(axis=0), 1)
    share = (card.met.sum(axis=0) / known).tolist()
    for column in sorted(range(len(share)), key=lambda at: (-share[at], card.factors[at])):
        at = np.flatnonzero((own[:, column] == State.MISSING) & ~is_known(found))
        if not len(at):
            continue
        states = own[at]
        states[:, column] = State.MET
        listed = would_be_listed(card, rows[at], states)
        decided = decide(hypothetical(card, rows[at], states, listed), rules)
        found[at[standings(decided, rules, order) < present[at]]] = card.factors[column]
    return found
