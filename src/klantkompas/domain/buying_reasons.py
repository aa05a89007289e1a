"""Why a customer buys from you, or does not, as asked of them (S1's footnote).

Classes are sharp by design and need not be true of everyone: confirm with customers why they buy.

>>> from datetime import date
>>> reason = BuyingReason("17", True, "you know our machines", by="Anna", on=date(2026, 3, 1))
>>> print(reason)
They buy because of this (Anna, 1 March 2026): you know our machines
"""

from __future__ import annotations

from datetime import date

from attrs import Attribute, field, frozen

from klantkompas.domain.noted import as_day, needs_date, needs_text
from klantkompas.errors import ArgumentError
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Sentence, sentence

__all__ = ["BuyingReason"]

BUYS = mark("They buy because of this ({by}, {on}): {because}")
BUYS_NOT = mark("They do not buy because of this ({by}, {on}): {because}")


_SAID = needs_text("a reason to buy", "the customer, because of what, and by whom it was asked")
_ON = needs_date("a reason to buy", "it was heard")


@frozen
class BuyingReason(Text):
    """Why a customer buys, or does not, as a named person heard on a day.

    Args:
        customer: the customer's id.
        buys: True for why they buy, False for why they do not.
        because: the reason, in words.
        by: the name of the person who heard it.
        on: when.

    Raises:
        ArgumentError: one of the texts is empty, `buys` is not True or False, or `on` not a date.

    >>> reason = BuyingReason(
    ...     customer="17", buys=True, because="near by", by="Anna", on=date(2026, 3, 2)
    ... )
    >>> reason.because
    'near by'
    """

    customer: str = field(converter=str, validator=_SAID)
    buys: bool = field()
    because: str = field(validator=_SAID)
    by: str = field(validator=_SAID)
    on: date = field(converter=as_day, validator=_ON)

    @buys.validator
    def _yes_or_no(self, attribute: Attribute[bool], value: object) -> None:
        if not isinstance(value, bool):
            raise ArgumentError(
                f"buys is True for why they buy and False for why they do not, not {value!r}"
            )

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence of the reason: whether they buy for it, who heard it and when."""
        said = BUYS if self.buys else BUYS_NOT
        return (sentence(said, by=self.by, on=self.on, because=self.because),)
