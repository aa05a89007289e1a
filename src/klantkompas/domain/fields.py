"""What a column of a record may hold, declared once on the record's own field.

The record classes in this package are the only description of the data: every reader (records, data
frames, files) asks `columns_of` what it should find, and checks accordingly. The class of a kind of
your own is made in the same way, and may say under which headings its columns come:

>>> @frozen(kw_only=True)
... class Visit:
...     customer: str = identity(headings=("Klantnummer",))
...     on: date = moment(required=True, headings=("Datum",))
...     minutes: float | None = number(low=0, headings=("Duur",))
>>> columns_of(Visit)[2].headings
('Duur',)

Those of the built-in kinds go by their own names, and by what the caller says:

>>> from klantkompas.domain.interactions import Order
>>> [column.name for column in columns_of(Order) if column.required]
['customer', 'on', 'amount']
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum, StrEnum
from functools import cache
from typing import Any

import attrs
from attrs import field, frozen

from klantkompas.errors import ArgumentError
from klantkompas.wording.catalogue import mark

__all__ = [
    "Column",
    "Content",
    "Role",
    "choice",
    "columns_of",
    "flag",
    "identity",
    "moment",
    "money",
    "number",
    "score",
    "tags",
    "text",
]


class Content(Enum):
    """What kind of value a column holds."""

    IDENTITY = mark("an id")
    MOMENT = mark("a date, or a date with a time")
    MONEY = mark("a sum of money")
    NUMBER = mark("a number")
    SCORE = mark("a whole number on the survey's scale")
    FLAG = mark("yes or no")
    CHOICE = mark("one of a few words")
    TEXT = mark("text")
    TAGS = mark("words separated by commas")


class Role(Enum):
    """What the date in a column says about the interaction."""

    EVENT = "when it happened"
    STEP = "a later step: empty while it has not been taken"
    TERM = "a date agreed on; it stands in for the event where that is unknown"
    FACT = "a date that says nothing about when something happened"


@frozen(kw_only=True)
class Column:
    """One column of a table: a field of a record class, as the readers see it.

    Args:
        name: the field's name.
        content: what it holds.
        required: whether the table must have the column, with a value in every row.
        role: for a moment, what it says.
        choices: for a choice, what it may be.
        words: for a choice, other words that are read as one of them.
        answers: for yes or no, other words that are read as one of them.
        low: the lowest number allowed.
        high: the highest number allowed.
        value: whether rows at one time are sorted by it: the row with the lowest value is the last.
        outstanding: whether it says what was left to do when the export was made: known from the
            last day in the export on, but for 0 or less, which stays so.
        presumed: for yes or no, whether yes is presumed until the answer is known to be no.
        groups_by: whether rows of one customer with the same value here are one interaction.
        headings: what else it may be called in the data, besides its name.
        unit: what a number counts, where files also write it otherwise: ``"minutes"``.
    """

    name: str
    content: Content
    required: bool
    role: Role = Role.FACT
    choices: type[StrEnum] | None = None
    words: Mapping[str, StrEnum] = field(factory=dict, hash=False)
    answers: Mapping[str, bool] = field(factory=dict, hash=False)
    low: float | None = None
    high: float | None = None
    value: bool = False
    outstanding: bool = False
    presumed: bool = False
    groups_by: bool = False
    headings: tuple[str, ...] = ()
    unit: str = ""

    @property
    def has_words(self) -> bool:
        """Whether the column holds one of a few words, or yes or no."""
        return self.content in (Content.CHOICE, Content.FLAG)

    @property
    def is_number(self) -> bool:
        """Whether the column is stored as floats: it holds money, numbers or scores."""
        return self.content in (Content.MONEY, Content.NUMBER, Content.SCORE)


Declared = Any
"""A field of an attrs class; the class itself says which type its values have."""
Headings = Sequence[str]
"""What a column may be called in the data, exactly as it stands there."""


def _declared(
    content: Content, required: bool, headings: Headings, **properties: object
) -> Declared:
    if isinstance(headings, str) or not all(isinstance(each, str) for each in headings):
        raise ArgumentError(f'headings is a tuple of words, such as ("Datum",), not {headings!r}')
    column = {"content": content, "required": required, "headings": tuple(headings), **properties}
    if required:
        return attrs.field(metadata={"column": column})
    return attrs.field(default=None, metadata={"column": column})


def identity(
    *, required: bool = True, groups_by: bool = False, headings: Headings = ()
) -> Declared:
    """Declare a column of ids: text, or whole numbers, which become their decimal text."""
    return _declared(Content.IDENTITY, required, headings, groups_by=groups_by)


def moment(role: Role = Role.EVENT, *, required: bool = False, headings: Headings = ()) -> Declared:
    """Declare a column of dates or datetimes."""
    return _declared(Content.MOMENT, required, headings, role=role)


def money(
    *,
    required: bool = False,
    low: float | None = None,
    value: bool = False,
    outstanding: bool = False,
    headings: Headings = (),
) -> Declared:
    """Declare a column of sums of money, all in one currency.

    Args:
        required: whether the table must have the column, with a value in every row.
        low: the lowest sum allowed.
        value: whether rows at one time are sorted by it: the row with the lowest value is the last.
        outstanding: whether it says what was left when the export was made.
        headings: what else it may be called in the data.
    """
    return _declared(
        Content.MONEY, required, headings, low=low, value=value, outstanding=outstanding
    )


def number(
    *,
    required: bool = False,
    low: float | None = None,
    high: float | None = None,
    value: bool = False,
    headings: Headings = (),
    unit: str = "",
) -> Declared:
    """Declare a column of numbers, perhaps with a lowest and highest one allowed, and a unit.

    Args:
        required: whether the table must have the column, with a value in every row.
        low: the lowest number allowed; None for any.
        high: the highest number allowed; None for any.
        value: whether it sorts rows of one moment: the lowest comes last.
        headings: what else it may be called in the data.
        unit: ``"minutes"`` makes it a duration: files may write it as ``0:45:00`` or ``45 min``
            too, and the style of a column be ``"seconds"`` or ``"hours"``. Any other unit changes
            nothing.
    """
    limits = {"low": low, "high": high}
    return _declared(Content.NUMBER, required, headings, **limits, value=value, unit=unit)


def score(*, required: bool = False, headings: Headings = ()) -> Declared:
    """Declare a column of survey scores; the scale belongs to the table."""
    return _declared(Content.SCORE, required, headings, value=True)


def flag(
    *,
    required: bool = False,
    presumed: bool = False,
    headings: Headings = (),
    yes: Sequence[str] = (),
    no: Sequence[str] = (),
) -> Declared:
    """Declare a column of yes or no.

    Args:
        required: whether the table must have the column, with a value in every row.
        presumed: whether yes is presumed until the answer is known to be no.
        headings: what else it may be called in the data.
        yes: words that files write for yes in this column, in lower case.
        no: words that files write for no in it.
    """
    answers = {**dict.fromkeys(yes, True), **dict.fromkeys(no, False)}
    return _declared(Content.FLAG, required, headings, presumed=presumed, answers=answers)


def choice(
    choices: type[StrEnum], *, required: bool = False, headings: Headings = (), **words: StrEnum
) -> Declared:
    """Declare a column that holds one of a few words.

    Args:
        choices: an enumeration of the words.
        required: whether the table must have the column, with a value in every row.
        headings: what else it may be called in the data.
        **words: other words that are read as one of the choices.
    """
    return _declared(Content.CHOICE, required, headings, choices=choices, words=words)


def text(*, required: bool = False, headings: Headings = ()) -> Declared:
    """Declare a column of free text."""
    return _declared(Content.TEXT, required, headings)


def tags(*, required: bool = False, headings: Headings = ()) -> Declared:
    """Declare a column of tags: words given by staff, separated by commas."""
    return _declared(Content.TAGS, required, headings)


@cache
def columns_of(record: type) -> tuple[Column, ...]:
    """Return the columns that a record class declares, in the order of its fields.

    Args:
        record: an attrs class whose fields were made by the functions of this module; other
            fields are not columns.

    Returns:
        A column for each such field.
    """
    return tuple(
        Column(name=each.name, **each.metadata["column"])
        for each in attrs.fields(record)
        if "column" in each.metadata
    )
