"""Measures made at random, without a portfolio behind them."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from klantkompas import Measures

AS_OF = date(2026, 6, 30)
NAMES = (
    "active",
    "revenue",
    "order_count",
    "order_days",
    "clear_share",
    "complaint_rate",
    "on_time_share",
    "settled_at_once_share",
    "margin_share",
    "credited_share",
    "first_order_days",
    "last_score",
    "departed",
    "recency_days",
    "margin",
    "attention_minutes",
)
BASIS = {
    "clear_share": "orders",
    "complaint_rate": "orders",
    "on_time_share": "invoices",
    "settled_at_once_share": "orders",
    "margin_share": "money",
    "credited_share": "orders",
}
COUNTED = frozenset({"clear_share", "on_time_share", "settled_at_once_share"})


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
    columns = dict.fromkeys(NAMES, nothing)
    columns |= {"active": np.ones(count), "departed": np.zeros(count)}
    columns |= {name: np.asarray(each, dtype=np.float64) for name, each in values.items()}
    lies_behind = {name: np.where(np.isnan(columns[name]), np.nan, 10.0) for name in BASIS}
    lies_behind |= {n: np.asarray(each, dtype=np.float64) for n, each in (bases or {}).items()}
    own: dict[str, Any] = {
        "name": np.full(count, None),
        "kind": np.full(count, "business", dtype=np.object_),
        "stage": np.full(count, "customer", dtype=np.object_),
        "group": np.full(count, None),
        "objects": np.zeros(count, dtype=np.bool_),
        "since": np.full(count, np.datetime64("NaT"), dtype="datetime64[D]"),
    }
    return Measures(
        ids=np.array(ids, dtype=np.object_),
        as_of=as_of,
        months=6,
        record=own | (record or {}),
        values=columns,
        bases=lies_behind,
        units={name: "share" if "share" in name else "number" for name in columns},
        basis_units=BASIS,
        tallies={"answers": {}, "answers_by_month": {}},
        counted=COUNTED,
    )


def _column(low: float, high: float, count: int) -> st.SearchStrategy[list[float]]:
    cent = st.integers(round(low * 20), round(high * 20)).map(lambda number: number / 20)
    return st.lists(st.one_of(cent, cent, st.just(np.nan)), min_size=count, max_size=count)


@st.composite
def random_measures(draw: Any, *, known: bool = False) -> Measures:
    """Draw the measures of up to a dozen customers, with gaps unless everything is known."""
    count = draw(st.integers(1, 12))
    values = {name: draw(_column(0, 1, count)) for name in BASIS}

    def each_one(strategy: st.SearchStrategy[Any]) -> Any:
        return draw(st.lists(strategy, min_size=count, max_size=count))

    values["order_days"] = each_one(st.integers(1, 5).map(float))
    values["revenue"] = each_one(st.integers(-2, 12).map(lambda number: 50.0 * number))
    values["order_count"] = [5.0] * count
    bases = {
        name: np.where(np.isnan(values[name]), np.nan, each_one(st.sampled_from([1.0, 2, 3, 8])))
        for name in BASIS
    }
    if known:
        values = {name: [0.5 if np.isnan(v) else v for v in each] for name, each in values.items()}
        bases = {name: [4.0] * count for name in BASIS}
    objects = each_one(st.sampled_from([False, False, False, True]))
    return measures_of(values, bases, record={"objects": np.array(objects, dtype=np.bool_)})


@pytest.fixture
def make_measures() -> Any:
    return measures_of


@pytest.fixture
def any_measures() -> Any:
    return random_measures
