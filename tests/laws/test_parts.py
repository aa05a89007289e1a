"""Cut by customer, measured in parts and joined: the same to the last bit."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from klantkompas.compass import Compass
from klantkompas.portfolio import MeasureColumn, Measures, Portfolio
from klantkompas.portfolio.measures import DECLARED

COMPASS = Compass(installed=False)


def declared(column: MeasureColumn) -> list[object]:
    return [getattr(column, name) for name in DECLARED]


def same(one: Measures, other: Measures, *, tallies: bool = True) -> None:
    assert one.ids.tolist() == other.ids.tolist()
    assert list(one.columns) == list(other.columns)
    for name, column in one.columns.items():
        theirs = other.columns[name]
        assert column.values.tobytes() == theirs.values.tobytes(), name
        assert (column.basis is None) == (theirs.basis is None), name
        if column.basis is not None and theirs.basis is not None:
            assert column.basis.tobytes() == theirs.basis.tobytes(), name
        assert declared(column) == declared(theirs)
    for name, column in one.record.items():
        np.testing.assert_array_equal(column, other.record[name], err_msg=name)
    if tallies:
        assert one.tallies == other.tallies


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_portfolio_cut_by_customer_and_joined_is_whole(
    awkward_businesses: SearchStrategy[Any], data: st.DataObject
) -> None:
    business = data.draw(awkward_businesses)
    portfolio = Portfolio.from_tables(**business.mappings())
    whole = COMPASS.measure(portfolio, business.as_of)
    group = {each: data.draw(st.integers(0, 2), label=each) for each in portfolio.ids}
    first = [each for each in portfolio.ids if group[each] == 0]
    second = [each for each in portfolio.ids if group[each] == 1]
    parts = [portfolio.only(first), portfolio.only(second), portfolio.without(first + second)]
    measured = [COMPASS.measure(part, whole.as_of) for part in parts]
    same(Measures.join(measured), whole)
    same(Measures.join(measured[::-1]), whole)


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_date_is_measured_the_same_whatever_was_asked_before(
    awkward_businesses: SearchStrategy[Any], data: st.DataObject
) -> None:
    """From the second date on, a table's rows are sorted by day."""
    business = data.draw(awkward_businesses)
    tables = business.mappings()
    portfolio = Portfolio.from_tables(**tables)
    days = sorted({str(day) for t in portfolio.tables.values() for day in t.days} - {"NaT"})
    for day in data.draw(st.lists(st.sampled_from(days), max_size=4)) if days else ():
        asked_first = Portfolio.from_tables(**tables)
        same(COMPASS.measure(portfolio, day), COMPASS.measure(asked_first, day))


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_separate_exports_per_group_of_customers_join_to_the_whole(
    awkward_businesses: SearchStrategy[Any], data: st.DataObject
) -> None:
    business = data.draw(awkward_businesses)
    whole = COMPASS.measure(Portfolio.from_tables(**business.mappings()), business.as_of)
    chosen = {each for each in whole.ids if data.draw(st.booleans(), label=each)}

    def export(inside: bool) -> dict[str, Any]:
        cut = {}
        for table, columns in business.mappings().items():
            owners = columns["id" if table == "customers" else "customer"]
            cut[table] = {
                name: [
                    value
                    for value, owner in zip(values, owners, strict=True)
                    if (owner in chosen) is inside
                ]
                for name, values in columns.items()
            }
        return cut

    measured = [
        COMPASS.measure(Portfolio.from_tables(**export(inside)), whole.as_of)
        for inside in (True, False)
    ]
    same(Measures.join(measured), whole)
