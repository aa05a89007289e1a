"""Lightspeed eCom, which was SEOshop: customers.

Headings read on 2026-11-27 in Lightspeed's own help, Customer column titles
(ecom-support.lightspeedhq.com/hc/en-us/articles/360016065014). No public page or file was found
that shows those of orders, nor those of what Lightspeed Retail exports.
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["CUSTOMERS"]

CUSTOMERS = ExportShape(
    name="lightspeed_customers",
    title="Lightspeed eCom's export of customers",
    table="customers",
    signature=(
        "Internal ID",
        "Registered",
        "Firstname",
        "LastnamePreposition",
        "Lastname",
        "E-Mail",
        "Customer type",
    ),
    fields={
        "id": {"heading": "E-Mail", "as": "e-mail"},
        "name": {"of": ["Firstname", "LastnamePreposition", "Lastname"]},
    },
    incomplete="leave out",
    source="ecom-support.lightspeedhq.com/hc/en-us/articles/360016065014, read 2026-11-27",
    how_to="In the back office of Lightspeed eCom, open Tools, Exports, and export the customers.",
)
