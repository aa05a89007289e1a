"""The one-file plugin among the examples does what its few lines promise."""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from klantkompas import Compass, Order, Portfolio, Reading

FILE = Path(__file__).parents[2] / "examples" / "one_file_plugin.py"


@pytest.fixture(scope="module")
def plugin() -> ModuleType:
    spec = importlib.util.spec_from_file_location("one_file_plugin", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def reading(plugin: ModuleType) -> Reading:
    days = {"often": range(1, 29, 7), "once": (1,), "before": range(1, 29, 7)}
    orders = [
        Order(
            customer=customer,
            on=date(2025, 3 if customer == "before" else 6, day),
            amount=500.0 if customer == "often" else 20.0,
            margin=300.0 if customer == "often" else 1.0,
            clear=True,
        )
        for customer, each in days.items()
        for day in each
    ]
    portfolio = Portfolio.from_records(orders)
    return Compass([plugin], installed=False).read(
        portfolio, date(2025, 6, 30), shortlist=["often"]
    )


def test_the_factor_is_on_the_card_and_thirty_days_is_still_lately(
    plugin: ModuleType, reading: Reading
) -> None:
    at = reading.scorecard.factors.index("ordered_recently")
    met = dict(zip(reading.scorecard.ids, reading.scorecard.met[:, at], strict=True))
    assert met == {"often": True, "once": True, "before": False}
    late = Compass([plugin], installed=False).read(
        Portfolio.from_records([Order(customer="a", on=date(2025, 6, 1), amount=1.0)]),
        date(2025, 7, 1),
    )
    assert late.measures["recency_days"].tolist() == [30]
    assert late.scorecard.met[0, late.scorecard.factors.index("ordered_recently")]


def test_the_class_of_its_own_stands_above_a_and_says_why(reading: Reading) -> None:
    assert [*reading.classes.counts()] == ["Star", "A", "B", "C", "D"]
    assert reading.classes.label("often") == "Star"
    assert "they are on the shortlist and contribute in five or more ways" in str(
        reading.classes.why("often")
    )
    assert reading.classes.label("once") != "Star"
