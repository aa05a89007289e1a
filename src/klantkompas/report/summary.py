"""A reading in a few lines, in the reader's language: what the command says of it.

>>> from datetime import date
>>> from klantkompas import Compass, Order, Portfolio
>>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
>>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
>>> print(summary_of(reading, "nl").splitlines()[0])
Per 7 januari 2026, over 6 maanden: 1 klant; actief: 1
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from klantkompas.compass import Reading
from klantkompas.hooks import Unanswered
from klantkompas.report.curve import LEADING, pareto_part
from klantkompas.report.gaps import gaps_of, knows_too_little
from klantkompas.report.sections import notes, too_little
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Listing, Quantity, Sentence, indented, sentence
from klantkompas.wording.writer import Language, writer_of

__all__ = ["summary_of"]

WHEN = mark("As of {day}, over {period}: {customers}; active: {active}")
CLASSES = mark("Classes: {counts}")
BESIDES = {
    "rest": mark("without a class: {number}"),
    "overridden": mark("given by people: {number}"),
}
LEADING_BRING = mark("The leading {leading} bring {brings} of the revenue; {most} comes from {few}")
NO_LEADING = mark("Whether a few bring most is unknown: {because}")
SCORE = mark(
    "Net Promoter Score: {value}, and with {certainty} certainty between {low} and {high} "
    "({answers})"
)
CERTAINTY = 0.95
NO_SCORE = mark("Net Promoter Score: unknown, as nobody gave a score")


def summary_of(reading: Reading, language: Language = "en") -> str:
    """Return in a few lines how the business stands with its customers.

    Args:
        reading: the reading.
        language: ``"en"`` or ``"nl"``; or a `Writer`.

    Returns:
        How many customers there are, their classes, whether a few bring most, the score, and what
        was odd in the data.

    Raises:
        ArgumentError: there is no such language.
    """
    parts = (_customers, _missing, _classes, _leading, _score, _notes)
    said = writer_of(language).say
    return "\n".join(said(line) for part in parts for line in part(reading))


def _customers(reading: Reading) -> Iterable[Sentence]:
    measures = reading.measures
    unknown = np.isnan(measures["active"]).all()
    yield sentence(
        WHEN,
        day=reading.as_of,
        period=Quantity(measures.months, "months"),
        customers=Quantity(len(measures), "customers"),
        active=None if unknown else len(reading.scorecard),
    )


def _missing(reading: Reading) -> Iterable[Sentence]:
    if knows_too_little(reading):
        yield too_little.opening_of(reading)
        yield Sentence(too_little.MISSING)
        yield from indented(
            sentence("{what} {needed}", what=Sentence(gap.what), needed=gap.needed)
            for gap in gaps_of(reading)
            if gap.remedy
        )


def _classes(reading: Reading) -> Iterable[Sentence]:
    classes = reading.classes
    counts = classes.counts()
    besides = {
        "rest": len(reading.measures) - sum(counts.values()),
        "overridden": len(classes.overrides),
    }
    parts = [sentence(CLASSES, counts=classes.counted)]
    parts += [sentence(BESIDES[name], number=number) for name, number in besides.items() if number]
    yield sentence("{parts}", parts=Listing(parts, "; "))


def _leading(reading: Reading) -> Iterable[Sentence]:
    if isinstance(reading.pareto, Unanswered):
        yield sentence(NO_LEADING, because=Sentence(reading.pareto.because))
    else:
        part = pareto_part(reading.pareto)
        yield sentence(
            LEADING_BRING,
            leading=Quantity(LEADING, "share"),
            brings=Quantity(part.leading_share, "share"),
            most=Quantity(1 - LEADING, "share"),
            few=Quantity(part.vital_few, "customers"),
        )


def _score(reading: Reading) -> Iterable[Sentence]:
    survey = reading["nps"]
    if isinstance(survey, Unanswered) or not survey.score.answers:
        yield Sentence(NO_SCORE)
    else:
        between = survey.score.interval(CERTAINTY)
        yield sentence(
            SCORE,
            certainty=Quantity(CERTAINTY, "share"),
            value=Quantity(survey.score.value, "score"),
            low=Quantity(between.low, "score"),
            high=Quantity(between.high, "score"),
            answers=Quantity(survey.score.answers, "answers"),
        )


def _notes(reading: Reading) -> Iterable[Sentence]:
    if reading.notes:
        yield sentence("{title}:", title=Sentence(notes.SECTION.title))
        yield from indented(part for note in reading.notes for part in note.parts)
