"""The letter to a customer in a browser: axe, and the width of a phone and of paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from klantkompas import History, Override, Reading, letter
from klantkompas.wording.catalogue import LANGUAGES
from tests.browser.conftest import shop
from tests.browser.test_page import SIZES, violations


@pytest.fixture(scope="module")
def reading(shared_data: Path) -> Reading:
    return shop(shared_data)


@pytest.mark.parametrize("customer", ["0181", "0213", "0001"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_and_it_fits(
    customer: str,
    language: str,
    size: str,
    scheme: str,
    reading: Reading,
    tmp_path: Path,
    opened: Callable[..., Page],
) -> None:
    path = tmp_path / "letter.html"
    with History(tmp_path / "shop.klantkompas") as history:
        history.record(reading, review=True)
        history.override(Override(customer, "B", "Anna", date(2026, 1, 1), "they asked"))
        told = letter(reading, customer, history=history, language=language)
        path.write_text(told.html(), encoding="utf-8")
    page = opened(path, viewport=SIZES[size], color_scheme=scheme)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
