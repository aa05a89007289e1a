"""What a column that nobody named may change: which rows count, and how much money there is.

Only its heading says whether a column is looked at; what is found is noted, never used, with the
line of the settings that uses it.

>>> import polars
>>> from klantkompas.domain.export_shape import ExportShape
>>> frame = polars.DataFrame({"Status": ["paid", "Cancelled", "paid", None]})
>>> (note,) = notes_of_unnamed("Status", frame, Export(ExportShape(table="orders")))
>>> note.detail, note.line
('Cancelled 1', 'where = {"Status" = ["", "paid"]}')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import evolve

from klantkompas.domain.field_source import FieldSource, Heading
from klantkompas.io.headings.naming import in_settings, in_toml
from klantkompas.io.suspicions import vocabulary
from klantkompas.io.suspicions.export import LINES, Export
from klantkompas.io.suspicions.refunds import amounts_in, are_answers, is_partly
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars

__all__ = [
    "CREDITS",
    "STATUS",
    "is_currency",
    "is_description",
    "is_money_back",
    "is_status",
    "listed",
    "notes_of_unnamed",
]

STATUS = mark(
    "{count} counted in spite of {column}: {detail}. If they should not count, write in its "
    "settings: {line}"
)
EVERY_STATUS = mark("all rows counted in spite of {column}, which says so of each: {detail}")
CURRENCIES = mark(
    "amounts were added as if in one currency, whatever {column} says: {detail}. To keep one, "
    "write in its settings: {line}"
)
CREDITS = mark(
    "{count} counted as they are in spite of {column}: {detail}. If their amounts should be "
    "negative, write in its settings: {line}"
)
KINDS = mark(
    "{count} of several kinds counted alike, whatever {column} says: {detail}. To count only one, "
    "write in its settings: {line}"
)
BEFORE = mark(
    "{count} counted in spite of {column}: {detail}. If that is a sum of others, or what there was "
    "before, leave such rows out of the export"
)
REFUNDS = mark(
    "{count} with money in {column}, which nobody named. If it was given back, write in its "
    "settings: {line}"
)
IN_PART = mark(
    "{count} counted as a whole in spite of {column}: {detail}. No column says how much was given "
    "back"
)
_FEW, _SHOWN = 60, 4

Counts = Sequence[tuple[str, int]]


def is_currency(heading: str) -> bool:
    """Return whether a heading is one of a column that says in which currency amounts are.

    >>> is_currency("Currency"), is_currency("Current status")
    (True, False)
    """
    return vocabulary.CURRENCY.search(heading) is not None


def is_description(heading: str) -> bool:
    """Return whether a heading is one of a column that describes the row in words.

    >>> is_description("Omschrijving"), is_description("Status")
    (True, False)
    """
    return vocabulary.TEXT.search(heading) is not None


def is_status(heading: str) -> bool:
    """Return whether a heading is one of a column that may say which rows count.

    >>> is_status("Financial Status"), is_status("Total")
    (True, False)
    """
    return any(
        each.search(heading)
        for each in (vocabulary.STATUS, vocabulary.FLAG, vocabulary.CURRENCY, vocabulary.SIDE)
    )


def is_money_back(heading: str) -> bool:
    """Return whether a heading is one of a column of what was given back.

    >>> is_money_back("Refunded Amount"), is_money_back("Total")
    (True, False)
    """
    return vocabulary.REFUND.search(heading) is not None


def notes_of_unnamed(name: str, frame: polars.DataFrame, export: Export) -> tuple[DataNote, ...]:
    """Return notes on a column that nobody named.

    Args:
        name: its heading.
        frame: the rows that count.
        export: what is known of the export.

    Returns:
        The notes; none where its heading means nothing for which rows count.
    """
    import polars

    kind = _kind(name, frame)
    if kind is None:
        return ()
    values = frame[name]
    if (
        kind is vocabulary.REFUND
        and export.shape.table == "orders"
        and "refunded" not in export.shape.fields
    ):
        return _refunds(name, values, export)
    if values.dtype == polars.Boolean or values.dtype.is_integer():
        values = values.cast(polars.String)
    if values.dtype != polars.String:
        return ()
    if kind is vocabulary.TEXT:
        return _before(name, values, export)
    text = values.str.strip_chars().fill_null("")
    if kind is vocabulary.FLAG:
        return _flagged(name, text, export)
    if text.head(LINES).n_unique() > _FEW:
        return ()
    if kind is vocabulary.CURRENCY:
        return _currencies(name, _counts(text), export)
    if kind is vocabulary.SIDE:
        return _credits(name, text, vocabulary.MINUS, export)
    counts = _counts(text)
    found = [
        each for each in _not_counting(counts, export) if not _is_credit(each[0], text, export)
    ]
    named = [value for value, _ in found]
    others = [value for value, _ in counts if value not in named]
    states = _of_status(name, found, others, export) if found else _kinds(name, counts, export)
    credited = _credits(name, text, vocabulary.CREDIT, export, besides=named)
    return (*states, *_partly(name, text, counts, export), *credited, *_before(name, text, export))


def _kind(name: str, frame: polars.DataFrame) -> re.Pattern[str] | None:
    """Return what a column is by its heading; a refund of yes or no is a flag."""
    kinds = (
        vocabulary.CURRENCY,
        vocabulary.FLAG,
        vocabulary.REFUND,
        vocabulary.SIDE,
        vocabulary.TEXT,
        vocabulary.STATUS,
    )
    kind = next((each for each in kinds if each.search(name)), None)
    return vocabulary.FLAG if kind is vocabulary.REFUND and are_answers(frame[name]) else kind


def _counts(text: polars.Series) -> list[tuple[str, int]]:
    rows = text.value_counts(sort=True, name="rows").rows()
    return sorted(rows, key=lambda each: (-each[1], each[0]))


def listed(found: Counts) -> str:
    """Return values with how often they are there, the first few."""
    told = ", ".join(f"{value[:30]} {count}" for value, count in found[:_SHOWN])
    return f"{told}{', ...' if len(found) > _SHOWN else ''}"


def _note(message: str, table: str, name: str, found: Counts, line: str) -> DataNote:
    total = sum(count for _, count in found)
    return DataNote(message, table, total, name, listed(found), line=line)


def _flagged(name: str, text: polars.Series, export: Export) -> tuple[DataNote, ...]:
    counts = _counts(text)
    found = [(value, count) for value, count in counts if value.lower() not in vocabulary.NO]
    are_told = vocabulary.REFUND.search(name) and export.tells_back(
        ~text.str.to_lowercase().is_in(vocabulary.NO)
    )
    if not found or are_told:
        return ()
    others = [value for value, _ in counts if value.lower() in vocabulary.NO]
    return _of_status(name, found, others, export)


def _not_counting(counts: Counts, export: Export) -> list[tuple[str, int]]:
    """Return the values that say of a row that it should not count, with how many do."""
    words = [vocabulary.NOT_COUNTED]
    if export.shape.table in ("orders", "invoices"):
        words += [vocabulary.BOUGHT, vocabulary.NO_SALE]
    if export.shape.table == "customers":
        words.append(vocabulary.BOUGHT)
    if export.shape.table == "complaints":
        words.append(vocabulary.NO_COMPLAINT)
    if export.shape.table == "orders":
        words.append(vocabulary.UNDECIDED)
    if export.shape.table not in ("invoices", "complaints"):
        words.append(vocabulary.NOT_PAID)
    if export.shape.table == "contacts":
        words.append(vocabulary.NOT_HAD)
    if export.shape.table == "orders":
        words.append(vocabulary.REFUNDED)
    pattern = re.compile(f"(?i){'|'.join(words)}")
    return [
        (value, count) for value, count in counts if pattern.search(value) and not is_partly(value)
    ]


def _partly(name: str, text: polars.Series, counts: Counts, export: Export) -> tuple[DataNote, ...]:
    """Note orders of which a part was given back where no column says how much."""
    found = [
        (value, count)
        for value, count in counts
        if is_partly(value) and not export.tells_back(text == value)
    ]
    if not found or export.shape.table != "orders":
        return ()
    return (_note(IN_PART, export.shape.table, name, found, ""),)


def _is_credit(value: str, text: polars.Series, export: Export) -> bool:
    """Return whether rows say that money was given back, and it is taken off already."""
    if not re.search(f"(?i){vocabulary.REFUNDED}", value):
        return False
    if export.tells_back(text == value):
        return True
    if export.amount is None:
        return False
    return not bool((export.amount.filter(text == value) > 0).any())


def _of_status(
    name: str, found: Counts, others: Sequence[str], export: Export
) -> tuple[DataNote, ...]:
    table = export.shape.table
    if not others:
        return (_note(EVERY_STATUS, table, name, found, ""),)
    return (_note(STATUS, table, name, found, export.where_line(name, sorted(others))),)


def _kinds(name: str, counts: Counts, export: Export) -> tuple[DataNote, ...]:
    """Note that rows of several kinds are counted alike, where a code says of which they are."""
    codes = [value for value, _ in counts if value]
    is_coded = len(codes) > 1 and all(map(vocabulary.KIND_CODE.fullmatch, codes))
    if not (is_coded and export.money and vocabulary.KIND.search(name)):
        return ()
    line = export.where_line(name, codes[:1])
    return (_note(KINDS, export.shape.table, name, counts, line),)


def _before(name: str, text: polars.Series, export: Export) -> tuple[DataNote, ...]:
    """Note rows with what was there before, such as the opening balance of a ledger."""
    if not (export.money and text.head(LINES).str.contains(vocabulary.BEFORE).any()):
        return ()
    found = _counts(text.filter(text.str.contains(vocabulary.BEFORE)).str.strip_chars())
    return (_note(BEFORE, export.shape.table, name, found, ""),)


def _currencies(name: str, counts: Counts, export: Export) -> tuple[DataNote, ...]:
    found = [(value, count) for value, count in counts if value]
    codes = all(vocabulary.CODE.fullmatch(value) for value, _ in found)
    if len(found) < 2 or not (export.money and codes):
        return ()
    line = f"currency = {in_toml({'heading': export.name(name), 'keep': found[0][0]})}"
    return (DataNote(CURRENCIES, export.shape.table, len(found), name, listed(found), line=line),)


def _credits(
    name: str,
    text: polars.Series,
    pattern: str,
    export: Export,
    *,
    besides: Sequence[str] = (),
) -> tuple[DataNote, ...]:
    """Note rows of credit notes with amounts above 0, but for those of values that are noted."""
    source = export.shape.fields.get(export.money)
    if export.amount is None or source is None or source.sign is not None:
        return ()
    positive = export.amount > 0
    counts = _counts(text.filter(text.str.contains(pattern) & positive))
    found = [
        (value, count)
        for value, count in counts
        if value not in besides and not is_partly(value) and not export.tells_back(text == value)
    ]
    if not found or len(found) == text.n_unique():
        return ()
    minus = [value for value, _ in found]
    line = export.amount_line(sign={"heading": export.name(name), "minus": minus})
    return (_note(CREDITS, export.shape.table, name, found, line),)


def _refunds(name: str, values: polars.Series, export: Export) -> tuple[DataNote, ...]:
    import polars

    text, filled = values.cast(polars.String).fill_null(""), amounts_in(values)
    count = int(filled.sum())
    if not count:
        return ()
    negative = text.filter(filled).str.contains(r"^[^0-9]*[-\x{2212}(]").all()
    heading = (Heading(export.called.get(name, name)),)
    source = FieldSource(less=heading) if negative else FieldSource(headings=heading)
    amount = export.shape.fields.get(export.money, FieldSource())
    if amount.less and len(amount.headings) == 1:  # net of tax, which a refund seldom is
        source = evolve(source, gross=amount.headings[0])
    line = f"refunded = {in_settings(source)}"
    return (DataNote(REFUNDS, export.shape.table, count, name, line=line),)
