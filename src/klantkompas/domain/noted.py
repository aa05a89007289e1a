"""What people note of a customer has who, what and when in it, or the error says what it needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from attrs import Attribute

from klantkompas.errors import ArgumentError

__all__ = ["as_day", "needs_date", "needs_text"]


def needs_text(note: str, parts: str) -> Callable[[object, Attribute[str], object], None]:
    """Return a validator (of attrs) that refuses a text that is empty.

    Args:
        note: what is noted, such as ``"an override"``.
        parts: its texts, for the error.
    """

    def check(noted: object, attribute: Attribute[str], value: object) -> None:
        if not (isinstance(value, str) and value.strip()):
            raise ArgumentError(f"{note} needs {attribute.name!r}: {parts}; found {value!r}")

    return check


def needs_date(note: str, did: str) -> Callable[[object, Attribute[date], object], None]:
    """Return a validator (of attrs) that refuses what is not a date.

    Args:
        note: what is noted, such as ``"an override"``.
        did: what happened on that date, such as ``"it was made"``.
    """

    def check(noted: object, attribute: Attribute[date], value: object) -> None:
        if not isinstance(value, date):
            raise ArgumentError(
                f"{note} needs the date {attribute.name!r} which {did}, not {value!r}"
            )

    return check


def as_day(moment: date) -> date:
    """Return the day of a moment; a date is one.

    >>> as_day(datetime(2026, 3, 1, 12))
    datetime.date(2026, 3, 1)
    """
    return moment.date() if isinstance(moment, datetime) else moment
