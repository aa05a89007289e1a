"""What sets the customers whom you like best apart from the others?

Question: people wrote down who fits best; which measures tell these customers from the rest, and
where would a success factor draw the line?
Idea: put each listed customer beside each other active one. The probability of superiority is the
share of these pairs in which the listed one has the larger value, ties counted half; Cliff's delta
is the same from -1 to 1, with 0 for chance. The number at which Youden's J is largest (how many of
the listed it lets in, minus how many of the others) is proposed as a criterion. It proposes; the
business decides.
Source: S1 step 2. Mann and Whitney 1947; Cliff 1993 (Psychological Bulletin 114,
494-509); Youden 1950 (Cancer 3, 32-35). The intervals are method 5 of Newcombe 2006, whose formulas
stand in `klantkompas.stats.superiority`.

>>> fit = fit_of([9, 8, 7, None], [5, 6, 7, 3, 2])
>>> print(fit)
larger for those listed in 97% of the pairs; at least 6.5 tells them apart best (Cliff's delta \
+0.93, 0.06 to 1; Youden's J 0.8)
>>> fit.unknown_listed
1
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Protocol

import numpy as np
from attrs import evolve, frozen
from numpy.typing import ArrayLike

from klantkompas._arrays import AnyArray, FloatArray, as_objects
from klantkompas._nearest import nearest
from klantkompas._thresholds import above, below
from klantkompas.domain.criteria import AtLeast, AtMost
from klantkompas.errors import ArgumentError
from klantkompas.hooks import Unanswered, lens
from klantkompas.portfolio import Measures
from klantkompas.results import Result
from klantkompas.stats.results import Interval
from klantkompas.stats.superiority import superiority_interval
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Listing, Quantity, Sentence, indented, sentence
from klantkompas.wording.writer import UNKNOWN

__all__ = ["Fit", "MeasureFit", "fit", "fit_of"]

LARGER = mark("larger for those listed in {share} of the pairs")
SMALLER = mark("smaller for those listed in {share} of the pairs")
DELTA = mark("Cliff's delta {delta}, {interval}")
YOUDEN = mark("Youden's J {youden}")
DETAILS = "{plainly} ({details})"
PROPOSED = mark("{apart}; {cutoff} tells them apart best")
LISTS = mark(
    "Fit: what sets those listed ({listed}) apart from the others ({others}), each of the ones put "
    "beside each of the others"
)
MORE = mark("... and more measures: {count}")
SHOWN = 5
"""How many measures a fit prints."""


@frozen(kw_only=True)
class MeasureFit(Text):
    """How well one measure tells the listed customers from the others.

    Args:
        listed: how many of the listed have a known value.
        others: how many of the others have a known value.
        unknown_listed: how many of the listed were left out, as their value is unknown.
        unknown_others: how many of the others were left out, as their value is unknown.
        wins: in how many pairs the listed customer has the larger value, ties counted half.
        criterion: the criterion that best separates the two groups: at least a number where the
            listed have the larger values, at most one where they have the smaller; None where
            neither group has the larger values.
        youden: the share of the listed that meet the criterion minus the share of the others; NaN
            without a criterion.
        describes: what the measure is, in words; empty where that is unknown.
    """

    listed: int
    others: int
    unknown_listed: int
    unknown_others: int
    wins: float
    criterion: AtLeast | AtMost | None
    youden: float
    describes: str = ""

    @property
    def pairs(self) -> int:
        """How many pairs of a listed customer and another customer there are, both values known."""
        return self.listed * self.others

    @property
    def superiority(self) -> float:
        """The share of pairs in which the listed customer has the larger value; NaN without any."""
        return self.wins / self.pairs if self.pairs else float("nan")

    @property
    def delta(self) -> float:
        """Cliff's delta: 1 where all listed have larger values, -1 smaller; NaN without pairs."""
        return (2 * self.wins - self.pairs) / self.pairs if self.pairs else float("nan")

    def superiority_interval(self, confidence_level: float = 0.95) -> Interval:
        """Return the interval of the superiority, by Newcombe's method 5.

        Args:
            confidence_level: how often such an interval should hold the true superiority.

        Returns:
            Limits within 0 and 1, with the superiority between them; 0 and 1 without pairs.

        Raises:
            ArgumentError: the level is not between 0 and 1.

        >>> fit_of([2, 2], [1, 1]).superiority_interval().high
        1.0
        """
        return superiority_interval(self.superiority, self.listed, self.others, confidence_level)

    def delta_interval(self, confidence_level: float = 0.95) -> Interval:
        """Return the interval of Cliff's delta; chance is excluded when it leaves out 0.

        Args:
            confidence_level: how often such an interval should hold the true delta.

        Returns:
            Limits within -1 and 1, with delta between them; -1 and 1 without pairs.

        Raises:
            ArgumentError: the level is not between 0 and 1.
        """
        chance = self.superiority_interval(confidence_level)
        if not self.pairs:
            return Interval(-1.0, 1.0)
        return Interval(min(2 * chance.low - 1, self.delta), max(2 * chance.high - 1, self.delta))

    @property
    def in_brief(self) -> Sentence:
        """How often larger or smaller, and the criterion, without the terms of statistics."""
        if not self.pairs:
            return Sentence(UNKNOWN)
        larger = self.delta >= 0
        share = self.superiority if larger else 1 - self.superiority
        apart = sentence(LARGER if larger else SMALLER, share=Quantity(share, "percent"))
        if self.criterion is None:
            return apart
        return sentence(PROPOSED, apart=apart, cutoff=self.criterion.cutoff(np.empty(0)).of(""))

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence of the result: how often larger or smaller, the criterion, the details."""
        if not self.pairs:
            return (self.in_brief,)
        interval = self.delta_interval().of("")
        details = [sentence(DELTA, delta=Quantity(self.delta, signed=True), interval=interval)]
        if self.criterion is not None:
            details.append(sentence(YOUDEN, youden=self.youden))
        return (sentence(DETAILS, plainly=self.in_brief, details=Listing(details, "; ")),)


@frozen(eq=False, repr=False, kw_only=True)
class Fit(Result):
    """What sets the listed customers apart from the other active ones.

    Args:
        listed: how many active customers are on the list.
        others: how many active customers are not on the list.
        measures: how well each measure separates the two groups, by its name: largest absolute
            Cliff's delta first.
    """

    listed: int
    others: int
    measures: Mapping[str, MeasureFit]

    def __getitem__(self, measure: str) -> MeasureFit:
        """Return what one measure tells.

        Raises:
            ArgumentError: there is no such measure.
        """
        if measure not in self.measures:
            raise ArgumentError(
                f"no measure is called {measure!r}. {nearest(measure, self.measures)}"
            )
        return self.measures[measure]

    def columns(self) -> dict[str, AnyArray]:
        """Return the columns of `to_frame`: a row for each measure, furthest apart first."""
        fits = list(self.measures.values())
        deltas = [fit.delta_interval() for fit in fits]
        chances = [fit.superiority_interval() for fit in fits]
        cutoffs = [fit.criterion and fit.criterion.cutoff(np.empty(0)) for fit in fits]
        numbers: dict[str, list[float]] = {
            "delta": [fit.delta for fit in fits],
            "delta_low": [each.low for each in deltas],
            "delta_high": [each.high for each in deltas],
            "superiority": [fit.superiority for fit in fits],
            "superiority_low": [each.low for each in chances],
            "superiority_high": [each.high for each in chances],
            "threshold": [each.value if each else np.nan for each in cutoffs],
            "youden": [fit.youden for fit in fits],
        }
        counts = ("listed", "others", "unknown_listed", "unknown_others")
        return {
            "measure": as_objects(self.measures),
            **{name: np.array(each, dtype=np.float64) for name, each in numbers.items()},
            "comparison": as_objects(each.comparison if each else None for each in cutoffs),
            **{n: np.array([getattr(fit, n) for fit in fits], dtype=np.int64) for n in counts},
        }

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentences of the result: which measures set the listed customers apart most."""
        known = [(name, fit) for name, fit in self.measures.items() if fit.pairs]
        shown = [
            sentence("{measure}: {fit}", measure=Sentence(fit.describes or name), fit=fit.in_brief)
            for name, fit in known[:SHOWN]
        ]
        rest = len(self.measures) - len(shown)
        more = [sentence(MORE, count=rest)] if rest else []
        head = sentence(LISTS, listed=self.listed, others=self.others)
        return (head, *indented([*shown, *more]))


