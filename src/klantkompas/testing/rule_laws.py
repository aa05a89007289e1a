"""What must be so of every classification rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from attrs import evolve

from klantkompas._arrays import Codes, freeze
from klantkompas.classification.evidence import State
from klantkompas.classification.hypothetical import UNDECIDED, answer_of, decide
from klantkompas.classification.order import class_order, in_order
from klantkompas.classification.scorecard import Scorecard, count_factors
from klantkompas.errors import PluginError
from klantkompas.hooks import PLUGIN_EXCEPTIONS, ClassificationRule, describe
from klantkompas.testing.comparing import same
from klantkompas.testing.exports import Exports
from klantkompas.testing.failures import writes_to_its_input
from klantkompas.testing.subject import Subject

__all__ = [
    "answers",
    "changes_its_input",
    "differs_between_runs",
    "differs_between_twins",
    "differs_in_other_order",
    "fails_on_nobody",
    "fails_on_one",
    "leaves_some_without_a_class",
    "looks_at_other_rows",
    "lowers_for_more",
    "remembers",
]


def _with_flags(card: Scorecard, seed: int) -> Scorecard:
    """Put each row there several times, with factors met, not met and unknown at random."""
    several = _rows(card, np.repeat(np.arange(len(card)), 6))
    random = np.random.default_rng(seed)
    states = random.choice(5, several.states.shape, p=(0.35, 0.4, 0.1, 0.1, 0.05))
    return evolve(
        several,
        states=freeze(states.astype(np.int8)),
        shortlisted=freeze(random.random(len(several)) < 0.5),
    )


def _cards(subject: Subject, case: Exports) -> list[Scorecard]:
    """Make the score card of exports, and one on which anything is met or unknown."""
    measures = subject.measures(case)
    if measures is None:
        return []
    card = count_factors(measures, subject.declarations.factors)
    return [card, _with_flags(card, seed=1)]


def _rows(card: Scorecard, rows: Codes | Sequence[int]) -> Scorecard:
    picked = np.asarray(rows, dtype=np.intp)
    return evolve(
        card,
        places=freeze(card.places[picked]),
        states=freeze(card.states[picked]),
        shortlisted=freeze(card.shortlisted[picked]),
    )


def _failing(rule: ClassificationRule, card: Scorecard) -> str | None:
    try:
        answer_of(rule, card)
    except PluginError as error:
        return None if writes_to_its_input(error) else str(error)
    return None


def _first(found: Callable[[Scorecard], str | None], cards: Sequence[Scorecard]) -> str | None:
    return next((told for card in cards if (told := found(card))), None)


def answers(subject: Subject, rule: ClassificationRule, case: Exports) -> str | None:
    """Return what goes wrong when the rule reads two customers or more; None where it passes."""
    cards = [card for card in _cards(subject, case) if len(card) > 1]
    return _first(lambda card: _failing(rule, card), cards)


def fails_on_nobody(subject: Subject, rule: ClassificationRule, case: Exports) -> str | None:
    """Return what goes wrong when the rule reads no customers; None where it passes."""
    return _first(lambda card: _failing(rule, _rows(card, [])), _cards(subject, case))


def fails_on_one(subject: Subject, rule: ClassificationRule, case: Exports) -> str | None:
    """Return what goes wrong when the rule reads one customer; None where it passes."""
    cards = [_rows(card, [0]) for card in _cards(subject, case) if len(card)]
    return _first(lambda card: _failing(rule, card), cards)


def _compared(
    rule: ClassificationRule, card: Scorecard, other: Scorecard, rows: Codes, told: str
) -> str | None:
    """Compare the answers on a card with those on another, whose rows are given."""
    one, answers = answer_of(rule, card)[rows], answer_of(rule, other)
    differing = np.flatnonzero(one != answers)
    if not len(differing):
        return None
    at = differing[0]
    return f"of customer {other.ids[at]!r} it says {bool(one[at])}, and {bool(answers[at])} {told}"


def differs_between_runs(subject: Subject, rule: ClassificationRule, case: Exports) -> str | None:
    """Return how two runs of the rule on one score card differ; None where it passes."""
    return _first(
        lambda card: _compared(rule, card, card, np.arange(len(card)), "when asked again"),
        _cards(subject, case),
    )


def remembers(subject: Subject, rule: ClassificationRule, case: Exports) -> str | None:
    """Return how a run on another score card changes the next result; None where it passes."""
    if differs_between_runs(subject, rule, case):
        return None
    cards = _cards(subject, case)
    before = [answer_of(rule, card) for card in cards]
    for card in cards:
        for rows in ([], [*range(len(card))] * 2):
            answer_of(rule, _rows(card, rows))
    again = [answer_of(rule, card) for card in cards]
    if same(before, again):
        return None
    return "it answers differently once it was asked about other customers"


def looks_at_other_rows(subject: Subject, rule: ClassificationRule, case: Exports) -> str | None:
    """Return how the rule differs when it reads each customer alone; None where it passes."""

    def found(card: Scorecard) -> str | None:
        told = "when asked about that row alone"
        every = (
            _compared(rule, card, _rows(card, [row]), np.array([row]), told)
            for row in range(len(card))
        )
        return next((each for each in every if each), None)

    return _first(found, _cards(subject, case))


def differs_in_other_order(subject: Subject, rule: ClassificationRule, case: Exports) -> str | None:
    """Return how the rule differs once the rows are reversed; None where it passes."""

    def found(card: Scorecard) -> str | None:
        turned = np.arange(len(card))[::-1]
        return _compared(rule, card, _rows(card, turned), turned, "with the rows turned around")

    return _first(found, _cards(subject, case))


def differs_between_twins(subject: Subject, rule: ClassificationRule, case: Exports) -> str | None:
    """Return how the rule differs once every row is there twice; None where it passes."""

    def found(card: Scorecard) -> str | None:
        twice = np.repeat(np.arange(len(card)), 2)
        doubled = _rows(card, twice)
        return _compared(rule, doubled, doubled, np.arange(len(twice)) ^ 1, "of an equal row")

    return _first(found, _cards(subject, case))


def _seen(card: Scorecard) -> tuple[object, ...]:
    measures = card.measures
    flags = card.states, card.shortlisted, card.count, card.places
    return (
        {name: column.map(np.copy) for name, column in measures.columns.items()},
        {name: column.copy() for name, column in measures.record.items()},
        *(array.copy() for array in flags),
    )


def changes_its_input(subject: Subject, rule: ClassificationRule, case: Exports) -> str | None:
    """Return what the rule has changed in the score card; None where it passes."""

    def found(card: Scorecard) -> str | None:
        before = _seen(card)
        try:
            rule.when(card)
        except PLUGIN_EXCEPTIONS as error:  # the function is somebody else's
            return f"{type(error).__name__}: {error}" if writes_to_its_input(error) else None
        return None if same(before, _seen(card)) else "the score card is another one afterwards"

    return _first(found, _cards(subject, case))


def leaves_some_without_a_class(
    subject: Subject, rule: ClassificationRule, case: Exports
) -> str | None:
    """Return which customers get no known class of any rule; None where it passes."""
    try:
        rules = in_order(subject.declarations.rules)
        class_order(rules)
    except PluginError as error:
        return str(error)

    def found(card: Scorecard) -> str | None:
        none = ~np.any([answer_of(each, card) for each in rules], axis=0)
        return f"no rule holds for customer {card.ids[none][0]!r}" if none.any() else None

    return _first(found, _cards(subject, case))


def lowers_for_more(subject: Subject, rule: ClassificationRule, case: Exports) -> str | None:
    """Return who gets a lower class for meeting one factor more; None where it passes."""
    rules = in_order(subject.declarations.rules)
    order = class_order(rules)

    def found(card: Scorecard) -> str | None:
        decided = decide(card, rules)
        for row, column in np.argwhere(~card.met):
            states = card.states[[row]].copy()
            states[0, column] = State.MET
            more = evolve(_rows(card, [int(row)]), states=freeze(states))
            one, other = int(decided[row]), int(decide(more, rules)[0])
            if UNDECIDED in (one, other) or rule not in (rules[one], rules[other]):
                continue
            labels = rules[one].label, rules[other].label
            if order.index(labels[1]) > order.index(labels[0]):
                return (
                    f"customer {card.ids[row]!r} is {labels[0]}, and would be {labels[1]} by "
                    f"{describe(rules[other])} if it met {card.factors[column]!r} as well"
                )
        return None

    return _first(found, _cards(subject, case))
