"""The reference date, and what is said of one that is far from what happened."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from klantkompas import Compass, Portfolio
from klantkompas.errors import ArgumentError
from klantkompas.portfolio import reference_date

LAST = date(2026, 1, 31)
DAYS = np.array([LAST, date(2026, 1, 2)], dtype="datetime64[D]")


@pytest.mark.parametrize(("days_after", "noted"), [(-40, 0), (0, 0), (31, 0), (32, 1), (3650, 1)])
def test_a_date_far_after_the_last_gets_a_note(days_after: int, noted: int) -> None:
    as_of = LAST + timedelta(days=days_after)
    found, notes = reference_date(DAYS, as_of)
    assert found == as_of
    assert len(notes) == noted
    for note in notes:
        assert (note.count, note.day) == (days_after, "2026-01-31")


def test_without_any_date_a_given_one_gets_no_note() -> None:
    assert reference_date(np.array(["NaT"], dtype="datetime64[D]"), LAST) == (LAST, ())


@pytest.mark.parametrize("year", [1, 999])
def test_a_year_before_1000_is_not_a_date_to_read_at(year: int) -> None:
    with pytest.raises(ArgumentError, match="from the year 1000 on"):
        reference_date(DAYS, date(year, 1, 1))


def test_the_first_year_is_1000() -> None:
    assert reference_date(DAYS, date(1000, 1, 1)) == (date(1000, 1, 1), ())


def test_a_reading_says_it() -> None:
    orders = {"customer": ["a"], "on": np.array([LAST], "datetime64[D]"), "amount": [1.0]}
    reading = Compass(installed=False).read(Portfolio.from_tables(orders=orders), date(2035, 1, 1))
    said = "".join(map(str, reading.notes))
    assert "as of 3,257 days after the last date, 31 January 2026" in said
