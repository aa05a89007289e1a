"""Columns and tables of odd shapes, very large numbers, far moments, and time zones."""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import permutations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from klantkompas.compass import Compass
from klantkompas.errors import ArgumentError, DataError, KlantkompasError
from klantkompas.portfolio import Portfolio

COMPASS = Compass(installed=False)
DAY = date(2026, 1, 2)
Make = Callable[..., Any]
Refuse = Callable[..., DataError]
Place = Callable[[DataError], tuple[str | None, str | None, int | None]]
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def test_whole_numbers_too_large_for_the_machine_are_still_ids(orders: Make) -> None:
    large = [2**63 + 5, 2**64 - 1, 2**63 + 6]
    for customers in (large, np.array(large, dtype=np.uint64), pl.Series(large, dtype=pl.UInt64)):
        found = Portfolio.from_tables(orders=orders(customer=customers))
        assert found.ids.tolist() == sorted(map(str, large), key=lambda each: (len(each), each))
    huge = [2**70, 1, 2]
    found = Portfolio.from_tables(orders=orders(customer=huge))
    assert found.ids.tolist() == ["1", "2", str(2**70)]


def test_large_whole_ids_with_gaps_stay_themselves(orders: Make) -> None:
    frame = pl.DataFrame(orders(customer=[2**60 + 1, None, 7]))
    assert Portfolio.from_tables(orders=frame).ids.tolist() == ["7", str(2**60 + 1)]


def test_a_whole_number_too_large_for_the_machine_is_still_an_amount(orders: Make) -> None:
    portfolio = Portfolio.from_tables(orders=orders(amount=[10**30, 1, 2]))
    assert portfolio.tables["orders"].columns["amount"][0] == 1e30


def test_a_product_that_is_no_finite_number(orders: Make, refused: Refuse) -> None:
    table = orders(quantity=[1.0, 1e200, 1.0], price=[1.0, 1e200, 1.0])
    error = refused(orders=table, columns={"orders": {"amount": ("quantity", "price")}})
    assert (error.table, error.row) == ("orders", 2)


def test_masked_values_are_unknown(orders: Make) -> None:
    margin = np.ma.array([1.0, 99.0, 3.0], mask=[False, True, False])
    portfolio = Portfolio.from_tables(orders=orders(margin=margin))
    assert np.isnan(COMPASS.measure(portfolio)["margin"]).tolist() == [False, True, False]


@pytest.mark.parametrize(
    "column",
    [5, np.array(5.0), np.array([[1.0], [2.0], [3.0]]), "abc", [[1.0], [2.0], [3.0]], None, {}],
    ids=["number", "no dimension", "two dimensions", "text", "lists", "nothing", "empty mapping"],
)
def test_what_is_no_column(column: object, orders: Make, refused: Refuse) -> None:
    error = refused(orders=orders(amount=column))
    assert error.table == "orders"


def test_columns_of_different_length(orders: Make, refused: Refuse) -> None:
    assert refused(orders=orders(amount=[1.0])).table == "orders"


@pytest.mark.parametrize("table", [5, "orders.csv", [1, 2], [{"customer": "a"}], DAY, b""])
def test_what_is_no_table(table: object, refused: Refuse) -> None:
    assert refused(orders=table).table == "orders"


@pytest.mark.parametrize("series", [pd.Series([1.0]), pl.Series([1.0]), pa.array([1.0])])
def test_a_column_is_no_table(series: Any, refused: Refuse) -> None:
    assert refused(orders=series).table == "orders"


def test_headings_that_are_no_text(orders: Make, refused: Refuse) -> None:
    assert refused(orders={0: ["a"], "x": [DAY]}).table == "orders"
    assert refused(orders=pd.DataFrame({0: ["a"], "x": [DAY]})).table == "orders"
    assert refused(orders=pd.DataFrame([["a", DAY, 1.0]])).table == "orders"
    numbered = pd.DataFrame(orders()).assign(x=1).rename(columns={"x": 7})
    assert len(Portfolio.from_tables(orders=numbered)) == 3


def test_a_heading_of_two_columns(refused: Refuse, place: Place) -> None:
    frame = pd.DataFrame([["a", "b", DAY, 1.0]], columns=["customer", "customer", "on", "amount"])
    assert place(refused(orders=frame))[:2] == ("orders", "customer")


