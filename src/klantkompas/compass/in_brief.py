"""A reading in a few lines: what it prints, what the command says, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from klantkompas.hooks import Unanswered
from klantkompas.lenses.pareto import LEADING
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Quantity, Sentence, indented, sentence

if TYPE_CHECKING:
    from klantkompas.compass.reading import Reading

__all__ = ["in_brief"]

WHEN = mark("As of {day}, over {period}: {customers}; active: {active}")
LEADING_BRING = mark("The leading {leading} bring {brings} of the revenue; {most} comes from {few}")
NO_LEADING = mark("Whether a few bring most is unknown: {because}")
SCORE = mark(
    "Net Promoter Score: {value}, and with {certainty} certainty between {low} and {high} "
    "({answers})"
)
CERTAINTY = 0.95
NO_SCORE = mark("Net Promoter Score: unknown, as nobody gave a score")
NOTED = mark("What was odd in the data")


def in_brief(reading: Reading, opening: Sequence[Sentence]) -> Iterable[Sentence]:
    """Return how the business stands with its customers.

    Args:
        reading: the reading.
        opening: what its tables cannot show, if anything.

    Returns:
        How many customers there are, their classes, whether a few bring most, the score, and what
        was odd in the data.
    """
    yield _customers(reading)
    yield from opening
    yield reading.classes.in_all
    yield _leading(reading)
    yield _score(reading)
    if reading.notes:
        yield sentence("{title}:", title=Sentence(NOTED))
        yield from indented(part for note in reading.notes for part in note.parts)


def _customers(reading: Reading) -> Sentence:
    measures = reading.measures
    return sentence(
        WHEN,
        day=reading.as_of,
        period=Quantity(measures.months, "months"),
        customers=Quantity(len(measures), "customers"),
        active=None if np.isnan(measures["active"]).all() else len(reading.scorecard),
    )


def _leading(reading: Reading) -> Sentence:
    pareto = reading.pareto
    if isinstance(pareto, Unanswered):
        return sentence(NO_LEADING, because=Sentence(pareto.because))
    return sentence(
        LEADING_BRING,
        leading=Quantity(LEADING, "percent"),
        brings=Quantity(pareto.leading_share(LEADING), "share"),
        most=Quantity(pareto.wanted, "percent"),
        few=Quantity(pareto.vital_few, "customers"),
    )


def _score(reading: Reading) -> Sentence:
    survey = reading["nps"]
    if isinstance(survey, Unanswered) or not survey.score.answers:
        return Sentence(NO_SCORE)
    between = survey.score.interval(CERTAINTY)
    return sentence(
        SCORE,
        certainty=Quantity(CERTAINTY, "percent"),
        value=Quantity(survey.score.value, "score"),
        low=Quantity(between.low, "score"),
        high=Quantity(between.high, "score"),
        answers=Quantity(survey.score.answers, "answers"),
    )
