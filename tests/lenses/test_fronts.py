"""Ranking on several factors at once: the definition written out, and other people's programs."""

from __future__ import annotations

import math
import sys

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paretoset import paretorank

from klantkompas.errors import ArgumentError, MissingExtraError
from klantkompas.lenses.fronts import dominated_by, non_dominated_ranks


@st.composite
def tables(draw: st.DrawFn) -> np.ndarray:
    """Draw customers with few distinct values, so that many are equal somewhere."""
    factors = draw(st.integers(1, 5))
    value = draw(
        st.sampled_from(
            [
                st.integers(-2, 2).map(float),
                st.sampled_from([-1e300, -5e-324, -0.0, 0.0, 5e-324, 0.1 + 0.2, 0.3, 1e300]),
                st.floats(allow_nan=False, allow_infinity=False),
            ]
        )
    )
    rows = draw(st.lists(st.lists(value, min_size=factors, max_size=factors), max_size=25))
    return np.array(rows, dtype=np.float64).reshape(len(rows), factors)


def dominates(one: np.ndarray, other: np.ndarray) -> bool:
    return bool((one >= other).all() and (one > other).any())


def ranks_by_definition(values: np.ndarray) -> list[int]:
    ranks = [0] * len(values)
    rank = 0
    while 0 in ranks:
        rank += 1
        left = [at for at, given_rank in enumerate(ranks) if not given_rank]
        for at in [a for a in left if not any(dominates(values[b], values[a]) for b in left)]:
            ranks[at] = rank
    return ranks


@given(tables())
def test_ranks_are_those_of_the_definition(values: np.ndarray) -> None:
    assert non_dominated_ranks(values).tolist() == ranks_by_definition(values)


@given(tables())
def test_paretoset_ranks_the_same(values: np.ndarray) -> None:
    if len(values):
        expected = paretorank(values, sense=["max"] * values.shape[1], distinct=False)
        np.testing.assert_array_equal(non_dominated_ranks(values), expected)


@pytest.mark.parametrize("factors", [2, 3, 4])
def test_paretoset_ranks_many_the_same(factors: int) -> None:
    random = np.random.default_rng(factors)
    values = random.normal(size=(2000, factors)).round(1)
    expected = paretorank(values, sense=["max"] * factors, distinct=False)
    np.testing.assert_array_equal(non_dominated_ranks(values), expected)


@given(tables(), st.randoms(use_true_random=False))
def test_neither_the_order_of_customers_nor_of_factors_matters(
    values: np.ndarray, random: object
) -> None:
    rows, columns = list(range(len(values))), list(range(values.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    shuffled = non_dominated_ranks(values[rows][:, columns])
    np.testing.assert_array_equal(shuffled, non_dominated_ranks(values)[rows])


@given(tables())
def test_a_dominated_customer_is_shown_a_best_one_that_dominates_it(values: np.ndarray) -> None:
    ranks = ranks_by_definition(values)
    for row, rank in enumerate(ranks):
        found = dominated_by(values, row)
        if rank == 1:
            assert found is None
        else:
            assert dominates(values[found], values[row])
            assert ranks[found] == 1
            assert (values[found] != values[:found]).any(axis=1).all()


@given(tables(), st.randoms(use_true_random=False))
def test_which_one_dominates_does_not_depend_on_the_order(
    values: np.ndarray, random: object
) -> None:
    rows = list(range(len(values)))
    random.shuffle(rows)
    for place, row in enumerate(rows):
        found, other = dominated_by(values, row), dominated_by(values[rows], place)
        assert (found is None) == (other is None)
        if found is not None:
            np.testing.assert_array_equal(values[found], values[rows][other])


def test_equal_rows_have_equal_rank_and_do_not_dominate_each_other() -> None:
    assert non_dominated_ranks([[1, 2]] * 4).tolist() == [1] * 4
    assert dominated_by([[1, 2]] * 4, 2) is None


def test_one_factor_ranks_by_its_distinct_values() -> None:
    assert non_dominated_ranks([[3], [1], [3], [2], [-0.0], [0.0]]).tolist() == [1, 3, 1, 2, 4, 4]


def test_nobody_has_no_ranks_and_one_alone_is_best() -> None:
    ranks = non_dominated_ranks(np.empty((0, 3)))
    assert ranks.shape == (0,)
    assert ranks.dtype.kind == "i"
    assert non_dominated_ranks([[1, -5, 0]]).tolist() == [1]


@pytest.mark.parametrize(
    "values",
    [
        np.array([[1, 0], [1, 1]], dtype=np.int8),
        np.array([[True, False], [True, True]]),
        np.array([[1, 0], [1, 1]], dtype=np.float32, order="F"),
        pd.DataFrame({"a": [1, 1], "b": [0.0, 1.0]}),
        pl.DataFrame({"a": [1, 1], "b": [0.0, 1.0]}),
        [(1, 0), (1, 1)],
    ],
)
def test_values_are_taken_in_whatever_holds_them_and_left_as_they_are(values: object) -> None:
    before = np.array(values)
    assert non_dominated_ranks(values).tolist() == [2, 1]
    np.testing.assert_array_equal(np.array(values), before)


@pytest.mark.parametrize("function", [non_dominated_ranks, lambda values: dominated_by(values, 0)])
@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([[1, 2], [3, math.nan]], "1 of 4 values that are no known, finite .* row 1, column 1"),
        ([[1, math.inf]], "row 0, column 1"),
        ([[1, None]], "row 0, column 1"),
        ([["a", "b"]], "array of <U1 with 2 dimensions"),
        (np.array([["Jan", 1]], dtype=object), "row 0, column 0"),
        ([[1, 2], [3]], "not a rectangular array"),
        ([1, 2, 3], "1 dimensions; an array with a row for each customer"),
        (5, "0 dimensions"),
        (np.empty((3, 0)), "0 columns"),
        (np.zeros((2, 256)), "256 columns"),
    ],
)
def test_values_are_known_numbers_in_rows_and_columns(
    function: object, values: object, message: str
) -> None:
    with pytest.raises(ArgumentError, match=message) as caught:
        function(values)
    assert "Jan" not in str(caught.value)


@pytest.mark.parametrize("row", [2, -1])
def test_the_row_asked_about_exists(row: int) -> None:
    with pytest.raises(ArgumentError, match="from 0 to 1"):
        dominated_by([[1, 2], [2, 1]], row)


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "moocore", None)
    with pytest.raises(MissingExtraError, match=r"klantkompas\[fronts\]"):
        non_dominated_ranks([[1, 2]])
    assert dominated_by([[1, 2], [2, 2]], 0) == 1
