"""SnelStart: outstanding items, by name only: no public page or file shows the report itself.

The headings are those by which a public importer reads it (ConductionNL/shillinq,
SnelstartProfile.php, read on 2026-11-27), which shows no file. Leave suppliers out at the export.
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["OPEN_ITEMS"]

OPEN_ITEMS = ExportShape(
    name="snelstart_open_items",
    title="SnelStart's outstanding items",
    table="invoices",
    fields={
        "customer": "Relatienr",
        "issued": "Boekdatum",
        "due": "Vervaldatum",
        "amount": "Bedrag",
        "open": "Saldo",
        "reference": "Boekstuk",
    },
    source="github.com/ConductionNL/shillinq, lib/Service/Import/ImportProfile/"
    "SnelstartProfile.php, read 2026-11-27, an importer: no export was seen",
    how_to="In SnelStart, open the outstanding items of customers, and export them as csv.",
)
