"""A browser without a screen, and the pages that it opens: made once, each from other data."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from klantkompas import (
    Compass,
    Portfolio,
    Reading,
    compare_reviews,
    plan_letting_go,
    read_mapping,
    write_report,
)

SHOP = Path(__file__).parents[2] / "examples" / "shop"
SHOP_FILES = {
    "customers": "klanten.csv",
    "orders": "orders.csv",
    "invoices": "facturen.csv",
    "complaints": "klachten.csv",
    "contacts": "contacten.csv",
    "responses": "enquete.csv",
    "departures": "vertrek.csv",
}
RETAIL = {
    "customer": "CustomerID",
    "on": "InvoiceDate",
    "amount": ("Quantity", "UnitPrice"),
    "reference": "InvoiceNo",
}
SURVEY = {"on": "CUSTOMER_RESPONSE_DATE", "score": "NPS_SCORE"}
COMPASS = Compass(installed=False)

DESKTOP = {"width": 1440, "height": 900}


def shop(shared_data: Path, as_of: date | None = None) -> Reading:
    columns = dict(read_mapping(SHOP / "columns.toml"))
    files = {table: SHOP / name for table, name in SHOP_FILES.items()}
    return COMPASS.read(Portfolio.from_files(columns=columns, locale="nl", **files), as_of)


def shop_reviewed(shared_data: Path) -> Reading:
    """Read the shop as it is shown with what changed since half a year before."""
    return shop(shared_data)


def orders_alone(shared_data: Path) -> Reading:
    columns = {"orders": dict(read_mapping(SHOP / "columns.toml"))["orders"]}
    file = SHOP / SHOP_FILES["orders"]
    return COMPASS.read(Portfolio.from_files(orders=file, columns=columns, locale="nl"))


def online_retail(shared_data: Path) -> Reading:
    file = shared_data / "OnlineRetail_2010-12_2011-12.csv.gz"
    return COMPASS.read(Portfolio.from_files(orders=file, columns={"orders": RETAIL}))


def survey_alone(shared_data: Path) -> Reading:
    file = shared_data / "bt_nps_verbatims.csv"
    return COMPASS.read(Portfolio.from_files(responses=file, columns={"responses": SURVEY}))


def many_customers(shared_data: Path) -> Reading:
    """Read 400,000 orders of 100,000 customers, some of whom answered, paid late or complained."""
    random = np.random.default_rng(2026)
    days = np.arange("2024-12-31", "2026-06-30", dtype="datetime64[D]")

    def rows(count: int) -> dict[str, Any]:
        customers = random.integers(0, 100_000, count).astype(str)
        return {"customer": customers, "on": random.choice(days, count)}

    due = random.choice(days, 50_000)
    invoices = {
        "customer": random.integers(0, 100_000, 50_000).astype(str),
        "due": due,
        "paid": due + random.integers(-20, 20, 50_000),
        "amount": random.integers(1, 99_999, 50_000) / 100,
    }
    return COMPASS.read(
        Portfolio.from_tables(
            orders={**rows(400_000), "amount": random.integers(-500, 99_999, 400_000) / 100},
            invoices=invoices,
            complaints={**rows(5_000), "resolved": random.choice(days, 5_000)},
            responses={**rows(20_000), "score": random.integers(0, 11, 20_000)},
        ),
        as_of=date(2026, 6, 30),
    )


READINGS: dict[str, Callable[[Path], Reading]] = {
    each.__name__: each
    for each in (shop, shop_reviewed, orders_alone, online_retail, survey_alone, many_customers)
}


@pytest.fixture(scope="session")
def page_of(
    shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, str], Path]:
    """Return where the page of a reading is, in a language; it is made when it is first asked."""
    folder = tmp_path_factory.mktemp("pages")
    readings: dict[str, Reading] = {}

    def made(name: str, language: str) -> Path:
        path = folder / f"{name}-{language}.html"
        if not path.exists():
            if name not in readings:
                readings[name] = READINGS[name](shared_data)
            write_report(readings[name], path, language=language, **reviewed(name))
        return path

    def reviewed(name: str) -> dict[str, Any]:
        """Return the review and the plan of a reading that follows another."""
        if name != "shop_reviewed":
            return {}
        review = compare_reviews(shop(shared_data, date(2025, 2, 28)), readings[name])
        return {"review": review, "plan": plan_letting_go(review)}

    return made


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the Chromium that the machine has; ``CHROMIUM`` names another one."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert found, "no Chromium is installed: on Debian, apt install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a file, and fails the test on what the browser complains of."""
    complaints: list[str] = []
    contexts = []

    def open_file(path: Path, **options: Any) -> Page:
        context = browser.new_context(**({"viewport": DESKTOP} | options))
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith(("file:", "data:"))
                else complaints.append(request.url)
            ),
        )
        page.goto(path.as_uri())
        return page

    yield open_file
    for context in contexts:
        context.close()
    assert not complaints
