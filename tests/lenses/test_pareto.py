"""Ranking by value: examples, laws, and the slow definitions of the coefficients."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from klantkompas.errors import ArgumentError
from klantkompas.lenses.pareto import pareto_ranking

EXAMPLE = [50, 20, 10, 5, 4, 3, 3, 2, 2, 1]
INCOMES = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]

money = st.lists(st.integers(-1000, 100_000), min_size=1, max_size=30).filter(
    lambda values: sum(values) > 0
)


def test_the_worked_example() -> None:
    ranking = pareto_ranking(EXAMPLE)
    assert ranking.leading_share(0.20) == pytest.approx(0.70)
    assert ranking.vital_few == 3
    assert ranking.gini == pytest.approx(0.614)


def test_ten_equal_values_have_eight_vital_few() -> None:
    assert pareto_ranking([1.1] * 10).vital_few == 8
    assert pareto_ranking([1.1] * 10).gini == pytest.approx(0, abs=1e-15)


def test_published_coefficients() -> None:
    ranking = pareto_ranking(INCOMES)
    assert ranking.gini == pytest.approx(0.4620911, abs=5e-8)
    assert ranking.herfindahl == pytest.approx(0.1840812, abs=5e-8)
    assert ranking.normalised_herfindahl == pytest.approx(0.0934236, abs=5e-8)
    assert ranking.hoover == pytest.approx(0.3378067, abs=5e-8)
    assert pareto_ranking([10] * 9 + [100]).gini == pytest.approx(0.4263158, abs=5e-8)


def test_equal_values_stand_by_position() -> None:
    assert pareto_ranking([3, 5, 3, 5]).order.tolist() == [1, 3, 0, 2]


@given(money)
def test_the_ranking_is_that_of_exact_fractions(values: list[int]) -> None:
    ranking = pareto_ranking(values)
    ranked = sorted(values, reverse=True)
    total, n = sum(values), len(values)
    running = [Fraction(sum(ranked[: k + 1]), total) for k in range(n)]
    np.testing.assert_array_equal(ranking.value, ranked)
    np.testing.assert_array_equal(np.array(values)[ranking.order], ranked)
    np.testing.assert_allclose(ranking.share, [v / total for v in ranked], rtol=1e-12)
    np.testing.assert_allclose(ranking.cumulative_share, np.array(running, float), rtol=1e-9)
    assert ranking.vital_few == next(k for k in range(n) if running[k] >= Fraction("0.8")) + 1
    differences = sum(abs(a - b) for a in values for b in values)
    assert ranking.gini == pytest.approx(differences / (2 * n * total), abs=1e-9)
    assert ranking.herfindahl == pytest.approx(sum((v / total) ** 2 for v in values))
    assert ranking.hoover == pytest.approx(sum(abs(v / total - 1 / n) for v in values) / 2)


@given(money, st.floats(0.01, 1))
def test_the_smallest_group_reaches_the_share_and_a_smaller_one_does_not(
    values: list[int], share: float
) -> None:
    ranking = pareto_ranking(values, share=share)
    reached = np.concatenate([[0], ranking.cumulative_share])
    assert reached[ranking.vital_few] >= share * (1 - 1e-8)
    assert reached[ranking.vital_few - 1] < share


@given(money, st.permutations(range(30)))
def test_the_order_of_the_customers_changes_nothing(values: list[int], places: list[int]) -> None:
    shuffled = [values[place] for place in places if place < len(values)]
    one, other = pareto_ranking(values), pareto_ranking(shuffled)
    np.testing.assert_array_equal(one.cumulative_share, other.cumulative_share)
    assert (one.gini, one.vital_few, one.hoover) == (other.gini, other.vital_few, other.hoover)


@pytest.mark.parametrize("scale", [1e300, 3e306, 1e-300, 5e-324])
def test_the_largest_and_smallest_numbers_have_the_same_shares(scale: float) -> None:
    plain, scaled = pareto_ranking(EXAMPLE), pareto_ranking(np.array(EXAMPLE) * scale)
    np.testing.assert_allclose(scaled.share, plain.share, rtol=1e-12)
    assert (scaled.vital_few, scaled.gini) == (plain.vital_few, pytest.approx(plain.gini))
    assert scaled.gini_standard_error == pytest.approx(plain.gini_standard_error)


def test_values_whose_sum_would_overflow_have_shares() -> None:
    assert pareto_ranking([1.7e308] * 5).share.tolist() == pytest.approx([0.2] * 5)


def test_negative_values_lower_the_total() -> None:
    ranking = pareto_ranking([60, 60, -20])
    assert ranking.share.tolist() == pytest.approx([0.6, 0.6, -0.2])
    assert ranking.vital_few == 2
    assert ranking.leading_share(0.5) == pytest.approx(1.2)
    assert ranking.lorenz()[1].tolist() == pytest.approx([0, -0.2, 0.4, 1])


@given(money)
def test_the_lorenz_curve_goes_from_nobody_to_all_and_encloses_the_gini(
    values: list[int],
) -> None:
    customers, total = pareto_ranking(values).lorenz()
    assert (customers[0], total[0], customers[-1], total[-1]) == (0, 0, 1, 1)
    assert (np.diff(total, 2) >= -1e-9).all()
    area = float(np.trapezoid(total, customers))
    assert 1 - 2 * area == pytest.approx(pareto_ranking(values).gini, abs=1e-9)


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=20))
def test_the_standard_error_is_that_of_leaving_each_customer_out(values: list[int]) -> None:
    rests = [values[:place] + values[place + 1 :] for place in range(len(values))]
    assume(all(sum(rest) > 0 for rest in rests))
    coefficients = np.array([pareto_ranking(rest).gini for rest in rests])
    spread = ((coefficients - coefficients.mean()) ** 2).sum()
    expected = math.sqrt(spread * (len(values) - 1) / len(values))
    assert pareto_ranking(values).gini_standard_error == pytest.approx(expected, abs=1e-9)


def test_a_standard_error_needs_something_to_be_left() -> None:
    assert math.isnan(pareto_ranking([5]).gini_standard_error)
    assert math.isnan(pareto_ranking([5, 0, 0]).gini_standard_error)


def test_one_customer_is_everything() -> None:
    ranking = pareto_ranking([7])
    assert (ranking.vital_few, ranking.gini, ranking.hoover) == (1, 0, 0)
    assert ranking.herfindahl == 1
    assert math.isnan(ranking.normalised_herfindahl)
    assert ranking.leading_share(0.2) == 1


def test_one_of_many_who_brings_everything() -> None:
    ranking = pareto_ranking([0, 0, 9, 0])
    assert ranking.gini == pytest.approx(0.75)
    assert ranking.normalised_herfindahl == pytest.approx(1)
    assert ranking.hoover == pytest.approx(0.75)
    assert ranking.smallest_group(1) == 1


def test_a_part_of_the_customers_is_rounded_up() -> None:
    ranking = pareto_ranking([1] * 100)
    assert ranking.leading_share(0.07) == pytest.approx(0.07)
    assert ranking.leading_share(0.071) == pytest.approx(0.08)
    assert ranking.leading_share(0) == 0
    assert ranking.leading_share(1) == 1


def test_the_result_cannot_be_changed() -> None:
    values = np.array([1.0, 2.0])
    ranking = pareto_ranking(values)
    values[0] = 99
    assert ranking.value.tolist() == [2, 1]
    with pytest.raises(ValueError, match="read-only"):
        ranking.share[0] = 1


def test_ids_stand_in_the_order_of_value() -> None:
    assert pareto_ranking([1, 3, 2], ids=["a", "b", "c"]).ranked_ids.tolist() == ["b", "c", "a"]
    frame = pareto_ranking([1, 3, 2], ids=["a", "b", "c"]).to_frame("polars")
    assert frame["id"].to_list() == ["b", "c", "a"]
    assert frame["vital"].to_list() == [True, True, False]
    with pytest.raises(ArgumentError, match="2 ids for 3 values"):
        pareto_ranking([1, 3, 2], ids=["a", "b"])


def test_numbers_of_other_libraries_are_taken() -> None:
    assert pareto_ranking([Decimal("1.5"), Fraction(1, 2)]).share.tolist() == [0.75, 0.25]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (
            [1, math.nan, 2, math.nan],
            "2 of 4 values are not finite numbers, the first .* position 1",
        ),
        ([math.inf, 1], "1 of 2 values"),
        ([], "total of 0 values is not above 0"),
        ([0, 0], "not above 0"),
        ([1, -2], "not above 0"),
        ([0.1, 0.2, -0.3], "not above 0"),
        (["1", "2"], "one-dimensional array of numbers"),
        ([1, None], "one-dimensional array of numbers"),
        ([[1, 2]], "2 dimensions"),
        (5, "0 dimensions"),
        ([True, False], "one-dimensional array of numbers"),
    ],
)
def test_values_are_numbers_with_a_positive_total(values: object, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        pareto_ranking(values)


@pytest.mark.parametrize("share", [0, -0.1, 1.1, 80, math.nan])
def test_a_wanted_share_is_above_0_and_at_most_1(share: float) -> None:
    with pytest.raises(ArgumentError, match="share is"):
        pareto_ranking([1, 2], share=share)


def test_a_share_in_percent_is_told_what_to_write() -> None:
    with pytest.raises(ArgumentError, match=r"write 0\.8"):
        pareto_ranking([1, 2], share=80)
