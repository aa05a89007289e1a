"""Who may be let go, and only when replaced (S1 step 6).

For every D customer that is let go there must first be an extra A, B or C customer, and what is let
go must stay within the revenue that was won. It is a proposal to a named person, never an act, and
the gentler steps come first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from attrs import evolve, frozen

from klantkompas._arrays import as_objects
from klantkompas._thresholds import at_least
from klantkompas.compass import Reading
from klantkompas.lenses.pareto import ParetoRanking, pareto
from klantkompas.portfolio import Measures, months_before
from klantkompas.results import Result
from klantkompas.reviews.compare import Review
from klantkompas.reviews.ledger import LetGo
from klantkompas.reviews.recorded import RecordedReading, record_of
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import CustomerName, Listing, Sentence, indented, sentence
from klantkompas.wording.writer import Language, writer_of

__all__ = ["GENTLER_STEPS", "LettingGoPlan", "Verdict", "plan_letting_go"]

GENTLER_STEPS = (
    mark("ask why they buy the way they do"),
    mark("agree on payment or ordering terms"),
    mark("propose a minimum order or self-service"),
    mark("only then let go"),
)
"""What to try first, in this order (decided)."""

NO_REVIEW = mark("there is no earlier review, so nobody can have been replaced")
ALREADY = mark("they have been let go already")
OVERRIDDEN = mark("a person gave them a better class")
SHORTLISTED = mark("they are on the shortlist")
VITAL = mark("they are among the vital few who bring most of the revenue")
IS_NEW = mark("they are new")
PROVISIONAL = mark("their class is provisional: what is unknown of them may lift it")
USED_UP = mark("no more customers were won than are replaced already")
TOO_MUCH = mark("their revenue would not be replaced by what was won")
PROPOSED = mark("they contribute least, and a new customer has taken their place")
PLAN = mark(
    "Letting go as of {day}: {won} won, {lost} lost, {gone} let go since; {allowance} may be let go"
)
WORST = "D"


@frozen(kw_only=True)
class Verdict(Text):
    """What the plan says of one D customer.

    Args:
        customer: its id.
        proposed: whether it is proposed for letting go.
        because: why, or why not.
        contribution: its margin, or its revenue where not every margin is known.
        revenue: what it brought in the period.
        attention_minutes: the attention it asked; NaN where unknown.
    """

    customer: str
    proposed: bool
    because: str
    contribution: float
    revenue: float
    attention_minutes: float

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The customer, with the reason."""
        customer, because = CustomerName(self.customer), Sentence(self.because)
        return (sentence("{customer}: {because}", customer=customer, because=because),)


