"""Where there is nothing to tell, a reading says so; what means nothing is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from klantkompas.compass import Compass
from klantkompas.errors import ArgumentError, DataError, KlantkompasError
from klantkompas.hooks import Unanswered
from klantkompas.portfolio import Portfolio

COMPASS = Compass(installed=False)
DAY = date(2026, 1, 2)


def orders(**columns: Any) -> dict[str, Any]:
    return {"customer": ["a", "b", "c"], "on": [DAY] * 3, "amount": [1.0, 2.0, 3.0]} | columns


def refused(**tables: Any) -> DataError:
    with pytest.raises(DataError) as caught:
        Portfolio.from_tables(**tables)
    return caught.value


def place(error: DataError) -> tuple[str | None, str | None, int | None]:
    return error.table, error.column, error.row


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
    assert "is unknown: the active customers" in str(reading)
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
    with pytest.raises(KlantkompasError, match="sum of this column"):
        COMPASS.read(Portfolio.from_tables(orders=table))


@pytest.mark.parametrize("as_of", ["30-06-2026", 20260630, pd.NaT, np.datetime64("2026-06-30")])
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
    with pytest.raises(ArgumentError, match="not str"):
        COMPASS.read(portfolio, shortlist="17")
    assert reading.profile(17).id == "17"
    with pytest.raises(ArgumentError, match="parreto"):
        reading["parreto"]
