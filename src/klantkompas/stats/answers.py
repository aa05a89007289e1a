"""Scores as people gave them: checked against their scale, and sorted into three categories.

On either scale 9 and 10 are promoters, 7 and 8 passives, up to 6 detractors (S2). This is the one
place that says so.

>>> categories([10, 7, None, 0])
array([ 1.,  0., nan, -1.])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from numbers import Real
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from klantkompas._arrays import AnyArray, BoolArray, Codes
from klantkompas._thresholds import at_least
from klantkompas.errors import ArgumentError, DataError
from klantkompas.stats.checks import Floats, as_float

__all__ = [
    "KINDS_OF_ANSWER",
    "MIN_PASSIVE",
    "MIN_PROMOTER",
    "SCALES",
    "Scores",
    "Tally",
    "categories",
    "checked_scale",
    "is_kind",
    "kinds_of_answer",
    "on_scale",
    "tally",
]

Scores: TypeAlias = ArrayLike | Sequence[float | None]
"""One score for each answer; None or NaN where there is none."""

SCALES = ((0, 10), (1, 10))
"""The field's scale, and the source's (S2)."""
MIN_PASSIVE, MIN_PROMOTER = 7, 9
"""The lowest score of a passive, and of a promoter; what is lower is a detractor's."""
KINDS_OF_ANSWER = ("detractor", "passive", "promoter", "unanswered")
"""The kinds of answer, by the codes that `kinds_of_answer` returns."""
BLOCK = 1 << 16


class Tally(NamedTuple):
    """The numbers of answers in each category, and the lowest and highest score; None without."""

    detractors: int
    passives: int
    promoters: int
    unanswered: int
    lowest: int | None
    highest: int | None


def tally(scores: Scores, *, scale: tuple[int, int] = (0, 10)) -> Tally:
    """Return how many of some scores are detractors, passives and promoters.

    Args:
        scores: one for each answer; None or NaN where there is none.
        scale: the lowest and the highest possible score, ``(0, 10)`` or ``(1, 10)``.

    Returns:
        The counts, with the lowest and the highest score.

    Raises:
        DataError: where a score is not a whole number on the scale; it says how many and where.
        ArgumentError: where the scale is neither, or the scores are not a one-dimensional array.

    >>> tally([9, 10, 7, 6, None])
    Tally(detractors=1, passives=1, promoters=2, unanswered=1, lowest=6, highest=10)
    """
    array = _as_numbers(scores, checked_scale(scale))
    answered = passives_up = promoters = 0
    lowest, highest = np.inf, -np.inf
    for block in _blocks(array):
        answered += int(np.count_nonzero(block == block))  # NaN is not
        passives_up += int(np.count_nonzero(block >= MIN_PASSIVE))
        promoters += int(np.count_nonzero(block >= MIN_PROMOTER))
        lowest = min(lowest, np.fmin.reduce(block, initial=np.iinfo(np.int8).max))
        highest = max(highest, np.fmax.reduce(block, initial=0))
    return Tally(
        detractors=answered - passives_up,
        passives=passives_up - promoters,
        promoters=promoters,
        unanswered=len(array) - answered,
        lowest=int(lowest) if answered else None,
        highest=int(highest) if answered else None,
    )


def categories(scores: Scores, *, scale: tuple[int, int] = (0, 10)) -> Floats:
    """Return the category of each score: detractor, passive or promoter.

    Args:
        scores: one for each answer; None or NaN where there is none.
        scale: the lowest and the highest possible score, ``(0, 10)`` or ``(1, 10)``.

    Returns:
        -1 for a detractor, 0 for a passive, 1 for a promoter, NaN where there is no answer.

    Raises:
        DataError: where a score is not a whole number on the scale; it says how many and where.
        ArgumentError: where the scale is neither, or the scores are not a one-dimensional array.

    >>> categories(np.array([6, 8]), scale=(1, 10))
    array([-1.,  0.])
    """
    array = _as_numbers(scores, checked_scale(scale)).astype(np.float64)
    return np.array([-1.0, 0.0, 1.0, np.nan])[kinds_of_answer(array)]


