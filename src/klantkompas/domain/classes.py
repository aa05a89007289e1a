"""The four classes of customers, best first (S1 steps 3-6)."""

from __future__ import annotations

from attrs import frozen

from klantkompas.wording.catalogue import mark

__all__ = ["CLASSES", "CustomerClass"]


@frozen
class CustomerClass:
    """One of the four classes of customers.

    Args:
        label: the letter, A (best) to D.
        title: how well its customers fit the business, in words.
    """

    label: str
    title: str


CLASSES = (
    CustomerClass("A", mark("best fitting")),
    CustomerClass("B", mark("tactical")),
    CustomerClass("C", mark("transactional")),
    CustomerClass("D", mark("let go")),
)
"""A, B, C and D, best first."""
