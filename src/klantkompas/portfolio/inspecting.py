r"""What an export holds, before it is read: where its table is and what its columns may be.

Nothing here is used by itself: a proposal is printed for a person to confirm.

>>> import tempfile
>>> from pathlib import Path
>>> with tempfile.TemporaryDirectory() as folder:
...     path = Path(folder, "omzet.csv")
...     _ = path.write_text("Omzet 2025;;\nKlantnr;Datum;Bedrag\n17;31-1-2025;12,50\n")
...     report = inspect_export(path)
>>> report.table, report.heading_row
('orders', 2)
>>> print(report.to_toml().splitlines()[4])
customer = "Klantnr"
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from klantkompas.domain.export_shape import ExportShape
from klantkompas.domain.field_source import Combine, FieldSource, Heading
from klantkompas.domain.fields import Column, Content
from klantkompas.domain.interactions import BUILT_IN_KINDS, InteractionKind
from klantkompas.domain.tables import columns_by_table
from klantkompas.io.headings.index import HeadingIndex, goes_by_own_names, own_names, plain
from klantkompas.io.headings.synonyms import (
    debit_and_credit,
    evidence,
    likely_headings,
    pieces_and_price,
)
from klantkompas.io.parsing.columns import WrittenColumn, as_text, without_nothing
from klantkompas.io.parsing.dates import date_styles
from klantkompas.io.parsing.numbers import number_styles
from klantkompas.io.parsing.serials import likely_serial
from klantkompas.io.shaping.recognising import recognise
from klantkompas.io.sources.limits import Limits
from klantkompas.io.sources.opening import are_books, open_tables
from klantkompas.io.sources.raw_table import RawTable, find_heading_row, stack
from klantkompas.io.sources.table_files import Source
from klantkompas.io.suspicions.parts_of_amount import parts_beside, total_less_tax
from klantkompas.io.suspicions.refunds import are_answers
from klantkompas.io.suspicions.unnamed_columns import is_status
from klantkompas.portfolio.export_report import ColumnReport, ExportReport, one_of
from klantkompas.shapes import BUILT_IN_SHAPES
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Quantity, Sentence, sentence

if TYPE_CHECKING:
    import polars

__all__ = ["inspect_export"]

DATES, NUMBERS, EMPTY = mark("dates"), mark("numbers"), mark("empty")
DATES_WRITTEN = mark("dates written {styles}")
NUMBERS_WRITTEN = mark("numbers written {styles}")
WHOLE, WHOLE_OR = mark("whole numbers"), mark("whole numbers, or {dates}")
TEXT = mark("text, {count} different")
_EXAMPLES, _VALUES, _FIRST = 3, 12, 1000
_TIME_OF_DAY = "(?:tijd|tijdstip|time|uhrzeit|zeit|heure|uur)$"
_CLOCK = (
    r"^(?:1899-12-3[01][ T])?[0-9]{1,2}[:.hu][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?"
    r"(?: ?[aApP]\.?[mM]\.?)?$"
)
_OF_ANYTHING = 2
"""An id and a day are those of anything, so that a list of names is rather one of customers."""


def inspect_export(
    file: Source,
    *,
    table: str | None = None,
    kinds: Sequence[InteractionKind] = BUILT_IN_KINDS,
    shapes: Sequence[ExportShape] = BUILT_IN_SHAPES,
    limits: Limits | None = None,
) -> ExportReport:
    r"""Read the headings and first values of an export, and propose how to read all of it.

    Args:
        file: the file, of any kind that `Portfolio.from_files` reads.
        table: the table that the export holds, such as ``"orders"``; None: the likeliest one.
        kinds: the kinds of interaction.
        shapes: the shapes that it may be recognised by.
        limits: how large the file and what is in it may be.

    Returns:
        Where the table is, what its columns hold, and a proposal.

    Raises:
        KlantkompasError: the file cannot be opened.
        DataError: its rows cannot be made out.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "export.csv")
    ...     _ = file.write_text("Klantnummer;Orderdatum;Totaal\n17;13-1-2026;9,50\n")
    ...     report = inspect_export(file)
    >>> [column.heading for column in report.columns]
    ['Klantnummer', 'Orderdatum', 'Totaal']
    """
    if table is not None and isinstance(file, str | os.PathLike) and are_books(file):
        file = f"{os.fspath(file).partition('::')[0]}::{table}"
    name = os.fspath(file) if isinstance(file, str | os.PathLike) else "an open file"
    known = columns_by_table(kinds)
    tables = known if table is None else {table: known[table]}

    def is_heading(index: HeadingIndex) -> int:
        if any(_recognised(name, shapes, index) for name in tables):
            return -1
        return max(len(_proposed(columns, name, index)) for name, columns in tables.items())

    raws = open_tables(
        file,
        table=name,
        limits=limits or Limits(),
        heading_row=lambda rows: find_heading_row(rows, is_heading),
    )
    raw = stack(raws)
    shape = next(filter(None, (_recognised(name, shapes, raw.index) for name in tables)), None)
    found = shape.table if shape else _likeliest(tables, raw.index, _called(file))
    columns = tables.get(found or "", ())
    empty = {key for key in raw.index.keys if not _filled(raw.frame[key]).count()}
    mapping = _proposed(columns, found or "", raw.index, empty, raw)
    made = _made(columns, mapping, raw)
    in_words = {mapping[c.name][0] for c in columns if c.name in mapping and c.has_words}
    given = {*mapping, *made}
    return ExportReport(
        file=name,
        table=found,
        heading_row=raw.heading_row,
        rows=raw.frame.height,
        columns=tuple(_column(raw, key, counted=key in in_words) for key in raw.index.keys),
        shape=shape,
        fields=tuple(columns),
        mapping=mapping,
        missing=tuple(c.name for c in columns if c.required and c.name not in given),
        made=made,
        notes=tuple(evolve(note, table="") for note in raw.notes),
    )


def _recognised(
    table: str, shapes: Sequence[ExportShape], index: HeadingIndex
) -> ExportShape | None:
    given = ExportShape(table=table)
    found, _ = recognise(given, shapes, index)
    return None if found is given else found


def _proposed(
    columns: Sequence[Column],
    table: str,
    index: HeadingIndex,
    empty: Collection[str] = (),
    raw: RawTable | None = None,
) -> dict[str, tuple[str, ...]]:
    """Propose columns for the fields, each column for one field, and empty ones last."""
    taken, mapping = set[str](), dict[str, tuple[str, ...]]()
    for column in sorted(columns, key=lambda each: not each.required):
        own = [key for key in index.keys if plain(key) in own_names(column)]
        likely = dict.fromkeys((*own, *likely_headings(table, column.name, index.keys)))
        fitting = (each for each in likely if raw is None or _fits(column, raw.frame[each]))
        free = tuple(
            sorted((each for each in fitting if each not in taken), key=empty.__contains__)
        )
        if free:
            mapping[column.name] = free
            taken.add(free[0])
    return mapping


def _fits(column: Column, values: polars.Series) -> bool:
    """Return whether a column may hold what a field does: no amounts for days, nor the reverse."""
    if column.content not in (Content.MOMENT, Content.MONEY):
        return True
    text = as_text(values.head(_FIRST).unique()).drop_nulls()
    if column.content is Content.MONEY and len(text) and _are_words(text):
        return False
    written = WrittenColumn("", "", Heading(values.name), text, column=column)
    if not len(text):
        return True
    if values.dtype.is_temporal() or values.dtype.is_numeric():
        is_moment = values.dtype.is_temporal() or likely_serial(text) is not None
        return is_moment if column.content is Content.MOMENT else values.dtype.is_numeric()
    is_money = bool(text.str.contains("[.,]").any() and number_styles(written))
    is_moment = bool(date_styles(written))
    return not is_money or is_moment if column.content is Content.MOMENT else not is_moment


def _are_words(text: polars.Series) -> bool:
    """Return whether cells say yes or no in words, as no amount does."""
    return are_answers(text) and bool(text.str.contains(r"\p{L}").any())


def _called(file: Source) -> str:
    """Return the name of a file, or of the table of a database in it."""
    name = os.fspath(file) if isinstance(file, str | os.PathLike) else ""
    return name.rpartition("::")[2] if "::" in name else Path(name).name.partition(".")[0]


def _likeliest(
    tables: Mapping[str, Sequence[Column]], index: HeadingIndex, called: str
) -> str | None:
    """Choose the table that the headings or the name say, with a likely column for every need."""
    best: tuple[tuple[bool, bool, bool, bool, bool, bool, int, int, int], str] | None = None
    for name, columns in tables.items():
        mapping = _proposed(columns, name, index)
        # Answers without a score are no survey, though the score of one may be empty.
        needed = [c.name for c in columns if c.required or c.content is Content.SCORE]
        amount = _amount(columns, mapping, index)
        found = {*mapping, "amount"} if amount else {*mapping}
        if "issued" in found and _says_open(mapping.get("open", ())):
            found.add("due")  # it is counted from the days to pay
        owners = {*mapping.get("customer", ()), *mapping.get("id", ())}
        said = evidence(name, (key for key in index.keys if key not in owners))
        complete = all(each in found for each in needed)
        rank = (
            goes_by_own_names(index.keys, columns),
            plain(called) == plain(name),
            complete and said > 0,
            said > 1,
            complete,
            complete and (said > 0 or len(needed) > _OF_ANYTHING or "name" in mapping),
            len(needed) * complete,
            said,
            len(mapping),
        )
        if mapping and (best is None or rank > best[0]):
            best = rank, name
    return None if best is None else best[1]


def _amount(
    columns: Sequence[Column], mapping: Mapping[str, Sequence[str]], index: HeadingIndex
) -> FieldSource | None:
    """Return what the amount is perhaps made of: pieces and a price, or debit less credit."""
    is_needed = any(column.name == "amount" and column.required for column in columns)
    if not is_needed or "amount" in mapping:
        return None
    if sides := debit_and_credit(index.keys):
        debit, credit = map(Heading, sides)
        return FieldSource(headings=(debit,), less=(credit,), combine=Combine.SUM)
    if both := pieces_and_price(index.keys):
        return FieldSource(headings=tuple(map(Heading, both)))
    return None


def _says_open(headings: Sequence[str]) -> bool:
    """Return whether a column surely is what is still to be paid of an invoice."""
    return any(re.search("open|outstanding|offen", plain(each)) for each in headings[:1])


def _made(
    columns: Sequence[Column], mapping: Mapping[str, Sequence[str]], raw: RawTable
) -> dict[str, FieldSource]:
    """Propose what fields may be made of that no column is proposed for."""
    amount = _amount(columns, mapping, raw.index)
    made = {} if amount is None else {"amount": amount}
    if amount is None and (whole := _total_less_tax(columns, mapping, raw)):
        made["amount"] = whole
    has_customer = any(each.name == "customer" and each.required for each in columns)
    if has_customer and "customer" not in mapping and _has_titles(columns, mapping, raw):
        made["customer"] = FieldSource(headings=(Heading("#1"),), above=True)
    for column in columns:
        if column.content is Content.MOMENT and column.name in mapping:
            day = mapping[column.name][0]
            serial = likely_serial(as_text(raw.frame[day].head(_FIRST).unique()))
            taken = {first for first, *_ in mapping.values() if first != day}
            time = _time_beside(raw, day, taken) if column.required else ""
            if serial or time:
                heading = Heading(day, style=serial[0] if serial else None)
                at = Heading(time) if time else None
                made[column.name] = FieldSource(headings=(heading,), time=at)
    return made


def _total_less_tax(
    columns: Sequence[Column], mapping: Mapping[str, Sequence[str]], raw: RawTable
) -> FieldSource | None:
    """Propose a total less its tax where the column without tax lacks shipping or a discount."""
    amounts, frame = mapping.get("amount", ()), raw.frame.head(_FIRST)
    if not amounts or not any(each.name == "refunded" for each in columns):
        return None
    parts = parts_beside(frame, raw.index.keys)
    found = total_less_tax(frame, Heading(amounts[0]), parts, raw.index.keys)
    if found is None:
        return None
    total, tax = map(Heading, found)
    return FieldSource(headings=(total,), less=(tax,), combine=Combine.SUM)


def _time_beside(raw: RawTable, day: str, taken: Collection[str]) -> str:
    """Return the column with the times of the days in another one; empty where there is none."""
    dates = as_text(raw.frame[day].head(_FIRST)).drop_nulls()
    if not len(dates) or dates.str.contains(":", literal=True).any():
        return ""
    for key in raw.index.keys:
        if key == day or key in taken or not re.search(_TIME_OF_DAY, plain(key)):
            continue
        times = as_text(raw.frame[key].head(_FIRST)).drop_nulls()
        if len(times) and times.str.contains(_CLOCK).all():
            return key
    return ""


def _has_titles(
    columns: Sequence[Column], mapping: Mapping[str, Sequence[str]], raw: RawTable
) -> bool:
    """Return whether a first column without a heading holds the titles of groups of rows."""
    days = [mapping[each.name][0] for each in columns if _is_day(each) and each.name in mapping]
    if not raw.headings or raw.headings[0].strip() or not days:
        return False
    titles, dated = as_text(raw.frame.to_series(0)), as_text(raw.frame[days[0]])
    is_title = titles.is_not_null() & (titles.str.strip_chars() != "")
    has_day = dated.is_not_null() & (dated.str.strip_chars() != "")
    return bool(is_title.any()) and not bool((is_title & has_day).any())


def _is_day(column: Column) -> bool:
    return column.content is Content.MOMENT and column.required


def _column(raw: RawTable, key: str, *, counted: bool) -> ColumnReport:
    values = raw.frame[key]
    reads_as, styles = _reading(values)
    text = as_text(values)
    examples = text.drop_nulls().unique(maintain_order=True).head(_EXAMPLES).to_list()
    counts: list[tuple[str, int]] = []
    if (counted or is_status(key)) and text.n_unique() <= _VALUES:
        rows = text.fill_null("").value_counts(sort=True).rows()
        counts = sorted(rows, key=lambda each: (-each[1], each[0]))
    return ColumnReport(
        key,
        reads_as,
        tuple(styles),
        tuple(map(str, examples)),
        tuple(counts),
        empty=text.null_count(),
    )


def _reading(values: polars.Series) -> tuple[Sentence, list[str]]:
    """Return how a column would be read, and in which styles."""
    import polars

    if values.dtype != polars.String:
        kinds = {DATES: values.dtype.is_temporal(), NUMBERS: values.dtype.is_numeric()}
        found = next((kind for kind, is_it in kinds.items() if is_it), str(values.dtype))
        return Sentence(found), []
    text = _filled(values.unique(maintain_order=True)).drop_nulls()
    if not len(text):
        return Sentence(EMPTY), []
    dates = Column(name="", content=Content.MOMENT, required=False)
    column = WrittenColumn("", "", Heading(values.name), text, column=dates)
    if styles := date_styles(column):
        return sentence(DATES_WRITTEN, styles=one_of(styles)), styles
    if not text.str.contains("[.,]").any():
        if not text.str.contains("^-?[0-9]+$").all():
            return _text(text)
        serial = likely_serial(text)
        if serial is None:
            return Sentence(WHOLE), []
        return sentence(WHOLE_OR, dates=Sentence(str(serial[1]))), []
    if styles := number_styles(column):
        return sentence(NUMBERS_WRITTEN, styles=one_of(styles)), styles
    return _text(text)


def _filled(values: polars.Series) -> polars.Series:
    """Return a column as text, null where a cell is empty or says that it is."""
    return without_nothing(as_text(values))


def _text(values: polars.Series) -> tuple[Sentence, list[str]]:
    return sentence(TEXT, count=Quantity(len(values))), []
