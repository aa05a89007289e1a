"""A class that a person gave, over the one that the rules give.

>>> from datetime import date
>>> override = Override("17", "A", by="Anna", on=date(2026, 3, 1), because="our first customer")
>>> print(override)
Anna gave them class A on 1 March 2026: our first customer
"""

from __future__ import annotations

from datetime import date

from attrs import field, frozen

from klantkompas.domain.noted import needs_date, needs_text
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Sentence, sentence

__all__ = ["Override"]

GIVEN = mark("{by} gave them class {label} on {on}: {because}")


_SAID = needs_text("an override", "the customer, its class, by whom, and because of what")


@frozen
class Override(Text):
    """A class that a person gave a customer over that of the rules, with the reason.

    Args:
        customer: the customer's id.
        label: the class.
        by: the name of the person who decided.
        on: when.
        because: why.

    Raises:
        ArgumentError: one of the texts is empty, or `on` is not a date.

    >>> given = Override(
    ...     customer="17", label="A", by="Anna", on=date(2026, 3, 2), because="opens a second shop"
    ... )
    >>> given.label
    'A'
    """

    customer: str = field(converter=str, validator=_SAID)
    label: str = field(validator=_SAID)
    by: str = field(validator=_SAID)
    on: date = field(validator=needs_date("an override", "it was made"))
    because: str = field(validator=_SAID)

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence of the override: who gave which class, when and why."""
        return (sentence(GIVEN, by=self.by, label=self.label, on=self.on, because=self.because),)
