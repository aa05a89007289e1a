"""Whatever is given: it works, or is refused in the words of this library."""

from __future__ import annotations

from datetime import UTC, date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from klantkompas.compass import Compass
from klantkompas.errors import KlantkompasError
from klantkompas.portfolio import Portfolio

COMPASS = Compass(installed=False)
DAY = date(2026, 1, 2)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.fractions(),
    st.complex_numbers(),
    st.text(max_size=3),
    st.binary(max_size=2),
    st.dates(),
    st.datetimes(timezones=st.none() | st.timezones()),
    st.timedeltas(),
    st.times(),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=1), st.integers(), max_size=1),
    st.just(np.datetime64("NaT", "D")),
    st.just(pd.NaT),
    st.just(pd.NA),
    st.just(Decimal("NaN")),
    st.builds(object),
)
LIKELY = {
    "customer": st.sampled_from(["a", "b", 1, 2.0, None]),
    "on": st.dates() | st.just(DAY),
    "due": st.dates(),
    "amount": st.floats(allow_nan=False, allow_infinity=False) | st.integers(),
    "score": st.integers(0, 10) | st.none(),
    "id": st.integers() | st.text(),
}
FIELDS = {
    "orders": ["customer", "on", "amount", "margin", "quantity", "clear", "reference"],
    "invoices": ["customer", "due", "amount", "issued", "paid"],
    "complaints": ["customer", "on", "justified", "resolved", "talked", "offer", "published"],
    "contacts": [
        "customer",
        "on",
        "channel",
        "minutes",
        "by_customer",
        "purpose",
        "rating",
        "tags",
    ],
    "responses": ["customer", "on", "score", "reason"],
    "departures": ["customer", "on", "stated_reason", "believed_reason"],
    "customers": ["id", "name", "kind", "stage", "group", "since", "extraversion", "opted_out"],
}


@st.composite
def junk_tables(draw: Any) -> dict[str, Any]:
    """Tables whose columns hold mostly what they should, with anything in some of them."""
    tables: dict[str, Any] = {}
    names = draw(st.lists(st.sampled_from(list(FIELDS)), min_size=1, max_size=2, unique=True))
    for table in names:
        rows = draw(st.integers(0, 3))
        columns: dict[str, Any] = {}
        for column in FIELDS[table]:
            likely = LIKELY.get(column, st.none())
            of = draw(st.sampled_from([likely, likely, likely, JUNK, st.one_of(likely, JUNK)]))
            columns[column] = draw(st.lists(of, min_size=rows, max_size=rows))
        tables[table] = columns
    return tables


def works_or_is_refused(tables: dict[str, Any]) -> None:
    try:
        reading = COMPASS.read(Portfolio.from_tables(**tables))
    except KlantkompasError:
        return
    assert str(reading)
    assert reading.to_frame("polars").height <= len(reading.measures)


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(tables=junk_tables())
@example(tables={"orders": {"customer": [2**70], "on": [DAY], "amount": [1.0]}})
@example(tables={"orders": {"customer": ["a"], "on": [DAY], "amount": [1e308]}})
def test_junk_in_mappings_works_or_is_refused(tables: dict[str, Any]) -> None:
    works_or_is_refused(tables)


@settings(max_examples=50, suppress_health_check=list(HealthCheck))
@given(tables=junk_tables())
def test_junk_in_pandas_works_or_is_refused(tables: dict[str, Any]) -> None:
    works_or_is_refused(
        {name: pd.DataFrame(columns, dtype=object) for name, columns in tables.items()}
    )


@settings(max_examples=50, suppress_health_check=list(HealthCheck))
@given(
    tables=st.dictionaries(
        st.sampled_from([*FIELDS, "nonsense"]),
        st.one_of(
            JUNK,
            st.dictionaries(
                st.sampled_from(["customer", "on", "amount", "id"]) | st.integers(),
                st.one_of(JUNK, st.lists(JUNK, max_size=2)),
                max_size=4,
            ),
        ),
        max_size=2,
    )
)
def test_junk_of_any_shape_works_or_is_refused(tables: dict[str, Any]) -> None:
    works_or_is_refused(tables)


EXTREME = {
    "customer": st.text(max_size=2) | st.integers(),
    "amount": st.floats(allow_nan=False, allow_infinity=False) | st.integers() | st.fractions(),
    "margin": st.floats(allow_infinity=False) | st.decimals(allow_nan=False, allow_infinity=False),
    "quantity": st.none() | st.integers(),
    "clear": st.none() | st.booleans() | st.sampled_from([0, 1, 0.0, 1.0]),
    "reference": st.none() | st.text(max_size=1) | st.integers(0, 2),
    "minutes": st.none() | st.floats(min_value=0, allow_infinity=False),
    "by_customer": st.booleans(),
    "purpose": st.sampled_from(["service", " Sales ", "", None, "aandacht"]),
    "score": st.none() | st.integers(0, 10) | st.sampled_from([3.0, Decimal(7)]),
    "due": st.dates(),
    "issued": st.none() | st.dates(),
    "paid": st.none() | st.dates(),
}
KINDS = {
    "orders": ["customer", "on", "amount", "margin", "quantity", "clear", "reference"],
    "invoices": ["customer", "due", "amount", "issued", "paid"],
    "contacts": ["customer", "on", "minutes", "by_customer", "purpose"],
    "responses": ["customer", "on", "score"],
    "departures": ["customer", "on"],
}


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_extremes_of_what_is_allowed_work_or_are_refused(data: st.DataObject) -> None:
    zone = data.draw(st.none() | st.just(UTC) | st.just(AMSTERDAM))
    moments = {"on": st.datetimes(timezones=st.just(zone)) | st.dates()}
    tables: dict[str, Any] = {}
    for kind, fields in KINDS.items():
        if data.draw(st.booleans(), label=kind):
            row = st.fixed_dictionaries({name: (EXTREME | moments)[name] for name in fields})
            rows = data.draw(st.lists(row, max_size=5))
            tables[kind] = {name: [row[name] for row in rows] for name in fields}
    works_or_is_refused(tables)
