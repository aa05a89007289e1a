"""What must be true of the page, whatever the reading."""

from __future__ import annotations

import math
import re
import sys
from base64 import b64encode
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from klantkompas import (
    ClassificationRule,
    Compass,
    Complaint,
    Contact,
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
    compare_reviews,
    hookimpl,
    lens,
    plan_letting_go,
    write_report,
)
from klantkompas.domain.criteria import AtLeast
from klantkompas.errors import ArgumentError, MissingExtraError
from klantkompas.hooks import Table, Unanswered
from klantkompas.report.gaps import gaps_of
from klantkompas.report.html import report_html
from klantkompas.report.sections.customers import customers as all_customers
from klantkompas.report.sections.factors import factor_rows
from klantkompas.results import Result
from klantkompas.reviews.work_lists import work_lists
from klantkompas.wording.sentence import Sentence, sentence

LAST = date(2026, 6, 30)
VOID = {"br", "hr", "img", "input", "link", "meta"}


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
        if self.open and self.open[-1] not in ("style", "title", "script"):
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


def shortlist(reading: Reading) -> list[str]:
    """The ids on the shortlist, in the order in which it should stand: most factors, revenue."""
    card = reading.scorecard
    hides = card.measures.opted_out[card.places]
    listed = [at for at in range(len(card)) if card.shortlisted[at] and not hides[at]]
    ranked = sorted(listed, key=lambda at: (-card.count[at], -card["revenue"][at], at))
    return [card.ids[at] for at in ranked]


def section_of(page: str, name: str) -> str:
    """The text of one section of a page."""
    return text_in(page.partition(f'<section id="section-{name}"')[2].partition("</section>")[0])


def text_in(html: str) -> str:
    """The text of a piece of HTML, without what is drawn."""
    html = re.sub(r"<svg\b.*?</svg>", " ", html[html.find(">") + 1 :], flags=re.DOTALL)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))).strip()


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
def test_a_page_needs_nothing_from_elsewhere(reading: str) -> None:
    page = report_html(READINGS[reading]())
    assert not re.search(r"https?:|@import|url\((?!#)|<link|<iframe|javascript:", page)
    outline = Outline()
    outline.feed(page)
    for _, attributes in outline.tags:
        assert not {"src", "onclick", "onload"} & set(attributes)
        assert (attributes.get("href") or "#").startswith("#")


