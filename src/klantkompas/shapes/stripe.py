"""Stripe: payments.

Headings read on 2026-11-27 in public code that reads unified_payments.csv, found by them, such as
the scripts of dub (dubinc/dub) that read "Customer ID" and "Created date (UTC)".
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["PAYMENTS"]

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
