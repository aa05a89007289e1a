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
from klantkompas.report.formats import UNKNOWN, Formats
from klantkompas.report.gaps import gaps_of, knows_too_little
from klantkompas.report.sections import notes, too_little
from klantkompas.wording.catalogue import mark

__all__ = ["summary_of"]

WHEN = mark("As of {day}, over {period}: {customers}; active: {active}")
CLASSES = mark("Classes: {counts}")
BESIDES = {
    "rest": mark("without a class: {number}"),
    "provisional": mark("provisional: {number}"),
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


def summary_of(reading: Reading, language: str = "en") -> str:
    """Say in a few lines how the business stands with its customers.

    Args:
        reading: the reading.
        language: ``"en"`` or ``"nl"``.

    Returns:
        How many customers there are, their classes, whether a few bring most, the score, and what
        was odd in the data.

    Raises:
        ArgumentError: there is no such language.
        MissingExtraError: the extra `report` is not installed.
    """
    formats = Formats(language)
    parts = (_customers, _missing, _classes, _leading, _score, _notes)
    return "\n".join(line for part in parts for line in part(reading, formats))


def _customers(reading: Reading, formats: Formats) -> Iterable[str]:
    measures, active = reading.measures, formats.number(len(reading.scorecard))
    if np.isnan(measures["active"]).all():
        active = formats.text(UNKNOWN)
    yield formats.text(WHEN).format(
        day=formats.day(reading.as_of),
        period=formats.quantity(measures.months, "months"),
        customers=formats.quantity(len(measures), "customers"),
        active=active,
    )


def _missing(reading: Reading, formats: Formats) -> Iterable[str]:
    if knows_too_little(reading):
        yield f"{formats.text(too_little.SECTION.title)}. {formats.text(too_little.WHAT_IT_TAKES)}"
        for gap in gaps_of(reading):
            if gap.remedy:
                yield f"  {formats.text(gap.what)} {formats.needed(gap.remedy)}"


def _classes(reading: Reading, formats: Formats) -> Iterable[str]:
    classes = reading.classes
    counts = classes.counts()
    besides = {
        "rest": len(reading.measures) - sum(counts.values()),
        "provisional": int(classes.provisional.sum()),
        "overridden": len(classes.overrides),
    }
    counted = ", ".join(f"{label} {formats.number(count)}" for label, count in counts.items())
    told = [formats.text(CLASSES).format(counts=counted)]
    for name, number in besides.items():
        if number:
            told.append(formats.text(BESIDES[name]).format(number=formats.number(number)))
    yield "; ".join(told)


def _leading(reading: Reading, formats: Formats) -> Iterable[str]:
    if isinstance(reading.pareto, Unanswered):
        yield formats.text(NO_LEADING).format(because=formats.text(reading.pareto.because))
    else:
        part = pareto_part(reading.pareto)
        yield formats.text(LEADING_BRING).format(
            leading=formats.share(LEADING),
            brings=formats.share(part.leading_share),
            most=formats.share(1 - LEADING),
            few=formats.quantity(part.vital_few, "customers"),
        )


def _score(reading: Reading, formats: Formats) -> Iterable[str]:
    survey = reading["nps"]
    if isinstance(survey, Unanswered) or not survey.score.answers:
        yield formats.text(NO_SCORE)
    else:
        between = survey.score.interval(CERTAINTY)
        yield formats.text(SCORE).format(
            certainty=formats.share(CERTAINTY),
            value=formats.points(survey.score.value),
            low=formats.points(between.low),
            high=formats.points(between.high),
            answers=formats.quantity(survey.score.answers, "answers"),
        )


def _notes(reading: Reading, formats: Formats) -> Iterable[str]:
    if reading.notes:
        yield f"{formats.text(notes.SECTION.title)}:"
        yield from (f"  {formats.note(note)}" for note in reading.notes)
