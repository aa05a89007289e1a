"""How does it go over time: revenue and customers by month, the score by quarter?"""

from __future__ import annotations

from collections.abc import Iterable

from klantkompas.compass import Reading
from klantkompas.hooks import (
    Block,
    Paragraph,
    Quantity,
    Sentence,
    Table,
    Unanswered,
    report_section,
)
from klantkompas.lenses.by_month import ByMonth, by_month
from klantkompas.report.sections.lenses import says
from klantkompas.reviews.compare import Review
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Month, sentence

__all__ = ["over_time"]

MONTH = tuple(
    map(
        Sentence,
        (
            *(mark("Month"), mark("Revenue"), mark("Customers who ordered"), mark("New")),
            *(mark("Back"), mark("Lost"), mark("Active at its end")),
        ),
    )
)
WHO = mark(
    "New: their first order ever. Lost: their last order is {months} ago, or they left. Back: an "
    "order again after that. Who is active changes by the new and the back, less the lost. Who "
    "objects to profiling counts here, and so does each who came or went; a review compares two "
    "days, and does not count who objects."
)
THEN = mark("At the review before: {adds_up}.")
SHOWN = 8
QUARTER = tuple(
    map(Sentence, (mark("Quarter"), mark("Score"), mark("95% interval"), mark("Answers")))
)
FROM_TO = mark("{low} to {high}")


@report_section(title=mark("Over time"), priority=1200)
def over_time(reading: Reading, review: Review | None) -> Iterable[Block]:
    """Show revenue and customers by month, and the score by quarter with its interval."""
    yield from says(reading, "by_month")
    months = reading.by_month
    if not isinstance(months, Unanswered):
        yield Paragraph(sentence(WHO, months=Quantity(reading.months, "months")))
        if review is not None:
            earlier = by_month.look(review.previous.measures)
            if isinstance(earlier, ByMonth):
                yield Paragraph(sentence(THEN, adds_up=earlier.adds_up))
        numbers = (months.customers, months.new, months.back, months.lost, months.active)
        came_in = [Quantity(each, "money") for each in months.revenue.tolist()]
        columns = [[*map(Quantity, each.tolist())] for each in numbers]
        rows = [*zip(map(Month, months.months), came_in, *columns, strict=True)][::-1]
        yield Table(MONTH, rows, shown=SHOWN)
    survey = reading["nps"]
    if isinstance(survey, Unanswered):
        return
    scores = []
    for each in survey.by_span():
        between = each.score.interval()
        low, high = Quantity(between.low, "score"), Quantity(between.high, "score")
        scores.append(
            (
                sentence(FROM_TO, low=Month(each.first), high=Month(each.last)),
                Quantity(each.score.value, "score"),
                sentence(FROM_TO, low=low, high=high),
                each.score.answers,
            )
        )
    if scores:
        yield survey.display()
        yield Table(QUARTER, scores, shown=SHOWN)
