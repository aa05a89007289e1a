"""The Net Promoter Scores of several groups, side by side and each against the rest."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

import numpy as np
from attrs import cmp_using, field, frozen
from numpy.typing import ArrayLike, NDArray

from klantkompas._arrays import as_objects
from klantkompas._ids import distinct_objects
from klantkompas._nearest import nearest
from klantkompas.errors import ArgumentError, DataError
from klantkompas.stats.answers import Scores, categories
from klantkompas.stats.checks import Floats, checked_counts, is_missing
from klantkompas.stats.differences import holm, nps_differences
from klantkompas.stats.intervals import nps_intervals, nps_variances
from klantkompas.stats.net_promoter import NetPromoterScore
from klantkompas.stats.results import Difference

__all__ = ["NetPromoterScores", "net_promoter_scores_by_group"]


def _read_only(counts: ArrayLike) -> Floats:
    array = np.array(checked_counts(counts=counts)[0])
    array.flags.writeable = False
    return array


@frozen
class NetPromoterScores:
    """The Net Promoter Scores of several groups, which have their names as keys.

    Args:
        groups: their names.
        detractors: how many in each group gave 6 or lower.
        passives: how many gave 7 or 8.
        promoters: how many gave 9 or 10.
        unanswered: how many were asked and gave no score.
        scale: the scale they were asked on.
        ungrouped: how many answers belong to no group.

    Raises:
        ArgumentError: where a count is negative or not whole, or there is not one for each group.

    >>> scores = NetPromoterScores(("shop", "web"), [0, 1], [0, 1], [2, 0], [0, 0])
    >>> for group in scores.groups:
    ...     print(group, scores[group].value)
    shop 100.0
    web -50.0
    """

    groups: tuple[str, ...]
    detractors: Floats = field(converter=_read_only, eq=cmp_using(eq=np.array_equal))
    passives: Floats = field(converter=_read_only, eq=cmp_using(eq=np.array_equal))
    promoters: Floats = field(converter=_read_only, eq=cmp_using(eq=np.array_equal))
    unanswered: Floats = field(converter=_read_only, eq=cmp_using(eq=np.array_equal))
    scale: tuple[int, int] = (0, 10)
    ungrouped: int = 0

    def __attrs_post_init__(self) -> None:
        for name in ("detractors", "passives", "promoters", "unanswered"):
            shape = getattr(self, name).shape
            if shape != (len(self.groups),):
                raise ArgumentError(
                    f"{name} has shape {shape}, where it should be one count for each of "
                    f"{len(self.groups)} groups"
                )

    @property
    def values(self) -> Floats:
        """Each group's score in points, -100 to 100, in the order of `groups`; NaN without any."""
        mean, _, _ = nps_variances(*self.counts)
        return 100 * mean

    @property
    def counts(self) -> tuple[Floats, Floats, Floats]:
        """Three arrays with a number for each group: detractors, passives and promoters."""
        return self.detractors, self.passives, self.promoters

    def intervals(
        self, confidence_level: float = 0.95, method: str = "jeffreys"
    ) -> tuple[Floats, Floats]:
        """Return the interval of each group's score, as `NetPromoterScore.interval` does.

        Args:
            confidence_level: the wanted coverage, between 0 and 1.
            method: ``"jeffreys"``, ``"score"``, ``"adjusted_wald"`` or ``"wald"``.

        Returns:
            Two arrays with a number for each group, lower and upper limits in points.
        """
        return nps_intervals(*self.counts, confidence_level=confidence_level, method=method)

    def against_the_rest(self, group: str, confidence_level: float = 0.95) -> Difference:
        """Return the difference between a group's score and that of all other groups together.

        Args:
            group: its name.
            confidence_level: how often such an interval should hold the true difference.

        Returns:
            The group's score minus that of the rest, with interval and p-value.

        >>> scores = NetPromoterScores(("shop", "web"), [0, 1], [0, 1], [2, 0], [0, 0])
        >>> scores.against_the_rest("shop").value
        150.0
        """
        mine = self[group]
        worse, silent, better = (int(count.sum()) for count in self.counts)
        rest = NetPromoterScore(
            worse - mine.detractors, silent - mine.passives, better - mine.promoters
        )
        return mine.difference(rest, confidence_level)

    def p_values_against_the_rest(self) -> Floats:
        """Return each group's p-value against the rest, corrected for multiple comparisons.

        Returns:
            Holm's adjusted p-values, one for each group; NaN where a group, or its rest, has no
            answers.
        """
        rest = tuple(count.sum() - count for count in self.counts)
        return holm(nps_differences(self.counts, (rest[0], rest[1], rest[2]))[3])

    def __getitem__(self, group: str) -> NetPromoterScore:
        if group not in self.groups:
            raise ArgumentError(f"There is no group {group!r}. {nearest(str(group), self.groups)}")
        place = self.groups.index(group)
        columns = (*self.counts, self.unanswered)
        worse, silent, better, unanswered = (int(column[place]) for column in columns)
        return NetPromoterScore(worse, silent, better, unanswered, self.scale)

    def __len__(self) -> int:
        return len(self.groups)


def net_promoter_scores_by_group(
    scores: Scores, groups: Iterable[Hashable], *, scale: tuple[int, int] = (0, 10)
) -> NetPromoterScores:
    """Return the Net Promoter Score of each group of answers.

    Args:
        scores: one for each answer; None or NaN where there is none.
        groups: the group of each answer, as text; None where it belongs to none.
        scale: the lowest and the highest possible score, ``(0, 10)`` or ``(1, 10)``.

    Returns:
        The scores of the groups, these in the order of their names.

    Raises:
        DataError: where a score is not a whole number on the scale, or there are not as many groups
            as scores.
        ArgumentError: where the scale is neither, or the scores are not a one-dimensional array.

    >>> net_promoter_scores_by_group([9, 6, 10], ["b", "a", "b"]).values
    array([-100.,  100.])
    """
    category = categories(scores, scale=scale)
    which, distinct = distinct_objects(as_objects(groups))
    if len(which) != len(category):
        raise DataError(
            f"{len(category)} scores and {len(which)} groups were given",
            remedy="Give one for each score",
        )
    labels = [None if is_missing(group) else str(group) for group in distinct]
    names = tuple(sorted({label for label in labels if label is not None}))
    number: dict[str | None, int] = {name: place for place, name in enumerate(names)}
    number[None] = len(names)
    code = np.fromiter((number[label] for label in labels), np.intp, len(labels)).take(which)

    def count(counts: NDArray[np.bool_]) -> Floats:
        return np.bincount(code[counts], minlength=len(names) + 1)[:-1].astype(np.float64)

    return NetPromoterScores(
        names,
        count(category == -1),
        count(category == 0),
        count(category == 1),
        count(np.isnan(category)),
        scale,
        int(np.count_nonzero(code == len(names))),
    )
