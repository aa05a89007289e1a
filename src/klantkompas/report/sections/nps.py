"""Would customers recommend you: what is the Net Promoter Score (S2)?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from klantkompas.compass import Reading
from klantkompas.drawing import NpsByGroupDisplay
from klantkompas.hooks import Block, Paragraph, Quantity, ReportSection, Template, Unanswered
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import sentence

__all__ = ["SECTION"]

SILENT = mark(
    "Of who answered, {answered} are active and {others} are not. What the score cannot tell: "
    "{silent} of the {active} gave none, and may think otherwise; and it says that customers "
    "recommend you, not why, nor that they come back."
)


def _show(reading: Reading) -> Iterable[Block]:
    survey = reading["nps"]
    answered = not isinstance(survey, Unanswered) and survey.per_answer.answers
    values = {"survey": survey if answered else None}
    yield Template(Path(__file__).with_suffix(".html.jinja"), values)
    if answered and not survey.is_per_answer:
        latest = reading.measures["last_score"][reading.measures.active_places]
        silent, active = int(np.isnan(latest).sum()), len(latest)
        if active:
            yield Paragraph(
                sentence(
                    SILENT,
                    answered=active - silent,
                    others=survey.answers - (active - silent),
                    silent=silent,
                    active=Quantity(active, "active customers"),
                )
            )
    if answered and len(survey.by_group) > 1:
        yield NpsByGroupDisplay.from_result(survey)


SECTION = ReportSection(
    name="nps",
    title=mark("Would they recommend you? The Net Promoter Score"),
    show=_show,
    priority=800,
)
