"""Every measure against the domain text read literally: dictionaries, loops and exact fractions."""

from __future__ import annotations

import calendar
import math
from collections import Counter
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from klantkompas.compass import Compass
from klantkompas.portfolio import Portfolio

STEPS = ["paid", "resolved"]
COMPASS = Compass(installed=False)


def instant(moment: date) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time(0))


def day_of(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def six_months_before(day: date) -> date:
    month = day.month - 6
    year = day.year if month > 0 else day.year - 1
    month = month if month > 0 else month + 12
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def total(values: list[float]) -> float:
    """Sum decimal money as whole numbers, and other money in the order in which it is given."""
    exact = [Fraction(repr(value)) for value in values]
    if all((10_000 * each).denominator == 1 for each in exact):
        return float(sum(exact))
    added = 0.0
    for value in values:
        added += value
    return added


def known(values: list[Any]) -> list[Any]:
    return [value for value in values if value is not None]


def sum_or_unknown(values: list[float | None]) -> float | None:
    """0 without rows, unknown when all rows are."""
    return None if values and not known(values) else total(known(values))


class Ledger:
    """The tables of a business as they stood at the end of a day."""

    def __init__(self, business: Any, as_of: date | None) -> None:
        self.business = business
        self.as_of = as_of or self.last_day()
        self.start = six_months_before(self.as_of)
        owners = [row["customer"] for rows in business.tables.values() for row in rows]
        owners += [row["id"] for row in business.customers or []]
        self.ids = sorted(set(known(owners)), key=lambda each: (len(each), each))

    def has(self, table: str, *columns: str) -> bool:
        present = self.business.columns.get(table, [])
        return table in self.business.tables and all(column in present for column in columns)

    def raw(self, table: str) -> list[dict[str, Any]]:
        present = self.business.columns.get(table, [])
        return [
            {name: (value if name in present else None) for name, value in row.items()}
            for row in self.business.tables.get(table, [])
        ]

    def happened(self, table: str, row: dict[str, Any]) -> date:
        if table == "invoices":
            return row["issued"] or row["due"]
        moment: date = row["on"]
        return moment

    def last_day(self) -> date:
        days = []
        for table in self.business.tables:
            for row in self.raw(table):
                moments = [row.get(name) for name in ("on", "issued", *STEPS)]
                days += [day_of(each) for each in known(moments)]
        return max(days)

    def rows(self, table: str, customer: str) -> list[dict[str, Any]]:
        """One customer's rows that had happened, in time, then by value, the lowest last."""
        found = []
        for row in self.raw(table):
            if row["customer"] != customer or day_of(self.happened(table, row)) > self.as_of:
                continue
            late = [name for name in STEPS if row.get(name) and row[name] > self.as_of]
            found.append({**row, **dict.fromkeys(late)})
        value = {"responses": "score", "contacts": "rating"}.get(table, "amount")
        return sorted(
            found,
            key=lambda row: (
                instant(self.happened(table, row)),
                math.inf if row.get(value) is None else -row[value],
            ),
        )

    def in_period(self, moment: date) -> bool:
        return self.start < day_of(moment) <= self.as_of

    def entries(self, customer: str) -> list[dict[str, Any]]:
        """One customer's orders and credit notes: the rows of one reference are one."""
        groups: dict[Any, list[dict[str, Any]]] = {}
        for number, row in enumerate(self.rows("orders", customer)):
            groups.setdefault(row["reference"] or number, []).append(row)
        made = []
        for rows in groups.values():
            clear = known([row["clear"] for row in rows])
            made.append(
                {
                    "on": min((row["on"] for row in rows), key=instant),
                    "amount": total([row["amount"] for row in rows]),
                    "margin": total(known([row["margin"] for row in rows]))
                    if known([row["margin"] for row in rows])
                    else None,
                    "quantity": total(known([row["quantity"] for row in rows]))
                    if known([row["quantity"] for row in rows])
                    else None,
                    "clear": all(clear) if clear else None,
                    "lines": rows,
                }
            )
        return sorted(made, key=lambda entry: (instant(entry["on"]), -entry["amount"]))


def order_measures(ledger: Ledger, customer: str) -> dict[str, Any]:
    names = ["order_count", "revenue", "quantity", "margin", "margin_share", "credited_share"]
    names += ["order_days", "recency_days", "clear_share", "active"]
    if not ledger.has("orders"):
        return dict.fromkeys(names)
    ever = ledger.entries(customer)
    entries = [entry for entry in ever if ledger.in_period(entry["on"])]
    ordered = [entry for entry in entries if entry["amount"] > 0]
    orders_ever = [entry for entry in ever if entry["amount"] > 0]
    found: dict[str, Any] = {
        "order_count": float(len(ordered)),
        "revenue": total([entry["amount"] for entry in entries]),
        "order_days": float(len({day_of(entry["on"]) for entry in ordered})),
        "quantity": None,
        "margin": None,
        "margin_share": None,
        "credited_share": None,
        "recency_days": None,
        "clear_share": None,
    }
    for name in ("quantity", "margin"):
        if ledger.has("orders", name):
            found[name] = sum_or_unknown([entry[name] for entry in entries])
    lines = [line for entry in entries for line in entry["lines"] if line["margin"] is not None]
    amount = total([line["amount"] for line in lines])
    if amount > 0:
        found["margin_share"] = (total([line["margin"] for line in lines]) / amount, amount)
    if ordered:
        money, credited = [], []
        for entry in entries:
            first = day_of(entry["on"])
            later = [
                -line["amount"]
                for line in entry["lines"]
                if line["amount"] < 0 and day_of(line["on"]) > first
            ]
            gross = total([entry["amount"], *later])
            money += [gross] if gross > 0 else []
            credited += later if gross > 0 else [*later, -gross]
        found["credited_share"] = (total(credited) / total(money), total(money))
    if orders_ever:
        last = max(day_of(entry["on"]) for entry in orders_ever)
        found["recency_days"] = float((ledger.as_of - last).days)
    clear = known([entry["clear"] for entry in ordered])
    if clear:
        found["clear_share"] = (sum(clear) / len(clear), len(clear))
    left = [instant(row["on"]) for row in ledger.rows("departures", customer)]
    last_order = max((instant(entry["on"]) for entry in orders_ever), default=None)
    departed = last_order is not None and any(moment >= last_order for moment in left)
    found["active"] = float(bool(ordered) and not departed)
    return found


def settled_at_once(ledger: Ledger, customer: str) -> tuple[float, int] | None:
    if not ledger.has("contacts", "purpose", "by_customer"):
        return None
    orders = [entry for entry in ledger.entries(customer) if entry["amount"] > 0]
    contacts = ledger.rows("contacts", customer)
    settled, counted = 0, 0
    for at, order in enumerate(orders):
        if not ledger.in_period(order["on"]):
            continue
        until = instant(orders[at + 1]["on"]) if at + 1 < len(orders) else datetime.max
        asked, unclear = False, False
        for contact in contacts:
            if instant(order["on"]) <= instant(contact["on"]) < until:
                may_be_service = contact["purpose"] in ("service", None)
                may_be_own = contact["by_customer"] in (True, None)
                sure = contact["purpose"] == "service" and contact["by_customer"] is True
                asked = asked or sure
                unclear = unclear or (may_be_service and may_be_own and not sure)
        if asked or not unclear:
            counted += 1
            settled += not asked
    return (settled / counted, counted) if counted else None


def paid_on_time(ledger: Ledger, customer: str) -> tuple[float, int] | None:
    on_time = []
    for row in ledger.rows("invoices", customer):
        undecided = row["paid"] is None and row["due"] == ledger.as_of
        if row["amount"] > 0 and ledger.in_period(row["due"]) and not undecided:
            on_time.append(row["paid"] is not None and row["paid"] <= row["due"])
    return (sum(on_time) / len(on_time), len(on_time)) if on_time else None


def other_measures(ledger: Ledger, customer: str, orders: float | None) -> dict[str, Any]:
    names = ["complaint_rate", "open_complaints", "on_time_share", "settled_at_once_share"]
    names += ["attention_minutes", "attention_per_order", "last_score"]
    found: dict[str, Any] = dict.fromkeys(names)
    complaints = ledger.rows("complaints", customer)
    if ledger.has("complaints") and orders:
        recent = [row for row in complaints if ledger.in_period(row["on"])]
        found["complaint_rate"] = (len(recent) / orders, orders)
    if ledger.has("complaints", "resolved"):
        found["open_complaints"] = float(sum(row["resolved"] is None for row in complaints))
    if ledger.has("invoices", "paid"):
        found["on_time_share"] = paid_on_time(ledger, customer)
    if ledger.has("orders"):
        found["settled_at_once_share"] = settled_at_once(ledger, customer)
    if ledger.has("contacts", "minutes", "by_customer"):
        minutes = [
            row["minutes"] if row["by_customer"] else None
            for row in ledger.rows("contacts", customer)
            if ledger.in_period(row["on"]) and row["by_customer"] is not False
        ]
        attention = sum_or_unknown(minutes)
        found["attention_minutes"] = attention
        if attention is not None:
            found["attention_per_order"] = attention / (orders or 1)
    if ledger.has("responses", "score"):
        scores = [
            row["score"]
            for row in ledger.rows("responses", customer)
            if ledger.in_period(row["on"]) and row["score"] is not None
        ]
        found["last_score"] = float(scores[-1]) if scores else None
    return found


def measured(ledger: Ledger, customer: str) -> dict[str, Any]:
    orders = order_measures(ledger, customer)
    return {**orders, **other_measures(ledger, customer, orders["order_count"])}


def same(found: float, expected: float | None, exact: bool) -> bool:
    if expected is None:
        return math.isnan(found)
    return found == (expected if exact else pytest.approx(expected, rel=1e-9, abs=1e-6))


@settings(max_examples=120, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_measure_is_what_the_domain_says(
    businesses: SearchStrategy[Any], data: st.DataObject
) -> None:
    business = data.draw(businesses)
    ledger = Ledger(business, business.as_of)
    measures = COMPASS.measure(Portfolio.from_tables(**business.mappings()), business.as_of)
    assert measures.as_of == ledger.as_of
    assert measures.ids.tolist() == ledger.ids
    for place, customer in enumerate(ledger.ids):
        expected = measured(ledger, customer)
        assert expected.keys() <= measures.columns.keys()
        for name, value in expected.items():
            wanted, basis = value if isinstance(value, tuple) else (value, None)
            assert same(measures[name][place], wanted, business.decimal), (customer, name)
            if basis is not None:
                assert same(measures.basis(name)[place], basis, business.decimal), (customer, name)


def kind_of_answer(score: int | None) -> str:
    if score is None:
        return "unanswered"
    return "promoter" if score >= 9 else "passive" if score >= 7 else "detractor"


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_answers_are_counted_as_the_domain_says(
    businesses: SearchStrategy[Any], data: st.DataObject
) -> None:
    business = data.draw(businesses)
    ledger = Ledger(business, business.as_of)
    measures = COMPASS.measure(Portfolio.from_tables(**business.mappings()), business.as_of)
    groups = {row["id"]: row["group"] for row in business.customers or []}
    answers: Counter[tuple[str, ...]] = Counter()
    by_month: Counter[tuple[str, ...]] = Counter()
    if ledger.has("responses", "score"):
        for customer in [None, *ledger.ids]:
            group = groups.get(customer) or ""
            latest: dict[str, tuple[str, ...]] = {}
            for number, row in enumerate(ledger.rows("responses", customer)):
                key = (group, kind_of_answer(row["score"]))
                month = f"{day_of(row['on']):%Y-%m}"
                if ledger.in_period(row["on"]):
                    answers[key] += 1
                if row["score"] is not None:
                    latest[month if customer else f"{month} {number}"] = (month, *key)
            by_month.update(latest.values())
    assert measures.tallies["answers"] == dict(answers)
    assert measures.tallies["answers_by_month"] == dict(by_month)


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_record_is_the_customers_own(
    businesses: SearchStrategy[Any], data: st.DataObject
) -> None:
    business = data.draw(businesses)
    ledger = Ledger(business, business.as_of)
    measures = COMPASS.measure(Portfolio.from_tables(**business.mappings()), business.as_of)
    listed = {row["id"]: row for row in business.customers or []}
    for place, customer in enumerate(ledger.ids):
        own = listed.get(customer, {})
        record = {name: measures.record[name][place] for name in measures.record}
        assert record["kind"] == (own.get("kind") if own else "consumer")
        assert record["group"] == own.get("group")
        assert bool(record["opted_out"]) == bool(own.get("opted_out"))
        has_ordered = any(entry["amount"] > 0 for entry in ledger.entries(customer))
        if has_ordered or (not own and not ledger.has("orders")):
            assert record["stage"] == "customer"
        elif not own:
            assert record["stage"] == "prospect"
        elif own["stage"] is not None:
            assert record["stage"] == own["stage"]
