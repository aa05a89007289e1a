"""What the checks say, what passes them, and what is expected not to."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from gettext import NullTranslations
from typing import Any

import numpy as np
import pytest
from attrs import frozen

from klantkompas.domain.fields import identity, moment, number
from klantkompas.domain.interactions import InteractionKind
from klantkompas.errors import ArgumentError, PluginError
from klantkompas.hooks import (
    Catalogue,
    ClassificationRule,
    Cue,
    Lens,
    Measure,
    Unit,
    hookimpl,
)
from klantkompas.testing import check_plugin


def measure(name: str, of: Callable[[Any], Any]) -> Measure:
    return Measure(name=name, of=of, unit="orders", describes="...")


def revenue(period: Any) -> Any:
    return period.during("orders").sum("amount")


def until_today(period: Any) -> Any:
    last = period.ever("orders").max("on")
    days = np.datetime64("today") - last
    return np.where(np.isnat(last), np.nan, days.astype(float))


@frozen(kw_only=True)
class Visit:
    """A visit."""

    customer: str = identity()
    on: date = moment(required=True)
    kilometres: float | None = number(low=0)


VISITS = InteractionKind(name="visits", record=Visit)


def kilometres(period: Any) -> Any:
    return period.during("visits").sum("kilometres")


GOOD = (
    VISITS,
    Measure(
        name="visit_kilometres",
        of=kilometres,
        unit=Unit("kilometres", one="kilometre"),
        describes="...",
        reads=("visits.kilometres",),
    ),
    Measure(name="turnover", of=revenue, unit="money", describes="...", reads=("orders",)),
    Cue(
        name="asks",
        fires=lambda texts: np.array(["?" in t for t in texts], bool),
        describes="-",
        counted_only=True,
    ),
    ClassificationRule(
        name="star", label="Star", when=lambda card: card.count >= 5, because="...", above="A"
    ),
    Lens(name="size", question="How many?", look=len),
)


def test_every_failed_check_is_told_at_once(complaint: Any) -> None:
    told = complaint(
        measure("first", lambda period: 1 / 0), measure("second", lambda p: np.zeros(p.customers))
    )
    assert told.startswith("the plugin 'Shop' does not pass 2 checks:\n")
    assert "measure 'first': answers" in told
    assert "measure 'second': unknown" in told


def test_a_good_plugin_passes(shop: Any) -> None:
    check_plugin(shop(*GOOD))


def test_what_cannot_be_collected_is_told_as_a_failed_check(complaint: Any) -> None:
    class Misspelt:
        @hookimpl
        def klantkompas_succes_factors(self) -> list[Any]:
            return []

    told = complaint(plugin=Misspelt())
    assert "the plugin 'Misspelt': collection: the plugin can be collected" in told
    assert "klantkompas_succes_factors" in told


def test_a_declaration_that_cannot_be_collected_is_named(complaint: Any) -> None:
    taken = Measure(name="revenue", of=revenue, unit="money", describes="...")
    assert "the plugin 'revenue': collection: " in complaint(plugin=taken)


def test_a_class_without_a_place_cannot_be_collected(complaint: Any) -> None:
    told = complaint(
        ClassificationRule(name="star", label="Star", when=lambda card: card.count > 5, because="-")
    )
    assert "the plugin 'Shop': collection: " in told
    assert "'star' of the plugin 'Shop' gives 'Star'" in told


def test_a_catalogue_is_left_as_it_was(shop: Any) -> None:
    catalogue = NullTranslations()
    with pytest.raises(PluginError, match="'orders' is not in the catalogue for 'nl'"):
        check_plugin(shop(measure("ours", revenue)), catalogues={"nl": catalogue}, max_examples=2)
    assert catalogue.gettext("orders") == "orders"


def test_the_catalogue_that_a_plugin_brings_is_checked() -> None:
    class Speaking:
        @hookimpl
        def klantkompas_measures(self) -> list[Any]:
            return [measure("ours", revenue)]

        @hookimpl
        def klantkompas_catalogues(self) -> list[Any]:
            return [Catalogue(name="ours_nl", language="nl", translations=NullTranslations())]

    with pytest.raises(PluginError, match="'orders' is not in the catalogue for 'nl'"):
        check_plugin(Speaking(), max_examples=2)


def test_what_is_expected_to_fail_may_fail(shop: Any) -> None:
    expected = {("clock", "ours"): "it counts down to a day in 2027"}
    check_plugin(shop(measure("ours", until_today)), expected_failures=expected)


def test_what_is_expected_to_fail_and_passes_is_a_failure(complaint: Any) -> None:
    told = complaint(measure("ours", revenue), expected_failures={("clock", "ours"): "..."})
    assert "'ours' is expected to fail (...), and passes: take it out of" in told


@pytest.mark.parametrize(
    ("key", "found"),
    [
        (("clok", "ours"), "no check is called 'clok'. Did you mean 'clock'?"),
        (("clock", "our"), "no declaration is called 'our'. Did you mean 'ours'?"),
        ("clock", "pairs of a check and a declaration"),
    ],
)
def test_an_unknown_expectation_is_refused(key: Any, found: str, shop: Any) -> None:
    with pytest.raises(ArgumentError, match=re.escape(found)):
        check_plugin(shop(measure("ours", revenue)), expected_failures={key: "..."})
