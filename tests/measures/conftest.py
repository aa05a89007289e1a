"""One customer, a few rows, one measure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest

from klantkompas.compass import Compass
from klantkompas.portfolio import Measures, Portfolio

AS_OF = date(2026, 6, 30)
Row = Sequence[Any]


def table(heading: str, rows: Sequence[Row]) -> dict[str, list[Any]]:
    """A table from a heading such as "on amount" and a tuple for each row, all of customer a."""
    names = heading.split()
    columns = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    return {"customer": ["a"] * len(rows), **columns}


@pytest.fixture(scope="session")
def measure() -> Callable[..., Measures]:
    """Measure customer a by tables given as a heading and rows."""

    def measured(*, as_of: date = AS_OF, **tables: tuple[str, Sequence[Row]]) -> Measures:
        portfolio = Portfolio.from_tables(
            customers={"id": ["a"]},
            **{name: table(heading, rows) for name, (heading, rows) in tables.items()},
        )
        return Compass(installed=False).measure(portfolio, as_of)

    return measured


@pytest.fixture(scope="session")
def value(measure: Callable[..., Measures]) -> Callable[..., float | None]:
    """The value of one measure of customer a; None where unknown."""

    def valued(name: str, **given: Any) -> float | None:
        found = measure(**given)[name][0]
        return None if np.isnan(found) else float(found)

    return valued


@pytest.fixture(scope="session")
def basis(measure: Callable[..., Measures]) -> Callable[..., float]:
    """The basis of one measure of customer a."""
    return lambda name, **given: float(measure(**given).basis(name)[0])
