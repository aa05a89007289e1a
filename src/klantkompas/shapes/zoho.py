"""Zoho CRM: deals that were won.

Headings read on 2026-11-27 in public code that reads such exports, found by "Deal Owner.id":
"Record Id", "Deal Owner.id", "Amount", "Deal Name", "Closing Date", "Account Name.id" and "Stage".
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["DEALS"]

DEALS = ExportShape(
    name="zoho_deals",
    title="Zoho's export of deals",
    table="orders",
    signature=(
        "Record Id",
        "Deal Name",
        "Deal Owner.id",
        "Account Name.id",
        "Amount",
        "Closing Date",
        "Stage",
    ),
    fields={
        "customer": "Account Name.id",
        "on": "Closing Date",
        "amount": "Amount",
        "reference": "Record Id",
    },
    where={"Stage": ["Closed Won"]},
    source="public readers of such exports, read 2026-11-27",
    how_to="In Zoho CRM, open Setup, Data Administration, Export, and choose Deals.",
)
