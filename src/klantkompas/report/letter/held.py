"""What is held of a customer: their own record and their figures, and where those come from."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Any

import numpy as np
from attrs import frozen

from klantkompas.domain.nominations import NOMINATIONS, in_record
from klantkompas.domain.reasons import Reason
from klantkompas.portfolio import Measures
from klantkompas.portfolio.latest import latest_of_unit
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import in_words
from klantkompas.wording.plain import Plain
from klantkompas.wording.sentence import Listing, Quantity, Sentence, Value, sentence

__all__ = [
    "HeldField",
    "HeldMeasure",
    "measures_held",
    "months_of",
    "nominated",
    "nominations_held",
    "record_held",
    "unknown_held",
    "with_months",
]

FIELDS = {
    "name": mark("your name"),
    "kind": mark("kind of customer"),
    "stage": mark("how far the relation has come"),
    "group": mark("group, for comparisons"),
    "since": mark("customer since"),
    "extraversion": mark("how extravert staff think you are, from -1 to 1"),
    "rationality": mark("how rational staff think you are, from -1 to 1"),
    "opted_out": mark("whether you object to profiling"),
    "preferred_channel": mark("how you want to be reached"),
    "form_of_address": mark("how you want to be addressed"),
    "preferred_language": mark("the language that you prefer"),
    "contact_every_days": mark("after how many days you want to hear from us"),
    "preference_note": mark("what else you wish"),
    "preference": mark("your preferences"),
}
"""What the fields of a customer's own record are called; of others, by their own names."""
SOURCE_OF = mark("who noted this: {what}")
UNTIL_OF = mark("until when this holds: {what}")
YES, NO = mark("yes"), mark("no")
WHAT, VALUE, RESTS_ON, SOURCE = mark("What"), mark("Value"), mark("Rests on"), mark("Comes from")
"""The headings of tables of what is held."""
OVER = mark("{what}, over {months}")
COUNTS = ("complaints", "contacts", "invoices", "messages", "orders")
"""The units of counts, of which there can be none."""
IN_MONTHS = re.compile(r"(?P<name>.+)_in_(?P<months>\d+)_months")
NOMINATED = mark("{by} named you among the customers who fit best")
NOMINATED_FOR = mark("{by} named you among the customers who fit best, because: {reason}")


@frozen(kw_only=True)
class HeldField(Plain):
    """A field of the customer's own record.

    Args:
        name: the field's name.
        value: what it holds.
    """

    name: str
    value: str | float | bool | date

    @property
    def what(self) -> Sentence:
        """What the field is called."""
        for ending, message in (("_source", SOURCE_OF), ("_until", UNTIL_OF)):
            if self.name.endswith(ending):
                of = self.name.removesuffix(ending)
                return sentence(message, what=Sentence(FIELDS.get(of, of)))
        return Sentence(FIELDS.get(self.name, self.name))

    def told(self) -> Value:
        """Return what it holds, to be written."""
        match self.value:
            case bool():
                return Sentence(YES if self.value else NO)
            case str() if self.name in ("kind", "stage"):
                return Sentence(self.value)
        return self.value


@frozen(kw_only=True)
class HeldMeasure(Plain):
    """A figure that was measured of the customer.

    Args:
        name: the measure's name.
        describes: what it is.
        value: the figure.
        unit: what it is in.
        basis: how much it rests on; NaN for a measure without a basis.
        basis_unit: what that counts.
        months: over how many months it was measured, where that is not the period; 0 otherwise.
        reads: the tables and columns that it comes from.
        latest: the days or ratings that it holds, earliest first, where it holds several.
    """

    name: str
    describes: str
    value: float
    unit: str
    basis: float
    basis_unit: str
    months: int
    reads: tuple[str, ...]
    latest: tuple[date | float | None, ...] = ()

    @property
    def what(self) -> Sentence:
        """What was measured."""
        what = Sentence(self.describes or self.name)
        return with_months(what, self.months)

    def told(self) -> Value:
        """Return the figure, to be written."""
        if self.unit == "yes or no":
            return Sentence(YES if self.value == 1 else NO)
        if self.unit == "reason" and self.value.is_integer():
            return Sentence([*Reason][int(self.value)].value)
        if self.latest:
            return Listing(self.latest, "; ")
        return Quantity(self.value, self.unit)

    @property
    def is_none(self) -> bool:
        """Whether it counts something of which there is none, and where that came from."""
        return bool(self.reads) and self.unit in COUNTS and self.value == 0

    def rests_on(self) -> Value:
        """Return how much it rests on, to be written; empty for a measure without a basis."""
        return "" if math.isnan(self.basis) else Quantity(self.basis, self.basis_unit)

    @property
    def source(self) -> Sentence:
        """The tables and columns that it comes from."""
        return in_words(self.reads) if self.reads else Sentence("")


