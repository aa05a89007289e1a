"""How an export stands in front of the fields of a table: which cells, rows and values count.

What software writes is not a clean table (domain: exports as they are). An `ExportShape` declares,
in the same words in Python and in a settings file, where each field comes from and which rows are
rows of the table:

>>> shape = ExportShape(
...     table="orders",
...     fields={
...         "customer": {"heading": "Email", "as": "e-mail"},
...         "on": {"date": "Datum", "time": "Tijd"},
...         "amount": {"of": ["Total"], "less": ["Taxes"]},
...     },
...     once="Name",
...     where={"Financial Status": ["paid", "refunded"]},
...     currency={"heading": "Currency", "keep": "EUR"},
...     incomplete="leave out",
... )
>>> shape.fields["amount"].less
(Heading(name='Taxes', style=None),)
>>> shape.where
{'Financial Status': ('paid', 'refunded')}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import Attribute, field, frozen

from klantkompas._nearest import nearest
from klantkompas._printable import shown
from klantkompas._told import told
from klantkompas.domain.field_source import (
    FieldSource,
    differs_only_in,
    is_text,
    refused,
    source_of,
    words_of,
)
from klantkompas.errors import ArgumentError
from klantkompas.wording.plain import Named

__all__ = ["KEYS", "Currency", "ExportShape", "shape_of"]


@frozen
class Currency:
    """The column that says in which currency a row is.

    Args:
        heading: the column.
        keep: the currency whose rows count; None where all must be in one.
    """

    heading: str
    keep: str | None = None


def _currency(given: object) -> Currency | None:
    if given is None or isinstance(given, Currency):
        return given
    if is_text(given):
        return Currency(given)
    if isinstance(given, Mapping) and {*given} <= {"heading", "keep"}:
        heading, keep = given.get("heading"), given.get("keep")
        if isinstance(heading, str) and isinstance(keep, str | None):
            return Currency(heading, keep)
    raise refused(
        "currency",
        given,
        told("the heading, or {example}", example='{ heading = "Currency", keep = "EUR" }'),
    )


def _where(given: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(given, Mapping):
        raise refused(
            "where",
            given,
            told("the values that count: {example}", example='{"Status" = ["paid", "refunded"]}'),
        )
    return {str(heading): words_of(values, f"where.{heading}") for heading, values in given.items()}


def _fields(given: object) -> dict[str, FieldSource]:
    if not isinstance(given, Mapping):
        raise refused("fields", given, told("a mapping of fields to their headings"))
    return {str(name): source_of(each, str(name)) for name, each in given.items()}


def _words(given: object) -> tuple[str, ...]:
    return words_of(given, "nobody") if given else ()


def _once(given: object) -> tuple[str, ...]:
    return words_of(given, "once") if given else ()


def _names(given: object) -> tuple[str, ...]:
    return words_of(given, "signature") if given else ()


def _is_leave_out(shape: ExportShape, attribute: Attribute[str], value: object) -> None:
    if value not in ("error", "leave out"):
        raise refused("incomplete", value, told('"leave out", or leave the key away'))


def _is_name(shape: ExportShape, attribute: Attribute[str], value: object) -> None:
    if not isinstance(value, str):
        raise refused("shape", value, told('the name of a shape, such as "shopify_orders"'))


def _is_count(shape: ExportShape, attribute: Attribute[int], value: object) -> None:
    if type(value) is not int or value < 1:
        raise refused("heading_rows", value, told("how many rows the headings take"))


@frozen(kw_only=True)
class ExportShape(Named):
    """What each column of one export means, and which of its rows count: the export's layout.

    Args:
        table: the table that it holds, such as ``"orders"``.
        fields: where each field comes from: a heading, several whose product is meant, or a table
            of keys as in a settings file.
        name: how the shape is known, such as ``"shopify_orders"``; empty for one's own.
        title: what the export is called, to follow "read as": ``"Shopify's export of orders"``.
        signature: headings by which the export is recognised, when all of them are there; without
            any, the shape is used where it is named, never recognised.
        where: by heading, the values of which a row must have one to count; capitals do not matter,
            and an asterisk stands for any text.
        once: the headings whose values together stand for one row of the table, on however many
            lines of the export its own values are repeated.
        currency: the column with the currency, and which to keep.
        incomplete: ``"leave out"`` for rows without a needed cell, else ``"error"``.
        nobody: ids that are no customer's, such as ``"0"`` or ``"guest"``.
        heading_rows: how many rows the headings take; the fields are named by the first of them.
        locale: how numbers and dates are written where the columns leave a choice.
        zone: the time zone of the clock times.
        source: the public page or file that shows the headings, and the day it was read.
        how_to: how the export is made there, in a sentence or two.

    Raises:
        ArgumentError: a key is not known, or its value is not what that key takes.

    >>> ExportShape(table="orders", fields={"customer": {"haeding": "A"}})
    Traceback (most recent call last):
        ...
    klantkompas.errors.ArgumentError: customer has no key 'haeding'. Did you mean 'heading'? ...
    """

    table: str
    fields: Mapping[str, FieldSource] = field(factory=dict, converter=_fields, hash=False)
    name: str = field(default="", validator=_is_name)
    title: str = ""
    signature: tuple[str, ...] = field(default=(), converter=_names)
    where: Mapping[str, tuple[str, ...]] = field(factory=dict, converter=_where, hash=False)
    once: tuple[str, ...] = field(default=(), converter=_once)
    currency: Currency | None = field(default=None, converter=_currency)
    incomplete: str = field(default="error", validator=_is_leave_out)
    nobody: tuple[str, ...] = field(default=(), converter=_words)
    heading_rows: int = field(default=1, validator=_is_count)
    locale: str | None = None
    zone: str | None = None
    source: str = ""
    how_to: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether it only names a column, or a product of columns, for each field."""
        plain = all(source.is_plain for source in self.fields.values())
        return plain and differs_only_in(("table", "fields"), self, _NO_SHAPE)

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that the shape names, each once."""
        named = [each.name for source in self.fields.values() for each in source.all_headings]
        currency = [] if self.currency is None else [self.currency.heading]
        return tuple(dict.fromkeys([*named, *self.where, *self.once, *currency]))


_NO_SHAPE = ExportShape(table="")

KEYS = (
    "shape",
    "where",
    "once",
    "currency",
    "incomplete",
    "nobody",
    "heading_rows",
    "locale",
    "zone",
)
"""What a table of a settings file may say beside its fields."""


def shape_of(table: str, given: object, fields: Iterable[str] | None = None) -> ExportShape:
    """Make the shape of a table's export from what a caller or a settings file says of it.

    Args:
        table: the table's name.
        given: a shape, a mapping of fields and `KEYS` (of which ``shape`` is the name of a known
            shape that the others change), or None.
        fields: the fields that the table has; any other is an error. None: every field is accepted.

    Returns:
        The shape.

    Raises:
        ArgumentError: `given` names a field or key that is not known, or gives a key a value that
            it does not take.

    >>> shape_of("orders", {"on": "Datum", "once": "Order"}).once
    ('Order',)
    """
    if isinstance(given, ExportShape):
        given_fields: Mapping[str, object] = given.fields
        if given.table != table:
            raise ArgumentError(
                told(
                    "the shape given for {table} is one of {other}",
                    table=table,
                    other=given.table,
                ),
                place="columns",
            )
    elif given is None or isinstance(given, Mapping):
        given_fields = {name: each for name, each in (given or {}).items() if name not in KEYS}
    else:
        raise ArgumentError(
            told(
                "{table} is given fields with headings, not {given}",
                table=table,
                given=shown(given),
            ),
            place="columns",
        )
    known = None if fields is None else list(fields)
    for name in given_fields:
        if known is not None and name not in known:
            raise ArgumentError(
                told("{table} has no field {name}", table=table, name=shown(name)),
                place="columns",
                remedy=nearest(name, known),
            )
    if isinstance(given, ExportShape):
        return given
    keys = {name: each for name, each in (given or {}).items() if name in KEYS}
    if "shape" in keys:
        keys["name"] = keys.pop("shape")
    try:
        return ExportShape(table=table, fields=given_fields, **keys)
    except ArgumentError as error:
        raise ArgumentError(
            told("{table}.{problem}", table=table, problem=error.problem),
            place="columns",
            remedy=error.remedy,
        ) from None
