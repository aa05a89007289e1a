"""Results as plain data: what JSON can hold, by the names and types that their classes declare.

An object becomes its ``type``, its fields and properties by name, and the ``sentences`` that it
prints; what becomes a data frame has its rows as ``records``. A number that is unknown is None,
a date is text (YYYY-MM-DD), and a declaration of a plugin is its name.

>>> from klantkompas.stats.results import Interval
>>> Interval(2.5, math.nan).to_dict()["low"], Interval(2.5, math.nan).to_dict()["high"]
(2.5, None)
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, ClassVar, get_args, get_origin

import numpy as np
from attrs import fields, frozen, has

from klantkompas._arrays import AnyArray, Value
from klantkompas._printable import encodable
from klantkompas.wording.hints import types_declared
from klantkompas.wording.sentence import Quantity, Sentence
from klantkompas.wording.writer import Language, Writer, writer_of

__all__ = [
    "UNTOLD",
    "VERSION",
    "Json",
    "Keyed",
    "Named",
    "Plain",
    "declared_types",
    "has_rows",
    "plain",
    "types_of",
]

Json = dict[str, Any]
"""A JSON object: by name, what JSON can hold, objects in it included."""
VERSION = 1
"""The version of the schemas: higher once a name goes, or means something else."""
UNTOLD = {"told in plain data": False}
"""Metadata of a field that is left out of plain data."""
IN_ANOTHER_WAY = ("parts", "ids", "shown", "translations")
"""Properties that plain data has as sentences or as records."""
PRINTS, ROWS = "sentences", "columns"


class Named:
    """The base of what is declared: plain data has its name only."""

    __slots__ = ()


@frozen
class Keyed:
    """The type of a mapping of which some keys have a type of their own; others have any.

    Args:
        known: those types, by key.
    """

    known: Mapping[str, object]


class Plain:
    """The base of whatever becomes plain data and JSON."""

    __slots__ = ()

    def to_dict(self, language: Language = "en") -> Json:
        """Return the result as plain data: dictionaries, lists, text, numbers, True, False, None.

        What is unknown is None, and stands beside its reason: in ``unknown``, in the ``state`` of a
        success factor, or in the sentences. Customers who object to profiling are left out, as
        they are of data frames.

        Args:
            language: ``"en"`` or ``"nl"``, for the sentences; or a `Writer`, such as
                `Reading.writer` returns, which knows plugins' texts too.

        Returns:
            A dictionary with the ``version`` of the schema, the ``type``, the fields and properties
            by name, the ``sentences`` and, of what becomes a data frame, the rows as ``records``.
            `schema_of` returns its JSON Schema.

        Raises:
            ArgumentError: there is no such language.
        """
        return {"version": VERSION, **_object(self, writer_of(language))}

    def to_json(self, language: Language = "en", *, indent: int | None = None) -> str:
        """Return the result as JSON: `to_dict` as text.

        Args:
            language: as for `to_dict`.
            indent: by how many spaces what is nested is indented; None for all on one line.

        Raises:
            ArgumentError: there is no such language.
        """
        return json.dumps(
            self.to_dict(language), ensure_ascii=False, allow_nan=False, indent=indent
        )


def plain(value: object, writer: Writer) -> object:
    """Return a value as plain data.

    Args:
        value: a number, text, date, sentence or result; or a mapping or sequence of these.
        writer: the writer of the sentences.

    Returns:
        The same as dictionaries, lists, text, numbers, True, False and None. What has no plain form
        becomes its text.
    """
    match value:
        case np.ndarray():
            return _listed(value)
        case Mapping():
            return {str(plain(key, writer)): plain(each, writer) for key, each in value.items()}
        case tuple() | list() | set() | frozenset():
            return [plain(each, writer) for each in value]
        case type():
            return value.__name__
        case Named():
            return str(getattr(value, "name", ""))
        case Sentence():
            return writer.say(value)
        case Quantity():
            return plain(value.value, writer)
        case _ if isinstance(value, Plain) or has(type(value)):
            return _object(value, writer)
    return _cell(value.item() if isinstance(value, np.generic) else value)


def _cell(value: object) -> bool | int | float | str | None:
    """Return a value that holds no others as plain data; what has no plain form as its text."""
    match value:
        case Enum():
            return str(value.value) if isinstance(value, str) else value.name.lower()
        case None | bool() | int():
            return value
        case float():
            return float(value) if math.isfinite(value) else None
        case date():
            return value.isoformat()
    return encodable(str(value), "utf-8")


def _object(value: object, writer: Writer) -> Json:
    kind: Any = type(value)  # a class that a cache takes, as type checkers have it
    told: Json = {"type": kind.__name__}
    told |= {name: plain(getattr(value, name), writer) for name in types_of(kind)}
    if hasattr(value, PRINTS):
        told["sentences"] = [*getattr(value, PRINTS)(writer)]
    if has_rows(kind):
        told["records"] = _records(getattr(value, ROWS)())
    return told


def has_rows(kind: type) -> bool:
    """Return whether objects of a class become data frames."""
    return callable(getattr(kind, ROWS, None))


def _listed(values: AnyArray) -> list[object]:
    """Return an array as a list, of lists where it has rows and columns; unknown is None."""
    if values.dtype.kind == "f":
        values = np.where(np.isfinite(values), values, np.array(None))
    listed: list[object] = values.tolist()
    return [*map(_cell, listed)] if values.dtype.kind == "O" and values.ndim == 1 else listed


def _records(columns: Mapping[str, AnyArray]) -> list[Json]:
    rows = zip(*(_listed(np.asarray(each)) for each in columns.values()), strict=True)
    return [dict(zip(columns, row, strict=True)) for row in rows]


@cache
def types_of(kind: Hashable) -> Mapping[str, object]:
    """Return what is told of objects of a class: the types of fields and properties, by name.

    A class may say so itself, by a class method ``data_types``.

    Args:
        kind: the class, of attrs.
    """
    said = getattr(kind, "data_types", None)
    return declared_types(kind) if said is None else said()


def declared_types(kind: Any) -> dict[str, object]:
    """Return the types of the fields and properties of a class that are told, by name.

    Left out are private ones, properties that are sentences (those are said), fields with the
    metadata `UNTOLD`, functions, and what a result is made of: values that only hold
    arrays, and of what becomes a data frame the arrays themselves.

    Args:
        kind: the class, of attrs.
    """
    hints: dict[str, object] = {each.name: object for each in fields(kind)} | types_declared(kind)
    for name in dir(kind):
        getter = getattr(getattr(kind, name), "fget", None)
        found = types_declared(getter).get("return") if getter else None
        if found is not None and not _is_said(found):
            hints.setdefault(name, found)
    untold = [each.name for each in fields(kind) if UNTOLD.items() <= each.metadata.items()]
    return {
        name: hint
        for name, hint in hints.items()
        if not (name.startswith("_") or name in (*untold, *IN_ANOTHER_WAY))
        and _is_told(hint, has_rows(kind))
    }


def _is_said(hint: object) -> bool:
    """Return whether a type is that of a sentence, or of several."""
    parts = [each for each in get_args(hint) if each not in (..., type(None))]
    return hint is Sentence or (bool(parts) and all(map(_is_said, parts)))


def _is_told(hint: object, rows: bool) -> bool:
    """Return whether something of a type is told, in an object with rows or without."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin is np.ndarray:
        return not rows
    if origin is ClassVar or origin is Callable:
        return False
    if origin is None:
        return not isinstance(hint, type) or issubclass(hint, Plain) or not issubclass(hint, Value)
    if origin is Mapping and get_origin(parts[0]) is tuple:
        return False
    return all(_is_told(each, rows) for each in parts if each is not ...)
