"""The headline numbers of a page, with what changed since the last review."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from klantkompas.compass import Reading
from klantkompas.hooks import KeyFigure, Quantity, Sentence, Unanswered
from klantkompas.lenses.pareto import LEADING
from klantkompas.portfolio import Measures
from klantkompas.reviews.compare import Review
from klantkompas.stats.net_promoter import net_promoter_score
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Value, sentence

__all__ = ["headlines_of"]

ACTIVE = mark("Active customers")
OF_ALL = mark("of {customers} in the portfolio")
REVENUE = mark("Revenue of the period")
CREDITS = mark("of the active customers, after credit notes")
LEADING_BRING = mark("The leading 20% bring")
COMES_FROM = mark("{most} comes from {few}")
OF_THE_REVENUE = mark("of the revenue")
SCORE = mark("Net Promoter Score")
BETWEEN = mark("between {low} and {high}, by {answers}")
NOBODY = mark("nobody gave a score")
WAS = mark("was {before} on {day}")
BESIDE = "{was}; {also}"


def headlines_of(reading: Reading, review: Review | None) -> Iterable[KeyFigure]:
    """Return the headline numbers of a reading.

    Args:
        reading: the reading.
        review: the review that compares it with an earlier one; None without one.

    Returns:
        Active customers, revenue, what the leading customers bring and the Net Promoter Score, each
        with what it was at the earlier reading.
    """
    before = None if review is None else review.previous.measures
    active, revenue = _active(reading.measures)
    yield KeyFigure(
        title=Sentence(ACTIVE),
        value=active,
        detail=sentence(OF_ALL, customers=len(reading.measures)),
        since=_was(before, lambda then: _active(then)[0]),
    )
    yield KeyFigure(
        title=Sentence(REVENUE),
        value=revenue,
        detail=Sentence(CREDITS),
        since=_beside(_was(before, lambda then: _active(then)[1]), _year_before(reading)),
    )
    yield _leading(reading)
    yield _score(reading, before)


def _was(before: Measures | None, figure: Callable[[Measures], Value]) -> Sentence | None:
    """Return what a figure was at the earlier reading; None where that is unknown."""
    then = None if before is None else figure(before)
    if before is None or then is None:
        return None
    return sentence(WAS, before=then, day=before.as_of)


def _year_before(reading: Reading) -> Sentence | None:
    """Return how revenue compares with a year before; None where that is unknown."""
    months = reading.by_month
    return None if isinstance(months, Unanswered) else months.year_before.in_brief


def _beside(was: Sentence | None, also: Sentence | None) -> Sentence | None:
    """Return what a figure was, and what else is to be said beside that; None where unknown."""
    return was if was is None or also is None else sentence(BESIDE, was=was, also=also)


def _active(measures: Measures) -> tuple[int | None, Quantity | None]:
    """Return how many customers are active, and what they bring; None where unknown."""
    active = measures["active"]
    if not len(active) or np.isnan(active).all():
        return None, None
    places = measures.active_places
    return len(places), Quantity(float(np.nansum(measures["revenue"][places])), "money")


def _leading(reading: Reading) -> KeyFigure:
    ranking = reading.pareto
    if isinstance(ranking, Unanswered):
        return KeyFigure(title=Sentence(LEADING_BRING), value=None, detail=Sentence(OF_THE_REVENUE))
    return KeyFigure(
        title=Sentence(LEADING_BRING),
        value=Quantity(ranking.leading_share(LEADING), "percent"),
        detail=sentence(
            COMES_FROM,
            most=Quantity(ranking.wanted, "percent"),
            few=Quantity(ranking.vital_few, "customers"),
        ),
    )


def _score(reading: Reading, before: Measures | None) -> KeyFigure:
    survey = reading["nps"]
    if isinstance(survey, Unanswered) or not survey.answers:
        return KeyFigure(title=Sentence(SCORE), value=None, detail=Sentence(NOBODY))
    between = survey.interval()
    return KeyFigure(
        title=Sentence(SCORE),
        value=Quantity(survey.value, "score"),
        detail=sentence(
            BETWEEN,
            low=Quantity(between.low, "score"),
            high=Quantity(between.high, "score"),
            answers=Quantity(survey.answers, "answers"),
        ),
        since=None if survey.is_per_answer else _was(before, _score_of),
    )


def _score_of(measures: Measures) -> Quantity | None:
    latest = measures["last_score"]
    latest = latest[~np.isnan(latest)]
    if not len(latest):
        return None
    return Quantity(net_promoter_score(latest, scale=measures.score_scale).value, "score")
