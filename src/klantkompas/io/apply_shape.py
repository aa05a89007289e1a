"""An export brought into the columns of a table: what its shape declares, done to its raw cells.

Every row keeps its place until all is converted, so that an error says where it stands; only then
are rows left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from klantkompas._told import told
from klantkompas.domain.export_shape import Combine, ExportShape, FieldSource, Heading
from klantkompas.domain.fields import Column, Content
from klantkompas.errors import ArgumentError, DataError
from klantkompas.io.deciding import decided_by_neighbours
from klantkompas.io.decoding import UNREADABLE
from klantkompas.io.field_values import (
    added,
    as_email,
    emptied,
    first_filled,
    is_any,
    joined,
    negated,
    plus_days,
    worded,
)
from klantkompas.io.left_out import (
    TOTALS,
    find_left_out,
    is_empty,
    is_total,
    left_out_note,
)
from klantkompas.io.locales import Locale, find_locale
from klantkompas.io.moments_in_zone import checked_zone, in_zone
from klantkompas.io.naming import in_settings, quoted
from klantkompas.io.parse_columns import WrittenColumn
from klantkompas.io.parse_dates import read_dates
from klantkompas.io.parse_distinct import Converted
from klantkompas.io.parse_durations import minutes_of, read_minutes
from klantkompas.io.parse_numbers import read_numbers
from klantkompas.io.parse_scores import read_scores
from klantkompas.io.parse_words import read_flags, read_ids, read_text
from klantkompas.io.raw_table import RawTable, Starts
from klantkompas.io.row_selection import lines_made_one, rows_that_count
from klantkompas.io.suspicions import placeholders, suspicions
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars

__all__ = ["Export", "Wanted", "apply_shape", "needed_columns"]

TITLES = mark("{count} with the title or total of a group, left out, such as row {detail}")
INCOMPLETE = mark("{count} without a value in {column}, left out, such as row {detail}")
NOBODY = mark("{count} with an id in {column} that stands for nobody")
NET = mark("refunds that include tax, brought to the order's own ratio of net to gross: {count}")
CONVERSIONS: Mapping[Content, Callable[[WrittenColumn, Locale | None], Converted]] = {
    Content.IDENTITY: read_ids,
    Content.MOMENT: read_dates,
    Content.MONEY: read_numbers,
    Content.NUMBER: read_numbers,
    Content.SCORE: read_scores,
    Content.FLAG: read_flags,
    Content.CHOICE: read_text,
    Content.TEXT: read_text,
    Content.TAGS: read_text,
}
_THREADS = 2
_FIRST_PLACES = 5
_MOST_HEADING_ROWS = 2
_CENT = 0.005


@frozen(eq=False, kw_only=True)
class Export:
    """The cells of an export, those that a table needs converted.

    Args:
        frame: the rows that count, as a polars DataFrame with all columns.
        mapping: by field, the columns of `frame` that it is the product of, mostly one.
        rows: for each row of `frame`, its position in the file, from 0; None where all rows count.
        starts: where the tables of several sheets or files begin among those rows.
        notes: what was odd.
    """

    frame: polars.DataFrame
    mapping: Mapping[str, tuple[Heading, ...]]
    rows: polars.Series | None = None
    starts: Starts = ()
    notes: tuple[DataNote, ...] = ()


@frozen
class Wanted:
    """A column of the data that is to be converted, with the field that it is for.

    Args:
        column: the field.
        heading: the column of the data.
        words: words in it, by the word, and the values that they stand for.
    """

    column: Column
    heading: Heading
    words: Mapping[str, object]


def needed_columns(shape: ExportShape, columns: Sequence[Column]) -> list[Wanted]:
    """Return the columns of the data that have to be converted, each once.

    Args:
        shape: where the fields come from, by the columns' own names.
        columns: the columns that the table may have.

    Returns:
        The columns, in the order of the fields.

    Raises:
        ArgumentError: two fields would read one column differently.
    """
    needed = dict[str, Wanted]()
    for column in columns:
        source = shape.fields.get(column.name)
        if source is None or _is_joined(column, source):
            continue
        gross = () if source.gross is None else (source.gross,)
        for heading in (*source.headings, *source.less, *gross):
            wanted = Wanted(column, heading, source.words)
            earlier = needed.setdefault(heading.name, wanted)
            same = CONVERSIONS[earlier.column.content] is CONVERSIONS[column.content]
            if not same or earlier.heading != heading or earlier.words != source.words:
                raise ArgumentError(
                    f"{heading.name!r} is named for both "
                    f"{shape.table}.{earlier.column.name} and {shape.table}.{column.name}, which "
                    f"read it differently ({earlier.column.content.value}, {column.content.value});"
                    " copy the column in the file and name the copy",
                    place="columns",
                    about=(shape.table, column.name),
                )
    return list(needed.values())


def _is_joined(column: Column, source: FieldSource) -> bool:
    """Whether a field is text made of several columns before it is read."""
    several = source.combine is Combine.SUM and not column.is_number and len(source.headings) > 1
    return several or source.time is not None


def apply_shape(
    raw: RawTable,
    shape: ExportShape,
    columns: Sequence[Column],
    *,
    locale: str | None = None,
    zone: str | None = None,
    parse: bool = True,
) -> Export:
    """Return an export with its shape (its declared layout) applied and its columns converted.

    Args:
        raw: the cells.
        shape: where the fields come from, by the columns' own names (`resolve_shape`).
        columns: the columns that the table may have.
        locale: how numbers and dates are written where a column leaves a choice.
        zone: the time zone of the clock times.
        parse: whether text is converted to what its column should hold; False: it stays text.

    Returns:
        The rows that count.

    Raises:
        ArgumentError: a locale, zone or style is not known, or a column is needed in two ways.
        DataError: a value cannot be read, a column can be read in two ways, a needed cell is empty.
    """
    reader = _Reader(
        raw=raw,
        shape=shape,
        columns=tuple(column for column in columns if column.name in shape.fields),
        locale=find_locale(name) if (name := shape.locale or locale) else None,
        zone=checked_zone(place) if (place := shape.zone or zone) else None,
        parse=parse,
    )
    return reader.read()


@frozen(eq=False, kw_only=True)
class _Reader:
    raw: RawTable
    shape: ExportShape
    columns: tuple[Column, ...]
    locale: Locale | None
    zone: str | None
    parse: bool

    def read(self) -> Export:
        frame, kept, notes = self._select()
        frame, texts = self._join(frame)
        wanted = [*needed_columns(self.shape, self.columns), *texts.values()]
        read, remarks = self._convert(frame, wanted)
        frame = frame.with_columns(values.alias(name) for name, values in read.items())
        frame, mapping, told = self._combine(frame, texts)
        frame, nobody = self._nobody(frame, mapping)
        kept, totals = self._without_totals(frame, mapping, kept)
        kept, incomplete = self._complete(frame, mapping, kept)
        rows = None if kept is None or kept.all() else kept.arg_true()
        counted = frame if rows is None else frame[rows]
        made = set(frame.columns) - set(self.raw.frame.columns)
        written = self.raw.frame if rows is None else self.raw.frame[rows]
        suspect = suspicions(
            counted, self.shape, self.columns, mapping, made, self.raw.index.numbered
        )
        suspect += placeholders(counted, written, self.shape, self.columns)
        every = (*self.raw.notes, *notes, *remarks, *told, *nobody, *totals, *incomplete, *suspect)
        return Export(frame=counted, mapping=mapping, rows=rows, notes=every)

    def _select(
        self,
    ) -> tuple[polars.DataFrame, polars.Series | None, tuple[DataNote, ...]]:
        """Return a mask of the rows that count, and empty the needed cells of the others."""
        import polars

        shape, row = self.shape, self.raw.spreadsheet_row
        frame, groups = self._filled_down()
        table = shape.table
        needed = [each.name for source in shape.fields.values() for each in source.all_headings]
        needed = list(dict.fromkeys(needed))
        kept: polars.Series | None = None
        if groups.any():
            kept = ~groups
        if shape.heading_rows > 1:
            kept = _every(frame.height) if kept is None else kept
            kept &= polars.Series(range(frame.height), dtype=polars.Int64) >= shape.heading_rows - 1
        left, notes = find_left_out(
            frame,
            table=table,
            ids=[each.name for each in self._owner().headings],
            moments=self._moments(),
            needed=needed,
            row=row,
            among=kept,
        )
        notes += left_out_note(TITLES, table, groups, row)
        if left is not None:
            kept = ~left if kept is None else kept & ~left
        if shape.once:
            among = _every(frame.height) if kept is None else kept
            currency = () if shape.currency is None else (shape.currency.heading,)
            columns = [*needed, *shape.where, *currency]
            frame, kept, told = lines_made_one(
                frame, shape.once, columns, table=table, row=row, among=among
            )
            notes += told
        if shape.where or shape.currency:
            among = _every(frame.height) if kept is None else kept
            kept, told = rows_that_count(
                frame, shape.where, shape.currency, table=table, row=row, among=among
            )
            notes += told
        if kept is not None:
            frame = frame.with_columns(emptied(frame[name], kept) for name in needed)
        self._refuse_unreadable(frame, {*needed, *shape.where, *shape.once})
        return frame, kept, notes

    def _refuse_unreadable(self, frame: polars.DataFrame, named: Iterable[str]) -> None:
        """Refuse bytes that are not characters; in columns that nobody named, they may stay."""
        if self.raw.unreadable is None:
            return
        for name in sorted(named):
            found = frame[name].cast(str, strict=False).str.contains(UNREADABLE, literal=True)
            if found.any():
                raise DataError(
                    f"holds the byte {self.raw.unreadable:#04x}, which is not a character in UTF-8 "
                    "nor in Windows-1252",
                    table=self.shape.table,
                    column=name,
                    row=(found.arg_max() or 0) + 1,
                    remedy="Save the file as UTF-8",
                )

    def _filled_down(self) -> tuple[polars.DataFrame, polars.Series]:
        """Put what stands above its rows in each; return which rows are the title of a group."""
        frame, moments = self.raw.frame, self._moments()
        groups = ~_every(frame.height)
        for source in self.shape.fields.values():
            if not source.above:
                continue
            (heading,) = source.headings
            own = frame[heading.name]
            is_own = ~is_empty(own)
            frame = frame.with_columns(emptied(own, is_own).forward_fill().alias(heading.name))
            for name in moments:
                groups |= is_own & is_empty(frame[name])
        return frame, groups

    def _owner(self) -> FieldSource:
        """Return the source of the ids of each row's customer."""
        ids = (column.name for column in self.columns if column.content is Content.IDENTITY)
        first = next((name for name in ids if name in ("customer", "id")), None)
        return FieldSource() if first is None else self.shape.fields[first]

    def _moments(self) -> list[str]:
        """Name the columns of the dates that every row needs; of a term, that of the issue."""
        names = list[str]()
        for column in self.columns:
            if column.content is Content.MOMENT and column.required:
                source = self.shape.fields[column.name]
                names += [each.name for each in source.headings]
                if source.term is not None and (issued := self.shape.fields.get("issued")):
                    names += [each.name for each in issued.headings]
        return names

    def _join(self, frame: polars.DataFrame) -> tuple[polars.DataFrame, dict[str, Wanted]]:
        """Join the text of fields that are made of several columns before they are read."""
        texts = dict[str, Wanted]()
        for column in self.columns:
            source = self.shape.fields[column.name]
            if not _is_joined(column, source):
                continue
            parts = [*source.headings, *([] if source.time is None else [source.time])]
            is_date = column.content is Content.MOMENT and source.time is None
            text = joined([frame[each.name] for each in parts], "-" if is_date else " ")
            name = _free(" ".join(each.name for each in parts), frame)
            frame = frame.with_columns(text.alias(name))
            heading = Heading(name, source.headings[0].style)
            texts[column.name] = Wanted(column, heading, source.words)
        return frame, texts

    def _convert(
        self, frame: polars.DataFrame, needed: Sequence[Wanted]
    ) -> tuple[dict[str, polars.Series], list[DataNote]]:
        def convert(wanted: Wanted) -> Converted | DataError:
            try:
                return self._converted(self._written(frame, wanted))
            except DataError as error:
                return error

        # polars releases the GIL, so two columns can be converted at once.
        with ThreadPoolExecutor(_THREADS) as pool:
            every = list(pool.map(convert, needed))
        read: dict[str, polars.Series] = {}
        notes: list[DataNote] = []
        for wanted, found in zip(needed, every, strict=True):
            if isinstance(found, DataError):
                column = self._written(frame, wanted)
                others = [self._written(frame, each) for each in needed if each is not wanted]
                if wanted.heading.name in self.raw.frame:
                    others.insert(0, self._written(self.raw.frame, wanted))
                styled, note = decided_by_neighbours(column, others, self._advised(found, wanted))
                values, remarks = self._converted(evolve(column, heading=styled))
                notes.append(note)
            else:
                values, remarks = found
            read[wanted.heading.name] = values
            notes += remarks
        return read, notes

    def _advised(self, error: DataError, wanted: Wanted) -> DataError:
        """Add what to do where the headings take more rows than one, if it looks so."""
        value = error.value
        is_words = (
            isinstance(value, str)
            and not any(each.isdigit() for each in value)
            and any(each.isalpha() for each in value)
            and not value.startswith("#")
        )
        if is_words and wanted.column.content is Content.MOMENT and not wanted.column.required:
            source = self.shape.fields[wanted.column.name]
            line = in_settings(source, f'words = {{{quoted(str(value))} = ""}}')
            line = f"Where a word stands for no date, say so: {wanted.column.name} = {line}"
            return error.advised(line, command=line)
        if is_words and wanted.column.content is Content.FLAG:
            source = self.shape.fields[wanted.column.name]
            meant = {**source.words, str(value).casefold(): ""}
            pairs = ", ".join(f"{quoted(word)} = {_in_toml(each)}" for word, each in meant.items())
            line = in_settings(source, f"words = {{{pairs}}}")
            line = told(
                'Where a word stands for yes, no or unknown, say which, with true, false or "": '
                "{field} = {line}",
                field=wanted.column.name,
                line=line,
            )
            return error.advised(line, command=line)
        if not is_words or (error.row or 0) > _MOST_HEADING_ROWS or self.shape.heading_rows > 1:
            return error
        so = told("Where the headings take more rows than one, say how many")
        return error.advised(
            told('{so}: "heading_rows": 2 in columns["{table}"]', so=so, table=self.shape.table),
            command=told(
                "{so}, in klantkompas.toml, under [{table}]: heading_rows = 2",
                so=so,
                table=self.shape.table,
            ),
        )

    def _written(self, frame: polars.DataFrame, wanted: Wanted) -> WrittenColumn:
        values = frame[wanted.heading.name]
        if wanted.words:
            values = worded(values, wanted.words)
        source = self.shape.fields[wanted.column.name]
        return WrittenColumn(
            self.shape.table,
            wanted.column.name,
            wanted.heading,
            values,
            wanted=source.headings if source.is_plain else (),
            is_plain=source.is_plain,
            was_text=self.raw.is_text and values.dtype.is_float(),
            column=wanted.column,
        )

    def _converted(self, column: WrittenColumn) -> Converted:
        from polars import Int64, Null, String

        content, values = column.column.content, column.values
        convert = read_minutes if column.column.unit == "minutes" else CONVERSIONS[content]
        if column.is_text:
            if not self.parse and values.dtype != Null and column.heading.name in self.raw.frame:
                return values, ()
            column = evolve(column, values=values.cast(String))
        elif content is Content.IDENTITY and values.dtype.is_float():
            return convert(column, self.locale)
        elif content is Content.MOMENT and values.dtype.is_numeric():
            whole = values.dtype.is_float() and bool((values == values.floor()).all())
            values = values.cast(Int64) if whole else values
            return convert(evolve(column, values=values.cast(String)), self.locale)
        elif column.column.unit == "minutes" and (minutes := minutes_of(values)) is not None:
            return minutes, ()
        else:
            return values, ()
        typed = self._typed(column)
        if typed is None:
            return convert(column, self.locale)
        text = evolve(column, values=emptied(column.values, typed.is_null()))
        found, notes = convert(text, self.locale)
        if content is Content.MOMENT and not found.dtype.is_temporal():
            found = found.cast(typed.dtype)
        same = typed.dtype if content is Content.MOMENT else found.dtype
        return found.cast(same).zip_with(typed.is_null(), typed.cast(same)), notes

    def _typed(self, column: WrittenColumn) -> polars.Series | None:
        """Return the typed cells of a column of a workbook that holds text too."""
        keys = self.raw.index.keys
        if column.heading.name not in keys:
            return None
        position = keys.index(column.heading.name)
        typed = self.raw.typed(position, column.column.content)
        if typed is None:
            return None
        typed = emptied(typed, column.values.is_not_null())
        return None if typed.null_count() == len(typed) else typed

    def _combine(
        self, frame: polars.DataFrame, texts: Mapping[str, Wanted]
    ) -> tuple[polars.DataFrame, dict[str, tuple[Heading, ...]], list[DataNote]]:
        """Make one column of each field that is not one already, or a product."""
        mapping, notes = dict[str, tuple[Heading, ...]](), list[DataNote]()
        for column in self.columns:
            source = self.shape.fields[column.name]
            headings = (texts[column.name].heading,) if column.name in texts else source.headings
            mapping[column.name] = headings
            made = _made(frame, source, headings)
            if made is not None:
                name = _free(_said(source, headings), frame)
                frame = frame.with_columns(made.alias(name))
                mapping[column.name] = (Heading(name),)
        for column in self.columns:
            source = self.shape.fields[column.name]
            if source.gross is not None and "amount" in mapping:
                net, count = _net(frame, mapping[column.name], mapping["amount"], source.gross)
                frame, mapping[column.name] = _put(frame, net, f"{column.name} (net)")
                notes += [DataNote(NET, self.shape.table, count, unit="")] if count else []
            if source.term is not None:
                frame, mapping[column.name] = self._term(frame, mapping, column.name, source.term)
            if self.zone is not None and column.content is Content.MOMENT:
                (heading,) = mapping[column.name]
                placed = in_zone(frame[heading.name], self.zone)
                frame = frame.with_columns(placed.alias(heading.name))
        return frame, mapping, notes

    def _term(
        self,
        frame: polars.DataFrame,
        mapping: Mapping[str, tuple[Heading, ...]],
        name: str,
        days: int,
    ) -> tuple[polars.DataFrame, tuple[Heading, ...]]:
        """Add days to the day of issue, where no date stands."""
        if "issued" not in mapping:
            raise ArgumentError(
                f"{self.shape.table}.{name} is a term of {days} days after issued, and no "
                'column is named for issued: add issued = "..."',
                place="columns",
                about=(self.shape.table, name),
            )
        (issued,) = mapping["issued"]
        due = plus_days(frame[issued.name], days)
        if mapping[name]:
            own = plus_days(frame[mapping[name][0].name], 0)
            due = own.zip_with(own.is_not_null(), due)
        return _put(frame, due, f"{issued.name} + {days}")

    def _nobody(
        self, frame: polars.DataFrame, mapping: Mapping[str, tuple[Heading, ...]]
    ) -> tuple[polars.DataFrame, tuple[DataNote, ...]]:
        """Empty the ids that stand for nobody."""
        if not self.shape.nobody or "customer" not in mapping:
            return frame, ()
        (heading,) = mapping["customer"]
        which = is_any(frame[heading.name], self.shape.nobody)
        if not which.any():
            return frame, ()
        note = DataNote(NOBODY, self.shape.table, int(which.sum()), column=heading.name)
        return frame.with_columns(emptied(frame[heading.name], ~which)), (note,)

    def _without_totals(
        self,
        frame: polars.DataFrame,
        mapping: Mapping[str, tuple[Heading, ...]],
        kept: polars.Series | None,
    ) -> tuple[polars.Series | None, tuple[DataNote, ...]]:
        """Leave out rows of which the id is the word for a total, and the amount is one."""
        from polars import String

        owner = mapping.get("customer", ())
        amounts = [mapping[c.name] for c in self.columns if c.value and c.is_number]
        if len(owner) != 1 or not amounts or frame[owner[0].name].dtype != String:
            return kept, ()
        ids = frame[owner[0].name]
        words = ["tota", "summe", "somme", "gesamt", "som", "sum", "eindbedrag"]
        suspect = ids.str.contains_any(words, ascii_case_insensitive=True).fill_null(value=False)
        rows = [at for at in suspect.arg_true() if is_total(ids[at])]
        if not rows:
            return kept, ()
        amount = _product(frame, amounts[0]).fill_null(0.0)
        among = _every(frame.height) if kept is None else kept
        total = amount.filter(among & ~suspect).sum()
        found = (~_every(frame.height)).scatter(
            [at for at in rows if abs(amount[at] - total) < _CENT and among[at]], True
        )
        if not found.any():
            return kept, ()
        notes = left_out_note(TOTALS, self.shape.table, found, self.raw.spreadsheet_row)
        return among & ~found, notes

    def _complete(
        self,
        frame: polars.DataFrame,
        mapping: Mapping[str, tuple[Heading, ...]],
        kept: polars.Series | None,
    ) -> tuple[polars.Series | None, tuple[DataNote, ...]]:
        """Refuse rows without a needed cell, or leave them out where the shape says so."""
        notes = list[DataNote]()
        for column in self.columns:
            if not column.required or (
                column.content is Content.IDENTITY
                and (column.name != "id" or self.shape.incomplete == "error")
            ):
                continue
            for heading in mapping[column.name]:
                values = frame[heading.name]
                if not values.null_count():
                    continue
                missing = values.is_null() if kept is None else kept & values.is_null()
                if not missing.any():
                    continue
                if self.shape.incomplete == "error":
                    raise self._incomplete(frame, column, heading.name, missing)
                row = self.raw.spreadsheet_row(missing.arg_max() or 0)
                count = int(missing.sum())
                notes.append(DataNote(INCOMPLETE, self.shape.table, count, heading.name, row))
                kept = ~missing if kept is None else kept & ~missing
        return kept, tuple(notes)

    def _incomplete(
        self, frame: polars.DataFrame, column: Column, name: str, missing: polars.Series
    ) -> DataError:
        """Report which rows lack a needed cell, and what can be done about it."""
        table, rows = self.shape.table, missing.arg_true()
        count = len(rows)
        places = ", ".join(str(at + 1) for at in rows.head(_FIRST_PLACES))
        several = f" ({count} such rows: {places}{', ...' if count > _FIRST_PLACES else ''})"
        reference = self.shape.fields.get("reference", FieldSource()).headings
        repeated = ""
        if reference and not self.shape.once:
            values = frame[reference[0].name]
            if values.gather(rows).is_in(values.filter(~missing).unique().implode()).all():
                repeated = (
                    f"These rows repeat a {reference[0].name!r} of another: where one of the "
                    f'{table} takes several lines, take it once: once = "{reference[0].name}". '
                )
        key = f'"incomplete": "leave out" in columns["{table}"]'
        return DataError(
            f"is empty; {column.content.value} is needed in every row{several * (count > 1)}",
            table=table,
            column=name,
            row=rows[0] + 1,
            remedy=f"{repeated}Fill it in, or leave such rows out: {key}",
            command=f"{repeated}Fill it in, or leave such rows out: in klantkompas.toml, "
            f'under [{table}]: incomplete = "leave out"',
        )