@pytest.mark.parametrize(
    "mapping", [5, {"orders": 5}, {"orders": {"amount": 5}}, {"orders": {5: "x"}}]
)
def test_a_mapping_of_columns_that_means_nothing(mapping: Any, orders: Make) -> None:
    with pytest.raises(ArgumentError, match="columns"):
        Portfolio.from_tables(orders=orders(), columns=mapping)


def test_columns_that_no_table_needs_may_hold_anything(orders: Make) -> None:
    odd = [{"x": 1}, {"x": 2}, {"x": 3}]
    frames = [
        pd.DataFrame(orders(extra=odd)),
        pl.DataFrame(orders(extra=odd)),
        pa.table(orders(extra=odd)),
        orders(extra=odd),
    ]
    for frame in frames:
        assert len(Portfolio.from_tables(orders=frame)) == 3


def test_tags_may_be_lists_in_any_frame(form: Make) -> None:
    contacts = {"customer": ["a", "b"], "on": [DAY] * 2, "tags": [["x", "y"], ["z"]]}
    portfolio = Portfolio.from_tables(contacts=form(contacts))
    assert portfolio.tables["contacts"].columns["tags"].tolist() == [("x", "y"), ("z",)]


def test_mixed_time_zones_in_a_column(orders: Make, refused: Refuse, place: Place) -> None:
    utc, dutch = datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=AMSTERDAM)
    error = refused(orders=orders(on=[utc, utc, dutch]))
    assert place(error) == ("orders", "on", 3)
    error = refused(orders=pd.DataFrame(orders(on=[utc, dutch, dutch]), dtype=object))
    assert place(error) == ("orders", "on", 2)


def test_partly_missing_time_zones(orders: Make, refused: Refuse, place: Place) -> None:
    error = refused(orders=orders(on=[datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 2), DAY]))
    assert place(error) == ("orders", "on", 2)


def test_time_zones_that_differ_between_tables(orders: Make) -> None:
    """A moment is ordered by instant, unless the customer has clock times without a zone."""
    clocks = [datetime(2026, 1, 2, 10), datetime(2026, 1, 2, 9, 30)]
    aware = [clocks[0].replace(tzinfo=AMSTERDAM), clocks[1].replace(tzinfo=AMSTERDAM)]
    departures = {"customer": ["a", "b"], "on": aware}
    contacts = {"customer": ["a", "b"], "on": [clocks[1].replace(tzinfo=UTC)] * 2}
    by_instant = Portfolio.from_tables(departures=departures, contacts=contacts)
    times = {name: table.times["on"] for name, table in by_instant.tables.items()}
    assert (times["departures"] < times["contacts"]).tolist() == [True, True]
    plain = {"customer": ["b"], "on": [datetime(2026, 1, 1)]}
    mixed = Portfolio.from_tables(departures=departures, contacts=contacts, complaints=plain)
    times = {name: table.times["on"] for name, table in mixed.tables.items()}
    assert times["departures"].tolist() == [datetime(2026, 1, 2, 9), clocks[1]]
    assert times["contacts"].tolist() == [clocks[1], clocks[1]]
    assert times["complaints"].tolist() == [datetime(2026, 1, 1)]
    dates = Portfolio.from_tables(
        departures={"customer": ["b"], "on": [DAY]}, contacts=contacts, complaints=plain
    )
    assert dates.tables["departures"].times["on"].tolist() == [datetime.combine(DAY, time())]


def test_a_time_zone_of_ones_own_stands_beside_plain_dates(orders: Make) -> None:
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


def test_arrays_keep_the_time_zone_that_they_have(orders: Make) -> None:
    moment = datetime(2026, 1, 2, 0, 30, tzinfo=AMSTERDAM)
    series = pl.Series([moment] * 3)
    columns = [[moment] * 3, series, pd.Series([moment] * 3), series.to_arrow()]
    for column in columns:
        portfolio = Portfolio.from_tables(orders=orders(on=column))
        days = portfolio.tables["orders"].columns["on"]
        assert days.astype(str).tolist() == ["2026-01-02"] * 3


