"""WooCommerce: orders by its own Import Export Suite.

Headings read on 2026-11-27 in woocommerce.com/document/import-and-export-of-woocommerce-orders/.
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["ORDERS"]

ORDERS = ExportShape(
    name="woocommerce_orders",
    title="WooCommerce's export of orders",
    table="orders",
    signature=("order_id", "order_date", "status", "order_total", "tax_total", "customer_email"),
    fields={
        "customer": {"heading": "customer_email", "as": "e-mail"},
        "on": "order_date",
        "amount": {"of": ["order_total"], "less": ["tax_total"]},
        "reference": "order_id",
    },
    once="order_id",
    where={"status": ["completed", "processing", "wc-completed", "wc-processing"]},
    source="woocommerce.com/document/import-and-export-of-woocommerce-orders/, read 2026-11-27",
    how_to="In WordPress, open Import Export Suite, Export, choose orders, and take all columns.",
)
