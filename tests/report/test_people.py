"""The human side of the page: what cannot wait comes first, and nothing of what is unknown."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from klantkompas import (
    Compass,
    Complaint,
    Contact,
    Customer,
    Departure,
    Order,
    Portfolio,
    Reading,
    Response,
    report_html,
    write_report,
)
from klantkompas.errors import ArgumentError
from klantkompas.report.naming import pseudonym
from klantkompas.report.work_items import list_of
from klantkompas.reviews.work_lists import work_lists

LAST = date(2026, 6, 30)
KEY = "a long secret that you keep"


def read(*more: Any) -> Reading:
    rows = [
        *(Order(customer="a7", on=date(2026, 6, day), amount=9.0, clear=True) for day in (1, 2, 3)),
        Order(customer="b8", on=date(2026, 2, 1), amount=5.0, clear=True),
        *more,
    ]
    customers = [Customer(id="a7", name="Zon & Co"), Customer(id="b8", name="Maan")]
    return Compass(installed=False).read(Portfolio.from_records(rows, customers), LAST)


def everything() -> Reading:
    return read(
        Contact(customer="a7", on=LAST, text="I want to speak to your manager.", rating=6),
        Complaint(customer="a7", on=LAST),
        Response(customer="a7", on=LAST, score=7),
        Departure(customer="b8", on=LAST, believed_reason="price", stated_reason="service"),
    )


def text_of(reading: Reading, folder: Path, **options: Any) -> str:
    page = write_report(reading, folder / "report.html", **options).read_text(encoding="utf-8")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page[page.index("<body>") :]))


def test_what_cannot_wait_comes_before_the_classes(tmp_path: Path) -> None:
    text = text_of(everything(), tmp_path)
    headings = ["Put right: 1 customer", "Who fits best", "How they stand towards you"]
    places = [text.index(each) for each in headings]
    assert places == sorted(places)
    assert "They asked for the management, in 1 message, on 30 June 2026." in text
    assert "To put right: talk about it" in text
    assert "answers that may be too kind: 1; NPS 0.0 as answered and -100.0" in text
    assert "to surprise, without a peak of 9 or 10 or a courtesy contact: 1" in text
    assert "Repaired in vain, perhaps: price" in text
    assert "to be put right 1" in text
    assert "1: They asked for the management, or placed large orders at a good margin." in text


def test_what_cannot_be_told_has_no_section(tmp_path: Path) -> None:
    text = text_of(read(), tmp_path)
    for heading in ("What they remember", "Why customers leave: as staff"):
        assert heading not in text
    assert re.search(r"Maan b8 .*They ordered once, 149 days ago", text)


def test_the_sections_in_dutch(tmp_path: Path) -> None:
    text = text_of(everything(), tmp_path, language="nl")
    for told in (
        "kan escaleren",
        "Goed te maken:",
        "zonder contact uit belangstelling: 1",
        "goed te maken 1",
    ):
        assert told in text


@pytest.mark.parametrize("language", ["en", "nl"])
def test_pseudonyms_stand_for_ids_and_names(language: str, tmp_path: Path) -> None:
    text = text_of(everything(), tmp_path, language=language, pseudonyms=KEY)
    for told in ("a7", "b8", "Zon", "Maan"):
        assert not re.search(rf"\b{told}\b", text)
    assert text.count(pseudonym("a7", KEY)) >= 3


def test_pseudonyms_are_stable_and_keyed() -> None:
    made = {pseudonym(str(number), KEY) for number in range(1000)}
    assert len(made) == 1000
    assert made == {pseudonym(str(number), KEY.encode()) for number in range(1000)}
    assert not made & {pseudonym(str(number), KEY + "2") for number in range(1000)}
    assert all(re.fullmatch(r"p-[a-z2-7]{12}", each) for each in made)


@pytest.mark.parametrize("key", ["", "short", b"fifteen letters"])
def test_a_short_key_is_refused_before_anything_is_written(key: Any, tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="16 characters"):
        write_report(everything(), tmp_path / "report.html", pseudonyms=key)
    assert list(tmp_path.iterdir()) == []


def test_a_short_key_is_refused_though_nobody_is_named(tmp_path: Path) -> None:
    nobody = Compass(installed=False).read(Portfolio.from_records([]), LAST)
    with pytest.raises(ArgumentError, match="16 characters"):
        write_report(nobody, tmp_path / "report.html", pseudonyms="short")


def test_of_a_long_list_the_page_says_how_it_goes_on(tmp_path: Path) -> None:
    ids = [f"c{number}" for number in range(70)]
    made = [Complaint(customer=each, on=LAST) for each in ids]
    text = text_of(read(*made), tmp_path)
    assert all(re.search(rf" {each} ", text) for each in ids)
    assert "Put right: 70 customers; first who is about to escalate (0), then the oldest" in text
    assert "The list goes on for 20 customers more: the page has the first 50." in text


def test_a_list_in_order_of_days_says_what_they_bring_and_who_brings_the_most() -> None:
    orders = [
        Order(customer=f"c{at}", on=date(2026, 1, at + 1), amount=100.0 * at) for at in range(1, 6)
    ]
    open_since = [
        Complaint(customer=f"c{at}", on=date(2026, 1, 20 + at), resolved=None) for at in range(1, 5)
    ]
    portfolio = Portfolio.from_records([*orders, *open_since])
    reading = Compass(installed=False).read(portfolio, date(2026, 1, 31))
    lists = work_lists(reading)
    assert [line.customer for line in lists["put_right"]] == ["c1", "c2", "c3", "c4"]
    shown = list_of(lists["put_right"], 50)
    assert shown.note is not None
    told = reading.writer().plain(shown.note)
    assert told.startswith(
        "They bring 1,000, 67% of the revenue; the most: c4 400.00, c3 300.00, c2 200.00."
    )
    weights = [reading.writer().plain(each.weight) for each in shown.items]
    assert weights == [f"revenue {at}00.00" for at in range(1, 5)]
    almost = list_of(lists["almost"], 50).note
    assert almost is None or "They bring" not in reading.writer().plain(almost)


def test_customers_of_one_name_are_told_apart_by_list_table_and_card() -> None:
    rows = [
        Order(customer=each, on=LAST, amount=10.0)
        for each in ("k1", "k2", "k3", "k4")
        for _ in range(3)
    ]
    people = [
        Customer(id="k1", name="De Zon"),
        Customer(id="k2", name="de zon"),
        Customer(id="k3", name="De Maan"),
        Customer(id="k4", name="De Zon", opted_out=True),
    ]
    reading = Compass(installed=False).read(Portfolio.from_records(rows, people), LAST)
    page = report_html(reading)
    assert 'De Zon <small>k1<span class="others">, not k2</span></small>' in page
    assert 'de zon <small>k2<span class="others">, not k1</span></small>' in page
    assert "De Maan <small>k3</small>" in page
    assert ">k4<" not in page, "who objects is not told either"
    said = reading.profile("k1").sentences()
    assert "Not to be taken for who has the same name: k2." in said
    assert reading.profile("k3").namesakes == ()
    hidden = report_html(reading, pseudonyms=KEY)
    assert ", not p-" not in hidden
    assert "<small>" not in hidden.partition('<section id="section-cards"')[2]
