"""What is the Net Promoter Score, and how sure is that?

Question: how likely are customers to recommend you, and does a difference mean anything?
Idea: promoters gave 9 or 10, detractors 6 or lower; the score is the percentage of promoters minus
that of detractors, in points from -100 to +100. A handful of answers says little, so a score always
comes with an interval.
Source: S2; the statistics in `klantkompas.stats`.

>>> score = net_promoter_score([10, 9, 9, 8, 7, 10, 3, 6, None])
>>> print(score)
NPS +25.0 on 0-10 (-31.8 to 67.5 at 95%), 8 answers: 4 promoters, 2 passives, 2 detractors
>>> score.unanswered
1
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from klantkompas._arrays import AnyArray
from klantkompas.errors import DataError
from klantkompas.hooks import lens
from klantkompas.portfolio import Measures, TallyCounts
from klantkompas.results import Result
from klantkompas.stats.answers import Scores, categories, tally
from klantkompas.stats.by_group import NetPromoterScores
from klantkompas.stats.checks import Floats, is_missing
from klantkompas.stats.differences import paired_difference
from klantkompas.stats.net_promoter import NetPromoterScore
from klantkompas.stats.over_time import SpanScore, by_span, rolling, summed
from klantkompas.stats.results import Difference, Interval

__all__ = [
    "NetPromoterScore",
    "NetPromoterScores",
    "SpanScore",
    "SurveyScore",
    "by_span",
    "net_promoter_score",
    "net_promoter_scores_by_group",
    "nps",
    "paired_nps_difference",
    "rolling",
    "summed",
]


def net_promoter_score(scores: Scores, *, scale: tuple[int, int] = (0, 10)) -> NetPromoterScore:
    """Give the Net Promoter Score of answers.

    Args:
        scores: one for each answer; None or NaN where there is none.
        scale: the lowest and the highest possible score, ``(0, 10)`` or ``(1, 10)``.

    Returns:
        The score, with the counts behind it.

    Raises:
        DataError: where a score is not a whole number on the scale; it says how many and where.
        ArgumentError: where the scale is neither, or the scores are not a one-dimensional array.

    >>> net_promoter_score([9, 10, 7, 6], scale=(1, 10)).value
    25.0
    """
    counted = tally(scores, scale=scale)
    return NetPromoterScore(*counted[:4], scale=scale, lowest=counted.lowest)


def net_promoter_scores_by_group(
    scores: Scores, groups: Iterable[Hashable], *, scale: tuple[int, int] = (0, 10)
) -> NetPromoterScores:
    """Give the Net Promoter Score of each group of answers.

    Args:
        scores: one for each answer; None or NaN where there is none.
        groups: the group of each answer, as text; None where it belongs to none.
        scale: the lowest and the highest possible score, ``(0, 10)`` or ``(1, 10)``.

    Returns:
        The scores of the groups, these in the order of their names.

    Raises:
        DataError: where a score is not a whole number on the scale, or there are not as many groups
            as scores.
        ArgumentError: where the scale is neither, or the scores are not a one-dimensional array.

    >>> net_promoter_scores_by_group([9, 6, 10], ["b", "a", "b"]).values
    array([-100.,  100.])
    """
    category = categories(scores, scale=scale)
    labels = [None if is_missing(group) else str(group) for group in groups]
    if len(labels) != len(category):
        raise DataError(f"{len(category)} scores and {len(labels)} groups: give one for each score")
    names = tuple(sorted({label for label in labels if label is not None}))
    number: dict[str | None, int] = {name: place for place, name in enumerate(names)}
    number[None] = len(names)
    code = np.fromiter((number[label] for label in labels), np.intp, len(labels))

    def count(which: NDArray[np.bool_]) -> Floats:
        return np.bincount(code[which], minlength=len(names) + 1)[:-1].astype(np.float64)

    return NetPromoterScores(
        names,
        count(category == -1),
        count(category == 0),
        count(category == 1),
        count(np.isnan(category)),
        scale,
        int(np.count_nonzero(code == len(names))),
    )


def paired_nps_difference(
    before: Scores,
    after: Scores,
    *,
    scale: tuple[int, int] = (0, 10),
    confidence_level: float = 0.95,
) -> Difference:
    """Tell how far the score of the same customers moved between two waves.

    Args:
        before: each customer's score in the first wave; None or NaN where there is none.
        after: the same customers' scores in the second, in the same order.
        scale: the lowest and the highest possible score, ``(0, 10)`` or ``(1, 10)``.
        confidence_level: how often such an interval should hold the true difference.

    Returns:
        The score after minus the score before, of the customers who answered both times.

    Raises:
        DataError: where a score is not a whole number on the scale, or the waves differ in length.
        ArgumentError: where the scale is neither, or the level not between 0 and 1.

    >>> print(paired_nps_difference([6, 7, 8, 9, 3, None], [9, 7, 9, 9, 7, 10]))
    +80.0 points (-41.7 to 144.5, p = 0.16)
    """
    first, second = categories(before, scale=scale), categories(after, scale=scale)
    if len(first) != len(second):
        raise DataError(
            f"{len(first)} scores before and {len(second)} after: give both for each customer"
        )
    change = second - first
    moved = change[~np.isnan(change)].astype(np.intp)
    counts = np.bincount(moved + 2, minlength=5)
    return paired_difference(counts, confidence_level=confidence_level)


@frozen(eq=False, repr=False, kw_only=True)
class SurveyScore(Result):
    """The Net Promoter Score of a portfolio.

    Args:
        score: by the latest answer of each customer in the period, active or not.
        per_answer: by every answer of the period, those that bear no customer's id among them.
        by_group: per answer, for each group of customers.
        by_month: by each customer's latest answer of each calendar month.
    """

    score: NetPromoterScore
    per_answer: NetPromoterScore
    by_group: Mapping[str, NetPromoterScore]
    by_month: Mapping[str, NetPromoterScore]

    @property
    def value(self) -> float:
        """The score in points, from -100 to 100; NaN without answers."""
        return self.score.value

    @property
    def answers(self) -> int:
        """How many customers answered."""
        return self.score.answers

    def interval(self, confidence_level: float = 0.95, method: str = "jeffreys") -> Interval:
        """Give the scores that the customers' answers leave plausible."""
        return self.score.interval(confidence_level, method)

    def by_span(self, months: int = 3) -> tuple[SpanScore, ...]:
        """Give the scores of quarters or other spans of the calendar, as sums of months."""
        return by_span(self.by_month, months=months)

    def rolling(self, months: int = 12) -> tuple[SpanScore, ...]:
        """Give the scores of the last so many months, as seen from each month."""
        return rolling(self.by_month, months=months)

    def columns(self) -> dict[str, AnyArray]:
        """Give the columns of `to_frame`: a row for each customer's, answer's, group's score."""
        named = {"latest per customer": self.score, "per answer": self.per_answer}
        named |= {f"group {name}": score for name, score in self.by_group.items()}
        named |= {f"month {name}": score for name, score in self.by_month.items()}
        scores = list(named.values())
        intervals = [score.interval() for score in scores]
        return {
            "of": np.array([*named], dtype=np.object_),
            "answers": np.array([score.answers for score in scores]),
            "promoters": np.array([score.promoters for score in scores]),
            "passives": np.array([score.passives for score in scores]),
            "detractors": np.array([score.detractors for score in scores]),
            "nps": np.array([score.value for score in scores]),
            "low": np.array([interval.low for interval in intervals]),
            "high": np.array([interval.high for interval in intervals]),
        }

    def __str__(self) -> str:
        """Give the score; per answer too where answers bear no customer's id."""
        if not self.per_answer.answers:
            return "NPS: unknown, as there are no survey answers in the period"
        if not self.score.answers:
            return f"{self.per_answer} (per answer: none bears a customer's id)"
        return str(self.score)


