"""A Net Promoter Score by the answers behind it, for whichever lens has some to count."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from attrs import Attribute, field, frozen

from klantkompas.errors import ArgumentError
from klantkompas.stats.answers import Scores, checked_scale, tally
from klantkompas.stats.checks import MOST, between_0_and_1, checked_counts
from klantkompas.stats.differences import nps_differences
from klantkompas.stats.intervals import nps_intervals, nps_variances
from klantkompas.stats.jeffreys import chance_above
from klantkompas.stats.planning import more_answers_needed
from klantkompas.stats.results import Difference, Interval
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Listing, Quantity, Sentence, sentence

__all__ = ["NetPromoterScore", "net_promoter_score"]


NONE_BELOW_1 = mark("No score is below 1: read on a scale of 1-10 the result would be the same.")
NONE_ABOVE_5 = mark("No score is above 5: these answers look like those of another scale.")
SCORE = mark(
    "NPS {value} on {scale} ({interval} at {level}), {answers}: {promoters}, {passives}, "
    "{detractors}"
)
NO_ANSWERS = mark("NPS unknown on {scale}: no answers")
LEVEL = 0.95
KEPT = 128
"""How many intervals are kept: a page says that of one score in words, figures and pictures."""
MANY, HALFWAY = 10, 5
"""How many answers without one above halfway look like those of another scale (decided)."""


def _whole(value: int) -> int:
    """Take numpy's whole numbers, and floats that are whole, as plain ones."""
    return int(value) if isinstance(value, np.number | float) and value % 1 == 0 else value


def _check(_: object, attribute: Attribute[int], value: int) -> None:
    if type(value) is int and 0 <= value <= MOST:  # what nearly all are, without an array
        return
    (count,) = checked_counts(**{attribute.name: value})
    if count.ndim:
        raise ArgumentError(
            f"{attribute.name} has {count.size} counts, where it should be one; for several groups "
            "use net_promoter_scores_by_group"
        )


def _check_if_known(_: object, attribute: Attribute[int], value: int | None) -> None:
    if value is not None:
        _check(_, attribute, value)


