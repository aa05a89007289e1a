"""The profile card: what matters first stands first, and own wishes go before advice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from klantkompas.compass import Compass, Profile
from klantkompas.domain.advice import COLOUR_ADVICE
from klantkompas.domain.classes import CLASSES
from klantkompas.domain.colours import Colour
from klantkompas.domain.customers import Customer
from klantkompas.domain.interactions import Complaint, Contact, Order, Response
from klantkompas.domain.preferences import COLUMNS, SUBJECTS, Preferences
from klantkompas.portfolio import Portfolio

LAST = date(2026, 6, 30)
COMPASS = Compass(installed=False)
TRAITS = {trait.name: trait for trait in COMPASS.declarations.traits}
CALL = "A call that only asks how it is will do."


def profile(**own: Any) -> Profile:
    interactions = [
        *(Order(customer="a", on=date(2026, 6, day), amount=10.0, clear=True) for day in (1, 2, 3)),
        Order(customer="b", on=LAST, amount=1.0, clear=True),
        Contact(customer="a", on=LAST, text="I want to speak to your manager. OK?", rating=5),
        Contact(customer="a", on=LAST, tags=("brutaal",)),
        Complaint(customer="a", on=LAST, talked=LAST),
        Response(customer="a", on=LAST, score=7),
    ]
    customer = Customer(id="a", name="Zon", extraversion=1, rationality=-1, **own)
    return COMPASS.read(Portfolio.from_records(interactions, [customer])).profile("a")


def test_what_matters_first_stands_first() -> None:
    lines = profile(preferred_channel="e-mail").sentences()
    opening, advice, *rest = lines
    assert opening.startswith("It is about to escalate")
    assert advice == TRAITS["top_service"].advice
    assert rest[:2] == [
        "To do: offer an alternative, compensation or repair.",
        "To do: say in public what was done, preferably online.",
    ]
    assert rest[2].startswith("Its own wishes come first. Reach it by: e-mail.")
    assert rest[3].startswith("a is A because")
    later = [
        f"For A customers: {CLASSES[0].service}",
        "It seems red: a hypothesis, to check with the customer.",
        COLOUR_ADVICE[Colour.RED],
        "It is brazen.",
        TRAITS["brazen"].advice,
        "It is used to top service.",
        "It is negative: disappointed. Act, whoever is at fault.",
        "It is satisfied, not loyal: gone as soon as there is a better offer.",
    ]
    places = [rest.index(line) for line in later]
    assert places == sorted(places)
    assert rest.count(TRAITS["top_service"].advice) == 0


def test_the_card_in_dutch_has_no_english() -> None:
    card = profile(preferred_channel="mail", preference_until=LAST)
    for english, dutch in zip(card.sentences(), card.sentences("nl"), strict=True):
        assert english != dutch
    assert any("Bereik de klant via: mail." in line for line in card.sentences("nl"))


@pytest.mark.parametrize(
    ("own", "colour", "brazen", "call"),
    [
        ({}, True, True, True),
        ({"preference_note": "no chat"}, False, False, False),
        ({"preferred_channel": "e-mail"}, True, True, False),
        ({"contact_every_days": 90}, True, True, False),
        ({"form_of_address": "Ms Zon"}, True, True, True),
        ({"preferred_language": "fr"}, True, True, True),
    ],
)
def test_preferences_replace_advice_wherever_they_speak(
    own: dict[str, Any], colour: bool, brazen: bool, call: bool
) -> None:
    told = "\n".join(profile(**own).sentences())
    assert (COLOUR_ADVICE[Colour.RED] in told) is colour
    assert (TRAITS["brazen"].advice in told) is brazen
    assert (CALL in told) is call
    assert ("Surprise it, in a way that fits its own wishes." in told) is not call
    assert ("Its own wishes come first." in told) is bool(own)


@pytest.mark.parametrize(
    ("until", "holds"),
    [(None, True), (LAST, True), (date(2026, 7, 1), True), (date(2026, 6, 29), False)],
)
def test_preferences_hold_until_their_day(until: date | None, holds: bool) -> None:
    card = profile(preference_note="no chat", preference_until=until)
    told = "\n".join(card.sentences())
    assert ("no chat" in told) is holds
    assert (COLOUR_ADVICE[Colour.RED] in told) is not holds
    assert card.preferences.speak_of(*SUBJECTS) is holds


def test_preferences_say_where_they_come_from() -> None:
    told = Preferences(note="x", source="Anna, 1 May", until=LAST)
    assert str(told).endswith("Source: Anna, 1 May. Until: 2026-06-30.")
    assert str(Preferences(note="x")).endswith("Source: not noted.")
    assert str(Preferences(source="Anna", until=LAST)) == ""


def test_preferences_are_read_from_tables() -> None:
    table = {
        "id": ["a", "b"],
        "preferred_channel": ["e-mail", None],
        "form_of_address": ["mevrouw", None],
        "preferred_language": ["fr", None],
        "contact_every_days": [30, None],
        "preference_note": ["stil", None],
        "preference_source": ["Anna", None],
        "preference_until": [date(2026, 12, 31), None],
    }
    assert set(table) == {"id", *COLUMNS.values()}
    reading = COMPASS.read(Portfolio.from_tables(customers=table), LAST)
    assert reading.profile("a").preferences == Preferences(
        channel="e-mail",
        form_of_address="mevrouw",
        language="fr",
        contact_every_days=30,
        note="stil",
        source="Anna",
        until=date(2026, 12, 31),
    )
    assert reading.profile("b").preferences == Preferences()


def test_of_who_objects_only_its_own_wishes_are_said() -> None:
    card = profile(objects=True, preferred_channel="e-mail")
    assert card.sentences() == (
        "It objects to profiling: it counts in totals only.",
        "Its own wishes come first. Reach it by: e-mail. Source: not noted.",
    )
    assert card.first == card.rest == card.advice == ()


def test_a_reading_as_a_frame_has_the_labels() -> None:
    rows: list[Any] = [Order(customer="a", on=LAST, amount=1.0)]
    customers = [
        Customer(id="a", extraversion=1, rationality=1),
        Customer(id="b", extraversion=1, rationality=1, objects=True),
    ]
    reading = COMPASS.read(Portfolio.from_records(rows, customers))
    frame = reading.to_frame("polars")
    assert frame["id"].to_list() == ["a"]
    assert frame["colour"].to_list() == ["yellow"]
    assert frame["attitude"].to_list() == ["middle"]
    assert frame["attitude_type"].to_list() == ["undecided"]
    assert "loyalty" not in frame.columns
