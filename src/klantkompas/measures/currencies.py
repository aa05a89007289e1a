"""In which currency money is, by what the exports say."""

from __future__ import annotations

from klantkompas.hooks import tally
from klantkompas.portfolio import Measures, Period, TallyCounts

__all__ = ["currency_of"]


@tally(keys=["table", "currency"])
def currencies(period: Period) -> TallyCounts:
    """Rows of each table whose export says in which currency its money is.

    Returns:
        How many rows up to the reference date a table has, by the code of the currency that its
        column of currencies, or the signs beside its amounts, say; empty where they say nothing, or
        more than one.
    """
    found = {
        (name, *table.currencies): len(period.ever(name, lines=True))
        for name, table in period.portfolio.tables.items()
        if len(table.currencies) == 1
    }
    return {key: rows for key, rows in found.items() if rows}


def currency_of(measures: Measures) -> str | None:
    """Return the code of the currency that money is in; None where that is unknown, or several.

    Args:
        measures: what is known of each customer.
    """
    codes = {code for _, code in measures.tallies.get("currencies", {})}
    return codes.pop() if len(codes) == 1 else None
