"""Why do customers leave, as staff believe and as they say (S2)?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from klantkompas.compass import Reading
from klantkompas.hooks import Block, ReportSection, Template, Unanswered
from klantkompas.wording.catalogue import mark

__all__ = ["SECTION"]


def _show(reading: Reading) -> Iterable[Block]:
    if not isinstance(reading.departures, Unanswered):
        yield Template(Path(__file__).with_suffix(".html.jinja"), {"gap": reading.departures})


SECTION = ReportSection(
    name="departures",
    title=mark("Why customers leave: as staff believe, and as they say"),
    show=_show,
    priority=1000,
)
