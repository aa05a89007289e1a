"""The four classes of customers, best first, and what each is owed (S1 steps 3-6)."""

from __future__ import annotations

from attrs import frozen

from klantkompas._texts import mark

__all__ = ["CLASSES", "CustomerClass"]


@frozen
class CustomerClass:
    """A class of customers.

    Args:
        label: the letter.
        title: how they fit.
        service: what to do for them.
    """

    label: str
    title: str
    service: str


CLASSES = (
    CustomerClass(
        "A", mark("best fitting"), mark("Cherish them and do not lose them to a competitor.")
    ),
    CustomerClass("B", mark("tactical"), mark("Serve them well: the next A's come from here.")),
    CustomerClass(
        "C",
        mark("transactional"),
        mark("Serve them less than a B, and follow how they develop: some become one."),
    ),
    CustomerClass(
        "D",
        mark("let go"),
        mark("Ask why you deliver to them at all; let go with care, and only when replaced."),
    ),
)
"""A, B, C and D, best first."""
