"""What could not be answered, and what would help?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from klantkompas.compass import Reading
from klantkompas.hooks import Block, Paragraph, ReportSection, Sentence, Template
from klantkompas.report.gaps import gaps_of
from klantkompas.wording.catalogue import mark

__all__ = ["SECTION"]

NOTHING = mark("Every question was answered, and every success factor is known of somebody.")


def _show(reading: Reading) -> Iterable[Block]:
    gaps = gaps_of(reading)
    if gaps:
        yield Template(Path(__file__).with_suffix(".html.jinja"), {"gaps": gaps})
    else:
        yield Paragraph(Sentence(NOTHING))


SECTION = ReportSection(
    name="untold",
    title=mark("What could not be answered"),
    show=_show,
    priority=2100,
)
