"""What does each lens answer? Its question, its picture where it has one, and what it says.

A lens of a plugin is here as well, unless the plugin declares a section of the lens's name.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from klantkompas.compass import Reading
from klantkompas.drawing import Pictured
from klantkompas.hooks import Block, Lines, ReportSection, Sentence, Unanswered, report_section
from klantkompas.lenses.colours import CustomerColours
from klantkompas.lenses.demands import Demands
from klantkompas.results import CustomerResult
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import sentence

__all__ = ["ATTITUDES", "COLOURS", "DEMANDS", "DEPARTURES", "LOYALTY", "MEMORY", "others"]

ADVICE = {"trait": "{of} {advice}", "colour": "{of}: {advice}"}
WHAT_TO_DO = mark("What to do, unless a customer's own wishes say otherwise")
ELSEWHERE = {"classes", "nps", "pareto", "scorecard", "team", "by_month"}
"""The lenses that have a section of their own, under another name or with more than they say."""


def says(reading: Reading, lens: str, *, asked: bool = False) -> Iterable[Block]:
    """Yield what one lens says; nothing where it has no answer.

    Args:
        reading: the reading.
        lens: the name of the lens.
        asked: whether its question stands above.
    """
    result = reading.results.get(lens)
    if not isinstance(result, Text) or isinstance(result, Unanswered):
        return
    if isinstance(result, CustomerResult) and not len(reading.measures):
        return
    if isinstance(result, Pictured):
        yield result.display()
    yield Lines(result.parts, title=Sentence(reading.questions[lens]) if asked else None)


def _of(lens: str, title: str, priority: float) -> ReportSection:
    return ReportSection(name=lens, title=title, show=partial(says, lens=lens), priority=priority)


def _says_with_advice(reading: Reading, lens: str, about: str) -> Iterable[Block]:
    """Yield what a lens says, and the advice for each thing that it says of somebody."""
    result = reading.results[lens]
    if not (isinstance(result, CustomerColours | Demands) and len(reading.measures)):
        return
    found = {str(name) for name, count in result.counts().items() if count}
    if not found:
        yield Lines(result.parts)
        return
    yield from says(reading, lens)
    titles = {each.name: each.title for each in getattr(result, "traits", ())}
    lines = [
        sentence(
            ADVICE[about],
            of=Sentence(titles.get(each.of, each.of)),
            advice=Sentence(each.text),
        )
        for each in reading.advice
        if each.about == about and each.of in found
    ]
    if lines:
        yield Lines(lines, title=Sentence(WHAT_TO_DO))


def _advised(lens: str, title: str, priority: float, about: str) -> ReportSection:
    show = partial(_says_with_advice, lens=lens, about=about)
    return ReportSection(name=lens, title=title, show=show, priority=priority)


MEMORY = _of("memory", mark("What they remember"), 900)
ATTITUDES = _of("attitudes", mark("How they stand towards you"), 910)
LOYALTY = _of("loyalty", mark("Who would stay"), 920)
DEPARTURES = _of("departures", mark("Why customers leave: as staff believe, and as they say"), 930)
DEMANDS = _advised(
    "demands", mark("Who asks more than others, a hypothesis with its evidence"), 940, "trait"
)
COLOURS = _advised("colours", mark("Colours, as hypotheses"), 950, "colour")
SHOWN = {"memory", "attitudes", "loyalty", "departures", "demands", "colours", *ELSEWHERE}


@report_section(title=mark("What the other lenses say"), priority=1000)
def others(reading: Reading) -> Iterable[Block]:
    """Show what the lenses say that have no section of their own."""
    named = {each.name for each in reading.report_sections}
    for lens in reading.results:
        if lens not in SHOWN | named:
            yield from says(reading, lens, asked=True)
