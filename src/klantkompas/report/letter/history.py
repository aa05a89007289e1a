"""What a history holds of a customer, without other people in what staff typed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from klantkompas.domain.nominations import NOMINATIONS, in_record
from klantkompas.errors import ArgumentError
from klantkompas.report.letter.others import Blanked
from klantkompas.wording.plain import Json

__all__ = ["held_in", "is_typed", "people_in", "without_others"]

PERSON = "by"
TYPED = ("because", "done", "finding", "preference_note", PERSON)


def is_typed(name: str) -> bool:
    """Return whether a field holds what staff typed, which may name others.

    Args:
        name: the field's name.

    >>> is_typed("preference_source"), is_typed("group")
    (True, False)
    """
    return name in TYPED or name.endswith("_source")


def held_in(export: Callable[[str], str], customer: str) -> Json:
    """Return what a history holds of a customer; nothing where it does not hold anything.

    Args:
        export: the history's `export`.
        customer: the customer's id.
    """
    try:
        found: Json = json.loads(export(customer))
    except ArgumentError:
        return {}
    for reading in found.get("readings", ()):
        record = reading.get("record", {})
        if NOMINATIONS in record:
            record[NOMINATIONS] = [
                {"by": each.by, "on": each.on and each.on.isoformat(), "because": each.reason}
                for each in in_record(customer, record[NOMINATIONS])
            ]
    return found


def people_in(held: object) -> Iterable[str]:
    """Yield the names of those who decided or noted something.

    Args:
        held: what a history holds, as data.
    """
    if isinstance(held, Mapping):
        if isinstance(by := held.get(PERSON), str):
            yield by
        for each in held.values():
            yield from people_in(each)
    elif isinstance(held, list):
        for each in held:
            yield from people_in(each)


def without_others(held: object, blanked: Blanked, name: str = "") -> Any:
    """Return what a history holds without other people in what staff typed.

    Args:
        held: what it holds, as data.
        blanked: replaces whoever may not be named.
        name: the name of the field that holds it.
    """
    if isinstance(held, Mapping):
        return {key: without_others(each, blanked, key) for key, each in held.items()}
    if isinstance(held, list):
        return [without_others(each, blanked, name) for each in held]
    return blanked(held) if isinstance(held, str) and is_typed(name) else held