def with_months(what: Sentence, months: int) -> Sentence:
    """Return the name of what was measured, followed by the months that it was measured over.

    Args:
        what: what was measured.
        months: how many months; 0 where it was measured over the period, which is not said.
    """
    return sentence(OVER, what=what, months=Quantity(months, "months")) if months else what


def months_of(name: str) -> int:
    """Return over how many months a measure looks by its name; 0 for the period.

    >>> months_of("clear_share_in_24_months"), months_of("clear_share")
    (24, 0)
    """
    found = IN_MONTHS.fullmatch(name)
    return int(found["months"]) if found else 0


def record_held(measures: Measures, place: int) -> tuple[HeldField, ...]:
    """Return what is known in the record of a customer; their nominations stand apart.

    Args:
        measures: what is known of each customer.
        place: the position of the customer in id order.
    """
    held = list[HeldField]()
    for name, column in measures.record.items():
        value = _plain(column[place])
        if value is not None and name != NOMINATIONS:
            held.append(HeldField(name=name, value=value))
    return tuple(held)


def _plain(value: object) -> Any:
    """Return a cell of a record as text, number, yes or no, or a date; None where it is unknown."""
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else date.fromisoformat(str(value))
    plain = value.item() if isinstance(value, np.generic) else value
    if isinstance(plain, float) and math.isnan(plain):
        return None
    return str(plain) if isinstance(plain, str) else plain


def nominations_held(measures: Measures, place: int) -> tuple[Sentence, ...]:
    """Return who named a customer among those who fit best, and why, as sentences.

    Args:
        measures: what is known of each customer.
        place: the position of the customer in id order.
    """
    if NOMINATIONS not in measures.record:
        return ()
    named = in_record(measures.ids[place], measures.record[NOMINATIONS][place])
    return tuple(nominated(each.by, each.reason) for each in named)


def nominated(by: str, reason: str | None) -> Sentence:
    """Return that somebody named the customer among those who fit best, and why.

    Args:
        by: who, by name or role.
        reason: why; None where they did not say.
    """
    if reason is None:
        return sentence(NOMINATED, by=by)
    return sentence(NOMINATED_FOR, by=by, reason=reason)


def measures_held(measures: Measures, place: int) -> tuple[HeldMeasure, ...]:
    """Return the figures that are known of a customer, by name.

    Args:
        measures: what is known of each customer.
        place: the position of the customer in id order.
    """
    return tuple(
        HeldMeasure(
            name=name,
            describes=column.describes,
            value=float(column.values[place]),
            latest=latest_of_unit(column.unit, float(column.values[place]), measures.as_of) or (),
            unit=column.unit,
            basis=math.nan if column.basis is None else float(column.basis[place]),
            basis_unit=column.basis_unit,
            months=months_of(name),
            reads=column.reads,
        )
        for name, column in sorted(measures.columns.items())
        if not np.isnan(column.values[place])
    )


def unknown_held(measures: Measures, place: int) -> tuple[Sentence, ...]:
    """Return what is not known of a customer, each once; not what cannot be known of them.

    Why somebody left who did not leave cannot.

    Args:
        measures: what is known of each customer.
        place: the position of the customer in id order.
    """
    unknown = {
        column.describes or name: None
        for name, column in sorted(measures.numbers.items())
        if np.isnan(column.values[place])
        and not months_of(name)
        and not _does_not_apply(name, measures, place)
    }
    return tuple(map(Sentence, unknown))


def _does_not_apply(name: str, measures: Measures, place: int) -> bool:
    """Return whether a measure is unknown because there is nothing that it could be of."""

    def value(of: str) -> float:
        column = measures.columns.get(of)
        return math.nan if column is None else float(column.values[place])

    if name in ("believed_reason", "stated_reason", "days_since_departure"):
        return value("departed") == 0 and math.isnan(value("days_since_departure"))
    if name.endswith("_before_answer") or name == "days_since_last_score":
        return math.isnan(value("last_score"))
    return False
