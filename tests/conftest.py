"""Measures made at random, without a portfolio behind them."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from klantkompas import Compass, Customer, Measure, Measures, Tally
from klantkompas.domain.fields import Content, columns_of
from klantkompas.lenses.scorecard import DEFAULT as FACTORS
from klantkompas.portfolio import MeasureColumn
from klantkompas.portfolio.measures import DECLARED as DECLARED_OF_A_COLUMN

AS_OF = date(2026, 6, 30)
DECLARED = Compass(installed=False).declarations.measures
TALLIES = tuple(each.name for each in DECLARED if isinstance(each, Tally))
MEASURES = {each.name: each for each in DECLARED if isinstance(each, Measure)}
BASIS = tuple(name for name, each in MEASURES.items() if each.basis_unit)
RATES = tuple(factor.measure_name for factor in FACTORS if factor.measure_name in BASIS)
UNKNOWN = {Content.NUMBER: np.nan, Content.MOMENT: np.datetime64("NaT", "D"), Content.FLAG: False}


def measures_of(
    values: dict[str, Any],
    bases: dict[str, Any] | None = None,
    *,
    ids: list[str] | None = None,
    as_of: date = AS_OF,
    record: dict[str, Any] | None = None,
) -> Measures:
    """Make measures of the given columns; what is left out is unknown, and everyone is active."""
    count = len(next(iter(values.values())))
    ids = ids or [str(number) for number in range(100, 100 + count)]
    nothing = np.full(count, np.nan)
    columns = dict.fromkeys(MEASURES, nothing)
    columns |= {"active": np.ones(count), "departed": np.zeros(count)}
    columns |= {name: np.asarray(each, dtype=np.float64) for name, each in values.items()}
    lies_behind = {name: np.where(np.isnan(columns[name]), np.nan, 10.0) for name in BASIS}
    lies_behind |= {n: np.asarray(each, dtype=np.float64) for n, each in (bases or {}).items()}
    # The longer look sees the same as the period, and everyone ordered enough to be judged.
    for name, each in MEASURES.items():
        if each.longer is not None and each.longer.name not in values:
            columns[each.longer.name] = columns[name]
            if name in lies_behind:
                lies_behind[each.longer.name] = lies_behind[name]
    for name in ("order_count_in_24_months", "invoices_due_in_24_months"):
        if name not in values:
            columns[name] = np.where(np.isnan(columns[name]), 10.0, columns[name])
    own: dict[str, Any] = {
        column.name: np.full(count, UNKNOWN.get(column.content)) for column in columns_of(Customer)
    }
    own |= {
        "kind": np.full(count, "business", dtype=np.object_),
        "stage": np.full(count, "customer", dtype=np.object_),
    }
    return Measures(
        ids=np.array(ids, dtype=np.object_),
        as_of=as_of,
        months=6,
        record=own | (record or {}),
        columns={
            name: MeasureColumn(
                values=each,
                basis=lies_behind.get(name),
                **{what: getattr(MEASURES[name], what) for what in DECLARED_OF_A_COLUMN},
            )
            for name, each in columns.items()
        },
        tallies={name: {} for name in TALLIES} | {"credits_given": {("credit note",): 1}},
    )


def _column(low: float, high: float, count: int) -> st.SearchStrategy[list[float]]:
    cent = st.integers(round(low * 20), round(high * 20)).map(lambda number: number / 20)
    return st.lists(st.one_of(cent, cent, st.just(np.nan)), min_size=count, max_size=count)


@st.composite
def random_measures(draw: Any, *, known: bool = False) -> Measures:
    """Draw the measures of up to a dozen customers, with gaps unless everything is known."""
    count = draw(st.integers(1, 12))
    values = {name: draw(_column(0, 1, count)) for name in RATES}

    def each_one(strategy: st.SearchStrategy[Any]) -> Any:
        return draw(st.lists(strategy, min_size=count, max_size=count))

    values["order_days"] = each_one(st.integers(1, 5).map(float))
    values["revenue"] = each_one(st.integers(-2, 12).map(lambda number: 50.0 * number))
    values["order_count"] = [5.0] * count
    bases = {
        name: np.where(np.isnan(values[name]), np.nan, each_one(st.sampled_from([1.0, 2, 3, 8])))
        for name in RATES
    }
    if known:
        values = {name: [0.5 if np.isnan(v) else v for v in each] for name, each in values.items()}
        bases = {name: [4.0] * count for name in RATES}
    opted_out = each_one(st.sampled_from([False, False, False, True]))
    return measures_of(values, bases, record={"opted_out": np.array(opted_out, dtype=np.bool_)})


@pytest.fixture
def make_measures() -> Any:
    return measures_of


@pytest.fixture
def any_measures() -> Any:
    return random_measures
