"""Why one customer left, as staff believe and as they say themselves (S2).

>>> from klantkompas.wording.writer import Writer
>>> [Writer("en").say(each) for each in about_leaving(29.0, Reason.PRICE, None)]
['They left 29 days before.', 'Staff believe: price.', 'They named no reason themselves.']
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from attrs import frozen

from klantkompas._arrays import AnyArray, BoolArray, FloatArray, Lazy, ObjectArray, as_objects
from klantkompas.domain.reasons import Reason
from klantkompas.portfolio import Measures
from klantkompas.results import CustomerResult, per_customer
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Quantity, Sentence, sentence

__all__ = ["REASONS", "Departed", "about_leaving"]

REASONS = tuple(Reason)

DEPARTED = mark("Departed: {left} of {customers}")
DID_NOT_LEAVE = mark("They did not leave in the period, as far as is known.")
LEFT = mark("They left {days} before.")
STAFF_BELIEVE = mark("Staff believe: {reason}.")
STAFF_NAMED_NONE = mark("Staff named no reason.")
THEY_SAY = mark("They say: {reason}.")
THEY_NAMED_NONE = mark("They named no reason themselves.")
THE_TWO_DIFFER = mark("What staff believe and what they say differ: repair what they say.")


def about_leaving(
    days: float, believed: Reason | None, stated: Reason | None
) -> tuple[Sentence, ...]:
    """Return how long ago a customer left and why, and what to repair when the two sides differ.

    Args:
        days: how many days before the reference date the customer left.
        believed: the reason that staff believe; None where they named none.
        stated: the reason that the customer gave; None where they named none.

    Returns:
        The sentences.
    """
    differ = None not in (believed, stated) and believed is not stated
    return (
        sentence(LEFT, days=Quantity(days, "days")),
        _named(believed, STAFF_BELIEVE, STAFF_NAMED_NONE),
        _named(stated, THEY_SAY, THEY_NAMED_NONE),
        *((Sentence(THE_TWO_DIFFER),) if differ else ()),
    )


def _named(reason: Reason | None, says: str, names_none: str) -> Sentence:
    return Sentence(names_none) if reason is None else sentence(says, reason=Sentence(reason))


@frozen(eq=False, repr=False, kw_only=True)
class Departed(CustomerResult):
    """Which customers left, and why: as staff believe and as they say themselves.

    Args:
        days: how many days ago each customer left; NaN for a customer who is not known to have left
            in the period.
        believed: the position in `REASONS` of the reason that staff believe; NaN without one.
        stated: the position of the reason that the customer gave; NaN without one.
    """

    days: FloatArray = per_customer()
    believed: FloatArray = per_customer()
    stated: FloatArray = per_customer()

    @classmethod
    def of(cls, measures: Measures) -> Departed:
        """Return the latest departure of each customer in the period.

        Args:
            measures: what is known of each customer.
        """
        return cls(
            ids=Lazy(lambda: measures.ids),
            opted_out=measures.opted_out,
            days=measures["days_since_departure"],
            believed=measures["believed_reason"],
            stated=measures["stated_reason"],
        )

    @property
    def left(self) -> BoolArray:
        """True for each customer who is known to have left in the period, in id order.

        False for all others, and for customers who object to profiling.
        """
        left: BoolArray = ~np.isnan(self.days)
        return left

    def row_columns(self) -> dict[str, AnyArray]:
        """Return how many days ago each customer left, and both reasons."""
        names = as_objects([*map(str, REASONS), None])

        def named(reasons: FloatArray) -> ObjectArray:
            return names[np.where(np.isnan(reasons), len(REASONS), reasons).astype(np.intp)]

        return {
            "days_since_departure": self.days,
            "believed_reason": named(self.believed),
            "stated_reason": named(self.stated),
        }

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence that says how many customers left."""
        customers = Quantity(len(self), "customers")
        return (sentence(DEPARTED, left=int(self.left.sum()), customers=customers),)

    def sentences_of(self, position: int) -> Iterable[Sentence]:
        """Return whether one customer left in the period, and why.

        Args:
            position: the position of the customer in `ids`.
        """
        if not self.left[position]:
            return (Sentence(DID_NOT_LEAVE),)
        found = (float(each[position]) for each in (self.believed, self.stated))
        believed, stated = (None if np.isnan(each) else REASONS[int(each)] for each in found)
        return about_leaving(float(self.days[position]), believed, stated)
