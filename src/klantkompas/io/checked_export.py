"""A read export, checked as the table that it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve

from klantkompas.domain.export_shape import ExportShape, shape_of
from klantkompas.domain.fields import Column, Content
from klantkompas.errors import DataError
from klantkompas.io.columns.column_source import column_source
from klantkompas.io.columns.fetched import CodedText, Fetched, series_of
from klantkompas.io.files import read_frame
from klantkompas.io.frames import CheckedTable, check_columns, check_table
from klantkompas.io.headings.named import ColumnMapping, resolve_headings
from klantkompas.io.shaping.apply_shape import Export
from klantkompas.io.shaping.recognising import perhaps_text
from klantkompas.io.sources.raw_table import located
from klantkompas.io.suspicions.of_frames import notes_of_frame

__all__ = ["check_export", "check_fetched", "check_frame"]

AS_TEXT = (Content.IDENTITY, Content.TEXT, Content.TAGS, Content.CHOICE)
"""What columns of text may hold without being converted."""


def check_export(
    export: Export,
    table: str,
    columns: tuple[Column, ...],
    score_scale: tuple[int, int] = (0, 10),
) -> CheckedTable:
    """Return an export as a table, with every value checked and converted.

    Args:
        export: the export.
        table: the table's name.
        columns: the columns that it may have.
        score_scale: the lowest and highest score.

    Returns:
        The table.

    Raises:
        DataError: the first value or column that does not fit, with its row in the file.
    """
    try:
        source = column_source(export.frame, table)
        checked = check_columns(source, columns, export.mapping, score_scale, export.notes)
    except DataError as error:
        raise _in_file(error, export) from None
    return evolve(
        checked,
        currencies=export.currencies,
        in_file=lambda error: _in_file(error, export),
    )


def check_frame(
    data: object,
    table: str,
    columns: tuple[Column, ...],
    mapping: ColumnMapping | Sequence[ColumnMapping] | None,
    *,
    parse: bool,
    locale: str | None,
    zone: str | None,
    shapes: Sequence[ExportShape],
    score_scale: tuple[int, int],
) -> CheckedTable:
    """Return a data frame, a mapping of arrays or an Arrow stream as a table, with values checked.

    Args:
        data: the data.
        table: the table's name.
        columns: the columns that it may have.
        mapping: the caller's headings, by field, and what else a shape declares.
        parse: whether text is converted to what its column should hold.
        locale: how the text is written where it leaves a choice.
        zone: the time zone of clock times.
        shapes: the known shapes, one of which is used where text is read and no column is named.
        score_scale: the lowest and highest score.

    Returns:
        The table.

    Raises:
        DataError: the first value or column that does not fit.
        ArgumentError: the mapping names an unknown field.
    """
    shape = None
    if mapping is not None or parse:
        shape = shape_of(table, mapping, [column.name for column in columns])
    if not parse and (shape is None or shape.is_plain):
        plain = shape or ExportShape(table=table)
        try:
            checked = check_table(table, columns, data, shape, score_scale)
        except DataError as error:
            headings = column_source(data, table).headings
            raise perhaps_text(error, plain, shapes, headings) from None
        return checked.with_notes(notes_of_frame(data, plain, columns, checked.unread))
    export = read_frame(
        data,
        table=table,
        columns=columns,
        mapping=shape_of(table, mapping, [column.name for column in columns]),
        locale=locale,
        zone=zone,
        shapes=shapes,
        parse=parse,
    )
    return check_export(export, table, columns, score_scale)


def check_fetched(
    fetched: Mapping[str, Fetched],
    table: str,
    columns: tuple[Column, ...],
    mapping: ColumnMapping | Sequence[ColumnMapping] | None,
    *,
    locale: str | None,
    zone: str | None,
    score_scale: tuple[int, int],
) -> CheckedTable:
    """Return what a database gives as a table, with values checked, and read where they are text.

    Args:
        fetched: the columns, by heading.
        table: the table's name.
        columns: the columns that it may have.
        mapping: the caller's headings, by field, and what else a shape declares.
        locale: how text is written where it leaves a choice.
        zone: the time zone of clock times.
        score_scale: the lowest and highest score.

    Returns:
        The table.

    Raises:
        DataError: the first value or column that does not fit.
        ArgumentError: the mapping names an unknown field.
    """
    from polars import DataFrame

    shape = None
    if mapping is not None:
        shape = shape_of(table, mapping, [column.name for column in columns])
    if zone is None and (shape is None or shape.is_plain):
        found = _parsed(fetched, table, columns, shape, locale)
        if found is not None:
            return check_table(table, columns, found, shape, score_scale)
    return check_frame(
        DataFrame({name: series_of(each) for name, each in fetched.items()}),
        table,
        columns,
        mapping,
        parse=True,
        locale=locale,
        zone=zone,
        shapes=(),
        score_scale=score_scale,
    )


def _parsed(
    fetched: Mapping[str, Fetched],
    table: str,
    columns: tuple[Column, ...],
    shape: ExportShape | None,
    locale: str | None,
) -> Mapping[str, Fetched] | None:
    """Convert the texts of columns that should hold numbers, dates or the like, each once.

    Returns:
        The columns, of which others are what they were; None where there is something to say of the
        text, which takes all rows and columns.
    """
    found = resolve_headings(table, columns, [*fetched], shape)
    parsed = dict(fetched)
    for column in columns:
        if column.content in AS_TEXT:
            continue
        for heading in found.get(column.name, ()):
            held = parsed[heading.name]
            if not isinstance(held, CodedText):
                continue
            try:
                export = read_frame(
                    held.distinct.to_frame(heading.name),
                    table=table,
                    columns=(column,),
                    mapping={column.name: heading},
                    locale=locale,
                )
            except DataError:
                return None
            if export.notes or export.rows is not None:
                return None
            parsed[heading.name] = held.given(export.frame[heading.name])
    return parsed


def _in_file(error: DataError, export: Export) -> DataError:
    if error.row is None:
        return error
    position = error.row - 1
    if export.rows is not None:
        position = int(export.rows[position])
        error = error.located(position + 1, "counted with the rows that were left out")
    return located(error, export.starts, position)
