"""What must be true of the page, whatever the reading."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from klantkompas import (
    ClassificationRule,
    Compass,
    Complaint,
    Customer,
    CustomerKind,
    Invoice,
    KlantkompasError,
    Order,
    Override,
    ParetoRanking,
    Portfolio,
    Reading,
    Response,
    SuccessFactor,
    hookimpl,
    write_report,
)
from klantkompas.domain.criteria import AtLeast
from klantkompas.errors import ArgumentError, MissingExtraError
from klantkompas.report.gaps import gaps_of
from klantkompas.report.sections.factors import factor_rows
from klantkompas.report.sections.shortlist import ListedCustomer, shortlist_of

LAST = date(2026, 6, 30)
VOID = {"br", "circle", "hr", "img", "line", "link", "meta", "path", "polygon", "polyline"}


class Outline(HTMLParser):
    """The tags and the text of a page; fails on tags that do not nest."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "title"):
            self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words))


def outline_of(reading: Reading, folder: Path, **options: Any) -> Outline:
    path = write_report(reading, folder / "report.html", **options)
    outline = Outline()
    outline.feed(path.read_text(encoding="utf-8"))
    assert outline.open == []
    return outline


def shortlist(reading: Reading) -> tuple[ListedCustomer, ...]:
    return shortlist_of(reading.classes)


def read(interactions: Any, customers: Any = (), **options: Any) -> Reading:
    portfolio = Portfolio.from_records(interactions, customers)
    return Compass(options.pop("plugins", ()), installed=False).read(portfolio, **options)


def orders_of(customer: str, amounts: list[float]) -> Iterator[Order]:
    for place, amount in enumerate(amounts):
        yield Order(customer=customer, on=LAST - timedelta(days=place), amount=amount)


def everything() -> tuple[list[Any], list[Customer]]:
    interactions: list[Any] = []
    customers = []
    for number in range(20):
        each = f"K-{number}"
        name = None if number == 12 else f"Bakker {number}"
        group = "Noord" if number % 2 else "Zuid"
        customers.append(Customer(id=each, name=name, group=group))
        interactions += orders_of(each, [100.0 * (20 - number)] * (1 + number % 4))
        interactions += [
            Invoice(customer=each, due=LAST - timedelta(days=day), amount=10.0, paid=LAST)
            for day in (0, 1, 2)
        ]
        interactions.append(Response(customer=each, on=LAST, score=number % 11))
    interactions.append(Complaint(customer="K-1", on=LAST))
    return interactions, customers


@pytest.fixture(scope="module")
def full() -> Reading:
    interactions, customers = everything()
    return read(interactions, customers)


READINGS = {
    "everything": lambda: read(*everything()),
    "only orders": lambda: read(orders_of("a", [10.0, 20.0, 30.0])),
    "only responses": lambda: read([Response(customer="a", on=LAST, score=9)]),
    "answers of nobody": lambda: read([Response(on=LAST, score=9)]),
    "an answer left open": lambda: read([Response(customer="a", on=LAST)]),
    "only complaints": lambda: read([Complaint(customer="a", on=LAST)]),
    "no active customers": lambda: read(orders_of("a", [10.0]), as_of=date(2027, 6, 30)),
    "revenue of zero": lambda: read(orders_of("a", [10.0, -10.0])),
    "less than nothing": lambda: read([*orders_of("a", [10.0, -90.0]), *orders_of("b", [95.0])]),
    "only customers": lambda: read([], [Customer(id="a")], as_of=LAST),
    "nothing at all": lambda: read([], as_of=LAST),
    "only internal": lambda: read(
        orders_of("a", [10.0]), [Customer(id="a", kind=CustomerKind.INTERNAL)]
    ),
}


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("reading", READINGS)
def test_every_reading_has_a_page(reading: str, language: str, tmp_path: Path) -> None:
    outline = outline_of(READINGS[reading](), tmp_path, language=language)
    headings = [tag for tag, _ in outline.tags if tag in ("h1", "h2")]
    assert headings.count("h1") == 1
    assert headings.count("h2") >= 8
    assert ("html", {"lang": language}) in outline.tags
    assert not re.search(r"\bnan\b|\bNone\b|\binf\b|Unanswered|%\(|\{\w*\}", outline.text)


@pytest.mark.parametrize("reading", READINGS)
def test_a_page_needs_nothing_from_elsewhere(reading: str, tmp_path: Path) -> None:
    path = write_report(READINGS[reading](), tmp_path / "report.html")
    page = path.read_text(encoding="utf-8")
    assert not re.search(r"https?:|//|@import|url\(|<script|<link|<iframe|javascript:", page)
    outline = outline_of(READINGS[reading](), tmp_path)
    for _, attributes in outline.tags:
        assert not {"src", "href", "onclick", "onload"} & set(attributes)


