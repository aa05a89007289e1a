"""How does the business stand, in four numbers and the classes?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from klantkompas.compass import Reading
from klantkompas.hooks import Block, ReportSection, Template, Unanswered
from klantkompas.report.sections.pareto import pareto_part
from klantkompas.wording.catalogue import mark

__all__ = ["SECTION"]


def _show(reading: Reading) -> Iterable[Block]:
    card, ranking, survey = reading.scorecard, reading.pareto, reading["nps"]
    unknown = bool(np.isnan(reading.measures["active"]).all())
    values = {
        "customers": len(reading.measures),
        "active": None if unknown else len(card),
        "revenue": np.nan if unknown else float(card["revenue"].sum()),
        "pareto": None if isinstance(ranking, Unanswered) else pareto_part(ranking),
        "score": None if isinstance(survey, Unanswered) else survey.score,
        "answered": not isinstance(survey, Unanswered) and survey.per_answer.answers,
        "classes": [each for each in reading.classes.shares() if each.customers],
    }
    yield Template(Path(__file__).with_suffix(".html.jinja"), values)


SECTION = ReportSection(name="summary", title=mark("In short"), show=_show, priority=200)
