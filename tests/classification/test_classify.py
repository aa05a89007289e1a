"""Rules: the first that holds decides; classes of one's own stand where they say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pytest

from klantkompas.classification.order import class_order
from klantkompas.classification.scorecard import Scorecard
from klantkompas.compass import Compass
from klantkompas.errors import ArgumentError, PluginError
from klantkompas.hooks import ClassificationRule
from klantkompas.lenses.classes import DEFAULT, classify
from klantkompas.lenses.scorecard import count_success_factors
from klantkompas.portfolio import Portfolio
from klantkompas.wording.writer import Writer

DAYS = [date(2026, 6, day) for day in (1, 2, 3)]


def rule(name: str, label: str, when: Callable[[Any], Any], **more: Any) -> ClassificationRule:
    return ClassificationRule(name=name, label=label, when=when, because=name, **more)


@pytest.fixture(scope="module")
def card() -> Scorecard:
    """Who contributes in 3, 2, 2, 1, 1, 0 and 0 ways; x is not active, y objects."""
    rows = [("a", day, 100.0) for day in DAYS]
    rows += [("b", day, 90.0) for day in DAYS]
    rows += [("c", day, 80.0) for day in DAYS]
    rows += [("d", day, 1.0) for day in DAYS] + [("d", DAYS[2], -3.0)]
    rows += [("e", day, 1.0) for day in DAYS] + [("e", DAYS[2], -2.0)]
    rows += [("f", DAYS[0], 5.0), ("g", DAYS[0], 5.0), ("x", date(2020, 1, 1), 5.0)]
    rows += [("y", DAYS[0], 5.0)]
    customer, on, amount = zip(*rows, strict=True)
    portfolio = Portfolio.from_tables(
        customers={"id": ["y"], "opted_out": [True]},
        orders={"customer": customer, "on": on, "amount": amount},
    )
    return count_success_factors(Compass(installed=False).measure(portfolio))


def labels(card: Scorecard, *rules: ClassificationRule, **more: Any) -> str:
    return "".join(label or "-" for label in classify(card, rules or DEFAULT, **more).labels)


def test_the_built_in_rules(card: Scorecard) -> None:
    assert card.count.tolist() == [3, 3, 2, 1, 1, 0, 0, 0]
    assert labels(card) == "AABCCDD--"
    classes = classify(card)
    assert classes.counts() == {"A": 2, "B": 1, "C": 2, "D": 2}
    assert classes.label("a") == "A"
    assert classes.label("x") is None


def test_a_list_that_people_handed_in_makes_the_a(card: Scorecard) -> None:
    assert labels(card, shortlist=["c", "d", "f"]) == "BBACCDD--"
    assert labels(card, shortlist=[]) == "BBBCCDD--"
    with pytest.raises(ArgumentError, match="'nobody'"):
        classify(card, shortlist=["nobody"])


def test_a_rule_in_front_decides_first(card: Scorecard) -> None:
    watched = rule("watched", "C", lambda card: card.ids == "a")
    assert labels(card, watched, *DEFAULT) == "CABCCDD--"
    assert labels(card, *DEFAULT, watched) == "CABCCDD--"
    why = classify(card, [*DEFAULT, watched]).why("a")
    assert (why.label, why.rule, why.because) == ("C", "watched", "watched")


def test_a_rule_behind_the_built_in_ones_decides_nothing(card: Scorecard) -> None:
    late = rule("late", "C", lambda card: card.ids == "a", priority=101)
    assert labels(card, late, *DEFAULT) == "AABCCDD--"


def test_equal_priority_goes_by_name(card: Scorecard) -> None:
    everyone = [
        rule("beta", "B", lambda card: card.count >= 0),
        rule("alpha", "A", lambda card: card.count >= 0),
    ]
    assert labels(card, *everyone) == "AAAAAAA--"
    assert [each.name for each in classify(card, everyone).rules] == ["alpha", "beta"]
    first = rule("zeta", "C", lambda card: card.count >= 0, priority=-1)
    assert labels(card, *everyone, first) == "CCCCCCC--"


def test_where_no_rule_holds_there_is_no_class(card: Scorecard) -> None:
    few = rule("few", "A", lambda card: card.count >= 3)
    assert labels(card, few) == "AA-------"
    why = classify(card, [few]).why("c")
    assert why.label is None
    assert "no classification rule" in why.because


def test_classes_of_ones_own_stand_where_they_say(card: Scorecard) -> None:
    star = rule("star", "Star", lambda card: card.count >= 3, above="A")
    watch = rule("watch", "Watch", lambda card: card.ids == "f", below="C")
    super_star = rule("sun", "Sun", lambda card: card.ids == "a", above="Star", priority=-1)
    classes = classify(card, [*DEFAULT, watch, star, super_star])
    assert classes.order == ("Sun", "Star", "A", "B", "C", "Watch", "D")
    counts = {"Sun": 1, "Star": 1, "A": 0, "B": 1, "C": 2, "Watch": 1, "D": 1}
    assert classes.counts() == counts
    assert classes.label("a") == "Sun"


def test_order_does_not_depend_on_how_rules_are_given() -> None:
    never = lambda card: card.count < 0  # noqa: E731
    one = [
        rule("p", "P", never, below="A"),
        rule("q", "Q", never, below="A"),
        rule("r", "R", never, above="P"),
    ]
    assert class_order([*DEFAULT, *one]) == class_order([*one[::-1], *DEFAULT])


def test_a_class_of_ones_own_needs_a_known_place() -> None:
    never = lambda card: card.count < 0  # noqa: E731
    with pytest.raises(PluginError, match="say where it stands"):
        class_order([rule("x", "X", never)])
    with pytest.raises(PluginError, match="'Y' is not known"):
        class_order([rule("x", "X", never, above="Y")])
    with pytest.raises(PluginError, match="is not known"):
        class_order([rule("x", "X", never, above="Y"), rule("y", "Y", never, above="X")])
    with pytest.raises(PluginError, match="not both"):
        rule("x", "X", never, above="A", below="B")


@pytest.mark.parametrize(
    "answer",
    [
        lambda card: card.count,
        lambda card: True,
        lambda card: card.met,
        lambda card: [True],
        lambda card: None,
        lambda card: card["revenu"],
        lambda card: 1 / 0,
        lambda: None,
    ],
)
def test_a_rule_that_answers_wrongly_is_named(card: Scorecard, answer: Any) -> None:
    with pytest.raises(PluginError, match="'odd'"):
        classify(card, [rule("odd", "A", answer)])


@pytest.mark.parametrize("wrong", ["", "two words", "1st", None, 5])
def test_a_rule_has_a_name(wrong: Any) -> None:
    with pytest.raises(PluginError, match="identifier"):
        rule(wrong, "A", lambda card: card.count > 0)
    with pytest.raises(PluginError, match="function"):
        rule("x", "A", "count > 0")  # type: ignore[arg-type]


def test_a_rule_answers_each_row_from_that_row_alone(card: Scorecard) -> None:
    measures = card.measures
    whole = classify(card)
    for place, customer in enumerate(card.ids):
        alone = Scorecard(
            measures=measures,
            places=card.places[place : place + 1],
            declared=card.declared,
            cutoffs=card.cutoffs,
            states=card.states[place : place + 1],
            shortlisted=card.shortlisted[place : place + 1],
        )
        assert classify(alone).label(customer) == whole.label(customer)


def test_why_says_every_factor_with_its_value_and_its_cutoff(card: Scorecard) -> None:
    why = classify(card).why("d")
    states = {each.factor: each for each in why.factors}
    assert set(states) == set(card.factors)
    regular, kept = states["orders_regularly"], states["keeps_what_it_orders"]
    assert (regular.state, regular.value, regular.cutoff.value) == ("met", 3.0, 3)
    assert (kept.state, kept.value) == ("not met", 1.0)
    assert (states["pays_on_time"].state, why.rule) == ("not measured", "c_transactional")
    assert np.isnan(states["pays_on_time"].value)
    told = str(why)
    assert told.startswith("d is C because")
    assert "gets little money back: 100%, over 3 orders in 6 months, at most 5%" in told
    assert "Met in 6 months: orders regularly" in " ".join(map(Writer().say, why.in_brief))


def test_why_not(card: Scorecard) -> None:
    classes = classify(card)
    assert "not active" in classes.why("x").because
    assert "object" in classes.why("y").because
    assert classes.why("x").factors == ()
    assert str(classes.why("x")).startswith("x has no class:")


def test_what_each_class_brings(card: Scorecard) -> None:
    shares = {each.label: each for each in classify(card).shares()}
    assert [shares[label].customers for label in "ABCD"] == [2, 1, 2, 2]
    assert shares["A"].revenue == 570.0
    assert shares["A"].orders == 6
    assert sum(each.customer_share for each in shares.values()) == pytest.approx(1)
    assert sum(each.revenue_share for each in shares.values()) == pytest.approx(1)
    nobody = classify(card, [rule("few", "A", lambda card: card.count > 99)])
    assert all(np.isnan(each.revenue_share) for each in nobody.shares())


def test_classes_make_a_frame_without_whoever_objects(card: Scorecard) -> None:
    frame = classify(card).to_frame("polars")
    assert frame["id"].to_list() == list("abcdefgx")
    assert frame["class"].to_list() == [*"AABCCDD", None]
