"""The same data in any form give the same reading, and no order of rows changes it."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from klantkompas.compass import Compass, Reading
from klantkompas.domain.customers import Customer
from klantkompas.domain.interactions import BUILT_IN_KINDS
from klantkompas.portfolio import MeasureColumn, Measures, Portfolio
from klantkompas.portfolio.measures import DECLARED

COMPASS = Compass(installed=False)


def declared(column: MeasureColumn) -> list[object]:
    return [getattr(column, name) for name in DECLARED]


def same_measures(one: Measures, other: Measures) -> None:
    """Check that two tables of measures are equal to the last bit."""
    assert one.ids.tolist() == other.ids.tolist()
    assert (one.as_of, one.months, one.score_scale) == (
        other.as_of,
        other.months,
        other.score_scale,
    )
    assert list(one.columns) == list(other.columns)
    for name, column in one.columns.items():
        theirs = other.columns[name]
        assert column.values.tobytes() == theirs.values.tobytes(), name
        assert (column.basis is None) == (theirs.basis is None), name
        if column.basis is not None and theirs.basis is not None:
            assert column.basis.tobytes() == theirs.basis.tobytes(), name
        assert declared(column) == declared(theirs)
    assert one.tallies == other.tallies
    assert one.record.keys() == other.record.keys()
    for name, column in one.record.items():
        np.testing.assert_array_equal(column, other.record[name], err_msg=name)


def same_reading(one: Reading, other: Reading) -> None:
    """Check that two readings say the same."""
    same_measures(one.measures, other.measures)
    assert one.to_frame("polars").equals(other.to_frame("polars"))
    assert one.classes.labels.tolist() == other.classes.labels.tolist()
    assert str(one) == str(other)
    assert one.notes == other.notes


def polars_frame(business: Any, table: str) -> Any:
    """A table with the type of every column given, as a database would have it."""
    import polars as pl

    words = {"customer", "id", "reference", "purpose", "text", "stated_reason"}
    words |= {"kind", "stage", "group", "name"}
    flags = {"clear", "by_customer", "opted_out"}
    days = {"due", "issued", "paid", "resolved", "since"}
    columns = business.mapping(table)

    def type_of(name: str) -> Any:
        if name == "on":
            clocked = any(isinstance(each, datetime) for each in columns[name])
            return pl.Datetime("us") if clocked else pl.Date
        if name in words:
            return pl.String
        return pl.Boolean if name in flags else pl.Date if name in days else pl.Float64

    return pl.DataFrame(columns, schema={name: type_of(name) for name in columns})


def pandas_of_objects(business: Any, table: str) -> Any:
    import pandas as pd

    return pd.DataFrame(business.mapping(table))


def pandas_typed(business: Any, table: str) -> Any:
    return polars_frame(business, table).to_pandas()


def pyarrow_table(business: Any, table: str) -> Any:
    return polars_frame(business, table).to_arrow()


def duckdb_relation(business: Any, table: str) -> Any:
    import duckdb

    return duckdb.connect().from_arrow(pyarrow_table(business, table))


class ArrowStream:
    """Anything that has nothing but the Arrow stream protocol."""

    def __init__(self, table: Any) -> None:
        self.table = table

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self.table.__arrow_c_stream__(requested_schema)


def arrow_stream(business: Any, table: str) -> Any:
    return ArrowStream(pyarrow_table(business, table))


def record_batch_reader(business: Any, table: str) -> Any:
    return pyarrow_table(business, table).to_reader()


def numpy_arrays(business: Any, table: str) -> Any:
    return {
        name: polars_frame(business, table)[name].to_numpy() for name in business.columns[table]
    }


WAYS: dict[str, Callable[[Any, str], Any]] = {
    "pandas of objects": pandas_of_objects,
    "pandas": pandas_typed,
    "polars": polars_frame,
    "polars lazy": lambda business, table: polars_frame(business, table).lazy(),
    "pyarrow": pyarrow_table,
    "duckdb": duckdb_relation,
    "arrow stream": arrow_stream,
    "record batch reader": record_batch_reader,
    "numpy": numpy_arrays,
}


def read(business: Any, tables: dict[str, Any]) -> Reading:
    return COMPASS.read(Portfolio.from_tables(**tables), business.as_of)


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_form_of_the_data_gives_the_same_reading(
    way: str, businesses: SearchStrategy[Any], data: st.DataObject
) -> None:
    business = data.draw(businesses)
    mappings = business.mappings()
    same_reading(
        read(business, {table: WAYS[way](business, table) for table in mappings}),
        read(business, mappings),
    )


def records(business: Any, table: str, record: type) -> list[object]:
    return [record(**row) for row in business.tables.get(table, [])]


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_records_in_any_order_give_the_same_reading(
    whole_businesses: SearchStrategy[Any], data: st.DataObject
) -> None:
    business = data.draw(whole_businesses)
    interactions = [
        each for kind in BUILT_IN_KINDS for each in records(business, kind.name, kind.record)
    ]
    customers = [Customer(**row) for row in business.customers]
    shuffle = data.draw(st.randoms(use_true_random=False))
    given_tables = dict(business.mappings())
    for table, columns in business.mappings().items():
        fields = [
            each.name for kind in BUILT_IN_KINDS if kind.name == table for each in kind.columns
        ]
        length = len(next(iter(columns.values())))
        absent = {name: [None] * length for name in fields if name not in columns}
        given_tables[table] = {**columns, **absent}
    expected = read(business, given_tables)
    shuffle.shuffle(interactions)
    shuffle.shuffle(customers)
    found = COMPASS.read(Portfolio.from_records(interactions, customers), business.as_of)
    same_measures(found.measures, expected.measures)
    assert str(found) == str(expected)


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_order_of_rows_and_columns_does_not_matter(
    businesses: SearchStrategy[Any], data: st.DataObject
) -> None:
    business = data.draw(businesses)
    shuffle: random.Random = data.draw(st.randoms(use_true_random=False))

    def shuffled(columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
        names = list(columns)
        rows = list(zip(*columns.values(), strict=True))
        shuffle.shuffle(rows)
        turned = {name: [row[at] for row in rows] for at, name in enumerate(names)}
        shuffle.shuffle(names)
        return {name: turned[name] for name in names}

    mappings = business.mappings()
    names = list(mappings)
    shuffle.shuffle(names)
    same_reading(
        read(business, {name: shuffled(mappings[name]) for name in names}),
        read(business, mappings),
    )


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_comes_after_the_reference_date_has_not_happened(
    businesses: SearchStrategy[Any], data: st.DataObject
) -> None:
    business = data.draw(businesses)
    as_of = business.as_of or date(2026, 3, 31)

    def happened(table: str, row: dict[str, Any]) -> bool:
        present = business.columns[table]
        moment = row.get("on") or (row["issued"] if "issued" in present else None) or row["due"]
        return (moment.date() if isinstance(moment, datetime) else moment) <= as_of

    def not_yet(row: dict[str, Any]) -> dict[str, Any]:
        later = [step for step in ("paid", "resolved") if row.get(step) and row[step] > as_of]
        return {**row, **dict.fromkeys(later)}

    every = COMPASS.measure(Portfolio.from_tables(**business.mappings()), as_of)
    ids = set(every.ids)
    mappings = {
        table: {
            name: [not_yet(row)[name] for row in rows if happened(table, row)]
            for name in business.columns[table]
        }
        for table, rows in business.tables.items()
    }
    if business.customers is not None:
        mappings["customers"] = business.mapping("customers")
    before = COMPASS.measure(Portfolio.from_tables(**mappings), as_of)
    places = [every.place(each) for each in before.ids]
    for name in every.columns:
        assert every[name][places].tobytes() == before[name].tobytes(), name
    assert every.tallies == before.tallies
    new = [every.place(each) for each in ids - set(before.ids)]
    assert not np.any(every["active"][new] == 1)
