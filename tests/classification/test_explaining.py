"""A class explains itself: why, what if, range; each checked by other means than made it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from klantkompas import (
    AtLeast,
    Classification,
    ClassificationRule,
    Measures,
    Override,
    Scorecard,
    SuccessFactor,
    classify,
    count_success_factors,
)
from klantkompas.classification.evidence import State
from klantkompas.errors import ArgumentError
from klantkompas.testing.explanations import contradictions
from klantkompas.wording.writer import Writer

Make = Callable[..., Any]


def redrawn(card: Scorecard, row: int, factors: frozenset[str]) -> Scorecard:
    """Let one customer meet factors, and draw up the whole shortlist anew, by hand."""
    states = card.states.copy()
    for factor in factors - {"shortlist"}:
        states[row, card.factors.index(factor)] = State.MET
    listed = card.shortlisted.copy()
    if card.listed_by_people:
        listed[row] |= "shortlist" in factors
    else:
        count, revenue = (states == State.MET).sum(axis=1), card["revenue"]
        opted_out = card.measures.opted_out[card.places]
        best = sorted(
            (at for at in range(len(card)) if not opted_out[at]),
            key=lambda at: (-count[at], -revenue[at], at),
        )
        listed[:] = False
        listed[best[: max(1, round(len(card) / 5))]] = True
    return evolve(card, states=states, shortlisted=listed)


def label_after(card: Scorecard, row: int, factors: frozenset[str], **settings: Any) -> str | None:
    return classify(redrawn(card, row, factors), **settings).labels[card.places[row]]


def test_why_is_confirmed_by_the_measures_alone(any_measures: Make) -> None:
    @given(any_measures())
    def law(measures: Measures) -> None:
        classes = classify(count_success_factors(measures))
        for each in measures.ids:
            why = classes.why(each)
            assert contradictions(why, measures, classes.rules) == ()

    law()


def test_who_is_in_the_best_class_is_told_where_they_stand_and_what_they_do_not_meet(
    any_measures: Make,
) -> None:
    @given(any_measures())
    def law(measures: Measures) -> None:
        card = count_success_factors(measures)
        classes = classify(card)
        order = sorted(
            np.flatnonzero(card.shortlisted), key=lambda at: (-card.count[at], -card["revenue"][at])
        )
        for each in measures.ids[classes.computed == "A"]:
            found = classes.what_if(each)
            row = card.ids.tolist().index(each)
            assert found.place == order.index(row) + 1
            assert found.listed == len(order)
            unmet = ~card.met[row] & card.measured
            assert {change.factor for change in found.firmer} == {
                name for name, is_not in zip(card.factors, unmet, strict=True) if is_not
            }
            cutoff = card.shortlist_cutoff
            assert cutoff is not None
            told = Writer("en").say(found.in_brief[0])
            assert told.startswith(f"On the shortlist they are number {found.place} of ")
            last = found.place == found.listed
            of_last = "the last: whoever meets" if last else "the last of it meets"
            assert f"{of_last} {cutoff.factors_met} success factor" in told
        for each in measures.ids[(classes.computed != "A") & (classes.computed != None)]:  # noqa: E711
            assert classes.what_if(each).firmer == ()

    law()


def test_a_false_why_is_found_out(make_measures: Make) -> None:
    measures = make_measures({"revenue": [100.0, 50.0], "order_days": [5.0, 1.0]})
    classes = classify(count_success_factors(measures))
    why = classes.why("100")
    assert contradictions(why, measures, classes.rules) == ()
    wrong_rule = evolve(why, rule="d_let_go")
    assert contradictions(wrong_rule, measures, classes.rules)
    for at, state in enumerate(why.factors):
        others = (*why.factors[:at], *why.factors[at + 1 :])
        other = "not met" if state.unknown else "too little"
        assert contradictions(evolve(why, factors=(*others, evolve(state, value=7.7))), measures)
        assert contradictions(evolve(why, factors=(*others, evolve(state, state=other))), measures)


@pytest.mark.parametrize("by_people", [False, True])
def test_what_if_finds_exactly_the_smallest_sets_that_lift(
    any_measures: Make, by_people: bool
) -> None:
    @given(any_measures(), st.data())
    def law(measures: Measures, data: Any) -> None:
        chosen = data.draw(st.lists(st.sampled_from(list(measures.ids)), unique=True))
        card = count_success_factors(measures, shortlist=chosen if by_people else None)
        classes = classify(card)
        row = data.draw(st.integers(0, len(card) - 1))
        place = int(card.places[row])
        told = classes.what_if(measures.ids[place])
        if classes.labels[place] is None:
            assert told.lifts == ()
            return
        possible = [
            name
            for at, name in enumerate(card.factors)
            if not card.met[row, at] and card.states[row, at] != State.NOT_MEASURED
        ]
        if by_people and not card.shortlisted[row]:
            possible.append("shortlist")
        expected: dict[frozenset[str], str] = {}
        for size in (1, 2, 3):
            for each in map(frozenset, combinations(possible, size)):
                if any(smaller < each for smaller in expected):
                    continue
                label = label_after(card, row, each)
                if label is not None and label < classes.labels[place]:
                    expected[each] = label
        assert {lift.factors: lift.label for lift in told.lifts} == expected
        assert str(told)

    law()


def test_what_if_works_with_rules_and_classes_of_ones_own(make_measures: Make) -> None:
    star = ClassificationRule(
        name="star",
        label="Star",
        when=lambda card: (card.count >= 3) & (card["revenue"] >= 100),
        because="it does everything",
        above="A",
    )
    seldom = SuccessFactor(
        name="seldom_gone", measure="recency_days", criterion=AtLeast(5), title="is seldom gone"
    )
    measures = make_measures(
        {"revenue": [200.0, 90.0], "order_days": [5.0, 5.0], "recency_days": [1.0, 1.0]}
    )
    card = count_success_factors(measures, [*_only("large_volume", "orders_regularly"), seldom])
    classes = classify(card, [star, *_rules()])
    assert classes.order == ("Star", "A", "B", "C", "D")
    (lift,) = classes.what_if("100").lifts
    assert (lift.label, lift.factors) == ("Star", {"seldom_gone"})
    assert lift.changes[0].needed is not None
    assert lift.changes[0].needed.value == 5
    assert "Star" not in {each.label for each in classes.what_if("101").lifts}


def test_what_if_names_a_rule_that_holds_whatever_they_meet(make_measures: Make) -> None:
    guard = ClassificationRule(
        name="guard",
        label="B",
        when=lambda card: (card.count >= 2) & (card["recency_days"] > 30),
        because="they would be A, but their last order is long ago",
    )
    measures = make_measures(
        {
            "revenue": [200.0, 90.0, 10.0],
            "order_days": [5.0, 5.0, 5.0],
            "recency_days": [40.0, 40.0, 1.0],
        }
    )
    factors = _only("large_volume", "orders_regularly")
    card = count_success_factors(measures, factors)
    assert card.shortlisted[0]
    classes = classify(card, [guard, *_rules()])
    assert classes.label("100") == "B"
    for held in ("100", "101"):
        what_if = classes.what_if(held)
        if not what_if.lifts:
            assert what_if.in_the_way == guard.because
            assert str(what_if).splitlines()[-1] == (
                "Whatever success factors they meet, this holds: they would be A, but their last "
                "order is long ago."
            )
    assert not classes.what_if("100").lifts
    free = classify(card, _rules()).what_if("101")
    assert not free.in_the_way


def _only(*names: str) -> list[SuccessFactor]:
    from klantkompas.lenses.scorecard import DEFAULT

    return [factor for factor in DEFAULT if factor.name in names]


def _rules() -> tuple[ClassificationRule, ...]:
    from klantkompas.lenses.classes import DEFAULT

    return DEFAULT


def test_the_needed_margin_is_that_of_all_others(make_measures: Make) -> None:
    measures = make_measures(
        {"revenue": [9.0, 9.0, 9.0], "margin_share": [0.1, 0.2, 0.5]},
        {"margin_share": [100.0, 100.0, 300.0]},
    )
    card = count_success_factors(measures, _only("good_margin"))
    change = classify(card).what_if("100").lifts[0].changes[0]
    assert change.needed is not None
    assert change.needed.value == pytest.approx((0.2 * 100 + 0.5 * 300) / 400)


@pytest.mark.parametrize(
    ("orders", "now"), [(2.0, "1 order more (now 2 orders in 2 years, 3 needed"), (3.0, "now 80%")]
)
def test_what_rests_on_too_little_is_not_shown_as_if_it_counted(
    make_measures: Make, orders: float, now: str
) -> None:
    measures = make_measures(
        {
            "revenue": [9.0, 9.0],
            "clear_share": [0.8, 1.0],
            "order_days": [1.0, 1.0],
            "order_count_in_24_months": [orders, 9.0],
        },
        {"clear_share": [orders, 9.0]},
    )
    card = count_success_factors(measures, _only("clear_orders"))
    told = classify(card).what_if("100")
    assert [lift.factors for lift in told.lifts] == [frozenset({"clear_orders"})]
    assert np.isnan(told.lifts[0].changes[0].value) == (orders < 3)
    assert now in str(told)


def test_one_that_objects_is_offered_nothing_but_the_reason(make_measures: Make) -> None:
    measures = make_measures({"revenue": [9.0, 9.0], "order_days": [1.0, 3.0]})
    record = {**measures.record, "opted_out": np.array([True, False])}
    classes = classify(count_success_factors(evolve(measures, record=record)))
    told = classes.what_if("100")
    assert (told.label, told.lifts) == (None, ())
    assert str(told) == "100 has no class: they object to profiling"
    assert told.text("nl") == "100 heeft geen klasse: de klant maakt bezwaar tegen profilering"


def test_where_nothing_lifts_the_edge_is_named(make_measures: Make) -> None:
    measures = make_measures({"revenue": [500.0, 5.0], "order_days": [3.0, 3.0]})
    told = classify(count_success_factors(measures, _only("orders_regularly"))).what_if("101")
    assert told.lifts == ()
    assert told.shortlist_cutoff is not None
    assert (
        told.shortlist_cutoff.factors_met,
        told.shortlist_cutoff.revenue,
        told.shortlist_cutoff.id,
    ) == (1, 500.0, "100")
    assert "500.00" in str(told)
    assert "500,00" in told.text("nl")


def test_without_unknowns_the_range_is_one_class(any_measures: Make) -> None:
    @given(any_measures(known=True))
    def law(measures: Measures) -> None:
        classes = classify(count_success_factors(measures))
        assert not classes.provisional.any()
        for each in measures.ids:
            found = classes.range(each)
            assert found.worst == found.best == classes.label(each)
            assert found.worth_finding_out is None

    law()


def test_the_range_is_what_meeting_all_or_none_of_the_unknown_gives(any_measures: Make) -> None:
    @given(any_measures())
    def law(measures: Measures) -> None:
        card = count_success_factors(measures)
        classes = classify(card)
        for row, place in enumerate(card.places):
            label = classes.labels[place]
            if label is None:
                continue
            unknown, missing = (
                frozenset(
                    name for at, name in enumerate(card.factors) if card.states[row, at] in of
                )
                for of in ((State.MISSING, State.TOO_LITTLE), (State.MISSING,))
            )
            best = label_after(card, row, unknown)
            found = classes.range(measures.ids[place])
            assert (found.worst, found.best) == (label, best)
            assert found.provisional == bool(classes.provisional[place])
            single = {name for name in missing if label_after(card, row, frozenset({name})) < label}
            if found.worth_finding_out is None:
                assert not single
            else:
                assert found.worth_finding_out in single

    law()


def test_the_most_met_unknown_factor_is_most_worth_finding_out(make_measures: Make) -> None:
    measures = make_measures(
        {
            "revenue": [10.0, 20.0, 30.0],
            "on_time_share": [np.nan, 0.99, 0.5],
            "clear_share": [np.nan, 0.99, 0.95],
        }
    )
    card = count_success_factors(measures, _only("pays_on_time", "clear_orders"))
    assert classify(card).range("100").worth_finding_out == "clear_orders"


def test_improving_a_factor_never_lowers_a_class(any_measures: Make) -> None:
    @given(any_measures(), st.data())
    def law(measures: Measures, data: Any) -> None:
        card = count_success_factors(measures)
        row = data.draw(st.integers(0, len(card) - 1))
        name = data.draw(st.sampled_from(card.factors))
        label = classify(card).labels[card.places[row]]
        better = label_after(card, row, frozenset({name}))
        assert better == label or (better is not None and better <= label)

    law()


def test_classes_part_the_active_who_may_be_classed(any_measures: Make) -> None:
    @given(any_measures())
    def law(measures: Measures) -> None:
        classes = classify(count_success_factors(measures))
        may_be = ~measures.opted_out[measures.active_places]
        assert sum(classes.counts().values()) == int(may_be.sum())
        assert set(classes.counts()) == {"A", "B", "C", "D"}

    law()


def test_scaling_all_money_by_a_power_of_ten_or_two_changes_no_class(any_measures: Make) -> None:
    @given(any_measures(), st.sampled_from([10.0, 1000.0, 0.1, 2.0, 0.25, 1024.0]))
    def law(measures: Measures, scale: float) -> None:
        margin = measures.column("margin_share")
        assert margin.basis is not None
        margin = evolve(margin, basis=margin.basis * scale)
        scaled = evolve(measures, columns={**measures.columns, "margin_share": margin})
        scaled = scaled.with_values({"revenue": measures["revenue"] * scale})
        before, after = (classify(count_success_factors(each)) for each in (measures, scaled))
        assert before.labels.tolist() == after.labels.tolist()

    law()


def test_the_probability_is_that_of_the_beta_posterior(make_measures: Make) -> None:
    from scipy.stats import beta

    measures = make_measures(
        {"revenue": [1.0, 1.0], "on_time_share": [1.0, 0.75]}, {"on_time_share": [4.0, 8.0]}
    )
    card = count_success_factors(measures)
    expected = [beta(4.5, 0.5).sf(0.95), beta(6.5, 2.5).sf(0.95)]
    assert card.probability("pays_on_time") == pytest.approx(expected, abs=1e-12)
    assert np.isnan(card.probability("rarely_complains")).all()
    state = next(s for s in classify(card).why("101").factors if s.factor == "pays_on_time")
    assert state.probability == pytest.approx(expected[1], abs=1e-12)


def test_a_conflict_is_on_peoples_list_with_too_few_factors(make_measures: Make) -> None:
    measures = make_measures({"revenue": [9.0, 8.0, 7.0], "order_days": [3.0, 1.0, 3.0]})
    factors = _only("orders_regularly", "large_volume")
    assert classify(count_success_factors(measures, factors)).conflicts == ()
    classes = classify(count_success_factors(measures, factors, shortlist=["100", "101", "102"]))
    assert classes.labels.tolist() == ["A", "D", "C"]
    assert classes.conflicts == ("101", "102")


def test_new_is_by_the_own_record_else_by_the_first_order(make_measures: Make) -> None:
    since = np.array(["2026-01-01", "2025-12-30", "NaT", "NaT"], dtype="datetime64[D]")
    ages = [400.0, 1.0, 181.0, 182.0]  # the period is 182 days: from 2025-12-30 to 2026-06-30
    new = classify(
        count_success_factors(
            make_measures(
                {"revenue": [1.0] * 4, "days_since_first_order": ages}, record={"since": since}
            )
        )
    ).new
    assert new.tolist() == [1, 0, 1, 0]


def test_new_is_unknown_when_the_portfolio_itself_is_young(make_measures: Make) -> None:
    since = np.array(["2020-01-01", "NaT"], dtype="datetime64[D]")
    classes = classify(
        count_success_factors(
            make_measures(
                {"revenue": [1.0] * 2, "days_since_first_order": [9.0, 181.0]},
                record={"since": since},
            )
        )
    )
    assert classes.new[0] == 0
    assert np.isnan(classes.new[1])


def test_it_opens_with_what_the_tables_cannot_show(make_measures: Make) -> None:
    known = make_measures({"revenue": [1.0, 2.0], "order_days": [1.0, 1.0]})
    assert classify(count_success_factors(known)).remark is None
    column = evolve(known.column("on_time_share"), reads=("invoices.paid",))
    blind = evolve(known, columns={**known.columns, "on_time_share": column})
    told = classify(count_success_factors(blind, _only("large_volume", "pays_on_time")))
    assert told.remark is not None
    remark = Writer().say(told.remark)
    assert "invoices (column: day of payment)" in remark
    assert str(told).startswith(remark)


@pytest.fixture
def overridden(make_measures: Make) -> Classification:
    from datetime import date

    measures = make_measures(
        {"revenue": [9.0, 8.0], "order_days": [3.0, 1.0], "active": [1.0, 0.0]}
    )
    given = [
        Override("100", "D", by="Anna", on=date(2026, 5, 1), because="it never says hello"),
        Override("101", "A", by="Anna", on=date(2026, 5, 1), because="it will come back"),
    ]
    return classify(count_success_factors(measures), overrides=given)


def test_an_override_holds_and_the_computed_class_stays_beside_it(
    overridden: Classification,
) -> None:
    assert (overridden.label("100"), overridden.computed[0]) == ("D", "A")
    assert overridden.counts() == {"A": 0, "B": 0, "C": 0, "D": 1}
    why = overridden.why("100")
    assert "Anna gave them class D on 1 May 2026: it never says hello" in str(why)
    assert why.computed == "A"
    assert contradictions(why, overridden.scorecard.measures, overridden.rules) == ()
    assert "given by people: 2" in str(overridden)


def test_an_override_of_who_is_not_active_waits(overridden: Classification) -> None:
    assert overridden.label("101") is None
    assert overridden.overrides["101"].label == "A"
    assert [str(note) for note in overridden.notes] == [
        "waiting, as their customers have no class now: 1 override"
    ]


def test_an_override_to_an_unknown_class_is_refused(make_measures: Make) -> None:
    from datetime import date

    given = Override("100", "E", by="Anna", on=date(2026, 5, 1), because="so")
    measures = make_measures({"revenue": [9.0]})
    with pytest.raises(ArgumentError, match="'100' gives the class 'E'"):
        classify(count_success_factors(measures), overrides=[given])


def test_an_override_of_who_left_the_portfolio_waits(make_measures: Make) -> None:
    from datetime import date

    given = Override("999", "A", by="Anna", on=date(2026, 5, 1), because="so")
    classes = classify(count_success_factors(make_measures({"revenue": [9.0]})), overrides=[given])
    assert len(classes.notes) == 1
    assert classes.overrides["999"] is given


def test_whys_and_what_ifs_print_in_dutch(overridden: Classification) -> None:
    why = overridden.why("100")
    assert why.sentences("nl") != why.sentences("en")
    assert len(why.sentences("nl")) == len(why.sentences("en"))
