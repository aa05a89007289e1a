"""The profile card: what matters first stands first, and own wishes go before advice."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from klantkompas.compass import Compass, Profile
from klantkompas.domain.customers import Customer
from klantkompas.domain.interactions import Complaint, Contact, Order, Response
from klantkompas.domain.preferences import COLUMNS, EVERY, SUBJECTS, Preference, Preferences
from klantkompas.errors import ArgumentError
from klantkompas.portfolio import Portfolio

LAST = date(2026, 6, 30)
COMPASS = Compass(installed=False)
ADVICE = {each.name: each.text for each in COMPASS.declarations.advice}


def profile(*, complains: bool = True, **own: Any) -> Profile:
    interactions = [
        *(Order(customer="a", on=date(2026, 6, day), amount=10.0, clear=True) for day in (1, 2, 3)),
        Order(customer="b", on=LAST, amount=1.0, clear=True),
        Contact(customer="a", on=LAST, text="I want to speak to your manager. OK?", rating=5),
        Contact(customer="a", on=LAST, tags=("brutaal",)),
        *([Complaint(customer="a", on=LAST, talked=LAST)] if complains else []),
        Response(customer="a", on=LAST, score=7),
    ]
    customer = Customer(id="a", name="Zon", extraversion=1, rationality=-1, **own)
    return COMPASS.read(Portfolio.from_records(interactions, [customer])).profile("a")


def test_what_matters_first_stands_first() -> None:
    lines = profile(preferred_channel="e-mail").sentences()
    opening, shown, advice, *rest = lines
    assert opening == (
        "This may escalate: one thing went wrong in the last 90 days: complaints: 1 (on 30 June "
        "2026)."
    )
    assert shown == "They asked for the management, in 1 message, on 30 June 2026."
    assert advice == (
        f"To do next: {ADVICE['trait_top_service']} To put right: offer an alternative, "
        "compensation or repair; say in public what you do better since, without naming them. Get "
        "in touch now, before a competitor does."
    )
    assert rest[0].startswith("Their own wishes come first. Reach them by: e-mail.")
    assert rest[1].startswith("a is A because")
    later = [
        f"For A customers: {ADVICE['class_a']}",
        "Act, whoever is at fault.",
        "Something is to be put right for them.",
        "Their latest score is 7: they may go when there is a better offer.",
        "Hypotheses, to check with them:",
        "  As staff judged, their colour may be red.",
        f"  {ADVICE['colour_red']}",
        "  Staff gave 1 contact a tag for this: They wrote demands, or paid invoices late.",
        f"  {ADVICE['trait_brazen']}",
    ]
    places = [rest.index(line) for line in later]
    assert places == sorted(places)
    assert rest.count(ADVICE["trait_top_service"]) == 0


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
    assert (ADVICE["colour_red"] in told) is colour
    assert (ADVICE["trait_brazen"] in told) is brazen
    assert "Surprise them" not in told, "what went wrong is put right first"
    content = "\n".join(profile(complains=False, **own).sentences())
    assert (ADVICE["memory_surprise"] in content) is call
    assert ("Surprise them, in a way that fits their own wishes." in content) is not call
    assert ("Their own wishes come first." in told) is bool(own)


@pytest.mark.parametrize(
    ("until", "holds"),
    [(None, True), (LAST, True), (date(2026, 7, 1), True), (date(2026, 6, 29), False)],
)
def test_preferences_hold_until_their_day(until: date | None, holds: bool) -> None:
    card = profile(preference_note="no chat", preference_until=until)
    told = "\n".join(card.sentences())
    assert ("no chat" in told) is holds
    assert (ADVICE["colour_red"] in told) is not holds
    assert card.preferences.speak_of(*SUBJECTS) is holds


@pytest.mark.parametrize("own", [None, date(2026, 6, 29), LAST])
@pytest.mark.parametrize("every", [None, date(2026, 6, 29), LAST])
@pytest.mark.parametrize("column", COLUMNS.values())
def test_each_preference_has_a_day_of_its_own(
    column: str, own: date | None, every: date | None
) -> None:
    value: Any = 30 if column == "contact_every_days" else "x"
    card = profile(**{column: value, f"{column}_until": own, f"{EVERY}_until": every})
    holds = (own or every or LAST) >= LAST
    assert bool(card.preferences.wishes) is holds


def test_one_preference_ends_and_another_stays() -> None:
    card = profile(
        preferred_channel="e-mail",
        preferred_channel_until=date(2026, 6, 29),
        preferred_language="fr",
        preferred_language_source="Bo",
        preference_source="Anna",
    )
    assert card.preferences == Preferences((Preference("language", "fr", "Bo"),))


def test_preferences_say_where_they_come_from() -> None:
    told = Preferences((Preference("note", "x", "Anna, 1 May", LAST),))
    assert str(told).endswith("They wish: x. Source: Anna, 1 May. Until: 30 June 2026.")
    assert str(Preferences((Preference("note", "x"),))).endswith("Source: not noted.")
    assert str(Preferences()) == ""


def test_a_preference_is_about_something() -> None:
    with pytest.raises(ArgumentError, match=r"no preference is about 'chanel'.*'channel'"):
        Preference("chanel", "e-mail")


def test_preferences_are_read_from_tables() -> None:
    until = date(2026, 12, 31)
    table = {
        "id": ["a", "b"],
        "preferred_channel": ["e-mail", None],
        "preferred_channel_source": ["Bo", None],
        "form_of_address": ["mevrouw", None],
        "preferred_language": ["fr", None],
        "contact_every_days": [30, None],
        "contact_every_days_until": [LAST, None],
        "preference_note": ["stil", None],
        "preference_source": ["Anna", None],
        "preference_until": [until, None],
    }
    reading = COMPASS.read(Portfolio.from_tables(customers=table), LAST)
    assert reading.profile("a").preferences == Preferences(
        (
            Preference("channel", "e-mail", "Bo", until),
            Preference("form_of_address", "mevrouw", "Anna", until),
            Preference("language", "fr", "Anna", until),
            Preference("contact_every_days", 30, "Anna", LAST),
            Preference("note", "stil", "Anna", until),
        )
    )
    assert reading.profile("b").preferences == Preferences()


def test_the_record_has_the_columns_of_every_preference() -> None:
    fields = {each.name for each in attrs.fields(Customer)}
    of_all = {
        f"{name}_{what}" for name in (EVERY, *COLUMNS.values()) for what in ("source", "until")
    }
    assert fields >= {*COLUMNS.values(), *of_all}


def test_of_who_objects_only_its_own_wishes_are_said() -> None:
    card = profile(opted_out=True, preferred_channel="e-mail")
    assert card.sentences() == (
        "They object to profiling: they count in totals only.",
        "Their own wishes come first. Reach them by: e-mail. Source: not noted.",
    )
    assert card.warning == card.steps == card.happened == card.hypotheses == card.advice == ()


def test_a_reading_as_a_frame_has_the_labels() -> None:
    rows: list[Any] = [Order(customer="a", on=LAST, amount=1.0)]
    customers = [
        Customer(id="a", extraversion=1, rationality=1),
        Customer(id="b", extraversion=1, rationality=1, opted_out=True),
    ]
    reading = COMPASS.read(Portfolio.from_records(rows, customers))
    frame = reading.to_frame("polars")
    assert frame["id"].to_list() == ["a"]
    assert frame["colour"].to_list() == ["yellow"]
    assert frame["attitude"].to_list() == ["middle"]
    assert frame["attitude_type"].to_list() == ["undecided"]
    assert "loyalty" not in frame.columns
