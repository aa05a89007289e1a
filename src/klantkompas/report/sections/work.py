"""Which customers are to be seen to, why, what is to be done, and since when does it wait?"""

from __future__ import annotations

from collections.abc import Iterable

from klantkompas.compass import Reading
from klantkompas.drawing import WatchDisplay
from klantkompas.hooks import Block, Lines, report_section
from klantkompas.report.work_items import list_of
from klantkompas.reviews.work_lists import WorkLists
from klantkompas.wording.catalogue import mark

__all__ = ["work"]

LISTS = ("put_right", "cherish", "almost", "watch", "overdue", "one_time")
"""The lists that this section shows: those of letting go and of what changed have their own."""
SHOWN, MOST = 5, 50
"""How many lines of a list are visible, and how many there are on the page."""


@report_section(title=mark("Lists to work from"), priority=200)
def work(reading: Reading, lists: WorkLists) -> Iterable[Block]:
    """Show each list, with why and what to do."""
    made = [each for each in map(lists.__getitem__, LISTS) if not each.missing]
    for each in made:
        yield list_of(each, MOST, SHOWN)
    if len(lists["watch"]):
        yield WatchDisplay.from_result(lists["watch"])
    if missing := [each.opening for each in map(lists.__getitem__, LISTS) if each.missing]:
        yield Lines(missing)
