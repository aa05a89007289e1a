"""How much of the reusable packaging comes back, and from whom?

Question: is it the best customers who bring it back, or does the packaging stay with them?
Idea: add up the pieces sent and returned for each class.

>>> returns = PackagingReturns(sent={"A": 40.0, "B": 10.0}, returned={"A": 38.0, "B": 4.0})
>>> print(returns)
Packaging: 42 of 50 pieces came back (A 95%, B 40%)
>>> returns.missing
8.0
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from attrs import field, frozen

from klantkompas import Classification, Lens, Measures, Unanswered

__all__ = ["LENS", "UNCLASSED", "PackagingReturns", "look_at_packaging"]

UNCLASSED = "not classed"
"""Who is not active, or objects to being classed."""


def _read_only(given: Mapping[str, float]) -> Mapping[str, float]:
    return MappingProxyType(dict(given))


@frozen(kw_only=True)
class PackagingReturns:
    """Pieces of packaging that went out and came back in the period, by class.

    Args:
        sent: pieces sent.
        returned: pieces returned.
    """

    sent: Mapping[str, float] = field(converter=_read_only)
    returned: Mapping[str, float] = field(converter=_read_only)

    @property
    def missing(self) -> float:
        """How many more pieces went out than came back."""
        return sum(self.sent.values()) - sum(self.returned.values())

    def shares(self) -> dict[str, float]:
        """Return the share that came back, for each class to which anything was sent."""
        return {label: self.returned[label] / sent for label, sent in self.sent.items() if sent}

    def __str__(self) -> str:
        """Return a line: how much came back."""
        by_class = ", ".join(f"{label} {share:.0%}" for label, share in self.shares().items())
        sent, returned = sum(self.sent.values()), sum(self.returned.values())
        return f"Packaging: {returned:g} of {sent:g} pieces came back ({by_class or 'none sent'})"


def look_at_packaging(measures: Measures, classes: Classification) -> PackagingReturns | Unanswered:
    """Add up the packaging of each class.

    Args:
        measures: what is known of each customer.
        classes: the class of each.

    Returns:
        The pieces by class, best class first, then those without one.
    """
    sent, returned = measures["packaging_sent"], measures["packaging_returned"]
    if np.isnan(sent).all():
        return Unanswered("there is no table of packaging; add packaging=... to the portfolio")
    label_of = np.array([label or UNCLASSED for label in classes.labels], dtype=np.object_)
    labels = (*classes.counts(), UNCLASSED)
    return PackagingReturns(
        sent={label: float(np.nansum(sent[label_of == label])) for label in labels},
        returned={label: float(np.nansum(returned[label_of == label])) for label in labels},
    )


LENS = Lens(
    name="packaging",
    question="How much of the reusable packaging comes back, and from whom?",
    look=look_at_packaging,
)
