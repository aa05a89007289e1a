"""The page in a browser: quiet, readable for everybody, and whole on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from klantkompas.wording.catalogue import LANGUAGES

PageOf = Callable[[str, str], Path]
Opened = Callable[..., Page]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {
    "desktop": {"width": 1440, "height": 900},
    "phone": {"width": 390, "height": 844},
}
READINGS = [
    "shop",
    "shop_reviewed",
    "orders_alone",
    "online_retail",
    "survey_alone",
    "many_customers",
]


def violations(page: Page) -> list[str]:
    """Return what axe-core finds, a line for each element."""
    options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("name", READINGS)
def test_opens_without_a_complaint_or_a_request(name: str, page_of: PageOf, opened: Opened) -> None:
    assert opened(page_of(name, "en")).locator("h1").count() == 1


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["shop", "survey_alone"])
def test_axe_finds_nothing(
    name: str, language: str, scheme: str, size: str, page_of: PageOf, opened: Opened
) -> None:
    page = opened(page_of(name, language), viewport=SIZES[size], color_scheme=scheme)
    assert violations(page) == []


@pytest.mark.parametrize(
    "name", ["shop_reviewed", "orders_alone", "online_retail", "many_customers"]
)
def test_axe_finds_nothing_on_other_data(name: str, page_of: PageOf, opened: Opened) -> None:
    assert violations(opened(page_of(name, "nl"))) == []


@pytest.mark.parametrize("name", READINGS)
def test_every_link_within_the_page_leads_somewhere(
    name: str, page_of: PageOf, opened: Opened
) -> None:
    page = opened(page_of(name, "en"))
    links = page.eval_on_selector_all(
        "a[href]", "all => all.map(each => each.getAttribute('href'))"
    )
    ids = set(page.eval_on_selector_all("[id]", "all => all.map(each => each.id)"))
    assert links
    assert [each for each in links if each[0] == "#" and unquote(each[1:]) not in ids] == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", READINGS)
def test_nothing_has_to_be_scrolled_sideways(
    name: str, size: str, page_of: PageOf, opened: Opened
) -> None:
    page = opened(page_of(name, "nl"), viewport=SIZES[size])
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= SIZES[size]["width"]


def test_everything_is_readable_without_script(page_of: PageOf, opened: Opened) -> None:
    with_script = opened(page_of("shop", "en"))
    without = opened(page_of("shop", "en"), java_script_enabled=False)
    headings = "h1, h2, h3, th[scope=row], summary"
    texts = [page.locator(headings).all_text_contents() for page in (with_script, without)]
    assert texts[0] == texts[1]


def test_paper_holds_what_is_folded(page_of: PageOf, opened: Opened, tmp_path: Path) -> None:
    page = opened(page_of("shop", "en"))
    page.emulate_media(media="print")
    hidden = page.evaluate(
        """() => [...document.querySelectorAll('details > *:not(summary)')]
                 .filter(each => each.getClientRects().length === 0)
                 .map(each => each.outerHTML.slice(0, 200))"""
    )
    assert hidden == []


def test_the_keyboard_reaches_every_link_and_every_fold(page_of: PageOf, opened: Opened) -> None:
    page = opened(page_of("shop", "en"))
    wanted = page.locator("a[href]:visible, summary:visible, button:visible, input:visible").count()
    reached = set()
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)")
        )
    assert len(reached) >= wanted


def test_the_titles_of_pages_say_which_language_they_are_in(
    page_of: PageOf, opened: Opened
) -> None:
    for language in LANGUAGES:
        page = opened(page_of("shop", language))
        assert page.get_attribute("html", "lang") == language
        assert re.search(r"\w", page.title())


def rows_shown(page: Page) -> list[str]:
    """Return the name and id of each row of the customers' table that is to be seen."""
    return page.eval_on_selector_all(
        "#section-customers tbody tr:not([hidden]) th", "all => all.map(each => each.textContent)"
    )


def test_the_table_of_customers_is_searched(page_of: PageOf, opened: Opened) -> None:
    page = opened(page_of("shop", "nl"))
    every = rows_shown(page)
    page.get_by_label("Zoek in deze tabel").fill("bistro 0213")
    assert rows_shown(page) == []
    page.get_by_label("Zoek in deze tabel").fill("kraan 0213")
    assert len(rows_shown(page)) == 1
    assert page.locator("#section-customers output").text_content() == "1 rijen gevonden"
    page.get_by_label("Zoek in deze tabel").fill("")
    assert rows_shown(page) == every


def test_the_table_of_customers_is_sorted_by_keyboard(page_of: PageOf, opened: Opened) -> None:
    page = opened(page_of("shop", "en"))
    values = """all => all.map(each => each.cells[4].dataset.v).filter(each => each !== undefined)
                              .map(Number)"""

    def revenue() -> list[float]:
        return page.eval_on_selector_all("#section-customers tbody tr", values)

    first = revenue()
    button = page.locator("#section-customers thead button").nth(4)
    heading = page.locator("#section-customers thead th").nth(4)
    for direction, expected in (("ascending", sorted(first)), ("descending", sorted(first)[::-1])):
        button.focus()
        page.keyboard.press("Enter")
        assert heading.get_attribute("aria-sort") == direction
        assert revenue() == expected
    assert page.locator("#section-customers [aria-sort]").count() == 1


def test_a_name_leads_to_its_card_and_is_the_first_stop_but_one(
    page_of: PageOf, opened: Opened
) -> None:
    page = opened(page_of("shop", "en"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    name = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    card = page.locator(page.evaluate("location.hash"))
    named = name.translate(str.maketrans("", "", "()"))
    assert card.locator("h3").text_content().startswith(named)  # type: ignore[union-attr]


def test_paper_holds_every_name_of_every_list(page_of: PageOf, opened: Opened) -> None:
    page = opened(page_of("shop", "en"))
    page.emulate_media(media="print")
    unseen = page.evaluate(
        """() => [...document.querySelectorAll('.items a, .rows tbody th')]
                 .filter(each => each.getClientRects().length === 0)
                 .map(each => each.textContent)"""
    )
    assert unseen == []
    assert page.locator(".items li").count() > 100
    printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_screen_holds_what_it_should(
    language: str, size: str, page_of: PageOf, opened: Opened
) -> None:
    page = opened(page_of("shop", language), viewport=SIZES[size])
    lists = page.locator("#section-summary .items")
    assert lists.count() >= 3
    wanted = range(lists.count()) if size == "desktop" else [0]
    for at in wanted:
        box = lists.nth(at).locator("li").last.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= SIZES[size]["height"] + 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_changed_fits_on_the_first_screen_too(
    language: str, page_of: PageOf, opened: Opened
) -> None:
    page = opened(page_of("shop_reviewed", language))
    box = page.locator("#section-summary").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= SIZES["desktop"]["height"]
    assert page.locator("#section-summary .weight").count() >= 5
