"""Who takes part in which task: a module, a class and what it is made with.

Only the process of a contender imports its module. Whatever is ours is named klantkompas.
"""

from __future__ import annotations

import importlib
from typing import Any, Protocol

from portfolio_job.answer import Answer
from portfolio_job.generate import AS_OF, MONTH_ENDS, Table

__all__ = ["OURS", "TASKS", "Contender", "contender"]

OURS = "klantkompas"


class Contender(Protocol):
    """A way to do a task."""

    def prepare(self, tables: dict[str, Table]) -> Any:
        """Bring the tables into the form that it takes; not timed."""

    def run(self, data: Any) -> Any:
        """Do the task; timed."""

    def answers(self, result: Any) -> list[Answer]:
        """Return what was found, for comparing; not timed."""


def _peers(**given: Any) -> dict[str, tuple[str, str, dict[str, Any]]]:
    return {
        "polars": ("polars_job", "PolarsJob", given),
        "polars, streaming": ("polars_job", "PolarsJob", given | {"engine": "streaming"}),
        "duckdb": ("duckdb_job", "DuckdbJob", given),
        "pandas": ("pandas_job", "PandasJob", given),
    }


TASKS: dict[str, dict[str, tuple[str, str, dict[str, Any]]]] = {
    "first reading": {
        "klantkompas, arrays": ("klantkompas_job", "FirstReading", {}),
        "klantkompas, polars frames": ("klantkompas_job", "FirstReading", {"frames": True}),
        **_peers(dates=(AS_OF,)),
    },
    "twelve month-ends": {
        "klantkompas": ("klantkompas_job", "ReadAgain", {"dates": MONTH_ENDS}),
        **_peers(dates=MONTH_ENDS),
    },
    "three other sets of factors": {"klantkompas": ("klantkompas_job", "OtherFactors", {})},
    "every measure and lens": {"klantkompas": ("klantkompas_job", "Everything", {})},
    "csv": {
        "klantkompas": ("ways_in", "OurFile", {"ending": "csv"}),
        "polars": ("ways_in", "PolarsFile", {"ending": "csv"}),
    },
    "parquet": {
        "klantkompas": ("ways_in", "OurFile", {"ending": "parquet"}),
        "polars": ("ways_in", "PolarsFile", {"ending": "parquet"}),
    },
    "frame": {
        "klantkompas": ("ways_in", "OurFrame", {}),
        "polars": ("ways_in", "PolarsFrame", {}),
    },
    "records": {"klantkompas": ("ways_in", "OurRecords", {})},
    "segments of orders": {
        "klantkompas, every lens": ("retail_job", "RetailReading", {}),
        "openretailscience, pandas": ("retail_job", "RetailSegments", {}),
        "openretailscience, Arrow": ("retail_job", "RetailSegments", {"arrow": True}),
    },
}


def contender(task: str, name: str) -> Contender:
    """Make a contender, and import what it needs."""
    module, kind, given = TASKS[task][name]
    made: Contender = getattr(importlib.import_module(f"portfolio_job.{module}"), kind)(**given)
    return made
