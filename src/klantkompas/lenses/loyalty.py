"""Who is loyal, who is merely satisfied, and whose kind answer flatters the score?

Question: who stays when there is a better offer, and what would the score be without leniency?
Idea: *loyal* is more than *satisfied*: a promoter who came back (two or more orders in the last two
periods) and has no open complaint. *Satisfied* is a passive, or a promoter without that behaviour:
gone as soon as there is a better offer. *Critical* is a detractor. *Lenient* is a 6, 7 or 8 given
after something went wrong: people who do not want to make trouble, and do not come back.
Source: S2, S4; `klantkompas.measures.went_wrong` defines what went wrong.

>>> labels = loyalty_of([10, 10, 9, 8, 3, None], orders=[2, 1, 5, 9, 9, 9], open_complaints=[0] * 6)
>>> labels.tolist()
['loyal', 'satisfied', 'loyal', 'satisfied', 'critical', None]
>>> lenient_answers([5, 6, 7, 8, 9], went_wrong=[1, 1, 1, 0, 1]).tolist()
[False, True, True, False, False]
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from attrs import frozen
from numpy.typing import ArrayLike

from klantkompas._arrays import (
    AnyArray,
    BoolArray,
    FloatArray,
    Lazy,
    ObjectArray,
    as_objects,
    freeze,
)
from klantkompas._thresholds import above, at_least
from klantkompas.drawing import CountsDisplay, Pictured
from klantkompas.errors import ArgumentError
from klantkompas.hooks import Unanswered, lens
from klantkompas.measures.wrong_in_words import times_went_wrong, went_wrong_of
from klantkompas.portfolio import Measures
from klantkompas.results import CustomerResult, per_customer
from klantkompas.stats.answers import is_kind, tally
from klantkompas.stats.checks import checked_numbers
from klantkompas.stats.net_promoter import NetPromoterScore
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Quantity, Sentence, counted, sentence

__all__ = ["Loyalty", "lenient_answers", "loyalty", "loyalty_of"]

LENIENT = (6, 8)
"""The lowest and the highest score of a lenient answer (S4)."""
RETURNING = 2
"""How many orders in the last two periods make a promoter loyal (decided)."""

SCORED = mark("Their latest score is {score}.")
LOYALTY = {
    "loyal": mark(
        "Their latest score is {score}, they come back, and they have no open complaint."
    ),
    "satisfied": mark("Their latest score is {score}: they may go when there is a better offer."),
    "critical": SCORED,
    None: mark("Whether they would stay is unknown."),
}
COMPLAINS = mark(
    "Their latest score is {score}, but a complaint is open: they may go when there is a better "
    "offer."
)
NOT_BACK = mark(
    "Their latest score is {score}, but they placed {orders} in the last two periods: they may go "
    "when there is a better offer."
)
COUNTED = mark("Loyalty of {customers}: {counts}; {rest}")
LABELS = {
    "loyal": mark("would stay"),
    "satisfied": mark("may go"),
    "critical": mark("scored low"),
    "unknown": mark("unknown"),
}
WENT_WRONG_UNKNOWN = mark("what went wrong before the answers is unknown")
BOTH_SCORES = mark(
    "answers that may be too kind: {lenient}; NPS {answered} as answered and {adjusted} with those "
    "as detractors"
)
EVIDENCE = mark("Orders in the last two periods: {orders}.")
NO_SCORE = mark("They gave no score in the period.")
OPEN = mark("Their open complaints: {value}.")
OPEN_UNKNOWN = mark("Whether they have an open complaint is unknown.")
IS_LENIENT = mark(
    "Their score may be kinder than what happened: something went wrong in the 90 days before."
)
WAS = mark("Before that answer: {what}.")


def loyalty_of(
    scores: ArrayLike,
    *,
    orders: ArrayLike,
    open_complaints: ArrayLike,
    returning: float = RETURNING,
) -> ObjectArray:
    """Return for each customer whether they are loyal, satisfied or critical.

    Args:
        scores: each customer's latest score; None or NaN where there is none.
        orders: each customer's orders in the last two periods; None or NaN where unknown.
        open_complaints: how many open complaints each customer has; None or NaN where unknown,
            which counts as 0.
        returning: how many orders show that a customer comes back.

    Returns:
        For each customer ``"loyal"``, ``"satisfied"``, ``"critical"``, or None where unknown.

    Raises:
        ArgumentError: a value is not a number, or the arrays differ in length.

    >>> loyalty_of([9, 9], orders=[None, 2], open_complaints=[0, None]).tolist()
    [None, 'loyal']
    """
    score, ordered, complaints = _rows(
        scores=scores, orders=orders, open_complaints=open_complaints
    )
    promoter = is_kind(score, "promoter")
    complains = above(complaints, 0)
    loyal = promoter & ~complains & at_least(ordered, returning)
    undecided = np.isnan(score) | (promoter & ~complains & np.isnan(ordered))
    critical = is_kind(score, "detractor")
    names = as_objects(["critical", "loyal", "satisfied", None])
    return freeze(names[np.select([undecided, critical, loyal], [3, 0, 1], default=2)])


def lenient_answers(scores: ArrayLike, *, went_wrong: ArrayLike) -> BoolArray:
    """Return which answers may be lenient: a 6, 7 or 8 after something went wrong.

    Args:
        scores: each customer's latest score; None or NaN where there is none.
        went_wrong: how often something went wrong in the 90 days up to the answer; None or NaN
            where unknown.

    Returns:
        True or False for each customer; False where the score or what went wrong is unknown.

    Raises:
        ArgumentError: a value is not a number, or the arrays differ in length.

    >>> lenient_answers([7, 7], went_wrong=[2, None]).tolist()
    [True, False]
    """
    score, wrong = _rows(scores=scores, went_wrong=went_wrong)
    low, high = LENIENT
    return freeze((score >= low) & (score <= high) & above(wrong, 0))


def _rows(**given: ArrayLike) -> tuple[FloatArray, ...]:
    rows = tuple(checked_numbers(name, each, unknown=True) for name, each in given.items())
    if len({len(each) for each in rows}) > 1:
        lengths = ", ".join(f"{name} {len(row)}" for name, row in zip(given, rows, strict=True))
        raise ArgumentError(f"there should be one of each for every customer; found {lengths}")
    return rows


@frozen(eq=False, repr=False, kw_only=True)
class Loyalty(Pictured, CustomerResult):
    """How loyal customers are, and the score with and without lenient answers.

    Args:
        measures: what is known of each customer.
        labels: for each customer ``'loyal'``, ``'satisfied'`` or ``'critical'``; None where
            unknown, and for a customer who objects to profiling.
        lenient: True for each customer whose latest answer may be lenient.
        as_answered: the Net Promoter Score of the latest answers.
        as_it_would_be: that score with the lenient answers as detractors; None where the tables do
            not say what went wrong.
    """

    measures: Measures
    labels: ObjectArray = per_customer()
    lenient: BoolArray
    as_answered: NetPromoterScore
    as_it_would_be: NetPromoterScore | None

    @property
    def lenient_ids(self) -> tuple[str, ...]:
        """The ids of customers whose answer may be lenient, without who objects to profiling."""
        return self.ids_where(self.lenient)

    def counts(self) -> dict[str, int]:
        """Return how many customers are loyal, satisfied, critical and unknown."""
        found = self.count_shown(self.labels)
        return {str(label or "unknown"): found[label,] for label in LOYALTY}

    def named_counts(self) -> list[tuple[Sentence, int]]:
        """Return how many customers have each label, with its name."""
        return [(Sentence(LABELS[label]), count) for label, count in self.counts().items()]

    def display(self) -> CountsDisplay:
        """Return the picture: how many customers have each label."""
        return CountsDisplay.from_result(self)

    def sentences_of(self, position: int) -> Iterable[Sentence]:
        """Return how loyal one customer is, why, and whether their answer may be lenient.

        Args:
            position: the position of the customer in `ids`.
        """
        measures = self.measures
        score, orders = (
            measures["last_score"][position],
            measures["orders_last_two_periods"][position],
        )
        if np.isnan(score):
            return (Sentence(LOYALTY[None]), Sentence(NO_SCORE))
        complaints = measures["open_complaints"][position]
        message = LOYALTY[self.labels[position]]
        if self.labels[position] == "satisfied" and is_kind(score, "promoter"):
            message = COMPLAINS if complaints > 0 else NOT_BACK
        told = [message] if self.labels[position] else [message, SCORED]
        values = {"score": Quantity(score), "orders": Quantity(orders, "orders")}
        parts = [
            *(sentence(each, **values) for each in told),
            sentence(EVIDENCE, orders=Quantity(orders)),
        ]
        if np.isnan(complaints):
            parts.append(Sentence(OPEN_UNKNOWN))
        elif complaints:
            parts.append(sentence(OPEN, value=Quantity(complaints)))
        if self.lenient[position]:
            parts.append(Sentence(IS_LENIENT))
            parts += [
                sentence(WAS, what=each)
                for each in went_wrong_of(measures, "before_answer", position)
            ]
        return parts

    def row_columns(self) -> dict[str, AnyArray]:
        """Return the label, the latest score and the leniency of each customer."""
        return {
            "loyalty": self.labels,
            "last_score": self.measures["last_score"],
            "lenient": self.lenient,
        }

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentences of the result: how many have each label, and both scores."""
        counts = counted(self.named_counts())
        customers = Quantity(len(self.shown), "customers")
        rest = Sentence(WENT_WRONG_UNKNOWN)
        if self.as_it_would_be is not None:
            rest = sentence(
                BOTH_SCORES,
                lenient=int(self.lenient.sum()),
                answered=Quantity(self.as_answered.value, "score"),
                adjusted=Quantity(self.as_it_would_be.value, "score"),
            )
        return (sentence(COUNTED, customers=customers, counts=counts, rest=rest),)