def _every(height: int) -> polars.Series:
    import polars

    return polars.repeat(True, height, dtype=polars.Boolean, eager=True)


def _free(name: str, frame: polars.DataFrame) -> str:
    """Return a name that no column has, made of one."""
    taken, free, number = set(frame.columns), name, 1
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free


def _put(
    frame: polars.DataFrame, values: polars.Series, name: str
) -> tuple[polars.DataFrame, tuple[Heading, ...]]:
    free = _free(name, frame)
    return frame.with_columns(values.alias(free)), (Heading(free),)


def _said(source: FieldSource, headings: Sequence[Heading]) -> str:
    between = " or " if source.combine is Combine.FIRST else " + "
    plus = between.join(each.name for each in headings)
    return " - ".join([plus, *(each.name for each in source.less)])


def _made(
    frame: polars.DataFrame, source: FieldSource, headings: Sequence[Heading]
) -> polars.Series | None:
    """Make the values of a field of its columns; None where they are a column, or a product."""
    columns = [frame[each.name] for each in headings]
    made: polars.Series | None = None
    if source.combine is Combine.FIRST:
        made = first_filled(columns)
    elif source.less or (source.combine is Combine.SUM and len(columns) > 1):
        made = added(columns, [frame[each.name] for each in source.less])
    if source.sign is not None:
        values = _product(frame, headings) if made is None else made
        made = negated(values, is_any(frame[source.sign[0]], source.sign[1]))
    if source.is_email:
        made = as_email(columns[0] if made is None else made)
    return made


def _product(frame: polars.DataFrame, headings: Sequence[Heading]) -> polars.Series:
    from polars import Float64

    product = frame[headings[0].name].cast(Float64)
    for each in headings[1:]:
        product = product * frame[each.name]
    return product


def _net(
    frame: polars.DataFrame,
    refunded: Sequence[Heading],
    amount: Sequence[Heading],
    gross: Heading,
) -> tuple[polars.Series, int]:
    """Bring gross money to the ratio of the row's own amount to its gross total."""
    given, total = frame[refunded[0].name], frame[gross.name]
    ratio = (_product(frame, amount) / total).fill_nan(1.0)
    ratio = ratio.zip_with((total != 0).fill_null(value=False), ratio * 0.0 + 1.0)
    different = ((ratio - 1.0).abs() > 1e-9) & (given != 0)
    return given * ratio, int(different.fill_null(value=False).sum())


def _in_toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else quoted(str(value))
