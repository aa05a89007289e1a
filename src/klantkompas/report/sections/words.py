"""What do the terms of the field on the page mean?"""

from __future__ import annotations

from collections.abc import Iterable

from klantkompas.compass import Reading
from klantkompas.hooks import Block, Sentence, Table, Unanswered, report_section
from klantkompas.wording.catalogue import mark

__all__ = ["words"]

ALWAYS = {
    mark("success factor"): mark("A way in which a customer contributes, with what it takes."),
    mark("shortlist"): mark(
        "The fifth of the active customers that fits best, by success factors, or as people chose."
    ),
    mark("too little known"): mark(
        "What is unknown of a customer may put them in another class; their letter has a question "
        "mark."
    ),
    mark("cut-off"): mark("The number from which a success factor counts as met."),
    mark("active customer"): mark("Who ordered in the period, and did not leave since."),
}
OF_A_LENS = {
    "pareto": {
        mark("vital few"): mark("The smallest group of customers that brings 80%."),
        mark("Gini coefficient"): mark(
            "How unevenly customers bring revenue: 0 where all bring the same, near 1 where one "
            "brings everything."
        ),
    },
    "nps": {
        mark("Net Promoter Score"): mark(
            "The percentage of promoters, who answered 9 or 10, minus that of detractors, who "
            "answered 6 or lower."
        ),
        mark("95% interval"): mark(
            "The scores that the answers leave possible, with a certainty of 95%; the fewer "
            "answers, the wider."
        ),
        mark("Jeffreys' prior"): mark(
            "What the interval takes for granted before anybody answered: next to nothing."
        ),
    },
    "team": {
        mark("Fleiss' kappa"): mark(
            "How far people agree beyond what chance gives: 1 where all name the same, 0 where it "
            "is as good as chance."
        ),
    },
}
"""What terms mean, by the lens whose answer uses them."""
HEADINGS = tuple(map(Sentence, (mark("Term"), mark("What it means"))))


@report_section(title=mark("What the words mean"), priority=2050)
def words(reading: Reading) -> Iterable[Block]:
    """Show what each term means that the page uses."""
    answered = [means for lens, means in OF_A_LENS.items() if _is_told(reading.results.get(lens))]
    rows = [
        (Sentence(term), Sentence(means))
        for meanings in (ALWAYS, *answered)
        for term, means in meanings.items()
    ]
    yield Table(HEADINGS, rows)


def _is_told(result: object) -> bool:
    """Return whether a lens was asked and has an answer, and a score rests on some."""
    return not isinstance(result, Unanswered | None) and getattr(result, "answers", 1) > 0
