"""The limits of success factors, as a letter may give them: without another customer's own value.

A limit that is another customer's own value is rounded to two significant digits away from the
customer's own value, always to another number (decided). So the class follows from the letter all
the same: what passed still passes, and what did not still does not.

>>> away_from(1123.4, 154.6), away_from(1123.4, 3215.0), away_from(1200.0, 154.6)
(1200.0, 1100.0, 1300.0)
>>> away_from(1123.4, 1123.4)
1123.4
"""

from __future__ import annotations

import math

import numpy as np
from attrs import evolve, frozen

from klantkompas.classification.scorecard import Scorecard
from klantkompas.classification.shortlist_cutoff import ShortlistCutoff
from klantkompas.domain.criteria import AtLeast, AtLeastOverall, AtMost, Cutoff
from klantkompas.wording.plain import Plain

__all__ = ["Limit", "away_from", "is_of_another", "limit_of", "revenue_edge"]

ENOUGH_OTHERS = 5
"""From so many other customers on, a share of all together tells nothing of one of them."""


@frozen(kw_only=True)
class Limit(Plain):
    """The value that a success factor asks for.

    Args:
        value: the value; NaN where there is none.
        comparison: ``"at least"``, ``"above"`` or ``"at most"``.
        rounded: whether it is rounded, as the exact value is another customer's own.
    """

    value: float
    comparison: str
    rounded: bool = False

    @property
    def cutoff(self) -> Cutoff:
        """The limit as a cut-off, which says whether a value passes it."""
        return Cutoff(self.value, self.comparison)


def away_from(limit: float, own: float) -> float:
    """Return a limit rounded to two significant digits, away from the customer's own value.

    Args:
        limit: the exact limit; 0 and NaN stay as they are.
        own: the customer's own value; NaN for unknown, which counts as below the limit. Where it is
            the limit, that is no other customer's, and stays as it is.

    Returns:
        Always another number than the exact limit, except in those cases.
    """
    if not math.isfinite(limit) or limit == 0 or math.isclose(limit, own, rel_tol=1e-9):
        return limit
    digits = 1 - math.floor(math.log10(abs(limit)))
    steps = limit * 10.0**digits
    nearest = round(steps)
    if own > limit:
        rounded = (nearest if math.isclose(steps, nearest) else math.ceil(steps)) - 1
    else:
        rounded = (nearest if math.isclose(steps, nearest) else math.floor(steps)) + 1
    return round(rounded / 10.0**digits, max(digits, 0))


def is_of_another(card: Scorecard, column: int, row: int) -> bool:
    """Return whether the limit of a factor may be another customer's own value.

    Args:
        card: the score card.
        column: the factor's column.
        row: the customer's row on the card.
    """
    criterion, cutoff = card.declared[column].criterion, card.cutoffs[column]
    if isinstance(criterion, AtLeast | AtMost):
        return False
    if isinstance(criterion, AtLeastOverall):
        others = ~card.unknown[:, column]
        others[row] = False
        return int(np.count_nonzero(others)) < ENOUGH_OTHERS
    return not (cutoff.value == 0 and cutoff.comparison == "above")


def limit_of(card: Scorecard, column: int, row: int, own: float, cutoff: Cutoff) -> Limit:
    """Return the limit of a factor as a letter may give it.

    Args:
        card: the score card.
        column: the factor's column.
        row: the customer's row on the card.
        own: the customer's own value; NaN for unknown.
        cutoff: the exact limit.
    """
    limit = Limit(value=cutoff.value, comparison=cutoff.comparison)
    if not is_of_another(card, column, row):
        return limit
    rounded = away_from(cutoff.value, own)
    return evolve(limit, value=rounded, rounded=rounded != cutoff.value)


def revenue_edge(cutoff: ShortlistCutoff | None, own: float) -> float:
    """Return about how much revenue the last on a computed shortlist brought, rounded.

    Args:
        cutoff: the last on the shortlist; None where there is none.
        own: what the customer brought.

    Returns:
        The rounded revenue; NaN where there is none.
    """
    return math.nan if cutoff is None else away_from(cutoff.revenue, own)
