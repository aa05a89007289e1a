"""Differences of scores, several of them, and how many answers they need."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import optimize, stats
from statsmodels.stats.multitest import multipletests

from klantkompas.errors import ArgumentError
from klantkompas.stats.differences import holm, nps_differences, paired_difference
from klantkompas.stats.intervals import nps_intervals
from klantkompas.stats.jeffreys import chance_above
from klantkompas.stats.planning import (
    answers_needed,
    answers_needed_to_see,
    more_answers_needed,
)

counts = st.integers(0, 40)
answered = st.tuples(counts, counts, counts).filter(any)
moves = st.lists(st.integers(0, 30), min_size=5, max_size=5).filter(any)
levels = st.sampled_from([0.5, 0.9, 0.95, 0.999])
Triple = tuple[int, int, int]


# Other customers


def test_the_worked_example() -> None:
    value, low, high, _ = nps_differences((10, 20, 70), (20, 30, 50))
    assert float(value) == pytest.approx(30)
    assert (float(low), float(high)) == pytest.approx((9.4048, 49.6113), abs=5e-5)


@settings(max_examples=40)
@given(answered, answered, levels)
def test_a_difference_is_squared_and_added_from_the_two_score_intervals(
    first: Triple, second: Triple, level: float
) -> None:
    value, low, high, _ = nps_differences(first, second, confidence_level=level)
    l_1, u_1 = nps_intervals(*first, confidence_level=level, method="score")
    l_2, u_2 = nps_intervals(*second, confidence_level=level, method="score")
    s_1 = 100 * (first[2] - first[0]) / sum(first)
    s_2 = 100 * (second[2] - second[0]) / sum(second)
    assert float(value) == pytest.approx(s_1 - s_2)
    assert float(low) == pytest.approx(s_1 - s_2 - math.hypot(s_1 - l_1, u_2 - s_2))
    assert float(high) == pytest.approx(s_1 - s_2 + math.hypot(u_1 - s_1, s_2 - l_2))


@settings(max_examples=40)
@given(answered, answered, levels)
def test_turning_a_comparison_round_turns_its_signs(
    first: Triple, second: Triple, level: float
) -> None:
    value, low, high, p_value = nps_differences(first, second, confidence_level=level)
    turned = nps_differences(second, first, confidence_level=level)
    assert [float(each) for each in turned] == [-value, -high, -low, p_value]


@settings(max_examples=40)
@given(answered, answered)
def test_the_interval_at_the_level_of_the_p_value_touches_zero(
    first: Triple, second: Triple
) -> None:
    value, *_, p_value = (float(each) for each in nps_differences(first, second))
    assert 0 <= p_value <= 1
    if value == 0:
        assert p_value == 1
    else:
        assume(p_value > 1e-12)
        _, low, high, _ = nps_differences(first, second, confidence_level=1 - p_value)
        assert min(abs(float(low)), abs(float(high))) == pytest.approx(0, abs=1e-3)


@settings(max_examples=40)
@given(answered, answered, levels)
def test_p_value_and_interval_agree(first: Triple, second: Triple, level: float) -> None:
    _, low, high, p_value = nps_differences(first, second, confidence_level=level)
    assume(abs(p_value - (1 - level)) > 1e-9)
    assert (low > 0 or high < 0) == (p_value < 1 - level)


def test_a_difference_beyond_doubt_has_a_p_value_of_zero() -> None:
    *_, p_value = nps_differences((0, 0, 10**6), (10**6, 0, 0))
    assert float(p_value) == 0


def test_without_answers_a_difference_is_unknown() -> None:
    value, low, high, p_value = nps_differences((0, 0, 0), (1, 2, 3))
    assert math.isnan(value)
    assert (float(low), float(high)) == (-200, 200)
    assert math.isnan(p_value)


def test_many_groups_are_compared_as_each_would_be() -> None:
    groups = np.array([(10, 20, 70), (0, 0, 0), (5, 3, 2)])
    together = np.array(nps_differences(tuple(groups.T), (20, 30, 50)))
    for group, columns in zip(groups, together.T, strict=True):
        alone = [float(each) for each in nps_differences(tuple(group), (20, 30, 50))]
        np.testing.assert_array_equal(columns, alone)


# The chance of being above


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((10, 20, 70), (20, 30, 50)),
        ((0, 0, 3), (0, 0, 50)),
        ((1, 0, 0), (0, 1, 0)),
        ((0, 5, 0), (0, 50, 1)),
        ((0, 500, 500), (1, 500, 510)),
    ],
)
def test_the_chance_of_being_above_is_that_of_draws_from_the_posteriors(
    first: Triple, second: Triple
) -> None:
    random = np.random.default_rng(1)
    one = random.dirichlet(np.array(first) + 0.5, 200_000)
    other = random.dirichlet(np.array(second) + 0.5, 200_000)
    drawn = (one[:, 2] - one[:, 0] > other[:, 2] - other[:, 0]).mean()
    chance = chance_above(np.array(first, dtype=float), np.array(second, dtype=float))
    assert chance == pytest.approx(drawn, abs=5 * math.sqrt(0.25 / 200_000))


@settings(max_examples=40)
@given(answered, answered)
def test_one_score_is_above_or_the_other_is(first: Triple, second: Triple) -> None:
    one, other = np.array(first, dtype=float), np.array(second, dtype=float)
    assert chance_above(one, other) + chance_above(other, one) == pytest.approx(1, abs=1e-8)
    assert chance_above(one, one) == pytest.approx(0.5, abs=1e-8)


def test_the_chance_of_being_above_is_sure_where_scores_lie_far_apart() -> None:
    worst, best = np.array([10.0**6, 0, 0]), np.array([0, 0, 10.0**6])
    assert chance_above(best, worst) == pytest.approx(1, abs=1e-12)
    assert chance_above(worst, best) == pytest.approx(0, abs=1e-12)


def test_the_chance_of_being_above_no_answers_is_unknown() -> None:
    assert math.isnan(chance_above(np.zeros(3), np.array([1.0, 2, 3])))


# The same customers


def test_the_worked_paired_example() -> None:
    found = paired_difference([0, 16, 139, 6, 0])
    assert found.value == pytest.approx(-1000 / 161)
    assert (found.interval.low, found.interval.high) == pytest.approx((-12.40, -0.54), abs=5e-3)


def most_likely_variance(mean: float, changes: list[int]) -> float:
    """The variance of a change under the shares most likely to give these counts and that mean."""
    steps, seen = np.arange(-2, 3), np.array(changes) / sum(changes)
    found = optimize.minimize(
        lambda share: -(seen * np.log(np.maximum(share, 1e-300))).sum(),
        np.full(5, 0.2),
        jac=lambda share: -seen / np.maximum(share, 1e-300),
        bounds=[(1e-13, 1)] * 5,
        constraints=[
            {"type": "eq", "fun": lambda share: share.sum() - 1, "jac": lambda _: np.ones(5)},
            {"type": "eq", "fun": lambda share: share @ steps - mean, "jac": lambda _: steps},
        ],
        options={"ftol": 1e-15, "maxiter": 1000},
    )
    return float(found.x @ (steps - mean) ** 2)


@pytest.mark.parametrize(
    "changes",
    [[0, 16, 139, 6, 0], [1, 2, 5, 3, 4], [0, 0, 9, 4, 0], [3, 0, 0, 0, 8], [0, 1, 0, 9, 0]],
)
def test_paired_limits_are_where_the_test_just_rejects(changes: list[int]) -> None:
    found = paired_difference(changes, confidence_level=0.9)
    for limit in (found.interval.low / 100, found.interval.high / 100):
        distance = found.value / 100 - limit
        variance = most_likely_variance(limit, changes)
        deviates = abs(distance) / math.sqrt(variance / sum(changes))
        assert deviates == pytest.approx(stats.norm.isf(0.05), rel=2e-3)


@settings(max_examples=40)
@given(moves, levels)
def test_paired_intervals_are_symmetric_and_on_the_scale(changes: list[int], level: float) -> None:
    found = paired_difference(changes, confidence_level=level)
    turned = paired_difference(changes[::-1], confidence_level=level)
    assert -200 <= found.interval.low < found.interval.high <= 200
    assert found.interval.low - 1e-9 <= found.value <= found.interval.high + 1e-9
    assert turned.interval.low == pytest.approx(-found.interval.high, abs=1e-9)
    assert turned.p_value == pytest.approx(found.p_value)


@settings(max_examples=40)
@given(moves, levels)
def test_paired_p_value_and_interval_agree(changes: list[int], level: float) -> None:
    found = paired_difference(changes, confidence_level=level)
    assume(abs(found.p_value - (1 - level)) > 1e-9)
    assert (0 not in found.interval) == (found.p_value < 1 - level)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_moves_of_one_step_give_mcnemars_p_value(fallen: int, same: int, risen: int) -> None:
    assume(fallen + risen)
    # Beyond three to one, a fall by two steps would explain the counts better than many by one.
    assume(abs(risen - fallen) * 2 <= risen + fallen)
    chi_square = (risen - fallen) ** 2 / (risen + fallen)
    found = paired_difference([0, fallen, same, risen, 0])
    assert found.p_value == pytest.approx(stats.chi2.sf(chi_square, 1))


def test_nobody_who_answered_twice_tells_nothing() -> None:
    found = paired_difference([0, 0, 0, 0, 0])
    assert math.isnan(found.value)
    assert (found.interval.low, found.interval.high) == (-200, 200)
    assert math.isnan(found.p_value)


def test_changes_are_five_counts() -> None:
    with pytest.raises(ArgumentError, match="five counts"):
        paired_difference([1, 2, 3])


# Several at once


@settings(max_examples=30)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_is_what_statsmodels_makes_of_it(p_values: list[float]) -> None:
    expected = multipletests(p_values, method="holm")[1]
    np.testing.assert_allclose(holm(p_values), expected, rtol=1e-12, atol=1e-300)


def test_unknown_p_values_are_no_comparisons() -> None:
    np.testing.assert_array_equal(holm([math.nan, 0.02, 0.03]), [math.nan, 0.04, 0.04])
    assert holm([]).shape == (0,)


def test_p_values_lie_between_0_and_1() -> None:
    with pytest.raises(ArgumentError, match="outside 0 and 1"):
        holm([0.5, 1.5])


# How many answers


def test_the_worked_answers_needed() -> None:
    assert answers_needed(10, variance=0.67) == 255
    assert answers_needed(5, variance=0.67) == 1027


@given(st.integers(1, 60), st.floats(0.05, 1), levels)
def test_the_margin_is_reached_with_the_answers_needed_and_not_with_one_less(
    margin: int, variance: float, level: float
) -> None:
    needed = answers_needed(margin, variance=variance, confidence_level=level)

    def margin_with(answers: int) -> float:
        return 100 * stats.norm.isf((1 - level) / 2) * math.sqrt(variance / (answers + 3))

    assert margin_with(needed) <= margin * (1 + 1e-9)
    assert needed == 1 or margin_with(needed - 1) > margin * (1 - 1e-9)


@given(answered, st.integers(2, 40))
def test_asking_so_many_more_brings_the_adjusted_margin_down(triple: Triple, margin: int) -> None:
    d, _, c = triple
    more = more_answers_needed(*triple, margin)
    total = sum(triple) + 3
    mean, opinions = (c - d) / total, (c + d + 1.5) / total
    variance = opinions - mean**2
    assert 100 * 1.959964 * math.sqrt(variance / (total + more)) <= margin * (1 + 1e-6)
    if more:
        assert 100 * 1.959964 * math.sqrt(variance / (total + more - 1)) > margin * (1 - 1e-6)


def test_a_difference_is_seen_as_often_as_asked() -> None:
    answers = answers_needed_to_see(10, variance=0.67, power=0.8)
    deviates = 0.10 / math.sqrt(2 * 0.67 / answers)
    assert stats.norm.sf(stats.norm.isf(0.025) - deviates) == pytest.approx(0.8, abs=1e-3)
    assert answers_needed_to_see(10, variance=0.67, power=1e-9) == 1


@pytest.mark.parametrize(
    ("margin", "variance", "level", "message"),
    [
        (0, 0.67, 0.95, "margin is 0, where it should be a number above 0"),
        (-5, 0.67, 0.95, "margin is -5"),
        ("5", 0.67, 0.95, "margin is '5'"),
        (math.inf, 0.67, 0.95, "margin is inf"),
        (5, 0, 0.95, "variance is 0"),
        (5, 67, 0.95, "variance is 67, where it should be at most 1"),
        (5, 0.67, 95, r"write 0\.95"),
    ],
)
def test_what_is_asked_for_must_make_sense(
    margin: float, variance: float, level: float, message: str
) -> None:
    with pytest.raises(ArgumentError, match=message):
        answers_needed(margin, variance=variance, confidence_level=level)
