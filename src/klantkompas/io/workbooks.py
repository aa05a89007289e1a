"""Spreadsheets: the first sheet of a workbook, with the types that its cells have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from klantkompas.errors import DataError, MissingExtraError
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars

__all__ = ["read_workbook"]


def read_workbook(
    content: bytes, *, table: str
) -> tuple[list[str], polars.DataFrame, tuple[DataNote, ...]]:
    """Read the first sheet of a workbook, whose first row holds the headings.

    Args:
        content: the file's bytes.
        table: the table's name, for errors and notes.

    Returns:
        The headings as they stand in the sheet; the cells, in the same order, where a column whose
        cells differ in type is text; and a note where the workbook has more sheets.

    Raises:
        MissingExtraError: fastexcel is not installed.
        DataError: the sheet is empty, or the workbook cannot be opened.

    >>> read_workbook(b"no workbook", table="orders")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    klantkompas.errors.DataError: orders: the file is not a workbook that can be opened; ...
    """
    try:
        import fastexcel
    except ImportError as error:
        raise MissingExtraError("files", "reading workbooks") from error
    try:
        workbook = fastexcel.read_excel(content)
        heading = workbook.load_sheet(0, header_row=None, n_rows=1, dtypes="string").to_polars()
        # All rows are looked at for a column's type: a value that did not fit would go lost.
        frame = workbook.load_sheet(0, schema_sample_rows=None).to_polars()
    except fastexcel.FastExcelError as error:
        raise DataError(
            "the file is not a workbook that can be opened; open it in your spreadsheet program "
            "and save it again as xlsx, without a password",
            table=table,
        ) from error
    if not heading.width:
        raise DataError("the sheet is empty: a row of headings was expected", table=table)
    notes: tuple[DataNote, ...] = ()
    if len(workbook.sheet_names) > 1:
        notes = (
            DataNote(
                "the workbook has {count} sheets, of which only the first was read: {detail}",
                table=table,
                count=len(workbook.sheet_names),
                detail=workbook.sheet_names[0],
            ),
        )
    return [(name or "").strip() for name in heading.row(0)], frame, notes
