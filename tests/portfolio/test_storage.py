"""Measures as arrays and a head: the same to the last bit, whatever is in them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import numpy as np
import pytest

from klantkompas import ArgumentError, Compass, Customer, Order, Portfolio
from klantkompas.domain.customers import CustomerKind
from klantkompas.portfolio.storage import (
    decode_column,
    decode_measures,
    encode_column,
    encode_measures,
    from_lines,
)

CUSTOMERS = [
    Customer(id="9", name="Anna", kind=CustomerKind.BUSINESS, since=date(2020, 2, 29)),
    Customer(id="10", opted_out=True),
    Customer(id="x", name="Anna"),
]
ORDERS = [Order(customer=each, on=date(2026, 3, 1), amount=1.1, clear=True) for each in ("9", "x")]
COLUMNS: dict[str, Any] = {
    "nothing": np.array([], dtype=np.float64),
    "one": np.array([-0.0]),
    "alike": np.full(3, np.nan),
    "zeros of two signs": np.array([0.0, -0.0, 0.0]),
    "days": np.array(["2026-01-01", "NaT"], dtype="datetime64[D]"),
    "flags": np.array([True, False]),
    "words": np.array(["A", None, "A", "", "é"], dtype=object),
    "no word": np.array([None, None], dtype=object),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_comes_back(name: str) -> None:
    column = COLUMNS[name]
    stored = encode_column(name, column)
    assert all(each.dtype != np.object_ for each in stored.values())
    found = decode_column(name, stored, len(column))
    assert found.dtype == column.dtype
    assert not found.flags.writeable
    if column.dtype == np.object_:
        assert found.tolist() == column.tolist()
    else:
        assert found.tobytes() == column.tobytes()


def test_a_column_that_is_alike_everywhere_is_stored_once() -> None:
    assert len(encode_column("alike", np.full(1000, np.nan))["alike"]) == 1
    assert decode_column("alike", {"alike": np.array([7.0])}, 1000).strides == (0,)


def test_equal_texts_are_stored_once_in_the_order_in_which_they_occur() -> None:
    column = np.array([b"bc".decode(), "a", b"bc".decode()], dtype=object)
    stored = encode_column("words", column)
    assert from_lines(stored["texts:words"]) == ["bc", "a"]


def test_objects_that_are_not_text_are_refused() -> None:
    with pytest.raises(ArgumentError, match="'words' holds what is not text"):
        encode_column("words", np.array([1, "a"], dtype=object))


@pytest.mark.parametrize("ids", [["9", "10"], ["9", "10", "x"], ["07", "9"], ["-1"], ["9" * 30]])
@pytest.mark.parametrize("on_demand", [True, False])
def test_measures_come_back(ids: list[str], on_demand: bool) -> None:
    orders = [Order(customer=each, on=date(2026, 3, 1), amount=1.1) for each in ids]
    whole = Compass(installed=False).measure(Portfolio.from_records(orders + ORDERS, CUSTOMERS))
    head, arrays = encode_measures(whole)
    found = decode_measures(json.loads(json.dumps(head)), arrays, on_demand=on_demand)
    assert found.ids.tolist() == whole.ids.tolist()
    assert (found.as_of, found.months, found.score_scale) == (
        whole.as_of,
        whole.months,
        whole.score_scale,
    )
    assert (found.tallies, found.notes) == (whole.tallies, whole.notes)
    for name, column in whole.columns.items():
        assert found[name].tobytes() == column.values.tobytes()
        basis = found.basis(name)
        assert (None if basis is None else basis.tobytes()) == (
            None if column.basis is None else column.basis.tobytes()
        )
        theirs = found.column(name)
        assert (theirs.unit, theirs.basis_unit, theirs.is_proportion, theirs.reads) == (
            column.unit,
            column.basis_unit,
            column.is_proportion,
            column.reads,
        )
    assert [*found.record] == [*whole.record]
    for name, own in whole.record.items():
        np.testing.assert_array_equal(found.record[name], own)
        assert [*map(type, found.record[name].tolist())] == [*map(type, own.tolist())]
