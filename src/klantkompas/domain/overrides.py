"""A class that a person gave, over the one that the rules give.

>>> from datetime import date
>>> override = Override("17", "A", by="Anna", on=date(2026, 3, 1), because="our first customer")
>>> print(override)
Anna made it A on 2026-03-01: our first customer
"""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import field, frozen

from klantkompas.errors import ArgumentError
from klantkompas.wording.catalogue import mark

__all__ = ["MADE_IT", "Override"]

MADE_IT = mark("{by} made it {label} on {on}: {because}")


def _said(override: Any, attribute: Any, value: Any) -> None:
    if not (isinstance(value, str) and value.strip()):
        raise ArgumentError(
            f"an override needs {attribute.name!r}: the customer, its class, by whom, and because "
            f"of what; found {value!r}"
        )


@frozen
class Override:
    """A correction by a named person, with the reason.

    Args:
        customer: the customer's id.
        label: the class.
        by: who decided.
        on: when.
        because: why.

    Raises:
        ArgumentError: one of the texts is empty, or `on` is not a date.
    """

    customer: str = field(converter=str, validator=_said)
    label: str = field(validator=_said)
    by: str = field(validator=_said)
    on: date = field()
    because: str = field(validator=_said)

    @on.validator
    def _a_date(self, attribute: Any, value: Any) -> None:
        if not isinstance(value, date):
            raise ArgumentError(f"an override needs the date 'on' which it was made, not {value!r}")

    def __str__(self) -> str:
        """Return a line: who decided what, when and why."""
        return MADE_IT.format(by=self.by, label=self.label, on=self.on, because=self.because)
