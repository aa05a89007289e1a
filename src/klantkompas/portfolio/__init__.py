"""All customers with all their interactions, the period that measures see, and the measures."""

from __future__ import annotations

from klantkompas.portfolio.measures import Measures
from klantkompas.portfolio.months import months_before
from klantkompas.portfolio.period import Period, cached
from klantkompas.portfolio.portfolio import Portfolio
from klantkompas.portfolio.rows import Rows, in_time
from klantkompas.portfolio.table import Table
from klantkompas.portfolio.tallies import TallyCounts, tally_of

__all__ = [
    "Measures",
    "Period",
    "Portfolio",
    "Rows",
    "Table",
    "TallyCounts",
    "cached",
    "in_time",
    "months_before",
    "tally_of",
]
