"""Would customers recommend you: what is the Net Promoter Score (S2)?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from klantkompas.compass import Reading
from klantkompas.hooks import Block, ReportSection, Template, Unanswered
from klantkompas.wording.catalogue import mark

__all__ = ["SECTION"]


def _show(reading: Reading) -> Iterable[Block]:
    survey = reading["nps"]
    answered = not isinstance(survey, Unanswered) and survey.per_answer.answers
    values = {"survey": survey if answered else None}
    yield Template(Path(__file__).with_suffix(".html.jinja"), values)


SECTION = ReportSection(
    name="nps",
    title=mark("Would they recommend you? The Net Promoter Score"),
    show=_show,
    priority=800,
)
