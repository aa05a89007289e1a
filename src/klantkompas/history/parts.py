"""A recorded reading as parts to store, one for each array, and back again to the last bit."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from attrs import evolve, frozen

from klantkompas._arrays import AnyArray, freeze
from klantkompas.history.details import details_of, reading_details_from
from klantkompas.portfolio.storage import (
    as_json,
    decode_column,
    decode_measures,
    encode_column,
    encode_measures,
    from_json,
)
from klantkompas.reviews.recorded import RecordedReading

__all__ = ["COLUMNS", "Part", "parts_of", "reading_from", "with_rows"]

COLUMNS = (
    "labels",
    "computed",
    "shortlisted",
    "provisional",
    "new",
    "factors_met",
    "missing",
    "hanging",
)
"""What a reading has one column of, beside its measures."""
HEAD = "head"


@frozen(eq=False)
class Part:
    """An array of a reading as it is stored.

    Args:
        name: the name of the array.
        dtype: its numpy type.
        content: the bytes of the array.
    """

    name: str
    dtype: str
    content: Any

    def checksum(self, reading: int, place: int) -> int:
        """Return a checksum of the part, its reading and its position in that reading.

        Args:
            reading: the number of the reading that the part belongs to.
            place: the position of the part in that reading.
        """
        what = json.dumps([reading, place, self.name, self.dtype]).encode()
        return zlib.crc32(self.content, zlib.crc32(what))


def _part(name: str, array: AnyArray) -> Part:
    return Part(name, array.dtype.str, np.ascontiguousarray(array).view(np.uint8).data)


def parts_of(reading: RecordedReading) -> Iterator[Part]:
    """Yield a reading as parts to store, one for each array.

    Args:
        reading: the reading.

    Yields:
        A part with all that is not a column, then a part for each column.

    Raises:
        ArgumentError: a column holds objects that are not text.
    """
    head, arrays = encode_measures(reading.measures)
    for name in COLUMNS:
        arrays |= encode_column(name, getattr(reading, name))
    yield _part(HEAD, as_json({"measures": head, **details_of(reading)}))
    for name, array in arrays.items():
        yield _part(name, array)


def reading_from(parts: Sequence[Part]) -> RecordedReading:
    """Return the reading that some parts make up.

    Args:
        parts: its parts.

    Returns:
        The reading, the same to the last bit.
    """
    arrays = {part.name: np.frombuffer(part.content, np.dtype(part.dtype)) for part in parts}
    head = from_json(arrays[HEAD])
    measures = decode_measures(head.pop("measures"), arrays)
    columns: dict[str, Any] = {name: decode_column(name, arrays, len(measures)) for name in COLUMNS}
    return RecordedReading(measures=measures, **columns, **reading_details_from(head))


def with_rows(reading: RecordedReading, kept: AnyArray) -> RecordedReading:
    """Return a reading with only some of its customers.

    Only the columns get shorter; everything else stays as it was.

    Args:
        reading: the reading.
        kept: True for each customer who stays.

    Returns:
        The shorter reading.
    """
    columns: dict[str, Any] = {name: freeze(getattr(reading, name)[kept]) for name in COLUMNS}
    return evolve(reading, measures=reading.measures.take(kept), **columns)
