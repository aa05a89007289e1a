"""Rows: masks that cannot lie, filters that share columns, and what is left when a period goes."""

from __future__ import annotations

import gc
import pickle
import weakref
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantkompas.compass import Compass
from klantkompas.domain.interactions import Purpose
from klantkompas.errors import ArgumentError
from klantkompas.portfolio import Period, Portfolio, Rows, cached

AS_OF = np.datetime64("2026-06-30")
DAY = date(2026, 6, 1)


def period(**tables: Any) -> Period:
    return Period(Portfolio.from_tables(**tables), AS_OF)


@pytest.fixture
def orders() -> Rows:
    return period(
        orders={
            "customer": ["a", "a", "a", "b"],
            "on": [DAY] * 4,
            "amount": [1.0, 2.0, 4.0, 8.0],
            "clear": [True, False, None, None],
        }
    ).during("orders")


def test_yes_and_no_are_what_is_known(orders: Rows) -> None:
    assert orders.yes("clear").tolist() == [True, False, False, False]
    assert orders.no("clear").tolist() == [False, True, False, False]
    np.testing.assert_array_equal(orders["clear"], [1, 0, np.nan, np.nan])


def test_a_column_of_yes_or_no_is_not_a_mask(orders: Rows) -> None:
    with pytest.raises(TypeError):
        ~orders["clear"]
    with pytest.raises(IndexError):
        orders["amount"][orders["clear"]]


@pytest.mark.parametrize(
    "ask",
    [
        lambda rows, mask: rows.where(mask),
        lambda rows, mask: rows.count(where=mask),
        lambda rows, mask: rows.sum("amount", where=mask),
        lambda rows, mask: rows.max("amount", where=mask),
        lambda rows, mask: rows.min(rows.days, where=mask),
        lambda rows, mask: rows.share(mask),
        lambda rows, mask: rows.share(rows["amount"] > 0, where=mask),
        lambda rows, mask: rows.share("clear", where=mask),
    ],
)
@pytest.mark.parametrize(
    "mask",
    [
        lambda rows: rows["clear"],
        lambda rows: rows["amount"],
        lambda rows: np.array([1, 0, 1, 1], dtype=np.int8),
        lambda rows: np.array([True, False]),
        lambda rows: np.array([True, False, None, None]),
    ],
)
def test_only_masks_are_taken(
    ask: Callable[[Rows, Any], object], mask: Callable[[Rows], Any], orders: Rows
) -> None:
    with pytest.raises(ArgumentError) as refused:
        ask(orders, mask(orders))
    assert 'rows.yes("clear") or rows.no("clear")' in str(refused.value)
    assert "each of the 4 rows" in str(refused.value)


def test_a_fields_name_is_not_a_mask(orders: Rows) -> None:
    with pytest.raises(ArgumentError, match="takes a mask"):
        orders.where("clear")  # type: ignore[arg-type]
    assert repr(orders) == "Rows of orders: 4"
    assert repr(orders.require("reference")) == "Rows of orders: absent"


def test_a_share_of_yes_rests_on_what_is_known(orders: Rows) -> None:
    share, basis = orders.share("clear")
    np.testing.assert_array_equal(share, [0.5, np.nan])
    np.testing.assert_array_equal(basis, [2, np.nan])
    share, basis = orders.share("clear", where=orders["amount"] > 1)
    np.testing.assert_array_equal(share, [0, np.nan])
    np.testing.assert_array_equal(basis, [1, np.nan])
    np.testing.assert_array_equal(orders.sum("clear"), [1, np.nan])


def test_the_choice_of_a_column(orders: Rows) -> None:
    contacts = period(
        contacts={
            "customer": ["a"] * 3,
            "on": [DAY] * 3,
            "purpose": ["service", "sales", None],
        }
    ).during("contacts")
    assert contacts["purpose"].tolist() == ["service", "sales", None]
    assert contacts.yes("purpose", Purpose.SERVICE).tolist() == [True, False, False]
    assert contacts.no("purpose", Purpose.SERVICE).tolist() == [False, True, False]
    with pytest.raises(ArgumentError, match="not a column of yes or no"):
        contacts.yes("purpose")
    with pytest.raises(ArgumentError, match="sales, service, courtesy"):
        contacts.no("purpose", "serve")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="no choices"):
        orders.yes("amount", Purpose.SERVICE)
    with pytest.raises(ArgumentError, match="Did you mean 'clear'"):
        orders.yes("claer")


