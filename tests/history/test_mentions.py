"""Who was erased may be named in what people typed about others: found, told, and dealt with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from klantkompas import ArgumentError, Compass, Customer, Order, Override, Portfolio
from klantkompas.history import Erasure, History
from klantkompas.history.mentions import Search
from klantkompas.reviews.recorded import record_of

DAY = date(2026, 7, 1)
ID, NAME = "0213", "De Vries"
ABOUT = "brought in by De Vries (0213)"


@pytest.fixture
def history(tmp_path: Path) -> History:
    """Two customers; all that people typed about the other mentions the one to erase."""
    orders = [Order(customer=each, on=date(2026, 6, 30), amount=10.0) for each in (ID, "a")]
    people = [
        Customer(id=ID, name=NAME, group="shops"),
        Customer(id="a", name="de vries", group="friends of DE VRIES"),
    ]
    override = Override("a", "A", by="mr De Vries", on=DAY, because=ABOUT)
    portfolio = Portfolio.from_records(orders, people)
    reading = record_of(Compass(installed=False).read(portfolio, overrides=[override]))
    titled = evolve(reading.factors[0], title="is a friend of 0213")
    history = History(tmp_path / "h")
    history.record(evolve(reading, factors=(titled, *reading.factors[1:])))
    history.override(override)
    return history


def test_they_are_told_with_their_number_and_places(history: History) -> None:
    found = history.erase(ID, on=DAY)
    assert (found.rewritten, found.complete, found.mentions) == (True, False, 8)
    assert found.places == (
        "reading as of 2026-06-30, override of 'a', by: 1",
        "reading as of 2026-06-30, override of 'a', because: 2",
        "reading as of 2026-06-30, title of the factor clear_orders: 1",
        "reading as of 2026-06-30, group: 1",
        "overrides of 'a', person: 1",
        "overrides of 'a', because: 2",
    )
    assert history.erasures() == (evolve(found, places=()),)
    assert history.overrides()[0].because == ABOUT


def texts_of(history: History) -> list[str]:
    (summary,) = history.readings()
    reading = history.reading(summary)
    (kept,) = reading.overrides
    (now,) = history.overrides()
    group = reading.measures.record["group"]
    return [kept.by, kept.because, reading.factors[0].title, *group, now.by, now.because]


REDACTED = [
    *("mr [erased]", "brought in by [erased] ([erased])", "is a friend of [erased]"),
    *("friends of [erased]", "mr [erased]", "brought in by [erased] ([erased])"),
]


def test_they_are_replaced_with_the_erasure(history: History, tmp_path: Path) -> None:
    found = history.erase(ID, on=DAY, redact=True)
    assert (found.complete, found.mentions, len(found.places)) == (True, 0, 6)
    assert texts_of(history) == REDACTED
    history.close()
    content = (tmp_path / "h").read_bytes().lower()
    assert ID.encode() not in content
    assert content.count(NAME.lower().encode()) == 1  # another customer has that name


def test_they_are_replaced_afterwards(history: History) -> None:
    found = history.redact(history.erase(ID, on=DAY), [ID, NAME])
    assert (found.complete, found.mentions, len(found.places)) == (True, 0, 6)
    assert history.erasures() == (evolve(found, places=()),)
    assert texts_of(history) == REDACTED


def test_they_may_be_about_something_else(history: History) -> None:
    erasure = history.erase(ID, on=DAY)
    found = history.redact(erasure)
    assert found == Erasure(1, DAY, rewritten=True)
    assert found.complete
    assert history.overrides()[0].because == ABOUT


def test_what_is_no_erasure_or_no_texts_is_refused(history: History) -> None:
    erasure = history.erase(ID, on=DAY)
    for texts in (ID, [7], None):
        with pytest.raises(ArgumentError, match="texts is a list of strings"):
            history.redact(erasure, texts)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="erasure is one of"):
        history.redact(1, [ID])  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="number 9"):
        history.redact(evolve(erasure, sequence=9), [ID])
    assert not history.erasures()[0].complete


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("0213", 1),
        ("(0213), 0213.", 2),
        ("02130", 0),
        ("a0213", 0),
        ("DE VRIES", 1),
        ("de vriessen", 0),
        ("De  Vries", 0),
        ("", 0),
    ],
)
def test_whole_words_in_any_case(text: str, times: int) -> None:
    search = Search([ID, NAME, " ", ""], redact=False)
    assert search("here", text) == text
    assert search.count == times
    assert search.places == ((f"here: {times}",) if times else ())


def test_signs_of_patterns_are_only_signs() -> None:
    assert Search(["a.c", "$(x)"], redact=True)("here", "abc a.c $(x)") == "abc [erased] [erased]"


def test_nothing_to_look_for_finds_nothing() -> None:
    assert Search([], redact=True)("here", "text") == "text"
