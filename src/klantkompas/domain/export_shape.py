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
from enum import Enum
from typing import Any

from attrs import evolve, field, fields, frozen

from klantkompas._printable import shown
from klantkompas.errors import ArgumentError, nearest
from klantkompas.wording.plain import Named

__all__ = ["KEYS", "Combine", "Currency", "ExportShape", "FieldSource", "Heading", "shape_of"]


@frozen
class Heading:
    """A column of the data by its heading, with the style of its values where that is ambiguous.

    Args:
        name: the heading as it stands in the data, but for capitals and blanks; where a heading
            stands twice, ``"Naam#2"`` is the second.
        style: for a file's text, how numbers (``"1.234,56"`` or ``"1,234.56"``) or dates
            (``"y-m-d"``, ``"d-m-y"``, ``"m-d-y"``, ``"excel"``, ``"unix"``) are written in this
            column.

    >>> Heading("DueDate", style="m-d-y").style
    'm-d-y'
    """

    name: str
    style: str | None = None


class Combine(Enum):
    """How the values of several columns are combined into one."""

    PRODUCT = "their product"
    SUM = "their sum; text is joined by blanks, and a date's parts by hyphens"
    FIRST = "the first that is filled"


@frozen(kw_only=True)
class FieldSource:
    """The columns that the values of one field are read from, and how.

    Args:
        headings: the columns; none for a field that is a term after another one.
        combine: what is made of them where there are several.
        less: columns to subtract, for a number.
        time: the column with the time of day, beside that with the date.
        sign: a column, and the words in it that make a number negative.
        words: the values to use in place of words that stand in the column, by the word.
        is_email: whether an id is compared as e-mail addresses are: without capitals.
        term: days after `issued`, where no date stands in the headings, if any.
        gross: the column with the order's gross total: the number is brought to the ratio of the
            order's own amount to it, as a gross refund is to a net amount.
        above: whether a value stands above the rows that it holds for, as the title of a group
            does, and these are empty.
    """

    headings: tuple[Heading, ...] = ()
    combine: Combine = Combine.PRODUCT
    less: tuple[Heading, ...] = ()
    time: Heading | None = None
    sign: tuple[str, tuple[str, ...]] | None = None
    words: Mapping[str, Any] = field(factory=dict, hash=False)
    is_email: bool = False
    term: int | None = None
    gross: Heading | None = None
    above: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the field is one column, or a product of columns, and nothing else."""
        return bool(self.headings) and _differs_only_in(("headings",), self, _NO_SOURCE)

    @property
    def all_headings(self) -> tuple[Heading, ...]:
        """Every heading that the values of the field are read from, in the arguments' order."""
        beside = [each for each in (self.time, self.gross) if each is not None]
        sign = () if self.sign is None else (Heading(self.sign[0]),)
        return (*self.headings, *self.less, *beside, *sign)


_NO_SOURCE = FieldSource()


def _differs_only_in(names: tuple[str, ...], one: Any, other: Any) -> bool:
    """Return whether two attrs objects of a class are the same but for some fields."""
    compared = (each.name for each in fields(type(one)) if each.name not in names)
    return all(getattr(one, name) == getattr(other, name) for name in compared)


_FORMS = (
    'a heading, ["A", "B"] for their product, or a table such as {heading = "A", style = "..."}, '
    '{of = ["A", "B"], less = ["C"]}, {first = ["A", "B"]}, {date = "A", time = "B"} or {term = 30}'
)
_SOURCES = ("heading", "of", "first", "date")
_FIELD_KEYS = (*_SOURCES, "style", "as", "words", "less", "sign", "time", "term", "gross", "above")


def _refused(where: str, given: Any, write: str) -> ArgumentError:
    return ArgumentError(f"{where} is {shown(given)}", remedy=f"Write {write}")


def _is_text(given: Any) -> bool:
    return isinstance(given, str) and bool(given.strip())


def _one(given: Any, where: str) -> Heading:
    if isinstance(given, Heading):
        return given
    if _is_text(given):
        return Heading(given)
    if isinstance(given, Mapping) and {*given} <= {"heading", "style"}:
        name, style = given.get("heading"), given.get("style")
        if isinstance(name, str) and name.strip() and isinstance(style, str | None):
            return Heading(name, style)
    raise _refused(where, given, _FORMS)


def _several(given: Any, where: str) -> tuple[Heading, ...]:
    listed = given if isinstance(given, list | tuple) else [given]
    if not listed:
        raise _refused(where, given, _FORMS)
    return tuple(_one(each, where) for each in listed)


def _texts(given: Any, where: str) -> tuple[str, ...]:
    listed = given if isinstance(given, list | tuple) else [given]
    if not listed or not all(isinstance(each, str | int | float) for each in listed):
        raise _refused(where, given, "one word or a list of words")
    return tuple(str(each).lower() if isinstance(each, bool) else str(each) for each in listed)


def _sign(given: Any, where: str) -> tuple[str, tuple[str, ...]]:
    if isinstance(given, Mapping) and {*given} == {"heading", "minus"}:
        return _one(given["heading"], where).name, _texts(given["minus"], where)
    raise _refused(where, given, '{heading = "Type", minus = ["Credit note"]}')


