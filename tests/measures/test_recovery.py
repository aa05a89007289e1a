"""How far complaints have been made good, on made-up and on real complaints."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from klantkompas.compass import Compass
from klantkompas.portfolio import Portfolio

Value = Callable[..., float | None]
BEFORE, FIRST, LAST, AFTER = (
    date(2025, 12, 30),
    date(2025, 12, 31),
    date(2026, 6, 30),
    date(2026, 7, 1),
)
STEPS = {
    "untalked_complaints": "talked",
    "unoffered_complaints": "offer",
    "unpublished_complaints": "published",
}


@pytest.mark.parametrize(
    ("on", "resolved", "count"),
    [
        (BEFORE, None, 1),
        (BEFORE, BEFORE, 0),
        (BEFORE, AFTER, 1),
        (FIRST, FIRST, 1),
        (LAST, LAST, 1),
        (AFTER, None, 0),
    ],
)
def test_open_complaints_and_those_of_the_period_count(
    on: date, resolved: date | None, count: float, value: Value
) -> None:
    assert value("recovery_complaints", complaints=("on resolved", [(on, resolved)])) == count


def test_where_nobody_says_what_was_resolved_those_of_the_period_count(value: Value) -> None:
    assert value("recovery_complaints", complaints=("on", [(BEFORE,), (FIRST,)])) == 1
    assert value("recovery_complaints", complaints=("on", [])) == 0
    assert value("recovery_complaints") is None


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_open_for_each_complaint_without_it(name: str, value: Value) -> None:
    step = STEPS[name]
    taken: Any = "repair" if step == "offer" else LAST
    for rows, count in (([None], 1), ([taken], 0), ([taken, None, None], 2), ([], 0)):
        complaints = (f"on {step}", [(LAST, each) for each in rows])
        assert value(name, complaints=complaints) == count
    assert value(name, complaints=("on", [(LAST,)])) is None
    assert value(name) is None


SINCE = {"talked": "days_since_talk", "published": "days_since_publication"}


@pytest.mark.parametrize("step", ["talked", "published"])
def test_when_a_step_was_last_taken(step: str, value: Value) -> None:
    for dates, days in (([LAST], 0), ([FIRST, date(2026, 6, 29)], 1), ([None], None), ([], None)):
        complaints = (f"on {step}", [(FIRST, each) for each in dates])
        assert value(SINCE[step], complaints=complaints) == days


@pytest.mark.parametrize(("name", "step"), [("untalked", "talked"), ("unpublished", "published")])
def test_a_step_after_the_date_has_not_been_taken(name: str, step: str, value: Value) -> None:
    complaints = (f"on {step}", [(FIRST, AFTER)])
    assert value(f"{name}_complaints", complaints=complaints) == 1
    assert value(SINCE[step], complaints=complaints) is None


def test_dutch_complaints_in_latin_1(shared_data: Path) -> None:
    path = shared_data / "BPI2016_Complaints.csv"
    columns = {"complaints": {"customer": "CustomerID", "on": "ContactDate"}}
    portfolio = Portfolio.from_files(complaints=str(path), columns=columns)
    measures = Compass(installed=False).measure(portfolio)
    with path.open(encoding="latin-1", newline="") as file:
        rows = [*csv.DictReader(file, delimiter=";")]
    assert len(rows) == 289
    assert measures.as_of == date(2016, 2, 28)
    late = Counter(row["CustomerID"] for row in rows if row["ContactDate"] > "2015-08-28")
    found = measures["recovery_complaints"]
    assert {
        each: int(count) for each, count in zip(measures.ids, found, strict=True) if count
    } == late
    assert len(measures) == 226
    assert sum(late.values()) == found.sum()
    for name in (*STEPS, "open_complaints", "complaint_rate", "days_since_talk"):
        assert np.isnan(measures[name]).all()
    assert np.isnan(measures["complaints_before_answer"]).all()
