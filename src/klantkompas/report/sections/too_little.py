"""Is too little known to tell who is A or B, and what would help?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from klantkompas.compass import Reading
from klantkompas.hooks import Block, Paragraph, ReportSection, Sentence, Template
from klantkompas.report.gaps import gaps_of, knows_too_little
from klantkompas.wording.catalogue import mark

__all__ = ["SECTION"]

WHAT_IT_TAKES = mark(
    "That takes two success factors, and fewer than two are known of anyone. What would help:"
)


def _show(reading: Reading) -> Iterable[Block]:
    if knows_too_little(reading):
        gaps = [gap for gap in gaps_of(reading) if gap.remedy]
        yield Paragraph(Sentence(WHAT_IT_TAKES))
        yield Template(Path(__file__).with_suffix(".html.jinja"), {"gaps": gaps})


SECTION = ReportSection(
    name="too_little",
    title=mark("These tables cannot show who is A or B"),
    show=_show,
    priority=100,
)
