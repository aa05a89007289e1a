"""Magento 2 (Adobe Commerce): the grid of orders.

Headings read on 2026-11-27 in the merchant documentation of Adobe Commerce, the page on the orders
workspace (AdobeDocs/commerce-admin).
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["ORDERS"]

ORDERS = ExportShape(
    name="magento_orders",
    title="Magento's export of orders, without tax and before discounts",
    table="orders",
    signature=(
        "Purchase Point",
        "Purchase Date",
        "Bill-to Name",
        "Grand Total (Base)",
        "Customer Email",
        "Subtotal",
        "Shipping and Handling",
        "Total Refunded",
    ),
    fields={
        "customer": {"heading": "Customer Email", "as": "e-mail"},
        "on": "Purchase Date",
        "amount": {"of": ["Subtotal", "Shipping and Handling"]},
        "refunded": {"heading": "Total Refunded", "gross": "Grand Total (Base)"},
        "reference": "ID",
    },
    once="ID",
    where={"Status": ["Processing", "Complete", "Closed"]},
    source="the Adobe Commerce page on the orders workspace, read 2026-11-27",
    how_to="In the Magento admin, open Sales, Orders, show all columns, and export as CSV.",
)
