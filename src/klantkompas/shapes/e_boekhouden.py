"""e-Boekhouden: outstanding items, by name only: no public page or file shows the report itself.

The headings are those by which a public importer reads it (ConductionNL/shillinq,
EBoekhoudenProfile.php, read on 2026-11-27), which shows no file. Leave suppliers out at the export.
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["OPEN_ITEMS"]

OPEN_ITEMS = ExportShape(
    name="e_boekhouden_open_items",
    title="e-Boekhouden's outstanding items",
    table="invoices",
    fields={
        "customer": "Relatiecode",
        "issued": "Factuurdatum",
        "due": "Vervaldatum",
        "amount": "Bedrag",
        "open": "Openstaand",
        "reference": "Factuurnummer",
    },
    source="github.com/ConductionNL/shillinq, lib/Service/Import/ImportProfile/"
    "EBoekhoudenProfile.php, read 2026-11-27, an importer: no export was seen",
    how_to="In e-Boekhouden, open the outstanding items of debtors, and export them as csv.",
)
