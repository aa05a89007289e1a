"""What do customers remember of you, and whom would a kind surprise reach?

Question: is what a customer remembers better or worse than what they went through? Idea: memory
keeps the most intense moment and the last one. Of the rated moments in order the *peak* is the
rating furthest from neutral (5.5; equally far: the later), the *end* is the last one; *remembered*
is their mean, *experienced* the mean of all. A good end can repair much, and a small kindness can
be a peak. Source: S2. Kahneman and others 1993 (Psychological Science 4, 401-405). Alaybek and
others 2022 find peak and end together about as good a predictor as the plain mean, so both are
shown.

>>> remembered = peak_and_end([7, 7, 2, 8, 6])
>>> remembered.peak, remembered.end, remembered.remembered, remembered.experienced
(2.0, 6.0, 4.0, 6.0)
>>> remembered.gap
-2.0
>>> remembered.ending_that_repairs(5.5)
9.0
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from attrs import field, frozen

from klantkompas._arrays import AnyArray, BoolArray, FloatArray, Lazy, ObjectArray, freeze
from klantkompas._thresholds import above, at_least, below
from klantkompas.classification.classify import Classification
from klantkompas.drawing import PeakEndDisplay, Pictured
from klantkompas.errors import ArgumentError
from klantkompas.hooks import Unanswered, lens
from klantkompas.measures.moments import NEUTRAL, experience_of
from klantkompas.portfolio import Measures
from klantkompas.portfolio.latest import ratings_at
from klantkompas.results import CustomerResult, per_customer
from klantkompas.stats.checks import checked_numbers
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Explanation, Text
from klantkompas.wording.plain import UNTOLD
from klantkompas.wording.sentence import Listing, Quantity, Sentence, sentence

__all__ = ["Memory", "Remembered", "memory", "peak_and_end"]

HIGH_PEAK = 9.0
"""A peak this high or higher is a surprise already had (section 10: 9 or 10)."""
WANTED = 6.0
"""What an ending should bring the memory to: the lowest whole mark above neutral (decided)."""
SURPRISED = ("A", "B")
"""The classes to surprise (section 10)."""

REMEMBERS = mark(
    "What they remember of {moments} (contacts and survey answers) is {remembered}: the peak was "
    "{peak}, the last {end}; on average they experienced {experienced}."
)
REMEMBERS_ONE = mark("One contact or survey answer of the period is rated: {remembered}.")
NOTHING_RATED = mark("no contact or answer of the period is rated, and no contact has a purpose")
NO_MOMENT = mark("What they remember is unknown: no contact or answer of the period is rated.")
HIGHEST = 10.0
"""The highest rating, on either scale."""
REPAIRS = mark("Ended on {ending} or better, what they remember would be {wanted} or more.")
REPAIRS_WITH_TEN = mark("Only a 10 as the next moment makes what they remember {wanted} or more.")
REPAIRS_NOT = mark("No next moment by itself would make what they remember {wanted} or more.")
MOMENTS = mark(
    "Remembered {remembered}: peak {peak}, end {end}; experienced {experienced} over {moments}"
)
NO_MOMENTS = mark("Remembered: unknown, as no moment is rated")
MEMORY = mark("Memory: {rated} of {customers} have rated moments")
AVERAGE = mark("on average remembered {remembered}, experienced {experienced}")
TO_SURPRISE = mark(
    "A and B customers to surprise, without a peak of 9 or 10 or a courtesy contact: {count}"
)
NO_SURPRISE = mark("They are {label} and had neither a peak of 9 or 10 nor a courtesy contact.")


@frozen
class Remembered(Pictured, Text):
    """Peak and end of a sequence of rated moments: what is remembered of them.

    Args:
        peak: the rating furthest from neutral; NaN without rated moments, as are the next three.
        end: the last rating.
        remembered: the mean of peak and end.
        experienced: the mean of all ratings.
        moments: how many rated moments there are.
        neutral: the rating that is neither good nor bad.
        ratings: the ratings, earliest first; empty where they are not kept.
    """

    peak: float
    end: float
    remembered: float
    experienced: float
    moments: int
    neutral: float = NEUTRAL
    ratings: tuple[float, ...] = field(default=(), repr=False)

    def display(self) -> PeakEndDisplay:
        """Return the picture: the line of ratings, with its peak and its end."""
        return PeakEndDisplay.from_result(self)

    @property
    def gap(self) -> float:
        """Remembered minus experienced: above 0 where the memory is better; NaN without ratings."""
        return self.remembered - self.experienced

    def ending_that_repairs(
        self, wanted: float = WANTED, *, endings: Sequence[float] = tuple(range(11))
    ) -> float | None:
        """Return the lowest rating that, as the next moment, repairs the memory.

        Args:
            wanted: the least that the mean of peak and end should then be, from 0 to 10.
            endings: the ratings to choose among; by default the whole ones from 0 to 10, as between
                two of them there need not be a lowest (decided).

        Returns:
            The lowest such rating; None where no rating would do, or no moment is rated yet.

        Raises:
            ArgumentError: what is wanted is not a number from 0 to 10.

        >>> peak_and_end([9, 3]).ending_that_repairs(8)
        7.0
        >>> peak_and_end([0, 5]).ending_that_repairs(6) is None
        True
        """
        if isinstance(wanted, bool) or not 0 <= wanted <= 10:
            raise ArgumentError(f"wanted is {wanted!r}, where it should be a number from 0 to 10")
        if math.isnan(self.peak):
            return None
        ends = np.sort(np.asarray(endings, dtype=np.float64))
        distance = np.abs(ends - self.neutral)
        is_peak = at_least(distance, abs(self.peak - self.neutral))
        enough = np.flatnonzero(at_least((np.where(is_peak, ends, self.peak) + ends) / 2, wanted))
        return float(ends[enough[0]]) if len(enough) else None

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentences of the result: what is remembered, and what was experienced."""
        if not self.moments:
            return (Sentence(NO_MOMENTS),)
        return (
            sentence(
                MOMENTS,
                remembered=self.remembered,
                peak=self.peak,
                end=self.end,
                experienced=self.experienced,
                moments=Quantity(self.moments, "rated moments"),
            ),
        )


