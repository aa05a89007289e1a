"""What is counted is named in one or in several, wherever a count is shown."""

from __future__ import annotations

import math
import re

import pytest
from attrs import evolve

from klantkompas import Compass, Cutoff, Measure
from klantkompas.classification.why import FactorState
from klantkompas.lenses.departures.leaving import about_leaving
from klantkompas.wording.catalogue import translator
from klantkompas.wording.units import ONE, named
from klantkompas.wording.writer import Writer

UNCOUNTED = {"", "money", "reason", "share", "yes or no", "latest days", "latest ratings"}


def units() -> set[str]:
    measures = [e for e in Compass(installed=False).declarations.measures if type(e) is Measure]
    return {unit for each in measures for unit in (each.unit, each.basis_unit)} - UNCOUNTED


@pytest.mark.parametrize("unit", sorted(units()))
def test_one_of_what_is_counted_has_a_name(unit: str) -> None:
    assert named(1, unit) != unit
    assert {named(count, unit) for count in (0, 0.5, 2, math.nan)} == {unit}


@pytest.mark.parametrize("unit", sorted(ONE))
def test_both_names_are_dutch_in_dutch(unit: str) -> None:
    assert translator("nl")(named(1, unit)) != translator("nl")(unit)


def test_a_unit_of_a_plugin_stays_as_it_is() -> None:
    assert named(1, "lunches") == "lunches"


@pytest.mark.parametrize(
    ("language", "value", "unit", "text"),
    [
        ("en", 1, "days", "1 day"),
        ("en", 1200, "days", "1,200 days"),
        ("nl", 1, "orders", "1 order"),
        ("nl", 1, "days", "1 dag"),
        ("nl", 1.5, "days", "1,5 dagen"),
        ("en", 1, "share", "100%"),
        ("nl", 0.00026, "share", "0,03%"),
        ("en", 0.001, "share", "0.1%"),
        ("en", 0, "share", "0%"),
        ("en", 1, "money", "1.00"),
        ("en", math.nan, "days", "unknown"),
    ],
)
def test_a_quantity_in_a_report(language: str, value: float, unit: str, text: str) -> None:
    assert Writer(language).quantity(value, unit) == text


@pytest.mark.parametrize(
    ("language", "days", "text"),
    [("en", 1, "They left 1 day before."), ("nl", 2, "Vertrok 2 dagen eerder.")],
)
def test_how_long_ago_they_left(language: str, days: float, text: str) -> None:
    assert Writer(language).say(about_leaving(days, None, None)[0]) == text


def state(value: float, basis: float, unknown: bool, cutoff: float = 0.9) -> FactorState:
    return FactorState(
        factor="clear_orders",
        title="places clear orders",
        measure="clear_share",
        state="too little" if unknown else "not met",
        value=value,
        unit="share",
        cutoff=Cutoff(cutoff),
        basis=basis,
        basis_unit="orders",
        rests_on=basis,
        rests_on_unit="orders",
        is_proportion=not unknown,
        least_basis=3,
    )


@pytest.mark.parametrize(
    ("given", "english", "dutch"),
    [
        (state(0.0, 1, False), "0% of 1 order, at least 90%", "0% van 1 order, minstens 90%"),
        (state(0.5, 2, False), "50% of 2 orders, at least", "50% van 2 orders, minstens"),
        (
            state(1.0, 1, True),
            "too little to judge by (rests on 1 order, 3 needed), at least 90%",
            "te weinig om op te oordelen (berust op 1 order, 3 nodig), minstens 90%",
        ),
        (
            state(0.5, 4, False, math.nan),
            "50% of 4 orders, the number to pass is unknown",
            "50% van 4 orders, de grens is onbekend",
        ),
    ],
)
def test_why_counts_in_one_and_in_several(given: FactorState, english: str, dutch: str) -> None:
    assert english in given.text("en")
    assert dutch in given.text("nl")


def test_what_is_unknown_of_all_is_said_to_be_so_once() -> None:
    nobody = evolve(state(math.nan, math.nan, True, math.nan), state="not measured")
    assert nobody.text("en") == "? places clear orders: not measured"
    assert nobody.text("nl") == "? bestelt duidelijk: niet gemeten"
    few = state(1.0, 1, True, math.nan)
    assert (
        few.text() == "? places clear orders: too little to judge by (rests on 1 order, 3 needed)"
    )


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("number", [0, 1, 2])
def test_what_is_there_is_never_said_as_a_share_of_what_is_needed(
    language: str, number: int
) -> None:
    """One of three orders would read as one in three that was as it should be."""
    told = state(1.0, number, True).text(language)
    assert not re.search(r"\d+ (of|van) (the |de )?\d", told)
    assert {"en": ", 3 needed)", "nl": ", 3 nodig)"}[language] in told
