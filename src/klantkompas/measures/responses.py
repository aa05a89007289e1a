"""What survey answers say: each customer's latest score, and all answers counted by their kind."""

from __future__ import annotations

from collections import Counter

import numpy as np

from klantkompas._arrays import FloatArray, is_known
from klantkompas.hooks import Measure, Tally
from klantkompas.portfolio import Period, Rows, TallyCounts

__all__: list[str] = []

NO_GROUP = ""


def last_score(period: Period) -> FloatArray:
    """Give each customer's latest score of the period."""
    responses = period.during("responses").needing("score")
    return responses.where(is_known(responses["score"])).last("score")


def _kinds_of_answer(scores: FloatArray) -> list[str]:
    kinds = np.array(["detractor", "passive", "promoter", "unanswered"], dtype=np.object_)
    place = np.where(np.isnan(scores), 3, (scores >= 7).astype(np.intp) + (scores >= 9))
    answers: list[str] = kinds[place].tolist()
    return answers


def _groups(period: Period, rows: Rows) -> list[str]:
    groups = np.append(period.portfolio.listed["group"], [None])
    return [NO_GROUP if group is None else str(group) for group in groups[rows.codes]]


def _months(rows: Rows) -> list[str]:
    months: list[str] = rows.days.astype("datetime64[M]").astype(str).tolist()
    return months


def _sorted_counts(keys: Counter[tuple[str, ...]]) -> TallyCounts:
    return dict(sorted(keys.items()))


def count_answers(period: Period) -> TallyCounts:
    """Count the answers of the period by group and kind of answer, of everybody and nobody."""
    rows = period.during("responses").needing("score")
    return _sorted_counts(
        Counter(zip(_groups(period, rows), _kinds_of_answer(rows["score"]), strict=True))
    )


def count_latest_of_month(period: Period) -> TallyCounts:
    """Count each customer's latest answer of each calendar month ever; the nameless all count."""
    rows = period.ever("responses").needing("score").in_order()
    rows = rows.where(is_known(rows["score"]))
    months = rows.days.astype("datetime64[M]")
    last = np.ones(len(rows), dtype=np.bool_)
    last[:-1] = (rows.codes[1:] != rows.codes[:-1]) | (months[1:] != months[:-1])
    rows = rows.where(last | (rows.codes == period.customers))
    groups, kinds = _groups(period, rows), _kinds_of_answer(rows["score"])
    return _sorted_counts(Counter(zip(_months(rows), groups, kinds, strict=True)))


LAST_SCORE = Measure(
    name="last_score", of=last_score, unit="points", describes="latest survey score of the period"
)
ANSWERS = Tally(
    name="answers",
    of=count_answers,
    keys=("group", "kind of answer"),
    describes="survey answers of the period",
)
ANSWERS_BY_MONTH = Tally(
    name="answers_by_month",
    of=count_latest_of_month,
    keys=("month", "group", "kind of answer"),
    describes="each customer's latest answer of each month",
)
