"""The JSON Schemas of results, made of what their classes declare.

>>> from klantkompas.stats.results import Interval
>>> made = schema_of(Interval)
>>> made["title"], made["properties"]["low"]
('Interval', {'type': ['number', 'null'], 'description': 'the lower limit.'})
"""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Mapping, Sequence, Set
from datetime import date
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin

import numpy as np
from attrs import fields, has

from klantkompas.wording.plain import VERSION, Json, Keyed, Named, has_rows, types_of
from klantkompas.wording.sentence import Quantity, Sentence

__all__ = ["DIALECT", "schema_of"]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = Json
"""A JSON Schema, which is JSON itself."""
TEXT: Schema = {"type": "string"}
PLAIN_TYPES: Mapping[object, Schema] = {
    Any: {},
    object: {},
    type(None): {"type": "null"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": ["number", "null"]},
    str: TEXT,
    date: {"type": "string", "format": "date"},
    Sentence: TEXT,
    Quantity: {"type": ["number", "null"]},
    np.bool_: {"type": "boolean"},
    np.float64: {"type": ["number", "null"]},
    np.object_: {"type": ["string", "null"]},
}
CELL: Schema = {"type": ["number", "string", "boolean", "null"]}
RECORDS: Schema = {
    "type": "array",
    "description": "the rows of the data frame: a name and a value for each column.",
    "items": {"type": "object", "additionalProperties": CELL},
}
SENTENCES: Schema = {
    "type": "array",
    "description": "what it says, for people.",
    "items": TEXT,
}


def schema_of(kind: Any) -> Schema:
    """Return the JSON Schema (draft 2020-12) of what `to_dict` and `to_json` make of a result.

    Args:
        kind: the class of the result, such as `Profile`, or ``CustomerList[Almost]``.

    Returns:
        The schema, which refers to the schemas of what the result holds, in its ``$defs``.

    >>> from klantkompas import Profile
    >>> sorted(schema_of(Profile)["$defs"])[:2]
    ['BuyingReason', 'ClassRange']
    """
    defined = dict[str, Schema]()
    made = get_origin(kind) or kind
    own = _object(made, defined, dict(zip(_parameters(made), get_args(kind), strict=False)))
    properties = {"version": {"const": VERSION}, **own["properties"]}
    return {
        "$schema": DIALECT,
        "title": made.__name__,
        **own,
        "properties": properties,
        "required": [*properties],
        "$defs": {name: defined[name] for name in sorted(defined)},
    }


def _object(
    kind: type, defined: dict[str, Schema], given: Mapping[object, object] | None = None
) -> Schema:
    said, description = _described(kind), inspect.cleandoc(kind.__doc__ or "").partition("\n\n")[0]
    given = given or _type_variables(kind)
    told: Schema = {"type": {"const": kind.__name__}}
    for name, hint in types_of(kind).items():
        shape = _of(hint, defined, given)
        told[name] = {**shape, "description": said[name]} if name in said else shape
    told |= {"sentences": SENTENCES} if hasattr(kind, "sentences") else {}
    told |= {"records": RECORDS} if has_rows(kind) else {}
    return {
        "description": " ".join(description.split()),
        "type": "object",
        "properties": told,
        "required": [*told],
    }


def _of(hint: object, defined: dict[str, Schema], given: Mapping[object, object]) -> Schema:
    """Return the schema of a type; those of classes are put in `defined`, and referred to."""
    if isinstance(hint, TypeVar):
        hint = given.get(hint, hint.__bound__ or object)
    if isinstance(hint, Keyed):
        known = {name: _of(each, defined, given) for name, each in hint.known.items()}
        return {"type": "object", "properties": known}
    if hint in PLAIN_TYPES:
        return PLAIN_TYPES[hint]
    if get_origin(hint) is not None:
        return _of_several(hint, defined, given)
    return _of_class(hint, defined) if isinstance(hint, type) else {}


def _of_several(hint: object, defined: dict[str, Schema], given: Mapping[object, object]) -> Schema:
    origin: Any = get_origin(hint)
    parts = get_args(hint)
    if origin in (Union, types.UnionType):
        return _either([_of(each, defined, given) for each in parts])
    if origin is np.ndarray:
        return {"type": "array"}
    if origin is type:
        return TEXT
    if issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _of(parts[1], defined, given)}
    if origin is tuple and parts[-1] is not ...:
        items = [_of(each, defined, given) for each in parts]
        return {"type": "array", "prefixItems": items, "minItems": len(items), "items": False}
    if issubclass(origin, Sequence | Set):
        return {"type": "array", "items": _of(parts[0], defined, given)}
    return _of_class(origin, defined)


def _either(shapes: Sequence[Schema]) -> Schema:
    """Return the schema of a union; of plain types alone, one with several types."""
    several = [shape for shape in shapes if shape.keys() != {"type"}]
    names = dict.fromkeys(
        name
        for shape in shapes
        if shape.keys() == {"type"}
        for name in ([shape["type"]] if isinstance(shape["type"], str) else shape["type"])
    )
    if not names or {} in shapes:
        return {} if {} in shapes else {"anyOf": several}
    one: Schema = {"type": [*names]}
    return {"anyOf": [*several, one]} if several else one


def _of_class(kind: type, defined: dict[str, Schema]) -> Schema:
    if issubclass(kind, Enum):
        words = [each.value if isinstance(each, str) else each.name.lower() for each in kind]
        return {"enum": words}
    if issubclass(kind, Named):
        return TEXT
    if inspect.isabstract(kind):
        return {"type": "object", "properties": {"type": TEXT}, "required": ["type"]}
    if not has(kind):
        return {}
    if kind.__name__ not in defined:
        defined[kind.__name__] = {}
        defined[kind.__name__] = _object(kind, defined)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _parameters(kind: object) -> tuple[object, ...]:
    return getattr(kind, "__parameters__", ())


def _type_variables(kind: type) -> dict[object, object]:
    """Return the types that a class gives to the type variables of its bases."""
    return {
        variable: each
        for base in kind.__mro__
        for made in getattr(base, "__orig_bases__", ())
        for variable, each in zip(_parameters(get_origin(made)), get_args(made), strict=False)
    }


def _described(kind: type) -> dict[str, str]:
    """Return what docstrings say of the arguments of a class, and of its properties, by name."""
    found = dict[str, str]()
    names = [each.name for each in fields(kind)] if has(kind) else []
    for base in reversed(kind.__mro__):
        for name, each in vars(base).items():
            if isinstance(each, property) and each.__doc__:
                found[name] = " ".join(each.__doc__.partition("\n\n")[0].split())
        _, _, arguments = inspect.cleandoc(base.__doc__ or "").partition("Args:\n")
        entries = re.split(r"\n(?=    \w+: )|\n\n", f"\n{arguments}")
        for entry in entries:
            name, colon, said = entry.strip().partition(": ")
            if colon and name in names:
                found[name] = " ".join(said.split())
    return found