def peak_and_end(ratings: Sequence[float | None], *, neutral: float = NEUTRAL) -> Remembered:
    """Return the peak and end of rated moments, and their means.

    Args:
        ratings: from 0 to 10, earliest first; None or NaN for a moment that is not rated.
        neutral: the rating that is neither good nor bad.

    Returns:
        The peak, the end, what is remembered and what was experienced.

    Raises:
        ArgumentError: a rating is not a number from 0 to 10, or neutral is not.

    >>> peak_and_end([3, 8]).peak  # equally far from 5.5: the later
    8.0
    """
    numbers = checked_numbers("ratings", np.array(ratings, dtype=np.object_), unknown=True)
    known = numbers[~np.isnan(numbers)]
    for name, values in (("ratings", known), ("neutral", np.atleast_1d(neutral))):
        if not ((values >= 0) & (values <= 10)).all():
            raise ArgumentError(f"{name}: there is a value that is not from 0 to 10")
    found = experience_of(np.zeros(len(known), dtype=np.intp), known, 1, neutral=neutral)
    return Remembered(
        peak=float(found.peak[0]),
        end=float(found.end[0]),
        remembered=float(found.remembered[0]),
        experienced=float(found.experienced[0]),
        moments=len(known),
        neutral=float(neutral),
        ratings=tuple(known.tolist()),
    )


