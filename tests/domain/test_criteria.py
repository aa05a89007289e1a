"""The four criteria, at both sides of every edge."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas.domain.criteria import AtLeast, AtLeastOverall, AtMost, Criterion, TopShare
from klantkompas.errors import ArgumentError


def met(criterion: Criterion, values: list[float], basis: list[float] | None = None) -> list[bool]:
    found = np.array(values, dtype=np.float64)
    behind = None if basis is None else np.array(basis, dtype=np.float64)
    answer: list[bool] = criterion.cutoff(found, behind).met(found).tolist()
    return answer


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.9, True), (0.9 - 1e-10, True), (0.9 - 1e-8, False), (1.0, True), (np.nan, False)],
)
def test_at_least(value: float, expected: bool) -> None:
    assert met(AtLeast(0.9), [value]) == [expected]


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.05, True), (0.05 + 1e-11, True), (0.05 + 1e-8, False), (0.0, True), (np.nan, False)],
)
def test_at_most(value: float, expected: bool) -> None:
    assert met(AtMost(0.05), [value]) == [expected]


@pytest.mark.parametrize(
    ("values", "count"),
    [
        ([5, 4, 3, 2, 1], 1),
        ([6, 5, 4, 3, 2, 1], 2),
        ([5, 5, 3, 2, 1], 2),
        ([5, 5, 5, 2, 1], 0),
        ([9, 9, 9, 9, 9, 9, 9, 9, 9, 9], 0),
        ([9, 8, 8, 8, 5, 4, 3, 2, 1, 0], 4),
        ([9, 8, 8, 8, 8, 4, 3, 2, 1, 0], 1),
        ([5, 0, 0, 0, 0], 1),
        ([0, 0, 0, 0, 0], 0),
        ([-1, -1, -1, -1, -1], 0),
        ([3, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1),
        ([3, -1, -2, -3, -4, -5], 1),
        ([1], 1),
        ([], 0),
    ],
)
def test_the_top_fifth(values: list[float], count: int) -> None:
    answer = met(TopShare(0.20), values)
    assert answer == [place < count for place in range(len(values))]


@pytest.mark.parametrize(
    ("share", "many", "count"), [(0.07, 100, 7), (0.29, 100, 29), (0.2, 11, 3)]
)
def test_a_share_is_the_decimal_that_it_is_written_as(share: float, many: int, count: int) -> None:
    assert sum(met(TopShare(share), [float(value + 1) for value in range(many)])) == count


@given(
    values=st.lists(st.integers(-3, 9).map(float), min_size=1, max_size=30),
    share=st.sampled_from([0.05, 0.2, 0.5, 1.0]),
)
def test_the_top_share_is_a_leading_group_of_bounded_size(
    values: list[float], share: float
) -> None:
    answer = met(TopShare(share), values)
    chosen = [value for value, each in zip(values, answer, strict=True) if each]
    others = [value for value, each in zip(values, answer, strict=True) if not each]
    places = -(-round(share * 100) * len(values) // 100)
    assert len(chosen) <= 2 * places
    assert all(value > 0 for value in chosen)
    assert not chosen or not others or min(chosen) > max(others)


def test_at_least_what_all_bring_together() -> None:
    assert met(AtLeastOverall(), [0.5, 0.2, 0.3], [100, 200, 50]) == [True, False, True]
    assert met(AtLeastOverall(), [0.3, 0.3], [100, 200]) == [True, True]
    assert met(AtLeastOverall(), [0.7], [0.1]) == [True]
    assert met(AtLeastOverall(), [], []) == []
    assert AtLeastOverall().cutoff(np.array([0.5, 0.2]), np.array([100.0, 200.0])).value == 0.3


def test_at_least_overall_needs_a_basis() -> None:
    with pytest.raises(ArgumentError, match="basis"):
        met(AtLeastOverall(), [0.5])


@pytest.mark.parametrize("wrong", ["1", None, np.nan, np.inf, True])
@pytest.mark.parametrize("criterion", [AtLeast, AtMost, TopShare])
def test_a_threshold_is_a_finite_number(criterion: Any, wrong: object) -> None:
    with pytest.raises(ArgumentError, match=criterion.__name__):
        criterion(wrong)


@pytest.mark.parametrize("wrong", [0, -0.1, 1.01, 20])
def test_a_share_is_above_nothing_and_at_most_everything(wrong: float) -> None:
    with pytest.raises(ArgumentError, match="share"):
        TopShare(wrong)


def test_a_cutoff_says_what_it_asks() -> None:
    values = np.array([3.0] * 5)
    assert str(AtMost(0.05).cutoff(values)) == "at most 0.05"
    assert str(TopShare(0.2).cutoff(values)) == "above 3"
    assert str(TopShare(0.2).cutoff(np.array([9.0, 1, 1, 1, 1]))) == "at least 9"