def test_a_browser_may_run_one_script_and_fetch_nothing(full: Reading, tmp_path: Path) -> None:
    page = report_html(full)
    (policy,) = [
        attributes["content"]
        for tag, attributes in outline_of(full, tmp_path).tags
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    allowed = {name: values for name, *values in map(str.split, str(policy).split(";"))}
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashed = b64encode(sha256(script.encode()).digest()).decode()
    assert allowed == {
        "default-src": ["'none'"],
        "img-src": ["data:"],
        "style-src": ["'unsafe-inline'"],
        "script-src": [f"'sha256-{hashed}'"],
    }


def test_the_first_screen_gives_the_headline_numbers(full: Reading) -> None:
    text = section_of(report_html(full, title="De Zon"), "summary")
    survey = full.nps.score
    assert f"Net Promoter Score {survey.value:+.1f}" in text
    assert f"between {survey.interval().low:+.1f} and {survey.interval().high:+.1f}" in text
    assert "Active customers 20 of 20 in the portfolio" in text
    assert f"{float(full.scorecard['revenue'].sum()):,.0f}" in text
    assert isinstance(full.pareto, ParetoRanking)
    assert f"The leading 20% bring {full.pareto.leading_share(0.2):.0%}" in text
    assert f"80% comes from {full.pareto.vital_few} customers" in text


def test_the_first_screen_has_four_short_lists(full: Reading) -> None:
    page = report_html(full)
    first = page.partition('<section id="section-summary"')[2].partition("</section>")[0]
    headings = re.findall(r"<h3>([^<:]*)", first)
    assert headings == ["Cherish", "Put right", "Win or watch", "Changed"]
    for part in first.split("<h3>")[1:]:
        assert part.count("<li>") <= 5
        assert "<details" not in part
    lists = work_lists(full, names=["cherish", "put_right"])
    say = full.writer().say
    for line in (*lists["cherish"][:5], *lists["put_right"][:5]):
        assert f">{line.customer}<" in first
        assert text_in(f"<p>{say(line.in_brief)}") in text_in(first)
        assert text_in(f"<p>{say(line.why)}") in text_in(page)


def test_every_name_on_the_first_screen_links_to_a_card(full: Reading) -> None:
    page = report_html(full)
    first = page.partition('<section id="section-summary"')[2].partition("</section>")[0]
    links = re.findall(r'<a href="#(card-\d+)">.*?<small>([^<]*)<', first)
    assert len(links) >= 5
    for anchor, customer in links:
        card = page.partition(f'id="{anchor}"')[2].partition("</article>")[0]
        assert f"<small>{customer}</small>" in card


def test_names_in_sentences_link_to_the_cards_too(full: Reading) -> None:
    page = report_html(full)
    first = page.partition('<section id="section-summary"')[2].partition("</section>")[0]
    calls = work_lists(full).to_call_first
    assert calls
    anchor = re.search(r'Call first: <a href="#(card-\d+)">([^<]*)</a>', first)
    assert anchor
    assert calls[0].customer in anchor[2]
    assert f'id="{anchor[1]}"' in page
    assert not re.search("[\ue000-\ue002]", page)


def test_a_list_that_cannot_be_made_says_what_it_takes() -> None:
    text = section_of(report_html(READINGS["only responses"]()), "summary")
    assert "Cherish: this list takes orders, without which nobody has a class" in text
    assert "Changed: this list takes the reading of an earlier review" in text


def reviewed() -> tuple[Reading, Reading]:
    interactions, customers = everything()
    more = [*orders_of("K-19", [5000.0] * 5)]
    earlier = [Order(customer=f"K-{n}", on=date(2025, 12, 5), amount=90.0 + n) for n in range(20)]
    compass = Compass(installed=False)
    portfolio = Portfolio.from_records([*interactions, *more, *earlier], customers)
    return compass.read(portfolio, date(2025, 12, 31)), compass.read(portfolio)


@pytest.mark.parametrize(
    ("language", "was", "gone"),
    [
        ("en", "was 20 on 31 December 2025", "no earlier review"),
        ("nl", "was 20 op", "geen eerdere"),
    ],
)
def test_a_review_says_what_changed(language: str, was: str, gone: str) -> None:
    before, now = reviewed()
    review = compare_reviews(before, now)
    page = report_html(now, language=language, review=review)
    assert was in section_of(page, "summary")
    for change in (*review.risen, *review.fallen)[:5]:
        assert change.customer in section_of(page, "summary")
    assert gone not in section_of(page, "review")
    assert gone in section_of(report_html(now, language=language), "review")
    counts = " ".join(str(count) for count in review.table[0].tolist())
    assert f"A {counts}" in section_of(page, "review")


def test_a_plan_stands_with_its_reasons() -> None:
    before, now = reviewed()
    review = compare_reviews(before, now)
    plan = plan_letting_go(review)
    text = section_of(report_html(now, review=review, plan=plan), "plan")
    for said in (plan.opening, plan.parts[0]):
        assert now.writer().say(said) in text
    assert "two reviews" in section_of(report_html(now), "plan")


def test_a_review_of_another_reading_is_refused() -> None:
    before, now = reviewed()
    with pytest.raises(ArgumentError, match="review of"):
        report_html(before, review=compare_reviews(before, now))


def test_the_contents_name_every_section_but_the_first(full: Reading) -> None:
    page = report_html(full)
    nav = page.partition("<nav")[2].partition("</nav>")[0]
    sections = re.findall(r'<section id="section-(\w+)"', page)
    assert re.findall(r'href="#(\w+)"', nav) == sections[1:]
    assert page.index("section-summary") < page.index("<nav") < page.index(f"section-{sections[1]}")


def test_a_card_says_why_what_if_and_what_to_do(full: Reading) -> None:
    page = report_html(full)
    for customer in full.measures.ids:
        cards = [
            each for each in page.split("<article")[1:] if f"<small>{customer}</small>" in each
        ]
        cards += [each for each in page.split("<article")[1:] if f"<span>{customer}</span>" in each]
        card = text_in(cards[0].partition("</article>")[0])
        why = full.classes.why(customer)
        for state in why.factors:
            if state.state != "not measured":
                assert state.title in card
        profile = full.profile(customer)
        assert f"Number {profile.rank} of 20 active customers" in card
        told = (*profile.steps, *why.in_brief, *profile.happened)
        if why.label != "A":
            told += full.classes.what_if(customer).in_brief
        for said in told:
            assert full.writer().say(said).strip() in card


def test_colours_and_traits_stand_as_hypotheses_with_how_to_object() -> None:
    shouts = Contact(customer="a", on=LAST, text="WHERE IS MY ORDER NOW?", tags=("brutaal",))
    reading = read([*orders_of("a", [10.0] * 3), shouts], [Customer(id="a", name="Zon")])
    page = report_html(reading)
    card = text_in(page.partition("<article")[2].partition("</article>")[0])
    said, _, supposed = card.partition("Hypotheses, with what they rest on")
    assert "By no more than 1 message, their colour may be red (" in supposed
    assert "writes sentences in capitals: 1 of 1 message" in supposed
    assert "Staff gave 1 contact a tag for this: They wrote demands" in supposed
    assert "colour" not in said
    assert "can object" in section_of(page, "cards").partition("Why this class")[0]
    advice = {each.name: each.text for each in reading.advice}
    assert f"red: {advice['colour_red']}" in section_of(page, "colours")
    assert advice["trait_brazen"] in section_of(page, "demands")
    assert advice["colour_red"] not in card


def test_preferences_stand_first_on_a_card() -> None:
    customer = Customer(id="a", preferred_channel="post")
    page = report_html(read(orders_of("a", [10.0] * 3), [customer]))
    card = page.partition("<article")[2].partition("</article>")[0]
    assert re.findall(r"<h4>([^<]*)</h4>", card)[:2] == ["Their own wishes", "What to do"]


def test_the_table_of_customers_has_class_revenue_and_rank(full: Reading) -> None:
    page = report_html(full)
    table = page.partition('<section id="section-customers"')[2].partition("</section>")[0]
    rows = [text_in(f"<tr>{each}") for each in table.split("<tr>")[2:]]
    assert len(rows) == 20
    revenue = full.measures["revenue"]
    for rank, row in enumerate(rows, 1):
        (customer,) = re.findall(r"K-\d+", row)
        place = full.measures.place(customer)
        assert f" {rank} {full.writer().money(revenue[place])} " in row
        assert f" {full.classes.labels[place]}" in row
    assert "data-search=" in table
    assert 'data-v="' in table


def test_of_many_customers_the_table_says_where_the_rest_is() -> None:
    orders = [Order(customer=f"N{each}", on=LAST, amount=1.0 + each) for each in range(2005)]
    page = report_html(read(orders))
    table = page.partition('<section id="section-customers"')[2].partition("</section>")[0]
    assert table.count('<th scope="row">') == 2000
    assert "The 2,000 with the highest revenue of 2,005 customers" in text_in(table)
    assert "reading.to_frame()" in table
    assert page.count("<article") == 200
    assert len(page) < 5_000_000


def test_paper_has_folds_opened_a_header_and_page_numbers(full: Reading) -> None:
    style = report_html(full).partition("<style>")[2].partition("</style>")[0]
    paper = style.partition("@media print")[2]
    assert re.search(r"details::details-content \{[^}]*content-visibility: visible", paper)
    assert "table-header-group" in paper
    assert re.search(r"figure[^{]*\{ break-inside: avoid", paper)
    assert 'counter(page) " / " counter(pages)' in style
    assert "@top-left" in style
    assert "beforeprint" in report_html(full)


def test_the_method_has_the_thresholds_in_force(full: Reading) -> None:
    text = section_of(report_html(full), "method")
    for factor, cutoff in zip(full.scorecard.declared, full.scorecard.cutoffs, strict=True):
        unit = full.measures.column(factor.measure_name).unit
        assert f"{factor.title} {full.writer().say(cutoff.of(unit))}" in text
    for rule in full.classes.rules:
        assert rule.because in text
    assert "6 months up to 30 June 2026" in text
    for source in ("S0", "S1", "S2", "S3", "S4"):
        assert f"{source}:" in text


def test_the_method_says_from_how_many_on_a_share_counts() -> None:
    paid = [Invoice(customer="a", due=LAST, paid=LAST, amount=1.0) for _ in range(3)]
    portfolio = Portfolio.from_records([Order(customer="a", on=LAST, amount=1.0), *paid])

    def told(least: float) -> str:
        factor = SuccessFactor(
            name="paid",
            measure="on_time_share",
            criterion=AtLeast(0.9),
            title="pays late now and then",
            least_basis=least,
        )
        reading = Compass([factor], installed=False).read(portfolio, LAST)
        return section_of(report_html(reading), "method")

    assert "A share counts from 3 orders or invoices on" in told(3)
    assert "counts from 3 on" not in told(3)
    assert "pays late now and then: counts from 5 on." in told(5)


def test_every_lens_with_an_answer_is_on_the_page(full: Reading) -> None:
    text = text_in(report_html(full))
    for name, result in full.results.items():
        if not isinstance(result, Unanswered) and name not in (
            "classes",
            "scorecard",
            "nps",
            "pareto",
        ):
            for said in result.sentences():
                assert " ".join(said.split()) in text, name


def test_a_lens_of_a_plugin_is_on_the_page_by_itself() -> None:
    @lens(question="How many are there?")
    def number(measures: Any) -> Any:
        return full_of(len(measures))

    page = report_html(read(orders_of("a", [10.0] * 3), plugins=[number]))
    assert "How many are there?" in section_of(page, "others")
    assert "There are 1." in section_of(page, "others")


def full_of(count: int) -> Any:
    class Count(Result):
        @property
        def parts(self) -> tuple[Sentence, ...]:
            return (sentence("There are {count}.", count=count),)

    return Count()


def test_plugins_are_named_with_what_they_declare() -> None:
    assert "Only what is built in" in section_of(report_html(READINGS["only orders"]()), "plugins")
    reading = read(orders_of("a", [10.0]), plugins=[Hostile()])
    assert re.search(r"Hostile .*in use 2", section_of(report_html(reading), "plugins"))


def test_the_shortlist_stands_in_its_order_with_reasons(full: Reading) -> None:
    listed = shortlist(full)
    assert len(listed) == 4
    text = section_of(report_html(full), "shortlist")
    assert [text.index(f" {each} ") for each in listed] == sorted(
        text.index(f" {each} ") for each in listed
    )
    for each in listed:
        factors = full.classes.why(each).factors
        met = [state.title for state in factors if state.met]
        assert f"{len(met)} of {len(full.scorecard.declared)} " in text
        not_met = ", ".join(state.title for state in factors if state.state == "not met")
        assert not not_met or f"not: {not_met}" in text


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
    best = shortlist(read(interactions, customers))[0]
    (name,) = (each.name for each in customers if each.id == best)
    objecting = [
        Customer(id=each.id, name=each.name, group=each.group, opted_out=each.id == best)
        for each in customers
    ]
    reading = read(interactions, objecting)
    page = report_html(reading)
    assert name is not None
    assert not re.search(rf"\b{re.escape(best)}\b", page)
    assert not re.search(rf"\b{re.escape(name)}\b", page)
    assert len(reading.scorecard) == len(customers)
    assert len(shortlist(reading)) == 4


def test_no_list_of_people_brings_an_objecting_customer_back() -> None:
    interactions, _ = everything()
    reading = read(
        interactions, [Customer(id="K-0", name="Zonder", opted_out=True)], shortlist=["K-0"]
    )
    page = report_html(reading)
    assert "Zonder" not in page
    assert "Nobody is on the shortlist." in section_of(page, "shortlist")


def test_a_list_of_people_shows_its_conflicts() -> None:
    reading = read([*orders_of("a", [10.0] * 3), *orders_of("b", [1.0])], shortlist=["b"])
    assert reading.classes.conflicts == ("b",)
    text = section_of(report_html(reading), "shortlist")
    assert "chosen by people" in text
    assert "fewer than two ways" in text


HOSTILE = '<script>alert("x")</script> & 100% %(x)s'


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
    assert [tag for tag, _ in outline.tags].count("script") == 1


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
    assert len(drawings) >= 5
    for attributes in drawings:
        named = attributes.get("aria-labelledby", "") or ""
        assert attributes.get("aria-label") or set(named.split()) <= ids


def test_what_cannot_be_told_is_said_with_what_would_help() -> None:
    page = report_html(READINGS["only responses"]())
    assert "What would help: orders" in section_of(page, "summary")
    assert re.search(r"Who is active\? .* What would help: orders", section_of(page, "untold"))
    assert "What would help: orders" in section_of(
        report_html(READINGS["answers of nobody"]()), "summary"
    )
    page = report_html(READINGS["only orders"]())
    text = section_of(page, "summary")
    assert re.search(r"that these exports leave open: .*; what would help: .*invoices", text) or (
        "These tables cannot show" in text
    )
    assert "Not measured:" in section_of(page, "shortlist")
    for remedy in ("complaints", "invoices", "contacts", "responses"):
        assert re.search(rf"What would help: {remedy}", section_of(page, "untold")), remedy


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


def test_a_long_shortlist_says_how_it_goes_on() -> None:
    interactions = [
        each for number in range(400) for each in orders_of(f"N{number}", [1.0 + number] * 3)
    ]
    reading = read(interactions)
    page = report_html(reading)
    assert int(reading.scorecard.shortlisted.sum()) == 80
    text = section_of(page, "shortlist")
    assert all(f" {each} " in text for each in shortlist(reading)[:50])
    assert "The other 45" in text
    assert "The list goes on for 30 customers more: the page has the first 50." in text


@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_template_is_compiled_twice(language: str, full: Reading) -> None:
    report_html(full, language=language)
    compiled = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "jinja2.environment.Environment.compile", lambda *args, **_: compiled.append(1)
        )
        report_html(full, language=language)
    assert compiled == []


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


