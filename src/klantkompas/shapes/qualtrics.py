"""Qualtrics: responses, one row each, below three rows of headings.

Headings and rows read on 2026-11-27 in
qualtrics.com/support/survey-platform/data-and-analysis-module/data/download-data/understanding-your-dataset/.
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["RESPONSES"]

RESPONSES = ExportShape(
    name="qualtrics_responses",
    title="the responses of Qualtrics, with the first question as the score",
    table="responses",
    signature=("StartDate", "RecordedDate", "ResponseId", "RecipientEmail", "Q1_NPS_GROUP", "Q1"),
    fields={
        "customer": {"heading": "RecipientEmail", "as": "e-mail"},
        "on": "RecordedDate",
        "score": "Q1",
    },
    heading_rows=3,
    where={"Status": ["IP Address", "0"]},
    source="qualtrics.com, Understanding Your Dataset, read 2026-11-27",
    how_to="In Qualtrics, open Data & Analysis, Export & Import, Export Data, CSV.",
)
