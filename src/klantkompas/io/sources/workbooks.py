"""Workbooks (xlsx, xls, ods): the sheets that hold the table, with the types of their cells."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from klantkompas._nearest import nearest
from klantkompas._told import told
from klantkompas.domain.fields import Content
from klantkompas.errors import DataError, MissingExtraError
from klantkompas.io.headings.index import unique_headings
from klantkompas.io.sources.limits import DEFAULT_LIMITS, Limits
from klantkompas.io.sources.raw_table import FIRST_ROWS, HeadingRow, RawTable, titles_note
from klantkompas.io.sources.workbook_size import SAVE_AGAIN, check_workbook
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars
    from fastexcel import DType, DTypeMap, ExcelReader, ExcelSheet

__all__ = ["read_workbook"]

_UNHEARD = logging.NullHandler()
_COLUMN = re.compile(r"column (\S+)")
_TOTAL = re.compile(r"(?i)tota(?:al|l|len|ux)\b|\bgesamt\b|\bsumm[ae]\b")
HIDDEN = mark("{count} in the workbook left out as hidden: {detail}")
NOT_READ = mark(
    "{count} in the workbook not read: {detail}; one that should count is named behind the file, "
    "as in book.xlsx::Sheet"
)
OTHER_SHEETS = mark("{count} in the workbook, of which those with the headings were read: {detail}")


def read_workbook(
    content: bytes,
    *,
    table: str,
    limits: Limits = DEFAULT_LIMITS,
    heading_row: HeadingRow = lambda rows: (0, 0),
    only: str = "",
) -> list[RawTable]:
    """Return the sheets of a workbook that have the headings, or the one that has most of them.

    Args:
        content: the file's bytes.
        table: the table's name, for errors and notes.
        limits: how large it may be.
        heading_row: which of the first rows holds the headings, and how many of those wanted.
        only: the sheet that is meant, whatever its headings are; empty for none.

    Returns:
        For each sheet that is read the headings as they stand there, the cells, where a column
        whose cells differ in type is text; and a note where the workbook has more sheets.

    Raises:
        MissingExtraError: fastexcel is not installed.
        DataError: the sheets are empty, there is no such sheet, or the workbook cannot be opened.

    >>> read_workbook(b"no workbook", table="orders")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    klantkompas.errors.DataError: orders: the file is not a workbook that can be opened...
    """
    try:
        import fastexcel
    except ImportError as error:
        raise MissingExtraError("files", told("reading workbooks")) from error
    check_workbook(content, table=table, limits=limits)
    # It warns of columns without values, which are not read.
    logging.getLogger(fastexcel.__name__).addHandler(_UNHEARD)
    try:
        workbook = fastexcel.read_excel(content)
        if only and only not in workbook.sheet_names:
            raise DataError(
                told("there is no sheet {sheet}", sheet=repr(only)),
                table=table,
                remedy=nearest(only, workbook.sheet_names),
            )
        found, hidden, others = _sheets(
            workbook, [only] if only else workbook.sheet_names, heading_row
        )
        if not found:
            raise DataError(told("the sheet is empty: a row of headings was expected"), table=table)
        raws = [_sheet(workbook, each, table) for each in found]
    except fastexcel.FastExcelError as error:
        raise DataError(
            told("the file is not a workbook that can be opened"), table=table, remedy=SAVE_AGAIN
        ) from error
    notes = list[DataNote]()
    if len(workbook.sheet_names) > 1 and not only:
        read = ", ".join(raw.name for raw in raws)
        count = len(workbook.sheet_names)
        notes.append(DataNote(OTHER_SHEETS, table=table, count=count, detail=read, unit="sheets"))
    for message, names in ((HIDDEN, hidden), (NOT_READ, others)):
        if names:
            detail = ", ".join(names)
            notes.append(DataNote(message, table, len(names), detail=detail, unit="sheets"))
    raws[0] = evolve(raws[0], notes=(*notes, *raws[0].notes))
    return raws


@frozen
class _Sheet:
    """A sheet: where its headings stand, how many of those wanted, -1: all, and the rows below."""

    name: str
    row: int
    titles: int
    wanted: int
    below: int
    is_visible: bool


def _sheets(
    workbook: ExcelReader, names: Sequence[str], heading_row: HeadingRow
) -> tuple[list[_Sheet], list[str], list[str]]:
    """Return the sheets with all headings, or else the one with most of them, and then most rows.

    Returns:
        The sheets to read, the names of those that are left out because they are hidden, and those
        of the others; of several, one that is named for a total is none.
    """
    filled = list[_Sheet]()
    for name in names:
        sheet = workbook.load_sheet(
            name, header_row=None, skip_rows=0, n_rows=FIRST_ROWS, dtypes="string"
        )
        rows = [[cell or "" for cell in row] for row in sheet.to_polars().rows()]
        if any(any(cells) for cells in rows):
            first = next(at for at, cells in enumerate(rows) if any(cells))
            row, wanted = heading_row(rows[first:])
            below = sheet.total_height - first - row
            is_visible = sheet.visible == "visible"
            filled.append(_Sheet(name, first + row, row, wanted, below, is_visible))
    likely = sorted(filled, key=lambda each: (each.is_visible, each.wanted, each.below))
    sure = [each for each in filled if each.wanted < 0] or likely[-1:]
    seen = [each for each in sure if each.is_visible] or sure
    parts = [each for each in seen if not _TOTAL.search(each.name)] or seen
    hidden = [each.name for each in sure if each not in seen]
    others = [each.name for each in filled if each not in parts and each.name not in hidden]
    return parts, hidden, others


def _load(
    workbook: ExcelReader, name: str, dtypes: DTypeMap | DType | None, **options: Any
) -> ExcelSheet:
    """Load a sheet; a column with an error that has no type, such as #NAME?, becomes text."""
    from fastexcel import CalamineCellError

    untyped: DTypeMap = {}
    while True:
        try:
            given = dtypes if isinstance(dtypes, str) else {**untyped, **(dtypes or {})} or None
            sheet: ExcelSheet = workbook.load_sheet(name, header_row=None, dtypes=given, **options)
        except CalamineCellError as error:
            column = _COLUMN.search(str(error))
            if column is None or column[1] in untyped:
                raise
            untyped[column[1]] = "string"
        else:
            return sheet


