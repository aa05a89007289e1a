"""A recorded reading as a head and parts to store, one for each array, and back to the last bit.

A part is stored in blocks, so that what is held of one customer can be taken out of it without
writing all of it anew.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from functools import cached_property
from hashlib import sha256

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
)
from klantkompas.reviews.recorded import RecordedReading
from klantkompas.wording.plain import Json

__all__ = [
    "BLOCK",
    "COLUMNS",
    "Block",
    "Part",
    "digest_of",
    "encoded",
    "head_checksum",
    "reading_from",
    "with_rows",
]

BLOCK = 1 << 18
"""How many bytes a block has: few enough to write anew, enough to be read quickly."""
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


Content = bytes | memoryview
"""The bytes of an array, or of a part of one."""


def _checksum(what: Sequence[object], *contents: Content) -> bytes:
    """Return a checksum of what contents are, and of them, in 4 bytes whatever its size."""
    found = [*what, *map(zlib.crc32, contents)]
    return zlib.crc32(json.dumps(found).encode()).to_bytes(4, "little")


@frozen(eq=False)
class Block:
    """A row of the table of parts.

    Args:
        reading: the number of the reading.
        place: the position of the part in it.
        at: the position of the block in the part.
        name: the name of the part.
        dtype: its numpy type.
        content: the bytes.
        crc: their CRC-32; without it, it is computed.
    """

    reading: int
    place: int
    at: int
    name: str
    dtype: str
    content: Content
    _crc: int | None = None

    @property
    def checksum(self) -> bytes:
        """The checksum of the block, of which part and reading it is, and where it stands."""
        crc = zlib.crc32(self.content) if self._crc is None else self._crc
        return _checksum([self.reading, self.place, self.at, self.name, self.dtype, crc])


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
    content: Content

    def blocks(self, reading: int, place: int) -> Iterator[Block]:
        """Yield the blocks that the part is stored in; at least one, which may be empty.

        Args:
            reading: the number of the reading that the part belongs to.
            place: the position of the part in that reading.
        """
        for at, (content, crc) in enumerate(zip(self._cut, self.crcs, strict=True)):
            yield Block(reading, place, at, self.name, self.dtype, content, crc)

    @property
    def _cut(self) -> list[Content]:
        starts = range(0, max(len(self.content), 1), BLOCK)
        return [self.content[start : start + BLOCK] for start in starts]

    @cached_property
    def crcs(self) -> tuple[int, ...]:
        """The CRC-32 of the bytes of each block."""
        return tuple(map(zlib.crc32, self._cut))

    @property
    def array(self) -> AnyArray:
        """The array, which cannot be written to."""
        return np.frombuffer(self.content, np.dtype(self.dtype))


def head_checksum(reading: int, content: bytes, gone: bytes) -> bytes:
    """Return the checksum of the head of a reading, and of which of its customers are gone."""
    return _checksum([reading], content, gone)


def encoded(reading: RecordedReading) -> tuple[bytes, list[Part]]:
    """Return a reading as a head, with all that is not a column, and a part for each column.

    Args:
        reading: the reading.

    Raises:
        ArgumentError: a column holds objects that are not text.
    """
    head, arrays = encode_measures(reading.measures)
    for name in COLUMNS:
        arrays |= encode_column(name, getattr(reading, name))
    parts = [
        Part(name, array.dtype.str, np.ascontiguousarray(array).view(np.uint8).data)
        for name, array in arrays.items()
    ]
    return as_json({"measures": head, **details_of(reading)}).tobytes(), parts


def digest_of(head: bytes, parts: Sequence[Part]) -> str:
    """Return a text by which the same reading is found again.

    Readings that have the same one are compared before they are taken for one.
    """
    found = sha256(head)
    for part in parts:
        found.update(json.dumps([part.name, part.dtype, part.crcs]).encode())
    return found.hexdigest()


def reading_from(head: Json, parts: Sequence[Part], gone: AnyArray) -> RecordedReading:
    """Return the reading that a head and some parts make up.

    Args:
        head: what is not a column.
        parts: the parts.
        gone: the positions of the customers who were erased.

    Returns:
        The reading, the same to the last bit, without those customers.
    """
    arrays = {part.name: part.array for part in parts}
    measures = decode_measures(head.pop("measures"), arrays)
    columns: Json = {name: decode_column(name, arrays, len(measures)) for name in COLUMNS}
    reading = RecordedReading(measures=measures, **columns, **reading_details_from(head))
    if not len(gone):
        return reading
    kept = np.ones(len(measures), dtype=np.bool_)
    kept[gone] = False
    return with_rows(reading, kept)


def with_rows(reading: RecordedReading, kept: AnyArray) -> RecordedReading:
    """Return a reading with only some of its customers.

    Only the columns get shorter; everything else stays as it was.

    Args:
        reading: the reading.
        kept: True for each customer who stays.

    Returns:
        The shorter reading.
    """
    columns = {name: freeze(getattr(reading, name)[kept]) for name in COLUMNS}
    return evolve(reading, measures=reading.measures.take(kept), **columns)
