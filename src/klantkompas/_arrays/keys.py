"""Looking up whole numbers that lie too far apart for a table of all of them.

Open addressing, as in any dictionary, but for whole arrays at once: the table is built by letting
all keys that want a place write to it, and those that lost move on to the next place. A look-up
reads first the place and then the key that is there, which is right nearly always; the few
others move on. On a million rows this takes a fifth of the time of sorting.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from klantkompas._arrays.kinds import MISSING

__all__ = ["KeyTable"]

Keys = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]
BLOCK = 1 << 16
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


class KeyTable:
    """Numbers distinct keys from 0, in the order in which they were given.

    Args:
        keys: whole numbers, each once.

    >>> KeyTable(np.array([10**15, -3]))(np.array([-3, 10**15, 7])).tolist()
    [1, 0, -1]
    """

    def __init__(self, keys: Keys) -> None:
        # Four places or more for each key, so that few have to move on.
        bits = max((4 * len(keys)).bit_length(), 4)
        self._keys = np.append(keys, 0)
        self._shift, self._last = np.uint64(64 - bits), (1 << bits) - 1
        self._table = np.full(1 << bits, MISSING, dtype=np.int32)
        waiting, place = np.arange(len(keys), dtype=np.int32), self._places(keys)
        while len(waiting):
            free = self._table[place] == MISSING
            self._table[place[free]] = waiting[free]
            lost = np.flatnonzero(self._table[place] != waiting)
            waiting, place = waiting[lost], (place[lost] + 1) & self._last

    def _places(self, keys: Keys) -> npt.NDArray[np.int64]:
        return ((keys.view(np.uint64) * MULTIPLIER) >> self._shift).view(np.int64)

    def __call__(self, keys: Keys) -> Numbers:
        """Give the number of each key; negative for one that is not there."""
        numbers = np.empty(len(keys), dtype=np.int32)
        for start in range(0, len(keys), BLOCK):
            block = keys[start : start + BLOCK]
            place = self._places(block)
            found = self._table.take(place)
            moving = np.flatnonzero((self._keys.take(found) != block) & (found != MISSING))
            while len(moving):
                place[moving] = (place[moving] + 1) & self._last
                found[moving] = self._table.take(place[moving])
                wrong = self._keys.take(found[moving]) != block[moving]
                moving = moving[wrong & (found[moving] != MISSING)]
            numbers[start : start + BLOCK] = found
        return numbers
