"""A class that a person gave, over the one that the rules give.

>>> from datetime import date
>>> override = Override("17", "A", by="Anna", on=date(2026, 3, 1), because="our first customer")
>>> print(override)
Anna gave them class A on 1 March 2026: our first customer
"""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from attrs import Attribute, field, frozen

from klantkompas.errors import ArgumentError
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Sentence, sentence

__all__ = ["Override"]

ValueT = TypeVar("ValueT")
GIVEN = mark("{by} gave them class {label} on {on}: {because}")


def _said(override: object, attribute: Attribute[ValueT], value: ValueT) -> None:
    if not (isinstance(value, str) and value.strip()):
        raise ArgumentError(
            f"an override needs {attribute.name!r}: the customer, its class, by whom, and because "
            f"of what; found {value!r}"
        )


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

    customer: str = field(converter=str, validator=_said)
    label: str = field(validator=_said)
    by: str = field(validator=_said)
    on: date = field()
    because: str = field(validator=_said)

    @on.validator
    def _a_date(self, attribute: Attribute[ValueT], value: ValueT) -> None:
        if not isinstance(value, date):
            raise ArgumentError(f"an override needs the date 'on' which it was made, not {value!r}")

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence of the override: who gave which class, when and why."""
        return (sentence(GIVEN, by=self.by, label=self.label, on=self.on, because=self.because),)
