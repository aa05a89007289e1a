"""For whom are steps of recovery open? The worst scores first (S0)."""

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

HOW = mark("Whoever is at fault: talk, make an offer, then say in public what was done.")
HEADINGS = (Sentence(mark("Customer")), Sentence(mark("Why")))
SHOWN = 6


def _show(reading: Reading) -> Iterable[Block]:
    attitudes = reading.attitudes
    recovery = () if isinstance(attitudes, Unanswered) else attitudes.recovery
    rows = [
        (CustomerName(each.customer), [s.sentence for s in each.steps if s.state == "open"])
        for each in recovery
        if each.open
    ]
    if rows:
        yield Paragraph(Sentence(HOW))
        yield Table(HEADINGS, rows, shown=SHOWN)


SECTION = ReportSection(
    name="recovery",
    title=mark("To be made good: steps that are open"),
    show=_show,
    priority=400,
)
