"""Twinfield: transactions of debtors, by name only: no public page or file shows the headings.

Looked for on 2026-11-27.
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["TRANSACTIONS"]

TRANSACTIONS = ExportShape(
    name="twinfield_transactions",
    title="Twinfield's transactions of debtors",
    table="invoices",
    fields={
        "customer": "Relatiecode",
        "issued": "Datum",
        "due": "Vervaldatum",
        "amount": {"of": ["Debet"], "less": ["Credit"]},
        "reference": "Boekstuknr",
    },
    how_to="In Twinfield, open the browse of transactions of debtors, and export what it shows.",
)
