"""HubSpot: deals that were won.

Headings read on 2026-11-27 in public code that reads such exports, found by them: "Record ID",
"Deal Name", "Deal Stage", "Close Date", "Amount" and "Associated Company IDs".
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["DEALS"]

DEALS = ExportShape(
    name="hubspot_deals",
    title="HubSpot's export of deals",
    table="orders",
    signature=(
        "Record ID",
        "Deal Name",
        "Deal Stage",
        "Close Date",
        "Amount",
        "Associated Company IDs",
    ),
    fields={
        "customer": "Associated Company IDs",
        "on": "Close Date",
        "amount": "Amount",
        "reference": "Record ID",
    },
    where={"Deal Stage": ["Closed won", "Closed won (*)"]},
    source="public readers of such exports, read 2026-11-27",
    how_to="In HubSpot, open Deals, choose Export, with associations and all properties.",
)
