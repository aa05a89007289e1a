"""Who may be let go, and only when replaced (S1 step 6).

For every D customer that is let go there must first be an extra A, B or C customer, and what is let
go must stay within the revenue that was won. It is a proposal to a named person, never an act, and
the gentler steps come first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from attrs import evolve

from klantkompas._arrays import Codes
from klantkompas._thresholds import at_least
from klantkompas.compass import Reading
from klantkompas.compass.next_steps import ordered_once
from klantkompas.lenses.pareto import ParetoRanking, pareto
from klantkompas.portfolio import Measures, months_before
from klantkompas.reviews.compare import Review
from klantkompas.reviews.ledger import LetGo
from klantkompas.reviews.letting_go_plan import (
    ALREADY,
    GENTLER_STEPS,
    OVERRIDDEN,
    LettingGoPlan,
    OneTimeBuyer,
    Standing,
    Verdict,
    guarded_revenue,
)
from klantkompas.reviews.recorded import RecordedReading, record_of
from klantkompas.reviews.unsettled import missing_names
from klantkompas.wording.catalogue import mark

__all__ = [
    "GENTLER_STEPS",
    "LettingGoPlan",
    "OneTimeBuyer",
    "Standing",
    "Verdict",
    "guarded_revenue",
    "one_time_buyers",
    "plan_letting_go",
]

NO_REVIEW = mark("there is no earlier review, so nobody can have been replaced")
SHORTLISTED = mark("they are on the shortlist")
VITAL = mark("they are among the vital few who bring most of the revenue")
IS_NEW = mark("they are new")
MAY_BE_NEW = mark("whether they are new is unknown")
TOO_LITTLE = mark("too little is known of them to judge by: wait for more")
USED_UP = mark("no customer who was won is left to take their place")
TOO_MUCH = mark("their revenue would not be replaced by what was won")
PROPOSED = mark("they contribute least, and a new customer has taken their place")
WORST = "D"


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
        (bool(np.isnan(now.new[place])), MAY_BE_NEW),
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
    """Return a proposal of who may be let go, given who was won and lost since last review.

    Args:
        review: two readings compared; or a single reading, for which the plan proposes nobody.
        already: the entries of the ledger: who was let go before.

    Returns:
        The proposal, with a reason for each D customer.

    >>> from datetime import date
    >>> from klantkompas import Compass, Order, Portfolio
    >>> days = [date(2025, 11, 3), date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)]
    >>> portfolio = Portfolio.from_records([Order(customer="a", on=on, amount=9.0) for on in days])
    >>> compass = Compass(installed=False)
    >>> then, now = (compass.read(portfolio, date(*on)) for on in ((2025, 12, 31), (2026, 6, 30)))
    >>> from klantkompas import compare_reviews
    >>> plan_letting_go(compare_reviews(then, now)).won
    ()
    """
    if not isinstance(review, Review):
        now = record_of(review)
        plan = LettingGoPlan(
            previous_as_of=None,
            current_as_of=now.as_of,
            backend=now.measures.backend,
            won=(),
            lost=(),
            already=(),
            revenue_won=0.0,
            revenue_lost=0.0,
            verdicts=(),
        )
        return _decided(plan, now, set())
    before, now = review.previous, review.current
    known = _ordered_before(before.measures, 12)
    gone = _still_gone(now.measures, already)
    won = sorted(_fits(now) - known - gone)
    active = set(now.ids[now.measures["active"] == 1]) - gone
    lost = sorted(_fits(before) - active)
    objecting = set(now.ids[now.measures.opted_out])
    since = tuple(each for each in already if each.on > before.as_of)
    plan = LettingGoPlan(
        previous_as_of=before.as_of,
        current_as_of=now.as_of,
        backend=now.measures.backend,
        won=tuple(won),
        lost=tuple("" if each in objecting else each for each in lost),
        already=since,
        revenue_won=_revenue_of(now.measures, won),
        revenue_lost=_revenue_of(before.measures, lost),
        verdicts=(),
    )
    return _decided(plan, now, gone)


def _decided(plan: LettingGoPlan, now: RecordedReading, gone: set[str]) -> LettingGoPlan:
    vital = _vital_few(now.measures)
    titles = {factor.name: factor.title for factor in now.factors}
    verdicts = _in_one_queue(
        [
            _stands(now, at, contribution, _protection(now, at, gone, vital), titles)
            for contribution, _, at in _in_turn(now)
        ],
        plan,
    )
    sure = {each.customer for each in verdicts if each.standing is Standing.SURE}
    return evolve(
        plan,
        verdicts=verdicts,
        one_time=one_time_buyers(now, gone),
        not_measured=tuple(titles[name] for name in now.not_measured),
        hanging=sum(1 for each in now.ids[now.hanging] if each in sure),
    )


def _stands(
    now: RecordedReading,
    at: int,
    contribution: float,
    protection: str | None,
    titles: Mapping[str, str],
) -> Verdict:
    """Return where one D customer stands, before anything is proposed."""
    overridden = any(each.customer == now.ids[at] for each in now.overrides)
    missing = missing_names(now.missing[at])
    standing, because = Standing.SURE, USED_UP
    if protection is not None:
        standing, because = Standing.KEPT, protection
    elif now.provisional[at] and not overridden:
        standing = Standing.FIND_OUT if missing else Standing.WAIT
        because = USED_UP if missing else TOO_LITTLE
    find_out = missing if standing is Standing.FIND_OUT else ()
    return Verdict(
        customer=now.ids[at],
        proposed=False,
        because=because,
        contribution=contribution,
        revenue=float(now.measures["revenue"][at]),
        attention_minutes=float(now.measures["attention_minutes"][at]),
        standing=standing,
        find_out=find_out,
        titles=tuple(titles[name] for name in find_out),
    )


def _in_one_queue(verdicts: Sequence[Verdict], plan: LettingGoPlan) -> tuple[Verdict, ...]:
    """Propose as many as may be let go: first whose D is sure, then who is to be found out.

    One whose revenue is more than is left is passed over, and the next is tried.
    """
    left, room = plan.allowance, plan.revenue_room
    decided = list[Verdict]()
    for each in sorted(verdicts, key=lambda each: [*Standing].index(each.standing)):
        because = each.because
        if each.standing in (Standing.SURE, Standing.FIND_OUT):
            revenue = guarded_revenue([each])
            if plan.previous_as_of is None:
                because = NO_REVIEW
            elif left and not at_least(room, revenue):
                because = TOO_MUCH
            elif left:
                because = PROPOSED
                left, room = left - 1, room - revenue
        decided.append(evolve(each, because=because, proposed=because is PROPOSED))
    return tuple(decided)


def one_time_buyers(now: RecordedReading, gone: Collection[str] = ()) -> tuple[OneTimeBuyer, ...]:
    """Return the customers who ordered once, before the period, and not since (S0).

    Args:
        now: the record of a reading.
        gone: the ids of customers who were let go, and have not ordered since.

    Returns:
        The customers, the latest order first; none who objects to profiling.
    """
    measures = now.measures
    places: Codes = np.flatnonzero(ordered_once(measures))
    if not len(places):
        return ()
    days, ids = measures["recency_days"], now.ids
    return tuple(
        OneTimeBuyer(customer=ids[at], days=float(days[at]))
        for at in sorted(places, key=lambda at: (days[at], at))
        if ids[at] not in gone
    )
