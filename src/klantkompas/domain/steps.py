"""A step that somebody took for a customer: what was done, by whom and when.

>>> step = StepTaken("17", "called, and sent a new pump", by="Anna", on=date(2026, 9, 1))
>>> print(step)
Done by Anna on 1 September 2026: called, and sent a new pump
"""

from __future__ import annotations

from datetime import date

from attrs import field, frozen
from attrs.validators import instance_of

from klantkompas.domain.noted import as_day, needs_date, needs_text
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Sentence, sentence

__all__ = ["StepTaken"]

TAKEN = mark("Done by {by} on {on}: {done}")


_SAID = needs_text("a step that was taken", "the customer, what was done, and by whom")
_ON = needs_date("a step that was taken", "it was")


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

    customer: str = field(converter=str, validator=_SAID)
    done: str = field(validator=_SAID)
    by: str = field(validator=_SAID)
    on: date = field(converter=as_day, validator=_ON)
    work_list: str = field(default="", validator=instance_of(str))

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence of the step: who took it, when, and what was done."""
        return (sentence(TAKEN, by=self.by, on=self.on, done=self.done),)
