"""The measures of a part as one file of plain arrays, from which single columns are read again.

A column that is the same for every customer is stored once; text as its distinct texts, and for
each customer which of them it is. Nothing is pickled.

>>> import io
>>> from datetime import date
>>> from klantkompas.compass import Compass
>>> from klantkompas.domain.interactions import Order
>>> from klantkompas.portfolio import Portfolio
>>> portfolio = Portfolio.from_records([Order(customer="a", on=date(2026, 1, 5), amount=10.0)])
>>> file = io.BytesIO()
>>> write_measures(Compass(installed=False).measure(portfolio), file)
>>> stored = StoredMeasures.open(file)
>>> stored.ids, stored.column("values.revenue")
(['a'], array([10.]))
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from functools import cached_property
from os import PathLike
from threading import Lock
from typing import IO, Any

import numpy as np
from attrs import asdict, field, frozen

from klantkompas._arrays import AnyArray, ObjectArray, as_objects
from klantkompas._ids import CustomerIds
from klantkompas.domain.customers import Customer
from klantkompas.domain.fields import columns_of
from klantkompas.portfolio import Measures
from klantkompas.wording.notes import DataNote

__all__ = ["FAMILIES", "StoredMeasures", "write_measures"]

FAMILIES = ("record", "values", "bases")
"""What measures have several columns of, by name."""
CHOICES = {f"record.{column.name}": column.choices for column in columns_of(Customer)}
CODES = np.dtype("<i4")
TEXTS = ":texts"


def _as_bytes(value: object) -> AnyArray:
    text = json.dumps(value, ensure_ascii=False, default=lambda number: number.item())
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _once(column: AnyArray) -> AnyArray:
    """Keep one value of a column that holds the same bits everywhere."""
    bits = np.ascontiguousarray(column).view(f"u{column.dtype.itemsize}")
    same = len(bits) > 1 and bits[0] == bits[-1] and bool((bits == bits[0]).all())
    return column[:1] if same else column


def _stored(key: str, column: AnyArray) -> dict[str, AnyArray]:
    if column.dtype != np.object_:
        return {key: _once(column)}
    # Which object stands where tells more quickly than what it says; equal texts may stand twice.
    opted_out = _once(np.frombuffer(column.tobytes(), dtype=np.uintp))
    _, first, codes = np.unique(opted_out, return_index=True, return_inverse=True)
    return {key: codes.astype(CODES), key + TEXTS: _as_bytes(column[first].tolist())}


def _stored_ids(customer_ids: CustomerIds) -> dict[str, AnyArray]:
    """Store ids as whole numbers where all are such or are written as such, else as text."""
    if customer_ids.distinct.dtype == np.int64:
        return {"numbers": customer_ids.distinct}
    ids = customer_ids.texts.tolist()
    try:
        numbers = np.array(list(map(int, ids)), dtype=np.int64)
    except (ValueError, OverflowError):
        return {"ids": _as_bytes(ids)}
    plain = (numbers >= 0).all() and list(map(str, numbers.tolist())) == ids
    return {"numbers": numbers} if plain else {"ids": _as_bytes(ids)}


def write_measures(measures: Measures, file: str | PathLike[str] | IO[bytes]) -> None:
    """Write the measures of a part.

    Args:
        measures: the measures.
        file: where to; a path that ends in ``.npz``, or an open file.
    """
    details = {
        "as_of": measures.as_of.isoformat(),
        "months": measures.months,
        "units": dict(measures.units),
        "basis_units": dict(measures.basis_units),
        "counted": sorted(measures.counted),
        "reads": dict(measures.reads),
        "score_scale": measures.score_scale,
        "tallies": {name: list(counts.items()) for name, counts in measures.tallies.items()},
        "notes": [asdict(note) for note in measures.notes],
        "columns": {family: list(getattr(measures, family)) for family in FAMILIES},
    }
    arrays = {"details": _as_bytes(details), **_stored_ids(measures.customer_ids)}
    for family in FAMILIES:
        for name, column in getattr(measures, family).items():
            arrays |= _stored(f"{family}.{name}", column)
    np.savez(file, **arrays)  # type: ignore[arg-type]


@frozen(eq=False)
class StoredMeasures:
    """The measures of a part, read column by column.

    Args:
        arrays: the stored arrays by name.
    """

    arrays: Mapping[str, AnyArray]
    _reading: AbstractContextManager[object] = field(factory=Lock, init=False, repr=False)

    @classmethod
    def open(cls, file: str | PathLike[str] | IO[bytes]) -> StoredMeasures:
        """Open what `write_measures` wrote; a column is read when it is asked for."""
        if not isinstance(file, str | PathLike):
            file.seek(0)
        return cls(np.load(file, allow_pickle=False))

    def _read(self, key: str) -> AnyArray:
        # One at a time: columns of one file that are read at once mix up their bytes.
        with self._reading:
            return self.arrays[key]

    def _plain(self, key: str) -> Any:
        return json.loads(self._read(key).tobytes())

    @cached_property
    def details(self) -> Mapping[str, Any]:
        """What is no column, as plain data."""
        found: Mapping[str, Any] = self._plain("details")
        return found

    @cached_property
    def numbers(self) -> AnyArray | None:
        """The customers' ids as whole numbers; None where not all of them are such."""
        return self._read("numbers") if "numbers" in self.arrays else None

    @cached_property
    def ids(self) -> Sequence[str]:
        """The customers' ids."""
        found: Sequence[str] = (
            self._plain("ids") if self.numbers is None else list(map(str, self.numbers.tolist()))
        )
        return found

    def __len__(self) -> int:
        """Count the customers."""
        return len(self.ids if self.numbers is None else self.numbers)

    @property
    def notes(self) -> tuple[DataNote, ...]:
        """What was odd in the data of this part."""
        return tuple(DataNote(**note) for note in self.details["notes"])

    @property
    def tallies(self) -> Mapping[str, Mapping[tuple[str, ...], int]]:
        """The tallies by name."""
        return {
            name: {tuple(key): count for key, count in counts}
            for name, counts in self.details["tallies"].items()
        }

    @property
    def common(self) -> Mapping[str, Any]:
        """What all parts of a portfolio have alike, as the arguments of `Measures`."""
        return {
            "as_of": date.fromisoformat(self.details["as_of"]),
            "months": self.details["months"],
            "units": self.details["units"],
            "basis_units": self.details["basis_units"],
            "counted": frozenset(self.details["counted"]),
            "reads": {name: tuple(tables) for name, tables in self.details["reads"].items()},
            "score_scale": tuple(self.details["score_scale"]),
        }

    def close(self) -> None:
        """Close the file."""
        if isinstance(self.arrays, np.lib.npyio.NpzFile):
            self.arrays.close()

    def column(self, key: str) -> AnyArray:
        """Read a column, such as ``"values.revenue"``.

        Args:
            key: the family and the name.

        Returns:
            The column; of length one where all customers have the same.
        """
        column = self._read(key)
        return self._texts(key)[column] if key + TEXTS in self.arrays else column

    def _texts(self, key: str) -> ObjectArray:
        texts, choice = self._plain(key + TEXTS), CHOICES.get(key)
        if choice is not None:
            texts = [None if text is None else choice(text) for text in texts]
        return as_objects(texts)
