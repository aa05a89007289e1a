"""Bad input is refused with its place and the remedy, or the reading says what it cannot tell."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from klantkompas.compass import Compass
from klantkompas.domain.customers import Customer
from klantkompas.domain.interactions import Order, Response
from klantkompas.errors import ArgumentError, DataError, KlantkompasError
from klantkompas.hooks import Unanswered
from klantkompas.portfolio import Portfolio

COMPASS = Compass(installed=False)
DAY = date(2026, 1, 2)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FORMS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "mapping": lambda columns: columns,
    "pandas": pd.DataFrame,
    "polars": lambda columns: pl.DataFrame(columns, strict=False),
    "pyarrow": lambda columns: pl.DataFrame(columns, strict=False).to_arrow(),
}


def orders(**columns: Any) -> dict[str, Any]:
    return {"customer": ["a", "b", "c"], "on": [DAY] * 3, "amount": [1.0, 2.0, 3.0]} | columns


def responses(*scores: Any) -> dict[str, Any]:
    return {
        "customer": [str(place) for place in range(len(scores))],
        "on": [DAY] * len(scores),
        "score": list(scores),
    }


def refused(**tables: Any) -> DataError:
    with pytest.raises(DataError) as caught:
        Portfolio.from_tables(**tables)
    return caught.value


def place(error: DataError) -> tuple[str | None, str | None, int | None]:
    return error.table, error.column, error.row


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("column", ["customer", "on", "amount"])
def test_a_required_column_that_is_missing(form: str, column: str) -> None:
    columns = orders()
    columns["Somewhere else"] = columns.pop(column)
    error = refused(orders=FORMS[form](columns))
    assert place(error) == ("orders", column, None)
    assert "Somewhere else" in str(error)


@pytest.mark.parametrize("form", FORMS)
def test_a_heading_that_is_not_in_the_data(form: str) -> None:
    mapping = {"orders": {"amount": "Amuont"}}
    error = refused(orders=FORMS[form](orders(Amount=[1, 2, 3])), columns=mapping)
    assert place(error) == ("orders", "Amuont", None)
    assert "Did you mean 'Amount'?" in str(error)


def test_a_field_that_the_table_does_not_have() -> None:
    with pytest.raises(ArgumentError, match="Did you mean 'amount'"):
        Portfolio.from_tables(orders=orders(), columns={"orders": {"amuont": "amount"}})


def test_a_table_that_there_is_not() -> None:
    with pytest.raises(ArgumentError, match="Did you mean 'orders'"):
        Portfolio.from_tables(order=orders())
    with pytest.raises(ArgumentError, match="Did you mean 'orders'"):
        Portfolio.from_tables(orders=orders(), columns={"order": {}})


@pytest.mark.parametrize("form", ["mapping", "pandas"])
@pytest.mark.parametrize("bad", ["12,50", "twelve", DAY, True, "", b"1"])
def test_what_is_no_number(form: str, bad: object) -> None:
    error = refused(orders=FORMS[form](orders(amount=[1.0, bad, 3.0])))
    assert place(error) == ("orders", "amount", 2)
    assert error.value == bad


def test_a_column_of_text_where_numbers_belong() -> None:
    for form in FORMS.values():
        error = refused(orders=form(orders(amount=["1,00", "2,00", "3,00"])))
        assert place(error) == ("orders", "amount", 1)
        assert error.value == "1,00"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("bad", [math.inf, -math.inf])
def test_an_infinite_amount(form: str, bad: float) -> None:
    error = refused(orders=FORMS[form](orders(amount=[1.0, 2.0, bad])))
    assert place(error) == ("orders", "amount", 3)
    assert error.value == bad


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("nothing", [None, math.nan])
def test_an_amount_that_is_missing(form: str, nothing: float | None) -> None:
    error = refused(orders=FORMS[form](orders(amount=[1.0, nothing, 3.0])))
    assert place(error) == ("orders", "amount", 2)


@pytest.mark.parametrize("form", FORMS)
def test_a_date_that_is_missing(form: str) -> None:
    error = refused(orders=FORMS[form](orders(on=[DAY, None, DAY])))
    assert place(error) == ("orders", "on", 2)


@pytest.mark.parametrize(
    "days",
    [
        pd.to_datetime([DAY, None, DAY]),
        np.array([DAY, None, DAY], dtype="datetime64[us]"),
        [pd.Timestamp(DAY), pd.NaT, pd.Timestamp(DAY)],
        [np.datetime64(DAY), np.datetime64("NaT"), np.datetime64(DAY)],
    ],
    ids=["pandas index", "numpy", "list of pandas", "list of numpy"],
)
def test_a_moment_that_is_no_moment(days: Any) -> None:
    assert place(refused(orders=orders(on=days))) == ("orders", "on", 2)
    invoices = {"customer": ["a"] * 3, "due": [DAY] * 3, "amount": [1.0] * 3, "paid": days}
    portfolio = Portfolio.from_tables(invoices=invoices)
    assert np.isnat(portfolio.tables["invoices"].columns["paid"]).tolist() == [False, True, False]


@pytest.mark.parametrize("bad", ["2026-01-02", 20260102, 46024.0, "yesterday"])
def test_what_is_no_date(bad: object) -> None:
    error = refused(orders=orders(on=[DAY, DAY, bad]))
    assert place(error) == ("orders", "on", 3)
    assert error.value == bad


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("bad", [11, -1, 7.5])
def test_a_score_that_is_none(form: str, bad: float) -> None:
    error = refused(responses=FORMS[form](responses(8.0, 9.0, float(bad), float(bad))))
    assert place(error) == ("responses", "score", 3)
    assert error.value == bad
    assert "2" in str(error).partition("whole number")[2]


def test_a_score_on_the_other_scale() -> None:
    with pytest.raises(DataError) as caught:
        Portfolio.from_tables(responses=responses(8, 0), score_scale=(1, 10))
    assert place(caught.value) == ("responses", "score", 2)
    assert "score_scale=(0, 10) would fit" in str(caught.value)
    assert len(Portfolio.from_tables(responses=responses(8, 0))) == 2


@pytest.mark.parametrize("scale", [(0, 5), (1, 5), (10, 0), 5, None, "0-10"])
def test_a_scale_that_there_is_not(scale: Any) -> None:
    with pytest.raises(ArgumentError, match="score_scale"):
        Portfolio.from_tables(responses=responses(3), score_scale=scale)


def test_a_customer_that_stands_in_two_rows() -> None:
    for form in FORMS.values():
        error = refused(customers=form({"id": ["a", "b", "a"], "name": ["x", "y", "z"]}))
        assert place(error) == ("customers", "id", 3)
        assert error.value == "a"
    error = refused(customers={"id": [17, 18, 17]})
    assert (place(error), error.value) == (("customers", "id", 3), "17")


@pytest.mark.parametrize("nothing", [None, "", math.nan])
def test_a_customer_without_id(nothing: Any) -> None:
    error = refused(customers=pd.DataFrame({"id": ["a", nothing]}))
    assert place(error) == ("customers", "id", 2)


@pytest.mark.parametrize("bad", [1.5, True, b"a", DAY, ("a",)])
def test_what_is_no_id(bad: object) -> None:
    error = refused(orders=orders(customer=["a", bad, "b"]))
    assert place(error) == ("orders", "customer", 2)
    assert error.value == bad


def test_whole_numbers_too_large_for_the_machine_are_still_ids() -> None:
    large = [2**63 + 5, 2**64 - 1, 2**63 + 6]
    for customers in (large, np.array(large, dtype=np.uint64), pl.Series(large, dtype=pl.UInt64)):
        found = Portfolio.from_tables(orders=orders(customer=customers))
        assert found.ids.tolist() == sorted(map(str, large))
    huge = [2**70, 1, 2]
    found = Portfolio.from_tables(orders=orders(customer=huge))
    assert found.ids.tolist() == ["1", "2", str(2**70)]


def test_large_whole_ids_with_gaps_stay_themselves() -> None:
    frame = pl.DataFrame(orders(customer=[2**60 + 1, None, 7]))
    assert Portfolio.from_tables(orders=frame).ids.tolist() == ["7", str(2**60 + 1)]


def test_a_whole_number_too_large_for_the_machine_is_still_an_amount() -> None:
    portfolio = Portfolio.from_tables(orders=orders(amount=[10**30, 1, 2]))
    assert portfolio.tables["orders"].columns["amount"][0] == 1e30


def test_a_product_that_is_no_finite_number() -> None:
    table = orders(quantity=[1.0, 1e200, 1.0], price=[1.0, 1e200, 1.0])
    error = refused(orders=table, columns={"orders": {"amount": ("quantity", "price")}})
    assert (error.table, error.row) == ("orders", 2)


def test_masked_values_are_unknown() -> None:
    margin = np.ma.array([1.0, 99.0, 3.0], mask=[False, True, False])
    portfolio = Portfolio.from_tables(orders=orders(margin=margin))
    assert np.isnan(COMPASS.measure(portfolio)["margin"]).tolist() == [False, True, False]


@pytest.mark.parametrize(
    "column",
    [5, np.array(5.0), np.array([[1.0], [2.0], [3.0]]), "abc", [[1.0], [2.0], [3.0]], None, {}],
    ids=["number", "no dimension", "two dimensions", "text", "lists", "nothing", "empty mapping"],
)
def test_what_is_no_column(column: object) -> None:
    error = refused(orders=orders(amount=column))
    assert error.table == "orders"


def test_columns_of_different_length() -> None:
    assert refused(orders=orders(amount=[1.0])).table == "orders"


@pytest.mark.parametrize("table", [5, "orders.csv", [1, 2], [{"customer": "a"}], DAY, b""])
def test_what_is_no_table(table: object) -> None:
    assert refused(orders=table).table == "orders"


@pytest.mark.parametrize("series", [pd.Series([1.0]), pl.Series([1.0]), pa.array([1.0])])
def test_a_column_is_no_table(series: Any) -> None:
    assert refused(orders=series).table == "orders"


def test_headings_that_are_no_text() -> None:
    assert refused(orders={0: ["a"], "x": [DAY]}).table == "orders"
    assert refused(orders=pd.DataFrame({0: ["a"], "x": [DAY]})).table == "orders"
    assert refused(orders=pd.DataFrame([["a", DAY, 1.0]])).table == "orders"
    numbered = pd.DataFrame(orders()).assign(x=1).rename(columns={"x": 7})
    assert len(Portfolio.from_tables(orders=numbered)) == 3


def test_a_heading_of_two_columns() -> None:
    frame = pd.DataFrame([["a", "b", DAY, 1.0]], columns=["customer", "customer", "on", "amount"])
    assert place(refused(orders=frame))[:2] == ("orders", "customer")


@pytest.mark.parametrize(
    "mapping", [5, {"orders": 5}, {"orders": {"amount": 5}}, {"orders": {5: "x"}}]
)
def test_a_mapping_of_columns_that_means_nothing(mapping: Any) -> None:
    with pytest.raises(ArgumentError, match="columns"):
        Portfolio.from_tables(orders=orders(), columns=mapping)


def test_columns_that_no_table_needs_may_hold_anything() -> None:
    odd = [{"x": 1}, {"x": 2}, {"x": 3}]
    frames = [
        pd.DataFrame(orders(extra=odd)),
        pl.DataFrame(orders(extra=odd)),
        pa.table(orders(extra=odd)),
        orders(extra=odd),
    ]
    for frame in frames:
        assert len(Portfolio.from_tables(orders=frame)) == 3


def test_tags_may_be_lists_in_any_frame() -> None:
    contacts = {"customer": ["a", "b"], "on": [DAY] * 2, "tags": [["x", "y"], ["z"]]}
    for form in FORMS.values():
        portfolio = Portfolio.from_tables(contacts=form(contacts))
        assert portfolio.tables["contacts"].columns["tags"].tolist() == [("x", "y"), ("z",)]


def test_mixed_time_zones_in_a_column() -> None:
    utc, dutch = datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=AMSTERDAM)
    error = refused(orders=orders(on=[utc, utc, dutch]))
    assert place(error) == ("orders", "on", 3)
    error = refused(orders=pd.DataFrame(orders(on=[utc, dutch, dutch]), dtype=object))
    assert place(error) == ("orders", "on", 2)


def test_partly_missing_time_zones() -> None:
    error = refused(orders=orders(on=[datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 2), DAY]))
    assert place(error) == ("orders", "on", 2)


def test_time_zones_that_differ_between_tables() -> None:
    departures = {"customer": ["a"], "on": [datetime(2026, 1, 2, tzinfo=AMSTERDAM)]}
    error = refused(orders=orders(on=[datetime(2026, 1, 2, tzinfo=UTC)] * 3), departures=departures)
    assert place(error)[:2] == ("departures", "on")
    assert "orders" in str(error)
    error = refused(orders=orders(on=[datetime(2026, 1, 2)] * 3), departures=departures)
    assert place(error)[:2] == ("departures", "on")


def test_a_time_zone_of_ones_own_stands_beside_plain_dates() -> None:
    import dateutil.tz

    zones = [
        timezone(timedelta(hours=1), "shop"),
        timezone(timedelta(hours=-3, minutes=-30)),
        dateutil.tz.gettz("Europe/Amsterdam"),
    ]
    for zone in zones:
        moments = [datetime(2026, 1, 2, 0, 30, tzinfo=zone)] * 3
        departures = {"customer": ["a"], "on": [DAY]}
        portfolio = Portfolio.from_tables(orders=orders(on=moments), departures=departures)
        assert COMPASS.measure(portfolio)["active"].tolist() == [1, 1, 1]


def test_arrays_keep_the_time_zone_that_they_have() -> None:
    moment = datetime(2026, 1, 2, 0, 30, tzinfo=AMSTERDAM)
    series = pl.Series([moment] * 3)
    columns = [[moment] * 3, series, pd.Series([moment] * 3), series.to_arrow()]
    for column in columns:
        portfolio = Portfolio.from_tables(orders=orders(on=column))
        days = portfolio.tables["orders"].columns["on"]
        assert days.astype(str).tolist() == ["2026-01-02"] * 3


@pytest.mark.parametrize("year", [1, 9999, 12000, -5])
def test_moments_far_away(year: int) -> None:
    day = np.datetime64(year - 1970, "Y").astype("datetime64[D]")
    try:
        portfolio = Portfolio.from_tables(orders=orders(on=np.repeat(day, 3)))
        measures = COMPASS.measure(portfolio)
    except KlantkompasError:
        return
    assert measures.as_of.year == year


def test_the_first_day_of_all_in_a_time_zone() -> None:
    moments = [datetime(1, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=2)))] * 3
    try:
        portfolio = Portfolio.from_tables(
            orders=orders(on=moments), departures={"customer": ["a"], "on": [date(1, 1, 1)]}
        )
        COMPASS.measure(portfolio)
    except KlantkompasError:
        return


def test_records_of_no_kind() -> None:
    with pytest.raises(DataError, match="Customer"):
        Portfolio.from_records([Customer(id="a")])
    with pytest.raises(DataError, match="not a Customer") as caught:
        Portfolio.from_records([], [Order(customer="a", on=DAY, amount=1.0)])  # type: ignore[list-item]
    assert caught.value.table == "customers"
    bad: Any = "1,00"
    with pytest.raises(DataError) as caught:
        Portfolio.from_records(
            [Response(on=DAY, score=3), *(Order(customer="a", on=DAY, amount=a) for a in (1, bad))]
        )
    assert place(caught.value) == ("orders", "amount", 2)
    assert caught.value.value == bad


def test_no_half_built_portfolio_and_no_changed_data() -> None:
    amounts = np.array([1.0, 2.0, 3.0])
    table = orders(amount=amounts)
    portfolio = Portfolio.from_tables(orders=table)
    assert amounts.flags.writeable
    amounts[0] = 99.0
    assert portfolio.tables["orders"].columns["amount"].tolist() == [1.0, 2.0, 3.0]
    with pytest.raises(ValueError, match="read-only"):
        portfolio.tables["orders"].columns["amount"][0] = 5.0


def test_nothing_at_all() -> None:
    for portfolio in (
        Portfolio.from_tables(),
        Portfolio.from_records([]),
        Portfolio.from_tables(orders={"customer": [], "on": [], "amount": []}),
        Portfolio.from_tables(orders=pl.DataFrame({"customer": [], "on": [], "amount": []})),
        Portfolio.from_tables(orders=pd.DataFrame({"customer": [], "on": [], "amount": []})),
    ):
        assert len(portfolio) == 0
        with pytest.raises(ArgumentError, match="as_of"):
            COMPASS.read(portfolio)
        reading = COMPASS.read(portfolio, DAY)
        assert isinstance(reading.pareto, Unanswered)
        assert set(reading.classes.counts().values()) == {0}
        assert reading.nps.answers == 0
        assert "0 customers" in str(reading)
        assert reading.to_frame("polars").height == 0


def test_no_columns_at_all() -> None:
    for frame in (pd.DataFrame(), pl.DataFrame(), {}, pa.table({})):
        assert place(refused(orders=frame)) == ("orders", "customer", None)


def test_customers_without_anything_done() -> None:
    reading = COMPASS.read(Portfolio.from_tables(customers={"id": ["a", "b"]}), DAY)
    assert np.isnan(reading.measures["active"]).all()
    assert reading.classes.labels.tolist() == [None, None]
    assert "unknown" in reading.classes.why("a").because
    assert isinstance(reading.pareto, Unanswered)


def test_nobody_is_active() -> None:
    reading = COMPASS.read(Portfolio.from_tables(orders=orders()), date(2027, 1, 2))
    assert not reading.measures["active"].any()
    assert reading.classes.labels.tolist() == [None] * 3
    assert isinstance(reading.pareto, Unanswered)
    assert "not active" in reading.classes.why("a").because
    assert "It cannot be told" in str(reading)
    assert reading.to_frame("pandas").shape[0] == 3


def test_all_revenue_is_zero() -> None:
    table = {"customer": ["a", "a"], "on": [DAY, date(2026, 1, 3)], "amount": [5.0, -5.0]}
    reading = COMPASS.read(Portfolio.from_tables(orders=table))
    assert reading.measures["revenue"].tolist() == [0.0]
    assert reading.measures["active"].tolist() == [1.0]
    assert isinstance(reading.pareto, Unanswered)
    assert "no revenue" in reading.pareto.because
    assert reading.classes.label("a") == "D"
    assert str(reading.profile("a"))


def test_credit_notes_alone_make_nobody_active() -> None:
    table = orders(amount=[-1.0, 0.0, -3.0])
    reading = COMPASS.read(Portfolio.from_tables(orders=table))
    assert reading.measures["active"].tolist() == [0, 0, 0]
    assert isinstance(reading.pareto, Unanswered)


def test_revenue_beyond_the_largest_number() -> None:
    table = orders(customer=["a", "a", "b"], amount=[1.5e308, 1.5e308, 1.0])
    with pytest.raises(KlantkompasError, match="revenue"):
        COMPASS.read(Portfolio.from_tables(orders=table))


@pytest.mark.parametrize("as_of", ["2026-06-30", 20260630, pd.NaT, np.datetime64("2026-06-30")])
def test_a_reference_date_that_is_none(as_of: Any) -> None:
    with pytest.raises(ArgumentError, match="as_of"):
        COMPASS.measure(Portfolio.from_tables(orders=orders()), as_of)


@pytest.mark.parametrize("months", [0, -1, 1.5, "6", True, None])
def test_a_period_that_is_none(months: Any) -> None:
    with pytest.raises(ArgumentError, match="months"):
        Compass(installed=False, months=months)


def test_customers_that_there_are_not() -> None:
    portfolio = Portfolio.from_tables(orders=orders(customer=["17", "18", "0017"]))
    reading = COMPASS.read(portfolio)
    for ask in (reading.profile, reading.classes.why, reading.classes.label):
        with pytest.raises(ArgumentError, match="'99'"):
            ask("99")
    for cut in (portfolio.only, portfolio.without):
        with pytest.raises(ArgumentError, match="'99'"):
            cut(["17", "99"])
    with pytest.raises(ArgumentError, match="'99'"):
        COMPASS.read(portfolio, shortlist=["17", "99"])
    with pytest.raises(ArgumentError, match="not one text"):
        COMPASS.read(portfolio, shortlist="17")
    assert reading.profile(17).id == "17"
    with pytest.raises(ArgumentError, match="parreto"):
        reading["parreto"]


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
    st.just(np.datetime64("NaT")),
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
    "customers": ["id", "name", "kind", "stage", "group", "since", "extraversion", "objects"],
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


@settings(max_examples=250, suppress_health_check=list(HealthCheck))
@given(tables=junk_tables())
@example(tables={"orders": {"customer": [2**70], "on": [DAY], "amount": [1.0]}})
@example(tables={"orders": {"customer": ["a"], "on": [DAY], "amount": [1e308]}})
def test_junk_in_mappings_works_or_is_refused(tables: dict[str, Any]) -> None:
    works_or_is_refused(tables)


@settings(max_examples=80, suppress_health_check=list(HealthCheck))
@given(tables=junk_tables())
def test_junk_in_pandas_works_or_is_refused(tables: dict[str, Any]) -> None:
    works_or_is_refused(
        {name: pd.DataFrame(columns, dtype=object) for name, columns in tables.items()}
    )


@settings(max_examples=80, suppress_health_check=list(HealthCheck))
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


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
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
