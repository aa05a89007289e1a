"""Sections of the report: one's own are drawn as the report's own are, and can leak nobody."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from gettext import GNUTranslations
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klantkompas import (
    Compass,
    Customer,
    Order,
    Portfolio,
    Reading,
    Response,
    report_html,
    write_report,
)
from klantkompas.errors import ArgumentError, PluginError
from klantkompas.hooks import (
    Advice,
    Block,
    Card,
    Catalogue,
    CustomerName,
    Item,
    Items,
    KeyFigure,
    KeyFigures,
    Lines,
    Paragraph,
    Picture,
    Plugin,
    Quantity,
    ReportSection,
    Table,
    Template,
    hookimpl,
    sentence,
)
from klantkompas.report import sections
from klantkompas.report.naming import Naming, pseudonym
from klantkompas.wording.catalogue import translator
from klantkompas.wording.sentence import indented

LAST = date(2026, 6, 30)
KEY = "a long secret that you keep"
OWN = sections.klantkompas_report_sections()
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def section(*blocks: Block, name: str = "own", **options: Any) -> ReportSection:
    return ReportSection(name=name, title="My own", show=lambda reading: blocks, **options)


@cache
def portfolio() -> Portfolio:
    orders = [
        Order(customer=each, on=LAST, amount=10.0) for each in ("k1", "k2", "zq7") for _ in range(3)
    ]
    customers = [
        Customer(id="k1", name="Zon & Co"),
        Customer(id="k2"),
        Customer(id="zq7", name="Verborgen Vogel", opted_out=True),
    ]
    return Portfolio.from_records(orders, customers)


@cache
def reading() -> Reading:
    return Compass(installed=False).read(portfolio())


def read(*declared: ReportSection) -> Reading:
    shop = Plugin(name="Shop")
    return evolve(reading(), report_sections=[evolve(each, plugin=shop) for each in declared])


def page_of(folder: Path, *declared: ReportSection, **options: Any) -> str:
    path = write_report(read(*declared), folder / "report.html", **options)
    return path.read_text(encoding="utf-8")


def body(folder: Path, *blocks: Block, **options: Any) -> str:
    """Return what is under the heading of a section with these blocks."""
    page = page_of(folder, section(*blocks), **options)
    return page.partition('<h2 id="own">My own</h2>')[2].partition("</section>")[0]


def text_of(html: str) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))).strip()


def headings(page: str) -> list[str]:
    return re.findall(r'<section id="section-(\w+)"', page)


NAMES = sorted(each.name for each in OWN)


@pytest.mark.parametrize("own", OWN, ids=NAMES)
def test_a_section_has_a_title_in_dutch(own: ReportSection) -> None:
    assert own.title == "Plugins" or translator("nl")(own.title) != own.title


@pytest.mark.parametrize("name", NAMES)
def test_each_section_stands_by_itself(name: str, tmp_path: Path) -> None:
    page = page_of(tmp_path, leave_out=set(NAMES) - {name})
    assert headings(page) in ([], [name])


def test_the_reports_own_sections_are_in_order(tmp_path: Path) -> None:
    found = headings(page_of(tmp_path))
    ranks = {each.name: each.priority for each in OWN}
    assert len(set(ranks.values())) == len(ranks)
    assert found == sorted(found, key=lambda name: ranks[name])
    order = ["summary", "work", "classes", "shortlist", "customers", "cards", "notes", "method"]
    assert [name for name in found if name in order] == order


@pytest.mark.parametrize(
    ("options", "before", "after"),
    [
        ({}, "customers", "cards"),
        ({"priority": 501}, "classes", "pareto"),
        ({"priority": 0}, None, "summary"),
        ({"priority": 9999}, "plugins", None),
        ({"priority": 500, "name": "cl"}, "work", "classes"),
        ({"priority": 500, "name": "classes_of_mine"}, "classes", None),
    ],
)
def test_a_section_of_ones_own_stands_where_its_priority_puts_it(
    options: dict[str, Any], before: str | None, after: str | None, tmp_path: Path
) -> None:
    found = headings(page_of(tmp_path, section(Paragraph("Here."), **options)))
    at = found.index(options.get("name", "own"))
    assert before is None or found[at - 1] == before
    assert after is None or found[at + 1] == after


def test_a_section_that_shows_nothing_is_left_out(tmp_path: Path) -> None:
    assert headings(page_of(tmp_path, section())) == headings(page_of(tmp_path))


def test_a_section_of_ones_own_takes_the_place_of_one_that_is_left_out(tmp_path: Path) -> None:
    mine = section(Paragraph("Here."), name="nps")
    with pytest.raises(PluginError, match=r"'nps' of the plugin 'Shop'.*leave_out=\{'nps'\}"):
        page_of(tmp_path, mine)
    page = page_of(tmp_path, mine, leave_out=["nps"])
    assert headings(page).count("nps") == 1
    assert "The score is the percentage of promoters" not in page
    assert "<p>Here.</p>" in page


def test_only_the_reports_own_sections_can_be_left_out_there(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="Did you mean 'pareto'"):
        page_of(tmp_path, leave_out={"parreto"})


def test_the_blocks_are_written_in_the_language(tmp_path: Path) -> None:
    price = [sentence("price"), 2.5, "price"]
    rows = [[CustomerName("k1"), 1234.5, Quantity(0.25, "share"), LAST, None, price]]
    blocks = (
        Paragraph("Of the price."),
        Paragraph(
            sentence("{who}: {n} on {day}, {x}", who=CustomerName("k1"), n=1234, day=LAST, x=0.5)
        ),
        Table([sentence("Customer"), "Revenue", "Orders", "day", "x", "y"], rows),
    )
    english, dutch = (text_of(body(tmp_path, *blocks, language=each)) for each in ("en", "nl"))
    assert "Zon & Co (k1) : 1,234 on 30 June 2026, 0.5" in english
    assert "Zon & Co (k1) : 1.234 on 30 juni 2026, 0,5" in dutch
    assert "Customer Revenue Orders day x y Zon & Co k1 1,234.5 25% 30 June 2026" in english
    assert "30 June 2026 unknown price 2.5 price" in english
    assert "Klant Revenue Orders day x y Zon & Co k1 1.234,5 25% 30 juni 2026" in dutch
    assert "30 juni 2026 onbekend prijs 2,5 price" in dutch


def catalogue(**texts: str) -> GNUTranslations:
    """Return what gettext reads from a compiled catalogue."""
    made, compiled = Catalog(locale="nl"), BytesIO()
    for english, dutch in texts.items():
        made.add(english, dutch)
    write_mo(compiled, made)
    compiled.seek(0)
    return GNUTranslations(compiled)


def in_dutch(**texts: str) -> Catalogue:
    """Return a catalogue as a plugin hands it out."""
    return Catalogue(name="ours_nl", language="nl", translations=catalogue(**texts))


def test_what_a_plugin_says_is_written_in_the_language(tmp_path: Path) -> None:
    smile = Advice(name="smile", about="class", of="A", text="Smile.")
    own = section(Paragraph(sentence("{n} smiles", n=1234.5)), Paragraph(sentence("Customer")))
    texts = {"My own": "Van mezelf", "Smile.": "Lach.", "{n} smiles": "{n} keer gelachen"}
    translations = catalogue(**texts)
    dutch = Catalogue(name="ours_nl", language="nl", translations=translations)
    read = Compass([own, smile, dutch], installed=False).read(portfolio())

    def page(language: str) -> str:
        path = write_report(read, tmp_path / "report.html", language=language)
        return text_of(path.read_text(encoding="utf-8"))

    assert all(each in page("en") for each in ("My own", "Smile.", "1,234.5 smiles"))
    written = page("nl")
    assert all(
        each in written for each in ("Van mezelf", "Lach.", "1.234,5 keer gelachen", "Klant")
    )
    assert not any(each in written for each in ("My own", "Smile.", "smiles"))
    assert translations.gettext("Customer") == "Customer", "what was given stays as it was"


def test_a_catalogue_goes_before_the_reports_own(tmp_path: Path) -> None:
    own = section(Paragraph(sentence("Customer")), Paragraph(sentence("Revenue")))
    read = Compass([own, in_dutch(Customer="Gast")], installed=False).read(portfolio())
    path = write_report(read, tmp_path / "report.html", language="nl")
    assert "Gast Omzet" in text_of(path.read_text(encoding="utf-8"))


def test_indented_lines_stand_in_lists_within_the_list(tmp_path: Path) -> None:
    a, b, c, d, e = map(sentence, "abcde")
    shown = body(tmp_path, Lines([a, *indented([b, *indented([c]), d]), e], title="They say"))
    assert shown.strip() == (
        "<h3>They say</h3><ul><li>a<ul><li>b<ul><li>c</li></ul></li><li>d</li></ul></li>"
        "<li>e</li></ul>"
    )


def test_a_long_table_is_folded_and_there_whole(tmp_path: Path) -> None:
    rows = [[f"row {number}"] for number in range(60)]
    shown = body(tmp_path, Table(["what"], rows))
    assert shown.index("row 49<") < shown.index("The other 10") < shown.index("row 50<")
    assert "<details" not in body(tmp_path, Table(["what"], rows, shown=60))


def test_tables_have_headers_and_pictures_a_text(tmp_path: Path) -> None:
    shown = body(tmp_path, Table(["what", "much"], [["x", 1]]), Picture(SVG, says="Two & three"))
    assert 'aria-labelledby="own"' in shown
    assert shown.count('scope="col"') == 2
    assert shown.count('scope="row"') == 1
    assert 'alt="Two &amp; three"' in shown


def test_a_picture_is_shown_where_it_can_do_nothing(tmp_path: Path) -> None:
    shown = body(tmp_path, Picture(SVG, says="nothing"))
    assert "<script" not in shown
    source = re.search(r'src="data:image/svg\+xml;base64,([^"]*)"', shown)
    assert source
    assert base64.b64decode(source[1]).decode() == SVG


@given(text=st.text(st.characters(codec="utf-8"), min_size=1))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@pytest.mark.parametrize("hostile", ["", '<script>alert("x")</script> & {y} %(x)s {{ z }} '])
def test_texts_are_text_on_the_page(hostile: str, text: str, tmp_path: Path) -> None:
    whole = f"[{hostile}{text}]"
    told = sentence("{text}", text=whole)
    blocks = (Paragraph(told), Template("<p>{{ text }}</p>", {"text": whole}))
    shown = body(tmp_path, *blocks, Table(["x"], [[told]]), Picture(SVG, says=told))
    assert set(re.findall(r"<(\w+)", shown)) == {"p", "table", "thead", "tbody", "tr", "th", "img"}
    assert unescape(shown).count(re.sub("\r\n?", "\n", whole)) == 4


HIDDEN = ("zq7", "Verborgen", "Vogel")
HIM = CustomerName("zq7")
SPEAK: dict[str, Callable[[Any], Block]] = {
    "paragraph": lambda who: Paragraph(sentence("{who} left", who=who)),
    "nested": lambda who: Paragraph(sentence("{told}!", told=sentence("{who} left", who=who))),
    "first cell": lambda who: Table(["who", "what"], [[who, "left"]]),
    "later cell": lambda who: Table(["what", "who"], [["left", who]]),
    "cell of several": lambda who: Table(["what", "who"], [["left", [1, who]]]),
    "sentence in a cell": lambda who: Table(["what"], [[sentence("{who} left", who=who)]]),
    "picture": lambda who: Picture(SVG, says=sentence("{who} left", who=who)),
    "line": lambda who: Lines([sentence("{who} left", who=who)]),
    "item": lambda who: Items(title="Who left", items=[Item(about=who)]),
    "said of an item": lambda who: Items(
        title="What", items=[Item(about="one", says=[sentence("{who} left", who=who)])]
    ),
    "beside an item": lambda who: Items(
        title="What", items=[Item(about="one", beside=sentence("with {who}", who=who))]
    ),
    "weight of an item": lambda who: Items(
        title="What", items=[Item(about="one", weight=sentence("with {who}", who=who))]
    ),
    "figure": lambda who: KeyFigures([KeyFigure(title="Best", value=who, detail="x")]),
    "detail": lambda who: KeyFigures(
        [KeyFigure(title="Best", value=1, detail=sentence("{who}", who=who))]
    ),
    "card": lambda who: Card(customer=who),
    "chapter": lambda who: Card(
        customer=CustomerName("k2"), chapters=[Lines([sentence("{who} left", who=who)])]
    ),
}


@pytest.mark.parametrize("how", SPEAK)
@pytest.mark.parametrize("options", [{}, {"pseudonyms": KEY}], ids=["names", "pseudonyms"])
def test_what_speaks_of_who_objects_is_left_out(
    how: str, options: dict[str, Any], tmp_path: Path
) -> None:
    page = page_of(tmp_path, section(SPEAK[how](HIM)), **options)
    assert "own" not in headings(page)
    assert not any(each in page for each in HIDDEN)
    assert pseudonym("zq7", KEY) not in page
    both = body(tmp_path, SPEAK[how](HIM), SPEAK[how](CustomerName("k2")), **options)
    assert (pseudonym("k2", KEY) if options else "k2") in both
    assert not any(each in both for each in HIDDEN)


def test_a_row_of_who_objects_is_left_out_and_the_others_stay(tmp_path: Path) -> None:
    table = Table(["who", "n"], [[CustomerName(each), 1] for each in ("k1", "zq7", "k2")])
    assert text_of(body(tmp_path, table)) == "who n Zon & Co k1 1 k2 1"


@pytest.mark.parametrize("how", SPEAK)
def test_pseudonyms_stand_for_ids_and_names(how: str, tmp_path: Path) -> None:
    page = page_of(tmp_path, section(SPEAK[how](CustomerName("k1"))), pseudonyms=KEY)
    assert pseudonym("k1", KEY) in page
    assert not re.search(r"\bk1\b|\bZon\b", page)


def test_a_template_calls_customers_as_the_report_does(tmp_path: Path) -> None:
    template = Template("<p>{{ who }}</p>", {"who": CustomerName("k1")})
    linked = re.compile(r'<p><a href="#card-\d+"><span>(.*)</span></a></p>')
    (called,) = linked.findall(body(tmp_path, template))
    assert called == "Zon &amp; Co <small>k1</small>"
    (called,) = linked.findall(body(tmp_path, template, pseudonyms=KEY))
    assert called == pseudonym("k1", KEY)
    with pytest.raises(PluginError, match="leave out those for whom"):
        body(tmp_path, Template("<p>{{ who }}</p>", {"who": HIM}))


def test_a_heading_does_not_name_who_objects(tmp_path: Path) -> None:
    heading = sentence("{who}", who=CustomerName("k1"))
    assert "Zon & Co (k1)" in text_of(body(tmp_path, Table([heading], [[1]])))
    with pytest.raises(PluginError, match="leave out those for whom"):
        body(tmp_path, Table([sentence("{who}", who=HIM)], [[1]]))


@pytest.mark.parametrize("written", ["{who!s}", "{who!r}", "{told}"])
def test_no_way_of_writing_gets_around_a_pseudonym(written: str, tmp_path: Path) -> None:
    who = CustomerName("k1")
    block = Paragraph(sentence(written, who=who, told=f"It is {who}."))
    assert "k1" not in page_of(tmp_path, section(block), pseudonyms=KEY)


def test_an_id_that_a_sentence_takes_from_a_name_is_refused(tmp_path: Path) -> None:
    block = Paragraph(sentence("{who.id}", who=CustomerName("k1")))
    with pytest.raises(PluginError, match=r"CustomerName\(id\)"):
        page_of(tmp_path, section(block), pseudonyms=KEY)


PLAIN: dict[str, Callable[[str], Block]] = {
    "paragraph": Paragraph,
    "cell": lambda text: Table(["who"], [[text]]),
    "cell of several": lambda text: Table(["x", "who"], [[1, [text]]]),
    "heading": lambda text: Table([text], [[1]]),
    "value": lambda text: Paragraph(sentence("Of {who}.", who=text)),
    "line": lambda text: Lines([text]),
    "title of lines": lambda text: Lines(["x"], title=text),
    "item": lambda text: Items(title="x", items=[Item(about=text)]),
    "title of a list": lambda text: Items(title=text),
    "figure": lambda text: KeyFigures([KeyFigure(title="x", value=text, detail="y")]),
    "chapter": lambda text: Card(customer=CustomerName("k2"), chapters=[Lines([text])]),
}


@pytest.mark.parametrize("how", PLAIN)
@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("zq7", {}),
        ("Verborgen Vogel", {}),
        ("by Verborgen Vogel, today", {}),
        ("see (zq7).", {}),
        ("k1", {"pseudonyms": KEY}),
        ("by Zon & Co", {"pseudonyms": KEY}),
    ],
)
def test_a_customer_in_plain_text_is_refused_where_it_may_not_be_named(
    how: str, text: str, options: dict[str, Any], tmp_path: Path
) -> None:
    with pytest.raises(PluginError, match=r"'own' of the plugin 'Shop'.*CustomerName\(id\)"):
        body(tmp_path, PLAIN[how](text), **options)


@pytest.mark.parametrize(
    ("ids", "text", "reveals"),
    [
        (["17"], "17", True),
        (["17"], "There are 17 customers", False),
        (["A"], "A", True),
        (["A"], "The A customers", False),
        (["K-1"], "see K-1, soon", True),
        (["K-1"], "see K-12", False),
        (["Zon & Co"], "of Zon  &\nCo.", True),
        (["Zon & Co"], "of Zon alone", False),
        (["x"], "", False),
    ],
)
def test_what_counts_as_naming_somebody(ids: list[str], text: str, reveals: bool) -> None:
    customers = [Customer(id=each, opted_out=True) for each in ids]
    measures = Compass(installed=False).measure(Portfolio.from_records([], customers), LAST)
    assert Naming(measures).reveals(text) is reveals


def fails(reading: Reading) -> list[Block]:
    raise ValueError("no such luck")


def wrong(value: Any) -> Callable[[Reading], Any]:
    return lambda reading: value


EXPECTED = "must take a Reading and give a list of Paragraph, Lines, "
EXPECTED += "KeyFigures, Items, Card, Table, Picture, Display, Template"


@pytest.mark.parametrize(
    ("show", "told"),
    [
        (fails, "ValueError: no such luck"),
        (wrong(None), f"it gave NoneType, but its show {EXPECTED}"),
        (wrong("text"), f"it gave str, but its show {EXPECTED}"),
        (wrong(Paragraph("x")), f"it gave Paragraph, but its show {EXPECTED}"),
        (wrong(["x"]), f"it gave str, but its show {EXPECTED}"),
        (lambda: [Paragraph("x")], "takes 0 positional arguments"),
        (wrong([Table(["x"], [[True]])]), "bool cannot be written"),
        (wrong([Table(["x"], [[{}]])]), "dict cannot be written"),
        (wrong([Paragraph(sentence("{who}", who=CustomerName("nobody")))]), "nobody"),
        (wrong([Paragraph(sentence("{who}"))]), "who"),
        (wrong([Template("{{ absent }}")]), "'absent' is undefined"),
        (wrong([Template("{% for %}")]), "TemplateSyntaxError"),
        (wrong([Template("{{ '<b>' | safe }}")]), "safe"),
    ],
)
def test_a_section_that_fails_is_named_with_its_plugin(
    show: Any, told: str, tmp_path: Path
) -> None:
    failing = ReportSection(name="own", title="My own", show=show)
    with pytest.raises(PluginError) as refused:
        page_of(tmp_path, failing)
    assert "the report section 'own' of the plugin 'Shop'" in str(refused.value)
    assert told in str(refused.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("<script>x</script>", "<script>"),
        ("<SCRIPT src='x'/>", "<script>"),
        ("<link rel='x'>", "<link>"),
        ("<style>p {}</style>", "<style>"),
        ("<iframe></iframe>", "<iframe>"),
        ("<svg><script>x</script></svg>", "<script>"),
        ("<p onclick='x'>", "onclick= of <p>"),
        ("<img src='{{ where }}'>", "src= of <img>"),
        ("<img src='//elsewhere/x.png'>", "src= of <img>"),
        ("<a href='http://elsewhere'>", "href= of <a>"),
        ("<a href='javascript:x'>", "href= of <a>"),
        ("<p style='background: url(x)'>", "style= of <p>"),
    ],
)
def test_a_template_that_would_run_or_fetch_something_is_refused(source: str, told: str) -> None:
    with pytest.raises(PluginError, match=re.escape(f"so leave out {told}")):
        Template(source)


@pytest.mark.parametrize(
    "source",
    [
        "<a href='#nps'>there</a>",
        "<img src='data:image/png;base64,x' alt='x'>",
        "{% if a < b %}<p class='{{ x }}'>{{ '<script>' }}</p>{% endif %}",
        "{# <script> #}<p>on = 3</p>",
    ],
)
def test_other_templates_are_not(source: str) -> None:
    assert Template(source).source == source


def test_a_template_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "own.html.jinja").write_text("<p>{{ n | number }} é</p>", encoding="utf-8")
    template = Template(tmp_path / "own.html.jinja", {"n": 1234.5})
    assert "<p>1.234,5 é</p>" in body(tmp_path, template, language="nl")


@pytest.mark.parametrize("rows", [[["x"]], [["x", 1, 2]], [["x", 1], "xy"]])
def test_a_row_of_another_width_is_refused(rows: list[Any]) -> None:
    with pytest.raises(PluginError, match="must have 2 cells"):
        Table(["x", "y"], rows)


@pytest.mark.parametrize("title", ["", " ", None])
def test_a_section_has_a_title(title: Any) -> None:
    with pytest.raises(PluginError, match="'own': title is a string"):
        ReportSection(name="own", title=title, show=lambda reading: [])


def test_a_picture_is_svg() -> None:
    with pytest.raises(PluginError, match="<svg>"):
        Picture("picture.png", says="x")


def test_a_plugin_declares_sections(tmp_path: Path) -> None:
    def show(reading: Reading) -> Iterable[Block]:
        measures = reading.measures
        yield Table(
            ["Customer", "Revenue"],
            [
                [CustomerName(each), measures["revenue"][measures.place(each)]]
                for each in measures.ids
            ],
        )

    class Shop:
        @hookimpl
        def klantkompas_report_sections(self) -> list[ReportSection]:
            return [ReportSection(name="own", title="My own", show=show)]

    read = Compass([Shop()], installed=False).read(portfolio())
    page = write_report(read, tmp_path / "report.html").read_text(encoding="utf-8")
    assert text_of(page).count("Zon & Co k1 30") == 1
    assert not any(each in page for each in HIDDEN)


@pytest.mark.parametrize("name", ["Customer", "Why", "In short", "Nothing that needs saying."])
def test_a_customer_called_as_the_reports_own_texts_does_no_harm(name: str, tmp_path: Path) -> None:
    customers = [Customer(id="a", name=name, opted_out=True), Customer(id="Revenue", name=name)]
    orders = [Order(customer=each.id, on=LAST, amount=10.0) for each in customers for _ in range(3)]
    read = Compass(installed=False).read(Portfolio.from_records(orders, customers))
    assert write_report(read, tmp_path / "report.html", pseudonyms=KEY).exists()


def test_the_reference_lists_the_sections_with_their_priorities() -> None:
    reference = Path(__file__).parents[2] / "docs" / "reference" / "report.md"
    rows = re.findall(r"^\| `(\w+)` \|.*\| (\d+) \|$", reference.read_text("utf-8"), re.MULTILINE)
    ordered = sorted(OWN, key=lambda each: each.priority)
    assert rows == [(each.name, f"{each.priority:g}") for each in ordered]


@pytest.mark.parametrize("answered", [True, False])
def test_the_words_that_the_page_uses_are_explained(answered: bool) -> None:
    happened: list[Any] = [
        Order(customer=each, on=date(2026, 6, day), amount=9.0) for day, each in enumerate("abc", 1)
    ]
    if answered:
        happened.append(Response(customer="a", on=date(2026, 6, 9), score=9))
    page = report_html(Compass(installed=False).read(Portfolio.from_records(happened)))
    words = page[page.index('id="words"') :]
    assert "vital few" in words
    assert ("Jeffreys&#x27; prior" in words) is answered
    assert "kappa" not in words


def test_of_what_is_said_of_nobody_there_is_neither_a_picture_nor_advice() -> None:
    orders = [Order(customer=each, on=date(2026, 6, 3), amount=9.0) for each in "abc"]
    compass = Compass(installed=False)
    page = report_html(compass.read(Portfolio.from_records(orders)))
    for section in ("colours", "demands"):
        text = page[page.index(f'id="section-{section}"') :].partition("</section>")[0]
        assert "<figure" not in text
        assert "What to do" not in text
    nobody = report_html(
        compass.read(Portfolio.from_tables(responses={"on": [date(2026, 6, 3)], "score": [9]}))
    )
    for section in ("colours", "demands", "others"):
        assert f'id="section-{section}"' not in nobody
    lists = nobody[nobody.index('id="section-work"') :].partition("</section>")[0]
    assert "this list takes" in lists
    assert "<h3" not in lists
