"""The lowest and highest of each group, as a loop over the values finds them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from klantkompas._arrays import highest_by, lowest_by
from klantkompas._arrays.blocks import ROWS

GROUPS = 3
ROWS_OF = st.lists(
    st.tuples(
        st.integers(0, GROUPS - 1),
        st.sampled_from([math.nan, -2.5, 0.0, 1.0, 7.0]),
        st.booleans(),
    ),
    max_size=20,
)


def plain(rows: list[tuple[int, float, bool]], extreme: Any) -> list[float]:
    known = [[v for c, v, counts in rows if c == g and counts and v == v] for g in range(GROUPS)]
    return [extreme(each) if each else math.nan for each in known]


@given(rows=ROWS_OF)
def test_numbers_and_moments(rows: list[tuple[int, float, bool]]) -> None:
    codes = np.array([code for code, _, _ in rows], dtype=np.intp)
    values = np.array([value for _, value, _ in rows], dtype=np.float64)
    mask = np.array([counts for _, _, counts in rows], dtype=np.bool_)
    days = np.where(np.isnan(values), np.datetime64("NaT", "D"), values.astype("datetime64[D]"))
    for extreme_by, extreme in ((lowest_by, min), (highest_by, max)):
        expected = plain(rows, extreme)
        np.testing.assert_array_equal(extreme_by(codes, values, GROUPS, mask), expected)
        every = plain([(code, value, True) for code, value, _ in rows], extreme)
        np.testing.assert_array_equal(extreme_by(codes, values, GROUPS), every)
        found = extreme_by(codes, days, GROUPS, mask)
        assert found.dtype == days.dtype
        wanted = [None if math.isnan(each) else int(each) for each in expected]
        assert [None if np.isnat(each) else int(each.astype(int)) for each in found] == wanted


def test_more_rows_than_a_block() -> None:
    values = np.arange(ROWS + 5, dtype=np.float64)
    codes = (np.arange(ROWS + 5) % 2).astype(np.int8)
    assert lowest_by(codes, values, 2).tolist() == [0, 1]
    assert highest_by(codes, values, 2).tolist() == [ROWS + 4, ROWS + 3]
