"""bol.com: the items of orders, by name only: no public page or file shows its headings.

Looked for on 2026-11-27 in public repositories and pages; the names below are those that sellers
say the file has. A customer has no number there, so name and postcode together are the id.
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["ORDERS"]

ORDERS = ExportShape(
    name="bol_orders",
    title="bol.com's items of orders",
    table="orders",
    fields={
        "customer": {"of": ["Naam", "Postcode"]},
        "on": "Besteldatum",
        "amount": ["Aantal", "Prijs per stuk"],
        "reference": "Bestelnummer",
    },
    where={"Annulering": [""]},
    how_to="In the bol.com partner platform, open Orders, and choose to download them.",
)
