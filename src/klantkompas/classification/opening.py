"""What a reading opens with where its tables show too little: what hangs on what is not known.

Fewer than two factors are measured, so that nobody can be shown to be A or B; or more than half of
the classes are provisional. Either way it says how many classes hang on it, and which tables or
columns would settle most of them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import evolve, frozen

from klantkompas._arrays import BoolArray, Codes, freeze
from klantkompas.classification.evidence import State
from klantkompas.classification.hypothetical import decide, would_be_listed
from klantkompas.classification.ranges import best_decisions, standings
from klantkompas.classification.scorecard import Scorecard
from klantkompas.hooks import ClassificationRule
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import in_words
from klantkompas.wording.sentence import Quantity, Sentence, sentence

__all__ = ["ENOUGH_FACTORS", "Weight", "cannot_show", "weights_of"]

ENOUGH_FACTORS = 2
"""Whoever is A or B contributes in so many ways (S1 steps 3-4)."""
NOT_A_OR_B = mark(
    "These tables cannot show who is A or B: fewer than two success factors are measured, and "
    "the class of {hanging} of {classed} depends on what is not."
)
NOT_MOST = mark(
    "These tables cannot show the class of most customers: that of {hanging} of {classed} depends "
    "on what is not known."
)
WOULD_SETTLE = mark("{opening} What would settle most of them: {tables}.")
WAITING = mark("{opening} Most of them wait for more {counted}: {factor}.")


ROWS = mark("rows")
"""What is too few where the measure does not say what its basis counts."""


@frozen(kw_only=True)
class Weight:
    """How many classes depend on one success factor.

    Args:
        factor: its name.
        title: what it says of a customer.
        classes: for how many customers the range of classes would be another, were the factor alone
            known and not met where it is unknown, or unknown where it is not measured.
        waits_for: of what there are too few, such as orders, where it is unknown for want of those
            rather than of a table; empty otherwise.
        reads: the tables or columns that would tell.
    """

    factor: str
    title: str
    classes: int
    waits_for: str
    reads: tuple[str, ...]


def _ranges(
    card: Scorecard, rules: Sequence[ClassificationRule], order: Sequence[str]
) -> tuple[Codes, Codes]:
    """Return the ends of the range of classes of each row, the shortlist's edge as it is."""
    rows = np.arange(len(card))
    listed = freeze(would_be_listed(card, rows, card.states))
    as_it_is = decide(evolve(card, shortlisted=listed), rules)
    ends = [standings(each, rules, order) for each in (as_it_is, best_decisions(card, rules))]
    return np.minimum(*ends), np.maximum(*ends)


def weights_of(
    card: Scorecard, rules: Sequence[ClassificationRule], order: Sequence[str], sure: BoolArray
) -> tuple[Weight, ...]:
    """Return how many classes depend on each success factor, most first.

    Args:
        card: the score card.
        rules: the rules, in the order in which they are asked.
        order: the classes, best first.
        sure: the rows whose class a person gave: nothing hangs on factors there.
    """
    best, worst = _ranges(card, rules, order)
    found = []
    for column, factor in enumerate(card.declared):
        states, own = card.states.copy(), card.states[:, column]
        states[:, column] = np.where(own == State.NOT_MEASURED, State.MISSING, own)
        if card.measured[column]:
            states[:, column] = np.where(own >= State.MISSING, State.NOT_MET, own)
        other = _ranges(evolve(card, states=freeze(states)), rules, order)
        waits = (own == State.TOO_LITTLE).sum() > (own == State.MISSING).sum()
        differs = ((other[0] != best) | (other[1] != worst)) & ~sure
        found.append(
            Weight(
                factor=factor.name,
                title=factor.title,
                classes=int(np.count_nonzero(differs)),
                waits_for=(card.evidence(column).count_unit or ROWS) if waits else "",
                reads=card.measures.column(factor.measure_name).reads,
            )
        )
    return tuple(sorted(found, key=lambda each: (-each.classes, each.factor)))


def cannot_show(
    card: Scorecard, weights: Sequence[Weight], provisional: int, classed: int
) -> Sentence | None:
    """Return the sentence that says what the tables cannot show; None where they show enough.

    Args:
        card: the score card.
        weights: how many classes hang on each factor, the heaviest first.
        provisional: how many classes are provisional.
        classed: how many customers have a class.
    """
    too_few = int(card.measured.sum()) < ENOUGH_FACTORS
    if not classed or not (too_few or 2 * provisional > classed):
        return None
    heaviest = weights[0].classes if weights else 0
    hanging = max(provisional, heaviest) if too_few else provisional
    opening = sentence(
        NOT_A_OR_B if too_few else NOT_MOST,
        hanging=hanging,
        classed=Quantity(classed, "customers"),
    )
    first = [each for each in weights if heaviest and each.classes == heaviest]
    tables = sorted({table for each in first if not each.waits_for for table in each.reads})
    if tables:
        return sentence(WOULD_SETTLE, opening=opening, tables=in_words(tables))
    if first:
        return sentence(
            WAITING,
            opening=opening,
            counted=Sentence(first[0].waits_for),
            factor=Sentence(first[0].title),
        )
    return opening
