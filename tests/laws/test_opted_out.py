"""Whoever objects to profiling stands in no output of a reading, whatever the flags."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest
from attrs import evolve

from klantkompas import (
    Compass,
    Complaint,
    Contact,
    Customer,
    Departure,
    Invoice,
    LetGo,
    Nomination,
    Order,
    Override,
    Portfolio,
    Reading,
    Response,
    almost_list,
    compare_reviews,
    guard_list,
    overdue_list,
    plan_letting_go,
    watch_list,
    work_lists,
    write_report,
)
from klantkompas.errors import PluginError
from klantkompas.hooks import (
    Block,
    CustomerName,
    Paragraph,
    Picture,
    ReportSection,
    Table,
    hookimpl,
    sentence,
)
from klantkompas.report.naming import pseudonym

ID, NAME = "zq77-objects", "Verborgen Vogel"
BEFORE, LAST = date(2025, 12, 31), date(2026, 6, 30)
COMPASS = Compass(installed=False)
OTHERS = [f"k{number}" for number in range(12)]
NOMINATIONS = [
    Nomination(customer=ID, by="Anna", reason="asks for little"),
    Nomination(customer=ID, by="Bo"),
    Nomination(customer="k1", by="Bo", reason="pays well"),
]
RAGE = "I WANT YOUR MANAGER RIGHT NOW! I demand my money back, I feel so sad."


def customer(each: str, level: float, day: date) -> Iterable[Any]:
    """What happens to a customer in a period: the higher the level, the more of everything."""
    for back in range(1 + round(4 * level)):
        on = day - timedelta(7 * back)
        yield Order(customer=each, on=on, amount=50 + 5000 * level, margin=9 + 4000 * level)
        yield Invoice(customer=each, issued=on, due=on, amount=50.0, paid=day)
        yield Contact(
            customer=each,
            on=on,
            channel="telephone",
            minutes=5 + 500 * level,
            by_customer=True,
            purpose="service",
            rating=0 if level == 1 else 7,
            text=RAGE if level == 1 else "Thank you.",
            tags=("brutaal", "woedend", "topservice", "aandachtvrager") if level == 1 else (),
        )


def portfolio(day: date, score: int, **options: Any) -> Portfolio:
    rows: list[Any] = [*customer(ID, 1.0, day)]
    for at, each in enumerate(OTHERS):
        rows += customer(each, at / 24, day)
        rows.append(Response(customer=each, on=day, score=at % 11, reason="service"))
    rows.append(Response(customer=ID, on=day, score=score, reason="price"))
    rows.append(Complaint(customer=ID, on=day))
    rows.append(Complaint(customer="k1", on=day))
    if options.pop("departed", False):
        rows.append(
            Departure(customer=ID, on=day, stated_reason="price", believed_reason="service")
        )
    opted_out = options.pop("opted_out", True)
    customers = [
        Customer(id=ID, name=NAME, opted_out=opted_out, extraversion=1, rationality=-1, **options),
        *(Customer(id=each, name=f"Naam {each}", extraversion=0.5) for each in OTHERS),
    ]
    return Portfolio.from_records(rows, customers, nominations=NOMINATIONS)


def read(day: date = LAST, score: int = 0, flags: Any = None, **options: Any) -> Reading:
    return COMPASS.read(portfolio(day, score, **options), day, **(flags or {}))


FLAGS = {
    "computed": {},
    "listed": {"shortlist": [ID, "k1", "k11"]},
    "overridden": {"overrides": [Override(ID, "A", "Anna", BEFORE, "our first")]},
}


def named_in(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        value = value.tolist()
    told = repr(value) + str(value)
    return ID in told or NAME in told


def listings(result: Any) -> Iterable[tuple[str, Any]]:
    """Return every list of customers among a result's attributes; not what a lens was made of."""
    for name in dir(type(result)):
        found = getattr(type(result), name, None)
        if not name.startswith("_") and isinstance(found, property | cached_property):
            value = getattr(result, name)
            if isinstance(value, tuple | str) or (name != "ids" and isinstance(value, np.ndarray)):
                yield name, value


def shown(result: Any) -> Iterable[tuple[str, Any]]:
    yield "str", str(result)
    if hasattr(result, "_repr_html_"):
        yield "html", result._repr_html_()
    if hasattr(result, "columns"):
        yield (
            "columns",
            {name: np.asarray(each).tolist() for name, each in result.columns().items()},
        )
        yield "frame", result.to_frame("polars").to_dict(as_series=False)
    for language in ("en", "nl"):
        if hasattr(result, "sentences"):
            yield f"sentences in {language}", result.sentences(language)
    if hasattr(result, "to_dict"):
        yield "plain data", result.to_dict()
    yield from listings(result)


def leaks(result: Any) -> list[str]:
    return [name for name, value in shown(result) if named_in(value)]


def named_fields(result: Any) -> list[str]:
    """Return the fields that hold lists of customers and name it."""
    fields = [each.name for each in attrs.fields(type(result))]
    return [
        name
        for name in fields
        if isinstance(value := getattr(result, name), tuple) and named_in(value)
    ]


@pytest.mark.parametrize("score", [0, 7, 10])
@pytest.mark.parametrize("flags", FLAGS)
def test_no_lens_shows_it(flags: str, score: int) -> None:
    reading = read(score=score, flags=FLAGS[flags])
    assert {name: leaks(each) for name, each in reading.results.items() if leaks(each)} == {}
    assert leaks(reading) == []


@pytest.mark.parametrize("flags", FLAGS)
def test_no_card_or_reason_of_another_shows_it(flags: str) -> None:
    reading = read(flags=FLAGS[flags])
    for each in OTHERS:
        card = reading.profile(each)
        for language in ("en", "nl"):
            assert not named_in(card.sentences(language))
        for result in reading.results.values():
            if hasattr(result, "why"):
                assert not named_in(result.why(each))
        assert not named_in(reading.classes.what_if(each))


