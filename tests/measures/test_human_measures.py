"""Measures of what customers remember and suffer, against the domain text read literally."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klantkompas.compass import Compass
from klantkompas.portfolio import Measures, Portfolio

AS_OF, START, START_OF_TWO = date(2026, 6, 30), date(2025, 12, 30), date(2025, 6, 30)
COMPASS = Compass(installed=False)
IDS = ["1", "2", "10"]
DAYS = [
    date(2025, 6, 30),
    date(2025, 7, 1),
    date(2025, 12, 30),
    date(2025, 12, 31),
    date(2026, 3, 30),
    date(2026, 3, 31),
    date(2026, 4, 1),
    date(2026, 6, 29),
    date(2026, 6, 30),
    date(2026, 7, 1),
]
MOMENTS = [datetime.combine(day, time(hour)) for day in DAYS for hour in (0, 9)]
Row = dict[str, Any]
Tables = dict[str, list[Row]]
NAMES = (
    *("peak", "end", "remembered", "experienced", "courtesy_contacts"),
    *("complaints_before_answer", "bad_contacts_before_answer", "unclear_orders_before_answer"),
    *("recovery_complaints", "untalked_complaints", "unoffered_complaints"),
    *("unpublished_complaints", "days_since_talk", "days_since_publication"),
    *("orders_ever", "orders_last_two_periods"),
)
REQUIRED = {"customer", "on", "amount"}


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(strategy, strategy, st.none())


def fields(moment: st.SearchStrategy[Any]) -> dict[str, dict[str, Any]]:
    customer, day, flag = st.sampled_from(IDS), st.sampled_from(DAYS), maybe(st.booleans())
    reason = maybe(st.sampled_from(["Price", "prijs", "te duur", "service", "x" * 81]))
    return {
        "orders": {
            "customer": customer,
            "on": moment,
            "amount": st.sampled_from([-5.0, 0.0, 10.0, 20.0]),
            "clear": flag,
        },
        "complaints": {
            "customer": customer,
            "on": moment,
            "justified": flag,
            "resolved": maybe(day),
            "talked": maybe(day),
            "offer": maybe(st.sampled_from(["repair", "compensation"])),
            "published": maybe(day),
        },
        "contacts": {
            "customer": customer,
            "on": moment,
            "purpose": maybe(st.sampled_from(["sales", "courtesy"])),
            "rating": maybe(st.sampled_from([0.0, 1.0, 3.0, 3.3, 3.4, 5.5, 7.6, 7.7, 8.0, 10.0])),
        },
        "responses": {
            "customer": maybe(customer),
            "on": moment,
            "score": maybe(st.integers(0, 10)),
            "reason": reason,
        },
        "departures": {
            "customer": customer,
            "on": moment,
            "stated_reason": reason,
            "believed_reason": reason,
        },
    }


@st.composite
def businesses(draw: Any) -> Tables:
    """Draw tables, of which some are absent and some lack a column; a column is in every row."""
    tables: Tables = {}
    for table in fields(st.none()):
        moment = st.sampled_from(draw(st.sampled_from([DAYS, MOMENTS])))
        kept = {
            name: each
            for name, each in fields(moment)[table].items()
            if name in REQUIRED or draw(st.integers(0, 4))
        }
        rows = draw(st.lists(st.fixed_dictionaries(kept), min_size=1, max_size=8))
        if draw(st.integers(0, 5)):
            tables[table] = rows
    return tables


def measured(tables: Tables) -> Measures:
    columns = {
        table: {name: [row[name] for row in rows] for name in rows[0]}
        for table, rows in tables.items()
    }
    return COMPASS.measure(Portfolio.from_tables(customers={"id": IDS}, **columns), AS_OF)


def day_of(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def instant(moment: date) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time(0))


def in_period(row: Row) -> bool:
    return START < day_of(row["on"]) <= AS_OF


def known(values: list[Any]) -> list[Any]:
    return [value for value in values if value is not None]


class Told:
    """What the tables tell of one customer."""

    def __init__(self, tables: Tables, customer: str) -> None:
        self.tables, self.customer = tables, customer

    def has(self, table: str, *columns: str) -> bool:
        return table in self.tables and all(name in self.tables[table][0] for name in columns)

    def rows(self, table: str) -> list[Row]:
        return [
            row
            for row in self.tables.get(table, [])
            if row["customer"] == self.customer and day_of(row["on"]) <= AS_OF
        ]

    def moments(self) -> list[float]:
        found = [
            (instant(row["on"]), kind, -row[field], row[field])
            for kind, (table, field) in enumerate((("contacts", "rating"), ("responses", "score")))
            if self.has(table, field)
            for row in self.rows(table)
            if in_period(row) and row[field] is not None
        ]
        return [rating for *_, rating in sorted(found)]

    def remembered(self) -> dict[str, float | None]:
        ratings = self.moments()
        if not ratings:
            return dict.fromkeys(("peak", "end", "remembered", "experienced"))
        peak = ratings[0]
        for rating in ratings[1:]:
            if abs(rating - 5.5) >= abs(peak - 5.5) - 1e-9:
                peak = rating
        return {
            "peak": peak,
            "end": ratings[-1],
            "remembered": (peak + ratings[-1]) / 2,
            "experienced": math.fsum(ratings) / len(ratings),
        }

    def courtesy(self) -> float | None:
        purposes = [row.get("purpose") for row in self.rows("contacts") if in_period(row)]
        if not self.has("contacts", "purpose") or (purposes and not known(purposes)):
            return None
        return purposes.count("courtesy")

    def before_answer(self, table: str, wrong: Callable[[Row], bool | None]) -> float | None:
        answers = [
            day_of(row["on"])
            for row in self.rows("responses")
            if in_period(row) and row.get("score") is not None
        ]
        if table not in self.tables or not answers:
            return None
        found = [
            wrong(row)
            for row in self.rows(table)
            if timedelta(0) <= max(answers) - day_of(row["on"]) <= timedelta(90)
        ]
        return None if found and not known(found) else found.count(True)

    def went_wrong(self) -> dict[str, float | None]:
        def bad(row: Row) -> bool | None:
            return None if row["rating"] is None else row["rating"] <= 3

        def unclear(row: Row) -> bool | None:
            if row["amount"] <= 0:
                return False
            return None if row["clear"] is None else not row["clear"]

        def complained(row: Row) -> bool:
            return row.get("justified") is not False

        contacts = self.before_answer("contacts", bad) if self.has("contacts", "rating") else None
        return {
            "complaints_before_answer": self.before_answer("complaints", complained),
            "bad_contacts_before_answer": contacts,
            "unclear_orders_before_answer": self._unclear_orders(unclear),
        }

    def _unclear_orders(self, unclear: Callable[[Row], bool | None]) -> float | None:
        if not self.has("orders", "clear"):
            return None
        orders = [row for row in self.tables["orders"] if row["amount"] > 0]
        return Told(self.tables | {"orders": orders}, self.customer).before_answer(
            "orders", unclear
        )

    def recovery(self) -> dict[str, float | None]:
        def taken(row: Row, step: str) -> bool:
            moment = row[step]
            return moment is not None and (step == "offer" or moment <= AS_OF)

        counted = [
            row
            for row in self.rows("complaints")
            if in_period(row) or (self.has("complaints", "resolved") and not taken(row, "resolved"))
        ]
        found: dict[str, float | None] = {
            "recovery_complaints": len(counted) if "complaints" in self.tables else None
        }
        for name, step in (
            ("untalked_complaints", "talked"),
            ("unoffered_complaints", "offer"),
            ("unpublished_complaints", "published"),
        ):
            here = self.has("complaints", step)
            found[name] = sum(not taken(row, step) for row in counted) if here else None
            if since := {"talked": "talk", "published": "publication"}.get(step):
                days = [row[step] for row in counted if taken(row, step)] if here else []
                found[f"days_since_{since}"] = (AS_OF - max(days)).days if days else None
        return found

    def orders(self) -> dict[str, float | None]:
        if "orders" not in self.tables:
            return {"orders_ever": None, "orders_last_two_periods": None}
        days = [day_of(row["on"]) for row in self.rows("orders") if row["amount"] > 0]
        return {
            "orders_ever": len(days),
            "orders_last_two_periods": sum(day > START_OF_TWO for day in days),
        }

    def everything(self) -> dict[str, float | None]:
        courtesy = {"courtesy_contacts": self.courtesy()}
        return {
            **self.remembered(),
            **courtesy,
            **self.went_wrong(),
            **self.recovery(),
            **self.orders(),
        }


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(businesses())
def test_every_measure_is_what_the_domain_says(tables: Tables) -> None:
    measures = measured(tables)
    for place, customer in enumerate(IDS):
        expected = Told(tables, customer).everything()
        assert set(expected) == set(NAMES)
        for name, wanted in expected.items():
            found = measures[name][place]
            if wanted is None:
                assert math.isnan(found), (customer, name)
            else:
                assert found == pytest.approx(wanted, rel=1e-12), (customer, name)
        moments = len(Told(tables, customer).moments())
        assert measures.basis("remembered")[place] == moments or not moments


@settings(max_examples=50, suppress_health_check=list(HealthCheck))
@given(businesses())
def test_reasons_are_counted_as_they_are_written(tables: Tables) -> None:
    def category(text: str | None) -> str:
        return "" if text is None else text.lower() if len(text) <= 80 else "..."

    departures = Counter(
        (category(row.get("believed_reason")), category(row.get("stated_reason")))
        for row in tables.get("departures", [])
        if in_period(row)
    )
    reasons: Counter[tuple[str, str]] = Counter()
    if Told(tables, "").has("responses", "score", "reason"):
        for row in tables["responses"]:
            if in_period(row) and row["reason"] is not None:
                score = row["score"]
                kind = "unanswered" if score is None else "detractor" if score < 7 else "passive"
                kind = "promoter" if score is not None and score >= 9 else kind
                reasons[category(row["reason"]), kind] += 1
    tallies = measured(tables).tallies
    assert tallies["departure_reasons"] == departures
    assert tallies["answer_reasons"] == reasons


def same(one: Measures, other: Measures, places: list[int]) -> None:
    for name in NAMES:
        assert one[name][places].tobytes() == other[name][places].tobytes(), name


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(businesses(), st.data())
def test_the_order_of_the_rows_changes_nothing(tables: Tables, data: st.DataObject) -> None:
    one = measured(tables)
    shuffled = {table: data.draw(st.permutations(rows)) for table, rows in tables.items()}
    for changed in ({table: rows[::-1] for table, rows in tables.items()}, shuffled):
        other = measured(changed)
        same(one, other, [0, 1, 2])
        assert one.tallies == other.tallies


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(businesses(), st.data())
def test_an_interaction_of_one_customer_changes_no_other(
    tables: Tables, data: st.DataObject
) -> None:
    if not tables:
        return
    table = data.draw(st.sampled_from(sorted(tables)))
    row = data.draw(st.sampled_from(tables[table]))
    added = {**row, "customer": data.draw(st.sampled_from(IDS))}
    others = [place for place, each in enumerate(IDS) if each != added["customer"]]
    same(measured(tables), measured(tables | {table: [*tables[table], added]}), others)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(businesses(), st.sets(st.sampled_from(IDS)))
def test_cut_into_parts_and_joined_is_the_whole(tables: Tables, chosen: set[str]) -> None:
    columns = {
        table: {name: [row[name] for row in rows] for name in rows[0]}
        for table, rows in tables.items()
    }
    portfolio = Portfolio.from_tables(customers={"id": IDS}, **columns)
    parts = [portfolio.only(chosen), portfolio.without(chosen)]
    joined = Measures.join([COMPASS.measure(part, AS_OF) for part in parts])
    whole = COMPASS.measure(portfolio, AS_OF)
    same(joined, whole, [0, 1, 2])
    assert joined.tallies == whole.tallies
