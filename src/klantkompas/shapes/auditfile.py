"""XML Auditfile Financieel 3.2 and 4.0, from any Dutch bookkeeping package.

The elements were read on 2026-11-27 in the Belastingdienst's schemas, XmlAuditfileFinancieel3.2.xsd
and 4.0.xsd, as the package pyxaf 0.2.0 on PyPI carries them.
"""

from __future__ import annotations

from klantkompas.domain.export_shape import ExportShape

__all__ = ["CUSTOMERS", "INVOICES", "ORDERS"]

SOURCE = "XmlAuditfileFinancieel3.2.xsd and 4.0.xsd, in pyxaf 0.2.0 on PyPI, read 2026-11-27"
HOW_TO = "In your bookkeeping package, export the year as XML Auditfile Financieel."

CUSTOMERS = ExportShape(
    name="auditfile_customers",
    title="the customers of an auditfile",
    table="customers",
    signature=("custSupID", "custSupName"),
    fields={"id": "custSupID", "name": "custSupName"},
    source=SOURCE,
    how_to=HOW_TO,
)

ORDERS = ExportShape(
    name="auditfile_orders",
    title="the revenue in an auditfile's sales journals",
    table="orders",
    signature=("custSupID", "invRef", "trDt", "amnt", "accID"),
    fields={"customer": "custSupID", "on": "trDt", "amount": "amnt", "reference": "invRef"},
    incomplete="leave out",
    source=SOURCE,
    how_to=HOW_TO,
)

INVOICES = ExportShape(
    name="auditfile_invoices",
    title="the invoices in an auditfile's sales journals",
    table="invoices",
    signature=("custSupID", "invRef", "invDt", "invDueDt", "invAmnt", "paidDt"),
    fields={
        "customer": "custSupID",
        "issued": "invDt",
        "due": "invDueDt",
        "paid": "paidDt",
        "amount": "invAmnt",
        "open": "openAmnt",
        "reference": "invRef",
    },
    incomplete="leave out",
    source=SOURCE,
    how_to=HOW_TO,
)
