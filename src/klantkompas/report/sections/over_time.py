"""How does it go over time: revenue and customers by month, the score by quarter?"""

from __future__ import annotations

from collections.abc import Iterable

from klantkompas.compass import Reading
from klantkompas.hooks import Block, Quantity, Sentence, Table, Unanswered, report_section
from klantkompas.report.sections.lenses import says
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import sentence

__all__ = ["over_time"]

QUARTER = tuple(
    map(Sentence, (mark("Quarter"), mark("Score"), mark("95% interval"), mark("Answers")))
)
FROM_TO = mark("{low} to {high}")


@report_section(title=mark("Over time"), priority=1200)
def over_time(reading: Reading) -> Iterable[Block]:
    """Show revenue and customers by month, and the score by quarter with its interval."""
    yield from says(reading, "by_month")
    survey = reading["nps"]
    if isinstance(survey, Unanswered):
        return
    rows = []
    for each in survey.by_span():
        between = each.score.interval()
        low, high = Quantity(between.low, "score"), Quantity(between.high, "score")
        rows.append(
            (
                sentence(FROM_TO, low=each.first, high=each.last),
                Quantity(each.score.value, "score"),
                sentence(FROM_TO, low=low, high=high),
                each.score.answers,
            )
        )
    if rows:
        yield survey.display()
        yield Table(QUARTER, rows, shown=8)
