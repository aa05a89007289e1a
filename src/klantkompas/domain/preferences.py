"""How one customer wants to be treated: that goes before any segment's advice (S4, n=1).

>>> from datetime import date
>>> e_mail = Preference("channel", "e-mail", source="Anna, by telephone", until=date(2026, 12, 31))
>>> wishes = Preferences((e_mail, Preference("language", "fr")))
>>> print(wishes)
Their own wishes come first. Reach them by: e-mail. Source: Anna, by telephone. Until: 31 December \
2026. Speak to them in: fr. Source: not noted.
>>> wishes.speak_of("channel"), wishes.speak_of("note")
(True, False)
>>> wishes.on(date(2027, 1, 1)).speak_of("channel", "note")
False
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import Any

from attrs import Attribute, field, frozen

from klantkompas._arrays import AnyArray
from klantkompas._nearest import nearest
from klantkompas.errors import ArgumentError
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Listing, Quantity, Sentence, sentence

__all__ = ["SUBJECTS", "Preference", "Preferences"]

COLUMNS = {
    "channel": "preferred_channel",
    "form_of_address": "form_of_address",
    "language": "preferred_language",
    "contact_every_days": "contact_every_days",
    "note": "preference_note",
}
"""By subject, the column of the customers' table that holds it; those of where it comes from and
until when it holds are called after it, and the ones after `EVERY` speak for all without one."""
EVERY = "preference"
PREFERENCES = mark("Their own wishes come first.")
WISH = {
    "channel": mark("Reach them by: {value}."),
    "form_of_address": mark("Address them as: {value}."),
    "language": mark("Speak to them in: {value}."),
    "contact_every_days": mark("Let them hear from you every {value}."),
    "note": mark("They wish: {value}."),
}
SUBJECTS = (*WISH,)
"""What a customer may have a preference for; a note speaks of how to treat it altogether."""
SOURCE = mark("Source: {value}.")
NO_SOURCE = mark("Source: not noted.")
UNTIL = mark("Until: {value}.")


def _a_subject(preference: object, attribute: Attribute[str], value: str) -> None:
    if value not in SUBJECTS:
        raise ArgumentError(f"no preference is about {value!r}. {nearest(str(value), SUBJECTS)}")


@frozen
class Preference(Text):
    """One preference of one customer.

    Args:
        about: ``"channel"``, ``"form_of_address"``, ``"language"``, ``"contact_every_days"`` or
            ``"note"``.
        value: what they prefer: a text, or a number of days.
        source: where that comes from: who noted it, and when.
        until: the last day on which it holds; None when it holds until changed.

    Raises:
        ArgumentError: there is no such subject.
    """

    about: str = field(validator=_a_subject)
    value: str | float
    source: str | None = None
    until: date | None = None

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentences of the preference: what, who noted it, and until when it holds."""
        source = sentence(SOURCE, value=self.source) if self.source else Sentence(NO_SOURCE)
        until = () if self.until is None else (sentence(UNTIL, value=self.until),)
        value = self.value if isinstance(self.value, str) else Quantity(self.value, "days")
        return (sentence(WISH[self.about], value=value), source, *until)


@frozen
class Preferences(Text):
    """The preferences of one customer.

    Args:
        wishes: the preferences, one for each subject at most.
    """

    wishes: tuple[Preference, ...] = ()

    @classmethod
    def in_record(cls, record: Mapping[str, AnyArray], position: int) -> Preferences:
        """Return one customer's preferences from the columns of the customers' record.

        Args:
            record: the columns by name, with a value for each customer; an absent one gives no
                preference.
            position: the customer's position in id order.

        Returns:
            The preferences of that customer, perhaps none.
        """

        def noted(column: str) -> Any:
            value: Any = record[column][position] if column in record else None
            value = value.item() if hasattr(value, "item") else value
            return None if value != value else value  # NaN differs from itself

        def either(column: str, what: str) -> Any:
            own = noted(f"{column}_{what}")
            return noted(f"{EVERY}_{what}") if own is None else own

        return cls(
            tuple(
                Preference(about, noted(column), either(column, "source"), either(column, "until"))
                for about, column in COLUMNS.items()
                if noted(column) is not None
            )
        )

    def on(self, day: date) -> Preferences:
        """Return the preferences that still hold on a day."""
        return Preferences(
            tuple(each for each in self.wishes if each.until is None or day <= each.until)
        )

    def speak_of(self, *subjects: str) -> bool:
        """Return whether there is a preference on any of some subjects.

        Args:
            *subjects: some of `SUBJECTS`.
        """
        return any(each.about in subjects for each in self.wishes)

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentences of all preferences; empty where there are none."""
        if not self.wishes:
            return ()
        wishes = list[Sentence]()
        for _, together in groupby(self.wishes, lambda each: (each.source, each.until)):
            told = [each.parts for each in together]
            wishes += (*(parts[0] for parts in told), *told[0][1:])  # whence, once for all of them
        return (sentence("{wishes}", wishes=Listing((Sentence(PREFERENCES), *wishes), " ")),)
