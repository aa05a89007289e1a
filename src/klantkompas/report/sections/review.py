"""What changed since the last review, for how many, and why (S1 step 7)?"""

from __future__ import annotations

from collections.abc import Iterable

from klantkompas.compass import Reading
from klantkompas.hooks import (
    Block,
    CustomerName,
    Item,
    Items,
    Lines,
    Paragraph,
    Quantity,
    Sentence,
    Table,
    report_section,
)
from klantkompas.report.work_items import MORE, label_of
from klantkompas.reviews.compare import Review
from klantkompas.reviews.work_list import WorkList
from klantkompas.reviews.work_lists import WorkLists
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Grid, sentence

__all__ = ["changes_by_sort", "review_of"]

NO_REVIEW = mark(
    "There is no earlier review to compare with: record this reading as a review, and the next "
    "page says what changed, for whom and why."
)
WAS = mark("Was")
SORTS = {
    mark("No longer active"): "went",
    mark("Fallen"): "fallen",
    mark("Risen"): "risen",
    mark("Back"): "came_back",
    mark("New"): "new_customers",
}
"""How customers changed, each with the name of those of a review."""
COUNTED = "{title}: {customers}"
SHOWN, MOST = 5, 50
"""How many lines of each are visible, and how many there are on the page."""


def _holds_grid(value: object) -> bool:
    """Return whether a sentence holds a grid, which stands in a table here."""
    if isinstance(value, Sentence):
        return any(map(_holds_grid, value.values.values()))
    return isinstance(value, Grid)


@report_section(name="review", title=mark("Since the last review"), priority=1250)
def review_of(reading: Reading, review: Review | None, lists: WorkLists) -> Iterable[Block]:
    """Show how customers went from class to class, and why; who came, and who went."""
    if review is None:
        yield Paragraph(Sentence(NO_REVIEW))
        return
    yield review.display()
    yield Lines([each for each in review.parts if not _holds_grid(each)])
    headings = [Sentence(WAS), *map(Sentence, review.columns_of_table)]
    rows = zip(review.rows, review.table.tolist(), strict=True)
    yield Table(headings, [(Sentence(name), *counts) for name, counts in rows])
    for each in changes_by_sort(review, lists):
        more = Quantity(len(each) - MOST, "customers")
        yield Items(
            title=each.opening,
            note=sentence(MORE, number=more, most=MOST) if more.value > 0 else None,
            items=[
                Item(about=CustomerName(line.customer), label=label_of(line), says=(line.why,))
                for line in each[:MOST]
            ],
            shown=SHOWN,
        )


def changes_by_sort(review: Review | None, lists: WorkLists) -> tuple[WorkList, ...]:
    """Return the list of who changed in parts: who went, fell, rose, came back, and is new.

    Args:
        review: the review; without one, the list has nobody and is its only part.
        lists: the lists to work from.
    """
    if review is None:
        return (lists["changed"],)
    found = []
    for title, sort in SORTS.items():
        listed = [each.customer for each in getattr(review, sort)]
        counted = Quantity(len(listed), "customers")
        opening = sentence(COUNTED, title=Sentence(title), customers=counted)
        found.append(lists["changed"].only(listed, opening))
    return tuple(found)
