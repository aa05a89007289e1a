"""The data notes of a whole, from those of the parts that were measured.

The parts are disjoint groups of customers; their notes added up are what measuring the whole at
once would have found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve

from klantkompas.io.columns.owners import (
    NOBODY_IDS,
    SIMILAR_IDS,
    TELEPHONES,
    TELEPHONES_OF_ALL,
    UNDONE_IDS,
)
from klantkompas.io.frames import DUPLICATE_ROWS, IDS_AS_FLOATS
from klantkompas.portfolio.assembling import (
    HAS_ORDERED,
    ONLY_IN_INTERACTIONS,
    WITHOUT_CUSTOMER,
)
from klantkompas.portfolio.overlap import FEW_IN_COMMON
from klantkompas.portfolio.reference import LATE_AS_OF
from klantkompas.wording.notes import DataNote

__all__ = ["added_notes"]

STAGES = (
    (IDS_AS_FLOATS, DUPLICATE_ROWS),
    (NOBODY_IDS, UNDONE_IDS),
    (WITHOUT_CUSTOMER,),
    (ONLY_IN_INTERACTIONS, HAS_ORDERED),
)
"""The notes of a portfolio in the order in which it makes them; within a stage by table."""
OF_THE_WHOLE = (FEW_IN_COMMON, SIMILAR_IDS, TELEPHONES, TELEPHONES_OF_ALL, LATE_AS_OF)
"""Notes that parts cannot make: of the whole, other ids are similar and another date is last."""


def added_notes(
    parts: Iterable[Sequence[DataNote]], headings: Mapping[str, Sequence[str]]
) -> tuple[DataNote, ...]:
    """Return the notes of all parts together, in the order in which the whole would have them.

    Args:
        parts: the notes of each part.
        headings: by table (the customers' own first, then in the order of the kinds) the headings
            of its fields, in the order of the fields.

    Returns:
        The notes that measuring all customers at once would give.
    """
    added: Counter[tuple[DataNote, int]] = Counter()
    for notes in parts:
        again: Counter[DataNote] = Counter()
        for note in notes:
            if note.message in OF_THE_WHOLE:
                continue
            uncounted = evolve(note, count=0)
            again[uncounted] += 1
            added[uncounted, again[uncounted]] += note.count
    tables = list(headings)

    def place(found: tuple[DataNote, int]) -> tuple[int, ...]:
        note, repeated = found
        stage = next(at for at, messages in enumerate(STAGES) if note.message in messages)
        named = list(headings.get(note.table, ()))
        return (
            stage,
            tables.index(note.table) if note.table in tables else -1,
            STAGES[stage].index(note.message),
            named.index(note.column) if note.column else 0,
            repeated,
        )

    ordered = sorted(added, key=place)
    return tuple(evolve(found[0], count=added[found]) for found in ordered)
