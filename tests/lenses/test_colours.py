"""Colours: by staff, otherwise by evidence; too little is no colour, and why is always told."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas.compass import Compass, Reading
from klantkompas.domain.colours import Colour
from klantkompas.domain.customers import Customer
from klantkompas.domain.interactions import Contact
from klantkompas.errors import ArgumentError
from klantkompas.hooks import Cue, hookimpl, mentions
from klantkompas.lenses.colours import CustomerColours, colour_customers, colours, positions
from klantkompas.portfolio import Portfolio

DAY = date(2026, 6, 1)
ANGRY = "WAAR BLIJFT MIJN PAKKET MET DE NIEUWE STOELEN EN DE TAFEL"
COMPASS = Compass(installed=False)
TINY = 1e-300


def read(*messages: str | None, compass: Compass = COMPASS, **judged: Any) -> CustomerColours:
    """The colours of customer a, who sent these messages, and of b, of whom nothing is known."""
    customers = [Customer(id="a", **judged), Customer(id="b")]
    contacts = [Contact(customer="a", on=DAY, text=text) for text in messages]
    reading = compass.read(Portfolio.from_records(contacts, customers), date(2026, 6, 30))
    result: CustomerColours = reading["colours"]
    return result


@pytest.mark.parametrize(
    ("extraversion", "rationality", "colour"),
    [
        (-1, -1, "green"),
        (1, -1, "red"),
        (1, 1, "yellow"),
        (-1, 1, "blue"),
        (-TINY, -TINY, "green"),
        (TINY, TINY, "yellow"),
        (0, 1, None),
        (-0.0, -1, None),
        (1, 0, None),
        (0, 0, None),
        (math.nan, 1, None),
        (1, math.nan, None),
    ],
)
def test_four_colours(extraversion: float, rationality: float, colour: str | None) -> None:
    assert colours([extraversion], [rationality]).tolist() == [colour]
    assert colours(extraversion, rationality).tolist() == [colour]


def test_as_many_of_the_one_as_of_the_other() -> None:
    with pytest.raises(ArgumentError, match="2 values of extraversion and 1 of rationality"):
        colours([1, 1], [1])


@pytest.mark.parametrize(
    ("firings", "pushes", "weights", "position"),
    [
        ([0], [1], [1], 0),
        ([1], [1], [1], 1 / 2),
        ([2], [-1], [1], -2 / 3),
        ([9], [1], [1], 9 / 10),
        ([1], [1], [0.5], 1 / 3),
        ([2], [0.5], [1], 1 / 3),
        ([1, 1], [1, -1], [1, 1], 0),
        ([2, 1], [1, -1], [1, 0.5], 1.5 / 3.5),
        ([1, 9], [1, 0], [1, 1], 1 / 2),  # a cue that does not push this axis has no say
        ([1, math.nan], [1, -1], [1, 1], 1 / 2),
        ([math.nan, 9], [1, 0], [1, 1], math.nan),
        ([math.nan], [1], [1], math.nan),
        ([3], [0], [1], math.nan),
        ([], [], [], math.nan),
    ],
)
def test_positions(
    firings: list[float], pushes: list[float], weights: list[float], position: float
) -> None:
    assert positions([firings], pushes, weights)[0] == pytest.approx(position, nan_ok=True)


class Pushing:
    """A plugin with one cue, which pushes both axes by one word."""

    def __init__(self, weight: float) -> None:
        self.weight = weight

    @hookimpl
    def klantkompas_cues(self) -> Sequence[Cue]:
        return [
            Cue(
                name="pushes",
                fires=mentions("pushes"),
                describes="pushes",
                extraversion=1,
                rationality=-1,
                weight=self.weight,
            )
        ]


LONG = "this message pushes but is longer than what a curt customer would ever write"


@pytest.mark.parametrize(
    ("weight", "colour"),
    [(1 / 9, "red"), (1 / 9 - 1e-6, None), (1 / 9 - 1e-12, "red"), (0.2, "red")],
)
def test_evidence_of_a_tenth_is_enough(weight: float, colour: str | None) -> None:
    found = read(LONG, compass=Compass([Pushing(weight)], installed=False))
    assert found.label("a") == colour
    assert found.positions["extraversion"][0] == pytest.approx(weight / (weight + 1))
    why = found.why("a")
    assert [each.side for each in found.evidence("a")] == (
        ["extravert", "emotional"] if colour else ["", ""]
    )
    assert ("too near the middle" in str(why)) == (colour is None)


@pytest.mark.parametrize("least", [0.5, 0.51])
def test_the_least_evidence_is_ones_own(least: float) -> None:
    contact = Contact(customer="a", on=DAY, text=ANGRY)
    measures = COMPASS.measure(Portfolio.from_records([contact]))
    found = colour_customers.look(measures, COMPASS.declarations.cues, min_distance=least)
    assert found.label("a") == ("red" if least == 0.5 else None)


@pytest.mark.parametrize(
    ("judged", "colour", "bases"),
    [
        ({}, "red", ["evidence", "evidence"]),
        ({"extraversion": -0.01}, "green", ["staff", "evidence"]),
        ({"rationality": 0.01}, "yellow", ["evidence", "staff"]),
        ({"extraversion": -1.0, "rationality": 1.0}, "blue", ["staff", "staff"]),
        ({"extraversion": 0.0}, None, ["staff", "evidence"]),
        ({"rationality": 0.0}, None, ["evidence", "staff"]),
    ],
)
def test_staff_replace_evidence_on_each_axis(
    judged: dict[str, float], colour: str | None, bases: list[str]
) -> None:
    found = read(ANGRY, **judged)
    assert found.label("a") == colour
    evidence = found.evidence("a")
    assert [each.basis for each in evidence] == bases
    assert all(bool(each.fired) == (each.basis == "evidence") for each in evidence)
    assert np.nanmax(found.firings[0]) == 1


@pytest.mark.parametrize("colour", Colour)
def test_staff_alone(colour: Colour) -> None:
    extraversion = 0.05 if colour in (Colour.RED, Colour.YELLOW) else -0.05
    rationality = 0.05 if colour in (Colour.BLUE, Colour.YELLOW) else -0.05
    found = read(extraversion=extraversion, rationality=rationality)
    assert found.label("a") is colour
    assert found.label("b") is None
    assert found.counts() == {each: int(each is colour) for each in Colour}
    assert "as staff judged" in str(found.why("a"))
    assert "hypothesis" in str(found.why("a"))


@pytest.mark.parametrize("messages", [(), (None,), (None, None)])
def test_nothing_is_known(messages: tuple[None, ...]) -> None:
    found = read(*messages)
    assert found.labels.tolist() == [None, None]
    assert np.isnan(found.positions["extraversion"]).all()
    told = str(found.why("a"))
    assert "too little is known to tell" in told
    assert told.count("unknown: no judgement by staff") == 2


def test_messages_in_which_nothing_fired() -> None:
    calm = "Zou u mij willen laten weten wanneer het pakket met de stoelen komt"
    found = read(calm)
    assert found.label("a") is None
    assert "none of the signs" in str(found.why("a"))
    assert found.evidence("a")[0].value == 0


def test_which_cues_fired_how_often() -> None:
    found = read(ANGRY, ANGRY + "!!", None)
    extraversion, rationality = found.evidence("a")
    assert [(each.cue, each.count, each.of) for each in extraversion.fired] == [
        ("capital_sentences", 2, 2),
        ("exclamation_runs", 1, 2),
    ]
    assert extraversion.value == pytest.approx(2.5 / 3.5)
    assert rationality.value == pytest.approx(-2.5 / 3.5)
    assert (
        str(found.why("a")).splitlines()[2] == "    writes sentences in capitals: 2 of 2 messages"
    )


def test_in_dutch() -> None:
    told = "\n".join(read(ANGRY, rationality=-0.5).why("a").sentences("nl"))
    assert told == (
        "a lijkt rood (extravert, emotioneel): een vermoeden, om bij de klant te toetsen\n"
        "  extraversie +0,5, naar de signalen in berichten en kanalen:\n"
        "    schrijft zinnen in hoofdletters: 1 van 1 bericht\n"
        "  rationaliteit -0,5, naar het oordeel van medewerkers"
    )


def test_one_that_objects_is_in_no_output() -> None:
    found = read(ANGRY, opted_out=True, extraversion=1.0, rationality=1.0)
    assert found.label("a") is None
    assert str(found.why("a")) == "They object to profiling: they count in totals only."
    assert found.evidence("a") == ()
    assert found.to_frame("polars")["id"].to_list() == ["b"]
    assert set(found.counts().values()) == {0}
    assert np.isnan(found.firings[0]).all()
    assert all(np.isnan(each[0]) for each in found.positions.values())
    assert all(each[0] is None for each in found.basis.values())


def test_the_frame_and_the_print() -> None:
    found = read(ANGRY)
    frame = found.to_frame("polars")
    assert frame.columns[:6] == [
        *("id", "colour", "extraversion", "extraversion_basis"),
        *("rationality", "rationality_basis"),
    ]
    assert frame["colour"].to_list() == ["red", None]
    assert frame["capital_sentences"].to_list() == [1, 0]
    assert "asks_for_management" not in frame.columns
    assert repr(found) == (
        "Colours of 2 customers, as hypotheses: green 0, red 1, yellow 0, blue 0; no colour 1"
    )


def test_a_customer_that_there_is_not() -> None:
    for ask in (read().why, read().label):
        with pytest.raises(ArgumentError, match="'99'"):
            ask("99")


TEXTS = [ANGRY, "Fijn weekend!!", "Weet u zeker dat het komt?", "Status?", None]
CONTACTS = st.builds(
    Contact,
    customer=st.sampled_from("abc"),
    on=st.sampled_from([DAY, date(2026, 6, 2), date(2025, 1, 1)]),
    text=st.sampled_from(TEXTS),
    channel=st.sampled_from(["telefoon", "mail", None]),
)


def reading(contacts: Sequence[Contact]) -> Reading:
    customers = [Customer(id=each) for each in "abc"]
    return COMPASS.read(Portfolio.from_records(contacts, customers), date(2026, 6, 30))


@given(st.lists(CONTACTS, max_size=8))
def test_the_order_of_messages_changes_nothing(contacts: list[Contact]) -> None:
    one, other = (reading(each)["colours"] for each in (contacts, contacts[::-1]))
    assert one.to_frame("polars").equals(other.to_frame("polars"))


@given(st.lists(CONTACTS, min_size=1, max_size=6), CONTACTS)
def test_a_message_changes_no_other_customer(contacts: list[Contact], more: Contact) -> None:
    before, after = (reading(each)["colours"] for each in (contacts, [*contacts, more]))
    for identity in set("abc") - {more.customer}:
        assert str(before.why(identity)) == str(after.why(identity))
