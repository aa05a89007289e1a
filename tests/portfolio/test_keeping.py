"""What measures keep alive: never the tables that they were made of."""

from __future__ import annotations

import gc
import weakref
from datetime import date

import numpy as np
import polars as pl
from attrs import evolve

from klantkompas import Compass, Portfolio
from klantkompas._arrays import Lazy
from klantkompas.wording.notes import DataNote

COMPASS = Compass(installed=False)


def orders() -> pl.DataFrame:
    days = [date(2026, 1, 5), date(2026, 1, 5), date(2026, 2, 5)]
    return pl.DataFrame({"customer": ["a", "a", "b"], "on": days, "amount": [9.0, 9.0, 5.0]})


def test_measures_outlive_the_tables_and_still_have_their_notes() -> None:
    portfolio = Portfolio.from_tables(orders=orders())
    measures = COMPASS.measure(portfolio)
    reading = COMPASS.read(measures)
    tables = [weakref.ref(table) for table in portfolio.tables.values()]
    columns = [weakref.ref(c) for t in portfolio.tables.values() for c in t.columns.values()]
    del portfolio
    gc.collect()
    assert [table() for table in tables] == [None]
    assert all(column() is None for column in columns)
    assert [(note.table, note.count) for note in measures.notes] == [("orders", 1)]
    assert reading.measures.customer_ids is measures.customer_ids


def test_notes_asked_for_first_are_those_asked_for_afterwards() -> None:
    portfolio = Portfolio.from_tables(orders=orders())
    measures, later = COMPASS.measure(portfolio), COMPASS.measure(portfolio)
    before = measures.notes
    del portfolio
    assert later.notes == before == measures.notes


def test_notes_are_not_looked_for_when_nobody_is_left_to_ask() -> None:
    asked = list[bool]()

    def look() -> tuple[DataNote, ...]:
        asked.append(True)
        return ()

    portfolio = evolve(Portfolio.from_tables(orders=orders()), noted=Lazy(look))
    measures = COMPASS.measure(portfolio)
    assert np.isfinite(measures["revenue"]).all()
    del measures, portfolio
    gc.collect()
    assert asked == []
