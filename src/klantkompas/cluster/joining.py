"""What every way of measuring in parts needs: one reference date, and one whole of many parts.

The parts are disjoint groups of customers. What is found here of their date, notes and measures is
what measuring the whole at once would have found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import numpy as np
from attrs import evolve

from klantkompas._arrays import AnyArray, Codes, DayArray, as_objects, freeze, sorted_by
from klantkompas.cluster.stored import FAMILIES, StoredMeasures
from klantkompas.compass.measuring import measure_portfolio
from klantkompas.errors import ArgumentError
from klantkompas.io.frames import DUPLICATE_ROWS, IDS_AS_FLOATS
from klantkompas.portfolio import Measures, Portfolio
from klantkompas.portfolio.assembling import (
    HAS_ORDERED,
    ONLY_IN_INTERACTIONS,
    WITHOUT_CUSTOMER,
)
from klantkompas.wording.notes import DataNote

__all__ = ["added_notes", "join_stored", "reference_date"]

AT_A_TIME = 2
"""How many columns are joined at a time: numpy lets go of Python's lock."""
STAGES = ((IDS_AS_FLOATS, DUPLICATE_ROWS), (WITHOUT_CUSTOMER,), (ONLY_IN_INTERACTIONS, HAS_ORDERED))
"""The notes of a portfolio in the order in which it makes them; within a stage by table."""


def reference_date(as_of: date | None, days: DayArray) -> tuple[date, tuple[DataNote, ...]]:
    """Find the reference date as measuring does, from the days of the whole.

    Args:
        as_of: the date that was given; None to find it.
        days: the last days on which something happened, at least the last two that differ (fewer
            when there are no more); those of several parts or columns together will do.

    Returns:
        The date, and a note when it lies far after the one before.

    Raises:
        ArgumentError: nothing happened on a known date, or what was given is no date.

    >>> days = np.array(["2026-01-02", "2025-06-01"], dtype="datetime64[D]")
    >>> day, notes = reference_date(None, days)
    >>> day.isoformat(), notes[0].count
    ('2026-01-02', 215)
    """
    nobody = {"customer": [None] * len(days), "on": days, "amount": np.zeros(len(days))}
    happened = Portfolio.from_tables(orders=nobody)
    found = measure_portfolio(happened, (), as_of)
    return found.as_of, found.notes[len(happened.notes) :]


def added_notes(
    parts: Iterable[Sequence[DataNote]], headings: Mapping[str, Sequence[str]]
) -> tuple[DataNote, ...]:
    """Add up the notes of parts, in the order in which the whole would give them.

    Args:
        parts: the notes of each part.
        headings: by table (the customers' own first, then in the order of the kinds) the headings
            of its fields, in the order of the fields.

    Returns:
        The notes of the whole.
    """
    added: Counter[tuple[DataNote, int]] = Counter()
    for notes in parts:
        again: Counter[DataNote] = Counter()
        for note in notes:
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


def join_stored(parts: Sequence[StoredMeasures], notes: tuple[DataNote, ...]) -> Measures:
    """Join the stored measures of disjoint groups of customers, two columns at a time.

    The same as `Measures.join`, for customers by the million: no more than two columns are held
    twice, and a column in which all customers are alike takes no memory.

    Args:
        parts: the parts, at least one.
        notes: the notes of the whole.

    Returns:
        The measures of all their customers.

    Raises:
        ArgumentError: a customer is in two of the parts.
    """
    counts = [len(part) for part in parts]
    ids, order = _united_ids(parts)
    if (ids[1:] == ids[:-1]).any():
        raise ArgumentError("a customer is in two of the parts; cut them by customer")

    def joined(column: str) -> AnyArray:
        return _joined([part.column(column) for part in parts], counts, order)

    families: dict[str, Any] = {}
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        for family in FAMILIES:
            names = parts[0].details["columns"][family]
            found = pool.map(joined, [f"{family}.{name}" for name in names])
            families[family] = dict(zip(names, found, strict=True))
    tallies: dict[str, dict[tuple[str, ...], int]] = {}
    for part in parts:
        for name, counted in part.tallies.items():
            total = tallies.setdefault(name, {})
            for key, count in counted.items():
                total[key] = total.get(key, 0) + count
    return Measures(
        ids=freeze(ids),
        **families,
        **parts[0].common,
        tallies={name: dict(sorted(total.items())) for name, total in tallies.items()},
        notes=notes,
    )


def _united_ids(parts: Sequence[StoredMeasures]) -> tuple[AnyArray, Codes]:
    """Put the ids of all parts in id order: the ids, and where each stood."""
    numbers = [part.numbers for part in parts if part.numbers is not None]
    if len(numbers) == len(parts):
        ids = np.concatenate(numbers)
        order = sorted_by(ids)
    else:
        listed = [each for part in parts for each in part.ids]
        by_text = np.array(sorted(range(len(listed)), key=listed.__getitem__), dtype=np.intp)
        length = np.fromiter(map(len, listed), dtype=np.intp, count=len(listed))
        order = by_text[np.argsort(length[by_text], kind="stable")]
        ids = as_objects(listed)
    return ids.take(order), order


def _joined(columns: Sequence[AnyArray], counts: Sequence[int], order: Codes) -> AnyArray:
    filled = [column for column, count in zip(columns, counts, strict=True) if count]
    if filled and all(len(c) == 1 and c.tobytes() == filled[0].tobytes() for c in filled):
        return np.broadcast_to(filled[0], len(order))
    every = [np.broadcast_to(c, count) for c, count in zip(columns, counts, strict=True)]
    # Each part stands in order, so that taking reads it from its start to its end.
    return freeze(np.concatenate(every).take(order))
