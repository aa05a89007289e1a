"""The interval of a probability of superiority, against the roots of Newcombe's equation."""

from __future__ import annotations

from fractions import Fraction
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas.errors import ArgumentError
from klantkompas.stats.superiority import superiority_interval

sizes = st.integers(1, 400)
levels = st.sampled_from([0.5, 0.8, 0.95, 0.999])


@st.composite
def seen(draw: st.DrawFn) -> tuple[float, int, int]:
    first, second = draw(sizes), draw(sizes)
    wins = draw(st.integers(0, 2 * first * second))
    return float(Fraction(wins, 2 * first * second)), first, second


def variance(t: float, first: int, second: int) -> float:
    k = (first + second) / 2 - 1
    return t * (1 - t) * (1 + k * (1 - t) / (2 - t) + k * t / (1 + t)) / (first * second)


@given(seen(), levels)
def test_the_limits_solve_newcombes_equation(case: tuple[float, int, int], level: float) -> None:
    superiority, first, second = case
    interval = superiority_interval(superiority, first, second, level)
    z = NormalDist().inv_cdf((1 + level) / 2)
    for limit in (interval.low, interval.high):
        if 0 < limit < 1:
            away = z * variance(limit, first, second) ** 0.5
            assert abs(limit - superiority) == pytest.approx(away, rel=1e-6, abs=1e-12)
    assert 0 <= interval.low <= superiority <= interval.high <= 1
    assert interval.low < interval.high


@given(seen())
def test_the_limits_are_the_roots_of_the_polynomial(case: tuple[float, int, int]) -> None:
    superiority, first, second = case
    z, k = NormalDist().inv_cdf(0.975), (first + second) / 2 - 1
    t = np.polynomial.Polynomial([0, 1])
    left = first * second * (t - superiority) ** 2 * (2 - t) * (1 + t)
    right = z**2 * t * (1 - t) * ((2 - t) * (1 + t) + k * (1 - t) * (1 + t) + k * t * (2 - t))
    roots = (left - right).roots()
    real = roots[abs(roots.imag) < 1e-7].real
    inside = [root for root in real if -1e-7 <= root <= 1 + 1e-7]
    interval = superiority_interval(superiority, first, second)
    assert interval.low == pytest.approx(min(inside), abs=1e-6)
    assert interval.high == pytest.approx(max(inside), abs=1e-6)


@given(seen())
def test_the_other_group_has_the_mirrored_interval(case: tuple[float, int, int]) -> None:
    superiority, first, second = case
    one = superiority_interval(superiority, first, second)
    other = superiority_interval(1 - superiority, second, first)
    assert other.low == pytest.approx(1 - one.high, abs=1e-12)
    assert other.high == pytest.approx(1 - one.low, abs=1e-12)


@given(seen())
def test_a_higher_level_is_wider(case: tuple[float, int, int]) -> None:
    narrow, wide = (superiority_interval(*case, level) for level in (0.8, 0.99))
    assert wide.low <= narrow.low
    assert narrow.high <= wide.high


def test_groups_that_do_not_overlap_have_a_limit_at_the_end_of_the_scale() -> None:
    assert superiority_interval(1.0, 20, 80).high == 1
    assert 0.5 < superiority_interval(1.0, 20, 80).low < 1
    assert superiority_interval(0.0, 20, 80).low == 0
    assert 0 < superiority_interval(0.0, 20, 80).high < 0.5


def test_an_empty_group_tells_nothing() -> None:
    interval = superiority_interval(float("nan"), 0, 8)
    assert (interval.low, interval.high) == (0, 1)


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    random, times, truth = np.random.default_rng(3), 2000, NormalDist().cdf(1 / 2**0.5)
    held = 0
    for _ in range(times):
        first, second = random.normal(1, 1, 15), random.normal(0, 1, 25)
        wins = float((first[:, np.newaxis] > second).mean())
        held += truth in superiority_interval(wins, 15, 25)
    assert 0.93 <= held / times <= 0.975


@pytest.mark.parametrize("level", [0, 1, 95, "0.95"])
def test_a_level_lies_between_0_and_1(level: object) -> None:
    with pytest.raises(ArgumentError, match="confidence_level"):
        superiority_interval(0.5, 3, 3, level)
