"""AFAS Profit: invoices of debtors, by name only: whoever makes the connector names its fields.

A public page that shows them was looked for on 2026-11-27.
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["INVOICES"]

INVOICES = ExportShape(
    name="afas_invoices",
    title="an AFAS GetConnector of invoices",
    table="invoices",
    fields={
        "customer": "DebtorId",
        "issued": "InvoiceDate",
        "due": "ExpirationDate",
        "paid": "PaidDate",
        "amount": "AmtInvoice",
        "open": "AmtOpen",
        "reference": "InvoiceNr",
    },
    how_to="In AFAS Profit, have a GetConnector of debtors' invoices, and export what it gives.",
)
