"""Records as tables: the fields of their class are the columns."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from klantkompas.domain.customers import Customer
from klantkompas.domain.fields import columns_of
from klantkompas.domain.interactions import (
    BUILT_IN_KINDS,
    Complaint,
    Contact,
    Invoice,
    Order,
    Response,
)
from klantkompas.errors import DataError
from klantkompas.io.records import columns_from_records, tables_from_records

DAY = date(2026, 1, 2)


def test_records_are_sorted_by_kind() -> None:
    records = [
        Response(on=DAY, score=9),
        Order(customer="b", on=DAY, amount=2.0),
        Complaint(customer="a", on=DAY),
        Order(customer="a", on=DAY, amount=1.0, clear=True),
    ]
    tables = tables_from_records(records)
    assert set(tables) == {"orders", "complaints", "responses"}
    assert tables["orders"]["customer"] == ["b", "a"]
    assert tables["orders"]["clear"] == [None, True]
    assert tables["responses"]["customer"] == [None]


@pytest.mark.parametrize("kind", BUILT_IN_KINDS, ids=lambda kind: kind.name)
def test_every_field_of_a_kind_is_a_column(kind: object) -> None:
    record = kind.record  # type: ignore[attr-defined]
    fields = [field.name for field in attrs.fields(record)]
    assert [column.name for column in columns_of(record)] == fields
    assert set(columns_from_records(record, [])) == set(fields)


def test_a_customers_record_is_a_table_too() -> None:
    columns = columns_from_records(Customer, [Customer(id="a", opted_out=True), Customer(id="b")])
    assert columns["id"] == ["a", "b"]
    assert columns["opted_out"] == [True, None]


def test_records_of_no_kind_are_refused() -> None:
    with pytest.raises(DataError, match=r"Customer were given\. Give some of: Order, Invoice"):
        tables_from_records([Customer(id="a")])
    with pytest.raises(DataError, match="type int"):
        tables_from_records([5])


def test_records_are_frozen_and_take_keywords_only() -> None:
    for record in (Order, Invoice, Complaint, Contact, Response, Customer):
        with pytest.raises(TypeError):
            record("a", DAY, 1.0)
    order = Order(customer="a", on=DAY, amount=1.0)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        order.amount = 2.0
