"""The six kinds of interaction that businesses keep, each in an export of its own.

A field without a value is unknown, but for the later steps (paid, resolved, talked, published):
there an empty field says that the step has not been taken.

>>> from datetime import date
>>> Order(customer="17", on=date(2026, 3, 1), amount=120.0).margin is None
True
>>> [kind.name for kind in BUILT_IN_KINDS]
['orders', 'invoices', 'complaints', 'contacts', 'responses', 'departures']
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from keyword import iskeyword
from typing import TypeVar

import attrs
from attrs import field, frozen

from klantkompas.domain.built_in import BuiltIn
from klantkompas.domain.fields import (
    Column,
    Content,
    Role,
    choice,
    columns_of,
    flag,
    identity,
    moment,
    money,
    number,
    score,
    tags,
    text,
)
from klantkompas.errors import ArgumentError

__all__ = [
    "BUILT_IN_KINDS",
    "Complaint",
    "Contact",
    "Departure",
    "InteractionKind",
    "Invoice",
    "Offer",
    "Order",
    "Purpose",
    "Response",
]


class Purpose(StrEnum):
    """The purpose of a contact.

    >>> [each.value for each in Purpose]
    ['sales', 'service', 'courtesy']
    """

    SALES = "sales"
    SERVICE = "service"
    COURTESY = "courtesy"


class Offer(StrEnum):
    """What was offered to the customer after a complaint (S0): one of the steps of recovery.

    >>> [each.value for each in Offer]
    ['alternative', 'compensation', 'repair']
    """

    ALTERNATIVE = "alternative"
    COMPENSATION = "compensation"
    REPAIR = "repair"


@frozen(kw_only=True)
class Order:
    """An order, a line of one, or a credit note (a negative amount).

    Args:
        customer: the customer's id.
        on: when it was placed.
        amount: net money; negative for a credit note.
        margin: money earned on it; None where unknown.
        quantity: pieces.
        clear: whether the order could be handled as given (S1 step 2).
        reference: rows of one customer with the same reference are one order.
        refunded: money given back on this order, 0 or more, when its date is not kept apart.

    >>> Order(customer="17", on=date(2026, 3, 2), amount=12.5).reference is None
    True
    """

    customer: str = identity()
    on: date = moment(required=True)
    amount: float = money(required=True, value=True)
    margin: float | None = money()
    quantity: float | None = number()
    clear: bool | None = flag()
    reference: str | None = identity(required=False, groups_by=True)
    refunded: float | None = money(low=0)


@frozen(kw_only=True)
class Invoice:
    """An invoice and when it was paid.

    Args:
        customer: the customer's id.
        due: the last day to pay.
        amount: money.
        issued: when it was sent.
        paid: when it was paid; empty while it has not been.
        reference: rows of one customer with the same reference are one invoice.
        open: what was still to be paid when the export was made.

    >>> bill = Invoice(customer="17", due=date(2026, 3, 2), amount=12.5)
    >>> bill.paid is None
    True
    """

    customer: str = identity()
    due: date = moment(Role.TERM, required=True)
    amount: float = money(required=True, value=True)
    issued: date | None = moment()
    paid: date | None = moment(Role.STEP)
    reference: str | None = identity(required=False, groups_by=True)
    open: float | None = money(outstanding=True)


@frozen(kw_only=True)
class Complaint:
    """A complaint and what was done about it (S0).

    Args:
        customer: the customer's id.
        on: when it was made.
        justified: whether you found it justified.
        resolved: when it was resolved; empty while it has not been.
        talked: when you talked about it with the customer.
        offer: what you offered.
        published: when you said publicly what was done.

    >>> Complaint(customer="17", on=date(2026, 3, 2), offer=Offer.REPAIR).offer.value
    'repair'
    """

    customer: str = identity()
    on: date = moment(required=True)
    justified: bool | None = flag(presumed=True)
    resolved: date | None = moment(Role.STEP)
    talked: date | None = moment(Role.STEP)
    offer: Offer | None = choice(
        Offer,
        alternatief=Offer.ALTERNATIVE,
        compensatie=Offer.COMPENSATION,
        herstel=Offer.REPAIR,
    )
    published: date | None = moment(Role.STEP)


_TO_YOU = ("in", "inbound", "incoming", "inkomend", "ingaand", "eingehend", "ankommend", "entrant")
_FROM_YOU = ("out", "outbound", "outgoing", "uit", "uitgaand", "ausgehend", "abgehend", "sortant")


@frozen(kw_only=True)
class Contact:
    """A contact between the customer and you.

    Args:
        customer: the customer's id.
        on: when it was.
        channel: telephone, e-mail, visit: any word.
        minutes: how long it took.
        by_customer: whether the customer took the initiative.
        purpose: sales, service or courtesy.
        rating: what the customer thought of it, from 0 to 10.
        text: what the customer said or wrote.
        tags: words that staff gave it.

    >>> Contact(customer="17", on=date(2026, 3, 2), purpose=Purpose.COURTESY, rating=9).rating
    9
    """

    customer: str = identity()
    on: date = moment(required=True)
    channel: str | None = text()
    minutes: float | None = number(low=0, unit="minutes")
    by_customer: bool | None = flag(yes=_TO_YOU, no=_FROM_YOU)
    purpose: Purpose | None = choice(Purpose, verkoop=Purpose.SALES, aandacht=Purpose.COURTESY)
    rating: float | None = number(low=0, high=10, value=True)
    text: str | None = text()
    tags: tuple[str, ...] | None = tags()


@frozen(kw_only=True)
class Response:
    """An answer to the survey question how likely one is to recommend you (S2).

    Args:
        on: when it was given.
        customer: the customer's id; an answer without one counts per answer only.
        score: a whole number on the table's scale; empty when the question was left open.
        reason: the reason that was given.

    >>> Response(customer="17", on=date(2026, 3, 2), score=9).score
    9
    """

    on: date = moment(required=True)
    customer: str | None = identity(required=False)
    score: int | None = score()
    reason: str | None = text()


@frozen(kw_only=True)
class Departure:
    """A customer who left, and why (S2).

    Args:
        customer: the customer's id.
        on: when they left.
        stated_reason: the reason in the customer's own words or category.
        believed_reason: the reason as staff believe it to be.

    >>> left = Departure(customer="17", on=date(2026, 3, 2), stated_reason="service")
    >>> left.believed_reason is None
    True
    """

    customer: str = identity()
    on: date = moment(required=True)
    stated_reason: str | None = text()
    believed_reason: str | None = text()


ValueT = TypeVar("ValueT")
TAKEN = frozenset(
    {"customers", "columns", "kinds", "limits", "locale", "parse", "score_scale", "shapes", "zone"}
)
"""Keywords beside the tables, so that no table can have such a name."""


def _is_a_table_name(kind: InteractionKind, attribute: attrs.Attribute[str], value: str) -> None:
    given: object = value
    usable = isinstance(given, str) and given.isidentifier() and given.islower()
    if not usable or iskeyword(value) or value in TAKEN:
        raise ArgumentError(
            f"the kind of interaction {value!r} needs another name: it is used as a keyword, such "
            f"as orders=..., so a lower-case identifier other than {', '.join(sorted(TAKEN))}"
        )


def _is_a_record_class(
    kind: InteractionKind, attribute: attrs.Attribute[ValueT], value: ValueT
) -> None:
    if not (isinstance(value, type) and attrs.has(value)):
        raise ArgumentError(
            f"the kind {kind.name!r} needs an attrs class for its record: {value!r}"
        )
    columns = columns_of(value)
    if not any(c.name == "customer" and c.content is Content.IDENTITY for c in columns):
        raise ArgumentError(f"the kind {kind.name!r} needs a field: customer = identity()")
    if not any(c.required and c.role in (Role.EVENT, Role.TERM) for c in columns):
        raise ArgumentError(f"the kind {kind.name!r} needs a field: on = moment(required=True)")


@frozen(kw_only=True)
class InteractionKind:
    """A kind of interaction: the name of its table and the class of its records.

    Args:
        name: the table's name, used as a keyword, such as ``orders``.
        record: an attrs class whose fields declare the columns, see `klantkompas.domain.fields`.

    Raises:
        ArgumentError: the name cannot be a keyword, or the class has no customer or no moment.

    >>> InteractionKind(name="orders", record=Order).groups_by
    'reference'
    """

    name: str = field(validator=_is_a_table_name)
    record: type = field(validator=_is_a_record_class)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that the record class declares."""
        return columns_of(self.record)

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """The columns, by the name of the field."""
        return {column.name: column for column in self.columns}

    @cached_property
    def moments(self) -> tuple[Column, ...]:
        """The columns that hold dates or datetimes."""
        return tuple(column for column in self.columns if column.content is Content.MOMENT)

    @cached_property
    def event_columns(self) -> tuple[str, ...]:
        """The fields that may say when it happened: the first of them that is known does."""
        by_role = {role: [c.name for c in self.moments if c.role is role] for role in Role}
        return (*by_role[Role.EVENT], *by_role[Role.TERM])

    @property
    def groups_by(self) -> str | None:
        """The field whose equal values make rows of one customer one interaction; None without."""
        return next((column.name for column in self.columns if column.groups_by), None)

    @property
    def value(self) -> str | None:
        """The field that sorts rows at one time, the lowest value last; None without."""
        return next((column.name for column in self.columns if column.value), None)


BUILT_IN_KINDS = BuiltIn(
    "BUILT_IN_KINDS",
    [
        InteractionKind(name="orders", record=Order),
        InteractionKind(name="invoices", record=Invoice),
        InteractionKind(name="complaints", record=Complaint),
        InteractionKind(name="contacts", record=Contact),
        InteractionKind(name="responses", record=Response),
        InteractionKind(name="departures", record=Departure),
    ],
)
"""The six kinds of interaction, in the order in which ties in time are broken."""
