"""Strategies for rows of many columns, in which hypothesis leaves out whole rows as it shrinks.

>>> from hypothesis import find
>>> find(one_among(["simplest", "other"]), lambda found: True)
'simplest'
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from klantkompas.testing.exports import Row

__all__ = ["USUALLY", "flags", "one_among", "rows_drawn"]

ValueT = TypeVar("ValueT")
MOST_BITS = 24
"""Of whole numbers in a range of this many bits, hypothesis draws each as often."""
FAR = 3 * 10**20
"""Drawn whole numbers begin here, at the simplest.

Of small ones, hypothesis prefers those that occur in the modules that happen to be loaded, and
those near zero: so other exports would be made up in other sessions, and many much alike.
"""


def _below(size: int) -> SearchStrategy[int]:
    """Return a strategy for whole numbers from `FAR`, each drawn as often in any session."""
    return st.integers(FAR, FAR + size - 1)


def one_among(values: Sequence[ValueT]) -> SearchStrategy[ValueT]:
    """Return a strategy for one of some values, each drawn as often in any session.

    Args:
        values: the values, the simplest first.

    Returns:
        A strategy for one of them.
    """
    return _below(len(values)).map(lambda number: values[number - FAR])


USUALLY = one_among([False, *[True] * 7])
"""Whether a table or column is there; the simplest exports are without."""


@lru_cache(maxsize=50)
def flags(count: int) -> SearchStrategy[int]:
    """Return a strategy for which of some columns are there, as bits: none, most or all."""
    most = (1 << count) - 1
    usually = st.lists(_below(most + 1), min_size=3, max_size=3).map(
        lambda three: reduce(or_, (number - FAR for number in three))
    )
    return one_among([st.just(0), usually, usually, st.just(most), st.just(most)]).flatmap(
        lambda drawn: drawn
    )


@lru_cache(maxsize=200)
def _numbers(
    sizes: tuple[int, ...], fewest: int, most: int
) -> SearchStrategy[list[tuple[int, ...]]]:
    row = st.tuples(*(_below(1 << size) for size in sizes))
    return st.lists(row, min_size=fewest, max_size=most)


def rows_drawn(
    draw: st.DrawFn, values: Mapping[str, Sequence[object]], fewest: int, most: int
) -> list[Row]:
    """Draw rows of few numbers each, so that shrinking leaves out whole rows.

    Each number holds the values of some columns, each in bits of its own.

    Args:
        draw: given by hypothesis.
        values: by column, the values that it may hold.
        fewest: how many rows there are at least.
        most: how many there are at most.
    """
    groups: list[dict[str, int]] = [{}]
    for name, each in values.items():
        bits = (len(each) - 1).bit_length()
        if sum(groups[-1].values()) + bits > MOST_BITS:
            groups.append({})
        groups[-1][name] = bits
    rows = list[Row]()
    sizes = tuple(sum(group.values()) for group in groups)
    for numbers in draw(_numbers(sizes, fewest, most)):
        row = dict[str, object]()
        for group, number in zip(groups, numbers, strict=True):
            left = number - FAR
            for name, bits in group.items():
                left, at = divmod(left, 1 << bits)
                row[name] = values[name][at % len(values[name])]
        rows.append(row)
    return rows
