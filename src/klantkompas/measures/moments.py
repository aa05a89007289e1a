"""What rated moments leave behind: the peak, the end, and what was experienced (section 10).

A rated moment is a contact with a rating or a survey answer with a score, in the period. Within a
customer they stand by time, contacts before answers, and of one kind the lowest last.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from attrs import frozen

from klantkompas._arrays import Codes, FloatArray, mask_unknown, sorted_by, sum_by
from klantkompas._thresholds import TOLERANCE
from klantkompas.hooks import measure
from klantkompas.portfolio import Period, cached, in_time
from klantkompas.portfolio.latest import LATEST_RATINGS
from klantkompas.portfolio.latest import latest_ratings as latest_ratings_of

__all__ = ["NEUTRAL", "Experience", "experience_of"]

NEUTRAL = 5.5
"""The middle of the scale 1-10: the rating that is neither good nor bad (section 10)."""


@frozen(eq=False, kw_only=True)
class Experience:
    """What remains of each customer's rated moments: a float for each; NaN without rated moments.

    Args:
        peak: the rating furthest from neutral.
        end: the last rating.
        experienced: the mean of all ratings.
        moments: how many rated moments the customer has.
    """

    peak: FloatArray
    end: FloatArray
    experienced: FloatArray
    moments: FloatArray

    @property
    def remembered(self) -> FloatArray:
        """The mean of peak and end for each customer; NaN for a customer without rated moments."""
        return (self.peak + self.end) / 2


def experience_of(
    codes: Codes, ratings: FloatArray, customers: int, *, neutral: float = NEUTRAL
) -> Experience:
    """Reduce ratings to each customer's peak, end and mean.

    Args:
        codes: for each rating, the position of its customer; the ratings of a customer are sorted
            by time, earliest first.
        ratings: from 0 to 10.
        customers: how many customers there are.
        neutral: the rating that is neither good nor bad.

    Returns:
        Peak, end, mean and number of ratings for each customer; NaN for a customer without ratings.

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
    # Where a position occurs more than once, the last value stays: the later moment.
    peak[codes[at_peak]] = ratings[at_peak]
    end[codes] = ratings
    total = sum_by(codes, ratings, customers, lambda: np.arange(len(codes)))
    return Experience(peak=peak, end=end, experienced=total / moments, moments=moments)


@cached
def _moments(period: Period) -> tuple[Codes, FloatArray]:
    """Return the rated moments of the period in order: the customer and the rating of each."""
    contacts = period.during("contacts").known("rating", "customer")
    answers = period.during("responses").known("score", "customer")
    codes = np.concatenate([contacts["customer"], answers["customer"]])
    instants = in_time(contacts, answers)
    ratings = np.concatenate([contacts["rating"], answers["score"]])
    kinds = np.repeat([0, 1], [len(contacts), len(answers)])
    order = sorted_by(codes, instants, kinds, _lowest_last(ratings))
    return codes[order], ratings[order]


@cached
def _experience(period: Period) -> Experience:
    """Reduce the rated moments of the period to each customer's peak, end and mean."""
    return experience_of(*_moments(period), period.customers)


def _lowest_last(ratings: FloatArray) -> npt.NDArray[np.int64]:
    """Return whole numbers that fall as ratings rise; small ones where the ratings are whole."""
    numbers = ratings.astype(np.int64)
    return -numbers if (numbers == ratings).all() else -(ratings + 0.0).view(np.int64)


RATED = ("contacts.rating", "responses.score")


@measure(unit="points", basis_unit="rated moments", reads=RATED)
def peak(period: Period) -> tuple[FloatArray, FloatArray]:
    """The rating furthest from neutral, of the period.

    Returns:
        The value for each customer, in id order, and the number of rated moments that it rests on;
        both NaN for a customer without rated moments in the period.
    """
    found = _experience(period)
    return found.peak, found.moments


@measure(unit="points", basis_unit="rated moments", reads=RATED)
def end(period: Period) -> tuple[FloatArray, FloatArray]:
    """The last rating of the period.

    Returns:
        The value for each customer, in id order, and the number of rated moments that it rests on;
        both NaN for a customer without rated moments in the period.
    """
    found = _experience(period)
    return found.end, found.moments


@measure(unit="points", basis_unit="rated moments", reads=RATED)
def remembered(period: Period) -> tuple[FloatArray, FloatArray]:
    """The mean of peak and end.

    Returns:
        The value for each customer, in id order, and the number of rated moments that it rests on;
        both NaN for a customer without rated moments in the period.
    """
    found = _experience(period)
    return found.remembered, found.moments


@measure(unit="points", basis_unit="rated moments", reads=RATED)
def experienced(period: Period) -> tuple[FloatArray, FloatArray]:
    """The mean of all ratings of the period.

    Returns:
        The value for each customer, in id order, and the number of rated moments that it rests on;
        both NaN for a customer without rated moments in the period.
    """
    found = _experience(period)
    return found.experienced, found.moments


@measure(unit=LATEST_RATINGS, reads=RATED, steers=False)
def latest_ratings(period: Period) -> FloatArray:
    """The latest ratings of the period, to draw what is remembered.

    At most ten whole or half ratings in one float, as `klantkompas.portfolio.latest` has them; NaN
    for a customer without rated moments.
    """
    return latest_ratings_of(*_moments(period), period.customers)