@frozen(eq=False, repr=False, kw_only=True)
class Memory(CustomerResult):
    """What each customer remembers; arrays with a value for each customer, NaN where unknown.

    Args:
        peak: the rating furthest from neutral.
        end: the last rating.
        remembered: the mean of peak and end.
        experienced: the mean of all ratings.
        moments: how many rated moments there are.
        measures: what is known of each customer, their latest ratings among it.
        labels: the class of each customer; None without one.
        surprises: True for each customer who should be surprised.
    """

    peak: FloatArray
    end: FloatArray
    remembered: FloatArray
    experienced: FloatArray
    moments: FloatArray
    measures: Measures = field(metadata=UNTOLD)
    labels: ObjectArray
    surprises: BoolArray = per_customer()

    @property
    def gap(self) -> FloatArray:
        """Remembered minus experienced, for each customer: above 0 where the memory is better."""
        return self.remembered - self.experienced

    @cached_property
    def to_surprise(self) -> tuple[str, ...]:
        """The ids of the A and B customers to surprise: A before B, then by id."""
        positions = np.flatnonzero(self.surprises)
        return tuple(self.ids[sorted(positions, key=lambda position: self.labels[position])])

    def of(self, customer_id: str | int) -> Remembered | None:
        """Return what one customer remembers.

        Args:
            customer_id: the customer.

        Returns:
            The peak and end of their ratings; None where no moment is rated, or the customer
            objects to profiling.

        Raises:
            ArgumentError: there is no such customer.
        """
        position = self.position(customer_id)
        return None if self.opted_out[position] else self._remembered(position)

    def _remembered(self, position: int) -> Remembered | None:
        if np.isnan(self.peak[position]):
            return None
        return Remembered(
            peak=float(self.peak[position]),
            end=float(self.end[position]),
            remembered=float(self.remembered[position]),
            experienced=float(self.experienced[position]),
            moments=int(self.moments[position]),
            ratings=self._ratings(position),
        )

    def _ratings(self, position: int) -> tuple[float, ...]:
        """Return the ratings of one customer; none where not all of them are kept."""
        latest = ratings_at(self.measures, "latest_ratings", position)
        known = tuple(each for each in latest if each is not None)
        return known if len(known) == self.moments[position] else ()

    def why(self, customer_id: str | int, wanted: float = WANTED) -> Explanation:
        """Return what one customer remembers, how to repair it, and whether to surprise them.

        Args:
            customer_id: the customer's id.
            wanted: the least that they should remember, from 0 to 10.

        Returns:
            The explanation, which prints as sentences.

        Raises:
            ArgumentError: there is no such customer, or `wanted` is not from 0 to 10.
        """
        return self.explained(customer_id, lambda position: self.sentences_of(position, wanted))

    def sentences_of(self, position: int, wanted: float = WANTED) -> Iterable[Sentence]:
        """Return the sentences about the memory of one customer.

        Args:
            position: the position of the customer in `ids`.
            wanted: the least that they should remember, from 0 to 10.
        """
        yield from _remembered(self._remembered(position), wanted)
        if self.surprises[position]:
            yield sentence(NO_SURPRISE, label=self.labels[position])

    def row_columns(self) -> dict[str, AnyArray]:
        """Return peak, end, means, number of moments and surprise of each customer."""
        return {
            "peak": self.peak,
            "end": self.end,
            "remembered": self.remembered,
            "experienced": self.experienced,
            "memory_gap": self.gap,
            "rated_moments": self.moments,
            "to_surprise": self.surprises,
        }

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentences of the result: how many have a memory, and how many to surprise."""
        rated = ~np.isnan(self.remembered)
        customers = Quantity(len(self), "customers")
        parts = [sentence(MEMORY, rated=int(rated.sum()), customers=customers)]
        if rated.any():
            means = {
                "remembered": self.remembered[rated].mean(),
                "experienced": self.experienced[rated].mean(),
            }
            parts.append(sentence(AVERAGE, **means))
        parts.append(sentence(TO_SURPRISE, count=len(self.to_surprise)))
        return (sentence("{parts}", parts=Listing(parts, "; ")),)


def _remembered(left: Remembered | None, wanted: float) -> list[Sentence]:
    if left is None:
        return [Sentence(NO_MOMENT)]
    parts = [
        sentence(
            REMEMBERS if left.moments > 1 else REMEMBERS_ONE,
            remembered=left.remembered,
            peak=left.peak,
            end=left.end,
            experienced=left.experienced,
            moments=Quantity(left.moments, "rated moments"),
        )
    ]
    if below(left.remembered, wanted):
        ending = left.ending_that_repairs(wanted)
        message = (
            REPAIRS_NOT if ending is None else REPAIRS_WITH_TEN if ending >= HIGHEST else REPAIRS
        )
        parts.append(sentence(message, ending=ending, wanted=wanted))
    return parts


@lens(question="What do customers remember of you, and whom would a kind surprise reach?")
def memory(measures: Measures, classes: Classification) -> Memory | Unanswered:
    """Return what each customer remembers, and which A and B customers to surprise.

    Args:
        measures: what is known of each customer.
        classes: the class of each customer.

    Returns:
        The memory of each customer. To be surprised are A and B customers without a peak of 9 or 10
        and without a courtesy contact, as far as either is known of them. `Unanswered` where
        nothing of the period is rated and no contact has a purpose.
    """
    peak, courtesy = measures["peak"], measures["courtesy_contacts"]
    if np.isnan(peak).all() and np.isnan(courtesy).all():
        return Unanswered(NOTHING_RATED)
    fits = np.isin(classes.labels, SURPRISED)
    had_one = at_least(peak, HIGH_PEAK) | above(courtesy, 0)
    moments = measures.basis("remembered")
    return Memory(
        ids=Lazy(lambda: measures.ids),
        opted_out=measures.opted_out,
        peak=peak,
        end=measures["end"],
        remembered=measures["remembered"],
        experienced=measures["experienced"],
        measures=measures,
        moments=np.full(len(measures), np.nan) if moments is None else moments,
        labels=classes.labels,
        surprises=freeze(fits & ~had_one & ~(np.isnan(peak) & np.isnan(courtesy))),
    )
