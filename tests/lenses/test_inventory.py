"""Who is there, counted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from klantkompas.compass import Compass
from klantkompas.errors import ArgumentError
from klantkompas.lenses.inventory import Inventory, take_inventory
from klantkompas.portfolio import Portfolio

LAST = date(2026, 6, 30)
COMPASS = Compass(installed=False)
CUSTOMERS = {
    "id": ["a", "b", "c", "d", "e", "f"],
    "stage": ["suspect", "prospect", "customer", None, "prospect", "customer"],
    "kind": ["business", "consumer", "internal", "business", None, "business"],
    "opted_out": [False, False, False, False, False, True],
}
ORDERS = {
    "customer": ["c", "d", "e", "f"],
    "on": [LAST, date(2025, 12, 30), LAST, LAST],
    "amount": [1.0] * 4,
}


@pytest.fixture(scope="module")
def inventory() -> Inventory:
    found = COMPASS.read(Portfolio.from_tables(customers=CUSTOMERS, orders=ORDERS), LAST)
    counted = found["inventory"]
    assert isinstance(counted, Inventory)
    return counted


def test_counts_by_stage_kind_and_activity(inventory: Inventory) -> None:
    assert inventory.counts("stage") == {"suspect": 1, "prospect": 1, "customer": 4}
    assert [*inventory.counts("stage")] == ["suspect", "prospect", "customer"]
    assert inventory.counts("kind") == {"consumer": 1, "business": 3, "internal": 1, "unknown": 1}
    assert inventory.counts("activity") == {"active": 3, "not active": 3}
    assert sum(inventory.table().values()) == len(inventory) == 6
    assert inventory.table()["customer", "business", "active"] == 1


def test_internal_customers_are_left_out_or_shown_apart(inventory: Inventory) -> None:
    assert inventory.counts("kind", internal=True) == {"internal": 1}
    assert "internal" not in inventory.counts("kind", internal=False)
    apart, others = inventory.table(internal=True), inventory.table(internal=False)
    assert apart == {("customer", "internal", "active"): 1}
    assert apart | others == inventory.table()


def test_suspects_and_prospects_are_counted_and_never_classed() -> None:
    read = COMPASS.read(Portfolio.from_tables(customers=CUSTOMERS, orders=ORDERS), LAST)
    stages = read["inventory"].stage
    assert set(stages[read.classes.labels != None]) == {"customer"}  # noqa: E711
    assert read.classes.label("c") is None


def test_without_orders_activity_is_unknown() -> None:
    read = COMPASS.read(Portfolio.from_tables(customers=CUSTOMERS), LAST)
    assert read["inventory"].counts("activity") == {"unknown": 6}
    assert "Activity: unknown." in str(read["inventory"].why("a"))


def test_it_explains_itself(inventory: Inventory) -> None:
    assert inventory.why("a").sentences() == (
        "Stage: suspect. Kind: business. Activity: not active.",
        "Suspects and prospects are counted and get no class.",
    )
    assert inventory.why("c").sentences("nl") == (
        "Fase: klant. Soort: intern. Activiteit: actief.",
        "Interne klanten tellen mee en krijgen geen klasse.",
    )
    assert inventory.why("f").sentences() == (
        "They object to profiling: they count in totals only.",
    )


def test_it_prints_and_becomes_a_frame(inventory: Inventory) -> None:
    assert str(inventory) == (
        "Inventory: 5 customers, beside 1 internal: suspect 1, prospect 1, customer 3; consumer 1, "
        "business 3, unknown 1; active 2, not active, or never ordered 3"
    )
    frame = inventory.to_frame("polars")
    assert frame.columns == ["stage", "kind", "activity", "customers"]
    assert frame["customers"].sum() == 6


def test_nobody() -> None:
    nobody = take_inventory([], [], [])
    assert str(nobody) == "Inventory: 0 customers"
    assert nobody.table() == {}
    assert nobody.to_frame("polars").height == 0


def test_the_order_of_the_customers_changes_nothing() -> None:
    stages = ["customer", "prospect", None]
    one = take_inventory(stages, [None, "internal", "business"], [1, 0, None])
    other = take_inventory(stages[::-1], ["business", "internal", None], [None, 0, 1])
    assert one.table() == other.table()
    assert [*one.table()] == [*other.table()]


@pytest.mark.parametrize(
    ("stages", "kinds", "active", "message"),
    [
        (["lead"], ["business"], [1], "stages: 'lead'"),
        ([["customer"]], ["business"], [1], r"stages: .\[.customer.\]"),
        (["customer"], ["buisness"], [1], "business"),
        (["customer"], ["business"], [1, 0], "1 stages, 1 kinds, 2 activities"),
        (["customer"], ["business"], ["yes"], "active"),
    ],
)
def test_what_means_nothing(stages: Any, kinds: Any, active: Any, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        take_inventory(stages, kinds, active)


def test_nothing_else_is_counted(inventory: Inventory) -> None:
    with pytest.raises(ArgumentError, match="stage"):
        inventory.counts("stages")
