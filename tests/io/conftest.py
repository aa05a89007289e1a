"""Tables to hand in, in every form, and what is said of those that are refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import polars as pl
import pytest

from klantkompas.errors import DataError
from klantkompas.portfolio import Portfolio

FORMS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "mapping": lambda columns: columns,
    "pandas": pd.DataFrame,
    "polars": lambda columns: pl.DataFrame(columns, strict=False),
    "pyarrow": lambda columns: pl.DataFrame(columns, strict=False).to_arrow(),
}


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> Callable[[dict[str, Any]], Any]:
    """Make a table of columns, in each of the forms that it may have."""
    return FORMS[request.param]


@pytest.fixture(scope="session")
def orders() -> Callable[..., dict[str, Any]]:
    """Return three orders, with other columns where these are given."""

    def columns(**others: Any) -> dict[str, Any]:
        on = [date(2026, 1, 2)] * 3
        return {"customer": ["a", "b", "c"], "on": on, "amount": [1.0, 2.0, 3.0]} | others

    return columns


@pytest.fixture(scope="session")
def refused() -> Callable[..., DataError]:
    """Hand in tables that are refused, and give the error."""

    def error(**tables: Any) -> DataError:
        with pytest.raises(DataError) as caught:
            Portfolio.from_tables(**tables)
        return caught.value

    return error


@pytest.fixture(scope="session")
def place() -> Callable[[DataError], tuple[str | None, str | None, int | None]]:
    """Return where an error says that it is."""
    return lambda error: (error.table, error.column, error.row)
