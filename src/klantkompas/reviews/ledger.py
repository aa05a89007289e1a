"""Who was let go, who approved it and when (S1 step 6).

>>> entry = LetGo("17", date(2026, 7, 2), by="Anna", revenue=120.0, review=date(2026, 6, 30))
>>> print(entry)
17, let go on 2 July 2026 by Anna after the review of 30 June 2026
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import Attribute, field, frozen
from attrs.validators import instance_of

from klantkompas.errors import ArgumentError
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import CustomerName, Sentence, sentence

__all__ = ["LetGo", "let_go_since"]

LET_GO = mark("{who}, let go on {on} by {by} after the review of {review}")
ERASED = mark("an erased customer")


def _said(entry: LetGo, attribute: Attribute[str], value: object) -> None:
    if not (isinstance(value, str) and value.strip()):
        raise ArgumentError(f"letting go is approved by a named person; found by={value!r}")


def _a_date(entry: LetGo, attribute: Attribute[date], value: object) -> None:
    if not isinstance(value, date):
        raise ArgumentError(f"{attribute.name} is a date, such as date(2026, 6, 30), not {value!r}")


@frozen
class LetGo(Text):
    """One entry of the ledger: a customer whom a named person let go.

    Args:
        customer: the customer's id; ``''`` once they have been erased, so that the entry still
            counts.
        on: the day of the approval.
        by: the name of the person who approved it.
        revenue: what the customer brought in the period of the review, in money.
        review: the date of the review that proposed it.
        finding: what was found out first, in words, where the plan asked for that; ``''`` once the
            customer has been erased.

    Raises:
        ArgumentError: nobody is named, or a date is not a date.

    >>> from datetime import date
    >>> LetGo("17", date(2026, 6, 1), by="Anna", revenue=12.0, review=date(2026, 5, 1)).by
    'Anna'
    """

    customer: str = field(converter=str)
    on: date = field(validator=_a_date)
    by: str = field(validator=_said)
    revenue: float = field(converter=float)
    review: date = field(validator=_a_date)
    finding: str = field(default="", validator=instance_of(str))

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence that says who was let go, when, by whom and after which review."""
        who = CustomerName(self.customer) if self.customer else Sentence(ERASED)
        return (sentence(LET_GO, who=who, on=self.on, by=self.by, review=self.review),)


def let_go_since(entries: Sequence[LetGo], day: date) -> tuple[LetGo, ...]:
    """Return the entries of a ledger after a day.

    Args:
        entries: entries of the ledger.
        day: the last day that does not count.

    Returns:
        The entries of later days, in the order given.
    """
    return tuple(entry for entry in entries if entry.on > day)
