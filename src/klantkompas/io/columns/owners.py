"""Each row's customer: the ids of all tables numbered together, when they name who they mean.

>>> columns = [IdColumn.from_text(["a", " 0017", None]), IdColumn.from_text(["0017", "#N/A"])]
>>> owners = owners_of(columns, [Place("customers", "id"), Place("orders", "customer")], Limits())
>>> owners.ids.tolist(), [each.tolist() for each in owners.codes]
(['a', '0017'], [[0, 1, 2], [1, 2]])
>>> print(owners.notes[1])
orders: rows whose id in column customer is what programs write for nobody: 1
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen

from klantkompas._arrays import MISSING, AnyArray, Codes
from klantkompas._ids import IdColumn, encode_ids
from klantkompas._told import told
from klantkompas.errors import DataError
from klantkompas.io.columns.values import Place, utf8_of
from klantkompas.io.headings.naming import in_toml, quoted
from klantkompas.io.parsing.telephones import written_otherwise
from klantkompas.io.parsing.written_ids import (
    NOBODY,
    are_bare_numbers,
    lost_digits,
    not_plain,
    read_id,
    same_but_for_writing,
)
from klantkompas.io.sources.limits import Limits, raised
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote
from klantkompas.wording.writer import Writer

__all__ = [
    "NOBODY_IDS",
    "SIMILAR_IDS",
    "TELEPHONES",
    "TELEPHONES_OF_ALL",
    "UNDONE_IDS",
    "Owners",
    "known_codes",
    "owners_of",
    "similar_ids_note",
]

NOBODY_IDS = mark("rows whose id in column {column} is what programs write for nobody: {count}")
UNDONE_IDS = mark(
    "ids in column {column} read without what a program added (blanks, an apostrophe, .0, "
    "invisible characters, another form of a letter): {count}"
)
TEXT = "OU"
"""The kinds of arrays of numpy that hold ids as text; others hold whole numbers."""
SIMILAR_IDS = mark(
    "ids that are the same as another but for capitals, zeros in front, blanks or accents, and "
    "count as other customers: {count}"
)

TELEPHONES = mark(
    "telephone numbers that are written in several ways, and count as several customers: {count}, "
    "such as {detail}. To count each as one, write in its settings: {line}"
)
TELEPHONES_OF_ALL = mark(
    "telephone numbers that are written in several ways, and count as several customers: {count}, "
    "such as {detail}. To count each as one, say so of the ids of each table: {line}"
)


@frozen(eq=False)
class Owners:
    """The customers of some columns of ids, and each row's customer.

    Args:
        ids: the customers' ids, each once and in id order: text, or whole numbers.
        codes: for each column an array with, for each row, the position of its customer in `ids`;
            the number of customers where the row has none.
        notes: notes on what programs had added to ids and was removed.
    """

    ids: AnyArray
    codes: Sequence[Codes]
    notes: tuple[DataNote, ...] = ()


def owners_of(columns: Sequence[IdColumn], places: Sequence[Place], limits: Limits) -> Owners:
    """Return the customers of several columns of ids, numbered together in id order.

    Args:
        columns: the columns of ids.
        places: where each stands, for errors and notes.
        limits: how long an id may be.

    Returns:
        The customers, and each row's customer.

    Raises:
        DataError: an id has lost digits, or is too long.
    """
    distinct, codes = _encoded(columns, places)
    if distinct.dtype.kind not in TEXT:
        return Owners(distinct, codes)
    odd = {at: str(distinct[at]) for at in not_plain(distinct)}
    longest = len(distinct[-1]) if len(distinct) else 0  # shorter ids come first
    if longest > limits.id_length:
        remedy, command = raised("id_length", longest)
        place, row = _first(len(distinct) - 1, codes, places)
        problem = f"is an id of {Writer().number(longest)} characters, more than is allowed"
        raise place.error(problem, row, remedy=remedy, command=command)
    for at, text in odd.items():
        if lost_digits(text):
            raise _without_digits(text, *_first(at, codes, places))
    read = {at: read_id(text) for at, text in odd.items()}
    changed = {at: new for at, new in read.items() if new != odd[at]}
    if not changed:
        return Owners(distinct, codes)
    texts: list[str | None] = distinct.tolist()
    for at, new in changed.items():
        texts[at] = new
    ids, (number,) = encode_ids([IdColumn.from_list(texts)])
    number = np.append(number, np.int32(len(ids)))
    notes = [
        note
        for place, coded in zip(places, codes, strict=True)
        for note in _notes(place, np.bincount(coded, minlength=len(texts)), changed)
    ]
    return Owners(ids, [number.take(coded) for coded in codes], tuple(notes))


def _encoded(
    columns: Sequence[IdColumn], places: Sequence[Place]
) -> tuple[AnyArray, Sequence[Codes]]:
    try:
        return encode_ids(columns)
    except UnicodeDecodeError:
        for column, place in zip(columns, places, strict=True):
            with utf8_of(place):
                encode_ids([column])
        raise


def known_codes(ids: IdColumn, place: Place) -> Codes:
    """Return for each row the position of its id among the column's own distinct ids.

    Args:
        ids: the column.
        place: the table and heading, for errors.

    Returns:
        For each row, the position of its id in `ids.distinct`; negative where it has none.

    Raises:
        DataError: an id has lost digits.
    """
    codes = ids.codes
    if ids.form == "whole":
        return codes
    texts = ids.distinct.tolist()
    for at, text in enumerate(texts):
        if "+" in text and lost_digits(text):
            raise _without_digits(text, place, int(np.argmax(codes == at)))
    nothing = [at for at, text in enumerate(texts) if text in NOBODY]
    return np.where(np.isin(codes, nothing), np.int32(MISSING), codes) if nothing else codes


def _without_digits(text: str, place: Place, row: int) -> DataError:
    return place.error(
        told("is an id of which a spreadsheet program has kept some digits only"),
        row,
        text,
        remedy=told(
            "Make the export again and give it as it comes, or format the "
            "column as text before you save it"
        ),
    )


def _first(at: int, codes: Sequence[Codes], places: Sequence[Place]) -> tuple[Place, int]:
    """Return where an id first occurs."""
    column = next(number for number, coded in enumerate(codes) if (coded == at).any())
    return places[column], int(np.argmax(codes[column] == at))


def _notes(place: Place, rows: Codes, changed: Mapping[int, str | None]) -> list[DataNote]:
    of = {NOBODY_IDS: 0, UNDONE_IDS: 0}
    for at, new in changed.items():
        of[NOBODY_IDS if new is None else UNDONE_IDS] += int(rows[at])
    return [
        DataNote(message, place.table, count, column=place.heading, unit="")
        for message, count in of.items()
        if count
    ]


def similar_ids_note(
    ids: AnyArray, places: Mapping[Place, str] | None = None
) -> tuple[DataNote, ...]:
    """Return notes on ids that differ from another in their writing only; empty without any.

    Args:
        ids: all ids, each once.
        places: the columns that hold them, with the field that each is for, where these are known.
    """
    if ids.dtype.kind not in TEXT or are_bare_numbers(ids):
        return ()
    texts: list[str] = ids.tolist()
    count = sum(len(group) - 1 for group in same_but_for_writing(texts))
    similar = (DataNote(SIMILAR_IDS, count=count, unit=""),) if count else ()
    code, telephones = written_otherwise(texts)
    if not telephones:
        return similar
    count, example = len(telephones), ", ".join((telephones[0][0], telephones[0][-1]))
    as_numbers = f"telephone {code}"
    if not places:
        so = f"as = {quoted(as_numbers)}"
        return *similar, DataNote(TELEPHONES_OF_ALL, "", count, detail=example, line=so, unit="")
    said = {
        place: f"{field} = {in_toml({'heading': place.heading, 'as': as_numbers})}"
        for place, field in places.items()
    }
    return *similar, *(
        DataNote(TELEPHONES, place.table, count, place.heading, example, line=line, unit="")
        for place, line in said.items()
    )
