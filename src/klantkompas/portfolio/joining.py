"""The columns of disjoint groups of customers, put together in id order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from klantkompas._arrays import AnyArray, Codes, as_objects, freeze, sorted_by
from klantkompas._ids import CustomerIds
from klantkompas.errors import ArgumentError

__all__ = ["joined_column", "joined_ids"]


def joined_ids(parts: Sequence[CustomerIds]) -> tuple[AnyArray, Codes]:
    """Put the ids of all parts in id order: the ids, and where each of them was.

    Args:
        parts: the ids of each part.

    Raises:
        ArgumentError: a customer is in two of the parts.
    """
    if all(part.distinct.dtype == np.int64 for part in parts):
        ids: AnyArray = np.concatenate([part.distinct for part in parts])
        order = sorted_by(ids)
    else:
        listed = [each for part in parts for each in part.texts]
        by_text = np.array(sorted(range(len(listed)), key=listed.__getitem__), dtype=np.intp)
        length = np.fromiter(map(len, listed), dtype=np.intp, count=len(listed))
        order = by_text[np.argsort(length[by_text], kind="stable")]
        ids = as_objects(listed)
    ids = ids.take(order)
    if (ids[1:] == ids[:-1]).any():
        raise ArgumentError("a customer is in two of the parts; cut them by customer")
    return freeze(ids), order


def joined_column(columns: Sequence[AnyArray], counts: Sequence[int], order: Codes) -> AnyArray:
    """Put a column of all parts in id order; one in which all are alike takes no memory.

    Args:
        columns: the column of each part.
        counts: how many customers each part has.
        order: where each customer was, as `joined_ids` returns it.
    """
    filled = [column for column, count in zip(columns, counts, strict=True) if count]
    values = {column[:1].tobytes() for column in filled}
    if len(values) == 1 and all(column.strides == (0,) for column in filled):
        return np.broadcast_to(filled[0][:1], len(order))
    # Each part is in id order, so that taking reads it from its start to its end.
    return freeze(np.concatenate(columns).take(order))