def test_nothing_is_known_of_an_absent_column() -> None:
    plain = period(orders={"customer": ["a"], "on": [DAY], "amount": [1.0]}).during("orders")
    assert not plain.yes("clear").any()
    assert not plain.no("clear").any()
    assert np.isnan(plain["clear"]).all()
    assert np.isnan(plain.share("clear")[0]).all()
    assert "amount" in plain
    assert "clear" not in plain
    for rows in (plain.require("clear"), plain.known("clear"), plain.known("amount", "clear")):
        assert "customer" not in rows
        assert np.isnan(rows.count(where=rows.yes("clear"))).all()


def test_whose_a_row_is() -> None:
    answers = period(
        customers={"id": ["b"]},
        responses={"customer": ["c", None, "a"], "on": [DAY] * 3, "score": [7, 8, None]},
    ).during("responses")
    assert answers["customer"].tolist() == [2, 3, 0]
    assert answers.known("customer")["score"].tolist()[0] == 7
    assert len(answers.known("customer")) == 2
    assert answers.known("score", "customer")["customer"].tolist() == [2]
    assert answers.require("customer") is answers


def test_which_columns_there_are(orders: Rows) -> None:
    assert "clear" in orders
    assert "margin" not in orders
    assert "clear" not in orders.require("margin")
    with pytest.raises(ArgumentError, match="Did you mean 'clear'"):
        "claer" in orders  # noqa: B015


FILTERS = st.lists(st.sampled_from(["few", "known", "order", "clear", "yes"]), max_size=4)


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from("abc"),
            st.integers(1, 28),
            st.sampled_from([-1.0, 1 / 3, 2.5, 10.0]),
            st.sampled_from([None, 1.0, 0.1]),
            st.sampled_from([True, False, None]),
        ),
        max_size=12,
    ),
    filters=FILTERS,
    remembered=st.booleans(),
)
def test_filters_upon_filters_are_plain_indexing(
    rows: list[tuple[Any, ...]], filters: list[str], remembered: bool
) -> None:
    names = ("customer", "day", "amount", "margin", "clear")
    plain = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    table = plain | {"on": [datetime(2026, 6, day, 9) for day in plain.pop("day")]}
    asked = period(customers={"id": [*"abc"]}, orders=table)
    found, kept = asked.during("orders"), np.arange(len(rows))
    amount = np.array(table["amount"], dtype=float)
    margin = np.array(table["margin"], dtype=float)
    clear = np.array([np.nan if each is None else each for each in table["clear"]], dtype=float)
    code = np.array([["abc".index(each) for each in table["customer"]]], dtype=int)[0]
    for each in filters:
        if each == "few":
            found, kept = found.where(found["amount"] > 0), kept[amount[kept] > 0]
        elif each == "known":
            found, kept = found.known("margin"), kept[~np.isnan(margin[kept])]
        elif each == "clear":
            found, kept = found.known("clear"), kept[~np.isnan(clear[kept])]
        elif each == "yes":
            found, kept = found.where(found.yes("clear")), kept[clear[kept] == 1]
        else:
            day = np.array([each.day for each in table["on"]])
            found = found.in_order()
            order = sorted(kept, key=lambda at: (code[at], day[at], -amount[at]))
            np.testing.assert_array_equal(found["amount"], amount[order])
            kept = np.sort(kept)
            found = asked.during("orders").where(np.isin(np.arange(len(rows)), kept))
        if remembered:
            again = found
            found = asked.cached(lambda _, again=again: again)  # type: ignore[misc]
        np.testing.assert_array_equal(found["amount"], amount[kept])
        np.testing.assert_array_equal(found["margin"], margin[kept])
        np.testing.assert_array_equal(found["customer"], code[kept])
        np.testing.assert_array_equal(found.count(), np.bincount(code[kept], minlength=3))
        np.testing.assert_allclose(
            found.sum("amount"), np.bincount(code[kept], amount[kept], minlength=3)
        )
        np.testing.assert_array_equal(found.sum("amount"), found.sum("amount"))


