"""Records (attrs objects) as columns: the fields of their class are the columns.

>>> from datetime import date
>>> from klantkompas.domain.interactions import BUILT_IN_KINDS, Order
>>> tables = tables_from_records([Order(customer="a", on=date(2026, 1, 2), amount=3.0)])
>>> tables["orders"]["amount"]
[3.0]
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from klantkompas.domain.fields import columns_of
from klantkompas.domain.interactions import BUILT_IN_KINDS, InteractionKind
from klantkompas.errors import DataError

__all__ = ["columns_from_records", "tables_from_records"]


def columns_from_records(record: type, records: Sequence[object]) -> dict[str, list[Any]]:
    """Take the columns out of records of one class.

    Args:
        record: their class.
        records: the records.

    Returns:
        A list for each column that the class declares.
    """
    return {
        column.name: list(map(attrgetter(column.name), records)) for column in columns_of(record)
    }


def tables_from_records(
    interactions: Iterable[object], kinds: Sequence[InteractionKind] = BUILT_IN_KINDS
) -> dict[str, dict[str, list[Any]]]:
    """Sort records by kind and take their columns.

    Args:
        interactions: records of any of the kinds, in any order.
        kinds: the kinds.

    Returns:
        For each kind of which there is a record, its columns.

    Raises:
        DataError: something is a record of none of the kinds.
    """
    by_class: dict[type, list[object]] = {}
    for record in interactions:
        by_class.setdefault(type(record), []).append(record)
    names = {kind.record: kind.name for kind in kinds}
    for found in by_class:
        if found not in names:
            expected = ", ".join(record.__name__ for record in names)
            raise DataError(f"records of type {found.__name__} were given; expected: {expected}")
    return {names[record]: columns_from_records(record, rows) for record, rows in by_class.items()}
