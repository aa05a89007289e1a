"""Whether the tables speak of the same customers, or each of ids of its own."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from klantkompas._arrays import Codes
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

__all__ = ["FEW_IN_COMMON", "few_in_common"]

FEW_IN_COMMON = mark(
    "hardly any id stands in another table too, {count} of {detail}: are they ids of another kind?"
)
_ENOUGH, _FEW = 10, 10


def few_in_common(tables: Mapping[str, Codes], customers: int) -> tuple[DataNote, ...]:
    """Return a note on each table of which few customers occur in another table: below one in ten.

    Args:
        tables: by table name, for each row the position of its customer in id order; `customers`
            where the row has no customer.
        customers: the number of customers.

    Returns:
        A note for each such table but the largest, where it and the others have ten customers or
        more.

    >>> orders, complaints = np.arange(40), np.arange(38, 60)
    >>> print(*few_in_common({"orders": orders, "complaints": complaints}, 60))
    complaints: hardly any id stands in another table too, 2 of 22: are they ids of another kind?
    """
    filled = {name: codes for name, codes in tables.items() if len(codes)}
    if len(filled) < 2:
        return ()
    found = {}
    for name, codes in filled.items():
        found[name] = np.zeros(customers + 1, dtype=np.bool_)
        found[name][codes] = True
        found[name][customers] = False
    in_tables = sum(each.astype(np.int64) for each in found.values())
    by_size = sorted(found, key=lambda name: int(found[name].sum()))
    notes = []
    for name in by_size[:-1]:
        own, others = found[name], in_tables - found[name] > 0
        count, common = int(own.sum()), int((own & others).sum())
        fewest = min(count, int(others.sum()))
        if fewest >= _ENOUGH and common * _FEW < fewest:
            notes.append(DataNote(FEW_IN_COMMON, table=name, count=common, unit="", detail=count))
    return tuple(notes)
