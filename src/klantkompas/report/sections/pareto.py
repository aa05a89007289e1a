"""Do a few customers bring most? 80/20 (S1 step 4)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from klantkompas.compass import Reading
from klantkompas.hooks import Block, ReportSection, Template, Unanswered
from klantkompas.report.curve import pareto_part
from klantkompas.wording.catalogue import mark

__all__ = ["SECTION"]


def _show(reading: Reading) -> Iterable[Block]:
    ranking = reading.pareto
    pareto = None if isinstance(ranking, Unanswered) else pareto_part(ranking)
    yield Template(Path(__file__).with_suffix(".html.jinja"), {"pareto": pareto})


SECTION = ReportSection(
    name="pareto",
    title=mark("Do a few bring most? 80/20, checked rather than assumed"),
    show=_show,
    priority=600,
)
