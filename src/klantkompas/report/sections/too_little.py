"""Is too little known to tell who is A or B, and what would help?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from klantkompas.compass import Reading
from klantkompas.hooks import Block, Paragraph, ReportSection, Sentence, Template
from klantkompas.report.gaps import gaps_of, knows_too_little
from klantkompas.wording.catalogue import mark

__all__ = ["SECTION"]

NO_CLASSES = mark("Without active customers nobody has a class.")
MISSING = mark("What is missing, and what would help:")


def opening_of(reading: Reading) -> Sentence:
    """Return the sentence that opens the section: what these tables cannot show."""
    return reading.classes.remark or Sentence(NO_CLASSES)


def _show(reading: Reading) -> Iterable[Block]:
    if knows_too_little(reading):
        gaps = [gap for gap in gaps_of(reading) if gap.remedy]
        yield Paragraph(opening_of(reading))
        yield Paragraph(Sentence(MISSING))
        yield Template(Path(__file__).with_suffix(".html.jinja"), {"gaps": gaps})


SECTION = ReportSection(
    name="too_little",
    title=mark("What these tables cannot show"),
    show=_show,
    priority=100,
)