def fit_of(listed_values: ArrayLike, other_values: ArrayLike) -> MeasureFit:
    """Return how far one measure sets listed customers apart from others.

    Values that lie within 1e-9 of one another, so that no number between them tells them apart,
    count as equal. The proposed number is halfway between two neighbouring values; of equally good
    ones the lowest.

    Args:
        listed_values: the measure's value for each listed customer; NaN or None where unknown.
        other_values: the measure's value for each other customer; NaN or None where unknown.

    Returns:
        Cliff's delta, the probability of superiority, and a proposed criterion.

    Raises:
        ArgumentError: the values are not a one-dimensional array of numbers, or one is infinite.

    >>> fit_of([1, 2], [2, 3]).criterion
    AtMost(value=1.5)
    """
    listed = _numbers("listed_values", listed_values)
    others = _numbers("other_values", other_values)
    mine, theirs = listed[~np.isnan(listed)], others[~np.isnan(others)]
    distinct, inverse = np.unique(np.concatenate([mine, theirs]), return_inverse=True)
    halfway = distinct[:-1] / 2 + distinct[1:] / 2
    apart = above(halfway, distinct[:-1]) & below(halfway, distinct[1:])
    step = np.concatenate([[0], np.cumsum(apart)])[inverse]
    size = int(apart.sum()) + 1
    my_counts = np.bincount(step[: len(mine)], minlength=size)
    their_counts = np.bincount(step[len(mine) :], minlength=size)
    my_total, their_total = np.cumsum(my_counts), np.cumsum(their_counts)
    pairs = len(mine) * len(theirs)
    twice_wins = int((my_counts * (2 * their_total - their_counts)).sum())
    sign = np.sign(twice_wins - pairs)
    criterion: AtLeast | AtMost | None = None
    youden = float("nan")
    if sign:
        gained = sign * (their_total[:-1] * len(mine) - my_total[:-1] * len(theirs))
        best = int(np.argmax(gained))
        criterion = (AtLeast if sign > 0 else AtMost)(float(halfway[apart][best]))
        youden = int(gained[best]) / pairs
    return MeasureFit(
        listed=len(mine),
        others=len(theirs),
        unknown_listed=len(listed) - len(mine),
        unknown_others=len(others) - len(theirs),
        wins=twice_wins / 2,
        criterion=criterion,
        youden=youden,
    )