@lens(question="Who would stay when there is a better offer, and which answers flatter the score?")
def loyalty(measures: Measures) -> Loyalty | Unanswered:
    """Return who is loyal and whose answer may be lenient.

    Args:
        measures: what is known of each customer.

    Returns:
        The label and leniency of each customer, and both scores, in which customers who object to
        profiling count; `Unanswered` where no customer gave a score in the period.
    """
    latest = measures["last_score"]
    if np.isnan(latest).all():
        return Unanswered("no customer gave a score in the period")
    wrong = times_went_wrong(measures, "before_answer")
    lenient = lenient_answers(latest, went_wrong=wrong)
    labels = loyalty_of(
        latest,
        orders=measures["orders_last_two_periods"],
        open_complaints=measures["open_complaints"],
    )
    counted = tally(latest[~np.isnan(latest)], scale=measures.score_scale)
    answered = NetPromoterScore(*counted[:3], scale=measures.score_scale, lowest=counted.lowest)
    moved = int((lenient & is_kind(latest, "passive")).sum())
    would_be = NetPromoterScore(
        counted.detractors + moved,
        counted.passives - moved,
        counted.promoters,
        scale=measures.score_scale,
    )
    return Loyalty(
        ids=Lazy(lambda: measures.ids),
        opted_out=measures.opted_out,
        measures=measures,
        labels=labels,
        lenient=lenient,
        as_answered=answered,
        as_it_would_be=None if np.isnan(wrong).all() else would_be,
    )
