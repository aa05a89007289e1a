"""Who is about to escalate, and by what does that show?"""

from __future__ import annotations

from collections.abc import Iterable

from klantkompas.compass import Reading
from klantkompas.hooks import (
    Block,
    CustomerName,
    Paragraph,
    ReportSection,
    Sentence,
    Table,
    Unanswered,
)
from klantkompas.wording.catalogue import mark

__all__ = ["SECTION"]

WHO = mark(
    "Used to top service, and something went wrong in the last 90 days: let somebody who decides "
    "see to it."
)
HEADINGS = (Sentence(mark("Customer")), Sentence(mark("Why")))
SHOWN = 6


def _show(reading: Reading) -> Iterable[Block]:
    demands = reading.demands
    if isinstance(demands, Unanswered) or not demands.about_to_escalate:
        return
    yield Paragraph(Sentence(WHO))
    yield Table(
        HEADINGS,
        [(CustomerName(each), demands.why(each).parts[1:]) for each in demands.about_to_escalate],
        shown=SHOWN,
    )


SECTION = ReportSection(
    name="escalating",
    title=mark("First of all: about to escalate"),
    show=_show,
    priority=300,
)
