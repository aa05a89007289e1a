"""Where a customer is among ids in id order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from klantkompas._arrays.kinds import ObjectArray
from klantkompas._told import told
from klantkompas.errors import ArgumentError

__all__ = ["position_of"]

COMPARED = 20_000
"""Among more ids than this, the nearest is not looked for."""


def position_of(ids: Sequence[str] | ObjectArray, customer_id: str | int) -> int:
    """Return the position of a customer in id order.

    Args:
        ids: ids, shorter first, then by code point.
        customer_id: text, or a whole number.

    Returns:
        The position, from 0.

    Raises:
        ArgumentError: there is no such customer.

    >>> position_of(["9", "10"], 10)
    1
    """
    wanted = str(customer_id)
    first = bisect_left(ids, len(wanted), key=len)
    last = bisect_right(ids, len(wanted), lo=first, key=len)
    position = bisect_left(ids, wanted, first, last)
    if position == last or ids[position] != wanted:
        from difflib import get_close_matches

        near = get_close_matches(wanted, ids, n=1) if len(ids) <= COMPARED else []
        raise ArgumentError(
            told("no customer has the id {id}; ids are text, and 0017 is not 17", id=repr(wanted)),
            remedy=told("Did you mean {close}?", close=repr(near[0])) if near else "",
        )
    return position
