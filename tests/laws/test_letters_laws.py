"""What must be true of the letters whatever the data: of unknown, of empty columns, of what-if."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from klantkompas import Compass, Complaint, Invoice, Order, Portfolio, Reading
from klantkompas.classification.change import Change
from klantkompas.classification.what_if import Lift

AS_OF = date(2026, 6, 30)
COMPASS = Compass(installed=False)
KNOWN = ("met", "not met")

days = st.integers(0, 800).map(lambda ago: AS_OF - timedelta(days=ago))
orders = st.builds(
    Order,
    customer=st.sampled_from("abcdef"),
    on=days,
    amount=st.sampled_from([10.0, 20.0, 55.0, -5.0]),
    clear=st.sampled_from([True, True, False, None]),
)
invoices = st.builds(
    lambda customer, due, late: Invoice(
        customer=customer, due=due, amount=9.0, paid=min(due + timedelta(days=late), AS_OF)
    ),
    st.sampled_from("abcdef"),
    days,
    st.sampled_from([0, 0, 0, 3]),
)
complaints = st.builds(Complaint, customer=st.sampled_from("abcdef"), on=days)
businesses = st.tuples(
    st.lists(orders, min_size=1, max_size=30),
    st.lists(invoices, min_size=1, max_size=15),
    st.lists(complaints, min_size=1, max_size=5),
).map(lambda tables: [row for table in tables for row in table])


def read(rows: list[Any]) -> Reading:
    return COMPASS.read(Portfolio.from_records(rows), AS_OF)


def states(reading: Reading, customer: str) -> dict[str, str]:
    return {each.factor: each.state for each in reading.classes.why(customer).factors}


@settings(max_examples=60)
@given(businesses, st.one_of(orders, invoices, complaints))
def test_what_another_customer_does_never_makes_too_little_of_what_was_known(
    rows: list[Any], one_more: Any
) -> None:
    before, after = read(rows), read([*rows, one_more])
    for customer in before.scorecard.ids:
        if customer != one_more.customer:
            now = states(after, customer)
            lost = [
                name
                for name, state in states(before, customer).items()
                if state in KNOWN and now[name] == "too little"
            ]
            assert lost == []


@settings(max_examples=60)
@given(businesses, st.sampled_from(["clear", "margin", "quantity", "refunded"]))
def test_a_column_that_is_empty_throughout_changes_nothing_but_notes(
    rows: list[Any], column: str
) -> None:
    placed = [row for row in rows if isinstance(row, Order)]
    table = {
        "customer": [each.customer for each in placed],
        "on": [each.on for each in placed],
        "amount": [each.amount for each in placed],
    }
    absent = COMPASS.read(Portfolio.from_tables(orders=table), AS_OF)
    empty = {column: [None if column == "clear" else math.nan for _ in placed]}
    present = COMPASS.read(Portfolio.from_tables(orders=table | empty), AS_OF)
    assert present.classes.labels.tolist() == absent.classes.labels.tolist()
    assert present.classes.provisional.tolist() == absent.classes.provisional.tolist()
    for customer in absent.scorecard.ids:
        assert states(present, customer) == states(absent, customer)
        assert str(present.classes.what_if(customer)) == str(absent.classes.what_if(customer))


def drawn(seed: int) -> list[Any]:
    """A few customers who hardly order, so that there is much to do."""
    chance = random.Random(seed)
    rows: list[Any] = []
    for customer in "abcdef":
        for _ in range(chance.randrange(1, 5)):
            on = AS_OF - timedelta(days=chance.randrange(300))
            clear = chance.choice([True, False, None])
            rows.append(Order(customer=customer, on=on, amount=10.0, clear=clear))
        for _ in range(chance.randrange(5)):
            due = AS_OF - timedelta(days=chance.randrange(1, 300))
            paid = min(due + timedelta(days=chance.choice([0, 0, 9])), AS_OF)
            rows.append(Invoice(customer=customer, due=due, amount=9.0, paid=paid))
    return rows


def doing(reading: Reading, factor: str) -> Iterator[tuple[str, Lift, Change]]:
    """The smallest sets of things to do that name a factor, with how many more would do."""
    for customer in reading.scorecard.ids:
        for lift in reading.classes.what_if(customer).lifts:
            for change in lift.changes:
                if lift.sort == "doing" and change.factor == factor and 0 < change.more < 50:
                    yield customer, lift, change


def test_ordering_as_often_as_what_if_says_gives_the_class_that_it_says() -> None:
    tried = 0
    for seed in range(40):
        rows = drawn(seed)
        reading = read(rows)
        ordered = {each.on for each in rows if isinstance(each, Order)}
        free = [AS_OF - timedelta(days=ago) for ago in range(180)]
        for customer, lift, change in doing(reading, "orders_regularly"):
            if len(lift.changes) > 1:
                continue
            tried += 1
            on = [day for day in free if day not in ordered][: int(change.more)]
            added = [Order(customer=customer, on=day, amount=0.01, clear=True) for day in on]
            label = read([*rows, *added]).classes.label(customer)
            assert label is not None
            assert label <= lift.label
    assert tried > 40


def test_so_many_invoices_paid_on_time_as_what_if_says_meet_the_factor_and_no_fewer() -> None:
    tried = 0
    due = AS_OF - timedelta(days=1)
    for seed in range(40):
        rows = drawn(seed)
        for customer, _, change in doing(read(rows), "pays_on_time"):
            tried += 1
            paid = Invoice(customer=customer, due=due, amount=9.0, paid=due)
            enough, fewer = (
                states(read([*rows, *[paid] * int(count)]), customer)["pays_on_time"]
                for count in (change.more, change.more - 1)
            )
            assert enough == "met"
            assert fewer != "met"
    assert tried > 20
