"""What is read as it stands, and yet is likely to be meant otherwise: noted, never changed.

A note says which line of a settings file reads it so. A column that nobody named is looked at only
where its heading says that it may change what is read.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from typing import TYPE_CHECKING

from klantkompas.domain.export_shape import ExportShape
from klantkompas.domain.field_source import Heading
from klantkompas.domain.fields import Column, Content
from klantkompas.io.headings.naming import in_settings, quoted
from klantkompas.io.headings.synonyms import likely_headings
from klantkompas.io.parsing.durations import style_of_heading
from klantkompas.io.parsing.products import product
from klantkompas.io.suspicions.beside_amount import notes_beside_amount
from klantkompas.io.suspicions.by_text import (
    notes_by_description,
    notes_by_number,
    notes_by_pieces,
)
from klantkompas.io.suspicions.export import LINES, Export
from klantkompas.io.suspicions.ledgers import notes_of_ledgers
from klantkompas.io.suspicions.lines import notes_of_lines
from klantkompas.io.suspicions.refunds import given_back_in
from klantkompas.io.suspicions.unlikely import unlikely
from klantkompas.io.suspicions.unnamed_columns import (
    CREDITS,
    is_description,
    listed,
    notes_of_unnamed,
)
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars

__all__ = ["placeholders", "suspicions"]

TOTAL = mark("one amount is as large as all others together, in row {detail}: is it a total?")
TWO_IDS = mark("{count} with more than one id in {column}, such as A;B, counted as of one customer")
ANONYMOUS = mark(
    "{count} with an id in {column} that looks like nobody's: {detail}. If it is, write in its "
    "settings: {line}"
)
ABOVE = mark(
    "{count} without an id in {column}, where no id stands twice. If an id stands above the rows "
    "that are its own, write in its settings: {line}"
)
PLACEHOLDER = mark(
    "a date before {day} in {column}, {detail}, counted as one. If it stands for none, write in "
    "its settings: {line}"
)
_EARLIEST = date(1971, 1, 1)
NEVER = mark(
    "a date after {day} in {column}, {detail}, counted as one. If it stands for none, write in "
    "its settings: {line}"
)
_LATEST = date(2900, 1, 1)
STARS = mark(
    "{count} with scores from 1 to 5 in {column}, counted on the table's scale: is the question "
    "how likely one is to recommend, from 0 to 10?"
)
SECONDS = mark(
    "the numbers in {column} are counted as minutes, and half of them are above {detail}. If these "
    "are seconds, write in its settings: {line}"
)
OTHER_SCALE = mark(
    "{count} in {column}, whose heading says that it asks something else, or on another scale, "
    "than how likely one is to recommend, from 0 to 10"
)
_SCORES, _STARS = 5, 5
_ASKS_ELSE = (
    r"(?i)\b(?:ces|csat)\b|\beffort\b|"
    r"(?<![0-9])[01]\s?(?:-|\u2013|/|t/m|tot|to|bis|\u00e0)\s?[4-7]\b"
)
_SAYS_STARS = r"(?i)\b(?:stars?|sterren|sterne|\u00e9toiles)\b"
_LONG_CALL, _ROUNDED, _MOSTLY = 60, 5, 0.8
_ANONYMOUS = (
    r"(?i)^(?:0+|anonymous|anon(?:iem|ymous.?user)?|unknown|onbekend|unbekannt|inconnu|guest|gast|"
    r"(?:walk.?in|cash|retail|counter|over the counter)(?: (?:customer|sale|client)s?)?|"
    r"(?:balie|kassa|toonbank|winkel|contant)(?:e?[ -]?(?:klant(?:en)?|verkoop|verkopen))?|"
    r"particulier(?:en)?|divers(?:e|en)?(?: (?:klanten|debiteuren|debitoren|kunden|clients))?|"
    r"(?:lauf|bar)(?:kunden?|kundschaft|verkauf)|(?:client )?(?:de passage|comptoir)|"
    r"(?:deleted|removed|verwijderd)\b.*|"
    r"(?:(?:deleted|anonymous|guest).*|(?:geen|no|none|kein)[.-]?(?:e?-?mail|adres)?)@.*)$"
)
_AT_LEAST, _CENT, _THIRD, _SEVERAL = 3, 0.005, 3, 2


def suspicions(
    frame: polars.DataFrame,
    shape: ExportShape,
    columns: Sequence[Column],
    mapping: Mapping[str, Sequence[Heading]],
    made: Iterable[str] = (),
    called: Mapping[str, str] | None = None,
    parts: polars.Series | None = None,
) -> tuple[DataNote, ...]:
    """Return notes on what is probably meant otherwise than it is read.

    Args:
        frame: the rows that count.
        shape: what was said of the export.
        columns: the columns that the table may have.
        mapping: which column of the frame each field is.
        made: columns that were made of others.
        called: for a column of which the heading stands more than once, how it is named.
        parts: for each row, in which of several files or sheets it stands; None where there is one.

    Returns:
        The notes.
    """
    if not frame.height:
        return ()
    used = {*shape.headings, *made, *(each.name for e in mapping.values() for each in e)}
    unnamed = [name for name in frame.columns if name not in used]
    money, amount = _amount(frame, columns, mapping)
    export = Export(
        shape,
        amount,
        money,
        called or {},
        given_back=_given_back(frame, shape, mapping, unnamed),
    )
    # What only says which amounts are negative may say more, as an overpayment or a bill does.
    signs = {source.sign[0] for source in shape.fields.values() if source.sign} - {*shape.where}
    asked = [name for name in frame.columns if name in signs or name in unnamed]
    notes = [note for name in asked for note in notes_of_unnamed(name, frame, export)]
    notes += _two_ids(frame, shape, mapping)
    notes += _anonymous(frame, shape, mapping)
    notes += _total(export)
    notes += notes_of_lines(frame, export, mapping, unnamed, parts)
    notes += _above(frame, shape, mapping)
    notes += _low_scores(frame, shape, mapping)
    notes += _seconds(frame, shape, mapping)
    notes += notes_beside_amount(frame, export, unnamed)
    are_told = any(note.message == CREDITS for note in notes)
    by_text = _by_text(frame, export, mapping, unnamed)
    notes += [each for each in by_text if each.message != CREDITS or not are_told]
    notes += notes_of_ledgers(frame, export, mapping, unnamed)
    notes += unlikely(frame, export, mapping, unnamed)
    return tuple(notes)


def placeholders(
    frame: polars.DataFrame,
    written: polars.DataFrame,
    shape: ExportShape,
    columns: Sequence[Column],
) -> tuple[DataNote, ...]:
    """Return notes on dates that programs write where there is none, such as 1753-01-01.

    Args:
        frame: the rows that count, converted.
        written: the same rows as they are in the file.
        shape: what was said of the export.
        columns: the columns that the table may have.

    Returns:
        The notes, on dates that may be empty; not for customers, who may be of any time.
    """
    from polars import String

    notes = list[DataNote]()
    for column in columns:
        source = shape.fields[column.name]
        if column.content is not Content.MOMENT or shape.table == "customers":
            continue
        if len(source.headings) != 1 or source.time is not None or source.words:
            continue
        (heading,) = source.headings
        moments, texts = frame[heading.name], written[heading.name]
        if not moments.dtype.is_temporal() or texts.dtype != String:
            continue
        least, most = moments.min(), moments.max()
        is_early = not column.required and isinstance(least, date) and least.year < _EARLIEST.year
        is_late = isinstance(most, date) and most.year >= _LATEST.year
        for message, day, at in (
            (PLACEHOLDER, _EARLIEST, moments.arg_min() if is_early else None),
            (NEVER, _LATEST, moments.arg_max() if is_late else None),
        ):
            if at is None:
                continue
            text = str(texts[at]).strip()
            line = f"{column.name} = {in_settings(source, words={text: ''})}"
            if column.required:
                line += '\nincomplete = "leave out"'
            notes.append(
                DataNote(
                    message,
                    shape.table,
                    column=heading.name,
                    detail=text,
                    day=day.isoformat(),
                    line=line,
                )
            )
    return tuple(notes)


def _by_text(
    frame: polars.DataFrame,
    export: Export,
    mapping: Mapping[str, Sequence[Heading]],
    unnamed: Sequence[str],
) -> list[DataNote]:
    """Look at the numbers of the rows, and at what describes them."""
    from polars import String

    likely = likely_headings(export.shape.table, "reference", unnamed)[:1]
    numbers = [each.name for each in mapping.get("reference", ())] or likely
    notes = [each for name in numbers for each in notes_by_number(name, frame[name], export)]
    pieces = [each.name for each in mapping.get("quantity", ())] or likely_headings(
        export.shape.table, "quantity", unnamed
    )[:1]
    notes += [each for name in pieces for each in notes_by_pieces(name, frame[name], export)]
    described = [name for name in unnamed if is_description(name)]
    for name in described:
        if frame[name].dtype == String:
            notes += notes_by_description(name, frame[name], export)
    return notes


def _two_ids(
    frame: polars.DataFrame, shape: ExportShape, mapping: Mapping[str, Sequence[Heading]]
) -> list[DataNote]:
    import polars

    (heading,) = mapping.get("customer", ()) or (None,)
    if heading is None or frame[heading.name].dtype != polars.String:
        return []
    ids = frame[heading.name]
    found = ids.filter(ids.str.contains(";", literal=True))
    count = int(found.str.contains(r"^[^;]+;[^;]+").sum())
    return [DataNote(TWO_IDS, shape.table, count, heading.name)] if count else []


def _above(
    frame: polars.DataFrame, shape: ExportShape, mapping: Mapping[str, Sequence[Heading]]
) -> list[DataNote]:
    """Look whether ids stand once above their rows: many rows have none, and none stands twice."""
    source = shape.fields.get("customer")
    (heading,) = mapping.get("customer", ()) or (None,)
    is_one = source is not None and len(source.headings) == 1 and not source.above
    if heading is None or source is None or not is_one or shape.nobody:
        return []
    ids = frame[heading.name]
    if ids.null_count() < _SEVERAL or _THIRD * ids.null_count() < len(ids):
        return []
    known = ids.drop_nulls()
    if known.n_unique() < len(known):
        return []
    line = f"customer = {in_settings(source, above=True)}"
    return [DataNote(ABOVE, shape.table, ids.null_count(), heading.name, line=line)]


def _low_scores(
    frame: polars.DataFrame, shape: ExportShape, mapping: Mapping[str, Sequence[Heading]]
) -> list[DataNote]:
    """Look whether all scores are from 1 to 5, as they are where stars are given."""
    (heading,) = mapping.get("score", ()) or (None,)
    if heading is None or not frame[heading.name].dtype.is_numeric():
        return []
    scores = frame[heading.name].drop_nulls()
    if len(scores) and re.search(_ASKS_ELSE, heading.name):
        return [DataNote(OTHER_SCALE, shape.table, len(scores), heading.name, unit="answers")]
    fewest = 1 if re.search(_SAYS_STARS, heading.name) else _SCORES
    if len(scores) < fewest or not scores.is_between(1, _STARS).all():
        return []
    return [DataNote(STARS, shape.table, len(scores), heading.name, unit="answers")]


def _seconds(
    frame: polars.DataFrame, shape: ExportShape, mapping: Mapping[str, Sequence[Heading]]
) -> list[DataNote]:
    """Look whether minutes are more than those of calls, and not rounded as people write them."""
    (heading,) = mapping.get("minutes", ()) or (None,)
    if heading is None or heading.style or not frame[heading.name].dtype.is_numeric():
        return []
    minutes = frame[heading.name].head(LINES).drop_nulls()
    minutes = minutes.filter(minutes > 0)
    median = minutes.cast(float).median()
    is_whole = (minutes == minutes.floor()).all()
    if len(minutes) < _AT_LEAST or not is_whole or not isinstance(median, float):
        return []
    are_rounded = int((minutes % _ROUNDED == 0).sum()) > _MOSTLY * len(minutes)
    if median <= _LONG_CALL or are_rounded or style_of_heading(heading.name):
        return []
    line = f"minutes = {in_settings(shape.fields['minutes'], style='seconds')}"
    return [DataNote(SECONDS, shape.table, 1, heading.name, f"{_LONG_CALL}", line=line)]


def _anonymous(
    frame: polars.DataFrame, shape: ExportShape, mapping: Mapping[str, Sequence[Heading]]
) -> list[DataNote]:
    """Look at the first rows: whether half of the ids or more are one that looks like nobody's."""
    (heading,) = mapping.get("customer", ()) or (None,)
    if heading is None:
        return []
    ids = frame[heading.name]
    ids = ids.drop_nulls() if ids.has_nulls() else ids
    first = ids.head(LINES)
    if len(ids) < _AT_LEAST or 2 * _nobodies(first) < len(first):
        return []
    if not _looking_like_nobody(first, at_least=len(first) / 2):
        return []
    found = _looking_like_nobody(ids)
    total = sum(count for _, count in found)
    line = f"nobody = [{', '.join(quoted(value) for value, _ in found)}]"
    return [DataNote(ANONYMOUS, shape.table, total, heading.name, listed(found), line=line)]


