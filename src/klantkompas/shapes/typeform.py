"""Typeform: answers, one row each, with the question how likely one is to recommend.

Headings read on 2026-11-27 in public code that reads such exports, found by "Submit Date (UTC)":
"#", the questions, "Start Date (UTC)", "Submit Date (UTC)" and "Network ID".
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["RESPONSES"]

RESPONSES = ExportShape(
    name="typeform_responses",
    title="Typeform's export of responses",
    table="responses",
    signature=("#", "Submit Date (UTC)", "Network ID", "*e*mail*", "How likely*recommend*"),
    fields={
        "customer": {"heading": "*e*mail*", "as": "e-mail"},
        "on": "Submit Date (UTC)",
        "score": "How likely*recommend*",
    },
    incomplete="leave out",
    source="public readers of such exports, read 2026-11-27",
    how_to="In Typeform, open Results, Responses, choose Download all responses, CSV. Ask for the "
    "e-mail address, or hand it over as a hidden field.",
)
