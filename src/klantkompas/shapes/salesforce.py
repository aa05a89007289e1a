"""Salesforce: a report of opportunities, of which those that were won count.

The labels of the standard fields were read on 2026-11-27 in public code that reads such reports,
found by "Opportunity Name,Account Name,". Who makes a report chooses its columns; the account's id
is better than its name, so it is taken where it is there.
"""

from __future__ import annotations

from attrs import evolve

from klantkompas.domain.export_shape import ExportShape

__all__ = ["OPPORTUNITIES", "OPPORTUNITIES_BY_ID"]

OPPORTUNITIES = ExportShape(
    name="salesforce_opportunities",
    title="a Salesforce report of opportunities, by the account's name",
    table="orders",
    signature=("Opportunity Name", "Account Name", "Stage", "Close Date", "Amount"),
    fields={"customer": "Account Name", "on": "Close Date", "amount": "Amount"},
    where={"Stage": ["Closed Won"]},
    source="public readers of such reports, read 2026-11-27",
    how_to="In Salesforce, make a report of opportunities with Account ID, Opportunity Name, "
    "Account Name, Stage, Close Date and Amount, and export its details only, as .csv or .xlsx.",
)

OPPORTUNITIES_BY_ID = evolve(
    OPPORTUNITIES,
    name="salesforce_opportunities_by_id",
    title="a Salesforce report of opportunities",
    signature=(*OPPORTUNITIES.signature, "Account ID"),
    fields={**OPPORTUNITIES.fields, "customer": "Account ID"},
)
