"""The lists to work from as text files, one each, for other programs or for Excel.

>>> safe_text("=1+1"), safe_text(" @SUM(A1)"), safe_text("-5 degrees"), safe_text("a = b")
("'=1+1", "' @SUM(A1)", "'-5 degrees", 'a = b')
"""

from __future__ import annotations

import csv
import os
from datetime import date
from io import StringIO
from pathlib import Path

from attrs import frozen

from klantkompas._nearest import nearest
from klantkompas._printable import encodable
from klantkompas._told import reason_of, told
from klantkompas.compass import Reading
from klantkompas.errors import ArgumentError, KlantkompasError
from klantkompas.io.sources.contents import path_of
from klantkompas.io.write_file import write_file
from klantkompas.report.list_cells import Cell, ListCells, rows_of, writer_for
from klantkompas.reviews.compare import Review
from klantkompas.reviews.letting_go import LettingGoPlan
from klantkompas.reviews.recorded import RecordedReading
from klantkompas.reviews.work_lists import work_lists

__all__ = ["safe_text", "write_lists"]

STARTS_A_FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20"
"""A cell that begins so is a formula to spreadsheets; the wide ones are as in East Asia."""


@frozen
class _Style:
    """How a text file is written.

    Args:
        separator: what stands between cells.
        decimal: what stands before decimals.
        encoding: of the file; Excel takes a file for UTF-8 by the mark that it begins with.
        line_end: what ends a row.
    """

    separator: str = ","
    decimal: str = "."
    encoding: str = "utf-8"
    line_end: str = "\n"


PLAIN = _Style()
EXCEL = {
    "en": _Style(",", ".", "utf-8-sig", "\r\n"),
    "nl": _Style(";", ",", "utf-8-sig", "\r\n"),
}
"""How Excel opens a text file, by the language of the computer that it is on."""


def safe_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: then it has an apostrophe before it.

    Args:
        text: a text from the data.
    """
    return f"'{text}" if text.lstrip()[:1] in {*STARTS_A_FORMULA} else text


def write_lists(
    reading: Reading,
    folder: str | os.PathLike[str],
    *,
    previous: Review | Reading | RecordedReading | None = None,
    plan: LettingGoPlan | None = None,
    language: str = "en",
    pseudonyms: str | bytes | None = None,
    excel: str | None = None,
) -> tuple[Path, ...]:
    """Write the lists to work from as text files (csv), one for each list that can be made.

    A text of the data that a spreadsheet would take for a formula has an apostrophe before it.

    Args:
        reading: the reading.
        folder: the folder for the files, which is made where it does not exist; files of the same
            names are replaced.
        previous: the reading of the last review, or the review, as for `work_lists`.
        plan: the plan for letting go by this reading.
        language: ``"en"`` or ``"nl"``.
        pseudonyms: a key, as for `write_workbook`.
        excel: None for UTF-8 with commas between cells and points before decimals; ``"nl"`` as a
            Dutch Excel opens it (semicolons, decimal commas, a byte order mark), ``"en"`` as an
            English one does.

    Returns:
        The paths of the files, named by the lists, such as ``put_right.csv``.

    Raises:
        ArgumentError: there is no such language or sort of Excel, the key is too short, or the
            previous reading or the plan does not go with this reading.
        KlantkompasError: the folder cannot be made, or a file cannot be written.

    >>> from datetime import date
    >>> from klantkompas import Compass, Order, Portfolio
    >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
    >>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     paths = write_lists(reading, folder)
    >>> paths[0].suffix
    '.csv'
    """
    if excel is not None and excel not in EXCEL:
        raise ArgumentError(
            told("excel={excel}. {there}", excel=repr(excel), there=nearest(excel, EXCEL))
        )
    style = PLAIN if excel is None else EXCEL[excel]
    writer, where = writer_for(reading, language, pseudonyms), _folder(folder)
    return tuple(
        write_file(where / f"{each.name}.csv", _written(rows_of(writer, each), style))
        for each in work_lists(reading, previous, plan)
        if not each.missing
    )


def _folder(given: object) -> Path:
    folder = path_of(given)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise KlantkompasError(
            told("cannot be made a folder: {reason}", reason=reason_of(cause)),
            place=str(folder),
            remedy=told("Give the path of a folder"),
        ) from cause
    return folder


def _written(cells: ListCells, style: _Style) -> bytes:
    made = StringIO()
    rows = csv.writer(made, delimiter=style.separator, lineterminator=style.line_end)
    rows.writerow(map(safe_text, cells.headings))
    rows.writerows([_cell(value, style) for value in row] for row in cells.rows)
    return encodable(made.getvalue(), "utf-8").encode(style.encoding)


def _cell(value: Cell, style: _Style) -> str:
    match value:
        case None:
            return ""
        case str():
            return safe_text(value)
        case date():
            return value.isoformat()
    rounded = round(value, 10)
    written = repr(int(rounded) if rounded.is_integer() else rounded)
    return written.replace(".", style.decimal)
