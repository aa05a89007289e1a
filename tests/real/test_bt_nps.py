"""Answers on 0-10 of a British telephone company's customers, who are not named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from klantkompas.compass import Compass, Reading
from klantkompas.portfolio import Portfolio
from klantkompas.stats import NetPromoterScore

FILE = "bt_nps_verbatims.csv"
COLUMNS = {"on": "CUSTOMER_RESPONSE_DATE", "score": "NPS_SCORE"}
WHOLE_FILE = Compass(installed=False, months=8)
SEGMENTS = ["Equipment Received", "First Payment", "Order", "Service in Use"]
MONTHS = ["2017-12", "2018-01", "2018-02", "2018-03", "2018-04", "2018-05", "2018-06"]


def as_in_the_facts(score: NetPromoterScore) -> list[Any]:
    counts = [score.answers, score.promoters, score.passives, score.detractors]
    return [*counts, pytest.approx(score.value, abs=6e-5)]


@pytest.fixture(scope="module")
def reading(shared_data: Path) -> Reading:
    portfolio = Portfolio.from_files(responses=shared_data / FILE, columns={"responses": COLUMNS})
    return WHOLE_FILE.read(portfolio)


@pytest.fixture(scope="module")
def frame(shared_data: Path) -> pl.DataFrame:
    read = pl.read_csv(shared_data / FILE, infer_schema=False)
    return read.with_row_index("answer").with_columns(
        pl.col("CUSTOMER_RESPONSE_DATE").str.to_datetime("%d/%m/%Y %H:%M"),
        pl.col("NPS_SCORE").cast(pl.Int64, strict=False),
        pl.col("answer").cast(pl.Int64),
    )


@pytest.fixture(scope="module")
def named(frame: pl.DataFrame) -> Reading:
    """The same, as if each answer were a customer's own, who is in the group of its segment."""
    return WHOLE_FILE.read(
        Portfolio.from_tables(
            customers=frame,
            responses=frame,
            columns={
                "customers": {"id": "answer", "group": "SURVEY_SUB_TYPE"},
                "responses": {**COLUMNS, "customer": "answer"},
            },
        )
    )


@pytest.fixture
def of(fact: Callable[[str, str], Any]) -> Callable[[str], Any]:
    return lambda text: fact(FILE, text)


def test_answers_that_nobody_signed_count_per_answer(
    reading: Reading, of: Callable[[str], Any]
) -> None:
    per_answer = reading.nps.per_answer
    assert of("NPS overall") == as_in_the_facts(per_answer)
    assert per_answer.unanswered == of("missing score")
    assert per_answer.answers + per_answer.unanswered == of("rows")
    assert reading.nps.per_customer.answers == 0
    assert reading.nps.score == per_answer
    assert reading.as_of == datetime.fromisoformat(of("first/last response")[1]).date()


@pytest.mark.parametrize("month", MONTHS)
def test_months(month: str, reading: Reading, named: Reading, of: Callable[[str], Any]) -> None:
    for each in (reading, named):
        assert set(each.nps.by_month) == set(MONTHS)
        assert of(f"NPS month {month}") == as_in_the_facts(each.nps.by_month[month])


@pytest.mark.parametrize("segment", SEGMENTS)
def test_segments(segment: str, named: Reading, of: Callable[[str], Any]) -> None:
    assert set(named.nps.by_group) == set(SEGMENTS)
    assert of(f"NPS segment {segment}") == as_in_the_facts(named.nps.by_group[segment])


def test_each_customers_latest_answer(named: Reading, of: Callable[[str], Any]) -> None:
    assert of("NPS overall") == as_in_the_facts(named.nps.score)
    scores = Counter(named.measures["last_score"].tolist())
    assert {score: scores[float(score)] for score, _ in of("score counts")} == dict(
        of("score counts")
    )
