"""When a measure contributes to success: the four criteria, and their cut-offs.

A criterion is what the business says; a cut-off is its threshold for these customers, a number.
A recorded cut-off can be applied again later, to the same customers or to others.

>>> import numpy as np
>>> cutoff = TopShare(0.20).cutoff(np.array([50.0, 20, 10, 5, 4]))
>>> print(cutoff)
at least 50
>>> cutoff.met(np.array([50.0, 20.0, np.nan])).tolist()
[True, False, False]
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TypeVar

import numpy as np
from attrs import field, frozen

from klantkompas._arrays import BoolArray, FloatArray
from klantkompas._thresholds import above, at_least, at_most, share_of_count
from klantkompas.errors import ArgumentError
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Quantity, Sentence, sentence

__all__ = [
    "AtLeast",
    "AtLeastOverall",
    "AtMost",
    "Criterion",
    "Cutoff",
    "StandingOut",
    "TopShare",
    "standing_out",
]

ValueT = TypeVar("ValueT")
Known = tuple[FloatArray, FloatArray | None]
_COMPARISONS = {"at least": at_least, "above": above, "at most": at_most}
IN_WORDS = {
    "at least": mark("at least {value}"),
    "above": mark("above {value}"),
    "at most": mark("at most {value}"),
}
UNKNOWN = mark("the number to pass is unknown")
WITH_UNIT = ("money", "share")
"""Units that a number to pass is written with; what is counted is named beside the value itself."""


@frozen
class Cutoff(Text):
    """A threshold that a measure has to pass for a success factor to be met.

    Args:
        value: the number; NaN where there was no known value to derive it from.
        comparison: ``"at least"``, ``"above"`` or ``"at most"``.

    >>> print(Cutoff(0.9))
    at least 0.9
    """

    value: float
    comparison: str = "at least"

    def met(self, values: FloatArray) -> BoolArray:
        """Return a mask of the values that pass the threshold.

        Args:
            values: one float for each customer; NaN where unknown.

        Returns:
            True or False for each customer; within 1e-9 (relative) of the threshold counts as equal
            to it, and NaN never passes.
        """
        return _COMPARISONS[self.comparison](values, self.value)

    def of(self, unit: str, value: float | None = None) -> Sentence:
        """Return the threshold as a sentence, with a unit.

        Args:
            unit: the unit of the measure, such as ``"money"`` or ``"days"``.
            value: a value that is written beside it, and bears the unit: the two are written so
                that they differ.
        """
        if np.isnan(self.value):
            return Sentence(UNKNOWN)
        told = unit if value is None or unit in WITH_UNIT else ""
        number = Quantity(self.value, told, apart_from=value)
        return sentence(IN_WORDS[self.comparison], value=number)

    def beside(self, value: float, unit: str) -> Quantity:
        """Return a value as it is written beside the threshold, so that the two differ.

        Args:
            value: the value of the measure.
            unit: its unit.
        """
        return Quantity(value, unit, apart_from=self.value)

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence of the threshold, with a number without a unit."""
        return (self.of(""),)


class Criterion(ABC):
    """The base of the criteria by which a success factor judges a measure."""

    @abstractmethod
    def cutoff(self, values: FloatArray, basis: FloatArray | None = None) -> Cutoff:
        """Return the threshold that the criterion gives for some customers.

        Args:
            values: the known values of the active customers.
            basis: how much each of them rests on, as weights; None for a measure without a basis.
        """

    def needed(self, resolved: Cutoff, others: Callable[[], Known]) -> Cutoff:
        """Return the threshold for one customer, while the values of all others stay as they are.

        Args:
            resolved: the threshold for all customers.
            others: a function that returns the known values of the other active customers, and
                their basis.
        """
        return resolved


def _a_number(criterion: object, attribute: object, value: ValueT) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not np.isfinite(value):
        raise ArgumentError(f"{type(criterion).__name__} needs a finite number, not {value!r}")


def _a_share(criterion: object, attribute: object, value: ValueT) -> None:
    _a_number(criterion, attribute, value)
    if not 0 < float(str(value)) <= 1:
        raise ArgumentError(
            f"{type(criterion).__name__} needs a share above 0 and at most 1, such as 0.20 for a "
            f"fifth, not {value!r}"
        )