@frozen(eq=False, repr=False, kw_only=True)
class LettingGoPlan(Result):
    """A proposal of who may be let go, with a reason for each D customer.

    Args:
        previous_as_of: the date of the earlier review; None when there is none.
        current_as_of: the date of the reading.
        won: who fits now and had not ordered in the twelve months up to the earlier review.
        lost: who fitted then and is not active now; empty for one that objects to profiling by
            now, so that it still counts.
        already: who was let go since.
        revenue_won: what those won brought in the period.
        revenue_lost: what those lost brought in the period of the earlier review.
        verdicts: what is said of each D customer, the least contribution first.
    """

    previous_as_of: date | None
    current_as_of: date
    won: tuple[str, ...]
    lost: tuple[str, ...]
    already: tuple[LetGo, ...]
    revenue_won: float
    revenue_lost: float
    verdicts: tuple[Verdict, ...]

    @property
    def allowance(self) -> int:
        """How many may still be let go: won less lost less let go since, never below 0."""
        return max(0, len(self.won) - len(self.lost) - len(self.already))

    @property
    def revenue_room(self) -> float:
        """How much revenue may still be let go."""
        gone = sum(each.revenue for each in self.already)
        return float(self.revenue_won - self.revenue_lost - gone)

    @property
    def proposed(self) -> tuple[str, ...]:
        """Who is proposed for letting go."""
        return tuple(each.customer for each in self.verdicts if each.proposed)

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The gentler steps, then each customer with the reason."""
        steps = Listing(map(Sentence, GENTLER_STEPS), "; ")
        return (
            sentence("{steps}", steps=steps),
            *(part for each in self.verdicts for part in each.parts),
        )

    def text(self, language: Language = "en") -> str:
        """Return how many may be let go of how many, and the sentences.

        Args:
            language: as for `sentences`.

        Raises:
            ArgumentError: there is no such language.
        """
        opening = sentence(
            PLAN,
            day=self.current_as_of,
            won=len(self.won),
            lost=len(self.lost),
            gone=len(self.already),
            allowance=self.allowance,
        )
        return "\n".join(map(writer_of(language).say, (opening, *indented(self.parts))))

    def columns(self) -> dict[str, Any]:
        """Return the columns of `to_frame`: a row for each D customer."""
        return {
            "id": as_objects(each.customer for each in self.verdicts),
            "proposed": np.array([each.proposed for each in self.verdicts], dtype=np.bool_),
            "because": as_objects(each.because for each in self.verdicts),
            "contribution": np.array([each.contribution for each in self.verdicts]),
            "revenue": np.array([each.revenue for each in self.verdicts]),
            "attention_minutes": np.array([each.attention_minutes for each in self.verdicts]),
        }


def _fits(reading: RecordedReading) -> set[str]:
    better = set(reading.order) - {WORST}
    return {
        each for each, label in zip(reading.ids, reading.labels, strict=True) if label in better
    }


def _ordered_before(measures: Measures, months: int) -> set[str]:
    """Find who had ordered in some months up to the date of the measures."""
    as_of = np.datetime64(measures.as_of, "D")
    days = int((as_of - months_before(as_of, months)).astype(np.int64))
    return set(measures.ids[measures["recency_days"] < days])


def _revenue_of(measures: Measures, customers: Sequence[str]) -> float:
    revenue = measures["revenue"]
    return float(sum(revenue[measures.place(each)] for each in customers))


def _still_gone(measures: Measures, already: Sequence[LetGo]) -> set[str]:
    """Find who was let go and has not ordered since."""
    known = set(measures.ids)
    return {
        each.customer
        for each in already
        if each.customer not in known
        or not measures["recency_days"][measures.place(each.customer)]
        < (measures.as_of - each.on).days
    }


def _vital_few(measures: Measures) -> set[str]:
    """Find the vital few, with all that tie with the last of them."""
    ranking: object = pareto.look(measures)
    if not isinstance(ranking, ParetoRanking):
        return set()
    edge = ranking.value[ranking.vital_few - 1]
    return set(ranking.ranked_ids[at_least(ranking.value, edge)])


def _protection(now: RecordedReading, place: int, gone: set[str], vital: set[str]) -> str | None:
    customer = now.ids[place]
    reasons = (
        (customer in gone, ALREADY),
        (now.labels[place] != WORST, OVERRIDDEN),
        (bool(now.shortlisted[place]), SHORTLISTED),
        (customer in vital, VITAL),
        (now.new[place] == 1, IS_NEW),
        (bool(now.provisional[place]), PROVISIONAL),
    )
    return next((because for holds, because in reasons if holds), None)


def _in_turn(now: RecordedReading) -> list[tuple[float, float, int]]:
    """Put the D customers in order: least contribution first, then most attention, then id."""
    measures = now.measures
    places = np.flatnonzero((now.labels == WORST) | (now.computed == WORST))
    worst = places[now.labels[places] == WORST]
    margin_known = bool((~np.isnan(measures["margin"][worst])).all())
    contribution = measures["margin" if margin_known else "revenue"]
    attention = measures["attention_minutes"]
    return sorted(
        (float(contribution[at]), float(np.nan_to_num(-attention[at], nan=np.inf)), int(at))
        for at in places
    )


def plan_letting_go(
    review: Review | Reading | RecordedReading, *, already: Sequence[LetGo] = ()
) -> LettingGoPlan:
    """Propose who may be let go since the last review.

    Args:
        review: two readings compared; or one reading, of which nobody is let go.
        already: who has been let go, as the ledger says.

    Returns:
        The proposal, with a reason for each D customer.
    """
    if not isinstance(review, Review):
        now = record_of(review)
        verdicts = _verdicts(now, [NO_REVIEW] * len(_in_turn(now)))
        return LettingGoPlan(
            previous_as_of=None,
            current_as_of=now.as_of,
            won=(),
            lost=(),
            already=(),
            revenue_won=0.0,
            revenue_lost=0.0,
            verdicts=verdicts,
        )
    before, now = review.previous, review.current
    known = _ordered_before(before.measures, 12)
    gone = _still_gone(now.measures, already)
    won = sorted(_fits(now) - known - gone)
    active = set(now.ids[now.measures["active"] == 1]) - gone
    lost = sorted(_fits(before) - active)
    objecting = set(now.ids[now.measures.record["opted_out"].astype(np.bool_)])
    since = tuple(each for each in already if each.on > before.as_of)
    plan = LettingGoPlan(
        previous_as_of=before.as_of,
        current_as_of=now.as_of,
        won=tuple(won),
        lost=tuple("" if each in objecting else each for each in lost),
        already=since,
        revenue_won=_revenue_of(now.measures, won),
        revenue_lost=_revenue_of(before.measures, lost),
        verdicts=(),
    )
    return _decided(plan, now, gone)


def _decided(plan: LettingGoPlan, now: RecordedReading, gone: set[str]) -> LettingGoPlan:
    places, room = plan.allowance, plan.revenue_room
    vital, revenue = _vital_few(now.measures), now.measures["revenue"]
    reasons = []
    for _, _, at in _in_turn(now):
        because = _protection(now, at, gone, vital)
        if because is None and places == 0:
            because = USED_UP
        elif because is None and not at_least(room, revenue[at]):
            because = TOO_MUCH
        elif because is None:
            because = PROPOSED
            places, room = places - 1, room - float(revenue[at])
        reasons.append(because)
    return evolve(plan, verdicts=_verdicts(now, reasons))


def _verdicts(now: RecordedReading, reasons: Sequence[str]) -> tuple[Verdict, ...]:
    return tuple(
        Verdict(
            customer=now.ids[at],
            proposed=because is PROPOSED,
            because=because,
            contribution=contribution,
            revenue=float(now.measures["revenue"][at]),
            attention_minutes=float(now.measures["attention_minutes"][at]),
        )
        for (contribution, _, at), because in zip(_in_turn(now), reasons, strict=True)
    )
