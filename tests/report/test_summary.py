"""What the command says of a reading: the same in every language, and true of any reading."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from klantkompas import Compass, Customer, Order, Override, Portfolio, Reading, Response
from klantkompas.errors import ArgumentError
from klantkompas.report.summary import summary_of

LAST = date(2026, 6, 30)
SCORES = (9, 10, 10, 3, 8)
WHOLE = {
    "en": [
        "As of 30 June 2026, over 6 months: 5 customers; active: 5",
        "Classes: A 1, B 1, C 2, D 0; without a class: 1; given by people: 1",
        "The leading 20% bring 92.6% of the revenue; 80% comes from 1 customer",
        "Net Promoter Score: +40.0, and with 95% certainty between -33.4 and +81.4 (5 answers)",
    ],
    "nl": [
        "Per 30 juni 2026, over 6 maanden: 5 klanten; actief: 5",
        "Klassen: A 1, B 1, C 2, D 0; zonder klasse: 1; door mensen gegeven: 1",
        "De grootste 20% brengt 92,6% van de omzet op; 80% komt van 1 klant",
        "Net Promoter Score: +40,0, en met 95% zekerheid tussen -33,4 en +81,4 (5 antwoorden)",
    ],
}
NO_ORDERS = "without orders it is unknown who is active and what they bring"
NOTHING = {
    "en": [
        "As of 30 June 2026, over 6 months: 1 customer; active: unknown",
        "Without active customers nobody has a class.",
        "What would help, and what it would tell:",
        "  orders: Who is active?",
        "  responses: Would your customers recommend you?",
        "Classes: A 0, B 0, C 0, D 0; without a class: 1",
        f"Whether a few bring most is unknown: {NO_ORDERS}",
        "Net Promoter Score: unknown, as nobody gave a score",
    ],
    "nl": ["Per 30 juni 2026, over 6 maanden: 1 klant; actief: onbekend"],
}


def read(*records: Any, **options: Any) -> Reading:
    customers = [Customer(id="hidden", name="Verborgen Vogel", opted_out=True)]
    portfolio = Portfolio.from_records(records, customers)
    return Compass(installed=False).read(portfolio, LAST, **options)


@pytest.fixture(scope="module")
def whole() -> Reading:
    ids = ("a", "b", "c", "d", "hidden")
    orders = [
        Order(customer=each, on=LAST, amount=1000.0 if each == "a" else 20.0, refunded=0.0)
        for each in ids
        for _ in range(3)
    ]
    answers = [
        Response(customer=each, on=LAST, score=score)
        for each, score in zip(ids, SCORES, strict=True)
    ]
    corrected = Override(customer="b", label="B", by="Anna", on=LAST, because="she knows it")
    return read(*orders, *answers, overrides=[corrected])


@pytest.mark.parametrize("language", WHOLE)
def test_it_says_how_the_business_stands(whole: Reading, language: str) -> None:
    said = summary_of(whole, language)
    assert said.splitlines()[:4] == WHOLE[language]
    assert "Verborgen" not in said
    assert "hidden" not in said


@pytest.mark.parametrize("language", NOTHING)
def test_it_says_what_it_cannot_tell(language: str) -> None:
    said = summary_of(read(), language).splitlines()
    assert said[: len(NOTHING[language])] == NOTHING[language]
    assert len(said) == len(NOTHING["en"])


def test_every_note_is_in_it() -> None:
    found = read(*[Order(customer=None, on=LAST, amount=1.0)] * 2)
    said = summary_of(found, "nl").splitlines()
    at = said.index("Wat opviel in de gegevens:")
    assert len(said[at + 1 :]) == len(found.notes) > 0


def test_an_unknown_language_is_refused(whole: Reading) -> None:
    with pytest.raises(ArgumentError, match="en, nl"):
        summary_of(whole, "tlh")
