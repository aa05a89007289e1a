"""Small portfolios, made at random on the edges of every rule, as plain Python dictionaries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

import pytest
from attrs import frozen
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

IDS = ["1", "2", "10", "0001", "b", "a", "aa", "é"]
AS_OF = [date(2026, 6, 30), date(2026, 8, 31), date(2026, 3, 31), None]
EDGES = [(12, 29), (12, 30), (12, 31)]
DAYS = [date(2025, month, day) for month, day in [*EDGES, (9, 29), (9, 30), (10, 1), (6, 5)]] + [
    date(2026, month, day)
    for month, day in [
        *[(1, 1), (2, 27), (2, 28), (3, 1), (3, 15), (3, 30), (3, 31), (4, 1)],
        *[(6, 29), (6, 30), (7, 1), (8, 30), (8, 31), (9, 1)],
    ]
]
CLOCKS = [time(0), time(0, 30), time(9), time(9, 0, 0, 1), time(23, 30)]
MONEY = [-100.0, -5.0, -0.1, 0.0, 0.1, 0.2, 5.0, 10.0, 10.0, 12.35, 100.0, 1234.5678]
THIRDS = [1 / 3, 0.1 + 1 / 3, -2 / 7, 1e-7, 1e9 + 1 / 3]
MANDATORY = {"customer", "on", "due", "amount", "id"}


@frozen
class Business:
    """What a small business knows: the rows of each table that it keeps, and its customers."""

    tables: Mapping[str, list[dict[str, Any]]]
    columns: Mapping[str, list[str]]
    customers: list[dict[str, Any]] | None
    as_of: date | None
    decimal: bool

    def mapping(self, table: str) -> dict[str, list[Any]]:
        """One table as a mapping of columns."""
        rows = self.customers or [] if table == "customers" else self.tables[table]
        return {name: [row[name] for row in rows] for name in self.columns[table]}

    def mappings(self) -> dict[str, Any]:
        """All tables, as `Portfolio.from_tables` takes them."""
        found: dict[str, Any] = {name: self.mapping(name) for name in self.tables}
        if self.customers is not None:
            found["customers"] = self.mapping("customers")
        return found


def _maybe(strategy: SearchStrategy[Any]) -> SearchStrategy[Any]:
    return st.one_of(strategy, strategy, st.none())


def _fields(money: SearchStrategy[float], moment: SearchStrategy[date]) -> dict[str, Any]:
    customer = st.sampled_from(IDS)
    day = st.sampled_from(DAYS)
    flag = _maybe(st.booleans())
    word = _maybe(st.sampled_from(["x", "y"]))
    return {
        "orders": {
            "customer": _maybe(customer),
            "on": moment,
            "amount": money,
            "margin": _maybe(money),
            "quantity": _maybe(st.integers(-3, 5).map(float)),
            "clear": flag,
            "reference": _maybe(st.sampled_from(["r1", "r2", "r3"])),
        },
        "invoices": {
            "customer": customer,
            "due": day,
            "amount": money,
            "issued": _maybe(day),
            "paid": _maybe(day),
        },
        "complaints": {
            "customer": customer,
            "on": moment,
            "resolved": _maybe(day),
        },
        "contacts": {
            "customer": customer,
            "on": moment,
            "minutes": _maybe(st.sampled_from([0.0, 5.0, 7.5, 30.0])),
            "by_customer": flag,
            "purpose": _maybe(st.sampled_from(["sales", "service", "service", "courtesy"])),
            "rating": _maybe(st.integers(0, 10).map(float)),
            "text": word,
        },
        "responses": {
            "customer": _maybe(customer),
            "on": moment,
            "score": _maybe(st.integers(0, 10)),
        },
        "departures": {"customer": customer, "on": moment, "stated_reason": word},
    }


def _customer() -> dict[str, SearchStrategy[Any]]:
    return {
        "kind": _maybe(st.sampled_from(["consumer", "business", "internal"])),
        "stage": _maybe(st.sampled_from(["suspect", "prospect", "customer"])),
        "group": _maybe(st.sampled_from(["north", "south"])),
        "opted_out": _maybe(st.booleans()),
        "name": st.none(),
        "since": _maybe(st.sampled_from(DAYS)),
    }


@st.composite
def make_business(draw: Any, *, whole: bool = False, decimal: bool | None = None) -> Business:
    """Draw a business.

    Args:
        draw: given by hypothesis.
        whole: whether every table is there with all its columns and at least one row, as records
            of attrs classes have it.
        decimal: whether money is whole in 1/10,000; by default sometimes.
    """
    if decimal is None:
        decimal = draw(st.booleans())
    money = st.sampled_from(MONEY if decimal else MONEY + THIRDS)
    days = st.sampled_from(DAYS)
    clocked = st.builds(datetime.combine, days, st.sampled_from(CLOCKS))
    tables: dict[str, list[dict[str, Any]]] = {}
    columns: dict[str, list[str]] = {}
    for table in _fields(money, days):
        if not whole and not draw(st.sampled_from([True, True, True, False])):
            continue
        fields = _fields(money, draw(st.sampled_from([days, clocked])))[table]
        columns[table] = [
            name
            for name in fields
            if whole or name in MANDATORY or draw(st.sampled_from([True, True, True, False]))
        ]
        most = 25 if table == "orders" else 8
        row = st.fixed_dictionaries(fields)
        tables[table] = draw(st.lists(row, min_size=1 if whole else 0, max_size=most))
    customers = None
    if whole or draw(st.booleans()):
        columns["customers"] = ["id", *_customer()]
        ids = draw(st.lists(st.sampled_from(IDS), unique=True, min_size=1 if whole else 0))
        customers = [{"id": each, **draw(st.fixed_dictionaries(_customer()))} for each in ids]
    as_of = draw(st.sampled_from(AS_OF))
    if not whole and not any(tables.values()):
        as_of = as_of or AS_OF[0]
    return Business(tables, columns, customers, as_of, decimal)


@pytest.fixture(scope="session")
def businesses() -> SearchStrategy[Business]:
    """Businesses of any kind: tables and columns may be absent or empty."""
    return make_business()


@pytest.fixture(scope="session")
def whole_businesses() -> SearchStrategy[Business]:
    """Businesses that keep every table, with all columns and at least one row."""
    return make_business(whole=True)


@pytest.fixture(scope="session")
def awkward_businesses() -> SearchStrategy[Business]:
    """Businesses with money such as a third, whose sums depend on the order of adding."""
    return make_business(decimal=False)