def _counted(
    counts: TallyCounts, place: int, scale: tuple[int, int]
) -> dict[str, NetPromoterScore]:
    kinds: dict[str, Counter[str]] = {}
    for key, count in counts.items():
        kinds.setdefault(key[place], Counter())[key[-1]] += count
    return {
        name: NetPromoterScore(
            found["detractor"], found["passive"], found["promoter"], found["unanswered"], scale
        )
        for name, found in sorted(kinds.items())
    }


@lens(question="Would your customers recommend you?")
def nps(measures: Measures) -> SurveyScore:
    """Give the Net Promoter Score of a portfolio from what is known of its customers.

    Args:
        measures: with the measure ``last_score`` and the tallies of answers.

    Returns:
        The score per customer, per answer, by group and by month.
    """
    scale = measures.score_scale
    answers, months = measures.tallies["answers"], measures.tallies["answers_by_month"]
    whole = Counter[tuple[str, ...]]()
    for key, count in answers.items():
        whole["", key[-1]] += count
    latest = measures["last_score"]
    return SurveyScore(
        score=net_promoter_score(latest[~np.isnan(latest)], scale=scale),
        per_answer=_counted(whole, 0, scale).get("", NetPromoterScore(0, 0, 0, scale=scale)),
        by_group={name: each for name, each in _counted(answers, 0, scale).items() if name},
        by_month=_counted(months, 0, scale),
    )
