"""The documentation in a browser: readable for everybody, and found by those who search.

``DOCS`` names the folder in which it is built; the session does so.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

BUILT = Path(os.environ.get("DOCS", "docs/_build/html")).resolve()
SEARCHES = [
    tuple(part.strip() for part in line.split(" : "))
    for line in (Path(__file__).parents[1] / "docs" / "searches.txt")
    .read_text("utf-8")
    .splitlines()
    if line and not line.startswith("#")
]
PAGES = [
    "index",
    "install",
    "glossary",
    "tutorial/an-hour-with-your-exports",
    "tutorial/from-exports-to-a-report",
    "how-to/explain-a-class",
    "how-to/exports-as-they-are",
    "how-to/from-any-data-frame",
    "explanation/customers-and-the-law",
    "explanation/how-it-counts",
    "explanation/numbers-we-reproduce",
    "reference/catalogue/errors",
    "reference/catalogue/frames",
    "reference/catalogue/measures",
    "reference/catalogue/lens-pareto",
    "reference/reading",
    "search",
    "nl/index",
    "nl/how-to/name-your-columns",
    "nl/tutorial/een-uur-met-je-exports",
    "nl/tutorial/from-exports-to-a-report",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing(page: str, scheme: str, browser: Browser) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    opened.goto((BUILT / f"{page}.html").as_uri())
    options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
    found = Axe().run(opened, options=options).response["violations"]
    context.close()
    assert [f"{e['id']}: {node['html'][:160]}" for e in found for node in e["nodes"]] == []


@pytest.fixture(scope="module")
def found(browser: Browser) -> Callable[[str, Path], list[str]]:
    """Return a function that searches a folder, and returns the pages found, the best first."""

    def search(words: str, folder: Path) -> list[str]:
        page = browser.new_page()
        page.goto(f"{(folder / 'search.html').as_uri()}?{urlencode({'q': words})}")
        page.wait_for_function(
            "!document.querySelector('#search-progress')"
            " || /\\d/.test(document.querySelector('.search-summary')?.textContent ?? '')"
        )
        links = "all => all.map(each => each.getAttribute('href'))"
        hrefs = page.eval_on_selector_all("ul.search > li > a", links)
        page.close()
        pages = [href.split("?")[0].split("#")[0].removesuffix(".html") for href in hrefs]
        return list(dict.fromkeys(pages))

    return search


@pytest.mark.parametrize(("words", "wanted"), SEARCHES)
def test_a_reader_who_searches_finds_the_page_among_the_first_three(
    words: str, wanted: str, found: Callable[[str, Path], list[str]]
) -> None:
    folder = BUILT / "nl" if wanted.startswith("nl/") else BUILT
    assert wanted.removeprefix("nl/") in found(words, folder)[:3]


@pytest.mark.parametrize(
    ("page", "other", "name"),
    [
        ("how-to/settings", "nl/how-to/settings", "Nederlands"),
        ("tutorial/an-hour-with-your-exports", "nl/tutorial/een-uur-met-je-exports", "Nederlands"),
        ("reference/reading", "nl/index", "Nederlands"),
        ("nl/index", "index", "English"),
        ("nl/tutorial/een-uur-met-je-exports", "tutorial/an-hour-with-your-exports", "English"),
    ],
)
def test_the_switch_leads_to_the_same_page_in_the_other_language(
    page: str, other: str, name: str, browser: Browser
) -> None:
    opened = browser.new_page()
    opened.goto((BUILT / f"{page}.html").as_uri())
    opened.get_by_role("link", name=name, exact=True).click()
    assert opened.url == (BUILT / f"{other}.html").as_uri()
    assert opened.get_attribute("html", "lang") == ("nl" if other.startswith("nl/") else "en")
    opened.close()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("AVG", "Eén pagina gevonden."),
        ("loslaten", "pagina's gevonden."),
        ("qwertyuiop", "Niets gevonden."),
    ],
)
def test_a_search_in_dutch_says_in_dutch_what_it_found(
    words: str, said: str, browser: Browser
) -> None:
    page = browser.new_page()
    page.goto(f"{(BUILT / 'nl' / 'search.html').as_uri()}?{urlencode({'q': words})}")
    page.get_by_text(said).wait_for()
    page.close()


def test_every_link_of_the_pages_in_dutch_leads_to_a_page_that_is_built() -> None:
    lost = []
    for page in BUILT.glob("nl/**/*.html"):
        if page.name != "404.html":
            for target in re.findall(r'href="([^":]+)"', page.read_text("utf-8")):
                path, _, anchor = target.partition("#")
                found = page if not path else (page.parent / path.partition("?")[0]).resolve()
                if not found.is_file() or (
                    anchor and f'id="{anchor}"' not in found.read_text("utf-8")
                ):
                    lost.append(f"{page.relative_to(BUILT)}: {target}")
    assert lost == []
