"""QuickBooks Online: the report of what is outstanding, in detail.

Headings read on 2026-11-27 in public tests of readers of that report, found by its title "A/R Aging
Detail". The customer's column is "Customer", and "Customer full name" in the reports of 2026.
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["AGEING"]

AGEING = ExportShape(
    name="quickbooks_ageing",
    title="the A/R ageing detail of QuickBooks",
    table="invoices",
    signature=("Num", "Customer*", "Date", "Due Date", "Amount", "Open Balance"),
    fields={
        "customer": "Customer*",
        "issued": "Date",
        "due": "Due Date",
        "amount": "Amount",
        "open": "Open Balance",
        "reference": "Num",
    },
    source="public readers of the A/R Aging Detail report, read 2026-11-27",
    how_to="In QuickBooks, open Reports, A/R Aging Detail, and export it to Excel or CSV.",
)
