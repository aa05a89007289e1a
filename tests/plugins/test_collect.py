"""A module of one's own adds to what is built in; one that cannot be used is named, with why."""

from __future__ import annotations

import types
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest

from klantkompas.compass import Compass
from klantkompas.domain.criteria import AtLeast
from klantkompas.errors import KlantkompasError, PluginError
from klantkompas.hooks import (
    ClassificationRule,
    Lens,
    Measure,
    SuccessFactor,
    Tally,
    Unanswered,
    hookimpl,
)
from klantkompas.plugins.collect import FAMILIES
from klantkompas.plugins.found import HOOKS
from klantkompas.portfolio import Portfolio

DAYS = [date(2026, 6, day) for day in (1, 2, 3)]
BIGGEST = Measure(
    name="biggest_order",
    of=lambda period: np.where(period.during("orders").sum("amount") > 100, 150.0, 5.0),
    unit="money",
    describes="largest order",
)
BUYS_BIG = SuccessFactor(
    name="buys_big", measure=BIGGEST, criterion=AtLeast(100), title="buys big things"
)
STAR = ClassificationRule(
    name="star",
    label="Star",
    when=lambda card: card["biggest_order"] > 100,
    because="it buys big things",
    above="A",
)


def module(**hooks: Any) -> types.ModuleType:
    """A user's own module with these hooks, which return the declarations or fail as they do."""
    made = types.ModuleType("my_rules")
    for name, given in hooks.items():
        setattr(made, name, hookimpl(_declaring(given)))
    return made


def _declaring(given: Any) -> Any:
    return lambda: given() if isinstance(given, types.FunctionType) else given


@pytest.fixture(scope="module")
def portfolio() -> Portfolio:
    rows = [("a", day, 200.0) for day in DAYS] + [("b", DAYS[0], 5.0)]
    customer, on, amount = zip(*rows, strict=True)
    return Portfolio.from_tables(orders={"customer": customer, "on": on, "amount": amount})


def compass(*plugins: Any) -> Compass:
    return Compass(plugins, installed=False)


def test_a_factor_and_a_rule_of_ones_own_show_everywhere(portfolio: Portfolio) -> None:
    mine = module(klantkompas_success_factors=[BUYS_BIG], klantkompas_classification_rules=[STAR])
    reading = compass(mine).read(portfolio)
    card = reading.scorecard
    assert "buys_big" in card.factors
    assert card.met[:, card.factors.index("buys_big")].tolist() == [True, False]
    assert reading.classes.label("a") == "Star"
    assert reading.classes.order[:2] == ("Star", "A")
    assert reading.classes.counts()["Star"] == 1
    assert "buys big things" in str(reading.profile("a"))
    assert "a is Star because it buys big things" in str(reading.classes.why("a"))
    assert "Star 1" in str(reading)
    frame = reading.to_frame("polars")
    assert frame["class"].to_list()[0] == "Star"
    assert frame["buys_big_met"].to_list() == [True, False]
    assert frame["biggest_order"].to_list() == [150.0, 5.0]
    without = compass().read(portfolio)
    assert "buys_big" not in without.scorecard.factors
    assert without.classes.label("a") == "A"


def test_an_object_is_a_plugin_as_well_as_a_module(portfolio: Portfolio) -> None:
    class Mine:
        @hookimpl
        def klantkompas_success_factors(self) -> Sequence[SuccessFactor]:
            return [BUYS_BIG]

        @hookimpl
        def klantkompas_lenses(self) -> Sequence[Lens]:
            return [
                Lens(name="size", question="How many?", look=len),
                Lens(name="twice", question="And twice?", look=lambda measures, size: 2 * size),
            ]

        @hookimpl
        def klantkompas_measures(self) -> Sequence[Measure | Tally]:
            return [
                Tally(
                    name="monthly_orders",
                    of=lambda period: {("2026-06",): len(period.during("orders"))},
                    keys=("month",),
                    describes="orders",
                )
            ]

    reading = compass(Mine()).read(portfolio)
    assert reading["size"] == 2
    assert reading["twice"] == 4
    assert reading.measures.tallies["monthly_orders"] == {("2026-06",): 4}
    assert "buys_big" in reading.scorecard.factors


def test_plugins_may_be_given_in_any_order(portfolio: Portfolio) -> None:
    one = module(klantkompas_success_factors=[BUYS_BIG])
    other = module(klantkompas_classification_rules=[STAR])
    first, second = compass(one, other).read(portfolio), compass(other, one).read(portfolio)
    assert first.scorecard.factors == second.scorecard.factors
    assert first.to_frame("polars").equals(second.to_frame("polars"))


def refused(*plugins: Any) -> str:
    with pytest.raises(PluginError) as caught:
        compass(*plugins).declarations  # noqa: B018
    return str(caught.value)


@pytest.mark.parametrize(
    "wrong", [[BIGGEST], ["buys_big"], [None], [SuccessFactor], BUYS_BIG, None, 5]
)
def test_what_is_no_declaration(wrong: Any) -> None:
    told = refused(module(klantkompas_success_factors=wrong))
    assert "'my_rules'" in told
    assert "klantkompas_success_factors" in told


