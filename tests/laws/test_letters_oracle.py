"""The letters against plain Python, written from the domain text alone.

States, bases, classes and ranges; what would lift whom; and what changed a class between two days.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from attrs import frozen

from klantkompas import Compass, Portfolio, compare_reviews
from klantkompas.reviews.causes import Cause

AS_OF = date(2026, 6, 30)
PERIOD, LONG = date(2025, 12, 30), date(2024, 6, 30)
EARLIER = date(2025, 12, 30)
STARTS = {AS_OF: (PERIOD, LONG), EARLIER: (date(2025, 6, 30), date(2023, 12, 30))}
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


@frozen
class Listed:
    """Where somebody stands among all: factors met, revenue, id; the smaller, the better."""

    met: int
    revenue: float
    customer: str

    @property
    def place(self) -> tuple[float, float, str]:
        return (-self.met, -self.revenue, self.customer)


@frozen
class Cutoffs:
    """What customers are compared with: the most money of who is not a large one, and the edge."""

    highest: float
    is_large: bool
    edge: Listed | None

    def large(self, revenue: float) -> bool:
        above = revenue > max(self.highest, 0.0)
        return revenue > 0 and (
            above or (self.is_large and self.highest > 0 and revenue >= self.highest)
        )


@frozen
class Hand:
    """What was found by hand on a day."""

    UNKNOWN = ("missing", "too little", "not measured")

    states: dict[str, dict[str, str]]
    counts: dict[str, dict[str, float]]
    revenue: dict[str, float]
    cutoffs: Cutoffs

    def met(self, each: str, states: dict[str, str] | None = None) -> int:
        return sum(s == "met" for s in (states or self.states[each]).values())

    def label(
        self,
        each: str,
        states: dict[str, str] | None = None,
        edge: Listed | None = None,
    ) -> str:
        edge, count = edge or self.cutoffs.edge, self.met(each, states)
        mine = Listed(count, self.revenue[each], each)
        on_list = edge is not None and mine.place <= edge.place
        return "A" if on_list and count >= 2 else "B" if count >= 2 else "C" if count else "D"

    def best(self, each: str) -> str:
        known = {
            n: "met" if s in ("missing", "too little") else s for n, s in self.states[each].items()
        }
        return self.label(each, known)

    def redrawn(self, each: str, states: dict[str, str]) -> str:
        """The class where the shortlist is drawn anew, with all others as they are."""
        others = sorted(
            Listed(self.met(one), self.revenue[one], one).place
            for one in self.states
            if one != each
        )
        places = max(1, round(len(self.states) / 5))
        mine = Listed(self.met(each, states), self.revenue[each], each).place
        count = self.met(each, states)
        on_list = sum(other < mine for other in others) < places
        return "A" if on_list and count >= 2 else "B" if count >= 2 else "C" if count else "D"


def verdict(seen: Seen, passes: Callable[[float], bool]) -> str:
    value, count, could = seen
    if count < 3 or math.isnan(value):
        return "missing" if could >= 3 else "too little"
    return "met" if passes(value) else "not met"


def shows_credits(orders: list[Row], columns: set[str], as_of: date) -> bool:
    """Whether the export has a credit note, or money given back."""
    so_far = [each for each in orders if each["on"] <= as_of]
    refunds = "refunded" in columns and any(each["refunded"] is not None for each in so_far)
    return refunds or any(each["amount"] < 0 for each in so_far)


def best_first(states: dict[str, dict[str, str]], revenue: dict[str, float]) -> list[Listed]:
    """Everybody, by factors met, then revenue, then id."""
    met = {each: sum(s == "met" for s in own.values()) for each, own in states.items()}
    everybody = [Listed(met[each], revenue[each], each) for each in states]
    return sorted(everybody, key=lambda each: each.place)


def cutoffs_of(revenue: dict[str, float]) -> Cutoffs:
    """The fifth that buys most: the value at the rank, and whether that itself is in."""
    highest, places = sorted(revenue.values(), reverse=True), math.ceil(len(revenue) / 5)
    value = highest[places - 1] if highest else 0.0
    return Cutoffs(value, sum(each >= value for each in highest) <= 2 * places, None)


@frozen
class Books:
    """What one customer did up to a day, and the share that each factor looks at, since a start."""

    orders: list[Row]
    invoices: list[Row]
    complaints: list[Row] | None
    columns: set[str]
    shows_credits: bool
    as_of: date

    def inside(self, rows: Sequence[Row], field: str, start: date) -> list[Row]:
        return [each for each in rows if start < each[field] <= self.as_of]

    def placed(self, start: date) -> list[Row]:
        return [o for o in self.inside(self.orders, "on", start) if o["amount"] > 0]

    def refunded(self, order: Row) -> float:
        return (order["refunded"] or 0.0) if "refunded" in self.columns else 0.0

    def revenue(self, start: date) -> float:
        rows = self.inside(self.orders, "on", start)
        return sum((o["amount"] - self.refunded(o) for o in rows), 0.0)

    def clear(self, start: date) -> Seen:
        placed = self.placed(start)
        told = [o for o in placed if "clear" in self.columns and o["clear"] is not None]
        share = sum(o["clear"] for o in told) / len(told) if told else math.nan
        return (share, len(told), len(placed))

    def complained(self, start: date) -> Seen:
        count = len(self.placed(start))
        if self.complaints is None or not count:
            return (math.nan, count, count)
        return (len(self.inside(self.complaints, "on", start)) / count, count, count)

    def paid(self, start: date) -> Seen:
        due = [
            i
            for i in self.inside(self.invoices, "due", start)
            if i["amount"] > 0
            and not ((i["paid"] is None or i["paid"] > self.as_of) and i["due"] == self.as_of)
        ]
        good = sum(i["paid"] is not None and i["paid"] <= i["due"] for i in due)
        return (good / len(due) if due else math.nan, len(due), len(due))

    def kept(self, start: date) -> Seen:
        rows, count = self.inside(self.orders, "on", start), len(self.placed(start))
        money = sum(o["amount"] for o in self.placed(start))
        back = sum(-o["amount"] for o in rows if o["amount"] < 0) + sum(map(self.refunded, rows))
        share = back / money if money and self.shows_credits else math.nan
        return (share, count, count)


LOOKS: dict[str, tuple[Callable[[Books, date], Seen], Callable[[float], bool]]] = {
    "clear_orders": (Books.clear, lambda share: share >= 0.90 - 1e-9),
    "rarely_complains": (Books.complained, lambda rate: rate <= 0.05 + 1e-9),
    "pays_on_time": (Books.paid, lambda share: share >= 0.95 - 1e-9),
    "keeps_what_it_orders": (Books.kept, lambda share: share <= 0.05 + 1e-9),
}
"""The factors that rest on a share: what they look at, and what passes."""


def by_hand(
    orders: list[Row],
    invoices: list[Row] | None,
    complaints: list[Row] | None,
    columns: set[str],
    as_of: date = AS_OF,
) -> Hand:
    """For each active customer the states, the counts and the revenue, and the cut-offs."""
    period, long = STARTS[as_of]
    shown = shows_credits(orders, columns, as_of)

    def of(rows: list[Row] | None, customer: str) -> list[Row]:
        return [each for each in rows or [] if each["customer"] == customer]

    every = {
        each: Books(
            of(orders, each),
            of(invoices, each),
            None if complaints is None else of(complaints, each),
            columns,
            shown,
            as_of,
        )
        for each in sorted({each["customer"] for each in orders})
    }
    active = {each: books for each, books in every.items() if books.placed(period)}
    seen = {
        each: {
            name: near if (near := look(books, period))[1] >= 3 else look(books, long)
            for name, (look, _) in LOOKS.items()
        }
        for each, books in active.items()
    }
    measured = [n for n in LOOKS if any(not math.isnan(seen[each][n][0]) for each in active)]
    revenue = {each: books.revenue(period) for each, books in active.items()}
    cutoffs = cutoffs_of(revenue)
    states = {
        each: {
            n: verdict(seen[each][n], passes) if n in measured else "not measured"
            for n, (_, passes) in LOOKS.items()
        }
        | {
            "large_volume": "met" if cutoffs.large(revenue[each]) else "not met",
            "orders_regularly": "met"
            if len({o["on"] for o in books.placed(period)}) >= 3
            else "not met",
        }
        for each, books in active.items()
    }
    listed = best_first(states, revenue)[: max(1, round(len(active) / 5))]
    counts = {each: {n: seen[each][n][1] for n in measured} for each in active}
    last = listed[-1] if listed else None
    return Hand(states, counts, revenue, Cutoffs(cutoffs.highest, cutoffs.is_large, last))


def lifts_by_hand(hand: Hand, each: str, factors: Sequence[str]) -> list[tuple[str, str, set[str]]]:
    """Every smallest set of up to three changes that lifts: its sort, the class, the factors."""
    sorts = {"not met": "doing", "missing": "finding out", "too little": "waiting"}
    states, order = hand.states[each], list(sorts.values())
    could = [name for name in factors if states.get(name) in sorts]
    found: list[tuple[str, str, set[str]]] = []
    for size in (1, 2, 3):
        smaller = [names for _, _, names in found]
        for chosen in combinations(could, size):
            if any(names <= {*chosen} for names in smaller):
                continue
            label = hand.redrawn(each, states | dict.fromkeys(chosen, "met"))
            if label < hand.label(each):
                sort = max((sorts[states[name]] for name in chosen), key=order.index)
                found.append((sort, label, {*chosen}))
    return sorted(
        found,
        key=lambda lift: (
            order.index(lift[0]),
            len(lift[2]),
            lift[1],
            sorted(factors.index(name) for name in lift[2]),
        ),
    )


def cause_by_hand(old: Hand, new: Hand, each: str) -> Cause:
    """The first of the causes whose counterfactual holds."""
    before, now = old.states[each], new.states[each]
    found = {n: before[n] for n in now if before[n] in Hand.UNKNOWN and now[n] not in Hand.UNKNOWN}
    lost = {n: before[n] for n in now if now[n] in Hand.UNKNOWN and before[n] not in Hand.UNKNOWN}
    for cause, undone in (
        (Cause.NOW_KNOWN, found),
        (Cause.NO_LONGER_KNOWN, lost),
        (Cause.KNOWN_OTHERWISE, found | lost),
    ):
        if undone and new.label(each, now | undone) == old.label(each):
            return cause
    large = {"large_volume": "met" if old.cutoffs.large(new.revenue[each]) else "not met"}
    if new.label(each, now | large, old.cutoffs.edge) == new.label(each):
        return Cause.OWN
    large = {"large_volume": "met" if new.cutoffs.large(old.revenue[each]) else "not met"}
    if old.label(each, before | large, new.cutoffs.edge) == new.label(each):
        return Cause.CUTOFF_MOVED
    return Cause.SEVERAL


def table(rows: list[Row], fields: Sequence[str], days: Sequence[str]) -> dict[str, Any]:
    return {
        field: np.array([row[field] for row in rows], "datetime64[D]")
        if field in days
        else np.array([row[field] for row in rows], object if field == "customer" else None)
        if field != "clear"
        else [row[field] for row in rows]
        for field in fields
    }


def portfolio_of(
    orders: list[Row], invoices: list[Row] | None, complaints: list[Row] | None, columns: set[str]
) -> Portfolio:
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
    return Portfolio.from_tables(**tables)


@pytest.mark.parametrize("seed", range(RUNS))
def test_states_classes_and_ranges_are_those_of_plain_python(seed: int) -> None:
    business = drawn(random.Random(seed))
    reading = COMPASS.read(portfolio_of(*business), AS_OF)
    hand = by_hand(*business)
    assert set(reading.scorecard.ids) == set(hand.states)
    for customer, states in hand.states.items():
        found = {each.factor: each for each in reading.classes.why(customer).factors}
        assert {name: found[name].state for name in states} == states
        for name, count in hand.counts[customer].items():
            rests_on = found[name].rests_on or 0
            assert (0 if math.isnan(rests_on) else rests_on) == count, name
        label, best = hand.label(customer), hand.best(customer)
        between = reading.classes.range(customer)
        assert (reading.classes.label(customer), between.worst, between.best) == (
            label,
            label,
            best,
        )
        assert between.provisional == (label != best)


@pytest.mark.parametrize("seed", range(RUNS))
def test_what_would_lift_is_what_plain_python_finds(seed: int) -> None:
    business = drawn(random.Random(seed))
    reading = COMPASS.read(portfolio_of(*business), AS_OF)
    hand = by_hand(*business)
    for customer in hand.states:
        found = reading.classes.what_if(customer).lifts
        assert [(each.sort, each.label, {*each.factors}) for each in found] == lifts_by_hand(
            hand, customer, reading.scorecard.factors
        )


@pytest.mark.parametrize("seed", range(RUNS))
def test_what_changed_a_class_is_what_plain_python_finds(seed: int) -> None:
    business = drawn(random.Random(seed))
    portfolio = portfolio_of(*business)
    review = compare_reviews(COMPASS.read(portfolio, EARLIER), COMPASS.read(portfolio, AS_OF))
    old, new = by_hand(*business, EARLIER), by_hand(*business)
    both = [each for each in new.states if each in old.states]
    changed = {each: cause_by_hand(old, new, each) for each in both}
    assert {
        each.customer: (each.old, each.new, each.cause)
        for each in review.changes
        if each.customer in both
    } == {
        each: (old.label(each), new.label(each), cause)
        for each, cause in changed.items()
        if old.label(each) != new.label(each)
    }
