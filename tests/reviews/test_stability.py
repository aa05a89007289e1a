"""How stable classes are: the worked table, statsmodels, and simple facts about chains."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from statsmodels.stats.inter_rater import cohens_kappa

from klantkompas.errors import ArgumentError
from klantkompas.reviews.stability import stability_of

WORKED = [[18, 2, 0, 0], [3, 20, 6, 1], [0, 5, 22, 8], [0, 0, 4, 11]]
NAMES = "ABCDEF"

tables = st.integers(1, 5).flatmap(
    lambda size: arrays(np.int64, (size, size), elements=st.integers(0, 30))
)
full_tables = st.integers(2, 5).flatmap(
    lambda size: arrays(np.int64, (size, size), elements=st.integers(1, 30))
)


def test_the_worked_table() -> None:
    stability = stability_of(WORKED, "ABCD")
    assert stability.kappa() == pytest.approx(89 / 147)
    assert stability.kappa("linear") == pytest.approx(68 / 93)
    assert stability.kappa("quadratic") == pytest.approx(1701 / 2021)
    assert stability.shorrocks == pytest.approx(0.3571429, abs=5e-8)
    assert stability.stationary == pytest.approx([0.193861, 0.193861, 0.316640, 0.295638], abs=5e-7)
    assert (stability.customers, stability.stayed) == (100, 71)
    assert stability.shares[1].tolist() == pytest.approx([0.1, 2 / 3, 0.2, 1 / 30])


@given(full_tables)
def test_kappa_is_what_statsmodels_makes_of_it(table: Any) -> None:
    stability = stability_of(table, NAMES[: len(table)])
    for weights, theirs in (("plain", None), ("linear", "linear"), ("quadratic", "quadratic")):
        expected = cohens_kappa(table, wt=theirs, return_results=False)
        assert stability.kappa(weights) == pytest.approx(float(expected), abs=1e-9)


@given(full_tables)
def test_the_stationary_shares_stay_as_they_are_and_are_where_it_ends(table: Any) -> None:
    stability = stability_of(table, NAMES[: len(table)])
    share, moves = stability.stationary, stability.shares
    assert share.sum() == pytest.approx(1)
    assert share @ moves == pytest.approx(share)
    begin = np.zeros(len(table))
    begin[0] = 1
    assert begin @ np.linalg.matrix_power(moves, 5000) == pytest.approx(share, abs=1e-6)


@given(full_tables)
def test_shorrocks_index_is_one_minus_the_mean_of_the_other_eigenvalues(table: Any) -> None:
    stability = stability_of(table, NAMES[: len(table)])
    others = np.linalg.eigvals(stability.shares).sum().real - 1
    assert stability.shorrocks == pytest.approx(1 - others / (len(table) - 1), abs=1e-9)


@given(tables)
def test_a_class_of_nobody_changes_nothing(table: Any) -> None:
    plain = stability_of(table, NAMES[: len(table)])
    wider = stability_of(np.pad(table, (0, 1)), NAMES[: len(table) + 1])
    for weights in ("plain", "linear", "quadratic"):
        assert wider.kappa(weights) == pytest.approx(plain.kappa(weights), nan_ok=True)
    assert wider.shorrocks == pytest.approx(plain.shorrocks, nan_ok=True)
    assert wider.stationary[:-1] == pytest.approx(plain.stationary, nan_ok=True)
    assert np.isnan(wider.shares[-1]).all()


@given(tables)
def test_every_table_has_an_answer_on_its_scale(table: Any) -> None:
    stability = stability_of(table, NAMES[: len(table)])
    for weights in ("plain", "linear", "quadratic"):
        kappa = stability.kappa(weights)
        assert math.isnan(kappa) or -1 - 1e-9 <= kappa <= 1
    size = len(table)
    index = stability.shorrocks
    assert math.isnan(index) or -1e-9 <= index <= size / max(size - 1, 1) + 1
    rows = stability.shares.sum(axis=1)
    assert np.isclose(rows[~np.isnan(rows)], 1).all()
    assert str(stability).startswith("Stability: ")


@given(tables, st.integers(2, 9))
def test_counting_everybody_more_often_changes_no_share(table: Any, times: int) -> None:
    assume(table.any())
    one, more = (stability_of(each, NAMES[: len(table)]) for each in (table, times * table))
    assert more.kappa("linear") == pytest.approx(one.kappa("linear"), nan_ok=True)
    assert more.shorrocks == pytest.approx(one.shorrocks, nan_ok=True)
    assert more.stationary == pytest.approx(one.stationary, nan_ok=True)


def test_where_all_stay_there_are_as_many_ends_as_classes() -> None:
    stability = stability_of(np.diag([5, 3, 2]), "ABC")
    assert [stability.kappa(each) for each in ("plain", "linear", "quadratic")] == [1, 1, 1]
    assert stability.shorrocks == 0
    assert np.isnan(stability.stationary).all()


def test_a_class_that_nobody_leaves_is_where_all_end() -> None:
    stability = stability_of([[4, 4, 0], [0, 4, 4], [0, 0, 8]], "ABC")
    assert stability.stationary == pytest.approx([0, 0, 1])


def test_two_classes_that_only_exchange_have_half_each() -> None:
    stability = stability_of([[0, 6], [6, 0]], "AB")
    assert stability.stationary == pytest.approx([0.5, 0.5])
    assert stability.shorrocks == 2
    assert stability.kappa() == -1


def test_a_class_that_was_empty_and_is_not_now_leaves_the_chain_unknown() -> None:
    stability = stability_of([[3, 1, 1], [1, 3, 0], [0, 0, 0]], "ABC")
    assert np.isnan(stability.stationary).all()
    assert math.isnan(stability.shorrocks)
    assert not math.isnan(stability.kappa())


def test_one_class_is_always_agreed_on() -> None:
    for table, names in (([[7]], "A"), ([[7, 0], [0, 0]], "AB")):
        stability = stability_of(table, names)
        assert math.isnan(stability.kappa())
        assert math.isnan(stability.shorrocks)
        assert stability.stationary[0] == 1


def test_nobody_is_neither_stable_nor_not() -> None:
    for table, names in ((np.zeros((2, 2)), "AB"), (np.zeros((0, 0)), "")):
        stability = stability_of(table, names)
        assert math.isnan(stability.kappa("quadratic"))
        assert math.isnan(stability.shorrocks)
        assert np.isnan(stability.stationary).all()
        assert str(stability) == "Stability: nobody was in a class both times"


def test_a_stability_becomes_a_frame_with_a_row_for_each_move() -> None:
    frame = stability_of([[3, 1], [0, 0]], ("A", "B")).to_frame("polars")
    assert frame.rows() == [
        ("A", "A", 3, 0.75),
        ("A", "B", 1, 0.25),
        ("B", "A", 0, None),
        ("B", "B", 0, None),
    ]


@pytest.mark.parametrize(
    ("table", "order"),
    [([[1, 2]], "AB"), ([[1, 2], [3, 4]], "ABC"), ([[1, 2], [3, 4]], "AA"), ([1, 2], "AB")],
)
def test_a_table_has_a_row_and_a_column_for_each_class(table: Any, order: str) -> None:
    with pytest.raises(ArgumentError, match="a row and a column for each class"):
        stability_of(table, order)


@pytest.mark.parametrize("table", [[[1, -2], [3, 4]], [[1.5, 2], [3, 4]], "no", [[1], [2, 3]]])
def test_a_table_is_made_of_whole_counts(table: Any) -> None:
    with pytest.raises(ArgumentError, match="table"):
        stability_of(table, "AB")


def test_the_weights_are_known() -> None:
    with pytest.raises(ArgumentError, match="Did you mean 'quadratic'"):
        stability_of(WORKED, "ABCD").kappa("quadratics")
