"""How a report calls customers: by id and name, or by pseudonyms.

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

from attrs import field, frozen
from attrs.converters import optional

from klantkompas.errors import ArgumentError
from klantkompas.portfolio import Measures

__all__ = ["Called", "Naming", "pseudonym"]

SHORTEST = 16
"""How long a key must at least be: a short one can be guessed (decided)."""
LENGTH = 12
"""How many letters and digits a pseudonym has: 60 bits, so that no two of a million agree."""


def pseudonym(customer_id: str, key: str | bytes) -> str:
    """Give the pseudonym of a customer.

    Args:
        customer_id: the customer's id.
        key: a secret of 16 characters or more; keep it, and keep it from the readers.

    Returns:
        The pseudonym: the same for the same id and key.

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
    """How a customer is called in a report.

    Args:
        id: its id, or its pseudonym.
        name: its name; None where unknown, and beside a pseudonym.
    """

    id: str
    name: str | None


@frozen
class Naming:
    """Calls the customers of a report.

    Args:
        measures: with the customers' own record.
        key: for pseudonyms; None for ids and names.

    Raises:
        ArgumentError: the key is too short.
    """

    measures: Measures
    key: bytes | None = field(default=None, converter=optional(_secret))

    def of(self, customer_id: str) -> Called:
        """Give how a customer is called."""
        if self.key is not None:
            return Called(pseudonym(customer_id, self.key), None)
        return Called(customer_id, self.measures.record["name"][self.measures.place(customer_id)])
