"""Square: transactions, one row for each payment or refund.

Headings read on 2026-11-27 in PratikeshG/BenNJerry,
src/test/java/vfcorp/smartwool/CsvExamples.java, and in other public code that reads the file which
the dashboard calls Transactions CSV. A refund is a row of its own with negative amounts.
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["TRANSACTIONS"]

TRANSACTIONS = ExportShape(
    name="square_transactions",
    title="Square's export of transactions, without tax and tips",
    table="orders",
    signature=(
        "Date",
        "Time",
        "Time Zone",
        "Gross Sales",
        "Net Sales",
        "Total Collected",
        "Transaction ID",
        "Customer ID",
    ),
    fields={
        "customer": "Customer ID",
        "on": {"date": "Date", "time": "Time"},
        "amount": "Net Sales",
        "reference": "Transaction ID",
    },
    source="github.com/PratikeshG/BenNJerry, src/test/java/vfcorp/smartwool/CsvExamples.java, read "
    "2026-11-27",
    how_to="In the Square dashboard, open Transactions, choose Export, and take Transactions CSV.",
)
