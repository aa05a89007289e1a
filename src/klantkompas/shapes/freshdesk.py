"""Freshdesk: tickets, as complaints or as contacts.

Headings read on 2026-11-27 in public code that reads such exports, found by "Resolution time (in
hrs)": "Ticket ID", "Subject", "Status", ..., "Created time", "Due by Time", "Resolved time", ...,
"Full name", "Contact ID". Which of the contact's fields are there is chosen at the export.
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["COMPLAINTS", "CONTACTS"]

SIGNATURE = (
    "Ticket ID",
    "Subject",
    "Status",
    "Source",
    "Created time",
    "Due by Time",
    "Resolved time",
    "Contact ID",
)
SOURCE = "public readers of such exports, read 2026-11-27"
HOW_TO = (
    "In Freshdesk, open Tickets, choose Export, and tick all fields of tickets and, of contacts, "
    "the Contact ID."
)

COMPLAINTS = ExportShape(
    name="freshdesk_complaints",
    title="Freshdesk's export of tickets",
    table="complaints",
    signature=SIGNATURE,
    fields={"customer": "Contact ID", "on": "Created time", "resolved": "Resolved time"},
    source=SOURCE,
    how_to=HOW_TO,
)

CONTACTS = ExportShape(
    name="freshdesk_contacts",
    title="Freshdesk's export of tickets",
    table="contacts",
    signature=SIGNATURE,
    fields={"customer": "Contact ID", "on": "Created time", "channel": "Source"},
    source=SOURCE,
    how_to=HOW_TO,
)
