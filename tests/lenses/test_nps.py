"""The Net Promoter Score of raw answers, of groups, and of two waves."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas import Compass, Portfolio
from klantkompas.errors import ArgumentError, DataError
from klantkompas.stats import (
    NetPromoterScore,
    net_promoter_score,
    net_promoter_scores_by_group,
    paired_nps_difference,
)
from klantkompas.stats.intervals import METHODS, nps_intervals
from klantkompas.stats.results import Interval

answers = st.lists(st.one_of(st.none(), st.integers(0, 10)), max_size=30)


def test_each_score_falls_into_its_category() -> None:
    for score in range(11):
        found = net_promoter_score([score])
        expected = (0, 0, 1) if score >= 9 else (0, 1, 0) if score >= 7 else (1, 0, 0)
        assert found.counts == expected


@given(answers)
def test_a_score_is_promoters_minus_detractors_in_percent(scores: list[int | None]) -> None:
    found = net_promoter_score(scores)
    known = [score for score in scores if score is not None]
    assert (found.answers, found.unanswered) == (len(known), len(scores) - len(known))
    if known:
        contributions = [100 * ((score > 8) - (score < 7)) for score in known]
        assert found.value == pytest.approx(np.mean(contributions))
        error = np.std(contributions) / math.sqrt(len(known))
        assert found.standard_error == pytest.approx(error, abs=1e-5)
    else:
        assert math.isnan(found.value)
        assert math.isnan(found.standard_error)
        assert found.interval() == Interval(-100, 100)


def test_the_worked_example() -> None:
    score = NetPromoterScore(20, 10, 70)
    assert score.value == 50
    assert score.standard_error == pytest.approx(8.062258, abs=5e-7)
    for method in METHODS:
        low, high = nps_intervals(20, 10, 70, method=method, confidence_level=0.9)
        assert score.interval(0.9, method) == Interval(float(low), float(high))


@pytest.mark.parametrize(
    "scores",
    [
        [9, 7, None, 3],
        (9, 7, math.nan, 3),
        np.array([9, 7, np.nan, 3]),
        np.array([9, 7, None, 3]),
        np.ma.array([9, 7, 0, 3], mask=[0, 0, 1, 0]),
        pd.Series([9, 7, None, 3]),
        pd.Series([9, 7, None, 3], dtype="Int64"),
        pl.Series([9, 7, None, 3]),
        pa.array([9, 7, None, 3]),
    ],
)
def test_answers_are_taken_in_whatever_holds_them(scores: object) -> None:
    found = net_promoter_score(scores)
    assert found == NetPromoterScore(1, 1, 1, 1, lowest=3, highest=9)


@pytest.mark.parametrize(
    ("scores", "looks_so"),
    [
        ([5] * 10, True),
        ([0] * 10, True),
        ([5] * 9, False),
        ([5] * 9 + [None], False),
        ([5] * 9 + [6], False),
    ],
)
def test_ten_answers_of_which_none_is_above_5_look_like_another_scale(
    scores: list[int | None], looks_so: bool
) -> None:
    found = net_promoter_score(scores)
    assert found.looks_like_another_scale == looks_so
    assert ("look like those of another scale" in str(found.note)) == looks_so


def test_a_reading_says_that_the_answers_look_like_those_of_another_scale() -> None:
    rows = {"customer": [str(n % 7) for n in range(10)], "on": ["2026-06-01"] * 10}
    for customers in (rows["customer"], [None] * 10):
        table = {**rows, "customer": customers, "on": np.array(rows["on"], "datetime64[D]")}
        portfolio = Portfolio.from_tables(responses={**table, "score": [1, 2, 3, 4, 5] * 2})
        reading = Compass(installed=False).read(portfolio)
        (note,) = reading.nps.notes
        assert str(note) == (
            "responses: none of 10 answers is above 5: this looks like another scale than 0-10"
        )
        assert note in reading.notes


def test_without_any_customer_the_score_per_answer_is_the_score() -> None:
    days = np.array(["2026-06-01"] * 4, "datetime64[D]")
    table = {"customer": [None] * 4, "on": days, "score": [10, 9, 3, None]}
    reading = Compass(installed=False).read(Portfolio.from_tables(responses=table))
    assert reading.nps.is_per_answer
    assert reading.nps.score == reading.nps.per_answer
    assert (reading.nps.value, reading.nps.answers) == (pytest.approx(100 / 3), 3)
    assert reading.nps.interval() == reading.nps.per_answer.interval()
    assert str(reading.nps).endswith("(per answer: none has a customer's id)")
    one = {"customer": ["a"], "on": days[:1], "score": [3]}
    both = {name: [*table[name], *one[name]] for name in one}
    both["on"] = np.array(both["on"], "datetime64[D]")
    signed = Compass(installed=False).read(Portfolio.from_tables(responses=both))
    assert not signed.nps.is_per_answer
    assert signed.nps.score == signed.nps.per_customer
    assert signed.nps.answers == 1


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int64, np.float32, np.float64])
def test_many_answers_are_counted_whatever_their_type(dtype: type) -> None:
    scores = np.tile(np.arange(11), 20_001).astype(dtype)
    assert net_promoter_score(scores).counts == (7 * 20_001, 2 * 20_001, 2 * 20_001)


@pytest.mark.parametrize(
    ("scores", "message"),
    [
        ([3, 11, 12], "row 2: 11 is not a whole number from 0 to 10; 2 of 3 scores are not"),
        ([7.5], r"row 1: 7\.5 is not a whole number"),
        ([None, -1], "row 2: -1 is not"),
        ([math.inf], "row 1: inf is not"),
        ([9, "9"], "row 2: text is not a whole number from 0 to 10$"),
        (np.array(["a", "b"]), "row 1: text is not"),
        ([True], "row 1: True is not"),
        (np.array([9, 10.0**6]), r"row 2: 1000000\.0 is not"),
    ],
)
def test_an_answer_off_the_scale_is_an_error_that_says_where(scores: object, message: str) -> None:
    with pytest.raises(DataError, match=message):
        net_promoter_score(scores)


def test_personal_text_stays_out_of_the_error() -> None:
    with pytest.raises(DataError) as caught:
        net_promoter_score([9, "Jan de Vries"])
    assert "Jan" not in str(caught.value)
    assert caught.value.row == 2


def test_the_other_scale_is_named_where_it_would_fit() -> None:
    with pytest.raises(
        DataError, match=r"row 2: 0 is not a whole number from 1 to 10; .*\(0, 10\)"
    ):
        net_promoter_score([3, 0, 10], scale=(1, 10))
    with pytest.raises(DataError) as caught:
        net_promoter_score([0, 11], scale=(1, 10))
    assert "(0, 10)" not in str(caught.value)


def test_without_a_zero_either_scale_reads_the_same_and_a_note_says_so() -> None:
    assert "1-10" in str(net_promoter_score([1, 9]).note)
    assert net_promoter_score([0, 9]).note is None
    assert net_promoter_score([1, 9], scale=(1, 10)).note is None
    assert net_promoter_score([]).note is None
    assert net_promoter_score([1, 9], scale=(1, 10)).value == net_promoter_score([1, 9]).value


@pytest.mark.parametrize("scale", [(0, 5), (10, 0), 10, "0-10", None])
def test_there_are_two_scales(scale: object) -> None:
    with pytest.raises(ArgumentError, match=r"\(0, 10\) or \(1, 10\)"):
        net_promoter_score([3], scale=scale)


@pytest.mark.parametrize("scores", [9, [[9, 8], [7, 6]], "999"])
def test_answers_are_one_row(scores: object) -> None:
    with pytest.raises(ArgumentError, match="one-dimensional array"):
        net_promoter_score(scores)


@pytest.mark.parametrize("count", [-1, 1.5, "3", True, math.nan, None])
def test_a_score_is_made_of_whole_counts(count: object) -> None:
    with pytest.raises(ArgumentError, match="passives is"):
        NetPromoterScore(1, count, 1)


def test_whole_counts_of_any_type_are_plain_numbers() -> None:
    score = NetPromoterScore(np.int64(1), 2.0, np.float64(3))
    assert score == NetPromoterScore(1, 2, 3)
    assert [type(count) for count in score.counts] == [int, int, int]


def test_a_score_prints_itself_with_scale_and_interval() -> None:
    assert str(NetPromoterScore(20, 10, 70)) == (
        "NPS +50.0 on 0-10 (+32.8 to +64.0 at 95%), 100 answers: 70 promoters, 10 passives, "
        "20 detractors"
    )
    assert str(NetPromoterScore(0, 0, 0)) == "NPS unknown on 0-10: no answers"


def test_scores_are_compared_both_ways() -> None:
    one, other = NetPromoterScore(10, 20, 70), NetPromoterScore(20, 30, 50)
    assert one.difference(other).value == pytest.approx(30)
    assert one.difference(other).interval.low == pytest.approx(9.4048, abs=5e-5)
    assert one.difference(other, 0.8).interval.width < one.difference(other).interval.width
    assert one.chance_above(other) + other.chance_above(one) == pytest.approx(1)
    assert one.more_answers_needed(5) > one.more_answers_needed(5, 0.8) > 0


# Groups


@given(st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 10)), st.sampled_from("abcd"))))
def test_each_group_has_the_score_of_its_own_answers(
    rows: list[tuple[int | None, str]],
) -> None:
    found = net_promoter_scores_by_group([row[0] for row in rows], [row[1] for row in rows])
    assert found.groups == tuple(sorted({group for _, group in rows}))
    low, high = found.intervals(method="score")
    for place, group in enumerate(found.groups):
        alone = net_promoter_score([score for score, name in rows if name == group])
        assert found[group].counts == alone.counts
        assert found[group].unanswered == alone.unanswered
        assert found.values[place] == pytest.approx(alone.value, nan_ok=True)
        assert Interval(low[place], high[place]) == alone.interval(method="score")


def test_answers_without_a_group_are_counted_apart() -> None:
    found = net_promoter_scores_by_group([9, 9, 3, 1], ["x", None, math.nan, 5])
    assert found.groups == ("5", "x")
    assert found.ungrouped == 2
    assert len(found) == 2


def test_a_group_is_compared_with_everybody_else() -> None:
    scores = [10] * 8 + [3] * 2 + [9] * 3 + [7] * 5 + [2] * 4
    found = net_promoter_scores_by_group(scores, ["a"] * 10 + ["b"] * 6 + ["c"] * 6)
    rest = net_promoter_score(scores[10:])
    assert found.against_the_rest("a") == net_promoter_score(scores[:10]).difference(rest)
    corrected = found.p_values_against_the_rest()
    plain = [found.against_the_rest(group).p_value for group in found.groups]
    assert corrected.min() == pytest.approx(3 * min(plain))


def test_an_unknown_group_is_told_which_there_are() -> None:
    found = net_promoter_scores_by_group([9, 8], ["shop", "web"])
    with pytest.raises(ArgumentError, match="Did you mean 'shop'"):
        found["shopp"]


def test_there_is_a_group_for_each_score() -> None:
    with pytest.raises(DataError, match="2 scores and 1 groups"):
        net_promoter_scores_by_group([9, 8], ["shop"])


# Waves


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=1, max_size=20))
def test_a_paired_difference_is_that_of_the_two_scores(pairs: list[tuple[int, int]]) -> None:
    before, after = [list(wave) for wave in zip(*pairs, strict=True)]
    found = paired_nps_difference(before, after)
    expected = net_promoter_score(after).value - net_promoter_score(before).value
    assert found.value == pytest.approx(expected)
    turned = paired_nps_difference(after, before)
    assert turned.value == pytest.approx(-expected)
    assert turned.interval.low == pytest.approx(-found.interval.high, abs=1e-9)


def test_only_customers_who_answered_twice_are_compared() -> None:
    found = paired_nps_difference([9, None, 3, 7], [None, 9, 3, 9])
    assert found.value == pytest.approx(50)
    assert math.isnan(paired_nps_difference([9, None], [None, 9]).value)


def test_waves_are_of_one_length() -> None:
    with pytest.raises(DataError, match="2 scores before and 1 after"):
        paired_nps_difference([9, 8], [9])
