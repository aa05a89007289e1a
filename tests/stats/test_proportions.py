"""How far two shares lie apart, against published figures and a simulation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas.errors import ArgumentError
from klantkompas.stats.proportions import SharedCounts, difference_interval, wilson_limits

counts = st.tuples(*[st.integers(0, 15)] * 4)
extra = st.tuples(*[st.integers(0, 10)] * 4)


def shared(pairs: tuple[int, ...], more: tuple[int, int, int, int] = (0, 0, 0, 0)) -> SharedCounts:
    both, one, other, neither = pairs
    total = sum(pairs)
    return SharedCounts(
        first=both + one + more[0],
        first_of=total + more[0] + more[1],
        second=both + other + more[2],
        second_of=total + more[2] + more[3],
        pairs=(both, one, other, neither),
    )


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        # Newcombe 1998 (Statistics in Medicine 17, 873-890), Table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_independent_shares(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    interval = difference_interval(
        SharedCounts(first=first[0], first_of=first[1], second=second[0], second_of=second[1])
    )
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=6e-5)


def test_paired_shares() -> None:
    # Fagerland, Lydersen and Laake 2014 (Statistics in Medicine 33, 2850-2875): airway data
    interval = difference_interval(shared((1, 1, 7, 12)))
    assert (interval.low, interval.high) == pytest.approx((-0.507, -0.026), abs=6e-4)


def test_wilson_limits_by_another_program() -> None:
    from scipy.stats import binomtest

    for hits, count in ((0, 7), (3, 7), (7, 7), (81, 263)):
        wanted = binomtest(hits, count).proportion_ci(method="wilson")
        assert wilson_limits(hits, count, 1.959963984540054) == pytest.approx(
            (wanted.low, wanted.high)
        )
    assert wilson_limits(0, 0, 2.0) == (0, 1)


@given(counts, extra)
def test_the_difference_lies_inside_and_turns(
    pairs: tuple[int, ...], more: tuple[int, ...]
) -> None:
    given_counts = shared(pairs, more)  # type: ignore[arg-type]
    turned = SharedCounts(
        first=given_counts.second,
        first_of=given_counts.second_of,
        second=given_counts.first,
        second_of=given_counts.first_of,
        pairs=(pairs[0], pairs[2], pairs[1], pairs[3]),
    )
    interval, other = difference_interval(given_counts), difference_interval(turned)
    assert (interval.low, interval.high) == pytest.approx((-other.high, -other.low))
    assert -1 <= interval.low < interval.high <= 1
    assert -1 <= given_counts.correlation <= 1
    if given_counts.first_of and given_counts.second_of:
        one, two = given_counts.shares
        assert interval.low - 1e-12 <= one - two <= interval.high + 1e-12
        wide = difference_interval(given_counts, 0.99)
        assert wide.low <= interval.low
        assert wide.high >= interval.high


def test_a_side_that_did_not_speak_leaves_everything_open() -> None:
    silent = SharedCounts(first=1, first_of=2, second=0, second_of=0)
    assert (difference_interval(silent).low, difference_interval(silent).high) == (-1, 1)
    assert np.isnan(silent.shares[1])


@pytest.mark.parametrize("level", [0, 1, 95, -0.5])
def test_levels_that_mean_nothing(level: float) -> None:
    with pytest.raises(ArgumentError, match="confidence_level"):
        difference_interval(shared((1, 1, 1, 1)), level)


@pytest.mark.parametrize(
    ("chances", "both", "only_first", "only_second"),
    [
        ((0.3, 0.2, 0.1), 40, 0, 0),
        ((0.3, 0.2, 0.1), 20, 20, 20),
        ((0.1, 0.3, 0.05), 10, 5, 15),
        ((0.0, 0.5, 0.4), 30, 10, 10),
    ],
)
def test_the_interval_holds_the_truth_as_often_as_it_says(
    chances: tuple[float, float, float], both: int, only_first: int, only_second: int
) -> None:
    draw = np.random.default_rng(1)
    one, other = chances[0] + chances[1], chances[0] + chances[2]
    held = 0
    for pairs in draw.multinomial(both, [*chances, 1 - sum(chances)], size=2000).tolist():
        mine, theirs = draw.binomial(only_first, one), draw.binomial(only_second, other)
        more = (int(mine), only_first - int(mine), int(theirs), only_second - int(theirs))
        held += one - other in difference_interval(shared(tuple(pairs), more))
    assert 0.93 <= held / 2000 <= 0.975
