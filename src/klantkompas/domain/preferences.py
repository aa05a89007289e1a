"""How one customer wants to be treated: that goes before any segment's advice (S4, n=1).

>>> from datetime import date
>>> wishes = Preferences(channel="e-mail", source="Anna, by telephone", until=date(2026, 12, 31))
>>> print(wishes)
Its own wishes come first. Reach it by: e-mail. Source: Anna, by telephone. Until: 2026-12-31.
>>> wishes.speak_of("channel"), wishes.speak_of("language"), wishes.hold(date(2027, 1, 1))
(True, False, False)
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import frozen

from klantkompas._texts import mark
from klantkompas.domain.explanation import Sentence, sentence

__all__ = ["SUBJECTS", "Preferences"]

COLUMNS = {
    "channel": "preferred_channel",
    "form_of_address": "form_of_address",
    "language": "preferred_language",
    "contact_every_days": "contact_every_days",
    "note": "preference_note",
    "source": "preference_source",
    "until": "preference_until",
}
"""By field, the column of the customers' table that holds it."""
WISHES = mark("Its own wishes come first.")
SAID = {
    "channel": mark("Reach it by: {value}."),
    "form_of_address": mark("Address it as: {value}."),
    "language": mark("Speak to it in: {value}."),
    "contact_every_days": mark("Let it hear from you every {value:g} days."),
    "note": mark("It wishes: {value}."),
}
SUBJECTS = (*SAID,)
"""What a customer may have a preference for; a note speaks of how to treat it altogether."""
SOURCE = mark("Source: {value}.")
NO_SOURCE = mark("Source: not noted.")
UNTIL = mark("Until: {value}.")


@frozen(kw_only=True)
class Preferences:
    """The preferences of one customer.

    Args:
        channel: how it wants to be reached.
        form_of_address: how it wants to be addressed.
        language: the language that it wants to be spoken to in.
        contact_every_days: after how many days it wants to hear from you again.
        note: what else it wishes.
        source: where these come from.
        until: the last day on which they hold; None when they hold until changed.
    """

    channel: str | None = None
    form_of_address: str | None = None
    language: str | None = None
    contact_every_days: float | None = None
    note: str | None = None
    source: str | None = None
    until: date | None = None

    @classmethod
    def in_record(cls, record: Mapping[str, Any], place: int) -> Preferences:
        """Take one customer's preferences from the columns of the customers' record.

        Args:
            record: the columns by name; one that is absent is unknown.
            place: the customer's place.

        Returns:
            The preferences; empty where it has none.
        """
        found: dict[str, Any] = {}
        for name, column in COLUMNS.items():
            value: Any = record[column][place] if column in record else None
            if hasattr(value, "item"):
                value = value.item()
            found[name] = None if value != value else value  # NaN differs from itself
        return cls(**found)

    def hold(self, on: date) -> bool:
        """Tell whether they still hold on a day."""
        return self.until is None or on <= self.until

    def speak_of(self, *subjects: str) -> bool:
        """Tell whether they say anything of one of these subjects.

        Args:
            *subjects: some of `SUBJECTS`.
        """
        return any(getattr(self, subject) is not None for subject in subjects)

    @property
    def told(self) -> tuple[Sentence, ...]:
        """What is preferred, where that comes from and until when; nothing where nothing is."""
        told = [
            sentence(said, value=getattr(self, subject))
            for subject, said in SAID.items()
            if self.speak_of(subject)
        ]
        if not told:
            return ()
        told.append(Sentence(NO_SOURCE) if not self.source else sentence(SOURCE, value=self.source))
        if self.until is not None:
            told.append(sentence(UNTIL, value=self.until.isoformat()))
        return (Sentence(WISHES), *told)

    def __str__(self) -> str:
        """Say it in English, in a line."""
        return " ".join(each.said(str) for each in self.told)
