"""The known names nearest to a mistaken one: how an error about a name ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

from klantkompas._printable import clipped, shown
from klantkompas._told import Told, told

__all__ = ["nearest"]

_SHORT, _LONG = 60, 240
"""How many characters of a name, and of a list of names, are shown."""
_COMPARED = 20_000
"""Among more names than this, the nearest is not looked for."""


def nearest(name: object, known: Iterable[str]) -> Told:
    """Return a sentence with the known names nearest to a mistaken one, and all known names.

    Args:
        name: the name that was not found.
        known: the names that exist.

    Returns:
        A sentence to end an error with; of many names, the first few.

    >>> nearest("revenu", ["revenue", "margin"])
    "Did you mean 'revenue'? There are: margin, revenue."
    >>> nearest("x", [f"column {number}" for number in range(90_000)])[-60:]
    '009, column 1001, column 10010, column 10011 and 89982 more.'
    """
    from difflib import get_close_matches

    names = sorted({each[:_LONG] for each in known})
    compared = names if len(names) <= _COMPARED else ()
    close = get_close_matches(str(name)[:_LONG], compared, n=1)
    there = _listed(names)
    if not close:
        return there
    return told("Did you mean {close}? {there}", close=shown(close[0]), there=there)


def _listed(names: Sequence[str]) -> Told:
    """Return a sentence with names; of many, the first few."""
    if not names:
        return told("There are none.")
    short = [clipped(each, _SHORT).replace("\n", r"\n") for each in names]
    fitting = max(sum(end <= _LONG for end in accumulate(len(each) + 2 for each in short)), 1)
    listed, more = ", ".join(short[:fitting]), len(names) - fitting
    if not more:
        return told("There are: {names}.", names=listed)
    return told("There are: {names} and {number} more.", names=listed, number=more)
