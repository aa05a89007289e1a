"""A recorded reading as parts to store, one for each column, and back again to the last bit.

A column of numbers, days or flags is stored as its bytes; one of text as its distinct texts and,
for each customer, which of them it is.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from attrs import evolve, frozen

from klantkompas._arrays import AnyArray, ObjectArray, as_objects, freeze
from klantkompas.domain.customers import CustomerKind, Stage
from klantkompas.errors import ArgumentError, HistoryError
from klantkompas.history.details import (
    details_of,
    measures_details_from,
    reading_details_from,
)
from klantkompas.portfolio import Measures
from klantkompas.reviews.recorded import RecordedReading

__all__ = ["COLUMNS", "FAMILIES", "Part", "parts_of", "reading_from", "with_rows"]

FAMILIES = ("record", "values", "bases")
"""What measures have several columns of, by name."""
COLUMNS = ("labels", "computed", "shortlisted", "provisional", "new")
"""What a reading has one column of."""
TEXT, DETAILS = "text", "details"
CODES = np.dtype("<i4")
CHOICES = {choice.__name__: choice for choice in (CustomerKind, Stage)}
"""Texts that are one of a few, by the name under which they are stored."""


@frozen(eq=False)
class Part:
    """A piece of a reading as it is stored.

    Args:
        family: what it belongs to.
        name: its name there; empty when it is the only one.
        content_type: a numpy dtype, or how to read the distinct texts.
        content: the bytes; for texts, which of them each customer has.
        texts: the distinct texts as JSON; empty for others.
    """

    family: str
    name: str
    content_type: str
    content: Any
    texts: bytes = b""

    @property
    def checksum(self) -> int:
        """Tells whether the part is as it was."""
        return zlib.crc32(self.texts, zlib.crc32(self.content))


def _as_json(value: object) -> bytes:
    """Write JSON; a numpy number is its Python number."""
    return json.dumps(value, ensure_ascii=False, default=lambda number: number.item()).encode()


def _type_of_texts(name: str, values: Sequence[object]) -> str:
    types = set(map(type, values)) - {type(None)}
    if len(types) == 1 and (choice := next(iter(types)).__name__) in CHOICES:
        return choice
    if all(issubclass(each, str) for each in types):
        return TEXT
    raise ArgumentError(f"the column {name!r} holds what is no text, and cannot be recorded")


def _part(family: str, name: str, column: AnyArray) -> Part:
    if column.dtype != np.object_:
        content = np.ascontiguousarray(column).view(np.uint8)
        return Part(family, name, column.dtype.str, content.data)
    values = column.tolist()
    content_type = _type_of_texts(name or family, values)
    number = {value: at for at, value in enumerate(dict.fromkeys(values))}
    codes = np.fromiter(map(number.__getitem__, values), CODES, len(values))
    return Part(family, name, content_type, codes.view(np.uint8).data, _as_json(list(number)))


def _column(part: Part) -> AnyArray:
    if not part.texts:
        return np.frombuffer(part.content, dtype=np.dtype(part.content_type))
    distinct = json.loads(part.texts)
    if part.content_type != TEXT:
        choice = CHOICES[part.content_type]
        distinct = [None if each is None else choice(each) for each in distinct]
    column: ObjectArray = as_objects(distinct)[np.frombuffer(part.content, dtype=CODES)]
    return freeze(column)


def parts_of(reading: RecordedReading) -> Iterator[Part]:
    """Take a reading apart.

    Args:
        reading: the reading.

    Yields:
        What is no column, then each column.

    Raises:
        ArgumentError: a column holds objects that are no text.
    """
    measures = reading.measures
    yield Part(DETAILS, "", DETAILS, b"", _as_json(details_of(reading)))
    yield _part("ids", "", measures.ids)
    for family in FAMILIES:
        for name, column in getattr(measures, family).items():
            yield _part(family, name, column)
    for family in COLUMNS:
        yield _part(family, "", getattr(reading, family))


def reading_from(parts: Sequence[Part]) -> RecordedReading:
    """Put a reading together again.

    Args:
        parts: its parts, in the order in which they were stored.

    Returns:
        The reading.

    Raises:
        HistoryError: parts are missing.
    """
    found: dict[str, dict[str, Any]] = {family: {} for family in FAMILIES}
    for part in parts:
        value = json.loads(part.texts) if part.family == DETAILS else _column(part)
        found.setdefault(part.family, {})[part.name] = value
    missing = {DETAILS, "ids", *COLUMNS} - found.keys()
    if missing:
        raise HistoryError(f"a recorded reading lacks {', '.join(sorted(missing))}")
    details = found[DETAILS][""]
    of_measures: dict[str, Any] = {family: found[family] for family in FAMILIES}
    of_measures |= measures_details_from(details["measures"])
    of_reading: dict[str, Any] = {family: found[family][""] for family in COLUMNS}
    of_reading |= reading_details_from(details)
    return RecordedReading(measures=Measures(ids=found["ids"][""], **of_measures), **of_reading)


def with_rows(reading: RecordedReading, kept: AnyArray) -> RecordedReading:
    """Keep some customers' places in every column, and nothing else of a reading as it was.

    Args:
        reading: the reading.
        kept: whether each customer stays.

    Returns:
        The shorter reading.
    """
    measures = reading.measures
    families: dict[str, Any] = {
        family: {name: freeze(column[kept]) for name, column in getattr(measures, family).items()}
        for family in FAMILIES
    }
    return evolve(
        reading,
        measures=evolve(measures, ids=freeze(measures.ids[kept]), **families),
        **{family: freeze(getattr(reading, family)[kept]) for family in COLUMNS},
    )
