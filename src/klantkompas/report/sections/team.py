"""Whom do colleagues name as fitting best, and why (S1 steps 1-3)?"""

from __future__ import annotations

from collections.abc import Iterable

from klantkompas.compass import Reading
from klantkompas.hooks import Block, Lines, Paragraph, Sentence, Unanswered, report_section
from klantkompas.wording.catalogue import mark

__all__ = ["team"]

NO_TEAM = mark(
    "No lists of the team's own were given: let two or three colleagues each write down who fits "
    "best and why; the reasons are your success factors."
)


@report_section(title=mark("The team's own lists"), priority=1350)
def team(reading: Reading) -> Iterable[Block]:
    """Show who was named by whom, how far they agree, and the reasons counted."""
    found = reading.team
    if isinstance(found, Unanswered):
        yield Paragraph(Sentence(NO_TEAM))
    else:
        yield Lines((found.opening, *found.parts))
