"""What rated moments leave behind: the peak, the end, and what was experienced (section 10).

A rated moment is a contact with a rating or a survey answer with a score, in the period. Within a
customer they stand by time, contacts before answers, and of one kind the lowest last.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from attrs import frozen

from klantkompas._arrays import Codes, FloatArray, mask_unknown, sorted_by, sum_by
from klantkompas._thresholds import TOLERANCE
from klantkompas.hooks import Measure
from klantkompas.portfolio import Period, Rows, in_time

__all__ = ["NEUTRAL", "Experience", "experience_of"]

NEUTRAL = 5.5
"""The middle of the scale 1-10: the rating that is neither good nor bad (section 10)."""


@frozen(eq=False, kw_only=True)
class Experience:
    """What each customer's rated moments come to; NaN for a customer without any.

    Args:
        peak: the rating furthest from neutral.
        end: the last rating.
        experienced: the mean of all.
        moments: how many there are.
    """

    peak: FloatArray
    end: FloatArray
    experienced: FloatArray
    moments: FloatArray

    @property
    def remembered(self) -> FloatArray:
        """The mean of peak and end."""
        return (self.peak + self.end) / 2


def experience_of(
    codes: Codes, ratings: FloatArray, customers: int, *, neutral: float = NEUTRAL
) -> Experience:
    """Reduce ratings to each customer's peak, end and mean.

    Args:
        codes: whose each rating is; the ratings of a customer stand in the order of time.
        ratings: from 0 to 10.
        customers: how many customers there are.
        neutral: the rating that is neither good nor bad.

    Returns:
        What they come to.

    >>> experience_of(np.array([0, 0, 0]), np.array([2.0, 9.0, 6.0]), 1).peak
    array([9.])
    """
    count = np.bincount(codes, minlength=customers).astype(np.float64)
    moments = mask_unknown(count, count == 0)
    distance = np.abs(ratings - neutral)
    furthest = np.zeros(customers)
    np.maximum.at(furthest, codes, distance)
    furthest = furthest.take(codes)
    at_peak = np.flatnonzero(furthest - distance <= TOLERANCE * furthest)
    peak, end = np.full(customers, np.nan), np.full(customers, np.nan)
    # Where a place occurs more than once, the last value stays: the later moment.
    peak[codes[at_peak]] = ratings[at_peak]
    end[codes] = ratings
    total = sum_by(codes, ratings, customers, lambda: np.arange(len(codes)))
    return Experience(peak=peak, end=end, experienced=total / moments, moments=moments)


def experience(period: Period) -> Experience:
    """Reduce the rated moments of the period to each customer's peak, end and mean."""
    contacts = _rated(period, "contacts", "rating")
    answers = _rated(period, "responses", "score")
    codes = np.concatenate([contacts.codes, answers.codes])
    instants = in_time(contacts, answers)
    ratings = np.concatenate([contacts["rating"], answers["score"]])
    kinds = np.repeat([0, 1], [len(contacts), len(answers)])
    order = sorted_by(codes, instants, kinds, _lowest_last(ratings))
    return experience_of(codes[order], ratings[order], period.customers)


def _rated(period: Period, kind: str, rating: str) -> Rows:
    rows = period.during(kind).known(rating)
    return rows.where(rows.codes < period.customers)


def _lowest_last(ratings: FloatArray) -> npt.NDArray[np.int64]:
    """Give whole numbers that fall as ratings rise; small ones where the ratings are whole."""
    numbers = ratings.astype(np.int64)
    return -numbers if (numbers == ratings).all() else -(ratings + 0.0).view(np.int64)


def _part(name: str) -> Callable[[Period], tuple[FloatArray, FloatArray]]:
    def of(period: Period) -> tuple[FloatArray, FloatArray]:
        found = period.cached(experience)
        return getattr(found, name), found.moments

    return of


def _measure(name: str, describes: str) -> Measure:
    return Measure(
        name=name,
        of=_part(name),
        unit="points",
        describes=describes,
        basis="rated moments",
        reads=("contacts.rating", "responses.score"),
    )


PEAK = _measure("peak", "the rating furthest from neutral, of the period")
END = _measure("end", "the last rating of the period")
REMEMBERED = _measure("remembered", "the mean of peak and end")
EXPERIENCED = _measure("experienced", "the mean of all ratings of the period")
