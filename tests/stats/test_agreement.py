"""Agreement of two opinions, against statsmodels and against what must be true."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from statsmodels.stats.contingency_tables import SquareTable
from statsmodels.stats.inter_rater import cohens_kappa as kappa_of_statsmodels
from statsmodels.stats.inter_rater import fleiss_kappa as fleiss_of_statsmodels

from klantkompas.errors import ArgumentError
from klantkompas.stats.agreement import (
    bowker,
    cohens_kappa,
    fleiss_kappa,
    jaccard_share,
    stuart_maxwell,
    total_variation,
)

tables = st.integers(2, 5).flatmap(lambda size: arrays(np.int64, (size, size), elements=counts))
full_tables = st.integers(2, 5).flatmap(
    lambda size: arrays(np.int64, (size, size), elements=st.integers(1, 40))
)
counts = st.integers(0, 40)


def test_the_worked_kappa() -> None:
    assert cohens_kappa([[20, 5], [10, 15]]) == pytest.approx(0.4)


@given(full_tables)
def test_kappa_is_what_statsmodels_makes_of_it(table: np.ndarray) -> None:
    assert cohens_kappa(table) == pytest.approx(kappa_of_statsmodels(table).kappa)


@given(full_tables)
def test_the_tests_are_what_statsmodels_makes_of_them(table: np.ndarray) -> None:
    square = SquareTable(table, shift_zeros=False)
    for found, expected in (
        (bowker(table), square.symmetry()),
        (stuart_maxwell(table), square.homogeneity()),
    ):
        assert found.statistic == pytest.approx(expected.statistic, abs=1e-9)
        assert found.degrees_of_freedom == expected.df
        assert found.p_value == pytest.approx(expected.pvalue, abs=1e-12)


@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_the_categories_changes_nothing(table: np.ndarray, random: object) -> None:
    order = list(range(len(table)))
    random.shuffle(order)
    shuffled = table[np.ix_(order, order)]
    for statistic in (bowker, stuart_maxwell):
        one, other = statistic(table), statistic(shuffled)
        assert one.statistic == pytest.approx(other.statistic, abs=1e-9)
        assert one.degrees_of_freedom == other.degrees_of_freedom
    assert cohens_kappa(table) == pytest.approx(cohens_kappa(shuffled), nan_ok=True)


@given(tables)
def test_a_category_that_nobody_names_changes_nothing(table: np.ndarray) -> None:
    wider = np.pad(table, (0, 1))
    assert bowker(wider) == bowker(table)
    assert stuart_maxwell(wider).statistic == pytest.approx(stuart_maxwell(table).statistic)
    assert stuart_maxwell(wider).degrees_of_freedom == stuart_maxwell(table).degrees_of_freedom


@given(counts, counts, counts, counts)
def test_with_two_categories_both_tests_are_mcnemars(a: int, b: int, c: int, d: int) -> None:
    assume(b + c)
    for found in (bowker([[a, b], [c, d]]), stuart_maxwell([[a, b], [c, d]])):
        assert found.statistic == pytest.approx((b - c) ** 2 / (b + c))
        assert found.degrees_of_freedom == 1


def test_full_agreement_leaves_nothing_to_test() -> None:
    table = np.diag([5, 3, 2])
    assert cohens_kappa(table) == 1
    for found in (bowker(table), stuart_maxwell(table)):
        assert (found.statistic, found.degrees_of_freedom, found.p_value) == (0, 0, 1)


def test_categories_exchanged_within_two_circles_have_a_freedom_less() -> None:
    table = [[9, 5, 0, 0], [1, 9, 0, 0], [0, 0, 9, 2], [0, 0, 7, 9]]
    found = stuart_maxwell(table)
    assert found.degrees_of_freedom == 2
    assert found.statistic == pytest.approx(16 / 6 + 25 / 9)


def test_agreement_is_unknown_where_chance_alone_would_agree() -> None:
    assert math.isnan(cohens_kappa([[7, 0], [0, 0]]))
    assert math.isnan(cohens_kappa([[0, 0], [0, 0]]))


@given(st.lists(st.tuples(counts, counts), min_size=1, max_size=6))
def test_total_variation_is_the_most_that_any_choice_of_categories_differs(
    pairs: list[tuple[int, int]],
) -> None:
    one, other = np.array(pairs, dtype=float).T
    assume(one.any() and other.any())
    ahead = one / one.sum() > other / other.sum()
    expected = (one / one.sum() - other / other.sum())[ahead].sum()
    assert total_variation(one, other) == pytest.approx(expected)
    assert total_variation(other, 3 * one) == pytest.approx(expected)


def test_total_variation_of_nothing_is_unknown() -> None:
    assert math.isnan(total_variation([0, 0], [1, 2]))
    assert total_variation([5, 0], [0, 9]) == 1


@pytest.mark.parametrize("table", [[1, 2], [[1, 2]], [[1, -2], [3, 4]], [[1.5, 2], [3, 4]], "no"])
def test_a_table_is_square_and_made_of_whole_counts(table: object) -> None:
    for statistic in (bowker, stuart_maxwell, cohens_kappa):
        with pytest.raises(ArgumentError, match="table"):
            statistic(table)


def test_distributions_have_the_same_categories() -> None:
    with pytest.raises(ArgumentError, match="do not fit"):
        total_variation([1, 2], [1, 2, 3])


@given(st.integers(2, 6), st.lists(st.integers(0, 6), min_size=1, max_size=12))
def test_fleiss_kappa_is_what_statsmodels_makes_of_it(raters: int, named: list[int]) -> None:
    yes = np.minimum(named, raters)
    counts = np.column_stack([yes, raters - yes])
    assume(0 < yes.sum() < raters * len(yes))
    assert fleiss_kappa(counts) == pytest.approx(fleiss_of_statsmodels(counts))


def test_fleiss_kappa_is_unknown_where_chance_always_agrees() -> None:
    assert math.isnan(fleiss_kappa([[3, 0], [3, 0]]))
    assert math.isnan(fleiss_kappa([[1, 0], [0, 1]]))
    assert math.isnan(fleiss_kappa(np.zeros((0, 2))))
    assert fleiss_kappa([[2, 0], [0, 2]]) == 1
    with pytest.raises(ArgumentError, match="add up to 2 and to 3"):
        fleiss_kappa([[2, 0], [0, 3]])
    with pytest.raises(ArgumentError, match="two dimensions"):
        fleiss_kappa([2, 0])


def test_the_share_in_common_is_unknown_of_nothing() -> None:
    assert math.isnan(jaccard_share([], []))
    assert (jaccard_share("ab", "ab"), jaccard_share("a", "b")) == (1, 0)
