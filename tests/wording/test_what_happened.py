"""Nothing that is said of a customer is a label of a person: sentences say what happened.

Names in code keep the sources' words; what people read does not. Colours are said of nobody but
under a heading that calls them hypotheses, with their evidence (`Profile.supposed`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from klantkompas import Compass

SOURCE = Path(__file__).parents[2] / "src" / "klantkompas"
CATALOGUE = SOURCE / "wording" / "nl" / "LC_MESSAGES" / "klantkompas.po"
NEVER_SAID = {
    "en": """
        aggressive angry annoying arrogant attention-seeking brazen complainer critical dangerous
        delighted demanding desperate difficult disappointed dishonest disloyal disregard enraged
        furious greedy hostile hysterical impatient lazy lenient lying nagging nasty rude selfish
        shopper stingy stupid terrorist troublemaker undecided unreasonable worthless
    """,
    "nl": """
        aandachtvrager agressief agressieve arrogant boos boze brutaal brutale dom eisend gevaarlijk
        gierig hebberig hysterisch irritant klager kritisch kwaad lastig leugenachtig lui minachting
        onbeleefd oneerlijk ongeduldig onredelijk ontevreden teleurgesteld terrorist twijfelt
        veeleisend verrukt vijandig waardeloos woedend woedende zeurder
    """,
}
"""Words for a person, by language; each is looked for as a word, with the endings of its plural."""

IS_SAID_TO_BE = {
    "en": (
        r"(?<!how )\b(?:they|you) (?:are|were|(?:may|seem to) be) (?:often )?(\w+|\{\w+\})",
        """
        {best} {label} {length} a active among an counted in internal let made new not number on
        one registered too
        """,
    ),
    "nl": (
        r"(?<!van )(?<!voor )\b(?:de klant|u) (?:is|bent|was|lijkt) (?:misschien )?(\w+|\{\w+\})",
        "al actief een geregistreerd gewist in losgelaten niet nieuw nummer op te uit van",
    ),
}
"""What finds what somebody is said to be, by language, and the words for facts that may follow."""
TITLED = re.compile(r"They (?:asked|got|placed|wrote|paid)\b")

PLACES = re.compile(r"\{\w+\}|%\(\w+\)s")
"""What is filled in, whose names are code."""


def pattern(language: str) -> re.Pattern[str]:
    """Return what finds one of the words, in whatever case and with an ending."""
    return re.compile(
        rf"\b(?:{'|'.join(NEVER_SAID[language].split())})(?:e?[nrs])?e?\b", re.IGNORECASE
    )


def said() -> Iterable[tuple[str, str, str]]:
    """Every text for people: language, where it stands, and the text; not what exports are called.

    The names of systems are words as well, such as that of Delighted.
    """
    titles = {each.title for each in Compass(installed=False).export_shapes}
    with CATALOGUE.open("rb") as file:
        messages = [each for each in read_po(file) if each.id and each.id not in titles]
    for each in messages:
        yield "en", str(each.id), str(each.id)
        yield "nl", str(each.id), str(each.string)
    for declared in Compass(installed=False).declarations.cues:
        yield "en", declared.name, declared.describes


@pytest.mark.parametrize("language", NEVER_SAID)
def test_no_text_labels_a_person(language: str) -> None:
    words = pattern(language)
    found = [
        (found[0], text)
        for spoken, _, text in said()
        if spoken == language
        for found in [words.search(PLACES.sub("", text))]
        if found
    ]
    assert found == []


@pytest.mark.parametrize("language", IS_SAID_TO_BE)
def test_nobody_is_said_to_be_anything_but_a_fact(language: str) -> None:
    found, facts = IS_SAID_TO_BE[language]
    odd = [
        (each[1], text)
        for spoken, _, text in said()
        if spoken == language
        for each in re.finditer(found, text, re.IGNORECASE)
        if each[1].lower() not in facts.split()
    ]
    assert odd == []


def test_traits_are_titled_by_what_happened() -> None:
    titles = [each.title for each in Compass(installed=False).declarations.traits]
    assert len(titles) == 4
    assert [each for each in titles if not TITLED.match(each)] == []


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "They are brazen.", True),
        ("en", "Shoppers", True),
        ("en", "critically needed", False),
        ("nl", "Veeleisende klanten", True),
        ("nl", "De klant is domein", False),
    ],
)
def test_what_would_be_found(language: str, text: str, found: bool) -> None:
    assert (pattern(language).search(text) is not None) is found
