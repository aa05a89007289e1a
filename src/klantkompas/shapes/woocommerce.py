"""WooCommerce: orders by its Import Export Suite, by its Analytics, and by Advanced Order Export.

Headings read on 2026-11-27: of the suite in
woocommerce.com/document/import-and-export-of-woocommerce-orders/; of Analytics in
woocommerce/woocommerce, plugins/woocommerce/src/Admin/API/Reports/Orders/Controller.php (an older
version of which calls the net amount "N. Revenue"); of Advanced Order Export by AlgolPlus in
tanhitma/tanhit_com, wp-content/plugins/woo-order-export-lite,
classes/class-wc-order-export-data-extractor.php, and "Order Refund Amount" in public code that
writes the same columns.

Analytics has a refund as a row of its own with a negative amount, and names customers only.
"""

from __future__ import annotations

from attrs import evolve

from klantkompas.domain.export_shape import ExportShape

__all__ = ["ADVANCED", "ADVANCED_REFUNDS", "ANALYTICS", "ANALYTICS_BEFORE", "ORDERS"]

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

ANALYTICS = ExportShape(
    name="woocommerce_analytics",
    title="the orders of WooCommerce Analytics, by the customer's name",
    table="orders",
    signature=("Date", "Order #", "Status", "Customer", "Customer type", "Items sold", "Net Sales"),
    fields={
        "customer": "Customer",
        "on": "Date",
        "amount": "Net Sales",
        "reference": "Order #",
    },
    where={"Status": ["completed", "processing", "refunded"]},
    source="github.com/woocommerce/woocommerce, "
    "plugins/woocommerce/src/Admin/API/Reports/Orders/Controller.php, read 2026-11-27",
    how_to="In WordPress, open Analytics, Orders, and choose Download.",
)

ANALYTICS_BEFORE = evolve(
    ANALYTICS,
    name="woocommerce_analytics_before",
    signature=(*ANALYTICS.signature[:-1], "N. Revenue"),
    fields={**ANALYTICS.fields, "amount": "N. Revenue"},
)

ADVANCED = ExportShape(
    name="woocommerce_advanced",
    title="an Advanced Order Export of WooCommerce, without refunds",
    table="orders",
    signature=(
        "Order Number",
        "Order Status",
        "Order Date",
        "Email (Billing)",
        "Order Total Amount",
        "Order Total Tax Amount",
    ),
    fields={
        "customer": {"heading": "Email (Billing)", "as": "e-mail"},
        "on": "Order Date",
        "amount": {"of": ["Order Total Amount"], "less": ["Order Total Tax Amount"]},
        "reference": "Order Number",
    },
    once="Order Number",
    where={"Order Status": ["completed", "processing"]},
    source="github.com/tanhitma/tanhit_com, wp-content/plugins/woo-order-export-lite, "
    "classes/class-wc-order-export-data-extractor.php, read 2026-11-27",
    how_to="In WordPress, open WooCommerce, Export Orders, keep the columns that are proposed, and "
    "add Order Total Tax Amount and Order Refund Amount.",
)

ADVANCED_REFUNDS = evolve(
    ADVANCED,
    name="woocommerce_advanced_refunds",
    title="an Advanced Order Export of WooCommerce",
    signature=(*ADVANCED.signature, "Order Refund Amount"),
    fields={
        **ADVANCED.fields,
        "refunded": {"heading": "Order Refund Amount", "gross": "Order Total Amount"},
    },
    where={"Order Status": ["completed", "processing", "refunded"]},
)
