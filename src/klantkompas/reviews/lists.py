"""What the lists of customers that a review gives share: how they print, and looking back.

The lists are `klantkompas.reviews.watch` and `klantkompas.reviews.guard`.
"""

from __future__ import annotations

from typing import Generic, TypeVar

import numpy as np
from attrs import frozen

from klantkompas._arrays import MISSING, Codes, FloatArray, ObjectArray
from klantkompas.compass import Reading
from klantkompas.errors import ArgumentError
from klantkompas.results import Result
from klantkompas.reviews.recorded import RecordedReading, record_of
from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Sentence, indented, sentence
from klantkompas.wording.writer import Language, writer_of

__all__ = ["CustomerList", "of_class", "places_in", "records_of", "values_at"]

SHOWN = 5
"""How many customers a list prints."""


MORE = mark("... and {number} more")

ListedT = TypeVar("ListedT", bound=Text)


@frozen(eq=False, repr=False)
class CustomerList(Result, Generic[ListedT]):
    """A list of customers, each with the reason why they are on it.

    Args:
        listed: the customers.
    """

    listed: tuple[ListedT, ...]

    @property
    def opening(self) -> Sentence:
        """The sentence that opens the list: what the list is, and how many customers it has."""
        raise NotImplementedError

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
        lines, rest = [*self.parts[:SHOWN]], len(self) - SHOWN
        if rest > 0:
            lines.append(sentence(MORE, number=rest))
        return "\n".join(map(writer_of(language).say, (self.opening, *indented(lines))))


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
            f"a list looks back to an earlier reading; {then.as_of} is not before {now.as_of}"
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
    opted_out = reading.measures.record["opted_out"].astype(np.bool_)
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
