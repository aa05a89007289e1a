"""What changed since the last review, for how many, and why (S1 step 7)?"""

from __future__ import annotations

from collections.abc import Iterable

from klantkompas.compass import Reading
from klantkompas.hooks import Block, Lines, Paragraph, Sentence, Table, report_section
from klantkompas.reviews.compare import Review
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Grid

__all__ = ["review_of"]

NO_REVIEW = mark(
    "There is no earlier review to compare with: record this reading as a review, and the next "
    "page says what changed, for whom and why."
)
WAS = mark("Was")


def _holds_grid(value: object) -> bool:
    """Return whether a sentence holds a grid, which stands in a table here."""
    if isinstance(value, Sentence):
        return any(map(_holds_grid, value.values.values()))
    return isinstance(value, Grid)


@report_section(name="review", title=mark("Since the last review"), priority=1250)
def review_of(reading: Reading, review: Review | None) -> Iterable[Block]:
    """Show how customers went from class to class, and why."""
    if review is None:
        yield Paragraph(Sentence(NO_REVIEW))
        return
    yield review.display()
    yield Lines([each for each in review.parts if not _holds_grid(each)])
    headings = [Sentence(WAS), *map(Sentence, review.columns_of_table)]
    rows = zip(review.rows, review.table.tolist(), strict=True)
    yield Table(headings, [(Sentence(name), *counts) for name, counts in rows])
