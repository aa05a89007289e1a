"""Records (attrs objects) as columns: the fields of their class are the columns.

>>> from datetime import date
>>> from klantkompas.domain.interactions import BUILT_IN_KINDS, Order
>>> tables = tables_from_records([Order(customer="a", on=date(2026, 1, 2), amount=3.0)])
>>> tables["orders"]["amount"]
[3.0]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

from attrs import has

from klantkompas._printable import shown
from klantkompas._told import joined
from klantkompas.domain.fields import columns_of
from klantkompas.domain.interactions import BUILT_IN_KINDS, InteractionKind
from klantkompas.domain.tables import of_a_plugin
from klantkompas.errors import ArgumentError, DataError

__all__ = ["checked_kinds", "columns_from_records", "records_of_one_class", "tables_from_records"]


def columns_from_records(record: type, records: Sequence[object]) -> dict[str, list[object]]:
    """Return the columns of records of one class.

    Args:
        record: their class.
        records: the records.

    Returns:
        By field, a list with a value for each record.
    """
    return {
        column.name: list(map(attrgetter(column.name), records)) for column in columns_of(record)
    }


def checked_kinds(kinds: object) -> tuple[InteractionKind, ...]:
    """Return kinds of interaction, checked.

    Args:
        kinds: the kinds.

    Raises:
        ArgumentError: something is not a kind of interaction.
    """
    listed = tuple(kinds) if isinstance(kinds, Iterable) else ()
    if not listed or not all(isinstance(each, InteractionKind) for each in listed):
        raise ArgumentError(
            f"kinds are {shown(kinds)}, not kinds of interaction",
            remedy="Leave them out, or give those of a compass: kinds=compass.kinds",
        )
    return listed


def records_of_one_class(
    record: type, table: str, records: Iterable[object]
) -> dict[str, list[object]] | None:
    """Return the columns of records, after a check that they are all of one class.

    Args:
        record: the class, such as `Customer`.
        table: what the errors call them.
        records: the records.

    Returns:
        The columns; None where there are no records.

    Raises:
        ArgumentError: `records` is not a collection of records.
        DataError: an element is not of the class.
    """
    listed = _records(records)
    for each in listed:
        if not isinstance(each, record):
            raise DataError(
                f"records of type {type(each).__name__} were given",
                table=table,
                remedy=f"Give records of {record.__name__}",
            )
    return columns_from_records(record, listed) if listed else None


def _records(given: object) -> list[object]:
    if isinstance(given, str | bytes | Mapping) or not isinstance(given, Iterable):
        raise ArgumentError(
            f"records were expected, not {shown(given)}",
            remedy="Give a list of them, such as [Order(...), Order(...)]",
        )
    return list(given)


def tables_from_records(
    interactions: Iterable[object], kinds: Sequence[InteractionKind] = BUILT_IN_KINDS
) -> dict[str, dict[str, list[object]]]:
    """Return the columns of records of several kinds, by kind.

    Args:
        interactions: records of any of the kinds, in any order.
        kinds: the kinds.

    Returns:
        For each kind of which there is a record, its columns.

    Raises:
        DataError: something is a record of none of the kinds.
    """
    by_class = defaultdict[type, list[object]](list)
    for record in _records(interactions):
        by_class[type(record)].append(record)
    names = {kind.record: kind.name for kind in kinds}
    for found in by_class:
        if found not in names:
            expected = f"Give some of: {', '.join(record.__name__ for record in names)}"
            more = of_a_plugin(kinds) if has(found) else ""
            raise DataError(
                f"records of type {found.__name__} were given",
                remedy=joined(". ", (expected, more)),
            )
    return {names[record]: columns_from_records(record, rows) for record, rows in by_class.items()}
