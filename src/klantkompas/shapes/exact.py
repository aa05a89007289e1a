"""Exact Online: outstanding items, by name only: no public page or file shows the headings.

Looked for on 2026-11-27. The csv has the headings by which a public importer reads it
(ConductionNL/shillinq, ExactOnlineProfile.php), which shows no file.
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["OPEN_ITEMS", "REPORT"]

OPEN_ITEMS = ExportShape(
    name="exact_open_items",
    title="Exact Online's outstanding items as csv",
    table="invoices",
    fields={
        "customer": "AccountCode",
        "issued": "InvoiceDate",
        "due": "DueDate",
        "amount": "AmountDC",
        "open": "OutstandingDC",
        "reference": "InvoiceNumber",
    },
    source="github.com/ConductionNL/shillinq, lib/Service/Import/ImportProfile/"
    "ExactOnlineProfile.php, read 2026-11-27, an importer: no export was seen",
    how_to="In Exact Online, open the outstanding items of debtors, and export them as csv.",
)

REPORT = ExportShape(
    name="exact_report",
    title="Exact Online's report of outstanding items",
    table="invoices",
    fields={
        "customer": "Debiteur",
        "issued": "Factuurdatum",
        "due": "Vervaldatum",
        "amount": "Bedrag",
    },
    how_to="In Exact Online, open the outstanding items of debtors, and export them to Excel.",
)