def test_a_name_declared_twice_names_both_plugins() -> None:
    mine = module(klantkompas_success_factors=[BUYS_BIG])
    other = module(klantkompas_success_factors=[BUYS_BIG])
    other.__name__ = "their_rules"
    told = refused(mine, other)
    assert "'buys_big'" in told
    assert "my_rules" in told
    assert "their_rules" in told
    pays = SuccessFactor(name="pays_on_time", measure="revenue", criterion=AtLeast(1), title="pays")
    told = refused(module(klantkompas_success_factors=[pays]))
    assert "klantkompas.factors" in told
    assert "my_rules" in told


def test_a_measure_inside_a_factor_that_bears_a_name_already_taken_names_both_plugins() -> None:
    revenue = Measure(name="revenue", of=lambda period: None, unit="money", describes="mine")
    factor = SuccessFactor(name="mine", measure=revenue, criterion=AtLeast(1), title="mine")
    told = refused(module(klantkompas_success_factors=[factor]))
    assert "'revenue'" in told
    assert "my_rules" in told
    assert "klantkompas.measures" in told


def test_a_misspelt_hook_is_named() -> None:
    told = refused(module(klantkompas_succes_factors=[BUYS_BIG]))
    assert "klantkompas_succes_factors" in told
    assert "my_rules" in told


def test_a_plugin_that_declares_nothing() -> None:
    assert "declares nothing" in refused(types.ModuleType("empty"))
    assert "declares nothing" in refused(5)


def test_a_plugin_that_is_given_twice() -> None:
    mine = module(klantkompas_success_factors=[BUYS_BIG])
    assert "twice" in refused(mine, mine)


def test_a_plugin_that_raises_is_named() -> None:
    def fail() -> Any:
        raise RuntimeError("the moon is full")

    told = refused(module(klantkompas_success_factors=fail))
    assert "my_rules" in told
    assert "RuntimeError: the moon is full" in told


@pytest.mark.parametrize(
    "of",
    [
        lambda period: None,
        lambda period: np.zeros(99),
        lambda period: np.array(["x"] * period.customers),
        lambda period: np.full(period.customers, np.inf),
        lambda period: (np.zeros(period.customers), np.zeros(1)),
        lambda period: (np.zeros(period.customers),) * 3,
        lambda period: 1 / 0,
        lambda period: period.ever("nothing").count(),
    ],
)
def test_a_measure_that_cannot_be_used_is_named(portfolio: Portfolio, of: Any) -> None:
    odd = Measure(name="odd", of=of, unit="x", describes="odd")
    with pytest.raises(PluginError, match="'odd'"):
        compass(module(klantkompas_measures=[odd])).measure(portfolio)


@pytest.mark.parametrize("of", [lambda period: None, lambda period: 1 / 0, lambda period: {"a": 1}])
def test_a_tally_that_cannot_be_used_is_named(portfolio: Portfolio, of: Any) -> None:
    odd = Tally(name="odd", of=of, keys=("x",), describes="odd")
    with pytest.raises(PluginError, match="'odd'"):
        compass(module(klantkompas_measures=[odd])).measure(portfolio)


def test_a_factor_of_a_measure_that_there_is_not(portfolio: Portfolio) -> None:
    lost = SuccessFactor(name="lost", measure="revenu", criterion=AtLeast(1), title="lost")
    with pytest.raises(KlantkompasError, match="Did you mean 'revenue'"):
        compass(module(klantkompas_success_factors=[lost])).read(portfolio)


def test_a_lens_that_raises_is_named(portfolio: Portfolio) -> None:
    odd = Lens(name="odd", question="?", look=lambda measures: 1 / 0)
    with pytest.raises(PluginError, match="'odd'"):
        compass(module(klantkompas_lenses=[odd])).read(portfolio)


def test_lenses_that_need_what_there_is_not_or_one_another(portfolio: Portfolio) -> None:
    def lens(name: str, look: Callable[..., Any]) -> Lens:
        return Lens(name=name, question="?", look=look)

    misspelt = lens("mine", lambda measures, paretto: 1)
    with pytest.raises(PluginError, match="Did you mean 'pareto'"):
        compass(module(klantkompas_lenses=[misspelt])).read(portfolio)
    circle = [
        lens("one", lambda measures, other: 1),
        lens("other", lambda measures, one: 1),
    ]
    with pytest.raises(PluginError, match="circle"):
        compass(module(klantkompas_lenses=circle)).read(portfolio)
    with pytest.raises(PluginError, match="'rules'"):
        compass(module(klantkompas_lenses=[lens("rules", len)])).read(portfolio)


def test_a_lens_that_needs_an_unanswered_one_is_unanswered(portfolio: Portfolio) -> None:
    after = Lens(name="after", question="?", look=lambda measures, pareto: pareto.gini)
    mine = compass(module(klantkompas_lenses=[after]))
    assert isinstance(mine.read(portfolio)["after"], float)
    assert isinstance(mine.read(portfolio, date(2030, 1, 1))["after"], Unanswered)


def test_whatever_a_hook_declares_is_collected() -> None:
    assert {*FAMILIES} == {*HOOKS}


def test_a_compass_is_a_value() -> None:
    assert compass() == compass()
    assert compass().declarations.factors == compass().declarations.factors
    with pytest.raises(AttributeError):
        compass().months = 12  # type: ignore[misc]
