"""Shopify: orders and customers.

Headings read on 2026-11-27: those of orders in laplace-live/shopify-csv-converter,
src/types/index.d.ts, and those of customers in tramyardg/magento2ShopifyCSV,
src/customers/header.js.
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["CUSTOMERS", "ORDERS"]

ORDERS = ExportShape(
    name="shopify_orders",
    title="Shopify's export of orders",
    table="orders",
    signature=("Name", "Email", "Financial Status", "Lineitem quantity", "Created at", "Taxes"),
    fields={
        "customer": {"heading": "Email", "as": "e-mail"},
        "on": "Created at",
        "amount": {"of": ["Total"], "less": ["Taxes"]},
        "refunded": {"heading": "Refunded Amount", "gross": "Total"},
        "reference": "Name",
    },
    once="Name",
    where={"Financial Status": ["paid", "partially_refunded", "partially_paid", "refunded"]},
    currency="Currency",
    source="github.com/laplace-live/shopify-csv-converter, src/types/index.d.ts, read 2026-11-27",
    how_to="In Shopify, open Orders, choose Export, and take all orders as a plain CSV file.",
)

CUSTOMERS = ExportShape(
    name="shopify_customers",
    title="Shopify's export of customers",
    table="customers",
    signature=("First Name", "Last Name", "Email", "Total Spent", "Total Orders", "Tax Exempt"),
    fields={
        "id": {"heading": "Email", "as": "e-mail"},
        "name": {"of": ["First Name", "Last Name"]},
    },
    incomplete="leave out",
    source="github.com/tramyardg/magento2ShopifyCSV, src/customers/header.js, read 2026-11-27",
    how_to="In Shopify, open Customers, choose Export, and take all customers as a plain CSV file.",
)