@pytest.mark.parametrize("year", [1, 9999, 12000, -5])
def test_moments_far_away(year: int, orders: Make) -> None:
    day = np.datetime64(year - 1970, "Y").astype("datetime64[D]")
    try:
        portfolio = Portfolio.from_tables(orders=orders(on=np.repeat(day, 3)))
        measures = COMPASS.measure(portfolio)
    except KlantkompasError:
        return
    assert measures.as_of.year == year


def test_the_first_day_of_all_in_a_time_zone(orders: Make) -> None:
    moments = [datetime(1, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=2)))] * 3
    try:
        portfolio = Portfolio.from_tables(
            orders=orders(on=moments), departures={"customer": ["a"], "on": [date(1, 1, 1)]}
        )
        COMPASS.measure(portfolio)
    except KlantkompasError:
        return


@pytest.mark.parametrize("order", list(permutations(("customer", "on", "amount"))))
@pytest.mark.parametrize("form", ["polars", "pandas", "parquet", "json", "sqlite"])
def test_whole_numbers_beside_dates_as_text_are_read_in_any_order(
    order: tuple[str, ...], form: str, tmp_path: Path
) -> None:
    cells = {
        "customer": [1, 2],
        "on": ["2026-01-05", "2026-01-06"],
        "amount": [5.0, 6.0],
    }
    frame = pl.DataFrame({name: cells[name] for name in order})
    if form in ("polars", "pandas"):
        given = frame if form == "polars" else frame.to_pandas()
        portfolio = Portfolio.from_tables(orders=given, parse=True)
    else:
        portfolio = Portfolio.from_files(orders=written(frame, form, tmp_path))
    assert portfolio.ids.tolist() == ["1", "2"]
    assert str(portfolio.last_day) == "2026-01-06"


def written(frame: pl.DataFrame, form: str, folder: Path) -> str:
    """Write a table of orders, and return what names it."""
    path = folder / f"shop.{form if form != 'sqlite' else 'db'}"
    if form == "parquet":
        frame.write_parquet(path)
    elif form == "json":
        frame.write_json(path)
    else:
        with closing(sqlite3.connect(path)) as database, database:
            named = ", ".join(f'"{name}"' for name in frame.columns)
            database.execute(f"CREATE TABLE orders ({named})")
            database.executemany("INSERT INTO orders VALUES (?, ?, ?)", frame.rows())
        return f"{path}::orders"
    return str(path)


def test_text_in_a_data_frame_names_the_argument_that_reads_it() -> None:
    frame = pl.DataFrame({"customer": [1], "on": ["2026-01-05"], "amount": [5.0]})
    with pytest.raises(DataError, match="with parse=True"):
        Portfolio.from_tables(orders=frame)
    assert len(Portfolio.from_tables(orders=frame, parse=True)) == 1


def test_a_library_that_polars_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacks(*_: object, **__: object) -> None:
        raise ImportError("pyarrow is required")

    monkeypatch.setattr(pl, "from_pandas", lacks)
    frame = pd.DataFrame({"customer": ["1"], "on": ["2026-01-05"], "amount": [5.0]})
    with pytest.raises(DataError, match=r"pip install pyarrow") as caught:
        Portfolio.from_tables(orders=frame, parse=True)
    assert "one type" not in str(caught.value)


@pytest.mark.parametrize("known", [{}, {"gegrond": True}])
def test_what_is_said_of_a_word_for_unknown_can_be_followed(
    known: dict[str, bool], tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "customer,on,oordeel\n1,2025-01-13,ja\n2,2025-01-14,Onbekend\n3,2025-01-15,gegrond\n"
        if known
        else "customer,on,oordeel\n1,2025-01-13,ja\n2,2025-01-14,Onbekend\n"
    )
    source = {"heading": "oordeel", "words": known} if known else "oordeel"
    columns = {"complaints": {"justified": source}}
    with pytest.raises(DataError, match=r"justified = .*words = ") as caught:
        Portfolio.from_files(complaints=path, columns=columns)
    line = "justified = " + caught.value.remedy.partition("justified = ")[2]
    followed = {"complaints": tomllib.loads(line)}
    portfolio = Portfolio.from_files(complaints=path, columns=followed)
    assert len(portfolio) == (3 if known else 2)
