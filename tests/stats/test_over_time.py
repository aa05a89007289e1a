"""Scores of months, added up to longer spans."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas.compass import Compass
from klantkompas.domain.interactions import Response
from klantkompas.errors import ArgumentError
from klantkompas.portfolio import Portfolio
from klantkompas.stats import NetPromoterScore, by_span, rolling, summed

counts = st.integers(0, 50)
scores = st.builds(NetPromoterScore, counts, counts, counts, counts)
month_numbers = st.integers(2020 * 12, 2024 * 12)


def written(number: int) -> str:
    return f"{number // 12}-{number % 12 + 1:02}"


by_months = st.dictionaries(month_numbers.map(written), scores, min_size=1, max_size=12)


@given(st.lists(scores))
def test_a_sum_has_the_answers_of_all(every: list[NetPromoterScore]) -> None:
    whole = summed(every)
    assert whole.detractors == sum(each.detractors for each in every)
    assert whole.passives == sum(each.passives for each in every)
    assert whole.promoters == sum(each.promoters for each in every)
    assert whole.unanswered == sum(each.unanswered for each in every)


def test_a_sum_knows_the_lowest_score_only_where_every_part_does() -> None:
    low, high = NetPromoterScore(1, 0, 0, lowest=2), NetPromoterScore(0, 0, 1, lowest=9)
    assert summed([high, low, NetPromoterScore(0, 0, 0)]).lowest == 2
    assert summed([high, NetPromoterScore(1, 0, 0)]).lowest is None
    assert summed([]).lowest is None


def test_a_sum_is_of_one_scale() -> None:
    one = NetPromoterScore(1, 1, 1, scale=(1, 10))
    assert summed([one, one]).scale == (1, 10)
    with pytest.raises(ArgumentError, match=r"\(0, 10\) and \(1, 10\)"):
        summed([one, NetPromoterScore(1, 1, 1)])


@given(by_months, st.sampled_from([1, 2, 3, 4, 6, 12]))
def test_spans_of_the_calendar_hold_every_month_once(
    by_month: dict[str, NetPromoterScore], months: int
) -> None:
    spans = by_span(by_month, months=months)
    assert summed(span.score for span in spans) == summed(by_month.values())
    assert spans[0].first <= min(by_month) <= spans[0].last
    assert spans[-1].first <= max(by_month) <= spans[-1].last
    for span, after in pairwise(spans):
        assert span.last < after.first
    for span in spans:
        inside = [by_month[month] for month in by_month if span.first <= month <= span.last]
        assert span.score == summed(inside)
        assert span.answered == sum(score.answers > 0 for score in inside)
        assert (int(span.first[5:]) - 1) % months == 0
        assert span.months == months


@given(by_months, st.integers(1, 15))
def test_a_rolling_span_holds_the_last_months_of_each(
    by_month: dict[str, NetPromoterScore], months: int
) -> None:
    spans = rolling(by_month, months=months)
    first, last = (int(m[:4]) * 12 + int(m[5:]) - 1 for m in (min(by_month), max(by_month)))
    ends = [written(end) for end in range(first + months - 1, last + 1)]
    assert [span.last for span in spans] == ends
    for span in spans:
        inside = [by_month[month] for month in by_month if span.first <= month <= span.last]
        assert span.score == summed(inside)


@given(by_months)
def test_spans_of_one_month_are_the_months_and_those_between(
    by_month: dict[str, NetPromoterScore],
) -> None:
    spans = by_span(by_month, months=1)
    assert spans == rolling(by_month, months=1)
    assert {span.first: span.score for span in spans if span.first in by_month} == by_month
    assert all(span.answered == 0 for span in spans if span.first not in by_month)


def test_quarters_begin_in_january_april_july_and_october() -> None:
    months = {"2024-12": NetPromoterScore(1, 0, 0), "2025-06": NetPromoterScore(0, 0, 1)}
    quarters = by_span(months)
    assert [(span.first, span.last) for span in quarters] == [
        ("2024-10", "2024-12"),
        ("2025-01", "2025-03"),
        ("2025-04", "2025-06"),
    ]
    assert str(quarters[1]) == "Jan 2025 to Mar 2025 (answers in 0 of 3 months): unknown, 0 answers"


def test_a_span_without_answers_is_on_the_scale_of_the_others() -> None:
    months = {
        "2024-01": NetPromoterScore(1, 0, 0, scale=(1, 10)),
        "2024-03": NetPromoterScore(0, 0, 1, scale=(1, 10)),
    }
    assert [span.score.scale for span in by_span(months, months=1)] == [(1, 10)] * 3


def test_without_months_there_are_no_spans() -> None:
    assert by_span({}) == rolling({}) == ()
    assert rolling({"2025-01": NetPromoterScore(1, 1, 1)}, months=2) == ()


@pytest.mark.parametrize("months", [0, -3, 1.5, 2.0, "3", None, True])
@pytest.mark.parametrize("function", [by_span, rolling])
def test_a_span_has_a_whole_number_of_months(function: object, months: object) -> None:
    with pytest.raises(ArgumentError, match=r"months is .* whole number from 1"):
        function({"2025-01": NetPromoterScore(1, 1, 1)}, months=months)


@pytest.mark.parametrize("months", [5, 7, 24])
def test_a_span_of_the_calendar_divides_a_year(months: int) -> None:
    with pytest.raises(ArgumentError, match=r"divide a year.*rolling"):
        by_span({}, months=months)


@pytest.mark.parametrize(
    "month", ["2025", "2025-13", "2025-1", "January", "2025-01-03", 202501, None]
)
@pytest.mark.parametrize("function", [by_span, rolling])
def test_a_month_is_written_as_year_and_month(function: object, month: object) -> None:
    with pytest.raises(ArgumentError, match="such as '2025-01'"):
        function({month: NetPromoterScore(1, 1, 1)})


def test_a_reading_adds_up_its_months() -> None:
    answers = [
        Response(customer="a", on=date(2026, 1, 5), score=9),
        Response(customer="a", on=date(2026, 1, 20), score=3),
        Response(customer="a", on=date(2026, 2, 20), score=10),
        Response(customer="b", on=date(2026, 5, 1), score=8),
    ]
    found = Compass(installed=False).read(Portfolio.from_records(answers)).nps
    first, second = found.by_span(months=3)
    assert (first.score.counts, first.answered) == ((1, 0, 1), 2)
    assert (second.score.counts, second.answered) == ((0, 1, 0), 1)
    assert [span.last for span in found.rolling(months=4)] == ["2026-04", "2026-05"]
