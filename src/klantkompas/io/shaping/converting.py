"""The columns of an export that its table needs, converted: from cells to dates, numbers, ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from klantkompas._told import Told, joined, told
from klantkompas.domain.export_shape import ExportShape
from klantkompas.domain.field_source import Combine, FieldSource, Heading
from klantkompas.domain.fields import Column, Content
from klantkompas.errors import ArgumentError, DataError
from klantkompas.io.headings.naming import in_settings, with_shape
from klantkompas.io.parsing.columns import WrittenColumn, as_text
from klantkompas.io.parsing.dates import read_dates
from klantkompas.io.parsing.distinct import Converted
from klantkompas.io.parsing.durations import minutes_of, read_minutes
from klantkompas.io.parsing.locales import Locale
from klantkompas.io.parsing.neighbours import decided_by_neighbours
from klantkompas.io.parsing.numbers import in_whole_money, read_numbers
from klantkompas.io.parsing.scores import read_scores
from klantkompas.io.parsing.words import is_known, read_flags, read_ids, read_text
from klantkompas.io.shaping.field_values import emptied, with_year, worded
from klantkompas.io.sources.raw_table import RawTable
from klantkompas.io.suspicions.refunds import are_answers
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars

__all__ = ["Converter", "Wanted", "is_joined", "needed_columns"]

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
AS_MONTHS = mark(
    "{count} in {column} with text, such as {detail}, where all other days are at most the 12th: a "
    "spreadsheet program may have taken days for months. Use the export as it was before it was "
    "saved there"
)
_MONTHS = 12
_THREADS = 2
_MANY = 50_000
"""From so many rows on, a second thread takes less time than it costs (measured)."""
_MOST_HEADING_ROWS = 2
_MOST_WORDS = 8


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
        if source is None or is_joined(column, source):
            continue
        gross = () if source.gross is None else (source.gross,)
        for heading in (*source.headings, *source.less, *gross):
            wanted = Wanted(column, heading, source.words)
            earlier = needed.setdefault(heading.name, wanted)
            same = CONVERSIONS[earlier.column.content] is CONVERSIONS[column.content]
            if not same or earlier.heading != heading or earlier.words != source.words:
                raise ArgumentError(
                    told(
                        "{name} is named for both {table}.{name2} and {table}.{name3}, "
                        "which read it differently ({content}, {other}); copy the "
                        "column in the file and name the copy",
                        name=repr(heading.name),
                        table=shape.table,
                        name2=earlier.column.name,
                        name3=column.name,
                        content=Told(earlier.column.content.value, {}),
                        other=Told(column.content.value, {}),
                    ),
                    place="columns",
                    about=(shape.table, column.name),
                )
    return list(needed.values())


def is_joined(column: Column, source: FieldSource) -> bool:
    """Whether a field is text made of several columns before it is read."""
    several = source.combine is Combine.SUM and not column.is_number and len(source.headings) > 1
    return several or source.time is not None


def advised(
    error: DataError, wanted: Wanted, shape: ExportShape, values: polars.Series
) -> DataError:
    """Return an error about a word in a column with what to write in the settings, if that helps.

    Args:
        error: why a value could not be read.
        wanted: the column.
        shape: where the fields come from.
        values: its cells.
    """
    column, word = wanted.column, error.value
    if not isinstance(word, str) or not _is_word(word):
        return error
    source = shape.fields[column.name]
    if column.content is Content.MOMENT and not column.required:
        unknown = dict.fromkeys(_words(values), "")
        meant = evolve(source, words={**source.words, word: "", **unknown})
        so = told("Where a word stands for no date, say so")
        return _with_words(error, so, column, meant, shape)
    if column.content is Content.FLAG:
        found = (each for each in _words(values) if not is_known(each, column))
        unknown = dict.fromkeys(found, "")
        meant = evolve(source, words={**source.words, word.casefold(): "", **unknown})
        so = told('Where a word stands for yes, no or unknown, say which, with true, false or ""')
        return _with_words(error, so, column, meant, shape)
    if column.content is Content.MONEY and are_answers(values):
        other = told("Name the column that holds the amounts, or leave it out")
        return DataError(
            told("is not an amount: the column says yes or no"),
            table=error.table,
            column=error.column,
            row=error.row,
            value=word,
            remedy=other,
        )
    if (error.row or 0) > _MOST_HEADING_ROWS or shape.heading_rows > 1:
        return error
    so = told("Where the headings take more rows than one, say how many")
    return error.advised(
        told('{so}: "heading_rows": 2 in columns["{table}"]', so=so, table=shape.table),
        command=told(
            "{so}, in klantkompas.toml, under [{table}]: heading_rows = 2", so=so, table=shape.table
        ),
    )


def _with_words(
    error: DataError, so: Told, column: Column, meant: FieldSource, shape: ExportShape
) -> DataError:
    """Return an error with the line that says what a word stands for."""
    line = f"{column.name} = {in_settings(meant)}"
    advised = error.advised(
        joined(": ", (so, line)),
        command=told(
            "{so}, in klantkompas.toml, under [{table}]: {line}",
            so=so,
            table=shape.table,
            line=line,
        ),
    )
    return with_shape(advised, shape.name)


def _words(values: polars.Series) -> list[str]:
    """Return the first different words of a column, in lower case."""
    found = as_text(values).drop_nulls().str.to_lowercase().unique(maintain_order=True)
    return [each for each in found.head(_MOST_WORDS) if _is_word(each)]


def _is_word(text: str) -> bool:
    letters = any(each.isalpha() for each in text)
    return letters and not any(each.isdigit() for each in text) and not text.startswith("#")


@frozen(eq=False, kw_only=True)
class Converter:
    """Converts the columns of an export to what its table's columns hold.

    Args:
        raw: the cells as they are in the file.
        shape: where the fields come from, by the columns' own names.
        locale: how numbers and dates are written where a column leaves a choice.
        parse: whether text is converted to what its column should hold; False: it stays text.
    """

    raw: RawTable
    shape: ExportShape
    locale: Locale | None
    parse: bool

    def convert(
        self, frame: polars.DataFrame, needed: Sequence[Wanted]
    ) -> tuple[dict[str, polars.Series], list[DataNote]]:
        """Return the columns that are not what they were, by their heading; and notes.

        Args:
            frame: the cells.
            needed: the columns to convert.

        Raises:
            DataError: a value cannot be read, or a column can be read in two ways.
        """
        from polars import String

        def convert(written: WrittenColumn) -> Converted | DataError:
            try:
                return self._converted(written)
            except DataError as error:
                return error

        written = [self._written(frame, each) for each in needed]
        texts = [each for each in written if frame.schema[each.heading.name] == String]
        if len(frame) < _MANY or len(texts) < _THREADS:
            every = list(map(convert, written))
        else:  # polars releases the GIL, so two columns can be converted at once
            with ThreadPoolExecutor(_THREADS) as pool:
                every = list(pool.map(convert, written))
        read: dict[str, polars.Series] = {}
        notes: list[DataNote] = []
        for wanted, column, found in zip(needed, written, every, strict=True):
            if isinstance(found, DataError):
                others = [each for each in written if each is not column]
                others = [*self._with_every_row(wanted), *others]
                styled, note = decided_by_neighbours(
                    column, others, advised(found, wanted, self.shape, column.values)
                )
                values, remarks = self._converted(evolve(column, heading=styled))
                notes.append(note)
            else:
                values, remarks = found
            if wanted.words or values is not column.values:
                read[wanted.heading.name] = values
            notes += remarks
        return read, notes

    def _with_every_row(self, wanted: Wanted) -> list[WrittenColumn]:
        """Return a column with the rows that do not count; or those that it is joined of."""
        own = [wanted.heading]
        if wanted.heading.name not in self.raw.frame:
            own = [*self.shape.fields[wanted.column.name].headings]
        return [
            self._written(self.raw.frame, evolve(wanted, heading=each))
            for each in own
            if each.name in self.raw.frame
        ]

    def _written(self, frame: polars.DataFrame, wanted: Wanted) -> WrittenColumn:
        values = frame[wanted.heading.name]
        if wanted.words:
            values = worded(values, wanted.words)
        source = self.shape.fields[wanted.column.name]
        if source.year is not None:
            values = with_year(values, source.year)
        return WrittenColumn(
            self.shape.table,
            wanted.column.name,
            wanted.heading,
            values,
            source=source,
            shape=self.shape.name,
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
        elif column.column.unit == "minutes":
            return minutes_of(column)
        elif content is Content.MONEY and values.dtype.is_numeric():
            return in_whole_money(column, values)
        else:
            return values, ()
        typed = self._typed(column)
        if typed is None:
            return convert(column, self.locale)
        text = evolve(column, values=emptied(column.values, typed.is_null()))
        found, notes = convert(text, self.locale)
        if content is Content.MOMENT:
            found = found if found.dtype.is_temporal() else found.cast(typed.dtype)
            notes += _as_months(text, found, typed)
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


def _as_months(
    text: WrittenColumn, found: polars.Series, typed: polars.Series
) -> tuple[DataNote, ...]:
    """Note days that a spreadsheet program may have read with days and months changed about.

    Those that it could not read so, as there is no month after the 12th, it left as text.
    """
    left, made = found.dt.day().min(), typed.dt.day().max()
    if not (isinstance(left, int) and isinstance(made, int) and made <= _MONTHS < left):
        return ()
    at = found.is_not_null().arg_max() or 0
    return (text.note(AS_MONTHS, found.count(), str(text.values[at])),)