def _sheet(workbook: ExcelReader, place: _Sheet, table: str) -> RawTable:
    name, row = place.name, place.row
    only_one = Lock()

    def load(dtypes: DTypeMap | DType | None = None, **options: Any) -> polars.DataFrame:
        with only_one:  # fastexcel refuses a second thread
            sheet = _load(workbook, name, dtypes, **options)
        frame: polars.DataFrame = sheet.to_polars()
        return frame

    heading = load(skip_rows=row, n_rows=1, dtypes="string").row(0)
    # All rows are looked at for a column's type: a value that did not fit would go lost.
    frame = load(skip_rows=row + 1, schema_sample_rows=None)
    names = [(each or "").strip() for each in heading]
    frame.columns = unique_headings(names)

    def typed(position: int, content: Content) -> polars.Series | None:
        return _typed(load, row + 1, position, content)

    return RawTable(
        headings=names,
        frame=frame,
        heading_row=row + 1,
        name=name,
        typed=typed,
        notes=titles_note(table, row + 1, place.titles),
    )


def _typed(
    load: Callable[..., polars.DataFrame], skipped: int, position: int, content: Content
) -> polars.Series | None:
    """Return the numbers or moments among the cells of a column in which types are mixed.

    A text that looks like a number is read as one by the workbook's reader, which gives a truth
    value for numbers only: that tells them apart.
    """

    def column(dtype: str) -> polars.Series:
        name = f"__UNNAMED__{position}"
        frame = load(skip_rows=skipped, dtypes={name: dtype})
        return frame.to_series(position)

    import polars

    is_number = column("boolean").is_not_null()
    if content is Content.MOMENT:
        # A day of OpenDocument is one as a date only.
        days = column("date").cast(polars.Datetime("ms"))
        moments = column("datetime")
        values, is_typed = moments.fill_null(days.cast(moments.dtype)), ~is_number
    elif content in (Content.MONEY, Content.NUMBER, Content.SCORE):
        values, is_typed = column("float"), is_number
    else:
        return None
    return values.zip_with(is_typed, values.clear(len(values)))