def test_a_browser_may_run_and_fetch_nothing(full: Reading, tmp_path: Path) -> None:
    (policy,) = [
        attributes["content"]
        for tag, attributes in outline_of(full, tmp_path).tags
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    allowed = {name: values for name, *values in map(str.split, str(policy).split(";"))}
    assert allowed == {
        "default-src": ["'none'"],
        "img-src": ["data:"],
        "style-src": ["'unsafe-inline'"],
    }


def test_the_page_gives_the_headline_numbers(full: Reading, tmp_path: Path) -> None:
    text = outline_of(full, tmp_path, title="De Zon").text
    survey = full.nps.score
    assert "De Zon" in text
    assert "As of 30 June 2026" in text
    assert "31 December 2025 to 30 June 2026" in text
    assert f"{survey.value:+.1f}" in text
    assert f"between {survey.interval().low:+.1f} and {survey.interval().high:+.1f}" in text
    for label, count in full.classes.counts().items():
        assert f"{label} {count} " in text or count == 0
    assert isinstance(full.pareto, ParetoRanking)
    assert f"{full.pareto.leading_share(0.2):.1%}" in text
    assert f"{full.pareto.vital_few} customers" in text


def test_the_shortlist_stands_in_its_order_with_reasons(full: Reading, tmp_path: Path) -> None:
    listed = shortlist(full)
    ranks = [(-len(each.met), -each.revenue) for each in listed]
    assert ranks == sorted(ranks)
    assert len(listed) == int(full.scorecard.shortlisted.sum()) == 4
    text = outline_of(full, tmp_path).text
    for each in listed:
        why = full.classes.why(each.customer.id)
        assert [state.title for state in why.factors if state.met] == list(each.met)
        assert each.customer.id in text
    places = [text.index(f" {each.customer.id} ", text.index("The shortlist")) for each in listed]
    assert places == sorted(places)


def test_numbers_and_texts_are_written_in_the_language(full: Reading, tmp_path: Path) -> None:
    english = outline_of(full, tmp_path).text
    dutch = outline_of(full, tmp_path, language="nl").text
    total = float(full.scorecard["revenue"].sum())
    assert f"{total:,.0f}" in english
    assert f"{total:,.0f}".replace(",", ".") in dutch
    assert "30 juni 2026" in dutch
    assert "Customers" not in dutch
    assert "customers" not in dutch


def test_whoever_objects_is_nowhere_on_the_page(tmp_path: Path) -> None:
    interactions, customers = everything()
    (best, *_) = (each.customer.id for each in shortlist(read(interactions, customers)))
    (name,) = (each.name for each in customers if each.id == best)
    objecting = [
        Customer(id=each.id, name=each.name, group=each.group, opted_out=each.id == best)
        for each in customers
    ]
    reading = read(interactions, objecting)
    path = write_report(reading, tmp_path / "report.html")
    page = path.read_text(encoding="utf-8")
    assert name is not None
    assert not re.search(rf"\b{re.escape(best)}\b", page)
    assert not re.search(rf"\b{re.escape(name)}\b", page)
    assert len(reading.scorecard) == len(customers)
    assert len(shortlist(reading)) == 4


def test_no_list_of_people_brings_an_objecting_customer_back(tmp_path: Path) -> None:
    interactions, _ = everything()
    reading = read(
        interactions, [Customer(id="K-0", name="Zonder", opted_out=True)], shortlist=["K-0"]
    )
    assert "Zonder" not in outline_of(reading, tmp_path).text
    assert shortlist(reading) == ()


def test_a_list_of_people_shows_its_conflicts(tmp_path: Path) -> None:
    reading = read([*orders_of("a", [10.0] * 3), *orders_of("b", [1.0])], shortlist=["b"])
    assert reading.classes.conflicts == ("b",)
    text = outline_of(reading, tmp_path).text
    assert "chosen by people" in text
    assert "fewer than two ways" in text


HOSTILE = '<script>alert("x")</script> & 100% %(x)s {y}'


class Hostile:
    @hookimpl
    def klantkompas_success_factors(self) -> list[SuccessFactor]:
        return [SuccessFactor(name="odd", measure="revenue", criterion=AtLeast(1.0), title=HOSTILE)]

    @hookimpl
    def klantkompas_classification_rules(self) -> list[ClassificationRule]:
        return [
            ClassificationRule(
                name="odd",
                label="<b>",
                when=lambda card: card.count >= 1,
                because=HOSTILE,
                above="A",
            )
        ]


def test_texts_of_data_and_plugins_are_text_on_the_page(tmp_path: Path) -> None:
    customers = [Customer(id="a", name=HOSTILE, group=HOSTILE)]
    interactions = [*orders_of("a", [10.0]), Response(customer="a", on=LAST, score=9)]
    reading = read(interactions, customers, plugins=[Hostile()])
    outline = outline_of(reading, tmp_path, title=HOSTILE)
    assert outline.text.count(HOSTILE) >= 4
    assert "script" not in {tag for tag, _ in outline.tags}


def test_tables_have_headers_and_pictures_a_text(full: Reading, tmp_path: Path) -> None:
    outline = outline_of(full, tmp_path)
    tables = [attributes for tag, attributes in outline.tags if tag == "table"]
    ids = {attributes.get("id") for _, attributes in outline.tags}
    assert tables
    for attributes in tables:
        assert attributes["aria-labelledby"] in ids
    scopes = [attributes.get("scope") for tag, attributes in outline.tags if tag == "th"]
    assert set(scopes) == {"row", "col"}
    drawings = [attributes for tag, attributes in outline.tags if attributes.get("role") == "img"]
    assert len(drawings) >= 2
    for attributes in drawings:
        named = attributes.get("aria-labelledby", "") or ""
        assert attributes.get("aria-label") or set(named.split()) <= ids


def test_what_cannot_be_told_is_said_with_what_would_help(tmp_path: Path) -> None:
    text = outline_of(READINGS["only responses"](), tmp_path).text
    assert "What these tables cannot show" in text
    assert re.search(r"Who is active\? orders", text)
    text = outline_of(READINGS["only orders"](), tmp_path).text
    assert "Not measured:" in text
    for remedy in ("complaints", "invoices", "contacts", "responses"):
        assert re.search(rf"What would help: {remedy}", text), remedy


def test_all_that_is_known_of_nobody_is_a_gap() -> None:
    reading = READINGS["only orders"]()
    rows, active = factor_rows(reading.scorecard), len(reading.scorecard)
    unknown = {row.title for row in rows if row.unknown == active}
    assert unknown <= {gap.what for gap in gaps_of(reading)}
    for row in rows:
        assert row.met + row.missed + row.unknown == active


def test_the_same_reading_gives_the_same_page(full: Reading, tmp_path: Path) -> None:
    first = write_report(full, tmp_path / "first.html").read_bytes()
    assert write_report(full, tmp_path / "second.html").read_bytes() == first


def test_a_long_shortlist_is_there_whole(tmp_path: Path) -> None:
    interactions = [
        each for number in range(400) for each in orders_of(f"N{number}", [1.0 + number] * 3)
    ]
    reading = read(interactions)
    text = outline_of(reading, tmp_path).text
    listed = reading.scorecard.ids[reading.scorecard.shortlisted]
    assert len(listed) == 80
    assert all(f" {each} " in text for each in listed)
    assert "The other 30" in text


def test_an_unknown_language_is_refused_before_anything_is_written(
    full: Reading, tmp_path: Path
) -> None:
    with pytest.raises(ArgumentError, match="language"):
        write_report(full, tmp_path / "report.html", language="tlh")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_named(full: Reading, tmp_path: Path) -> None:
    with pytest.raises(KlantkompasError, match=r"absent.*cannot be written"):
        write_report(full, tmp_path / "absent" / "report.html")


@pytest.mark.parametrize("module", ["jinja2"])
def test_without_the_extra_it_says_what_to_install(
    full: Reading, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=r"klantkompas\[report\]"):
        write_report(full, tmp_path / "report.html")


@pytest.mark.parametrize(("language", "told"), [("en", "of the rules: 1"), ("nl", "de regels: 1")])
def test_classes_that_people_gave_are_counted(tmp_path: Path, language: str, told: str) -> None:
    orders = [Order(customer=each, on=date(2026, 1, 5), amount=9.0) for each in ("a", "b")]
    orders.append(Order(customer="gone", on=date(2024, 1, 5), amount=9.0))  # has no class now
    given = [
        Override(each, "A", by="Anna", on=date(2026, 1, 6), because="so") for each in ("a", "gone")
    ]
    reading = Compass(installed=False).read(Portfolio.from_records(orders), overrides=given)
    page = write_report(reading, tmp_path / "report.html", language=language)
    assert told in page.read_text(encoding="utf-8")