def _is_above(given: Mapping[str, Any], where: str) -> bool:
    above = given.get("above", False)
    one = isinstance(given.get("heading"), str | Heading)
    if not isinstance(above, bool) or (above and not one):
        raise _refused(where, dict(given), "above = true beside the heading of one column")
    return above


def _source(given: Any, where: str) -> FieldSource:
    """Make the source of a field from a heading, several, or a table of keys."""
    if isinstance(given, FieldSource):
        return given
    if not isinstance(given, Mapping):
        return FieldSource(headings=_several(given, where))
    for key in given:
        if key not in _FIELD_KEYS:
            raise ArgumentError(
                f"{where} has no key {shown(key)}",
                remedy=f"{nearest(key, _FIELD_KEYS)} Write {_FORMS}",
            )
    sources = [key for key in _SOURCES if key in given]
    if len(sources) > 1 or not (sources or "term" in given or "less" in given):
        raise _refused(where, given, _FORMS)
    headings: tuple[Heading, ...] = ()
    combine = Combine.PRODUCT
    if sources:
        (key,) = sources
        headings = _several(given[key], f"{where}.{key}")
        combine = {"of": Combine.SUM, "first": Combine.FIRST}.get(key, Combine.PRODUCT)
    style, term, how = given.get("style"), given.get("term"), given.get("as")
    words = given.get("words", {})
    if not isinstance(style, str | None) or how not in (None, "e-mail"):
        raise _refused(where, given, _FORMS)
    if not (term is None or (type(term) is int and term >= 0)) or not isinstance(words, Mapping):
        raise _refused(
            where, given, "term as a number of days, and words as a table such as {Inkomend = true}"
        )
    if "less" in given and combine is Combine.PRODUCT:
        combine = Combine.SUM
    styled = tuple(evolve(each, style=each.style or style) for each in headings)
    return FieldSource(
        headings=styled,
        combine=combine,
        less=tuple(
            evolve(each, style=each.style or style)
            for each in _several(given["less"], f"{where}.less")
        )
        if "less" in given
        else (),
        time=_one(given["time"], f"{where}.time") if "time" in given else None,
        sign=_sign(given["sign"], f"{where}.sign") if "sign" in given else None,
        words={str(word).strip().casefold(): value for word, value in words.items()},
        is_email=how == "e-mail",
        term=term,
        gross=_one(given["gross"], f"{where}.gross") if "gross" in given else None,
        above=_is_above(given, where),
    )


@frozen
class Currency:
    """The column that says in which currency a row is.

    Args:
        heading: the column.
        keep: the currency whose rows count; None where all must be in one.
    """

    heading: str
    keep: str | None = None


def _currency(given: Any) -> Currency | None:
    if given is None or isinstance(given, Currency):
        return given
    if _is_text(given):
        return Currency(given)
    if isinstance(given, Mapping) and {*given} <= {"heading", "keep"}:
        heading, keep = given.get("heading"), given.get("keep")
        if isinstance(heading, str) and isinstance(keep, str | None):
            return Currency(heading, keep)
    raise _refused("currency", given, 'the heading, or {heading = "Currency", keep = "EUR"}')


def _where(given: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(given, Mapping):
        raise _refused("where", given, 'the values that count: {"Status" = ["paid", "refunded"]}')
    return {str(heading): _texts(values, f"where.{heading}") for heading, values in given.items()}


def _fields(given: Any) -> dict[str, FieldSource]:
    if not isinstance(given, Mapping):
        raise _refused("fields", given, "a mapping of fields to their headings")
    return {str(name): _source(each, str(name)) for name, each in given.items()}


def _words(given: Any) -> tuple[str, ...]:
    return _texts(given, "nobody") if given else ()


def _once(given: Any) -> tuple[str, ...]:
    return _texts(given, "once") if given else ()


def _names(given: Any) -> tuple[str, ...]:
    return _texts(given, "signature") if given else ()


def _is_leave_out(shape: ExportShape, attribute: Any, value: Any) -> None:
    if value not in ("error", "leave out"):
        raise _refused("incomplete", value, '"leave out", or leave the key away')


def _is_name(shape: ExportShape, attribute: Any, value: Any) -> None:
    if not isinstance(value, str):
        raise _refused("shape", value, 'the name of a shape, such as "shopify_orders"')


def _is_count(shape: ExportShape, attribute: Any, value: Any) -> None:
    if type(value) is not int or value < 1:
        raise _refused("heading_rows", value, "how many rows the headings take")


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
        return plain and _differs_only_in(("table", "fields"), self, _NO_SHAPE)

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


def shape_of(table: str, given: Any, fields: Iterable[str] | None = None) -> ExportShape:
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
        given_fields: Mapping[str, Any] = given.fields
        if given.table != table:
            raise ArgumentError(
                f"the shape given for {table} is one of {given.table}", place="columns"
            )
    elif given is None or isinstance(given, Mapping):
        given_fields = {name: each for name, each in (given or {}).items() if name not in KEYS}
    else:
        raise ArgumentError(
            f"{table} is given fields with headings, not {shown(given)}", place="columns"
        )
    known = None if fields is None else list(fields)
    for name in given_fields:
        if known is not None and name not in known:
            raise ArgumentError(
                f"{table} has no field {shown(name)}", place="columns", remedy=nearest(name, known)
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
            f"{table}.{error.problem}", place="columns", remedy=error.remedy
        ) from None
