"""How a report calls customers: by id and name, or by pseudonyms; and whom it does not name.

A pseudonym is a keyed hash of the id (HMAC with SHA-256, RFC 2104): the same in every report that
is made with the same key, and telling nothing to whoever has no key.

>>> pseudonym("17", "a long secret that you keep")
'p-pscfr7k72f63'
>>> pseudonym("17", "another secret, kept as well")
'p-5wsxbg4z5bdv'
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping
from functools import cached_property
from html import escape

import numpy as np
from attrs import field, frozen
from attrs.converters import optional

from klantkompas.errors import ArgumentError
from klantkompas.portfolio import Measures

__all__ = ["Called", "Naming", "pseudonym"]

SHORTEST = 16
"""How long a key must at least be: a short one can be guessed (decided)."""
LENGTH = 12
"""How many letters and digits a pseudonym has: 60 bits, so that no two of a million agree."""
LEAST = 3
"""From how many characters on an id or name is looked for within a longer text (decided)."""
AROUND = " .,;:!?()[]\"'"
"""What may stand around an id or name in a text."""


def pseudonym(customer_id: str, key: str | bytes) -> str:
    """Return the pseudonym of a customer.

    Args:
        customer_id: the customer's id.
        key: a secret of 16 characters or more; keep it, and keep it from the readers.

    Returns:
        The pseudonym, the same for the same id and key.

    Raises:
        ArgumentError: the key is too short, or no text.
    """
    digest = hmac.digest(_secret(key), str(customer_id).encode(), "sha256")
    return f"p-{base64.b32encode(digest).decode().lower()[:LENGTH]}"


def _secret(key: object) -> bytes:
    secret = key.encode() if isinstance(key, str) else key
    if not isinstance(secret, bytes) or len(secret) < SHORTEST:
        raise ArgumentError(
            f"pseudonyms need a key: a secret text of {SHORTEST} characters or more, the same one "
            "for every report in which customers should keep their pseudonym"
        )
    return secret


@frozen
class Called:
    """How a report names one customer.

    Args:
        id: the customer's id, or their pseudonym.
        name: the customer's name; None where unknown, and where they have a pseudonym.
        anchor: the id of their card on the page; empty where they have none.
        namesakes: the ids of other customers with that name.
        aside: what is said beside their id, such as that they are not a namesake.
    """

    id: str
    name: str | None
    anchor: str = ""
    namesakes: tuple[str, ...] = ()
    aside: str = ""

    @property
    def unlinked(self) -> str:
        """Their name as HTML, without the link to their card."""
        others = f'<span class="others">, {escape(self.aside)}</span>' if self.aside else ""
        beside = f" <small>{escape(self.id)}{others}</small>" if self.name else ""
        return f"<span>{escape(self.name or self.id)}{beside}</span>"

    def __html__(self) -> str:
        return f'<a href="#{self.anchor}">{self.unlinked}</a>' if self.anchor else self.unlinked

    def __str__(self) -> str:
        told = f"{self.id}, {self.aside}" if self.aside else self.id
        return f"{self.name} ({told})" if self.name else self.id


def _phrase(text: str) -> str:
    return " ".join(text.split()).strip(AROUND)


@frozen
class Naming:
    """Names the customers of a report, by id and name or by pseudonym.

    Args:
        measures: the measures, which hold each customer's name.
        key: the secret for pseudonyms; None for ids and names.
        cards: the ids of the customers who have a card, in the order of the cards.

    Raises:
        ArgumentError: the key is too short.
    """

    measures: Measures
    key: bytes | None = field(default=None, converter=optional(_secret))
    cards: tuple[str, ...] = ()

    @cached_property
    def _anchors(self) -> Mapping[str, str]:
        return {customer: f"card-{number}" for number, customer in enumerate(self.cards, 1)}

    @cached_property
    def _opted_out(self) -> frozenset[str]:
        return frozenset(self.measures.ids[self.measures.opted_out])

    def of(self, customer_id: str) -> Called:
        """Return a customer as the report may name them.

        Args:
            customer_id: the customer's id.

        Raises:
            ArgumentError: there is no such customer.
        """
        place = self.measures.place(customer_id)
        anchor = self._anchors.get(self.measures.ids[place], "")
        if self.key is not None:
            return Called(pseudonym(customer_id, self.key), None, anchor)
        name, others = self.measures.record["name"][place], self.measures.namesakes(customer_id)
        return Called(customer_id, name, anchor, others)

    def opted_out(self, customer_id: str) -> bool:
        """Return whether a customer objects to profiling.

        Args:
            customer_id: the customer's id.

        Raises:
            ArgumentError: there is no such customer.
        """
        if not self._opted_out:
            self.measures.place(customer_id)
            return False
        return self.measures.ids[self.measures.place(customer_id)] in self._opted_out

    @cached_property
    def _hidden(self) -> frozenset[str]:
        """Ids and names that no text may hold: of who objects; with pseudonyms, of all."""
        hides = self.measures.opted_out
        if self.key is not None:
            hides = np.ones_like(hides)
        names = [name for name in self.measures.record["name"][hides] if name]
        return frozenset(map(_phrase, map(str, (*self.measures.ids[hides], *names)))) - {""}

    @cached_property
    def _longest(self) -> int:
        return max((len(each.split()) for each in self._hidden), default=0)

    def reveals(self, text: str) -> bool:
        """Return whether a text holds the id or name of a customer whom the report may not name.

        An id of digits only, or a short one, is found only where it is the whole text; otherwise
        most numbers would be taken for customers.

        Args:
            text: a text that a section gave as it stands.
        """
        if _phrase(text) in self._hidden:
            return True
        words = text.split()
        return any(
            phrase in self._hidden and len(phrase) >= LEAST and not phrase.isdigit()
            for length in range(1, self._longest + 1)
            for start in range(len(words) - length + 1)
            for phrase in [_phrase(" ".join(words[start : start + length]))]
        )