def _nobodies(ids: polars.Series) -> int:
    """Count the rows whose id looks like nobody's."""
    from polars import String

    if ids.dtype.is_integer():
        return int((ids == 0).sum())
    return int(ids.cast(String).str.strip_chars().str.contains(_ANONYMOUS).sum())


def _looking_like_nobody(ids: polars.Series, at_least: float = 1) -> list[tuple[str, int]]:
    """Return the ids that look like nobody's and are in so many rows, most first, with how many."""
    from polars import String

    counts = ids.cast(String).str.strip_chars().value_counts(name="rows")
    often = counts.filter(counts["rows"] >= at_least).rows()
    found = [(value, count) for value, count in often if re.search(_ANONYMOUS, value)]
    return sorted(found, key=lambda each: (-each[1], each[0]))


def _amount(
    frame: polars.DataFrame, columns: Sequence[Column], mapping: Mapping[str, Sequence[Heading]]
) -> tuple[str, polars.Series | None]:
    """Return the field of money that every row needs, and its values where they are numbers."""
    names = (c.name for c in columns if c.content is Content.MONEY and c.name in mapping)
    name = next(names, "")
    headings = mapping.get(name, ())
    if not headings or not all(frame[each.name].dtype.is_numeric() for each in headings):
        return name, None
    return name, frame[headings[0].name] if len(headings) == 1 else product(frame, headings)


def _given_back(
    frame: polars.DataFrame,
    shape: ExportShape,
    mapping: Mapping[str, Sequence[Heading]],
    unnamed: Sequence[str],
) -> polars.Series | None:
    """Return which rows have money that was given back, in columns that are named or not."""
    if shape.table != "orders":
        return None
    every = [each for name in unnamed if (each := given_back_in(name, frame)) is not None]
    headings = mapping.get("refunded", ())
    if headings and all(frame[each.name].dtype.is_numeric() for each in headings):
        every.append((product(frame, headings) != 0).fill_null(value=False))
    return reduce(operator.or_, every) if every else None


def _total(export: Export) -> list[DataNote]:
    import polars

    amount = export.amount
    if amount is None or len(amount) < _AT_LEAST:
        return []
    largest, total = amount.cast(polars.Float64).max(), float(amount.sum())
    if not isinstance(largest, float) or largest <= 0 or abs(2 * largest - total) >= _CENT:
        return []
    return [DataNote(TOTAL, export.shape.table, detail=str((amount.arg_max() or 0) + 1))]
