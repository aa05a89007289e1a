"""Zendesk: a view of tickets, as complaints or as contacts, as it is exported.

Headings read on 2026-11-27 in public code that writes the same file, found by "Summation column".
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["COMPLAINTS", "CONTACTS"]

SIGNATURE = ("Summation column", "Requester email", "Created at", "Solved at", "Via")
SOURCE = "public code that writes a view's columns, read 2026-11-27"
HOW_TO = "In Zendesk, open a view with all tickets, choose Actions, Export CSV."

COMPLAINTS = ExportShape(
    name="zendesk_complaints",
    title="Zendesk's export of tickets",
    table="complaints",
    signature=SIGNATURE,
    fields={
        "customer": {"heading": "Requester email", "as": "e-mail"},
        "on": "Created at",
        "resolved": "Solved at",
    },
    source=SOURCE,
    how_to=HOW_TO,
)

CONTACTS = ExportShape(
    name="zendesk_contacts",
    title="Zendesk's export of tickets",
    table="contacts",
    signature=SIGNATURE,
    fields={
        "customer": {"heading": "Requester email", "as": "e-mail"},
        "on": "Created at",
        "channel": "Via",
    },
    source=SOURCE,
    how_to=HOW_TO,
)