def kinds_of_answer(scores: Floats) -> Codes:
    """Return the kind of each answer as a number; the scores have to be checked already.

    Args:
        scores: one for each answer; NaN where there is none.

    Returns:
        For each the position of its kind in `KINDS_OF_ANSWER`.

    >>> [KINDS_OF_ANSWER[kind] for kind in kinds_of_answer(np.array([6, 8, 9, np.nan]))]
    ['detractor', 'passive', 'promoter', 'unanswered']
    """
    kinds = at_least(scores, MIN_PASSIVE).astype(np.intp) + at_least(scores, MIN_PROMOTER)
    return np.where(np.isnan(scores), KINDS_OF_ANSWER.index("unanswered"), kinds)


def is_kind(scores: Floats, kind: str) -> BoolArray:
    """Return a mask of the answers of one kind.

    Args:
        scores: one for each answer; NaN where there is none.
        kind: one of `KINDS_OF_ANSWER`.

    >>> is_kind(np.array([6.0, 9.0, np.nan]), "promoter")
    array([False,  True, False])
    """
    of_kind: BoolArray = kinds_of_answer(scores) == KINDS_OF_ANSWER.index(kind)
    return of_kind


def checked_scale(scale: tuple[int, int]) -> tuple[int, int]:
    """Return a scale, after a check that it is ``(0, 10)`` or ``(1, 10)``.

    Args:
        scale: the lowest and the highest possible score.

    Returns:
        The scale.

    Raises:
        ArgumentError: where it is neither.
    """
    given: object = scale
    for known in SCALES:
        if isinstance(given, tuple | list) and tuple(given) == known:
            return known
    raise ArgumentError(f"scale is {scale!r}, where it should be (0, 10) or (1, 10)")


def _as_numbers(scores: Scores, scale: tuple[int, int]) -> AnyArray:
    """Return the scores as whole numbers or floats, all on the scale or NaN."""
    if isinstance(scores, np.ma.MaskedArray):
        scores = np.ma.filled(scores.astype(np.float64), np.nan)
    try:
        array = np.asarray(scores)
        plain = array.dtype.kind in "iuf" and not isinstance(scores, list | tuple)
        if not plain:  # a list may hold anything, so each is looked at by itself
            array = np.array(scores, dtype=np.object_)
    except ValueError:
        raise ArgumentError("scores is not a one-dimensional array; its rows differ") from None
    if array.ndim != 1:
        raise ArgumentError(
            f"scores has {array.ndim} dimensions; a one-dimensional array is expected"
        )
    numbers = array if plain else np.fromiter(map(as_float, array), np.float64, len(array))
    if not all(on_scale(scale, block).all() for block in _blocks(numbers)):
        raise _off_scale(array, numbers, scale)
    return numbers


def _blocks(array: AnyArray) -> Iterator[AnyArray]:
    """Return an array in parts that fit the processor's cache."""
    return (array[start : start + BLOCK] for start in range(0, len(array), BLOCK))


def on_scale(scale: tuple[int, int], scores: AnyArray) -> BoolArray:
    """Return a mask of the scores that are whole numbers on a scale, or unanswered.

    Args:
        scale: the lowest and the highest possible score.
        scores: numbers; NaN where there is no answer.
    """
    inside: BoolArray = (scores >= scale[0]) & (scores <= scale[1])
    if scores.dtype.kind == "f":
        inside &= np.rint(scores) == scores
        inside |= np.isnan(scores)
    return inside


def _off_scale(array: AnyArray, numbers: AnyArray, scale: tuple[int, int]) -> DataError:
    wrong = np.flatnonzero(~on_scale(scale, numbers))
    first = int(wrong[0])
    value = array[first]
    shown = value.item() if isinstance(value, np.generic) else value
    number = isinstance(shown, Real | Decimal)
    what = "" if number else "text " if isinstance(shown, str) else f"a {type(shown).__name__} "
    others = "" if len(wrong) == 1 else f"; {len(wrong)} of {len(array)} scores are not"
    fitting = [other for other in SCALES if other != scale and on_scale(other, numbers).all()]
    hint = f"; all fit scale={fitting[0]}: write that if it was the scale asked" if fitting else ""
    return DataError(
        f"{what}is not a whole number from {scale[0]} to {scale[1]}{others}{hint}",
        column="scores",
        row=first + 1,
        value=shown if number else None,
    )
