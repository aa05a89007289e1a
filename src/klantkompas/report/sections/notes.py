"""What was odd in the data?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from klantkompas.compass import Reading
from klantkompas.hooks import Block, Paragraph, ReportSection, Sentence, Template
from klantkompas.wording.catalogue import mark

__all__ = ["SECTION"]

NOTHING = mark("Nothing that needs saying.")


def _show(reading: Reading) -> Iterable[Block]:
    if reading.notes:
        yield Template(Path(__file__).with_suffix(".html.jinja"), {"notes": reading.notes})
    else:
        yield Paragraph(Sentence(NOTHING))


SECTION = ReportSection(
    name="notes",
    title=mark("What was odd in the data"),
    show=_show,
    priority=2200,
)