class NamesCustomers(Protocol):
    """What names the customers whom a team chose: the answer of the lens `team`."""

    def shortlist(self, *, everybody: bool = False) -> Sequence[str]:
        """Return the ids of those who were named."""


@lens(question="What sets the customers that you like best apart from the others?")
def fit(
    measures: Measures, shortlist: Sequence[str] | None, team: NamesCustomers | None = None
) -> Fit | Unanswered:
    """Return which measures set the customers on a list apart from the other active ones.

    A customer who objects to profiling counts on neither side where they are listed, and among the
    others where they are not.

    Args:
        measures: what is known of each customer.
        shortlist: the ids of the customers whom people chose; None where they made no list.
        team: the team's own lists, whose customers are chosen where there is no shortlist.

    Returns:
        How well each measure separates the two, largest absolute Cliff's delta first and then by
        name (delta is above 0 where the listed customers have the larger values); `Unanswered`
        where there is no list, or no active customer on it or off it.

    Raises:
        ArgumentError: an id on the list is not that of a customer, or the list is a single string.
    """
    if shortlist is None and team is not None:
        shortlist = team.shortlist(everybody=True)
    if shortlist is None:
        return Unanswered("nobody supplied a list of the customers who fit best")
    if isinstance(shortlist, str):
        raise ArgumentError("shortlist is a list of ids, not a string")
    chosen = np.zeros(len(measures), dtype=np.bool_)
    chosen[[measures.place(each) for each in shortlist]] = True
    active = measures.active_places
    on_list = chosen[active]
    listed = active[on_list & ~measures.opted_out[active]]
    others = active[~on_list]
    if not (len(listed) and len(others)):
        return Unanswered(
            f"{len(listed)} of {len(active)} active customers are on the list that people "
            f"supplied and {len(others)} are not; it takes some of both"
        )
    fits = {
        name: evolve(fit_of(each.values[listed], each.values[others]), describes=each.describes)
        for name, each in measures.columns.items()
        if each.steers
    }
    furthest = sorted(fits, key=lambda name: (-np.nan_to_num(abs(fits[name].delta), nan=-1), name))
    return Fit(
        listed=len(listed), others=len(others), measures={name: fits[name] for name in furthest}
    )


def _numbers(name: str, values: ArrayLike) -> FloatArray:
    with suppress(TypeError, ValueError):
        array = np.asarray(values)
        floats = array.astype(np.float64)
        if array.ndim == 1 and array.dtype.kind in "iufO" and not np.isinf(floats).any():
            return floats
    raise ArgumentError(
        f"{name} should be a one-dimensional array of finite numbers, one for each customer, "
        f"NaN or None where unknown; found something else ({type(values).__name__})"
    )
