"""All customers with all their interactions, the period that measures see, and the measures."""

from __future__ import annotations

from klantkompas.portfolio.measures import Measures, TallyCounts, place_of
from klantkompas.portfolio.months import months_before
from klantkompas.portfolio.period import Period
from klantkompas.portfolio.portfolio import Portfolio
from klantkompas.portfolio.rows import Rows
from klantkompas.portfolio.table import Table

__all__ = [
    "Measures",
    "Period",
    "Portfolio",
    "Rows",
    "Table",
    "TallyCounts",
    "months_before",
    "place_of",
]
