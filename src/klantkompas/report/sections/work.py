"""Which customers are to be seen to, why, what is to be done, and since when does it wait?"""

from __future__ import annotations

from collections.abc import Iterable

from klantkompas.compass import Reading
from klantkompas.drawing import WatchDisplay
from klantkompas.hooks import Block, Paragraph, report_section
from klantkompas.report.work_items import list_of
from klantkompas.reviews.work_lists import WorkLists
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Quantity, sentence

__all__ = ["work"]

LISTS = ("put_right", "cherish", "almost", "watch", "overdue", "one_time", "changed")
"""The lists that this section shows: those of letting go are in its plan."""
SHOWN, MOST = 5, 50
"""How many lines of a list are visible, and how many there are on the page."""
MORE = mark("The list goes on for {number} more: the page has the first {most}.")


@report_section(title=mark("Lists to work from"), priority=200)
def work(reading: Reading, lists: WorkLists) -> Iterable[Block]:
    """Show each list, with why and what to do."""
    for name in LISTS:
        each = lists[name]
        more = len(each) - MOST
        yield list_of(each, MOST, SHOWN)
        if more > 0:
            yield Paragraph(sentence(MORE, number=Quantity(more, "customers"), most=MOST))
    if len(lists["watch"]):
        yield WatchDisplay.from_result(lists["watch"])
