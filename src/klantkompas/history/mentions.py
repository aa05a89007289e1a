"""What people typed about others, searched for an erased customer's id and name.

A reason, the name of who decided, a title, a group or a preference of another customer may mention
the erased one. They are found as whole words in any case, and replaced where that is asked.

>>> search = Search(["0213", "De Vries"], redact=True)
>>> search("a reason", "as de vries (0213) asked, not 02134")
'as [erased] ([erased]) asked, not 02134'
>>> search.places
('a reason: 2',)
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable
from itertools import starmap

import numpy as np
from attrs import evolve

from klantkompas._arrays import AnyArray, as_objects, freeze
from klantkompas.reviews.recorded import RecordedReading

__all__ = ["Search", "search_decisions", "search_reading"]

ERASED = "[erased]"
TYPED = (
    ("overrides", "person"),
    ("overrides", "because"),
    ("buying_reasons", "because"),
    ("buying_reasons", "person"),
    ("steps", "done"),
    ("steps", "person"),
    ("let_go", "person"),
    ("let_go", "finding"),
)
"""The tables and columns of decisions that hold what people typed."""


class Search:
    """Searches texts for other texts, and counts where they are found.

    Args:
        texts: the texts to look for, as whole words in any case.
        redact: whether to replace what is found by ``[erased]``.
    """

    def __init__(self, texts: Iterable[str], redact: bool) -> None:
        longest_first = sorted({each.strip() for each in texts} - {""}, key=len, reverse=True)
        either = "|".join(map(re.escape, longest_first)) or r"(?!)"
        self._pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
        self._redact = redact
        self._found = Counter[str]()

    def __call__(self, place: str, text: str) -> str:
        """Return a text, with what was found replaced where that is asked.

        Args:
            place: where the text is, in words, for `places`.
            text: the text to search.
        """
        replaced, times = self._pattern.subn(ERASED, text)
        if times:
            self._found[place] += times
        return replaced if self._redact else text

    @property
    def count(self) -> int:
        """How often any of the texts was found."""
        return self._found.total()

    @property
    def places(self) -> tuple[str, ...]:
        """Where any of the texts was found, with how often."""
        return tuple(starmap("{}: {}".format, self._found.items()))


def search_reading(reading: RecordedReading, search: Search) -> RecordedReading:
    """Search all that people typed in a reading, other than names of customers.

    Args:
        reading: the reading.
        search: what to look for.

    Returns:
        The reading, with texts replaced where that is asked; the same object where nothing changed.
    """
    where = f"reading as of {reading.as_of}"
    overrides = tuple(
        evolve(
            each,
            by=search(f"{where}, override of {each.customer!r}, by", each.by),
            because=search(f"{where}, override of {each.customer!r}, because", each.because),
        )
        for each in reading.overrides
    )
    factors = tuple(
        evolve(each, title=search(f"{where}, title of the factor {each.name}", each.title))
        for each in reading.factors
    )
    record = {
        name: column if name == "name" else _searched(f"{where}, {name}", column, search)
        for name, column in reading.measures.record.items()
    }
    same = all(record[name] is column for name, column in reading.measures.record.items())
    if same and (overrides, factors) == (reading.overrides, reading.factors):
        return reading
    measures = evolve(reading.measures, record=record)
    return evolve(reading, measures=measures, overrides=overrides, factors=factors)


def _searched(place: str, column: AnyArray, search: Search) -> AnyArray:
    """Search a column of free text; one of a few choices, or no text, is left as it is."""
    if column.dtype != np.object_:
        return column
    texts = column.tolist()
    changed = [search(place, each) if type(each) is str else each for each in texts]
    return column if changed == texts else freeze(as_objects(changed))


def search_decisions(connection: sqlite3.Connection, search: Search) -> None:
    """Search what people typed with overrides and approvals, inside a transaction."""
    for table, column in TYPED:
        select = f"SELECT sequence, customer, {column} FROM {table} ORDER BY sequence"  # noqa: S608
        for sequence, customer, text in connection.execute(select).fetchall():
            changed = search(f"{table} of {customer!r}, {column}", text)
            if changed != text:
                connection.execute(
                    f"UPDATE {table} SET {column} = ? WHERE sequence = ?",  # noqa: S608
                    (changed, sequence),
                )
