"""Every statistic, handed too little or nonsense: a defined result, or an error that helps."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from klantkompas.errors import ArgumentError, DataError
from klantkompas.lenses.drivers import averaged_over_orderings, relative_weights
from klantkompas.lenses.fronts import dominated_by, non_dominated_ranks
from klantkompas.lenses.pareto import pareto_ranking
from klantkompas.stats import (
    NetPromoterScore,
    NetPromoterScores,
    net_promoter_score,
    net_promoter_scores_by_group,
    paired_nps_difference,
)
from klantkompas.stats.agreement import bowker, cohens_kappa, stuart_maxwell, total_variation
from klantkompas.stats.answers import categories, tally
from klantkompas.stats.differences import holm, nps_differences, paired_difference
from klantkompas.stats.intervals import METHODS, nps_intervals
from klantkompas.stats.jeffreys import chance_above
from klantkompas.stats.planning import (
    answers_needed,
    answers_needed_to_see,
    more_answers_needed,
)

Function = Callable[[Any], Any]

SCORE = NetPromoterScore(20, 10, 70)
GROUPS = NetPromoterScores(("a", "b"), [1, 2], [3, 4], [5, 6], [0, 0])


def each(table: dict[str, Function]) -> Any:
    """Run a test with every function of a table."""
    return pytest.mark.parametrize("function", [pytest.param(f, id=n) for n, f in table.items()])


# Counts

BY_COUNTS: dict[str, Function] = {
    "nps_intervals": lambda counts: nps_intervals(*counts),
    "NetPromoterScore": lambda counts: NetPromoterScore(*counts),
    "NetPromoterScores": lambda counts: NetPromoterScores(
        ("a",), *([count] for count in counts), [0]
    ),
    "nps_differences, first": lambda counts: nps_differences(counts, (1, 2, 3)),
    "nps_differences, second": lambda counts: nps_differences((1, 2, 3), counts),
    "more_answers_needed": lambda counts: more_answers_needed(*counts, 10),
    "paired_difference": lambda counts: paired_difference([0, *counts, 0]),
    "total_variation": lambda counts: total_variation(counts, [1, 2, 3]),
    "cohens_kappa": lambda counts: cohens_kappa([[9, counts[0]], [counts[1], counts[2]]]),
    "stuart_maxwell": lambda counts: stuart_maxwell([[9, counts[0]], [counts[1], counts[2]]]),
    "bowker": lambda counts: bowker([[9, counts[0]], [counts[1], counts[2]]]),
}
NO_COUNTS = [-1, 1.5, math.nan, math.inf, "3", None, 1e20, 10**30, Decimal(3), pd.NA, [[1], [1, 2]]]


@each(BY_COUNTS)
@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("wrong", NO_COUNTS, ids=str)
def test_counts_are_whole_numbers_from_0(function: Function, place: int, wrong: object) -> None:
    counts: list[object] = [1, 2, 3]
    counts[place] = wrong
    with pytest.raises(ArgumentError, match=r"whole number|not a rectangular array"):
        function(counts)


@each(BY_COUNTS)
@pytest.mark.parametrize("kind", [int, float, np.int8, np.uint64, np.float32])
def test_counts_of_any_type_that_are_whole_count_the_same(function: Function, kind: type) -> None:
    assert repr(function([kind(1), kind(2), kind(3)])) == repr(function([1, 2, 3]))


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_one_score_has_one_count_of_each(place: int) -> None:
    counts: list[Any] = [1, 2, 3, 4]
    counts[place] = [1, 2]
    with pytest.raises(ArgumentError, match="2 counts, where it should be one"):
        NetPromoterScore(*counts)
    if place < 3:
        with pytest.raises(ArgumentError, match="one group at a time"):
            more_answers_needed(*counts[:3], 10)


@pytest.mark.parametrize("place", [0, 1, 2, 3])
@pytest.mark.parametrize("wrong", [[1], [1, 2, 3], 1, [[1, 2]]], ids=str)
def test_groups_have_a_count_of_each(place: int, wrong: object) -> None:
    counts: list[Any] = [[1, 2], [3, 4], [5, 6], [0, 0]]
    counts[place] = wrong
    with pytest.raises(ArgumentError, match="one count for each of 2 groups"):
        NetPromoterScores(("a", "b"), *counts)


@pytest.mark.parametrize("wrong", [-1, 1.5, math.nan, "3", [1, 2]], ids=str)
def test_the_lowest_score_is_a_whole_number(wrong: Any) -> None:
    with pytest.raises(ArgumentError, match="lowest"):
        NetPromoterScore(1, 2, 3, lowest=wrong)


# No answers, one answer, all equal

FEW = [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (5, 0, 0), (0, 5, 0), (0, 0, 5)]


@pytest.mark.parametrize("counts", FEW, ids=str)
@pytest.mark.parametrize("method", METHODS)
def test_few_or_equal_answers_have_a_score_and_an_interval(
    counts: tuple[int, int, int], method: str
) -> None:
    score = NetPromoterScore(*counts)
    interval = score.interval(method=method)
    if not score.answers:
        assert math.isnan(score.value)
        assert math.isnan(score.standard_error)
        assert (interval.low, interval.high) == (-100, 100)
    else:
        assert score.value in (-100, 0, 100)
        assert score.standard_error == 0
        assert -100 <= interval.low <= score.value <= interval.high <= 100
        assert interval.width > 0 or method == "wald"


@pytest.mark.parametrize("one", FEW, ids=str)
@pytest.mark.parametrize("other", FEW, ids=str)
def test_few_or_equal_answers_can_be_compared(
    one: tuple[int, int, int], other: tuple[int, int, int]
) -> None:
    first, second = NetPromoterScore(*one), NetPromoterScore(*other)
    found = first.difference(second)
    chance = chance_above(np.array(one, float), np.array(other, float))
    assert -200 <= found.interval.low < found.interval.high <= 200
    if first.answers and second.answers:
        assert found.value in found.interval
        assert 0 <= found.p_value <= 1
        assert 0 <= chance <= 1
    else:
        assert math.isnan(found.value)
        assert math.isnan(found.p_value)
        assert math.isnan(chance)


@pytest.mark.parametrize("counts", FEW, ids=str)
def test_few_or_equal_answers_can_be_planned_from(counts: tuple[int, int, int]) -> None:
    assert more_answers_needed(*counts, 10) > 0


@pytest.mark.parametrize("change", range(-2, 3))
@pytest.mark.parametrize("customers", [0, 1, 5])
def test_few_or_equal_changes_have_an_interval(change: int, customers: int) -> None:
    counts = [0] * 5
    counts[change + 2] = customers
    found = paired_difference(counts)
    assert -200 <= found.interval.low < found.interval.high <= 200
    if customers:
        assert found.value == 100 * change
        assert found.value in found.interval
        assert 0 < found.p_value <= 1
    else:
        assert math.isnan(found.value)


@pytest.mark.parametrize("table", [[[0]], [[5]], [[0, 0], [0, 0]], [[5, 0], [0, 0]]], ids=str)
def test_where_nothing_can_differ_nothing_does(table: list[list[int]]) -> None:
    assert math.isnan(cohens_kappa(table))
    for test in (stuart_maxwell(table), bowker(table)):
        assert (test.statistic, test.degrees_of_freedom, test.p_value) == (0, 0, 1)


@pytest.mark.parametrize("table", [5, [1, 2], [[1, 2]], [[1], [2]], [[[1]]]], ids=str)
@pytest.mark.parametrize("function", [cohens_kappa, stuart_maxwell, bowker])
def test_a_cross_table_is_square(function: Function, table: object) -> None:
    with pytest.raises(ArgumentError, match="square"):
        function(table)


def test_without_groups_or_p_values_there_is_nothing_to_tell() -> None:
    nobody = net_promoter_scores_by_group([], [])
    assert len(nobody) == len(nobody.values) == len(nobody.intervals()[0]) == 0
    assert len(nobody.p_values_against_the_rest()) == len(holm([])) == 0
    alone = net_promoter_scores_by_group([9, 3], ["a", "a"])
    assert np.isnan(alone.p_values_against_the_rest()).all()


# Levels, methods, margins

BY_LEVEL: dict[str, Function] = {
    "nps_intervals": lambda level: nps_intervals(1, 2, 3, confidence_level=level),
    **{f"interval, {m}": lambda level, m=m: SCORE.interval(level, m) for m in METHODS},
    "difference": lambda level: SCORE.difference(NetPromoterScore(1, 2, 3), level),
    "more_answers_needed of a score": lambda level: SCORE.more_answers_needed(5, level),
    "intervals of groups": GROUPS.intervals,
    "against_the_rest": lambda level: GROUPS.against_the_rest("a", level),
    "nps_differences": lambda level: nps_differences((1, 2, 3), (3, 2, 1), confidence_level=level),
    "paired_difference": lambda level: paired_difference([1, 2, 3, 4, 5], confidence_level=level),
    "paired_nps_difference": lambda level: paired_nps_difference(
        [9, 8], [7, 6], confidence_level=level
    ),
    "answers_needed": lambda level: answers_needed(5, variance=0.5, confidence_level=level),
    "answers_needed_to_see": lambda level: answers_needed_to_see(
        5, variance=0.5, confidence_level=level
    ),
    "more_answers_needed": lambda level: more_answers_needed(1, 2, 3, 5, confidence_level=level),
    "power": lambda level: answers_needed_to_see(5, variance=0.5, power=level),
}


@each(BY_LEVEL)
@pytest.mark.parametrize(
    "level", [0, 1, -0.5, 100, math.nan, math.inf, True, "0.95", None, [0.95]], ids=str
)
def test_a_level_lies_between_0_and_1(function: Function, level: object) -> None:
    with pytest.raises(ArgumentError, match="not a number between 0 and 1"):
        function(level)


@each(BY_LEVEL)
def test_a_level_in_percent_is_told_what_to_write(function: Function) -> None:
    with pytest.raises(ArgumentError, match=r"is 95, .*for 95 percent write 0\.95"):
        function(95)


BY_METHOD: dict[str, Function] = {
    "nps_intervals": lambda method: nps_intervals(1, 2, 3, method=method),
    "interval": lambda method: SCORE.interval(method=method),
    "intervals of groups": lambda method: GROUPS.intervals(method=method),
}


@each(BY_METHOD)
@pytest.mark.parametrize(
    "method", ["jeffrey", "Jeffreys", "", None, 5, ["jeffreys"], {"wald": 1}, b"wald"], ids=str
)
def test_a_method_is_one_of_those_there_are(function: Function, method: object) -> None:
    with pytest.raises(ArgumentError, match=r"is no method.*adjusted_wald, jeffreys, score, wald"):
        function(method)


BY_DISTANCE: dict[str, Function] = {
    "margin": lambda points: answers_needed(points, variance=0.5),
    "difference": lambda points: answers_needed_to_see(points, variance=0.5),
    "margin of a result": lambda points: more_answers_needed(1, 2, 3, points),
    "variance": lambda variance: answers_needed(5, variance=variance),
    "variance of either": lambda variance: answers_needed_to_see(5, variance=variance),
}


@each(BY_DISTANCE)
@pytest.mark.parametrize("wrong", [0, -1, math.nan, math.inf, "5", None, True, [5]], ids=str)
def test_a_margin_or_a_variance_is_a_number_above_0(function: Function, wrong: object) -> None:
    with pytest.raises(ArgumentError, match="where it should be a number above 0"):
        function(wrong)


@pytest.mark.parametrize("name", ["margin", "difference", "margin of a result"])
def test_a_distance_is_as_large_as_it_likes_but_not_out_of_reach(name: str) -> None:
    assert BY_DISTANCE[name](1e300) in (0, 1)
    for tiny in (1e-6, 1e-300, 5e-324):
        with pytest.raises(
            ArgumentError, match="more than 1,000,000,000,000 answers: give a larger"
        ):
            BY_DISTANCE[name](tiny)


@pytest.mark.parametrize("variance", [1.01, 100])
def test_a_variance_is_at_most_1(variance: float) -> None:
    for name in ("variance", "variance of either"):
        with pytest.raises(ArgumentError, match="at most 1"):
            BY_DISTANCE[name](variance)


# Scores

BY_SCORES: dict[str, Function] = {
    "net_promoter_score": net_promoter_score,
    "net_promoter_scores_by_group": lambda scores: net_promoter_scores_by_group(
        scores, ["a"] * len(scores)
    ),
    "paired, before": lambda scores: paired_nps_difference(scores, [9] * len(scores)),
    "paired, after": lambda scores: paired_nps_difference([9] * len(scores), scores),
    "tally": tally,
    "categories": categories,
}
NO_SCORES: list[Any] = [
    11, -1, 7.5, math.inf, -math.inf, "9", "", True, 1j, b"9", 10**400, datetime.date(2026, 1, 1)
]  # fmt: skip


@each(BY_SCORES)
@pytest.mark.parametrize("wrong", NO_SCORES, ids=lambda wrong: str(wrong)[:12])
def test_a_score_is_a_whole_number_on_the_scale(function: Function, wrong: object) -> None:
    with pytest.raises(DataError, match="is not a whole number from 0 to 10") as caught:
        function([9, wrong])
    assert (caught.value.row, caught.value.column) == (2, "scores")


@each(BY_SCORES)
@pytest.mark.parametrize(
    "missing", [None, math.nan, np.float32("nan"), pd.NA, pd.NaT, Decimal("NaN"), Decimal("sNaN")]
)
def test_an_answer_that_is_missing_is_left_out(function: Function, missing: object) -> None:
    assert repr(function([9, missing, 3])) == repr(function([9, None, 3]))


@each(BY_SCORES)
@pytest.mark.parametrize("scores", [[[9, 8]], [[9], [9, 8]]], ids=str)
def test_scores_are_one_row(function: Function, scores: Sequence[object]) -> None:
    with pytest.raises(ArgumentError, match="one-dimensional array"):
        function(scores)


@each(BY_SCORES)
def test_scores_may_all_be_missing_or_none_at_all(function: Function) -> None:
    function([])
    function([None])
    assert net_promoter_score([None, None]).unanswered == 2
    assert math.isnan(paired_nps_difference([], []).value)


BY_SCALE: dict[str, Function] = {
    "net_promoter_score": lambda scale: net_promoter_score([9], scale=scale),
    "net_promoter_scores_by_group": lambda scale: net_promoter_scores_by_group(
        [9], ["a"], scale=scale
    ),
    "paired_nps_difference": lambda scale: paired_nps_difference([9], [9], scale=scale),
    "NetPromoterScore": lambda scale: NetPromoterScore(1, 2, 3, scale=scale),
    "tally": lambda scale: tally([9], scale=scale),
    "categories": lambda scale: categories([9], scale=scale),
}


@each(BY_SCALE)
@pytest.mark.parametrize(
    "scale", [None, 10, "0-10", (0, 5), (0, 10, 1), (10, 0), {}, np.array([0, 10])], ids=str
)
def test_a_scale_is_one_of_two(function: Function, scale: object) -> None:
    with pytest.raises(ArgumentError, match=r"\(0, 10\) or \(1, 10\)"):
        function(scale)


@pytest.mark.parametrize("missing", [None, math.nan, pd.NA, pd.NaT])
def test_an_answer_may_belong_to_no_group(missing: object) -> None:
    found = net_promoter_scores_by_group([9, 3], ["a", missing])
    assert (found.groups, found.ungrouped) == (("a",), 1)


# Values

BY_VALUES: dict[str, Function] = {
    "pareto_ranking": pareto_ranking,
    "relative_weights": lambda values: relative_weights({"a": values}, [1, 2, 4]),
    "relative_weights, outcome": lambda values: relative_weights({"a": [1, 2, 4]}, values),
    "averaged_over_orderings": lambda values: averaged_over_orderings({"a": values}, [1, 2, 4]),
    "non_dominated_ranks": lambda values: non_dominated_ranks([[value] for value in values]),
    "dominated_by": lambda values: dominated_by([[value] for value in values], 0),
    "holm": lambda values: holm([value / 100 if value == 3 else value for value in values]),
}


@each(BY_VALUES)
@pytest.mark.parametrize(
    "wrong", [math.inf, -math.inf, "3", 1j, b"3", 10**400, datetime.date(2026, 1, 1)],
    ids=lambda wrong: str(wrong)[:12],
)  # fmt: skip
def test_a_value_is_a_finite_number(function: Function, wrong: object) -> None:
    with pytest.raises(ArgumentError, match="number"):
        function([0, 3, wrong])


@pytest.mark.parametrize("name", ["pareto_ranking", "non_dominated_ranks", "dominated_by"])
@pytest.mark.parametrize("missing", [None, math.nan, pd.NA])
def test_an_unknown_value_is_no_zero(name: str, missing: object) -> None:
    with pytest.raises(ArgumentError, match="number"):
        BY_VALUES[name]([1, 3, missing])


def test_values_are_one_row() -> None:
    for wrong in ([[1], [1, 2]], [[1, 2]], 5):
        for function in (pareto_ranking, BY_VALUES["relative_weights"], holm):
            with pytest.raises(ArgumentError, match=r"one-dimensional|p_values"):
                function(wrong)


@pytest.mark.parametrize("wrong", [-0.1, 1.1])
def test_a_p_value_is_a_chance(wrong: float) -> None:
    with pytest.raises(ArgumentError, match="outside 0 and 1"):
        holm([0.5, wrong])


BY_SHARE: dict[str, Function] = {
    "pareto_ranking": lambda share: pareto_ranking([3, 2, 1], share=share),
    "smallest_group": pareto_ranking([3, 2, 1]).smallest_group,
    "leading_share": pareto_ranking([3, 2, 1]).leading_share,
}


@each(BY_SHARE)
@pytest.mark.parametrize(
    "share", [-0.1, 1.1, math.nan, math.inf, None, "0.8", True, [0.8], 1j], ids=str
)
def test_a_share_is_a_number_up_to_1(function: Function, share: object) -> None:
    with pytest.raises(ArgumentError, match="not a number from 0 to 1"):
        function(share)


@each(BY_SHARE)
def test_a_share_in_percent_is_told_what_to_write(function: Function) -> None:
    with pytest.raises(ArgumentError, match=r"for 80 percent write 0\.8"):
        function(80)


@pytest.mark.parametrize("row", [None, "a", 0.5, 2, -1])
def test_a_row_is_a_position(row: Any) -> None:
    with pytest.raises(ArgumentError, match="a position from 0 to 1"):
        dominated_by([[1], [2]], row)
