"""What the lists of customers share: who is on them and why, how they print, and looking back.

Such lists are those of `klantkompas.reviews.almost`, `klantkompas.reviews.watch`,
`klantkompas.reviews.guard`, `klantkompas.reviews.overdue`, and, all together,
`klantkompas.reviews.work_lists`.

>>> from klantkompas.wording.sentence import Quantity
>>> @frozen(kw_only=True)
... class Regular(Listed):
...     customer: str
...     orders: int
...
...     @property
...     def why(self):
...         return sentence("ordered {orders}", orders=Quantity(self.orders, "orders"))
...
...     @classmethod
...     def columns_of(cls, listed):
...         return {**super().columns_of(listed), **numbers_of(listed, orders="orders")}
>>> regulars = CustomerList(
...     kind=Regular,
...     opening=sentence("{number} who order regularly", number=1),
...     listed=(Regular(customer="17", orders=5),),
... )
>>> print(regulars)
1 who order regularly
  17: ordered 5 orders
>>> regulars.columns()["orders"].tolist()
[5.0]
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import ClassVar, Generic, Self, TypeVar

import numpy as np
from attrs import frozen

from klantkompas._arrays import MISSING, AnyArray, Codes, FloatArray, ObjectArray, as_objects
from klantkompas._told import told
from klantkompas.compass import Reading
from klantkompas.errors import ArgumentError
from klantkompas.results import Result
from klantkompas.reviews.recorded import RecordedReading, record_of
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import (
    CustomerName,
    Sentence,
    indented,
    sentence,
)
from klantkompas.wording.writer import Language, writer_of

__all__ = [
    "CustomerList",
    "Listed",
    "numbers_of",
    "of_class",
    "places_in",
    "records_of",
    "values_at",
]

SHOWN = 5
"""How many customers a list prints."""
MORE = mark("... and {number} more")


class Listed(Text):
    """A customer on a list, and the reason why they are on it; the base of what lists hold."""

    __slots__ = ()

    customer: str
    """The customer's id."""
    HEAVIEST: ClassVar[str] = mark(
        "They bring {amount}, {share} of the revenue; the most: {names}."
    )
    """What a list says of the customers who weigh most on it."""
    WAITS: ClassVar[str] = mark("since {day}, {days}")
    """Since when this waits to be done."""

    @property
    def why(self) -> Sentence:
        """Why they are on the list, without naming them."""
        raise NotImplementedError

    @property
    def in_brief(self) -> Sentence:
        """Why they are on the list, where there is little room; the whole of it unless shorter."""
        return self.why

    @property
    def days_open(self) -> float:
        """For how many days this waits to be done; NaN where that is unknown, or does not wait."""
        return math.nan

    @property
    def at_stake(self) -> float:
        """What it is about in money, such as what is owed; NaN where that is what they bring."""
        return math.nan

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence with the customer and the reason."""
        return (sentence(WHO_AND_WHY, customer=CustomerName(self.customer), why=self.why),)

    @classmethod
    def columns_of(cls, listed: Sequence[Self]) -> dict[str, AnyArray]:
        """Return the columns of a data frame, by heading: a row for each customer, or reason.

        Args:
            listed: the customers of a list, all of this kind.
        """
        return {"id": as_objects(each.customer for each in listed)}


WHO_AND_WHY = "{customer}: {why}"
ListedT_co = TypeVar("ListedT_co", bound=Listed, covariant=True)


def numbers_of(listed: Sequence[object], **columns: str) -> dict[str, FloatArray]:
    """Return columns of numbers, by heading.

    Args:
        listed: the customers of a list.
        **columns: by heading, the attribute that holds each customer's number; None is unknown.
    """
    return {
        heading: np.array([getattr(each, name) for each in listed], dtype=np.float64)
        for heading, name in columns.items()
    }


@frozen(eq=False, repr=False, kw_only=True)
class CustomerList(Result, Generic[ListedT_co]):
    """A list of customers, each with the reason why they are on it.

    Args:
        kind: the class of what it holds.
        opening: the sentence that opens the list: what it is, and how many customers it has.
        listed: the customers, in order.
    """

    kind: type[ListedT_co]
    opening: Sentence
    listed: tuple[ListedT_co, ...]

    def __len__(self) -> int:
        return len(self.listed)

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """A sentence for each customer."""
        return tuple(part for each in self.listed for part in each.parts)

    def text(self, language: Language = "en") -> str:
        """Return the list as text: how many customers it has, and the reasons of the first few.

        Args:
            language: as for `sentences`.

        Raises:
            ArgumentError: there is no such language.
        """
        lines = [part for each in self.listed[:SHOWN] for part in each.parts]
        if (rest := len(self) - SHOWN) > 0:
            lines.append(sentence(MORE, number=rest))
        return "\n".join(map(writer_of(language).say, (self.opening, *indented(lines))))

    def columns(self) -> dict[str, AnyArray]:
        """Return the columns of `to_frame`: a row for each customer."""
        return self.kind.columns_of(self.listed)


def records_of(
    current: Reading | RecordedReading, previous: Reading | RecordedReading | None
) -> tuple[RecordedReading, RecordedReading | None]:
    """Return the records of a reading and of the reading of the last review.

    Args:
        current: the reading.
        previous: the reading of the last review; None without one.

    Returns:
        The two records; the second is None without a last review.

    Raises:
        ArgumentError: the previous reading is not earlier.
    """
    now = record_of(current)
    then = None if previous is None else record_of(previous)
    if then is not None and then.as_of >= now.as_of:
        raise ArgumentError(
            told(
                "a list looks back to an earlier reading; {as_of} is not before {now}",
                as_of=then.as_of,
                now=now.as_of,
            )
        )
    return now, then


def of_class(reading: RecordedReading, label: str) -> Codes:
    """Return the positions of the customers of a class.

    A customer who objects to profiling is in no class.

    Args:
        reading: the record of a reading.
        label: the class, such as ``"A"``.

    Returns:
        The positions, ascending.
    """
    opted_out = reading.measures.opted_out
    return np.flatnonzero((reading.labels == label) & ~opted_out)


def places_in(reading: RecordedReading | None, ids: ObjectArray) -> Codes:
    """Return the positions of customers in another reading.

    Args:
        reading: the other reading; None without one.
        ids: the ids of the customers.

    Returns:
        A position for each id; negative for a customer who is not in that reading.
    """
    place = {} if reading is None else {each: at for at, each in enumerate(reading.ids)}
    return np.array([place.get(each, MISSING) for each in ids], dtype=np.intp)


def values_at(reading: RecordedReading | None, measure: str, places: Codes) -> FloatArray:
    """Return the values of a measure for customers at some positions.

    Args:
        reading: the reading; None without one.
        measure: the measure's name.
        places: the positions of the customers in it; negative for a customer who is not in it.

    Returns:
        A float for each; NaN where the reading, the measure or the customer is not there.
    """
    values = np.full(len(places), np.nan)
    if reading is not None and measure in reading.measures.columns:
        there = places >= 0
        values[there] = reading.measures[measure][places[there]]
    return values