def test_figures_of_the_page_count_the_same_people() -> None:
    rows: list[Any] = [Response(on=LAST, score=10), Order(customer="own", on=LAST, amount=70.0)]
    for number in range(12):
        who = f"k{number:02}"
        days = [LAST - timedelta(back) for back in range(number % 3 + 1)]
        rows += [Order(customer=who, on=day, amount=100.0 - number) for day in days]
        rows += [Response(customer=who, on=LAST - timedelta(b), score=number % 11) for b in (9, 2)]
    customers = [
        Customer(id="k01", opted_out=True, group="North"),
        Customer(id="k02", group="North"),
        *(Customer(id=f"k{number:02}", group="South") for number in range(3, 12)),
        Customer(id="own", kind=CustomerKind.INTERNAL),
    ]
    reading = Compass(installed=False).read(Portfolio.from_records(rows, customers), LAST)
    measures, survey = reading.measures, reading.nps
    table = [*all_customers.blocks(reading)][-1]
    assert isinstance(table, Table)
    shown = {row[0].id: row[3].value for row in table.rows}  # type: ignore[union-attr]
    assert {*shown} == {*measures.ids} - {"k01"}
    for customer, rank in shown.items():
        assert reading.profile(customer).rank == (None if math.isnan(rank) else rank)
        np.testing.assert_equal(reading.ranks[measures.place(customer)], rank)
    assert survey.score.answers == 12
    assert sum(each.answers for each in survey.by_group.values()) == 11
    active = reading.inventory.counts("activity", internal=False)["active"]
    assert active == reading.profile("k02").ranked == 12
    assert sum(reading.classes.counts().values()) == 11
    told = section_of(report_html(reading), "classes")
    assert "With a class: 11 of 12 active customers." in told


@pytest.mark.parametrize(
    ("language", "written"), [("en", "€10.00"), ("nl", "€\N{NO-BREAK SPACE}10,00")]
)
def test_amounts_have_the_sign_of_a_known_currency(language: str, written: str) -> None:
    portfolio = Portfolio.from_records([Order(customer="a", on=LAST, amount=10.0)])
    footer = {"en": "in the currency of the exports", "nl": "in de valuta van de exports"}[language]
    for currency in (None, "EUR"):
        reading = Compass(installed=False, currency=currency).read(portfolio)
        page = report_html(reading, language=language)
        assert (written in page) is (currency is not None)
        assert page.count(footer) == (currency is None)
