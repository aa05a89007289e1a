"""Intervals of the Net Promoter Score: laws, printed examples, and slow independent references."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, special, stats
from statsmodels.stats.weightstats import DescrStatsW

from klantkompas.errors import ArgumentError
from klantkompas.stats.checks import MOST
from klantkompas.stats.intervals import METHODS, nps_intervals

BOUNDED = [method for method in METHODS if method != "wald"]
counts = st.integers(0, 60)
triples = st.tuples(counts, counts, counts)
answered = triples.filter(any)
levels = st.sampled_from([0.01, 0.5, 0.8, 0.9, 0.95, 0.99, 0.9999])
methods = st.sampled_from(list(METHODS))
bounded = st.sampled_from(BOUNDED)


def limits(
    triple: tuple[float, float, float], method: str = "jeffreys", level: float = 0.95
) -> tuple[float, float]:
    low, high = nps_intervals(*triple, confidence_level=level, method=method)
    return float(low), float(high)


@pytest.mark.parametrize(
    ("triple", "method", "low", "high", "digits"),
    [
        ((20, 10, 70), "wald", 34.1983, 65.8017, 4),
        ((20, 10, 70), "adjusted_wald", 32.9415, 64.1459, 4),
        ((20, 10, 70), "score", 32.6261, 63.9434, 4),
        ((20, 10, 70), "jeffreys", 32.805740, 64.029609, 6),
        ((5, 3, 2), "score", -67.5278, 21.6592, 4),
        ((5, 3, 2), "jeffreys", -66.589943, 20.449311, 6),
        ((0, 0, 5), "score", 13.1035, 100, 4),
        ((0, 5, 0), "score", -43.4482, 43.4482, 4),
    ],
)
def test_the_worked_examples(
    triple: tuple[int, int, int], method: str, low: float, high: float, digits: int
) -> None:
    assert limits(triple, method) == pytest.approx((low, high), abs=0.51 * 10**-digits)


@given(triples, methods, levels)
def test_exchanging_promoters_and_detractors_mirrors_the_interval(
    triple: tuple[int, int, int], method: str, level: float
) -> None:
    low, high = limits(triple, method, level)
    assert limits(triple[::-1], method, level) == (-high, -low)


@given(triples, bounded, levels)
def test_an_interval_is_never_of_zero_width(
    triple: tuple[int, int, int], method: str, level: float
) -> None:
    low, high = limits(triple, method, level)
    assert -100 <= low < high <= 100


@given(triples, levels)
def test_wald_stays_on_the_scale_and_is_not_upside_down(
    triple: tuple[int, int, int], level: float
) -> None:
    low, high = limits(triple, "wald", level)
    assert -100 <= low <= high <= 100


@given(answered, st.sampled_from(["score", "wald"]), levels)
def test_score_and_wald_hold_the_score_itself(
    triple: tuple[int, int, int], method: str, level: float
) -> None:
    low, high = limits(triple, method, level)
    assert low <= 100 * (triple[2] - triple[0]) / sum(triple) + 1e-9
    assert high >= 100 * (triple[2] - triple[0]) / sum(triple) - 1e-9


@given(triples, st.sampled_from(["jeffreys", "score"]), levels)
def test_a_better_answer_never_lowers_a_limit(
    triple: tuple[int, int, int], method: str, level: float
) -> None:
    detractors, passives, promoters = triple
    before = limits(triple, method, level)
    better = [(detractors, passives, promoters + 1)]
    if detractors:
        better.append((detractors - 1, passives + 1, promoters))
    if passives:
        better.append((detractors, passives - 1, promoters + 1))
    for after in better:
        assert limits(after, method, level)[0] >= before[0] - 1e-9
        assert limits(after, method, level)[1] >= before[1] - 1e-9


@given(answered, bounded)
def test_a_higher_level_gives_a_wider_interval(triple: tuple[int, int, int], method: str) -> None:
    narrow, wide = limits(triple, method, 0.8), limits(triple, method, 0.99)
    assert wide[0] <= narrow[0]
    assert narrow[1] <= wide[1]


@pytest.mark.parametrize("method", BOUNDED)
def test_all_of_one_kind_ends_at_the_end_of_the_scale(method: str) -> None:
    for answers in (1, 2, 5, 100, 10**6):
        low, high = limits((0, 0, answers), method)
        assert high == 100
        assert low < 100
        assert limits((answers, 0, 0), method) == (-100, -low)


@pytest.mark.parametrize("method", METHODS)
def test_without_answers_nothing_is_ruled_out(method: str) -> None:
    assert limits((0, 0, 0), method) == (-100, 100)


@given(st.lists(triples, min_size=1, max_size=8), methods)
def test_a_group_has_the_same_interval_in_any_company(
    groups: list[tuple[int, int, int]], method: str
) -> None:
    low, high = nps_intervals(*np.array(groups).T, method=method)
    assert [*zip(low.tolist(), high.tolist(), strict=True)] == [limits(g, method) for g in groups]


def test_the_intervals_have_the_shape_of_the_counts() -> None:
    low, high = nps_intervals(np.ones((2, 3)), 1, np.ones(3), method="score")
    assert low.shape == high.shape == (2, 3)
    assert nps_intervals([], [], [])[0].shape == (0,)


def test_extreme_levels_and_counts_give_intervals_all_the_same() -> None:
    sizes = [0, 1, 2, 7, 1000, 10**6, 10**9]
    grid = np.array(list(itertools.product(sizes, repeat=3))).T
    for level in (1e-4, 0.5, 0.999999, 1 - 1e-12):
        for method in BOUNDED:
            low, high = nps_intervals(*grid, confidence_level=level, method=method)
            assert (low < high).all(), (level, method)


# Independent references


def posterior_at_most(value: float, triple: tuple[int, int, int]) -> float:
    """The chance of a score up to a value, by integrating over u (the library does over s)."""
    detractors, passives, promoters = triple
    opinions, among = (
        (promoters + detractors + 1, passives + 0.5),
        (promoters + 0.5, detractors + 0.5),
    )
    tails = 10.0 ** np.array([-17, -13, -10, -8, -6, -5, -4, -3, -2, -1.3, -1, -0.6, -0.3])
    ends = [special.betaincinv(*among, tails), special.betainccinv(*among, tails)]
    where = [special.betaincinv(*opinions, tails), special.betainccinv(*opinions, tails), [1]]
    kinks = (1 + value / np.concatenate(where)) / 2
    edges = np.unique(np.clip(np.concatenate([*ends, kinks, [0, 0.5, 1]]), 0, 1))
    angle = np.arcsin(np.sqrt(edges))  # u = sin(angle)^2 takes the singular ends away
    place, weight = np.polynomial.legendre.leggauss(60)
    half = np.diff(angle)[:, np.newaxis] / 2
    t = angle[:-1, np.newaxis] + half * (place + 1)
    u = np.sin(t) ** 2
    log_density = 2 * promoters * np.log(np.sin(t)) + 2 * detractors * np.log(np.cos(t))
    density = 2 * np.exp(log_density - special.betaln(*among))
    with np.errstate(divide="ignore"):
        s = np.clip(value / (2 * u - 1), 0, 1)
    rising = special.betainc(*opinions, s) if value > 0 else np.zeros_like(s)
    falling = np.ones_like(s) if value > 0 else special.betaincc(*opinions, s)
    return float((half * weight * density * np.where(u > 0.5, rising, falling)).sum())


def reference_triples() -> list[tuple[int, int, int]]:
    named = [(0, 0, 1), (0, 0, 1_000_000), (1, 1, 1), (386_783, 377_345, 1141), (0, 5, 0)]
    small = list(itertools.product((0, 1, 2, 5), repeat=3))[1:]
    random = np.random.default_rng(20_251_121)
    drawn = (10 ** random.uniform(-0.5, 6, (200 - len(named) - len(small), 3))).round()
    return named + small + [(int(d), int(p), int(c)) for d, p, c in drawn]


@pytest.mark.parametrize("level", [0.95, 0.5, 0.999])
def test_jeffreys_is_within_a_millionth_of_a_point_of_the_posterior(level: float) -> None:
    cases = reference_triples()
    assert len(cases) == 200
    lows, highs = nps_intervals(*np.array(cases).T, confidence_level=level)
    step = 1e-6 / 100
    for triple, low, high in zip(cases, lows / 100, highs / 100, strict=True):
        for limit, chance in ((low, (1 - level) / 2), (high, (1 + level) / 2)):
            if abs(limit) == 1:
                continue
            below = posterior_at_most(limit - step, triple) if limit - step > -1 else 0
            above = posterior_at_most(limit + step, triple) if limit + step < 1 else 1
            assert below < chance < above, (triple, limit)


@given(answered, st.sampled_from([0.5, 0.95, 0.999]))
def test_score_limits_solve_their_equation(triple: tuple[int, int, int], level: float) -> None:
    d, p, c = triple
    n = d + p + c
    z = stats.norm.isf((1 - level) / 2)

    def equation(x: float) -> float:
        a, b = 2 * n, -(c + d) + (2 * n - c + d) * x
        q = (math.sqrt(max(b * b + 4 * a * d * x * (1 - x), 0)) - b) / (2 * a)
        return ((c - d) / n - x) ** 2 * n - z * z * max(2 * q + x * (1 - x), 0)

    for limit, end in zip(limits(triple, "score", level), (-1, 1), strict=True):
        estimate = (c - d) / n
        if estimate == end:
            assert limit == 100 * end
        else:
            # Right beside the estimate the equation is below 0, and above it at the scale's end.
            inside = estimate + (end - estimate) * 1e-12
            root = optimize.brentq(equation, inside, end, xtol=1e-14)
            assert limit == pytest.approx(100 * root, abs=1e-7)


@given(answered)
def test_wald_is_what_statsmodels_makes_of_the_answers(triple: tuple[int, int, int]) -> None:
    n = sum(triple)
    answers = DescrStatsW(np.array([-1.0, 0.0, 1.0]), weights=np.array(triple), ddof=0)
    margin = stats.norm.isf(0.025) * math.sqrt(answers.var / n)
    expected = np.clip([answers.mean - margin, answers.mean + margin], -1, 1)
    expected[[0, 1]] = -1 if triple[0] == n else expected[0], 1 if triple[2] == n else expected[1]
    assert limits(triple, "wald") == pytest.approx(tuple(100 * expected), abs=1e-9)


# Bad arguments


@pytest.mark.parametrize("level", [95, 0, 1, -0.1, math.nan, True, "0.95", None])
def test_a_confidence_level_lies_between_0_and_1(level: object) -> None:
    with pytest.raises(ArgumentError, match="between 0 and 1"):
        nps_intervals(1, 2, 3, confidence_level=level)


def test_a_level_in_percent_is_told_what_to_write() -> None:
    with pytest.raises(ArgumentError, match=r"for 95 percent write 0\.95"):
        nps_intervals(1, 2, 3, confidence_level=95)


def test_an_unknown_method_is_told_which_there_are() -> None:
    with pytest.raises(ArgumentError, match=r"Did you mean 'jeffreys'.*adjusted_wald"):
        nps_intervals(1, 2, 3, method="jeffrey")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ([1, -1], r"passives is -1\.0 at position 1"),
        ([1, 2.5], r"passives is 2\.5 at position 1"),
        (math.nan, "passives is nan, where it should be a whole number"),
        ([math.inf, 1], "passives is inf at position 0"),
        (2 * MOST, r"passives is 2000000000000\.0, "),
        ("3", "passives is '3'"),
        (["3", "4"], "passives is an array of"),
        (True, "passives is True"),
        (None, "passives is None"),
        ([1, 2, 3], "shapes that do not fit"),
        ([[1], [1, 2]], "passives is not a rectangular array"),
    ],
)
def test_counts_are_whole_numbers_from_0_up(wrong: object, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        nps_intervals([1, 1], wrong, [1, 1])
