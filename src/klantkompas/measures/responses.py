"""What survey answers say: each customer's latest score, and all answers counted by their kind."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from klantkompas._arrays import Codes, FloatArray, as_objects
from klantkompas._ids import IdColumn, distinct_objects
from klantkompas.hooks import measure, tally
from klantkompas.portfolio import Period, Rows, TallyCounts, cached_ever, month_numbers, tally_of
from klantkompas.stats.answers import KINDS_OF_ANSWER, kinds_of_answer

__all__: list[str] = []


@measure(unit="points", reads=["responses.score"])
def last_score(period: Period) -> FloatArray:
    """Latest survey score of the period.

    From 0 to 10; NaN for a customer who gave no score in the period.
    """
    return period.during("responses").known("score").last("score")


@measure(unit="days", reads=["responses.score"], steers=False)
def days_since_last_score(period: Period) -> FloatArray:
    """Days since the latest survey score of the period.

    Counted to the reference date; NaN for a customer who gave no score in the period.
    """
    scored = period.during("responses").known("score")
    return scored.min((period.as_of - scored.days).astype(np.float64))


def _kinds(rows: Rows) -> tuple[Codes, Sequence[str]]:
    return kinds_of_answer(rows["score"]), KINDS_OF_ANSWER


@cached_ever
def _group_of_each(period: Period) -> tuple[Codes, Sequence[str]]:
    """Return the group of each customer, and of nobody, and the names; that of none is empty."""
    group = np.append(period.portfolio.listed["group"], as_objects([None]))
    found = IdColumn.from_distinct(*distinct_objects(group))
    return found.codes % (len(found.distinct) + 1), (*found.distinct, "")


def _groups(period: Period, rows: Rows) -> tuple[Codes, Sequence[str]]:
    codes, names = _group_of_each(period)
    return codes.take(rows["customer"]), names


def _months(rows: Rows) -> tuple[Codes, Sequence[str]]:
    months = month_numbers(rows.days)
    first = int(months.min(initial=np.iinfo(np.int64).max))
    last = int(months.max(initial=first - 1))
    return months - first, [str(np.datetime64(month, "M")) for month in range(first, last + 1)]


@tally(keys=["group", "kind of answer"])
def answers(period: Period) -> TallyCounts:
    """Survey answers of the period, those without a customer too.

    Returns:
        How many answers there are for each pair of group and kind of answer; ``''`` is the group of
        customers without one, and of answers without a customer.
    """
    rows = period.during("responses").require("score")
    return tally_of(_groups(period, rows), _kinds(rows))


@tally(keys=["score"])
def answers_by_score(period: Period) -> TallyCounts:
    """Survey answers of the period by their score; empty where there is none.

    Returns:
        How many answers there are for each score, from ``'0'`` to ``'10'``; ``''`` counts the
        answers without a score. A score that nobody gave is absent.
    """
    scores = period.during("responses").require("score")["score"]
    found, counts = np.unique(scores[~np.isnan(scores)].astype(np.int64), return_counts=True)
    unanswered = int(np.isnan(scores).sum())
    counted: dict[tuple[str, ...], int] = {("",): unanswered} if unanswered else {}
    for score, count in zip(found.tolist(), counts.tolist(), strict=True):
        counted[str(score),] = count
    return counted


@tally(keys=["month", "group", "kind of answer"])
def answers_by_month(period: Period) -> TallyCounts:
    """Each customer's latest answer of each month, and all answers without a customer.

    Returns:
        How many answers there are, up to the reference date, for each month (such as
        ``'2026-06'``), group and kind of answer.
    """
    rows = period.ever("responses").known("score").in_order()
    codes, months = rows["customer"], month_numbers(rows.days)
    last = np.ones(len(rows), dtype=np.bool_)
    last[:-1] = (codes[1:] != codes[:-1]) | (months[1:] != months[:-1])
    rows = rows.where(last | (codes == period.customers))
    return tally_of(_months(rows), _groups(period, rows), _kinds(rows))
