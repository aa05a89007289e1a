"""The one codec: measures as named arrays with a small head, and back again to the last bit.

The head is plain data that JSON can write: what there is one of, and what is declared of each
measure. A column that is the same for every customer is stored once; text as codes into its
distinct texts, which are another array: one on each line. Nothing is pickled.

>>> from datetime import date
>>> nothing = dict.fromkeys(("record", "tallies"), {})
>>> columns = {"revenue": MeasureColumn(values=np.array([7.0, 7.0]), unit="money")}
>>> ids = np.array(["a", "b"], dtype=object)
>>> measures = Measures(ids=ids, as_of=date(2026, 6, 30), months=6, columns=columns, **nothing)
>>> head, arrays = encode_measures(measures)
>>> sorted(arrays), arrays["values.revenue"], head["columns"]["revenue"]["unit"]
(['ids', 'values.revenue'], array([7.]), 'money')
>>> decode_measures(head, arrays)["revenue"]
array([7., 7.])
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import numpy as np
from attrs import asdict, field, frozen

from klantkompas._arrays import AnyArray, as_objects, freeze
from klantkompas._ids import CustomerIds
from klantkompas.domain.customers import Customer
from klantkompas.domain.fields import columns_of
from klantkompas.errors import ArgumentError
from klantkompas.portfolio.measures import DECLARED, MeasureColumn, Measures
from klantkompas.wording.notes import DataNote
from klantkompas.wording.plain import Json
from klantkompas.wording.units import Unit

__all__ = [
    "CHOICES",
    "IDS",
    "TEXTS",
    "as_json",
    "as_lines",
    "decode_column",
    "decode_measures",
    "encode_column",
    "encode_measures",
    "from_json",
    "from_lines",
]

Value = TypeVar("Value")
Arrays = Mapping[str, AnyArray]

IDS = "ids"
TEXTS = "texts:"
CODES = np.dtype("<i4")
CHOICES = {f"record.{column.name}": column.choices for column in columns_of(Customer)}
"""The columns of which the texts are one of a few."""


def as_json(value: object) -> AnyArray:
    """Return plain data as the bytes of JSON; a numpy number is its Python number.

    >>> as_json({"a": 1}).tobytes()
    b'{"a": 1}'
    """
    text = json.dumps(value, ensure_ascii=False, default=lambda number: number.item())
    return np.frombuffer(text.encode(), dtype=np.uint8)


def from_json(array: AnyArray) -> Any:
    """Return the plain data that `as_json` wrote."""
    return json.loads(array.tobytes())


def as_lines(texts: Sequence[str | None]) -> AnyArray:
    r"""Return texts as the bytes of JSON, one on each line; in JSON none of them holds a line end.

    >>> as_lines(["a", None]).tobytes()
    b'"a"\nnull'
    """
    listed = json.dumps(texts, ensure_ascii=False, separators=("\n", ":"))
    return np.frombuffer(listed[1:-1].encode(), dtype=np.uint8)


def from_lines(array: AnyArray) -> list[str | None]:
    """Return the texts that `as_lines` wrote."""
    lines = array.tobytes().replace(b"\n", b",")
    found: list[str | None] = json.loads(b"[" + lines + b"]")
    return found


def _once(column: AnyArray) -> AnyArray:
    """Keep one value of a column that holds the same bits everywhere."""
    bits = np.ascontiguousarray(column).view(f"u{column.dtype.itemsize}")
    same = len(bits) > 1 and bits[0] == bits[-1] and bool((bits == bits[0]).all())
    return column[:1] if same else column


def encode_column(key: str, column: AnyArray) -> dict[str, AnyArray]:
    r"""Return a column as arrays that hold no objects.

    Args:
        key: its name.
        column: numbers, days or flags; or texts, of which None is unknown.

    Returns:
        The column under its name, of length one where all its values are alike; for texts also the
        distinct ones, as lines.

    Raises:
        ArgumentError: it holds objects that are not text.

    >>> found = encode_column("labels", np.array(["A", None, "A"], dtype=object))
    >>> found["labels"].tolist(), found["texts:labels"].tobytes()
    ([0, 1, 0], b'"A"\nnull')
    """
    if column.dtype != np.object_:
        return {key: _once(column)}
    # Which object is where tells more quickly than what it says; equal texts may be there twice.
    held = np.frombuffer(column.tobytes(), dtype=np.uintp)
    _, first, which = np.unique(held, return_index=True, return_inverse=True)
    objects = column[first].tolist()
    if not all(each is None or isinstance(each, str) for each in objects):
        raise ArgumentError(f"the column {key!r} holds what is not text, and cannot be stored")
    number: dict[str | None, int] = {}
    for at in np.argsort(first).tolist():
        number.setdefault(objects[at], len(number))
    codes = np.array([number[each] for each in objects], dtype=CODES)[which]
    return {key: _once(codes), TEXTS + key: as_lines(list(number))}


def decode_column(key: str, arrays: Arrays, customers: int) -> AnyArray:
    """Return the column that `encode_column` stored, read-only.

    Args:
        key: its name.
        arrays: the stored arrays by name.
        customers: how many customers there are.
    """
    column = arrays[key]
    if TEXTS + key in arrays:
        texts, choice = from_lines(arrays[TEXTS + key]), CHOICES.get(key)
        if choice is not None:
            texts = [None if text is None else choice(text) for text in texts]
        column = as_objects(texts)[column]
    return freeze(column if len(column) == customers else np.broadcast_to(column, customers))


def _encode_ids(customer_ids: CustomerIds) -> AnyArray:
    """Store ids as whole numbers where all are such or are written as such, else as text."""
    if customer_ids.distinct.dtype == np.int64:
        return customer_ids.distinct
    ids = customer_ids.texts.tolist()
    try:
        numbers = np.array(list(map(int, ids)), dtype=np.int64)
    except (ValueError, OverflowError):
        return as_lines(ids)
    plain = (numbers >= 0).all() and list(map(str, numbers.tolist())) == ids
    return numbers if plain else as_lines(ids)


def _decode_ids(stored: AnyArray) -> CustomerIds:
    return CustomerIds(
        freeze(stored if stored.dtype == np.int64 else as_objects(from_lines(stored)))
    )


def encode_measures(measures: Measures) -> tuple[Json, dict[str, AnyArray]]:
    """Return measures as a head of plain data, and arrays by name.

    Args:
        measures: the measures.

    Raises:
        ArgumentError: the record holds objects that are not text.
    """
    head = {
        "as_of": measures.as_of.isoformat(),
        "months": measures.months,
        "score_scale": list(measures.score_scale),
        "record": list(measures.record),
        "columns": {
            name: {each: getattr(column, each) for each in DECLARED}
            for name, column in measures.columns.items()
        },
        "ones": {
            unit: unit.one
            for column in measures.columns.values()
            for unit in (column.unit, column.basis_unit)
            if isinstance(unit, Unit)
        },
        "tallies": {
            name: [[list(key), count] for key, count in counts.items()]
            for name, counts in measures.tallies.items()
        },
        "notes": [asdict(note) for note in measures.notes],
        "backend": measures.backend,
    }
    arrays = {IDS: _encode_ids(measures.customer_ids)}
    for name, own in measures.record.items():
        arrays |= encode_column(f"record.{name}", own)
    for name, column in measures.columns.items():
        arrays |= encode_column(f"values.{name}", column.values)
        if column.basis is not None:
            arrays |= encode_column(f"basis.{name}", column.basis)
    return head, arrays


@frozen(eq=False)
class _OnDemand(Mapping[str, Value]):
    """Columns that are decoded each time they are asked for, so that not all are held at once."""

    names: tuple[str, ...] = field(converter=tuple)
    decode: Callable[[str], Value]

    def __getitem__(self, name: str) -> Value:
        if name not in self.names:
            raise KeyError(name)
        return self.decode(name)

    def __contains__(self, name: object) -> bool:
        return name in self.names  # `Mapping` would decode the column to see.

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


def decode_measures(head: Json, arrays: Arrays, *, on_demand: bool = False) -> Measures:
    """Return the measures that `encode_measures` made a head and arrays of.

    Args:
        head: the plain data.
        arrays: the arrays by name, perhaps of a file that reads one when it is asked for.
        on_demand: whether a column is decoded each time it is asked for; otherwise all are now.
    """
    ids, ones = _decode_ids(arrays[IDS]), head.get("ones", {})

    def unit_of(many: str) -> str:
        return Unit(many, one=ones[many]) if many in ones else many

    def own(name: str) -> AnyArray:
        return decode_column(f"record.{name}", arrays, len(ids))

    def column(name: str) -> MeasureColumn:
        basis, declared = f"basis.{name}", dict(head["columns"][name])
        for each in ("unit", "basis_unit"):
            declared[each] = unit_of(declared[each])
        return MeasureColumn(
            values=decode_column(f"values.{name}", arrays, len(ids)),
            basis=decode_column(basis, arrays, len(ids)) if basis in arrays else None,
            **declared,
        )

    record, columns = _OnDemand(head["record"], own), _OnDemand(head["columns"], column)
    return Measures(
        ids=ids,
        as_of=date.fromisoformat(head["as_of"]),
        months=head["months"],
        record=record if on_demand else dict(record),
        columns=columns if on_demand else dict(columns),
        tallies={
            name: {tuple(key): count for key, count in counts}
            for name, counts in head["tallies"].items()
        },
        score_scale=tuple(head["score_scale"]),
        notes=tuple(DataNote(**note) for note in head["notes"]),
        backend=head.get("backend"),
    )