def test_a_period_is_asked_once() -> None:
    asked = []

    @cached
    def first_codes(of: Period) -> Any:
        asked.append(of)
        return of.during("orders")["customer"].copy()

    one = period(orders={"customer": ["a"], "on": [DAY], "amount": [1.0]})
    other = period(orders={"customer": ["a"], "on": [DAY], "amount": [1.0]})
    assert first_codes(one) is first_codes(one)
    assert not first_codes(one).flags.writeable
    first_codes(other)
    assert asked == [one, other]
    assert one.during("orders") is one.during("orders")
    assert one.ever("orders", lines=True) is one.ever("orders")


def test_what_rows_return_is_the_callers_own(orders: Rows) -> None:
    orders.count()[:] = 9
    orders.sum("amount")[:] = 9
    assert orders.count().tolist() == [3, 1]
    assert orders.sum("amount").tolist() == [7, 8]
    for array in (orders["customer"], orders.days, orders["amount"]):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = array[1]


def test_a_period_goes_at_once_and_takes_what_it_remembers_with_it(orders: Rows) -> None:
    one = period(orders={"customer": ["a"], "on": [DAY], "amount": [1.0]})
    rows, gone = one.during("orders").known("amount"), weakref.ref(one)
    kept = weakref.ref(one.during("orders"))
    gc.disable()
    try:
        del one
        assert gone() is None
    finally:
        gc.enable()
    # Rows that somebody keeps go on by themselves.
    assert rows.sum("amount").tolist() == [1]
    del rows
    assert kept() is None
    assert pickle.loads(pickle.dumps(period(orders=None, customers={"id": ["a"]}))).customers == 1


def held_by(portfolio: Portfolio) -> dict[int, int]:
    """The arrays to which a portfolio leads, and how many bytes each takes."""
    seen, arrays, todo = set[int](), dict[int, int](), [portfolio.tables, portfolio.customer_ids]
    todo += [portfolio.listed, portfolio]
    while todo:
        each: Any = todo.pop()
        if id(each) in seen or isinstance(each, type) or callable(each):
            continue
        seen.add(id(each))
        if isinstance(each, np.ndarray):
            arrays[id(each)] = each.nbytes
        todo += gc.get_referents(each)
    return arrays


def shop(rows: int) -> dict[str, Any]:
    random = np.random.default_rng(1)
    days = np.datetime64("2024-07-01") + random.integers(0, 730, rows)
    customers = random.integers(0, rows // 20, rows)
    invoices = rows // 2
    return {
        "orders": {
            "customer": customers,
            "on": days,
            "amount": random.integers(-100, 10_000, rows) / 100,
            "margin": random.random(rows),
            "clear": random.random(rows) < 0.9,
            "reference": random.integers(0, rows, rows).astype(str),
        },
        "invoices": {
            "customer": customers[:invoices],
            "due": days[:invoices],
            "paid": days[:invoices] + 3,
            "amount": random.random(invoices),
        },
        "responses": {"customer": customers, "on": days, "score": random.integers(0, 11, rows)},
    }


def test_after_a_reading_a_portfolio_holds_its_columns_and_the_order_of_each_table() -> None:
    rows = 2_000
    portfolio = Portfolio.from_tables(**shop(rows))
    before = held_by(portfolio)
    assert portfolio.notes is not None
    compass = Compass(installed=False)
    reading = compass.read(portfolio, date(2026, 6, 30))
    reading.profile(portfolio.ids[0])
    earlier = compass.read(portfolio, date(2026, 3, 31))
    ids = portfolio.ids
    del reading, earlier
    gc.collect()
    after = held_by(portfolio)
    new = sum(size for array, size in after.items() if array not in before)
    orders = sum(table.order.nbytes for table in portfolio.tables.values())
    assert new <= orders + ids.nbytes
