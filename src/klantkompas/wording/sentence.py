"""A sentence for people, kept as data until it is known who reads it.

A message has bare places, such as ``{orders}``; what fills a place is a value with a type, and a
`klantkompas.wording.writer.Writer` writes it as the reader's language does.

>>> from klantkompas.wording.writer import Writer
>>> bought = sentence("{customer} bought {orders}", customer="17", orders=Quantity(1200, "orders"))
>>> Writer("en").say(bought), Writer("nl").say(bought)
('17 bought 1,200 orders', '17 bought 1.200 orders')
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from attrs import field, frozen

__all__ = [
    "CustomerName",
    "Days",
    "Grid",
    "Listing",
    "Month",
    "Quantity",
    "Sentence",
    "Value",
    "counted",
    "indented",
    "sentence",
]


def _as_days(days: Iterable[date]) -> tuple[date, ...]:
    return tuple(sorted(set(days)))


@frozen
class CustomerName:
    """A customer as the reader knows them: by name and id, or by their pseudonym.

    Whatever speaks of a customer who objects to profiling is left out of the report: their row of a
    table, their paragraph.

    Args:
        id: the customer's id.
    """

    id: str = field(converter=str, repr=False)


@frozen
class Quantity:
    """A number with its unit, which says how it is written.

    Args:
        value: the number; NaN for unknown.
        unit: ``"money"``, ``"share"`` (0.5 is 50%), ``"percent"`` (a share in whole
            percents), ``"score"`` (a Net Promoter Score), ``"p"`` (a p-value), or what is
            counted, such as ``"days"`` or a `klantkompas.hooks.Unit` of your own; empty for a bare
            number.
        signed: whether a positive number has its sign too.
        apart_from: a number that it is not: so many decimals are written that the two differ.
    """

    value: float
    unit: str = ""
    signed: bool = False
    apart_from: float | None = None


@frozen
class Month:
    """A calendar month, written by the short form of its name.

    Args:
        month: the month, such as ``"2026-01"``.

    >>> from klantkompas.wording.writer import Writer
    >>> Writer("en").plain(Month("2026-03")), Writer("nl").plain(Month("2026-03"))
    ('Mar 2026', 'mrt 2026')
    """

    month: str


@frozen
class Days:
    """Several days, written together: 3 and 9 June 2026.

    Args:
        days: the days.
        more: whether there were earlier ones, which are not among them.
    """

    days: tuple[date, ...] = field(converter=_as_days)
    more: bool = False


@frozen
class Sentence:
    """A marked message, and the values of its placeholders.

    Args:
        message: the English text, marked for translation, with bare places such as ``{orders}``.
        values: by placeholder, its value; a `Sentence` among them is translated as well.
    """

    message: str
    values: Mapping[str, Value] = field(factory=dict)


def _as_tuple(items: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(items)


@frozen
class Listing:
    """Several values on one line.

    Args:
        items: the values.
        separator: the text between two values; None for commas and "and", as the language has them.
    """

    items: tuple[Value, ...] = field(converter=_as_tuple)
    separator: str | None = ", "


def _as_rows(rows: Iterable[Iterable[Value]]) -> tuple[tuple[Value, ...], ...]:
    return tuple(map(tuple, rows))


@frozen
class Grid:
    """Values in rows and columns, written below each other; numbers stand at the right.

    Args:
        rows: the rows, each with as many values.
    """

    rows: tuple[tuple[Value, ...], ...] = field(converter=_as_rows)


Value = (
    str | Sentence | CustomerName | Quantity | Month | Listing | Grid | Days | float | date | None
)
"""What can fill a place; None is unknown."""


def sentence(message: str, **values: Value) -> Sentence:
    """Return a sentence of a marked message and the values of its placeholders.

    Args:
        message: the marked English text.
        **values: by placeholder, its value.

    >>> sentence("{days} ago", days=Quantity(3, "days")).values["days"].unit
    'days'
    """
    return Sentence(message, values)


def indented(lines: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """Return sentences indented by two spaces, below the one that they belong to.

    Args:
        lines: the sentences.

    >>> from klantkompas.wording.writer import Writer
    >>> [Writer("en").say(each) for each in indented([sentence("bought twice")])]
    ['  bought twice']
    """
    return tuple(sentence("  {line}", line=each) for each in lines)


def counted(counts: Iterable[tuple[Value, int]]) -> Listing:
    """Return a list of things with the number of each, on one line.

    Args:
        counts: pairs of what is counted (a text or a `Sentence`) and the number.

    >>> from klantkompas.wording.writer import Writer
    >>> Writer("en").plain(counted([("A", 3), ("B", 1200)]))
    'A 3, B 1,200'
    """
    return Listing(sentence("{what} {number}", what=what, number=n) for what, n in counts)
