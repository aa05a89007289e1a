"""Whatever has a row for each customer shows nothing of those that object to profiling."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import attrs
import numpy as np
import pytest

from klantkompas import (
    Compass,
    Complaint,
    Contact,
    Customer,
    Departure,
    Order,
    Portfolio,
    Response,
    Scorecard,
)
from klantkompas.errors import ArgumentError
from klantkompas.hooks import Unanswered
from klantkompas.results import CustomerResult, RankedCustomers, Result

BEFORE, DAY = date(2026, 5, 1), date(2026, 6, 1)
WHO = ("a", "b", "c", "gone")


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    """What each lens says of four customers, of whom one objects to profiling."""
    gone = Customer(id="gone", opted_out=True, extraversion=1.0, rationality=1.0)
    records: list[Any] = []
    for number, who in enumerate(WHO):
        records += [
            Order(customer=who, on=DAY, amount=100.0 + number, margin=10.0, clear=True),
            Response(customer=who, on=DAY, score=9 - number, reason="price"),
            Contact(customer=who, on=DAY, text="WHERE IS MY NEW TABLE?", rating=3, minutes=5.0),
            Complaint(customer=who, on=DAY),
            Departure(customer=who, on=BEFORE, stated_reason="price", believed_reason="service"),
        ]
    reading = Compass(installed=False).read(
        Portfolio.from_records(records, [gone]), shortlist=["a"]
    )
    return dict(reading.results)


def arrays_in(value: object) -> Iterable[np.ndarray[Any, Any]]:
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from arrays_in(each)


def has_a_row_for_each_customer(result: object) -> bool:
    """Whether a frozen result explains each customer, holds something of each, or names them.

    A score card does not: its rows are of the active customers, and its frame is of the factors.
    """
    if not isinstance(result, Result) or isinstance(result, (Unanswered, Scorecard)):
        return False
    held = (getattr(result, each.name) for each in attrs.fields(type(result)))
    lengths = {len(array) for value in held for array in arrays_in(value) if array.ndim}
    return len(WHO) in lengths or "id" in result.columns()


def test_whatever_has_a_row_for_each_customer_is_a_customer_result(results: Any) -> None:
    found = {name for name, each in results.items() if has_a_row_for_each_customer(each)}
    assert {"attitudes", "classes", "colours", "demands", "inventory", "loyalty", "memory"} <= found
    assert [n for n in sorted(found) if not isinstance(results[n], CustomerResult)] == []


def test_nothing_is_shown_of_one_that_objects(results: Any) -> None:
    shown = {name: each for name, each in results.items() if isinstance(each, CustomerResult)}
    assert len(shown) > 6
    for name, each in shown.items():
        columns = each.columns()
        assert "gone" not in columns.get("id", np.empty(0, object)).tolist(), name
        if not isinstance(each, RankedCustomers) or "gone" in each.ids:
            assert "object to profiling" in str(each.why("gone")), name
        with pytest.raises(ArgumentError):
            each.why("nobody")


def test_rows_of_one_that_objects_are_unknown(results: Any) -> None:
    for name, each in results.items():
        if not isinstance(each, CustomerResult):
            continue
        gone = each.opted_out
        for field in attrs.fields(type(each)):
            if field.metadata:
                for array in arrays_in(getattr(each, field.name)):
                    rows = array[gone]
                    empty = rows.dtype.kind == "f" and np.isnan(rows).all()
                    assert empty or not rows.any(), (name, field.name)
                    assert not array.flags.writeable, (name, field.name)
