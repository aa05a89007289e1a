r"""Reading a business's own exports, strictly, column by column.

Text is converted to what its column should hold, and a column that could mean two things is an
error that shows both (decided, issue 2). What is typed already, in parquet and xlsx, stays so.

>>> import tempfile
>>> from pathlib import Path
>>> from klantkompas.domain.interactions import Order
>>> from klantkompas.domain.fields import columns_of
>>> with tempfile.TemporaryDirectory() as folder:
...     path = Path(folder, "orders.csv")
...     _ = path.write_text("klant;datum;bedrag\n0001;31-1-2025;1.250,00\n")
...     mapping = {"customer": "klant", "on": "datum", "amount": "bedrag"}
...     export = read_file(path, table="orders", columns=columns_of(Order), mapping=mapping)
>>> export.frame.row(0)
('0001', datetime.date(2025, 1, 31), 1250.0)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import evolve

from klantkompas._nearest import nearest
from klantkompas._told import told
from klantkompas.domain.export_shape import ExportShape, shape_of
from klantkompas.domain.fields import Column, Content
from klantkompas.errors import ArgumentError, DataError, KlantkompasError
from klantkompas.io.headings.index import HeadingIndex
from klantkompas.io.headings.named import ColumnMapping, resolve_shape
from klantkompas.io.parsing.columns import WrittenColumn
from klantkompas.io.parsing.distinct import HEAD
from klantkompas.io.parsing.locales import Locale, find_locale
from klantkompas.io.parsing.numbers import have_points
from klantkompas.io.parsing.words import are_true_or_false
from klantkompas.io.shaping.apply_shape import Export, apply_shape
from klantkompas.io.shaping.converting import Wanted, needed_columns
from klantkompas.io.shaping.joining import joined
from klantkompas.io.shaping.recognising import (
    beside_its_shape,
    left_unnamed,
    perhaps_known,
    recognise,
)
from klantkompas.io.sources.frame_cells import cells_of
from klantkompas.io.sources.limits import DEFAULT_LIMITS, Limits, raised, too_long
from klantkompas.io.sources.opening import ENDINGS, are_books, open_books, open_tables
from klantkompas.io.sources.raw_table import RawTable, find_heading_row, located, stack
from klantkompas.io.sources.table_files import Sources, files_of, name_of
from klantkompas.wording.writer import Writer

if TYPE_CHECKING:
    import polars
    from polars._typing import PolarsDataType

__all__ = ["read_file", "read_frame"]


def read_file(
    source: Sources,
    *,
    table: str,
    columns: Sequence[Column],
    mapping: ColumnMapping | Sequence[ColumnMapping] | None = None,
    locale: str | None = None,
    zone: str | None = None,
    shapes: Sequence[ExportShape] = (),
    limits: Limits = DEFAULT_LIMITS,
) -> Export:
    """Return one export, with the columns that the table needs converted.

    Args:
        source: a file of one of the kinds that `open_tables` opens; or several, a folder or a
            pattern, whose tables are put under each other.
        table: the table's name, such as ``"orders"``.
        columns: the columns that the table may have.
        mapping: field to heading, and the other keys of an export shape, or a whole shape; a field
            that it leaves out is looked for under its own name. A list of these where the files are
            of several layouts, one for each of the files in `source`.
        locale: such as ``"nl"`` or ``"en-US"``; decides where a column leaves a choice.
        zone: such as ``"Europe/Amsterdam"``, for the days of clock times.
        shapes: the shapes by which an export is recognised where no column of it is named.
        limits: how large a file and what is in it may be.

    Returns:
        The rows that count, with all columns. A column that the table needs holds dates or
        datetimes, floats, booleans, ids as whole numbers, or stripped text, null where it is empty;
        the others stay as they were read. Of equal headings all but the first get a number
        appended.

    Raises:
        MissingExtraError: polars, or for workbooks fastexcel, is not installed.
        ArgumentError: the locale, a field of the mapping or a style is not known.
        DataError: the data cannot be used as they are: the error says where and why.
        KlantkompasError: the file cannot be opened.
    """
    columns = tuple(columns)
    fields = [column.name for column in columns]
    layouts = [
        (each, shape_of(table, said, fields)) for each, said in _by_layout(source, table, mapping)
    ]
    read = [
        (given, raw)
        for each, given in layouts
        for raw in _tables(
            each, given, table, columns, locale, shapes, limits, is_only=len(layouts) == 1
        )
    ]
    if len(read) == 1:
        ((given, raw),) = read
        return _read(raw, given, columns, shapes, locale=locale, zone=zone)
    exports = list[tuple[Export, int]]()
    for given, raw in read:
        starts = raw.starts or ((0, raw.heading_row, raw.name),)
        try:
            export = _read(raw, given, columns, shapes, locale=locale, zone=zone)
            export = evolve(export, starts=starts)
        except DataError as error:
            if not error.file:
                error = error.located(error.row, file=starts[0][2])
            raise error if len(layouts) > 1 else _of_one_layout(error) from None
        exports.append((export, raw.frame.height))
    return joined(exports, columns)


def _of_one_layout(error: DataError) -> DataError:
    """Return an error about one of several files with how to say what its columns are."""
    return error.advised(
        told(
            "Where files are of several layouts, say of each what its columns are, with as many "
            'files: columns={{"{table}": [{{...}}, {{...}}]}}',
            table=str(error.table),
        ),
        command=told(
            "Where files are of several layouts, say of each what its files and columns are, each "
            "below [[{table}.layout]]",
            table=str(error.table),
        ),
    )


def _by_layout(
    source: Sources, table: str, mapping: ColumnMapping | Sequence[ColumnMapping] | None
) -> list[tuple[Sources, ColumnMapping | None]]:
    """Return the files of each layout with what is said of it."""
    if mapping is None or isinstance(mapping, Mapping | ExportShape):
        return [(source, mapping)]
    if not isinstance(source, list | tuple) or len(source) != len(mapping):
        raise ArgumentError(
            told(
                "{table} has {mapping} layouts, and not so many files",
                table=table,
                mapping=len(mapping),
            ),
            place="columns",
            remedy=told(
                "Give a list with the file, files, folder or pattern of each layout, in order"
            ),
        )
    return list(zip(source, mapping, strict=True))


def _tables(
    source: Sources,
    given: ExportShape,
    table: str,
    columns: Sequence[Column],
    locale: str | None,
    shapes: Sequence[ExportShape],
    limits: Limits,
    *,
    is_only: bool,
) -> list[RawTable]:
    """Return the tables of some files, those of one layout under each other."""
    country = find_locale(name) if (name := given.locale or locale) else None

    def is_heading(index: HeadingIndex) -> int:
        return _named_in(index, given, columns, shapes)

    def types_of(headings: list[str], head: polars.DataFrame) -> dict[int, PolarsDataType]:
        index = HeadingIndex(headings)
        try:
            shape, _ = recognise(given, shapes, index)
            shape = resolve_shape(shape, columns, index)
            needed = needed_columns(shape, columns)
        except KlantkompasError:  # said once the whole file has been looked at
            return {}
        return {
            place: kind
            for each in needed
            for place in [index.keys.index(each.heading.name)]
            if not each.words and (kind := _type(each, table, head[:, place], country))
        }

    files = files_of(source, ENDINGS)
    is_only = is_only and len(files) == 1
    books = [file for file in files if are_books(file)]
    raws = list[RawTable]()
    if len(books) > 1:
        raws.append(open_books(books, table=table, limits=limits))
        files = [file for file in files if file not in books]
    raws += [
        raw if is_only else evolve(raw, name=f"{name_of(file)} {raw.name}".strip())
        for file in files
        for raw in open_tables(
            file,
            table=table,
            limits=limits,
            types_of=types_of,
            heading_row=lambda rows: find_heading_row(rows, is_heading),
        )
    ]
    for raw in raws:
        _check_size(raw, table, limits)
    if len(raws) > 1:
        _refuse_another_layout(raws, given, columns, shapes)
    if len(raws) == 1 or given.fields or given.name:
        return [stack(raws)]
    by_shape: dict[str, list[RawTable]] = {}
    for raw in raws:
        by_shape.setdefault(recognise(given, shapes, raw.index)[0].name, []).append(raw)
    return [stack(alike) for alike in by_shape.values()]


def _refuse_another_layout(
    raws: Sequence[RawTable],
    given: ExportShape,
    columns: Sequence[Column],
    shapes: Sequence[ExportShape],
) -> None:
    """Refuse files of which some lack a needed column that the caller named, and others do not.

    Their rows would be empty there, as those of totals are. What may be absent may be so in some.
    """
    if not (given.fields or given.name):
        return
    shape = recognise(given, shapes, raws[0].index)[0]
    needed = {column.name for column in columns if column.required} & {*shape.fields}
    names = {each.name for field in needed for each in shape.fields[field].all_headings}
    lacking = [raw for raw in raws if not raw.index.has(names)]
    if lacking and len(lacking) < len(raws):
        name = min(each for each in names if not lacking[0].index.has([each]))
        raise _of_one_layout(
            DataError(
                told("is in some of the files only"),
                table=given.table,
                column=name,
                file=lacking[0].name,
                remedy=nearest(name, lacking[0].headings),
            )
        )


def read_frame(
    data: object,
    *,
    table: str,
    columns: Sequence[Column],
    mapping: ColumnMapping | None = None,
    locale: str | None = None,
    zone: str | None = None,
    shapes: Sequence[ExportShape] = (),
    parse: bool = True,
) -> Export:
    """Return a data frame or a mapping of arrays as an export, as `read_file` returns a file.

    Args:
        data: a data frame that narwhals knows, a mapping of arrays, or an Arrow stream.
        table: the table's name, such as ``"orders"``.
        columns: the columns that the table may have.
        mapping: as for `read_file`.
        locale: as for `read_file`.
        zone: as for `read_file`.
        shapes: as for `read_file`.
        parse: whether text is converted to what its column should hold; False: it stays text.

    Returns:
        The rows that count.

    Raises:
        MissingExtraError: polars is not installed.
        ArgumentError: as for `read_file`.
        DataError: as for `read_file`.
    """
    columns = tuple(columns)
    given = shape_of(table, mapping, [column.name for column in columns])
    raw = cells_of(data, table)
    return _read(raw, given, columns, shapes, locale=locale, zone=zone, parse=parse)


def _read(
    raw: RawTable,
    given: ExportShape,
    columns: Sequence[Column],
    shapes: Sequence[ExportShape],
    *,
    locale: str | None,
    zone: str | None,
    parse: bool = True,
) -> Export:
    shape, recognised = recognise(given, shapes, raw.index)
    try:
        resolved = resolve_shape(shape, columns, raw.index)
    except DataError as error:
        raise perhaps_known(error, given, shapes, raw.index) from None
    try:
        export = apply_shape(raw, resolved, columns, locale=locale, zone=zone, parse=parse)
    except DataError as error:
        raise located(error, raw.starts) from None
    first = beside_its_shape(shape, recognised, export.notes)
    first += left_unnamed(resolved, given, shapes, raw.index)
    return evolve(export, starts=raw.starts, notes=(*first, *export.notes))


def _check_size(raw: RawTable, table: str, limits: Limits) -> None:
    import polars

    if raw.frame.width > limits.columns:
        remedy, command = raised("columns", raw.frame.width)
        raise DataError(
            told(
                "there are {width} columns, more than is allowed",
                width=Writer().number(raw.frame.width),
            ),
            table=table,
            remedy=remedy,
            command=command,
        )
    if polars.String not in raw.frame.dtypes:
        return
    texts = raw.frame.select(polars.col(polars.String).str.len_bytes().max())
    for name, longest in texts.row(0, named=True).items():
        if (longest or 0) > limits.cell_length:
            row = int(raw.frame[name].str.len_bytes().arg_max() or 0) + 1
            raise too_long(longest, table, column=name, row=row)


def _named_in(
    index: HeadingIndex,
    given: ExportShape,
    columns: Sequence[Column],
    shapes: Sequence[ExportShape],
) -> int:
    """Count the wanted headings that a row has; -1 where it has all."""
    if given.name:
        wanted = recognise(given, shapes, index)[0].headings
    elif given.fields:
        wanted = given.headings
    else:
        if recognise(given, shapes, index)[0] is not given:
            return -1
        wanted = tuple(column.name for column in columns if column.required)
    found = sum(bool(index.positions(name)) for name in wanted)
    return -1 if wanted and found == len(wanted) else found


def _type(
    wanted: Wanted, table: str, values: polars.Series, locale: Locale | None
) -> PolarsDataType | None:
    """Return the type as which polars may read a column of text, by its first values."""
    from polars import Boolean, Float64

    column = wanted.column
    head = WrittenColumn(table, column.name, wanted.heading, values.head(HEAD))
    if column.is_number and not column.unit and have_points(head, locale):
        return Float64
    if column.content is Content.FLAG and are_true_or_false(head):
        return Boolean
    return None
