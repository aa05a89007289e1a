"""A recorded reading as parts to store, one for each column, and back again to the last bit.

A column of numbers, days or flags is stored as its bytes; one of text as its distinct texts and,
for each customer, which of them it is.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
from attrs import asdict, evolve, frozen

from klantkompas._arrays import AnyArray, ObjectArray, as_objects, freeze
from klantkompas.classification.edge import Edge
from klantkompas.domain.criteria import Cutoff
from klantkompas.domain.customers import CustomerKind, Stage
from klantkompas.domain.notes import DataNote
from klantkompas.domain.overrides import Override
from klantkompas.errors import ArgumentError, HistoryError
from klantkompas.portfolio import Measures
from klantkompas.reviews.recorded import RecordedFactor, RecordedReading

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
    """Write JSON; a numpy number is its Python number, and any text can be written."""
    written = json.dumps(value, ensure_ascii=False, default=lambda number: number.item())
    return written.encode("utf-8", "surrogatepass")


def _from_json(content: bytes) -> Any:
    return json.loads(content.decode("utf-8", "surrogatepass"))


def _type_of_texts(name: str, distinct: Sequence[object]) -> str:
    types = {type(each) for each in distinct if each is not None}
    if len(types) == 1 and (choice := next(iter(types)).__name__) in CHOICES:
        return choice
    if all(issubclass(each, str) for each in types):
        return TEXT
    raise ArgumentError(f"the column {name!r} holds what is no text, and cannot be recorded")


def _part(family: str, name: str, column: AnyArray) -> Part:
    if column.dtype != np.object_:
        content = np.ascontiguousarray(column).view(np.uint8)
        return Part(family, name, column.dtype.str, content.data)
    numbers: dict[object, int] = {}
    codes = np.fromiter(
        (numbers.setdefault(value, len(numbers)) for value in column), CODES, len(column)
    )
    content_type = _type_of_texts(name or family, list(numbers))
    return Part(family, name, content_type, codes.view(np.uint8).data, _as_json(list(numbers)))


def _column(part: Part) -> AnyArray:
    if not part.texts:
        return np.frombuffer(part.content, dtype=np.dtype(part.content_type))
    distinct = _from_json(part.texts)
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
    yield Part(DETAILS, "", DETAILS, b"", _as_json(_details(reading)))
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
        value = _from_json(part.texts) if part.family == DETAILS else _column(part)
        found.setdefault(part.family, {})[part.name] = value
    missing = {DETAILS, "ids", *COLUMNS} - found.keys()
    if missing:
        raise HistoryError(f"a recorded reading lacks {', '.join(sorted(missing))}")
    details = found[DETAILS][""]
    measures = Measures(
        ids=found["ids"][""],
        **{family: found[family] for family in FAMILIES},
        **_details_of_measures(details["measures"]),
    )
    return RecordedReading(
        measures=measures,
        **{family: found[family][""] for family in COLUMNS},
        **_details_of_reading(details),
    )


def _details(reading: RecordedReading) -> dict[str, Any]:
    measures = reading.measures
    return {
        "measures": {
            "as_of": measures.as_of.isoformat(),
            "months": measures.months,
            "units": dict(measures.units),
            "basis_units": dict(measures.basis_units),
            "counted": sorted(measures.counted),
            "reads": {name: list(tables) for name, tables in measures.reads.items()},
            "tallies": {
                name: [[list(key), count] for key, count in counts.items()]
                for name, counts in measures.tallies.items()
            },
            "score_scale": list(measures.score_scale),
            "notes": [asdict(note) for note in measures.notes],
        },
        "listed_by_people": reading.listed_by_people,
        "edge": None if reading.edge is None else asdict(reading.edge),
        "factors": [asdict(factor) for factor in reading.factors],
        "rules": list(reading.rules),
        "order": list(reading.order),
        "overrides": [
            {**asdict(each), "on": each.on.isoformat()} for each in reading.overrides
        ],
        "library_version": reading.library_version,
    }


def _details_of_measures(details: dict[str, Any]) -> dict[str, Any]:
    return {
        "as_of": date.fromisoformat(details["as_of"]),
        "months": details["months"],
        "units": details["units"],
        "basis_units": details["basis_units"],
        "counted": frozenset(details["counted"]),
        "reads": {name: tuple(tables) for name, tables in details["reads"].items()},
        "tallies": {
            name: {tuple(key): count for key, count in counts}
            for name, counts in details["tallies"].items()
        },
        "score_scale": tuple(details["score_scale"]),
        "notes": tuple(DataNote(**note) for note in details["notes"]),
    }


def _details_of_reading(details: dict[str, Any]) -> dict[str, Any]:
    edge = details["edge"]
    return {
        "listed_by_people": details["listed_by_people"],
        "edge": None if edge is None else Edge(**edge),
        "factors": tuple(
            RecordedFactor(**{**factor, "cutoff": Cutoff(**factor["cutoff"])})
            for factor in details["factors"]
        ),
        "rules": tuple(details["rules"]),
        "order": tuple(details["order"]),
        "overrides": tuple(
            Override(**{**each, "on": date.fromisoformat(each["on"])})
            for each in details["overrides"]
        ),
        "library_version": details["library_version"],
    }


def with_rows(reading: RecordedReading, kept: AnyArray) -> RecordedReading:
    """Keep some customers' places in every column, and nothing else of a reading as it was.

    Args:
        reading: the reading.
        kept: whether each customer stays.

    Returns:
        The shorter reading.
    """
    measures = reading.measures
    families = {
        family: {
            name: freeze(column[kept]) for name, column in getattr(measures, family).items()
        }
        for family in FAMILIES
    }
    return evolve(
        reading,
        measures=evolve(measures, ids=freeze(measures.ids[kept]), **families),
        **{family: freeze(getattr(reading, family)[kept]) for family in COLUMNS},
    )
