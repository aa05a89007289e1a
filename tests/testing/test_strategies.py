"""The strategies give what may be given, and know the cases that go wrong in practice."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from klantkompas import net_promoter_score
from klantkompas.classification.scorecard import Scorecard
from klantkompas.domain.customers import Customer
from klantkompas.domain.fields import Role, identity, moment, money, tags
from klantkompas.domain.interactions import (
    BUILT_IN_KINDS,
    Complaint,
    Contact,
    Departure,
    InteractionKind,
    Invoice,
    Order,
    Response,
)
from klantkompas.portfolio import Measures, Portfolio
from klantkompas.testing import (
    complaints,
    contacts,
    customers,
    departures,
    interactions,
    invoices,
    measures,
    orders,
    portfolios,
    records,
    responses,
    scorecards,
    scores,
)

QUIET = settings(max_examples=20, suppress_health_check=list(HealthCheck))
SEARCH = settings(
    max_examples=500,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@attrs.frozen(kw_only=True)
class Visit:
    customer: str = identity()
    on: date = moment(required=True)
    back: date | None = moment(Role.STEP)
    cost: float | None = money()
    words: tuple[str, ...] | None = tags()


VISITS = InteractionKind(name="visits", record=Visit)


@QUIET
@given(given=st.lists(interactions(kinds=[*BUILT_IN_KINDS, VISITS]), max_size=8))
def test_interactions_of_any_kind_make_a_portfolio(given: list[Any]) -> None:
    made = Portfolio.from_records(given, kinds=[*BUILT_IN_KINDS, VISITS])
    assert sum(map(len, made.tables.values())) == len(given)


@pytest.mark.parametrize(
    ("strategy", "record"),
    [
        (customers, Customer),
        (orders, Order),
        (invoices, Invoice),
        (complaints, Complaint),
        (contacts, Contact),
        (responses, Response),
        (departures, Departure),
    ],
)
def test_each_kind_has_a_strategy(strategy: Callable[..., Any], record: type) -> None:
    found = find(strategy(ids=st.just("0017")), lambda each: True, settings=SEARCH)
    assert isinstance(found, record)
    assert "0017" in (getattr(found, "customer", None), getattr(found, "id", None))


def test_a_field_can_be_given() -> None:
    assert (
        find(records(Order, amount=st.just(7.0)), lambda order: True, settings=SEARCH).amount == 7.0
    )


def test_moments_can_be_given() -> None:
    noon = datetime(2026, 1, 1, 12)
    assert find(orders(moments=st.just(noon)), lambda order: True, settings=SEARCH).on == noon


AWKWARD: dict[str, Callable[[Portfolio], object]] = {
    "nobody": lambda each: len(each) == 0,
    "one customer": lambda each: len(each) == 1,
    "leading zeros": lambda each: "0007" in each.ids,
    "a missing table": lambda each: "orders" not in each.tables,
    "a missing column": lambda each: (
        "orders" in each.tables and "margin" not in each.tables["orders"].columns
    ),
    "a table without rows": lambda each: any(len(table) == 0 for table in each.tables.values()),
    "a column of which nothing is known": lambda each: (
        "orders" in each.tables
        and len(each.tables["orders"]) > 1
        and np.isnan(each.tables["orders"].columns.get("margin", np.zeros(1))).all()
    ),
    "a credit note": lambda each: (
        "orders" in each.tables and (each.tables["orders"].columns["amount"] < 0).any()
    ),
    "one day for all": lambda each: (
        "orders" in each.tables
        and len(each.tables["orders"]) > 2
        and len(set(each.tables["orders"].days.tolist())) == 1
    ),
    "clock times": lambda each: any(table.times for table in each.tables.values()),
    "an answer of nobody": lambda each: (
        "responses" in each.tables and (each.tables["responses"].codes == len(each)).any()
    ),
    "only in interactions": lambda each: len(each) > 1 and not each.is_listed.any(),
}


@pytest.mark.parametrize("case", AWKWARD)
def test_portfolios_know_the_awkward_case(case: str) -> None:
    found = find(portfolios(), AWKWARD[case], settings=SEARCH)
    assert AWKWARD[case](found)


@QUIET
@given(portfolio=portfolios(least=2, most=3, whole=True))
def test_a_portfolio_is_as_large_and_whole_as_asked(portfolio: Portfolio) -> None:
    assert 2 <= len(portfolio) <= 3
    for kind in BUILT_IN_KINDS:
        names = {column.name for column in kind.columns} - {"customer"}
        assert names <= portfolio.tables[kind.name].columns.keys()


@QUIET
@given(found=measures(least=1), card=scorecards(), given=scores(scale=(1, 10)))
def test_measures_score_cards_and_scores(
    found: Measures, card: Scorecard, given: list[int | None]
) -> None:
    assert len(found) >= 1
    assert not (card.met & card.unknown).any()
    assert card.met.shape == (len(card), len(card.factors))
    known = [score for score in given if score is not None]
    assert net_promoter_score(known, scale=(1, 10)).answers == len(known)


# Hypothesis writes what it found field by field, and measures have many.
@pytest.mark.filterwarnings("default:Generating overly large repr")
def test_the_entry_point_registers_the_types() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    module, _, name = project["project"]["entry-points"]["hypothesis"]["klantkompas"].partition(":")
    getattr(import_module(module), name)()
    for known in (Order, Customer, Portfolio, Measures, Scorecard):
        assert isinstance(find(st.from_type(known), lambda each: True, settings=SEARCH), known)
