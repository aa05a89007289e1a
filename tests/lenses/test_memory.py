"""What is remembered: the peak, the end, the ending that repairs, and whom to surprise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas.compass import Compass, Reading
from klantkompas.errors import ArgumentError
from klantkompas.hooks import Unanswered
from klantkompas.lenses.memory import Memory, peak_and_end
from klantkompas.portfolio import Portfolio

LAST = date(2026, 6, 30)
COMPASS = Compass(installed=False)
ratings = st.lists(st.integers(0, 10), min_size=1, max_size=8)


def plain(values: Sequence[float]) -> tuple[float, float, float]:
    peak = values[0]
    for value in values[1:]:
        if abs(value - 5.5) >= abs(peak - 5.5):
            peak = value
    return peak, values[-1], (peak + values[-1]) / 2


def test_the_worked_example() -> None:
    left = peak_and_end([7, 7, 2, 8, 6])
    assert (left.peak, left.end, left.remembered, left.experienced) == (2, 6, 4, 6)
    assert (left.gap, left.moments) == (-2, 5)
    assert str(left) == "Remembered 4: peak 2, end 6; experienced 6 over 5 rated moments"


@given(ratings)
def test_peak_end_and_mean(values: list[int]) -> None:
    left = peak_and_end(values)
    assert (left.peak, left.end, left.remembered) == plain(values)
    assert left.experienced == pytest.approx(sum(values) / len(values))
    assert left.gap == left.remembered - left.experienced


@given(ratings, st.integers(0, 20))
def test_the_lowest_ending_that_repairs(values: list[int], halves: int) -> None:
    wanted = halves / 2
    enough = [end for end in range(11) if plain([*values, end])[2] >= wanted]
    assert peak_and_end(values).ending_that_repairs(wanted) == (enough[0] if enough else None)
    assert enough == [*range(11)][11 - len(enough) :], "any better ending repairs as well"


@pytest.mark.parametrize(
    ("values", "wanted", "ending"),
    [
        ([9, 3], 8, 7),
        ([9, 3], 9, 9),
        ([9, 3], 9.5, 10),
        ([0, 5], 5, 10),
        ([0, 5], 5.1, None),
        ([1], 10, 10),
        ([5], 0, 0),
    ],
)
def test_endings_by_hand(values: list[float], wanted: float, ending: float | None) -> None:
    assert peak_and_end(values).ending_that_repairs(wanted) == ending


def test_finer_endings_on_request() -> None:
    tenths = [each / 10 for each in range(101)]
    assert peak_and_end([3, 5]).ending_that_repairs(5.2, endings=tenths) == 7.4


def test_neutral_is_a_choice() -> None:
    assert peak_and_end([3, 8]).peak == 8
    assert peak_and_end([3, 8], neutral=6).peak == 3


def test_without_rated_moments_nothing_is_known() -> None:
    for nothing in ([], [None, None], [math.nan]):
        left = peak_and_end(nothing)
        assert left.moments == 0
        assert all(map(math.isnan, (left.peak, left.end, left.remembered, left.experienced)))
        assert left.ending_that_repairs(6) is None
        assert str(left) == "Remembered: unknown, as no moment is rated"
    assert peak_and_end([None, 7, None]).moments == 1


@pytest.mark.parametrize("wrong", [[11], [-1], ["8"], [True], [math.inf], [[1, 2], [3, 4]]])
def test_ratings_that_mean_nothing(wrong: Any) -> None:
    with pytest.raises(ArgumentError, match="ratings"):
        peak_and_end(wrong)


@pytest.mark.parametrize("wrong", [-1, 10.5, math.nan, True])
def test_levels_that_mean_nothing(wrong: Any) -> None:
    with pytest.raises(ArgumentError, match="wanted"):
        peak_and_end([5]).ending_that_repairs(wrong)


def reading(rows: dict[str, list[tuple[str, float | None, str | None]]], **given: Any) -> Reading:
    """A reading of customers a, b, ..., each A but for those with a number of orders."""
    contacts = [(owner, *row) for owner, each in rows.items() for row in each]
    orders = given.pop("orders", dict.fromkeys(rows, 3))
    owners = [owner for owner, count in orders.items() for _ in range(count)]
    days = [day for count in orders.values() for day in range(1, count + 1)]
    portfolio = Portfolio.from_tables(
        customers={"id": list(rows), "opted_out": [each == "o" for each in rows]},
        orders={
            "customer": owners,
            "on": [date(2026, 5, day) for day in days],
            "amount": [10.0] * len(owners),
        },
        contacts={
            "customer": [row[0] for row in contacts],
            "on": [LAST] * len(contacts),
            "rating": [row[2] for row in contacts],
            "purpose": [row[3] for row in contacts],
        },
        **given,
    )
    return COMPASS.read(portfolio, LAST)


def memory(read: Reading) -> Memory:
    found = read["memory"]
    assert isinstance(found, Memory)
    return found


@pytest.mark.parametrize(
    ("rating", "purpose", "surprise"),
    [
        (8.0, "sales", True),
        (8.9, None, True),
        (9.0, "sales", False),
        (10.0, None, False),
        (8.0, "courtesy", False),
        (None, "courtesy", False),
        (None, "sales", True),
        (None, None, False),
        (1.0, None, True),
    ],
)
def test_whom_to_surprise(rating: float | None, purpose: str | None, surprise: bool) -> None:
    read = reading({"a": [("", rating, purpose)], "z": [("", 9.0, "courtesy")]})
    assert read.classes.label("a") in ("A", "B")
    assert memory(read).to_surprise == (("a",) if surprise else ())
    assert (
        any("nor a courtesy contact" in line for line in memory(read).why("a").sentences())
        is surprise
    )


def test_customers_of_other_classes_are_not_surprised() -> None:
    read = reading({"a": [("", 7.0, "sales")], "b": [("", 7.0, "sales")]}, orders={"a": 3, "b": 1})
    assert read.classes.label("b") in ("C", "D") or read.classes.label("b") is None
    assert memory(read).to_surprise == ("a",)


def test_a_peak_far_below_neutral_is_no_high_peak() -> None:
    read = reading({"a": [("", 9.0, None), ("", 1.0, None)]})
    assert memory(read).peak.tolist() == [1]
    assert memory(read).to_surprise == ("a",)


def test_a_customer_without_any_contact_is_known_to_have_had_no_courtesy() -> None:
    read = reading({"a": [], "b": [("", 7.0, "sales")]})
    assert memory(read).to_surprise == ("a", "b")


def test_who_objects_is_told_nothing_of() -> None:
    read = reading({"a": [("", 7.0, "sales")], "o": [("", 7.0, "sales")]})
    found = memory(read)
    assert found.to_surprise == ("a",)
    assert found.of("o") is None
    assert found.why("o").sentences() == ("They object to profiling: they count in totals only.",)
    assert found.to_frame("polars")["id"].to_list() == ["a"]
    assert str(found).startswith("Memory: 2 of 2 customers")


def test_it_explains_itself() -> None:
    found = memory(reading({"a": [("", 2.0, None), ("", 7.0, None), ("", 4.0, None)]}))
    assert found.why("a", wanted=5).sentences() == (
        (
            "What they remember of 3 rated moments (contacts and survey answers) is 2: the peak "
            "was 2, the last 2; on average they experienced 4.33."
        ),
        "Ended on 8 or better, what they remember would be 5 or more.",
        "They are A and had neither a peak of 9 or 10 nor a courtesy contact.",
    )
    left = found.of("a")
    assert left is not None
    assert (left.peak, left.end) == (2, 2)
    with pytest.raises(ArgumentError, match="'99'"):
        found.why("99")


def test_an_ending_that_nothing_repairs_is_told() -> None:
    found = memory(reading({"a": [("", 0.0, None)]}))
    assert (
        "No next moment by itself would make what they remember 8 or more."
        in found.why("a", wanted=8).sentences()
    )
    one = "Eén contact of enquêteantwoord van de periode is beoordeeld, met een 0."
    assert found.why("a").sentences("nl")[0] == one


def test_unknown_is_said() -> None:
    found = memory(reading({"a": [("", None, "sales")]}))
    assert found.of("a") is None
    assert "unknown" in found.why("a").sentences()[0]
    assert str(found) == (
        "Memory: 0 of 1 customer have rated moments; A and B customers to surprise, without a peak "
        "of 9 or 10 or a courtesy contact: 1"
    )
    assert np.isnan(found.gap).all()


def test_without_ratings_and_purposes_it_cannot_be_told() -> None:
    orders = {"customer": ["a"], "on": [LAST], "amount": [1.0]}
    read = COMPASS.read(Portfolio.from_tables(orders=orders))
    assert isinstance(read["memory"], Unanswered)


def test_answers_alone_are_moments_too() -> None:
    orders = {
        "customer": ["a"] * 3,
        "on": [date(2026, 6, d) for d in (1, 2, 3)],
        "amount": [1.0] * 3,
    }
    responses = {"customer": ["a", "b"], "on": [LAST] * 2, "score": [8, 9]}
    read = COMPASS.read(Portfolio.from_tables(orders=orders, responses=responses))
    found = memory(read)
    assert found.to_surprise == ("a",)
    assert found.remembered.tolist() == [8, 9]
    assert str(found) == (
        "Memory: 2 of 2 customers have rated moments; on average remembered 8.5, experienced 8.5; "
        "A and B customers to surprise, without a peak of 9 or 10 or a courtesy contact: 1"
    )
