"""Moneybird: sales invoices, by name only: no public page or file shows the headings of its export.

Looked for on 2026-11-27. What is outstanding has the headings by which a public importer reads it
(ConductionNL/shillinq, MoneybirdProfile.php), which shows no file.
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["INVOICES", "OPEN_ITEMS"]

INVOICES = ExportShape(
    name="moneybird_invoices",
    title="Moneybird's sales invoices",
    table="invoices",
    fields={
        "customer": "Klantnummer",
        "issued": "Factuurdatum",
        "due": "Vervaldatum",
        "paid": "Betaald op",
        "amount": "Totaal excl. btw",
        "reference": "Factuurnummer",
    },
    incomplete="leave out",
    how_to="In Moneybird, open Facturen, filter on all of them, and choose Exporteren.",
)

OPEN_ITEMS = ExportShape(
    name="moneybird_open_items",
    title="Moneybird's outstanding invoices",
    table="invoices",
    fields={
        "customer": "ContactID",
        "issued": "InvoiceDate",
        "due": "DueDate",
        "amount": "TotalPriceIncl",
        "open": "OutstandingAmount",
        "reference": "InvoiceID",
    },
    source="github.com/ConductionNL/shillinq, lib/Service/Import/ImportProfile/"
    "MoneybirdProfile.php, read 2026-11-27, an importer: no export was seen",
    how_to="In Moneybird, open the outstanding invoices, and choose Exporteren.",
)
