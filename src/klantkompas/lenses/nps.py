"""What is the Net Promoter Score, and how sure is that?

Question: how likely are customers to recommend you, and does a difference mean anything?
Idea: promoters gave 9 or 10, detractors 6 or lower; the score is the percentage of promoters minus
that of detractors, in points from -100 to +100. A handful of answers says little, so a score always
comes with an interval.
Source: S2; the statistics are those of `klantkompas.stats`.

>>> from datetime import date
>>> from klantkompas import Compass, Portfolio, Response
>>> scores = {"a": 9, "b": 10, "c": 3, "d": 8}
>>> answers = [Response(customer=id, on=date(2026, 6, 1), score=s) for id, s in scores.items()]
>>> reading = Compass(installed=False).read(Portfolio.from_records(answers))
>>> print(reading.nps)
NPS +25.0 on 0-10 (-49.0 to +76.3 at 95%), 4 answers: 2 promoters, 1 passive, 1 detractor
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

import numpy as np
from attrs import frozen

from klantkompas._arrays import AnyArray, FloatArray, ObjectArray, as_objects
from klantkompas.drawing import NpsOverTimeDisplay, Pictured
from klantkompas.hooks import lens
from klantkompas.portfolio import Measures, TallyCounts
from klantkompas.results import Result
from klantkompas.stats.by_group import net_promoter_scores_by_group
from klantkompas.stats.net_promoter import NetPromoterScore, net_promoter_score
from klantkompas.stats.over_time import SpanScore, by_span, rolling
from klantkompas.stats.results import Interval
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote
from klantkompas.wording.sentence import Sentence, sentence

__all__ = ["SurveyScore", "nps"]

ANOTHER_SCALE = mark("none of {count} is above 5: this looks like another scale than {detail}")
NO_ANSWERS = mark("NPS: unknown, as there are no survey answers in the period")
PER_ANSWER = mark("{score} (per answer: none has a customer's id)")


@frozen(eq=False, repr=False, kw_only=True)
class SurveyScore(Pictured, Result):
    """The Net Promoter Score of a portfolio.

    Args:
        per_customer: the score by the latest answer of each customer in the period, active or not.
        per_answer: the score by every answer of the period, answers without a customer's id
            included.
        by_group: the score by the latest answer of each customer, of each group of customers.
        by_month: the score by each customer's latest answer of each calendar month.

    >>> from datetime import date
    >>> from klantkompas import Compass, Portfolio, Response
    >>> answers = [Response(customer=each, on=date(2026, 6, 1), score=9) for each in "abc"]
    >>> survey = Compass(installed=False).read(Portfolio.from_records(answers)).nps
    >>> survey.score.value, survey.score.answers
    (100.0, 3)
    """

    per_customer: NetPromoterScore
    per_answer: NetPromoterScore
    by_group: Mapping[str, NetPromoterScore]
    by_month: Mapping[str, NetPromoterScore]

    @property
    def score(self) -> NetPromoterScore:
        """The Net Promoter Score per customer; per answer where no answer has a customer's id."""
        return self.per_answer if self.is_per_answer else self.per_customer

    @property
    def is_per_answer(self) -> bool:
        """Whether the score is per answer, as no answer has a customer's id."""
        return bool(self.per_answer.answers) and not self.per_customer.answers

    @property
    def notes(self) -> tuple[DataNote, ...]:
        """What to know before relying on the score: that answers may be on another scale."""
        if not self.per_answer.looks_like_another_scale:
            return ()
        low, high = self.per_answer.scale
        return (
            DataNote(
                ANOTHER_SCALE,
                table="responses",
                count=self.per_answer.answers,
                detail=f"{low}-{high}",
                unit="answers",
            ),
        )

    @property
    def value(self) -> float:
        """The Net Promoter Score in points, from -100 to 100; NaN without answers."""
        return self.score.value

    @property
    def answers(self) -> int:
        """How many answers the score rests on."""
        return self.score.answers

    def interval(self, confidence_level: float = 0.95, method: str = "jeffreys") -> Interval:
        """Return the interval of the score in points: the scores that the answers leave plausible.

        Args:
            confidence_level: how often such an interval should hold the true score, between 0 and
                1.
            method: how it is computed; see `NetPromoterScore.interval`.
        """
        return self.score.interval(confidence_level, method)

    def by_span(self, months: int = 3) -> tuple[SpanScore, ...]:
        """Return the score of each quarter, or another span of calendar months.

        Args:
            months: how many months a span has.
        """
        return by_span(self.by_month, months=months)

    def rolling(self, months: int = 12) -> tuple[SpanScore, ...]:
        """Return for each month the score of the months up to and including it.

        Args:
            months: how many months count.
        """
        return rolling(self.by_month, months=months)

    def display(self) -> NpsOverTimeDisplay:
        """Return the picture: the score of each quarter; `NpsByGroupDisplay` is another one."""
        return NpsOverTimeDisplay.from_result(self)

    def columns(self) -> dict[str, AnyArray]:
        """Return the columns of `to_frame`: the score per customer, per answer and by group."""
        named = {"latest per customer": self.per_customer, "per answer": self.per_answer}
        named |= {f"group {name}": score for name, score in self.by_group.items()}
        named |= {f"month {name}": score for name, score in self.by_month.items()}
        scores = list(named.values())
        intervals = [score.interval() for score in scores]
        return {
            "of": as_objects(named),
            "answers": np.array([score.answers for score in scores]),
            "promoters": np.array([score.promoters for score in scores]),
            "passives": np.array([score.passives for score in scores]),
            "detractors": np.array([score.detractors for score in scores]),
            "nps": np.array([score.value for score in scores]),
            "low": np.array([interval.low for interval in intervals]),
            "high": np.array([interval.high for interval in intervals]),
        }

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentences of the result: the score, and if so, that no answer has a customer's id."""
        if not self.score.answers:
            return (Sentence(NO_ANSWERS),)
        (score,) = self.score.parts
        return (sentence(PER_ANSWER, score=score),) if self.is_per_answer else (score,)


