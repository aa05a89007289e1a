"""How does the business stand, what changed, and whom to see to first?"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, zip_longest

from klantkompas.compass import Reading
from klantkompas.hooks import Block, Items, KeyFigures, Paragraph, Sentence, report_section
from klantkompas.report.gaps import cannot_tell
from klantkompas.report.headlines import headlines_of
from klantkompas.report.sections.review import changes_by_sort
from klantkompas.report.work_items import item_of
from klantkompas.reviews.compare import Review
from klantkompas.reviews.work_lists import WorkLine, WorkList, WorkLists
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import CustomerName, Listing, sentence

__all__ = ["summary"]

FIRST = {
    mark("Cherish"): ("cherish",),
    mark("Put right"): ("put_right",),
    mark("Win or watch"): ("almost", "watch", "overdue"),
    mark("Changed"): ("changed",),
}
"""The short lists of the first screen, and from which lists each has its lines, turn by turn."""
SHOWN = 5
SAY_IT_THEMSELVES = {"put_right", "changed"}
"""The lists whose lines say already what is to be put right, or only what happened."""
FIRST_PUT_RIGHT = mark("First put right what went wrong.")
CALL_FIRST = mark('Call first: {customer}, of "{list}".')


def _in_turn(lists: Iterable[WorkList]) -> Iterable[WorkLine]:
    """Return the first lines of some lists, turn by turn, and each person once."""
    turns = zip_longest(*(each[:SHOWN] for each in lists))
    lines = [line for line in chain.from_iterable(turns) if line is not None]
    return list({line.customer: line for line in reversed(lines)}.values())[::-1][:SHOWN]


def _call_first(lists: WorkLists) -> list[Sentence]:
    calls = lists.to_call_first
    if calls is None:
        return []
    who = CustomerName(calls[0].customer)
    return [sentence(CALL_FIRST, customer=who, list=Sentence(calls.title))]


@report_section(title=mark("In short"), priority=100)
def summary(reading: Reading, review: Review | None, lists: WorkLists) -> Iterable[Block]:
    """Show the headline numbers, whom to call, what cannot be shown, and four short lists."""
    yield KeyFigures([*headlines_of(reading, review)])
    remarks = [*_call_first(lists), *filter(None, [cannot_tell(reading)])]
    if remarks:
        yield Paragraph(sentence("{remarks}", remarks=Listing(remarks, " ")))
    waiting = {each.customer for each in lists["put_right"].listed}
    for title, names in FIRST.items():
        found = tuple(lists[name] for name in names)
        also = () if {*names} <= SAY_IT_THEMSELVES else [Sentence(FIRST_PUT_RIGHT)]
        turns = changes_by_sort(review, lists) if names == ("changed",) else found
        yield Items(
            title=found[0].opening if len(found) == 1 else Sentence(title),
            items=[
                item_of(line, brief=True, also=also if line.customer in waiting else ())
                for line in _in_turn(turns)
            ],
            shown=SHOWN,
        )
