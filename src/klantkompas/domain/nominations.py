"""The team's own lists: whom colleagues find to fit best, and why (S1 steps 1-3).

A nomination is no interaction: it has no effect on any date, and makes nobody a customer.

>>> named = Nomination(customer="17", by="Anna", reason="always pays on time")
>>> kept = as_record([named])
>>> kept
'[["Anna", null, "always pays on time"]]'
>>> in_record("17", kept) == (named,)
True
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from attrs import frozen

from klantkompas.domain.fields import Role, identity, moment, text

__all__ = ["NOMINATIONS", "Nomination", "as_record", "in_record"]

NOMINATIONS = "nominations"
"""The table, and the column of the customers' own record that keeps what it says of each."""


@frozen(kw_only=True)
class Nomination:
    """One line of a colleague's list of the customers who fit best.

    Args:
        customer: the customer's id, which must be in the portfolio.
        by: the member of the team who names them.
        on: when; it may be unknown, and says nothing about when anything happened.
        reason: why they fit, in the member's own words.

    >>> Nomination(customer="17", by="Anna", reason="always pays on time").by
    'Anna'
    """

    customer: str = identity()
    by: str = text(required=True)
    on: date | None = moment(Role.FACT)
    reason: str | None = text()


def _standing(entry: tuple[str, str | None, str | None]) -> tuple[str, str, str]:
    by, on, reason = entry
    return by, on or "", reason or ""


def as_record(nominations: Iterable[Nomination]) -> str | None:
    """Return one customer's nominations as a string to keep in their record.

    Args:
        nominations: the nominations, in any order.

    Returns:
        JSON, sorted by member, day and reason; None for no nominations.
    """
    entries = [
        (each.by, None if each.on is None else each.on.isoformat(), each.reason)
        for each in nominations
    ]
    return json.dumps(sorted(entries, key=_standing), ensure_ascii=False) if entries else None


def in_record(customer: str, kept: str | None) -> tuple[Nomination, ...]:
    """Return the nominations that a customer's record keeps.

    Args:
        customer: the customer's id.
        kept: the string that `as_record` returned; None for no nominations.
    """
    return tuple(
        Nomination(
            customer=customer,
            by=by,
            on=None if on is None else date.fromisoformat(on),
            reason=reason,
        )
        for by, on, reason in ([] if kept is None else json.loads(kept))
    )
