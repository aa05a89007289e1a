"""How are the classes decided (S1 steps 3-6)?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from klantkompas.compass import Reading
from klantkompas.hooks import Block, Paragraph, ReportSection, Sentence, Template
from klantkompas.wording.catalogue import mark

__all__ = ["SECTION"]

HOW = mark(
    "For each active customer the success factors that they meet are counted; the first of these "
    "rules that holds decides. The letters are sharp by design and need not be true of everyone."
)


def _show(reading: Reading) -> Iterable[Block]:
    yield Paragraph(Sentence(HOW))
    yield Template(Path(__file__).with_suffix(".html.jinja"), {"rules": reading.classes.rules})


SECTION = ReportSection(
    name="rules",
    title=mark("How the classes are decided"),
    show=_show,
    priority=2000,
)
