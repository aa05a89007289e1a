"""Xero: sales invoices, as invoices and as orders.

Headings read on 2026-11-27 in docs.milientsoftware.com, help, file exports, Xero; statuses in
xo-report.com/docs/tables/invoices.
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["INVOICES", "ORDERS"]

SIGNATURE = ("ContactName", "InvoiceNumber", "InvoiceDate", "DueDate", "InvoiceAmountDue", "Type")
COUNTED = {
    "Status": ["Paid", "Awaiting Payment", "Authorised"],
    "Type": ["Sales invoice", "Invoice", "Sales credit note", "Credit note"],
}
CREDIT = {"heading": "Type", "minus": ["Sales credit note", "Credit note"]}
SOURCE = "docs.milientsoftware.com, file exports, Xero, read 2026-11-27"
HOW_TO = "In Xero, open Business, Invoices, select all, and choose Export."

ORDERS = ExportShape(
    name="xero_orders",
    title="Xero's export of sales invoices",
    table="orders",
    signature=SIGNATURE,
    fields={
        "customer": "ContactName",
        "on": "InvoiceDate",
        "amount": {"of": ["Total"], "less": ["TaxTotal"], "sign": CREDIT},
        "reference": "InvoiceNumber",
    },
    once="InvoiceNumber",
    where=COUNTED,
    currency="Currency",
    source=SOURCE,
    how_to=HOW_TO,
)

INVOICES = ExportShape(
    name="xero_invoices",
    title="Xero's export of sales invoices",
    table="invoices",
    signature=SIGNATURE,
    fields={
        "customer": "ContactName",
        "issued": "InvoiceDate",
        "due": "DueDate",
        "amount": {"of": ["Total"], "sign": CREDIT},
        "open": "InvoiceAmountDue",
        "reference": "InvoiceNumber",
    },
    once="InvoiceNumber",
    where=COUNTED,
    currency="Currency",
    incomplete="leave out",
    source=SOURCE,
    how_to=HOW_TO,
)