@frozen
class NetPromoterScore(Text):
    """A Net Promoter Score, kept as the numbers of answers it is computed from.

    Args:
        detractors: how many gave 6 or lower.
        passives: how many gave 7 or 8.
        promoters: how many gave 9 or 10.
        unanswered: how many were asked and gave no score.
        scale: the scale they were asked on, ``(0, 10)`` or ``(1, 10)``.
        lowest: the lowest score given, where that is known.
        highest: the highest score given, where that is known.

    Raises:
        ArgumentError: where a count is negative or not whole, or the scale is neither.

    >>> score = NetPromoterScore(detractors=20, passives=10, promoters=70)
    >>> score.value, score.answers, round(score.standard_error, 6)
    (50.0, 100, 8.062258)
    """

    detractors: int = field(converter=_whole, validator=_check)
    passives: int = field(converter=_whole, validator=_check)
    promoters: int = field(converter=_whole, validator=_check)
    unanswered: int = field(default=0, converter=_whole, validator=_check)
    scale: tuple[int, int] = field(default=(0, 10), converter=checked_scale)
    lowest: int | None = field(default=None, validator=_check_if_known, kw_only=True)
    highest: int | None = field(default=None, validator=_check_if_known, kw_only=True)

    @property
    def answers(self) -> int:
        """The number of answers that the score is computed from; unanswered ones do not count."""
        return self.detractors + self.passives + self.promoters

    @property
    def value(self) -> float:
        """The score in points, from -100 to 100; NaN without answers."""
        if not self.answers:
            return float("nan")
        return 100 * (self.promoters - self.detractors) / self.answers

    @property
    def standard_error(self) -> float:
        """The standard error of the score in points; NaN without answers."""
        _, variance, answers = nps_variances(*map(np.asarray, self.counts))
        return 100 * float(np.sqrt(variance / answers)) if self.answers else float("nan")

    @property
    def note(self) -> str | None:
        """A note that the answers may have been given on another scale; None without such doubt."""
        if self.looks_like_another_scale:
            return NONE_ABOVE_5
        if self.scale == (0, 10) and self.lowest is not None and self.lowest >= 1:
            return NONE_BELOW_1
        return None

    @property
    def looks_like_another_scale(self) -> bool:
        """Whether there are ten answers or more and none is above 5, as on a scale of 1-5."""
        return self.answers >= MANY and self.highest is not None and self.highest <= HALFWAY

    @property
    def counts(self) -> tuple[int, int, int]:
        """The numbers of detractors, passives and promoters."""
        return self.detractors, self.passives, self.promoters

    def interval(self, confidence_level: float = 0.95, method: str = "jeffreys") -> Interval:
        """Return a confidence interval of the score.

        Args:
            confidence_level: how often such an interval should hold the true score.
            method: ``"jeffreys"``, ``"score"``, ``"adjusted_wald"`` or ``"wald"``.

        Returns:
            The limits in points, within -100 and 100; these without answers.

        Raises:
            ArgumentError: where the level is not between 0 and 1, or there is no such method.

        >>> print(NetPromoterScore(0, 0, 5).interval())
        21.6 to 100
        """
        level = between_0_and_1("confidence_level", confidence_level)
        return _interval(self.counts, level, str(method))

    def difference(self, other: NetPromoterScore, confidence_level: float = 0.95) -> Difference:
        """Return the difference from the score of *other* customers.

        For the same customers there is `paired_nps_difference`.

        Args:
            other: the score to compare with.
            confidence_level: how often such an interval should hold the true difference.

        Returns:
            This score minus the other, with interval and p-value.

        Raises:
            ArgumentError: where the level is not between 0 and 1.

        >>> print(NetPromoterScore(10, 20, 70).difference(NetPromoterScore(20, 30, 50)))
        +30.0 points (+9.4 to +49.6, p = 0.0047)
        """
        value, low, high, p_value = nps_differences(
            self.counts, other.counts, confidence_level=confidence_level
        )
        return Difference(float(value), Interval(float(low), float(high)), float(p_value))

    def chance_above(self, other: NetPromoterScore) -> float:
        """Return the probability that this true score is above that of *other* customers.

        Args:
            other: the score to compare with.

        Returns:
            A chance from 0 to 1, from the two posteriors; NaN where either has no answers.

        >>> round(NetPromoterScore(2, 3, 5).chance_above(NetPromoterScore(3, 3, 4)), 2)
        0.7
        """
        return chance_above(
            np.array(self.counts, dtype=np.float64), np.array(other.counts, dtype=np.float64)
        )

    def more_answers_needed(self, margin: float, confidence_level: float = 0.95) -> int:
        """Return how many more answers are needed for a wanted margin.

        Args:
            margin: half the width of the interval, in points.
            confidence_level: the level of the interval.

        Returns:
            The number of further answers, if they are distributed as these are; 0 where there are
            enough.

        Raises:
            ArgumentError: where the margin is not above 0, or the level not between 0 and 1.

        >>> NetPromoterScore(20, 10, 70).more_answers_needed(margin=10)
        148
        """
        return more_answers_needed(*self.counts, margin, confidence_level=confidence_level)

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentences of the score: its value, its interval, and the answers behind it."""
        scale = Listing(self.scale, "-")
        if not self.answers:
            return (sentence(NO_ANSWERS, scale=scale),)
        counts = {
            name: Quantity(getattr(self, name), name)
            for name in ("answers", "promoters", "passives", "detractors")
        }
        return (
            sentence(
                SCORE,
                value=Quantity(self.value, "score"),
                scale=scale,
                interval=self.interval(LEVEL).of("score"),
                level=Quantity(LEVEL, "percent"),
                **counts,
            ),
        )


@lru_cache(maxsize=KEPT)
def _interval(counts: tuple[int, int, int], level: float, method: str) -> Interval:
    low, high = nps_intervals(*counts, confidence_level=level, method=method)
    return Interval(float(low), float(high))


def net_promoter_score(scores: Scores, *, scale: tuple[int, int] = (0, 10)) -> NetPromoterScore:
    """Return the Net Promoter Score of some scores.

    Args:
        scores: one for each answer; None or NaN where there is none.
        scale: the lowest and the highest possible score, ``(0, 10)`` or ``(1, 10)``.

    Returns:
        The score, with the counts behind it.

    Raises:
        DataError: where a score is not a whole number on the scale; it says how many and where.
        ArgumentError: where the scale is neither, or the scores are not a one-dimensional array.

    >>> net_promoter_score([9, 10, 7, 6], scale=(1, 10)).value
    25.0
    """
    counted = tally(scores, scale=scale)
    return NetPromoterScore(
        *counted[:4], scale=scale, lowest=counted.lowest, highest=counted.highest
    )
