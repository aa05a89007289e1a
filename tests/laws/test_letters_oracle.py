"""States, bases, classes and ranges against plain Python, written from the domain text alone."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from klantkompas import Compass, Portfolio

AS_OF = date(2026, 6, 30)
PERIOD, LONG = date(2025, 12, 30), date(2024, 6, 30)
COMPASS = Compass(installed=False)
RUNS = 40
"""500 were run once."""

Row = dict[str, Any]
Seen = tuple[float, float, float]
"""A value, on how many it rests, and on how many it could."""


def a_day(chance: random.Random) -> date:
    edges = [AS_OF, PERIOD, PERIOD + timedelta(days=1), LONG, LONG + timedelta(days=1)]
    return chance.choice([*edges, AS_OF - timedelta(days=chance.randrange(900))])


def drawn(chance: random.Random) -> tuple[list[Row], list[Row] | None, list[Row] | None, set[str]]:
    ids, columns = "abcdef", {each for each in ("clear", "refunded") if chance.random() < 0.6}
    orders = [
        {
            "customer": chance.choice(ids),
            "on": a_day(chance),
            "amount": chance.choice([10.0, 20.0, 20.0, 55.0, -5.0]),
            "clear": chance.choice([True, True, True, False, None]),
            "refunded": chance.choice([None, None, 0.0, 4.0]),
        }
        for _ in range(chance.randrange(1, 40))
    ]
    if chance.random() < 0.5:
        orders = [each for each in orders if each["amount"] > 0]
    invoices = [
        {
            "customer": chance.choice(ids),
            "due": (due := a_day(chance)),
            "amount": chance.choice([9.0, 9.0, 0.0]),
            "paid": chance.choice([due, due, None, min(due + timedelta(days=1), AS_OF)]),
        }
        for _ in range(chance.randrange(25))
    ]
    complaints = [
        {"customer": chance.choice(ids), "on": a_day(chance)} for _ in range(chance.randrange(9))
    ]
    return (
        orders,
        invoices if chance.random() < 0.7 else None,
        complaints if chance.random() < 0.6 else None,
        columns,
    )


def inside(rows: Sequence[Row], field: str, start: date) -> list[Row]:
    return [each for each in rows if start < each[field] <= AS_OF]


def looked(of: Callable[[date], Seen]) -> Seen:
    near = of(PERIOD)
    return near if near[1] >= 3 else of(LONG)


def verdict(seen: Seen, passes: Callable[[float], bool]) -> str:
    value, count, could = seen
    if count < 3 or math.isnan(value):
        return "missing" if could >= 3 else "too little"
    return "met" if passes(value) else "not met"


def by_hand(
    orders: list[Row], invoices: list[Row] | None, complaints: list[Row] | None, columns: set[str]
) -> dict[str, tuple[dict[str, str], str, str, dict[str, float]]]:
    """For each active customer the states, the class, the best class and the counts."""
    nan = math.nan
    known_refunds = "refunded" in columns and any(
        each["refunded"] is not None and each["on"] <= AS_OF for each in orders
    )
    credits_shown = known_refunds or any(e["amount"] < 0 and e["on"] <= AS_OF for e in orders)
    owners = sorted({each["customer"] for each in orders})
    active = [
        each
        for each in owners
        if any(o["customer"] == each and o["amount"] > 0 for o in inside(orders, "on", PERIOD))
    ]
    seen: dict[str, dict[str, Seen]] = {}
    revenue: dict[str, float] = {}
    days: dict[str, int] = {}
    for each in active:
        mine = [o for o in orders if o["customer"] == each]
        bills = [i for i in invoices or [] if i["customer"] == each]
        moans = [c for c in complaints or [] if c["customer"] == each]

        def placed(start: date, mine: list[Row] = mine) -> list[Row]:
            return [o for o in inside(mine, "on", start) if o["amount"] > 0]

        def given(order: Row) -> float:
            return (order["refunded"] or 0.0) if "refunded" in columns else 0.0

        def clear(start: date) -> Seen:
            told = [o for o in placed(start) if "clear" in columns and o["clear"] is not None]
            good = sum(o["clear"] for o in told)
            return (good / len(told) if told else nan, len(told), len(placed(start)))

        def complained(start: date, moans: list[Row] = moans) -> Seen:
            count = len(placed(start))
            rate = (
                len(inside(moans, "on", start)) / count if complaints is not None and count else nan
            )
            return (rate, count, count)

        def paid(start: date, bills: list[Row] = bills) -> Seen:
            due = [
                i
                for i in inside(bills, "due", start)
                if i["amount"] > 0
                and not ((i["paid"] is None or i["paid"] > AS_OF) and i["due"] == AS_OF)
            ]
            good = sum(i["paid"] is not None and i["paid"] <= i["due"] for i in due)
            return (good / len(due) if due else nan, len(due), len(due))

        def kept(start: date, mine: list[Row] = mine) -> Seen:
            money = sum(o["amount"] for o in placed(start))
            back = sum(-o["amount"] for o in inside(mine, "on", start) if o["amount"] < 0)
            back += sum(given(o) for o in inside(mine, "on", start))
            share = back / money if money and credits_shown else nan
            return (share, len(placed(start)), len(placed(start)))

        seen[each] = {
            "clear_orders": looked(clear),
            "rarely_complains": looked(complained),
            "pays_on_time": looked(paid),
            "keeps_what_it_orders": looked(kept),
        }
        revenue[each] = sum(o["amount"] - given(o) for o in inside(mine, "on", PERIOD))
        days[each] = len({o["on"] for o in placed(PERIOD)})
    tests: dict[str, Callable[[float], bool]] = {
        "clear_orders": lambda share: share >= 0.90 - 1e-9,
        "rarely_complains": lambda share: share <= 0.05 + 1e-9,
        "pays_on_time": lambda share: share >= 0.95 - 1e-9,
        "keeps_what_it_orders": lambda share: share <= 0.05 + 1e-9,
    }
    measured = [n for n in tests if any(not math.isnan(seen[each][n][0]) for each in active)]
    states = {
        each: {
            n: verdict(seen[each][n], tests[n]) if n in measured else "not measured" for n in tests
        }
        for each in active
    }
    highest = sorted(revenue.values(), reverse=True)
    places = math.ceil(len(active) / 5)
    edge = highest[places - 1] if active else 0.0
    crowded = sum(value >= edge for value in highest) > 2 * places
    for each in active:
        large = revenue[each] > 0 and (
            revenue[each] > max(edge, 0.0) if crowded or edge <= 0 else revenue[each] >= edge
        )
        states[each]["large_volume"] = "met" if large else "not met"
        states[each]["orders_regularly"] = "met" if days[each] >= 3 else "not met"
    met = {each: sum(s == "met" for s in states[each].values()) for each in active}
    best_first = sorted(active, key=lambda each: (-met[each], -revenue[each], each))
    listed = best_first[: max(1, round(len(active) / 5))]
    last = listed[-1] if listed else ""

    def label(each: str, count: int) -> str:
        on_list = bool(last) and (-count, -revenue[each], each) <= (
            -met[last],
            -revenue[last],
            last,
        )
        return "A" if on_list and count >= 2 else "B" if count >= 2 else "C" if count else "D"

    return {
        each: (
            states[each],
            label(each, met[each]),
            label(
                each,
                met[each] + sum(s in ("missing", "too little") for s in states[each].values()),
            ),
            {n: seen[each][n][1] for n in measured},
        )
        for each in active
    }


def table(rows: list[Row], fields: Sequence[str], days: Sequence[str]) -> dict[str, Any]:
    return {
        field: np.array([row[field] for row in rows], "datetime64[D]")
        if field in days
        else np.array([row[field] for row in rows], object if field == "customer" else None)
        if field != "clear"
        else [row[field] for row in rows]
        for field in fields
    }


@pytest.mark.parametrize("seed", range(RUNS))
def test_states_classes_and_ranges_are_those_of_plain_python(seed: int) -> None:
    orders, invoices, complaints, columns = drawn(random.Random(seed))
    for each in orders:
        each["refunded"] = each["refunded"] if "refunded" in columns else None
    fields = ["customer", "on", "amount", *sorted(columns)]
    tables: dict[str, Any] = {"orders": table(orders, fields, ["on"])}
    if "refunded" in columns:
        refunds = [np.nan if o["refunded"] is None else o["refunded"] for o in orders]
        tables["orders"]["refunded"] = np.array(refunds)
    if invoices is not None:
        fields = ["customer", "due", "amount", "paid"]
        tables["invoices"] = table(invoices, fields, ["due", "paid"])
    if complaints is not None:
        tables["complaints"] = table(complaints, ["customer", "on"], ["on"])
    reading = COMPASS.read(Portfolio.from_tables(**tables), AS_OF)
    expected = by_hand(orders, invoices, complaints, columns)
    assert set(reading.scorecard.ids) == set(expected)
    for customer, (states, label, best, counts) in expected.items():
        found = {each.factor: each for each in reading.classes.why(customer).factors}
        assert {name: found[name].state for name in states} == states
        for name, count in counts.items():
            rests_on = found[name].rests_on or 0
            assert (0 if math.isnan(rests_on) else rests_on) == count, name
        between = reading.classes.range(customer)
        assert (reading.classes.label(customer), between.worst, between.best) == (
            label,
            label,
            best,
        )
        assert between.provisional == (label != best)
