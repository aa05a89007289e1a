"""A value counts as equal to a threshold when no decimal would tell them apart."""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from klantkompas._thresholds import above, at_least, at_most, below, share_of_count
from klantkompas.errors import ArgumentError

finite = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize("scale", [1e-300, 0.3, 1.0, 12345.6, 1e300, -1.0, -1e300])
def test_values_within_a_billionth_of_the_threshold_are_equal_to_it(scale: float) -> None:
    near = [scale, scale * (1 - 0.9e-9), scale * (1 + 0.9e-9)]
    assert at_least(near, scale).all()
    assert at_most(near, scale).all()
    assert not above(near, scale).any()
    assert not below(near, scale).any()


@pytest.mark.parametrize("scale", [1e-300, 0.3, 1.0, 12345.6, 1e300])
def test_values_further_off_are_on_their_side(scale: float) -> None:
    low, high = scale * (1 - 1.2e-9), scale * (1 + 1.2e-9)
    assert at_least([low, high], scale).tolist() == [False, True]
    assert at_most([low, high], scale).tolist() == [True, False]
    assert above([low, high], scale).tolist() == [False, True]
    assert below([low, high], scale).tolist() == [True, False]


@given(finite, finite)
def test_every_pair_of_numbers_is_below_equal_or_above(value: float, edge: float) -> None:
    assert bool(at_least(value, edge)) != bool(below(value, edge))
    assert bool(at_most(value, edge)) != bool(above(value, edge))
    assert bool(at_least(value, edge)) == bool(at_most(edge, value))


@given(finite, finite)
def test_closeness_is_relative_to_the_larger(value: float, edge: float) -> None:
    equal = bool(at_least(value, edge) & at_most(value, edge))
    exactly = abs(Decimal(value) - Decimal(edge))
    larger = max(abs(Decimal(value)), abs(Decimal(edge)))
    if exactly < Decimal("0.999e-9") * larger - Decimal("5e-324"):
        assert equal
    if exactly > Decimal("1.001e-9") * larger + Decimal("5e-324"):
        assert not equal


@given(finite, st.sampled_from([-1e-9, 0.0, 1e-9]), st.integers(-3, 3))
def test_what_is_equal_ends_where_the_tolerance_ends(edge: float, off: float, steps: int) -> None:
    value = edge * (1 + off)
    for _ in range(abs(steps)):
        value = math.nextafter(value, math.copysign(math.inf, steps))
    assume(math.isfinite(value))
    equal = abs(value - edge) <= 1e-9 * max(abs(value), abs(edge))
    assert bool(at_least(value, edge)) == (value >= edge or equal)
    assert bool(at_most(value, edge)) == (value <= edge or equal)
    assert at_least([value, value], [edge, edge]).tolist() == [bool(at_least(value, edge))] * 2


def test_only_zero_equals_zero() -> None:
    assert at_most([0.0, -0.0, 5e-324], 0).tolist() == [True, True, False]


def test_unknown_is_neither_above_nor_below() -> None:
    for compare in (at_least, at_most, above, below):
        assert compare([math.nan, 1.0], [1.0, math.nan]).tolist() == [False, False]


def test_infinity_equals_itself_only() -> None:
    values = [math.inf, 1e308, -math.inf]
    assert at_least(values, math.inf).tolist() == [True, False, False]
    assert at_most(values, -math.inf).tolist() == [False, False, True]
    assert above(values, 1e308).tolist() == [True, False, False]
    assert below([-1e308], 1e308).tolist() == [True]


def test_each_value_may_have_its_own_threshold() -> None:
    assert above(np.array([1, 2, 3]), np.array([0, 2, 4])).tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("share", "count", "expected"),
    [
        (0.07, 100, 7),
        (0.2, 10, 2),
        (0.2, 11, 3),
        (0.1, 30, 3),
        (0.29, 100, 29),
        (0.0, 5, 0),
        (1.0, 5, 5),
        (1e-9, 5, 1),
        (0.5, 0, 0),
        (np.float32(0.07), 100, 7),
        (0.1, 10**30, 10**29),
    ],
)
def test_a_share_of_customers_is_rounded_up(share: float, count: int, expected: int) -> None:
    assert share_of_count(share, count) == expected


@given(st.integers(0, 1000), st.integers(0, 10**9))
def test_a_share_in_thousandths_is_taken_as_written(thousandths: int, count: int) -> None:
    assert share_of_count(thousandths / 1000, count) == -(-thousandths * count // 1000)


@pytest.mark.parametrize("share", [-0.1, 1.1, math.nan, math.inf, True])
def test_a_share_is_from_0_to_1(share: float) -> None:
    with pytest.raises(ArgumentError, match="from 0 to 1"):
        share_of_count(share, 10)


def test_percents_are_told_what_to_write() -> None:
    with pytest.raises(ArgumentError, match=r"write 0\.2"):
        share_of_count(20, 10)


def test_there_are_no_fewer_than_no_customers() -> None:
    with pytest.raises(ArgumentError, match="0 or more"):
        share_of_count(0.2, -1)