@frozen
class AtLeast(Criterion):
    """Met by values of at least a number.

    >>> AtLeast(0.9).cutoff(np.array([])).value
    0.9
    """

    value: float = field(validator=_a_number)

    def cutoff(self, values: FloatArray, basis: FloatArray | None = None) -> Cutoff:
        """Return the number itself, whatever the values.

        Args:
            values: the known values of the active customers; not used.
            basis: how much each of them rests on; not used.
        """
        return Cutoff(self.value)


@frozen
class AtMost(Criterion):
    """Met by values of at most a number.

    >>> print(AtMost(0.05).cutoff(np.array([])))
    at most 0.05
    """

    value: float = field(validator=_a_number)

    def cutoff(self, values: FloatArray, basis: FloatArray | None = None) -> Cutoff:
        """Return the number itself, whatever the values.

        Args:
            values: the known values of the active customers; not used.
            basis: how much each of them rests on; not used.
        """
        return Cutoff(self.value, "at most")


@frozen
class TopShare(Criterion):
    """Met by positive values at least as high as the edge of the highest share (S1 step 2).

    The edge is the value at rank ceil(share * n) among n known values. Ties at the edge are let in,
    unless that would let in more than twice as many: then only values above it (decided).

    >>> print(TopShare(0.20).cutoff(np.array([3.0, 3, 3, 3, 3])))
    above 3
    """

    share: float = field(validator=_a_share)

    def cutoff(self, values: FloatArray, basis: FloatArray | None = None) -> Cutoff:
        """Return the lowest of the top share of the known values of the active customers.

        Args:
            values: the known values of the active customers.
            basis: how much each of them rests on; not used.
        """
        if not len(values):
            return Cutoff(np.nan)
        places = share_of_count(self.share, len(values))
        edge = float(np.partition(values, len(values) - places)[len(values) - places])
        if edge <= 0:
            return Cutoff(0.0, "above")
        crowded = int(at_least(values, edge).sum()) > 2 * places
        return Cutoff(edge, "above" if crowded else "at least")


@frozen
class AtLeastOverall(Criterion):
    """Met by shares at least as high as that of all active customers taken together.

    >>> shares, money = np.array([0.5, 0.2]), np.array([100.0, 200.0])
    >>> print(AtLeastOverall().cutoff(shares, money))
    at least 0.3
    """

    def cutoff(self, values: FloatArray, basis: FloatArray | None = None) -> Cutoff:
        """Return sum(value * basis) / sum(basis) over the known values of the active customers.

        Args:
            values: the known values of the active customers.
            basis: how much each of them rests on, as weights.

        Raises:
            ArgumentError: the measure has no basis.
        """
        if basis is None:
            raise ArgumentError("AtLeastOverall needs a measure with a basis, such as margin_share")
        whole = float(basis.sum())
        return Cutoff(float((values * basis).sum()) / whole if whole > 0 else np.nan)

    def needed(self, resolved: Cutoff, others: Callable[[], Known]) -> Cutoff:
        """Return the share of all others taken together: one's own would move the overall share.

        Args:
            resolved: the threshold for all customers; not used.
            others: a function that returns the known values of the other active customers, and
                their basis.
        """
        return self.cutoff(*others())


@frozen
class StandingOut:
    """The two thresholds of standing out: to be among the highest, and far above the median.

    A share of the highest alone names somebody in any group, even where all are alike; so a value
    must also be a multiple of the median.

    Args:
        highest: the threshold of the share of customers with the highest values.
        min_value: the multiple of the median to reach; NaN where there was no known value.
    """

    highest: Cutoff
    min_value: float

    def met(self, values: FloatArray) -> BoolArray:
        """Return a mask of the values that pass both thresholds; NaN never does."""
        met: BoolArray = self.highest.met(values) & at_least(values, self.min_value)
        return met


def standing_out(
    values: FloatArray, *, share: float = 0.10, times_median: float = 2.0
) -> StandingOut:
    """Return the thresholds that a value has to pass to stand out among some values.

    Args:
        values: one float for each customer to compare with; NaN where unknown.
        share: the share of customers, above 0 and at most 1, who count as the highest.
        times_median: how many times the median a value has to be as well.

    Returns:
        The cut-off of the highest share, and the multiple of the median.

    Raises:
        ArgumentError: the share is not above 0 and at most 1.

    >>> minutes = np.array([5.0, 6, 7, 8, 9, 10, 11, 12, 13, 40])
    >>> standing_out(minutes).met(minutes).nonzero()[0].tolist()
    [9]
    """
    known = values[~np.isnan(values)]
    median = float(np.median(known)) if len(known) else np.nan
    return StandingOut(TopShare(share).cutoff(known), times_median * median)
