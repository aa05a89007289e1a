"""How was it made: the rules, the thresholds in force, and where they come from (S1 steps 2-6)?"""

from __future__ import annotations

from collections.abc import Iterable

from klantkompas.compass import Reading
from klantkompas.hooks import (
    Block,
    ClassLabel,
    Lines,
    Paragraph,
    Quantity,
    Sentence,
    SuccessFactor,
    Table,
    report_section,
)
from klantkompas.hooks.factors import LEAST_BASIS
from klantkompas.portfolio import Measures
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import in_words
from klantkompas.wording.sentence import sentence

__all__ = ["method"]

HOW = mark(
    "For each active customer the success factors that they meet are counted; the first of these "
    "rules that holds decides. The letters are sharp by design and need not be true of everyone."
)
RULES = tuple(map(Sentence, (mark("Class"), mark("Because"))))
FACTORS = tuple(
    map(Sentence, (mark("Success factor"), mark("Threshold in force"), mark("Measured from")))
)
SETTINGS = mark("Settings in force")
PERIOD = mark("Period: {months} up to {day}; active is who ordered in it.")
BASIS = mark("A share counts from {least} orders or invoices on; of fewer it is unknown.")
OWN_BASIS = mark("{factor}: counts from {least} on.")
SCALE = mark("Survey scores are from {low} to {high}; a 9 or 10 promotes, a 6 or lower does not.")
INTERVALS = mark(
    "How far the score may be off, by the few who answered, is told with a certainty of 95%: an "
    "interval, with Jeffreys' prior."
)
SOURCES = mark("Sources")
SOURCE_LIST = (
    mark("S0: three groups of customers, and what to do when something went wrong."),
    mark("S1: classes A, B, C and D by success factors, in seven steps, reviewed every year."),
    mark("S2: the Net Promoter Score, what is remembered, and why customers leave."),
    mark("S3: colours of customers, from two dimensions: a hypothesis, never a fact."),
    mark("S4: who asks more than others, and that each customer is one."),
)


def _least(factors: Iterable[SuccessFactor], measures: Measures) -> Iterable[Sentence]:
    """Return from how many on shares count, and of which factors it is another number."""
    yield sentence(BASIS, least=Quantity(LEAST_BASIS))
    for each in factors:
        if each.least_basis != LEAST_BASIS and measures.basis(each.measure_name) is not None:
            least = Quantity(each.least_basis)
            yield sentence(OWN_BASIS, factor=Sentence(each.title), least=least)


@report_section(title=mark("How it was made: rules, thresholds, sources"), priority=2000)
def method(reading: Reading) -> Iterable[Block]:
    """Show the rules, the thresholds and settings in force, and the sources."""
    card, measures = reading.scorecard, reading.measures
    yield Paragraph(Sentence(HOW))
    rules = [(ClassLabel(each.label), Sentence(each.because)) for each in reading.classes.rules]
    if rules:
        yield Table(RULES, rules)
    factors = [
        (
            Sentence(each.title),
            cutoff.of(measures.column(each.measure_name).unit),
            in_words(measures.column(each.measure_name).reads),
        )
        for each, cutoff in zip(card.declared, card.cutoffs, strict=True)
    ]
    if factors:
        yield Table(FACTORS, factors)
    low, high = measures.score_scale
    yield Lines(
        [
            sentence(PERIOD, months=Quantity(measures.months, "months"), day=reading.as_of),
            *_least(card.declared, measures),
            sentence(SCALE, low=low, high=high),
            Sentence(INTERVALS),
        ],
        title=Sentence(SETTINGS),
    )
    yield Lines([*map(Sentence, SOURCE_LIST)], title=Sentence(SOURCES))
