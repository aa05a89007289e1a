"""Stripe: payments, and invoices.

Headings read on 2026-11-27: those of payments in public code that reads unified_payments.csv, such
as the scripts of dub (dubinc/dub) that read "Customer ID" and "Created date (UTC)"; those of
invoices in public code that reads the dashboard's invoices.csv, found by "Voided At (UTC)". An
invoice that is charged at once has no due date, and is left out.
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["INVOICES", "PAYMENTS"]

PAYMENTS = ExportShape(
    name="stripe_payments",
    title="Stripe's export of payments, whose amounts include tax",
    table="orders",
    signature=("id", "Created date (UTC)", "Amount", "Amount Refunded", "Status", "Customer ID"),
    fields={
        "customer": "Customer ID",
        "on": "Created date (UTC)",
        "amount": "Amount",
        "refunded": "Amount Refunded",
        "reference": "id",
    },
    where={"Status": ["Paid", "Refunded", "Partially refunded", "Partial refund"]},
    currency="Currency",
    source="public readers of unified_payments.csv, read 2026-11-27",
    how_to="In the Stripe dashboard, open Payments, choose Export, and take all columns.",
)

INVOICES = ExportShape(
    name="stripe_invoices",
    title="Stripe's export of invoices",
    table="invoices",
    signature=(
        "id",
        "Customer",
        "Date (UTC)",
        "Due Date (UTC)",
        "Paid At (UTC)",
        "Amount Due",
        "Amount Paid",
        "Total",
        "Status",
    ),
    fields={
        "customer": "Customer",
        "issued": "Date (UTC)",
        "due": "Due Date (UTC)",
        "paid": "Paid At (UTC)",
        "amount": "Total",
        "open": {"of": ["Amount Due"], "less": ["Amount Paid"]},
        "reference": "id",
    },
    where={"Status": ["paid", "open", "uncollectible"]},
    currency="Currency",
    incomplete="leave out",
    source="public readers of invoices.csv, read 2026-11-27",
    how_to="In the Stripe dashboard, open Invoices, choose Export, and take all columns.",
)
