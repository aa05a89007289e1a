"""Delighted: answers, by name only: no public page or file shows the headings of its export.

Looked for on 2026-11-27. Who was asked and did not answer has no moment, and is left out.
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["RESPONSES"]

RESPONSES = ExportShape(
    name="delighted_responses",
    title="Delighted's responses",
    table="responses",
    fields={
        "customer": {"heading": "Person Email", "as": "e-mail"},
        "on": "Response Timestamp",
        "score": "Score",
        "reason": "Comment",
    },
    incomplete="leave out",
    how_to="In Delighted, open the responses, and choose Export.",
)
