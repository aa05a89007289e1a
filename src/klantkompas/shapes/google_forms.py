"""Google Forms: answers, one row each, as the sheet of responses has them, in English or Dutch.

Headings read on 2026-11-27 in public tests of readers of such sheets, found by them:
"Timestamp,Email Address,..." and "Tijdstempel,E-mailadres,...".
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["ANTWOORDEN", "RESPONSES"]

SOURCE = "public tests of readers of such sheets, read 2026-11-27"
HOW_TO = (
    "In Google Forms, have the form collect e-mail addresses; then open Responses, and choose "
    "Download responses (.csv)."
)

RESPONSES = ExportShape(
    name="google_forms_responses",
    title="the responses of Google Forms",
    table="responses",
    signature=("Timestamp", "Email Address", "*likely*recommend*"),
    fields={
        "customer": {"heading": "Email Address", "as": "e-mail"},
        "on": "Timestamp",
        "score": "*likely*recommend*",
    },
    source=SOURCE,
    how_to=HOW_TO,
)

ANTWOORDEN = ExportShape(
    name="google_forms_antwoorden",
    title="the responses of Google Forms in Dutch",
    table="responses",
    signature=("Tijdstempel", "E-mailadres", "*waarschijnlijk*aanbev*"),
    fields={
        "customer": {"heading": "E-mailadres", "as": "e-mail"},
        "on": "Tijdstempel",
        "score": "*waarschijnlijk*aanbev*",
    },
    source=SOURCE,
    how_to=HOW_TO,
)
