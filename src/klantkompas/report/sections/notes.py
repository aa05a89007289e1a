"""What was odd in the data?"""

from __future__ import annotations

from collections.abc import Iterable

from klantkompas.compass import Reading
from klantkompas.hooks import Block, Lines, Paragraph, Sentence, report_section
from klantkompas.wording.catalogue import mark

__all__ = ["notes"]

NOTHING = mark("Nothing that needs saying.")


@report_section(title=mark("What was odd in the data"), priority=1950)
def notes(reading: Reading) -> Iterable[Block]:
    """Show the data notes, each with how many rows or customers it is about."""
    lines = [part for each in reading.notes for part in each.parts]
    yield Lines(lines) if lines else Paragraph(Sentence(NOTHING))
