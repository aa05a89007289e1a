"""A bank's answers of 2021, made up by others, with two ways of writing the year in one column."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from klantkompas.compass import Compass, Reading
from klantkompas.portfolio import Portfolio
from klantkompas.stats import NetPromoterScore

FILE = "SYNTHETIC_bank_nps_timeseries.csv"
COLUMNS = {
    "customers": {"id": "id", "group": "market"},
    "responses": {"customer": "id", "on": "survey_date", "score": "rating"},
}
QUARTERS = {
    1: ("01", "02", "03"),
    2: ("04", "05", "06"),
    3: ("07", "08", "09"),
    4: ("10", "11", "12"),
}


def as_in_the_facts(score: NetPromoterScore) -> list[Any]:
    counts = [score.answers, score.promoters, score.passives, score.detractors]
    return [*counts, pytest.approx(score.value, abs=6e-5)]


@pytest.fixture(scope="module")
def reading(shared_data: Path) -> Reading:
    portfolio = Portfolio.from_files(
        customers=shared_data / FILE, responses=shared_data / FILE, columns=COLUMNS
    )
    return Compass(installed=False, months=12).read(portfolio, date(2021, 12, 31))


@pytest.fixture
def of(fact: Callable[[str, str], Any]) -> Callable[[str], Any]:
    return lambda text: fact(FILE, text)


def test_overall(reading: Reading, of: Callable[[str], Any]) -> None:
    assert of("NPS overall") == as_in_the_facts(reading.nps.score)
    assert of("NPS overall") == as_in_the_facts(reading.nps.per_answer)
    assert len(reading.measures) == of("rows")


@pytest.mark.parametrize("market", ["MEX", "UK", "US"])
def test_markets(market: str, reading: Reading, of: Callable[[str], Any]) -> None:
    assert of(f"NPS market {market}") == as_in_the_facts(reading.nps.by_group[market])


@pytest.mark.parametrize("quarter", QUARTERS)
def test_quarters_are_sums_of_months(
    quarter: int, reading: Reading, of: Callable[[str], Any]
) -> None:
    months = [reading.nps.by_month[f"2021-{month}"] for month in QUARTERS[quarter]]
    quarterly = NetPromoterScore(
        detractors=sum(each.detractors for each in months),
        passives=sum(each.passives for each in months),
        promoters=sum(each.promoters for each in months),
    )
    assert of(f"NPS quarter {quarter}") == as_in_the_facts(quarterly)


def test_every_date_is_read_with_its_day_first(shared_data: Path) -> None:
    portfolio = Portfolio.from_files(
        responses=shared_data / FILE, columns={"responses": COLUMNS["responses"]}
    )
    days = portfolio.tables["responses"].columns["on"]
    months = days.astype("datetime64[M]").astype(int) % 12 + 1
    stated = pl.read_csv(shared_data / FILE)["month"]
    assert months.tolist() == stated.to_list()
