"""Counting how often words come together, from codes rather than from the words themselves.

>>> tally_of((np.array([1, 0, 1]), ("a", "b")), (np.array([0, 0, 0]), ("x",)))
{('a', 'x'): 1, ('b', 'x'): 2}
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from klantkompas._arrays import Codes, numbered

__all__ = ["TallyCounts", "add_tallies", "tally_of"]

TallyCounts = Mapping[tuple[str, ...], int]
"""How often each key occurred; the counts of disjoint groups of customers add up."""


def tally_of(*parts: tuple[Codes, Sequence[str]]) -> TallyCounts:
    """Count how often each combination of words occurs.

    Args:
        *parts: pairs of an array and a sequence of words: for each row, the position of its word in
            the sequence.

    Returns:
        The counts by combination (a tuple with a word from each pair), for combinations that occur,
        sorted by the positions of their words.
    """
    combined = np.zeros(len(parts[0][0]), dtype=np.int64)
    for codes, words in parts:
        combined *= len(words)
        combined += codes
    found, which = numbered(combined)
    counts = np.bincount(which, minlength=len(found))
    keys = list[list[str]]()
    for _, words in reversed(parts):
        keys.append([words[place] for place in (found % max(len(words), 1)).tolist()])
        found //= max(len(words), 1)
    return dict(sorted(zip(zip(*reversed(keys), strict=True), counts.tolist(), strict=True)))


def add_tallies(parts: Iterable[TallyCounts]) -> TallyCounts:
    """Return the sums of the counts of disjoint groups of customers.

    Args:
        parts: the counts by combination of words, of each group.

    Returns:
        The counts of all groups together, sorted by combination.

    >>> add_tallies([{("b",): 1}, {("a",): 2, ("b",): 3}])
    {('a',): 2, ('b',): 4}
    """
    total = Counter[tuple[str, ...]]()
    for counts in parts:
        total.update(counts)
    return dict(sorted(total.items()))
