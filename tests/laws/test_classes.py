"""Factors, shortlist and classes against the domain text read literally, in plain Python."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from klantkompas.compass import Compass
from klantkompas.domain.criteria import AtLeast, AtLeastOverall, AtMost, TopShare
from klantkompas.hooks import Measure
from klantkompas.lenses.classes import classify
from klantkompas.lenses.scorecard import count_success_factors
from klantkompas.portfolio import Measures, Portfolio

COMPASS = Compass(installed=False)
KINDS = {AtLeast: "at least", AtMost: "at most", AtLeastOverall: "overall", TopShare: "top fifth"}
FACTORS = {
    each.name: (
        each.measure_name,
        KINDS[type(each.criterion)],
        getattr(each.criterion, "value", None),
    )
    for each in COMPASS.declarations.factors
}
COUNTED = {
    each.name
    for each in COMPASS.declarations.measures
    if isinstance(each, Measure) and each.basis_unit not in ("", "money")
} | {"credited_share"}
DECIDED = {
    "clear_orders": 0.90,
    "keeps_what_it_orders": 0.05,
    "large_volume": 0.20,
    "orders_regularly": 3,
    "pays_on_time": 0.95,
    "quickly_satisfied": 0.80,
    "rarely_complains": 0.05,
}


def near(value: float, edge: float) -> bool:
    return abs(value - edge) <= 1e-9 * max(abs(value), abs(edge))


def at_least(value: float, edge: float) -> bool:
    return value >= edge or near(value, edge)


def met_by(
    criterion: str, threshold: float | None, of: dict[str, float], basis: dict[str, float]
) -> set[str]:
    """Who of those whose value is known meets a criterion."""
    if criterion == "at least":
        assert threshold is not None
        return {who for who, value in of.items() if at_least(value, threshold)}
    if criterion == "at most":
        assert threshold is not None
        return {who for who, value in of.items() if value <= threshold or near(value, threshold)}
    if criterion == "overall":
        money = sum(basis[who] for who in of)
        overall = sum(of[who] * basis[who] for who in of) / money if of else math.nan
        return {who for who, value in of.items() if at_least(value, overall)}
    if not of:
        return set()
    places = -(-len(of) // 5)
    edge = sorted(of.values(), reverse=True)[places - 1]
    positive = {who for who, value in of.items() if value > 0}
    tied = {who for who in positive if at_least(of[who], edge)}
    if len(tied) > 2 * places and edge > 0:
        return {who for who in tied if of[who] > edge and not near(of[who], edge)}
    return tied


def judged(
    measures: Measures, active: list[str]
) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """For each factor, who meets it and of whom it is unknown."""
    met, unknown = {}, {}
    place = {who: at for at, who in enumerate(measures.ids)}
    for factor, (measure, criterion, threshold) in FACTORS.items():
        values = {who: float(measures[measure][place[who]]) for who in active}
        found = measures.basis(measure)
        basis = {who: 0.0 if found is None else float(found[place[who]]) for who in active}
        counts = dict(basis)
        if measure == "credited_share":  # a share of money, which rests on orders
            counts = {who: float(measures["order_count"][place[who]]) for who in active}
        of = {
            who: value
            for who, value in values.items()
            if not math.isnan(value) and (measure not in COUNTED or counts[who] >= 3)
        }
        met[factor] = met_by(criterion, threshold, of, basis)
        unknown[factor] = set(active) - of.keys()
    return met, unknown


@settings(max_examples=80, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_factors_shortlist_and_classes_are_what_the_domain_says(
    businesses: SearchStrategy[Any], data: st.DataObject
) -> None:
    business = data.draw(businesses)
    measures = COMPASS.measure(Portfolio.from_tables(**business.mappings()), business.as_of)
    listed = {row["id"]: row for row in business.customers or []}
    internal = {who for who, row in listed.items() if row["kind"] == "internal"}
    objecting = {who for who, row in listed.items() if row["opted_out"]}
    revenue = dict(zip(measures.ids, measures["revenue"].tolist(), strict=True))
    active = [
        who
        for who, is_active in zip(measures.ids, measures["active"], strict=True)
        if is_active == 1 and who not in internal
    ]
    met, unknown = judged(measures, active)
    count = {who: sum(who in meeting for meeting in met.values()) for who in active}
    by_fit = sorted(active, key=lambda who: (-count[who], -revenue[who], len(who), who))
    may_hold = [who for who in by_fit if who not in objecting]
    shortlist = set(may_hold[: max(1, math.floor(len(active) / 5 + 0.5))])

    def letter(who: str) -> str | None:
        if who not in active or who in objecting:
            return None
        if count[who] >= 2:
            return "A" if who in shortlist else "B"
        return "C" if count[who] == 1 else "D"

    card = count_success_factors(measures)
    assert card.ids.tolist() == active
    assert set(card.factors) == FACTORS.keys()
    for column, factor in enumerate(card.factors):
        assert set(card.ids[card.met[:, column]]) == met[factor], factor
        assert set(card.ids[card.unknown[:, column]]) == unknown[factor], factor
    assert dict(zip(card.ids, card.count.tolist(), strict=True)) == count
    assert set(card.ids[card.shortlisted]) == shortlist
    classes = classify(card)
    assert classes.ids.tolist() == measures.ids.tolist()
    assert classes.labels.tolist() == [letter(who) for who in measures.ids]
    for who in measures.ids:
        why = classes.why(who)
        assert why.label == letter(who)
        assert {each.factor for each in why.factors if each.met} == (
            {factor for factor in met if who in met[factor]} if why.label else set()
        )


def test_thresholds_are_those_that_the_domain_names() -> None:
    thresholds = {
        each.name: getattr(each.criterion, "value", getattr(each.criterion, "share", None))
        for each in COMPASS.declarations.factors
    }
    assert DECIDED.items() <= thresholds.items()
