"""Who may be let go, and only when replaced (S1 step 6)?"""

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
    Sentence,
    report_section,
)
from klantkompas.report.work_items import list_of
from klantkompas.reviews.letting_go_plan import LettingGoPlan, Standing, opening_of
from klantkompas.reviews.work_lists import WorkLists
from klantkompas.wording.catalogue import mark

__all__ = ["plan_of"]

NO_PLAN = mark(
    "A plan for letting go takes two reviews: nobody is let go before others took their place, and "
    "never by a machine."
)
LISTS = ("let_go", "first_find_out", "wait")
MOST = 50


@report_section(name="plan", title=mark("Letting go, with care"), priority=1300)
def plan_of(reading: Reading, plan: LettingGoPlan | None, lists: WorkLists) -> Iterable[Block]:
    """Show the proposal, a reason for each, and what comes first."""
    if plan is None:
        yield Paragraph(Sentence(NO_PLAN))
        return
    yield Lines([plan.opening, plan.parts[0]])
    for name in LISTS:
        yield list_of(lists[name], MOST)
    kept = plan.standing(Standing.KEPT)
    yield Items(
        title=opening_of(Standing.KEPT, kept),
        items=[Item(about=CustomerName(each.customer), says=(each.why,)) for each in kept[:MOST]],
        shown=5,
    )
