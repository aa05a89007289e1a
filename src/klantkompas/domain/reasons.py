"""Why customers leave: the reasons of S2, hard and soft, and the words that name them.

>>> reason_of("  Levering_Voorwaarden ") is Reason.OTHER
True
>>> reason_of("Leveringsvoorwaarden").value, reason_of("delivery_terms").value
('delivery terms', 'delivery terms')
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum

from klantkompas._told import told
from klantkompas.errors import ArgumentError
from klantkompas.wording.catalogue import mark

__all__ = [
    "FREE_TEXT",
    "HARD",
    "SOFT",
    "Reason",
    "as_category",
    "checked_mapping",
    "named_reason",
    "plain_text",
    "reason_of",
]


class Reason(StrEnum):
    """A reason for leaving (S2)."""

    PRICE = mark("price")
    PRODUCT = mark("product")
    DELIVERY_TERMS = mark("delivery terms")
    SERVICE = mark("service")
    ATTENTION = mark("attention")
    ATTITUDE = mark("attitude")
    MENTALITY = mark("mentality")
    OTHER = mark("other")


HARD = frozenset({Reason.PRICE, Reason.PRODUCT, Reason.DELIVERY_TERMS})
"""What staff tend to believe."""
SOFT = frozenset({Reason.SERVICE, Reason.ATTENTION, Reason.ATTITUDE, Reason.MENTALITY})
"""What customers tend to say."""

DUTCH = {
    "prijs": Reason.PRICE,
    "leveringsvoorwaarden": Reason.DELIVERY_TERMS,
    "aandacht": Reason.ATTENTION,
    "houding": Reason.ATTITUDE,
    "mentaliteit": Reason.MENTALITY,
    "anders": Reason.OTHER,
    "overig": Reason.OTHER,
}
WORDS = {str(reason): reason for reason in Reason} | DUTCH

LONGEST_CATEGORY = 80
"""A longer reason is free text, and no name of a category (decided)."""
FREE_TEXT = "..."
"""Stands for free text where categories are counted, so that nobody's own words are kept."""


def as_category(text: str) -> str:
    """Return a reason as the name of a category: in lower case, with single spaces.

    Args:
        text: the reason as it was written down.

    Returns:
        The name; `FREE_TEXT` for a text too long to be a category; '' for an empty text.

    >>> as_category("  Te  Duur "), as_category("x" * 81)
    ('te duur', '...')
    """
    name = plain_text(text)
    return name if len(name) <= LONGEST_CATEGORY else FREE_TEXT


def named_reason(text: str, mapping: Mapping[str, Reason] | None = None) -> Reason | None:
    """Return the reason that a text names; None where it names none.

    Args:
        text: the reason as it was written down.
        mapping: what your own reasons mean, made by `checked_mapping`; it goes first.

    Returns:
        The reason; None for what neither the mapping nor the words of S2 know.

    >>> named_reason("te duur"), named_reason("overig")
    (None, <Reason.OTHER: 'other'>)
    """
    name = plain_text(text)
    found = (mapping or {}).get(name)
    return found or WORDS.get(name.replace("_", " ").replace("-", " "))


def reason_of(text: str, mapping: Mapping[str, Reason] | None = None) -> Reason:
    """Return the reason that a text names; `Reason.OTHER` where it names none.

    Args:
        text: the reason as it was written down.
        mapping: what your own reasons mean, made by `checked_mapping`; it goes first.

    Returns:
        The reason.

    >>> reason_of("Te duur", checked_mapping({"te duur": "price"})).value
    'price'
    """
    return named_reason(text, mapping) or Reason.OTHER


def checked_mapping(mapping: Mapping[str, str] | None) -> Mapping[str, Reason]:
    """Return a checked mapping from your own reasons to those of S2.

    Args:
        mapping: by your own reason (capitals and spaces do not matter), what it resolves to: a
            `Reason`, or its English or Dutch word.

    Returns:
        The mapping, by the reason in small letters.

    Raises:
        ArgumentError: a reason is not text, or what it resolves to is not a `Reason`.

    >>> checked_mapping({"Te  duur": "prijs"})
    {'te duur': <Reason.PRICE: 'price'>}
    """
    checked: dict[str, Reason] = {}
    given: Iterable[tuple[object, object]] = (mapping or {}).items()
    for own, meant in given:
        if not isinstance(own, str):
            raise ArgumentError(
                told(
                    "mapping has a key of type {kind}, not a string",
                    kind=type(own).__name__,
                )
            )
        reason = WORDS.get(plain_text(meant)) if isinstance(meant, str) else None
        if reason is None:
            raise ArgumentError(
                told(
                    "mapping has the value {meant}, where it should be one of {names}",
                    meant=repr(meant),
                    names=", ".join(Reason),
                )
            )
        checked[plain_text(own)] = reason
    return checked


def plain_text(text: str) -> str:
    """Return a text in lower case with single spaces, so that equal reasons are equal texts.

    >>> plain_text("  Te  Duur ")
    'te duur'
    """
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
