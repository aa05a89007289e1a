"""All customers with all their interactions, the period that measures see, and the measures."""

from __future__ import annotations

from klantkompas.portfolio.measures import MeasureColumn, Measures, longer_look
from klantkompas.portfolio.months import month_numbers, months_before
from klantkompas.portfolio.period import Period, cached, cached_ever
from klantkompas.portfolio.portfolio import Portfolio
from klantkompas.portfolio.reference import as_day, reference_date
from klantkompas.portfolio.rows import Rows, in_time
from klantkompas.portfolio.table import Table
from klantkompas.portfolio.tallies import TallyCounts, tally_of

__all__ = [
    "MeasureColumn",
    "Measures",
    "Period",
    "Portfolio",
    "Rows",
    "Table",
    "TallyCounts",
    "as_day",
    "cached",
    "cached_ever",
    "in_time",
    "longer_look",
    "month_numbers",
    "months_before",
    "reference_date",
    "tally_of",
]
