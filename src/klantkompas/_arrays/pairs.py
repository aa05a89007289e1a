"""Distinct pairs of whole numbers, sorted: each is one number, so that no positions are sorted.

The plain equivalent is a sorted list of a set of tuples. On 500,000 rows of customers and days it
takes two thirds of the time of sorting their positions, and a tenth of `numpy.unique` of rows.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from attrs import frozen

from klantkompas._arrays.blocks import never_fall
from klantkompas._arrays.kinds import BoolArray, Codes, IntegerArray
from klantkompas._arrays.sorting import sorted_by
from klantkompas._arrays.value import Value

__all__ = ["Pairs"]

FEW = 1 << 12
SHORT, LONG = 32, 63
"""How many bits a pair may take: those of 32 are sorted in half the time."""


def _is_new(numbers: IntegerArray) -> BoolArray:
    """Return for sorted numbers whether each is another than the one before it."""
    is_new = np.ones(len(numbers), dtype=np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=is_new[1:])
    return is_new


@frozen(eq=False)
class Pairs(Value):
    """Distinct pairs of a code and a number, by code and then by number.

    Args:
        packed: a number for each pair: its code, and as many bits as the second number takes.
        bits: how many those are.
        low: the lowest second number, from which they are counted.
        ranked: where the second numbers would take too many bits, each once and sorted: they are
            counted by their places among these.

    >>> pairs = Pairs.of(np.array([1, 0, 1, 1]), np.array([5, 5, 5, 9]))
    >>> pairs.first.tolist(), pairs.second.tolist()
    ([0, 1, 1], [5, 5, 9])
    >>> pairs.last_until(np.array([1, 1, 0, 2]), np.array([6, 8, 4, 9])).tolist()
    [1]
    """

    packed: IntegerArray
    bits: int = 0
    low: int = 0
    ranked: npt.NDArray[np.int64] | None = None

    @classmethod
    def of(cls, codes: Codes, numbers: npt.NDArray[np.int64]) -> Pairs:
        """Return the distinct pairs.

        Args:
            codes: whole numbers of 0 or more.
            numbers: as many whole numbers.
        """
        if not len(codes):
            return cls(np.empty(0, dtype=np.int64))
        low, code_bits = int(numbers.min()), int(codes.max()).bit_length()
        bits = (int(numbers.max()) - low).bit_length()
        ranked: npt.NDArray[np.int64] | None = None
        if code_bits + bits > LONG:
            ranked, numbers = np.unique(numbers, return_inverse=True)
            low, bits = 0, len(ranked).bit_length()
        is_short = code_bits + bits <= SHORT
        packed: IntegerArray = codes.astype(np.uint32 if is_short else np.int64)
        packed <<= bits
        packed |= (numbers - low).astype(packed.dtype, copy=False)
        # Where the numbers rise already, as in a table by day, the codes alone are sorted.
        if never_fall(numbers):
            packed = packed.take(sorted_by(codes))
        else:
            packed.sort()
        return cls(packed.compress(_is_new(packed)), bits, low, ranked)

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.packed)

    @property
    def first(self) -> Codes:
        """The code of each pair."""
        return (self.packed >> self.bits).astype(np.intp)

    @property
    def second(self) -> npt.NDArray[np.int64]:
        """The number of each pair."""
        return self.of_second(lambda numbers: numbers)

    @property
    def is_last(self) -> BoolArray:
        """Whether each pair is the last one of its code."""
        is_last = np.ones(len(self), dtype=np.bool_)
        differs = self.packed[1:] ^ self.packed[:-1]
        np.greater(differs, (1 << self.bits) - 1, out=is_last[:-1])
        return is_last

    def of_second(
        self, function: Callable[[npt.NDArray[np.int64]], npt.NDArray[np.int64]]
    ) -> npt.NDArray[np.int64]:
        """Return what a function makes of the number of each pair, asked once for every number.

        Args:
            function: a function of an array of numbers that returns as many, each from its own.
        """
        numbers = self.packed & ((1 << self.bits) - 1)
        if self.ranked is not None:
            return function(self.ranked).take(numbers)
        if 1 << self.bits > max(len(self), FEW):
            return function(numbers.astype(np.int64) + self.low)
        return function(np.arange(self.low, self.low + (1 << self.bits))).take(numbers)

    def take(self, places: Codes) -> Pairs:
        """Return the pairs at some places, rising."""
        return Pairs(self.packed.take(places), self.bits, self.low, self.ranked)

    def last_until(self, codes: Codes, numbers: npt.NDArray[np.int64]) -> Codes:
        """Return the places of the pairs that are the last of their code up to some number.

        Args:
            codes: the codes to look for.
            numbers: as many numbers: up to which number, it included.

        Returns:
            Places, rising, each once; none for a code without a pair up to its number.
        """
        if not len(self):
            return np.empty(0, dtype=np.intp)
        if self.ranked is None:
            up_to = np.minimum(numbers - self.low, (1 << self.bits) - 1)
        else:
            up_to = self.ranked.searchsorted(numbers, "right") - 1
        may_be = (up_to >= 0) & (codes <= int(self.packed[-1]) >> self.bits)
        sought = (codes.compress(may_be).astype(np.int64) << self.bits) | up_to.compress(may_be)
        sought.sort()
        places = self.packed.searchsorted(sought.astype(self.packed.dtype), "right") - 1
        same = self.packed.take(places, mode="clip") >> self.bits == sought >> self.bits
        found: Codes = places.compress(same & (places >= 0))
        return found.compress(_is_new(found))
