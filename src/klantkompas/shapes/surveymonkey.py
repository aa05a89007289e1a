"""SurveyMonkey: answers, one row each, below two rows of headings.

Headings read on 2026-11-27 in public code that reads such exports, found by the first of them:
"Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address".
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["RESPONSES"]

RESPONSES = ExportShape(
    name="surveymonkey_responses",
    title="SurveyMonkey's export of responses",
    table="responses",
    signature=(
        "Respondent ID",
        "Collector ID",
        "End Date",
        "Email Address",
        "How likely*recommend*",
    ),
    fields={
        "customer": {"heading": "Email Address", "as": "e-mail"},
        "on": "End Date",
        "score": "How likely*recommend*",
    },
    heading_rows=2,
    incomplete="leave out",
    source="public readers of such exports, read 2026-11-27",
    how_to="In SurveyMonkey, open Analyze results, Save as, Export file, all responses data, CSV.",
)