@pytest.mark.parametrize("flags", FLAGS)
def test_its_own_card_says_why_there_is_nothing_else(flags: str) -> None:
    reading = read(flags=FLAGS[flags])
    card = reading.profile(ID)
    assert card.sentences() == ("They object to profiling: they count in totals only.",)
    assert (card.name, card.rank, card.share, card.last_score) == (None,) * 4
    assert not card.measures
    assert NAME not in str(card)
    assert card.why.label is None
    assert not card.why.factors
    for name, result in reading.results.items():
        if hasattr(result, "why"):
            told = " ".join(result.why(ID).sentences())
            assert "object to profiling" in told, name
    for name in ("colours", "attitudes", "loyalty", "classes"):
        labels = getattr(reading[name], "labels", getattr(reading[name], "group", None))
        assert labels[reading.measures.place(ID)] is None, name


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("flags", FLAGS)
def test_no_report_shows_it(flags: str, language: str, tmp_path: Path) -> None:
    path = write_report(read(flags=FLAGS[flags]), tmp_path / "report.html", language=language)
    page = path.read_text(encoding="utf-8")
    assert ID not in page
    assert NAME not in page
    assert "Naam k11" in page


def speak_of_everyone(reading: Reading) -> Iterable[Block]:
    """Show all that there is of each customer, in each way that a section has."""
    measures = reading.measures
    everyone = [CustomerName(each) for each in measures.ids]
    numbers = [column.values.tolist() for column in measures.columns.values()]
    yield Table(
        ["who", *measures.columns],
        [[who, *row] for who, row in zip(everyone, zip(*numbers, strict=True), strict=True)],
    )
    yield Table(["what", "who"], [["left", ["now", each]] for each in everyone])
    for each in everyone:
        told = sentence("Of {told}", told=sentence("{who}.", who=each))
        yield Paragraph(told)
        yield Picture("<svg/>", says=told)


class Everyone:
    @hookimpl
    def klantkompas_report_sections(self) -> list[ReportSection]:
        return [ReportSection(name="everyone", title="All of them", show=speak_of_everyone)]


@pytest.mark.parametrize("pseudonyms", [None, "a long secret that you keep"])
@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("flags", FLAGS)
def test_no_section_of_a_plugin_shows_it(
    flags: str, language: str, pseudonyms: str | None, tmp_path: Path
) -> None:
    reading = Compass([Everyone()], installed=False).read(portfolio(LAST, 0), LAST, **FLAGS[flags])
    path = write_report(reading, tmp_path / "report.html", language=language, pseudonyms=pseudonyms)
    page = path.read_text(encoding="utf-8")
    assert "All of them" in page
    assert ID not in page
    assert NAME not in page
    assert pseudonym(ID, "a long secret that you keep") not in page
    for each in OTHERS:
        assert (f"Naam {each}" in page) is (pseudonyms is None)


@pytest.mark.parametrize("text", [ID, NAME, f"{NAME} left", f"It is {ID}."])
def test_no_section_of_a_plugin_says_it_in_plain_text(text: str, tmp_path: Path) -> None:
    section = ReportSection(name="plain", title="x", show=lambda reading: [Paragraph(text)])
    with pytest.raises(PluginError, match="CustomerName"):
        write_report(evolve(read(), report_sections=(section,)), tmp_path / "report.html")


@pytest.mark.parametrize("departed", [False, True])
@pytest.mark.parametrize("objected", [False, True], ids=["objects now", "objected before"])
@pytest.mark.parametrize("flags", FLAGS)
def test_no_review_list_or_plan_shows_it(flags: str, objected: bool, departed: bool) -> None:
    before = read(BEFORE, 10, FLAGS[flags], opted_out=objected)
    now = read(LAST, 0, FLAGS[flags], departed=departed)
    review = compare_reviews(before, now)
    already = (LetGo("k3", date(2026, 2, 1), "Anna", 1.0, BEFORE),)
    made = {
        "review": review,
        "plan": plan_letting_go(review),
        "plan after": plan_letting_go(review, already=already),
        "watch": watch_list(now, before),
        "almost": almost_list(now),
        "overdue": overdue_list(now, days=1),
        "guard": guard_list(now, before),
        "work lists": work_lists(now, review, plan_letting_go(review)),
    }
    found = {name: leaks(each) + named_fields(each) for name, each in made.items()}
    assert {name: each for name, each in found.items() if each} == {}


def test_without_an_objection_it_would_be_on_every_list() -> None:
    interactions_of = portfolio(LAST, 0)
    listed = dict(interactions_of.listed)
    listed["opted_out"] = np.zeros(len(interactions_of), dtype=np.int64)
    reading = COMPASS.read(evolve(interactions_of, listed=listed), LAST)
    silent = {"scorecard", "departures", "nps", "inventory", "drivers", "key_drivers", "fit"}
    silent |= {"by_month"}
    unnamed = {name for name, each in reading.results.items() if not leaks(each)}
    assert unnamed <= silent
    assert reading.demands.about_to_escalate == (ID,)
    lists = work_lists(reading)
    on = {each.name for each in lists if ID in [line.customer for line in each]}
    assert on == {"cherish", "put_right", "everybody"}
    assert ID in [each.customer for each in reading.attitudes.recovery]
    assert reading.classes.label(ID) == "A"


def test_it_still_counts_in_totals() -> None:
    reading = read()
    assert sum(reading.inventory.table().values()) == len(OTHERS) + 1
    assert reading.nps.answers == len(OTHERS) + 1
