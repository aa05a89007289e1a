"""What the rules would say of a customer if it met other factors, all others staying as is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from attrs import evolve

from klantkompas._arrays import BoolArray, Codes, freeze
from klantkompas.classification.evidence import State, States
from klantkompas.classification.scorecard import Scorecard
from klantkompas.errors import PluginError
from klantkompas.hooks import PLUGIN_EXCEPTIONS, ClassificationRule, describe, plugin_failure

__all__ = ["UNDECIDED", "answer_of", "decide", "hypothetical", "would_be_listed"]

UNDECIDED = -1


def answer_of(rule: ClassificationRule, card: Scorecard) -> BoolArray:
    """Return for which rows of a score card a rule holds.

    Args:
        rule: the rule.
        card: the score card.

    Returns:
        True or False for each row of the card.

    Raises:
        PluginError: the rule fails, or does not answer with a bool for each row.
    """
    ask: Callable[..., object] = rule.when
    try:
        answer = np.asarray(ask(card))
    except PLUGIN_EXCEPTIONS as cause:
        raise plugin_failure(describe(rule), cause) from cause
    if answer.shape != (len(card),) or answer.dtype != np.bool_:
        raise PluginError(
            f"{describe(rule)} must answer with a bool for each of the "
            f"{len(card)} active customers; it gave {answer.dtype} of shape {answer.shape}"
        )
    return answer


def decide(card: Scorecard, rules: Sequence[ClassificationRule]) -> Codes:
    """Return the position of the first rule that holds for each row of a score card.

    Args:
        card: the score card.
        rules: the rules, in the order in which they are tried.

    Returns:
        For each row the position in `rules` of the rule that decides; negative where none does, or
        where the customer objects to profiling.

    Raises:
        PluginError: a rule fails, or does not answer with a bool for each row.
    """
    decided = np.full(len(card), UNDECIDED, dtype=np.intp)
    for number, rule in enumerate(rules):
        decided[(answer_of(rule, card) & (decided == UNDECIDED)).nonzero()[0]] = number
    decided[card.measures.opted_out[card.places]] = UNDECIDED
    return decided


def would_be_listed(card: Scorecard, rows: Codes, states: States) -> BoolArray:
    """Return whether customers would be on the shortlist with other states on the factors.

    Args:
        card: the score card as it is.
        rows: for each case, the row of its customer on the card.
        states: for each case, the state that the customer would have on each factor.

    Returns:
        For a computed list, whether it would reach its cut-off; otherwise whether it is on
        the list that people supplied.
    """
    if card.shortlist_cutoff is None:
        return card.shortlisted[rows]
    counts = (states == State.MET).sum(axis=1, dtype=np.intp)
    places = card.places[rows]
    passed = card.shortlist_cutoff.admits(
        counts, card.measures["revenue"][places], card.measures.ids[places]
    )
    return passed & ~card.measures.opted_out[places]


def hypothetical(card: Scorecard, rows: Codes, states: States, listed: BoolArray) -> Scorecard:
    """Return a score card of hypothetical cases, each judged by itself.

    Args:
        card: the score card as it is.
        rows: for each case, the row of its customer on the card.
        states: for each case, the state that the customer would have on each factor.
        listed: for each case, whether it would be on the shortlist.

    Returns:
        A score card with a row for each case.
    """
    return evolve(
        card,
        places=freeze(card.places[rows]),
        states=freeze(states),
        shortlisted=freeze(listed),
    )
