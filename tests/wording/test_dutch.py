"""All that is said of the example shop in Dutch is Dutch, its numbers too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from klantkompas import (
    Compass,
    Portfolio,
    Reading,
    letter,
    plan_letting_go,
    read_mapping,
    report_html,
)
from klantkompas.hooks import Unanswered
from klantkompas.report.summary import summary_of
from klantkompas.reviews.almost import almost_list
from klantkompas.reviews.compare import compare_reviews
from klantkompas.reviews.guard import guard_list
from klantkompas.reviews.overdue import overdue_list
from klantkompas.reviews.watch import watch_list
from klantkompas.reviews.work_lists import work_lists

SHOP = Path(__file__).parents[2] / "examples" / "shop"
TABLES = {
    "customers": "klanten.csv",
    "orders": "orders.csv",
    "invoices": "facturen.csv",
    "complaints": "klachten.csv",
    "contacts": "contacten.csv",
    "responses": "enquete.csv",
    "departures": "vertrek.csv",
}
ENGLISH_NUMBERS = {
    "a comma before thousands": r"(?<![\d,.])[1-9]\d{0,2},\d{3}(?![\d,])(?!\d)",
    "a point before decimals": r"(?<![\d.])\d+\.\d{1,2}(?![\d.])",
    "an exponent": r"\d(\.\d+)?e[+-]?\d",
    "several of one": (
        r"(?<![\d.,])1 (rijen|klanten|orders|dagen|facturen|antwoorden|contacten|maanden|klachten"
        r"|berichten|minuten|punten|beoordeelde momenten|succesfactoren|declaraties)\b"
    ),
    "one of several": (
        r"(?<![\d.,])([2-9]|[1-9]\d+) (rij|klant|dag|factuur|klacht|bericht|minuut|maand)\b"
    ),
    "nan": r"\bnan\b",
    "a question mark for unknown": r": \?",
    "words of Python": r"\b(None|True|False)\b|\w=\[",
}


@pytest.fixture(scope="module")
def readings() -> tuple[Reading, Reading]:
    columns = read_mapping(SHOP / "columns.toml")
    files = {table: SHOP / name for table, name in TABLES.items()}
    portfolio = Portfolio.from_files(
        **files,  # type: ignore[arg-type]
        columns={table: columns[table] for table in files if table in columns},
        locale="nl",
    )
    compass = Compass(installed=False)
    first, second = (compass.read(portfolio, day) for day in (date(2025, 2, 28), date(2025, 8, 31)))
    return first, second


def faults(lines: list[str]) -> list[tuple[str, str]]:
    return [
        (fault, line)
        for line in lines
        for fault, pattern in ENGLISH_NUMBERS.items()
        if re.search(pattern, line)
    ]


def test_of_each_customer(readings: tuple[Reading, Reading]) -> None:
    _, reading = readings
    lines = []
    for customer in reading.measures.ids[::5]:
        lines += reading.profile(customer).sentences("nl")
        lines += reading.classes.what_if(customer).sentences("nl")
        lines += reading.classes.range(customer).sentences("nl")
        for name in ("attitudes", "colours", "demands", "inventory", "loyalty", "memory"):
            if not isinstance(reading[name], Unanswered):
                lines += reading[name].why(customer).sentences("nl")
    assert len(lines) > 500
    assert faults(lines) == []


def test_of_letters(readings: tuple[Reading, Reading]) -> None:
    lines = []
    for customer in readings[1].measures.ids[::20]:
        lines += letter(readings[1], customer, language="nl").text().splitlines()
    assert len(lines) > 500
    assert faults(lines) == []
    english = re.compile(r"\b(the|your|you|and|they|customer|value|from|with)\b", re.IGNORECASE)
    assert [line for line in lines if english.search(line)] == []


def test_of_all_together(readings: tuple[Reading, Reading]) -> None:
    first, second = readings
    review = compare_reviews(first, second)
    lines = summary_of(second, "nl").splitlines()
    lines += [line for note in second.notes for line in note.sentences("nl")]
    lines += [line for change in review.changes for line in change.sentences("nl")]
    lines += plan_letting_go(review).text("nl").splitlines()
    lists = (watch_list(second, first), guard_list(second, first))
    for listed in (*lists, almost_list(second), overdue_list(second)):
        lines += [*listed.sentences("nl"), *listed.text("nl").splitlines()]
    for listed in work_lists(second, review, plan_letting_go(review)):
        lines += [each for line in listed for each in line.sentences("nl")]
        lines += listed.text("nl").splitlines()
    lines += second.departures.sentences("nl")
    assert faults(lines) == []


ENGLISH = """
    about all among an and answer answers are as at be because before brings by changed class
    classes clear complaint complaints contacts count customer customers days each every
    everybody factor factors first for found from given good has have if invoice invoices
    keeps known large last least lists long margin message messages minutes month months more
    most nobody not on one only or others page pays period quarter quickly rank rarely rate
    reason reasons regularly remember revenue review scores settled since sure than that the
    their them they this time to too two unknown until volumes what which who whom why with
    would
"""
"""English words that are not Dutch ones; names of people, firms and programs have none of them."""


def words_of(page: str) -> list[str]:
    """The words of a page: what is seen, what pictures say, and what is said on request."""
    body = re.sub(r"<(style|script)\b.*?</\1>", " ", page, flags=re.DOTALL)
    said = re.findall(r'(?:title|alt|aria-label|data-(?:search|found|sort|label))="([^"]*)"', body)
    text = unescape(" ".join([re.sub(r"<[^>]+>", " ", body), *said]))
    cut_off = re.compile(r"\w+…")  # in a picture whose room is short
    return re.findall(r"[^\W\d_]+", cut_off.sub(" ", text))


def pages(readings: tuple[Reading, Reading]) -> Iterator[str]:
    """The shop's page with all that it can have, and without what it need not have."""
    review = compare_reviews(*readings)
    yield report_html(readings[1], language="nl", review=review, plan=plan_letting_go(review))
    yield report_html(readings[0], language="nl")


def test_of_the_page(readings: tuple[Reading, Reading]) -> None:
    for page in pages(readings):
        body = re.sub(r"<(style|script)\b.*?</\1>", " ", page, flags=re.DOTALL)
        drawn = re.sub(r"<(svg)\b.*?</\1>", " ", body, flags=re.DOTALL)
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " \n ", drawn))
        assert len(text) > 50_000
        assert faults([text]) == []


def test_of_the_page_in_words(readings: tuple[Reading, Reading]) -> None:
    for page in pages(readings):
        words = words_of(page)
        assert len(words) > 5000
        code = {"reading", "to_frame", "profile"}  # how the rest is asked for, in Python
        assert {each.lower() for each in words} & {*ENGLISH.split()} - code == set()