def _by_group(
    groups: ObjectArray, latest: FloatArray, scale: tuple[int, int]
) -> dict[str, NetPromoterScore]:
    """Return the score of each group of customers who answered, by its name."""
    answered = ~np.isnan(latest)
    found = net_promoter_scores_by_group(latest[answered], groups[answered], scale=scale)
    return {name: found[name] for name in found.groups}


def _by_key(counts: TallyCounts, scale: tuple[int, int]) -> dict[str, NetPromoterScore]:
    """Return scores by the first part of a tally's keys, whose last part is a kind of answer."""
    kinds = defaultdict[str, Counter[str]](Counter)
    for key, count in counts.items():
        kinds[key[0]][key[-1]] += count
    return {
        name: NetPromoterScore(
            found["detractor"], found["passive"], found["promoter"], found["unanswered"], scale
        )
        for name, found in sorted(kinds.items())
    }


def _per_answer(counts: TallyCounts, scale: tuple[int, int]) -> NetPromoterScore:
    """Return the score of answers that are counted by score; empty where there is none."""
    scores = np.array([float(score or "nan") for (score,) in counts])
    return net_promoter_score(np.repeat(scores, list(counts.values())), scale=scale)


@lens(question="Would your customers recommend you?")
def nps(measures: Measures) -> SurveyScore:
    """Return the Net Promoter Score of a portfolio from what is known of its customers.

    Args:
        measures: with the measure ``last_score`` and the tallies of answers.

    Returns:
        The score per customer, per answer, by group and by month.
    """
    scale, tallies = measures.score_scale, measures.tallies
    latest = measures["last_score"]
    return SurveyScore(
        per_customer=net_promoter_score(latest[~np.isnan(latest)], scale=scale),
        per_answer=_per_answer(tallies["answers_by_score"], scale),
        by_group=_by_group(measures.record["group"], latest, scale),
        by_month=_by_key(tallies["answers_by_month"], scale),
    )
