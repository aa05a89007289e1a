"""The documentation in a browser: readable for everybody, and found by those who search.

``DOCS`` names the folder in which it is built; the session does so.
"""

from __future__ import annotations

import os
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
    "tutorial/from-exports-to-a-report",
    "how-to/exports-as-they-are",
    "how-to/from-any-data-frame",
    "explanation/customers-and-the-law",
    "explanation/how-it-counts",
    "reference/catalogue/measures",
    "reference/catalogue/lens-pareto",
    "reference/reading",
    "search",
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
def found(browser: Browser) -> Callable[[str], list[str]]:
    """Return a function that searches, and returns the pages found, the best first."""

    def search(words: str) -> list[str]:
        page = browser.new_page()
        page.goto(f"{(BUILT / 'search.html').as_uri()}?{urlencode({'q': words})}")
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
    words: str, wanted: str, found: Callable[[str], list[str]]
) -> None:
    assert wanted in found(words)[:3]
