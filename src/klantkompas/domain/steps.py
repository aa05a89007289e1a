"""A step that somebody took for a customer: what was done, by whom and when.

>>> step = StepTaken("17", "called, and sent a new pump", by="Anna", on=date(2026, 9, 1))
>>> print(step)
Done by Anna on 1 September 2026: called, and sent a new pump
"""

from __future__ import annotations

from datetime import date, datetime

from attrs import Attribute, field, frozen
from attrs.validators import instance_of

from klantkompas.errors import ArgumentError
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Sentence, sentence

__all__ = ["StepTaken"]

TAKEN = mark("Done by {by} on {on}: {done}")


def _said(step: StepTaken, attribute: Attribute[str], value: object) -> None:
    if not (isinstance(value, str) and value.strip()):
        raise ArgumentError(
            f"a step that was taken needs {attribute.name!r}: the customer, what was done, and by "
            f"whom; found {value!r}"
        )


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


@frozen
class StepTaken(Text):
    """A step that somebody took for a customer.

    Args:
        customer: the customer's id.
        done: what was done, in words.
        by: the name of the person who did it.
        on: when.
        work_list: the name of the list to work from that asked for it, such as ``"put_right"``;
            empty for none.

    Raises:
        ArgumentError: one of the first three is empty, or `on` is not a date.
    """

    customer: str = field(converter=str, validator=_said)
    done: str = field(validator=_said)
    by: str = field(validator=_said)
    on: date = field(converter=_day)
    work_list: str = field(default="", validator=instance_of(str))

    @on.validator
    def _a_date(self, attribute: Attribute[date], value: object) -> None:
        if not isinstance(value, date):
            raise ArgumentError(
                f"a step that was taken needs the date 'on' which it was, not {value!r}"
            )

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence of the step: who took it, when, and what was done."""
        return (sentence(TAKEN, by=self.by, on=self.on, done=self.done),)
