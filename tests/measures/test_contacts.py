"""What contacts say, at both sides of every edge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

Value = Callable[..., float | None]
BEFORE, FIRST, LAST, AFTER = (
    date(2025, 12, 30),
    date(2025, 12, 31),
    date(2026, 6, 30),
    date(2026, 7, 1),
)
MINUTES = "on minutes by_customer"
PURPOSES = "on purpose by_customer"
JUNE = [date(2026, 6, day) for day in range(1, 11)]


def orders(*moments: date, amount: float = 1.0) -> Any:
    return ("on amount", [(moment, amount) for moment in moments])


@pytest.mark.parametrize(("on", "minutes"), [(BEFORE, 0), (FIRST, 5), (LAST, 5), (AFTER, 0)])
def test_minutes_of_the_period(on: date, minutes: float, value: Value) -> None:
    assert value("attention_minutes", contacts=(MINUTES, [(on, 5.0, True)])) == minutes


@pytest.mark.parametrize(
    ("rows", "minutes"),
    [
        ([], 0),
        ([(5.0, False)], 0),
        ([(5.0, True), (7.5, True), (9.0, False)], 12.5),
        ([(None, True)], None),
        ([(None, True), (5.0, True)], 5),
        ([(None, False)], 0),
        ([(5.0, None)], None),
        ([(5.0, None), (2.0, True)], 2),
    ],
)
def test_attention_that_the_customer_asks(
    rows: list[Any], minutes: float | None, value: Value
) -> None:
    assert value("attention_minutes", contacts=(MINUTES, [(LAST, *row) for row in rows])) == minutes


def test_attention_is_unknown_without_minutes_or_initiative(value: Value) -> None:
    assert value("attention_minutes") is None
    assert value("attention_minutes", contacts=("on minutes", [(LAST, 5.0)])) is None
    assert value("attention_minutes", contacts=("on by_customer", [(LAST, True)])) is None


def test_attention_per_order(value: Value) -> None:
    contacts = (MINUTES, [(LAST, 9.0, True)])
    assert value("attention_per_order", contacts=contacts, orders=orders(LAST, LAST)) == 4.5
    assert value("attention_per_order", contacts=contacts, orders=orders(LAST)) == 9
    assert value("attention_per_order", contacts=contacts, orders=orders()) == 9
    assert value("attention_per_order", contacts=contacts, orders=orders(LAST, amount=-1.0)) == 9
    assert value("attention_per_order", orders=orders(LAST)) is None
    unknown = (MINUTES, [(LAST, None, True)])
    assert value("attention_per_order", contacts=unknown, orders=orders(LAST)) is None


@pytest.mark.parametrize(
    ("contact", "settled"),
    [
        ((JUNE[1], "service", True), 0.5),
        ((JUNE[0], "service", True), 0.5),
        ((date(2026, 5, 31), "service", True), 1),
        ((JUNE[5], "service", True), 0.5),
        ((JUNE[9], "service", True), 0.5),
        ((AFTER, "service", True), 1),
        ((JUNE[1], "service", False), 1),
        ((JUNE[1], "sales", True), 1),
        ((JUNE[1], "courtesy", True), 1),
    ],
)
def test_orders_settled_at_once(contact: Any, settled: float, value: Value) -> None:
    given = {"orders": orders(JUNE[0], JUNE[5]), "contacts": (PURPOSES, [contact])}
    assert value("settled_at_once_share", **given) == settled


def test_a_contact_belongs_to_the_order_just_before_it(value: Value) -> None:
    moments = [datetime(2026, 6, 1, 9), datetime(2026, 6, 1, 12)]

    def settled(*contacts: datetime) -> float | None:
        rows = [(moment, "service", True) for moment in contacts]
        return value("settled_at_once_share", orders=orders(*moments), contacts=(PURPOSES, rows))

    assert settled() == 1
    assert settled(datetime(2026, 6, 1, 8, 59)) == 1
    assert settled(datetime(2026, 6, 1, 9)) == 0.5
    assert settled(datetime(2026, 6, 1, 10), datetime(2026, 6, 1, 11)) == 0.5
    assert settled(datetime(2026, 6, 1, 11), datetime(2026, 6, 1, 12)) == 0


def test_orders_before_the_period_take_their_own_contacts(value: Value) -> None:
    contacts = (PURPOSES, [(LAST, "service", True)])
    assert value("settled_at_once_share", orders=orders(BEFORE), contacts=contacts) is None
    given = {"orders": orders(BEFORE, LAST), "contacts": (PURPOSES, [(FIRST, "service", True)])}
    assert value("settled_at_once_share", **given) == 1


def test_a_credit_note_is_not_the_next_order(value: Value) -> None:
    rows = [(JUNE[0], 5.0), (JUNE[1], -1.0)]
    contacts = (PURPOSES, [(JUNE[2], "service", True)])
    assert value("settled_at_once_share", orders=("on amount", rows), contacts=contacts) == 0


@pytest.mark.parametrize(
    ("contact", "settled", "behind"),
    [
        ((JUNE[1], None, True), 1, 1),
        ((JUNE[1], "service", None), 1, 1),
        ((JUNE[1], None, False), 1, 2),
        ((JUNE[1], "sales", None), 1, 2),
        ((JUNE[1], "service", True), 0.5, 2),
    ],
)
def test_a_contact_of_which_too_little_is_known(
    contact: Any, settled: float, behind: int, value: Value, basis: Callable[..., float]
) -> None:
    given = {"orders": orders(JUNE[0], JUNE[5]), "contacts": (PURPOSES, [contact])}
    assert value("settled_at_once_share", **given) == settled
    assert basis("settled_at_once_share", **given) == behind


def test_settled_is_unknown_without_orders_purpose_or_initiative(value: Value) -> None:
    name = "settled_at_once_share"
    contacts = (PURPOSES, [(LAST, "service", True)])
    assert value(name, contacts=contacts) is None
    assert value(name, contacts=contacts, orders=orders()) is None
    assert value(name, contacts=contacts, orders=orders(LAST, amount=-1.0)) is None
    assert value(name, orders=orders(LAST)) is None
    assert value(name, orders=orders(LAST), contacts=(PURPOSES, [])) == 1
    one_missing = ("on purpose", [(LAST, "service")])
    assert value(name, orders=orders(LAST), contacts=one_missing) is None
    one_missing = ("on by_customer", [(LAST, True)])
    assert value(name, orders=orders(LAST), contacts=one_missing) is None
