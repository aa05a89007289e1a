"""What is said of one customer that left: why, as staff believe and as it says itself (S2).

>>> [each.said(str) for each in told_of_leaving(29.0, Reason.PRICE, None)]
['It left 29 days before.', 'Staff believe: price.', 'It named no reason itself.']
"""

from __future__ import annotations

from klantkompas.domain.reasons import Reason
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Sentence, sentence
from klantkompas.wording.units import named

__all__ = ["told_of_leaving"]

LEFT = mark("It left {days:.0f} {unit} before.")
STAFF_BELIEVE = mark("Staff believe: {reason}.")
STAFF_NAMED_NONE = mark("Staff named no reason.")
IT_SAYS = mark("It says: {reason}.")
IT_NAMED_NONE = mark("It named no reason itself.")
THEY_DIFFER = mark("What staff believe and what it says differ: repair what it says.")


def told_of_leaving(
    days: float, believed: Reason | None, stated: Reason | None
) -> tuple[Sentence, ...]:
    """Say how long ago a customer left and why, and what to repair when the two sides differ.

    Args:
        days: how many days ago.
        believed: the reason that staff believe; None where they named none.
        stated: the reason that the customer gave; None likewise.

    Returns:
        The sentences.
    """
    differ = None not in (believed, stated) and believed is not stated
    return (
        sentence(LEFT, days=days, unit=Sentence(named(days, "days"))),
        _named(believed, STAFF_BELIEVE, STAFF_NAMED_NONE),
        _named(stated, IT_SAYS, IT_NAMED_NONE),
        *((Sentence(THEY_DIFFER),) if differ else ()),
    )


def _named(reason: Reason | None, says: str, names_none: str) -> Sentence:
    return Sentence(names_none) if reason is None else sentence(says, reason=Sentence(reason))
