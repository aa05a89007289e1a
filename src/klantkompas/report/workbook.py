"""The lists to work from as a workbook: a sheet each, with columns to fill in.

>>> import tempfile
>>> from datetime import date
>>> from klantkompas import Compass, Order, Portfolio
>>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
>>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
>>> with tempfile.TemporaryDirectory() as folder:
...     path = write_workbook(reading, Path(folder, "lists.xlsx"))
...     path.stat().st_size > 1000
True

>>> from datetime import date
>>> from klantkompas import Compass, Order, Portfolio
>>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
>>> reading = Compass(installed=False).read(Portfolio.from_records(orders))
>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     write_workbook(reading, Path(folder, "lists.xlsx")).name
'lists.xlsx'
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from textwrap import wrap
from typing import IO, Any, TypeVar, overload

from klantkompas._printable import encodable, shown
from klantkompas._told import told
from klantkompas.compass import Reading
from klantkompas.errors import ArgumentError, MissingExtraError
from klantkompas.io.sources.contents import path_of
from klantkompas.io.write_file import write_file, write_to
from klantkompas.report.list_cells import FILLED_IN, Cell, ListCells, rows_of, writer_for
from klantkompas.report.writer import PageWriter
from klantkompas.reviews.compare import Review
from klantkompas.reviews.letting_go import LettingGoPlan
from klantkompas.reviews.recorded import RecordedReading
from klantkompas.reviews.work_list import WorkList
from klantkompas.reviews.work_lists import WorkLists, work_lists
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import sentence

__all__ = ["write_workbook"]

OVERVIEW = mark("Overview")
AS_OF = mark("Lists to work from, as of {day}")
HOW = (
    mark("Each list has a sheet of its own, with a filter on every heading."),
    mark("The yellow columns are for you: who did what, when, and why they buy or do not."),
    mark("Customers who object to profiling are on no list."),
)
CUT_OFF = mark("the first {shown} of {number}: a sheet holds no more")
MOST_ROWS = 1_048_575
"""How many rows a sheet holds below its headings."""
LONGEST = 32_767
"""How many characters a cell holds."""
WIDEST = {"why": 44, "step": 40, "name": 26, "customer": 24}
"""How wide a column becomes at most, in characters; longer texts go on below (decided)."""
NARROWEST, FOR_PEOPLE = 8, {"by": 12, "on": 12, "done": 26, "buys": 20, "buys_not": 20}
LINE_HEIGHT = 15
"""How high a line of text is, in points."""
MOST_LINES = 27
"""How many lines a row shows at most: a row is at most 409 points high."""
FIRST_DAY = date(2000, 1, 1)
FileT = TypeVar("FileT", bound=IO[bytes])


@overload
def write_workbook(
    reading: Reading,
    file: str | os.PathLike[str],
    *,
    previous: Review | Reading | RecordedReading | None = None,
    plan: LettingGoPlan | None = None,
    language: str = "en",
    pseudonyms: str | bytes | None = None,
) -> Path: ...
@overload
def write_workbook(
    reading: Reading,
    file: FileT,
    *,
    previous: Review | Reading | RecordedReading | None = None,
    plan: LettingGoPlan | None = None,
    language: str = "en",
    pseudonyms: str | bytes | None = None,
) -> FileT: ...
def write_workbook(
    reading: Reading,
    file: Any,
    *,
    previous: Review | Reading | RecordedReading | None = None,
    plan: LettingGoPlan | None = None,
    language: str = "en",
    pseudonyms: str | bytes | None = None,
) -> Any:
    """Write the lists to work from as a workbook. Needs the extra `workbook`.

    Every list has a sheet with who, why and what to do, and columns to fill in: who did what, when,
    and why the customer buys or does not. `read_workbook` reads those back. No text of the data
    becomes a formula or a link.

    Args:
        reading: the reading.
        file: the file to write, whose name ends in ``.xlsx``, or a file open for writing bytes; an
            older file is replaced when the new one is whole.
        previous: the reading of the last review, or the review, as for `work_lists`.
        plan: the plan for letting go by this reading.
        language: ``"en"`` or ``"nl"``.
        pseudonyms: a key (a secret text of 16 characters or more); customers are then called by
            pseudonyms, the same ones in every report with that key.

    Returns:
        The path of the workbook, or the open file.

    Raises:
        ArgumentError: the path ends otherwise, there is no such language, the key is too short, or
            the previous reading or the plan does not go with this reading.
        MissingExtraError: the extra `workbook` is not installed.
        KlantkompasError: the file cannot be written.
    """
    is_open = hasattr(file, "write")
    target = None if is_open else _target(file)
    lists = work_lists(reading, previous, plan)
    content = _workbook(lists, reading, writer_for(reading, language, pseudonyms))
    return write_to(file, content) if target is None else write_file(target, content)


def _target(file: object) -> Path:
    target = path_of(file)
    if target.suffix.lower() != ".xlsx":
        raise ArgumentError(
            told(
                "a workbook is a file in Excel's format, which {name} does not end as",
                name=shown(target.name),
            ),
            remedy=told("Give a path that ends in .xlsx"),
        )
    return target


def _workbook(lists: WorkLists, reading: Reading, writer: PageWriter) -> bytes:
    try:
        from xlsxwriter import Workbook  # type: ignore[import-untyped]
    except ImportError as cause:
        raise MissingExtraError("workbook", told("writing a workbook")) from cause
    made = BytesIO()
    workbook = Workbook(made, {"in_memory": True})
    # Nothing in a file says when it was made: the same reading gives the same bytes.
    workbook.set_properties(
        {
            "title": writer.say(sentence(AS_OF, day=reading.as_of)),
            "created": datetime.combine(reading.as_of, datetime.min.time()),
        }
    )
    sheets = _Sheets(workbook, writer)
    overview = sheets.add(writer.text(OVERVIEW))
    sheets.write_overview(overview, lists, reading)
    for each in lists:
        if not each.missing:
            sheets.write_list(sheets.add(writer.text(each.title)), each)
    workbook.close()
    return made.getvalue()


class _Sheets:
    """Writes sheets of a workbook, in its formats."""

    def __init__(self, workbook: Any, writer: PageWriter) -> None:
        self._workbook, self._writer = workbook, writer
        top = {"valign": "top", "bottom": 1, "bottom_color": "#C9D1D9"}
        self._told = workbook.add_format({"text_wrap": True, "valign": "top"})
        self._title = workbook.add_format({"bold": True, "font_size": 14})
        self._heading = workbook.add_format(
            {"bold": True, "text_wrap": True, "bg_color": "#E8EDF2", **top}
        )
        self._text = workbook.add_format({"text_wrap": True, **top})
        self._money = workbook.add_format({"num_format": "#,##0.00", **top})
        self._whole = workbook.add_format({"num_format": "#,##0", **top})
        self._day = workbook.add_format({"num_format": 14, "align": "left", **top})
        yellow = {"valign": "top", "bg_color": "#FFF8DC", "border": 1, "border_color": "#D8CFA8"}
        self._open = workbook.add_format({"text_wrap": True, "num_format": "@", **yellow})
        self._open_day = workbook.add_format({"num_format": 14, "align": "left", **yellow})
        self._link = workbook.get_default_url_format()

    def add(self, name: str) -> Any:
        """Add a sheet that prints well: on its side, as wide as the page, pages numbered."""
        sheet = self._workbook.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&L&A&R&P / &N")
        return sheet

    def write_overview(self, sheet: Any, lists: WorkLists, reading: Reading) -> None:
        """Write which lists there are, how many customers each has, and what one could not say."""
        say = self._writer.say
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 90, self._told)
        sheet.write_string(0, 0, say(sentence(AS_OF, day=reading.as_of)), self._title)
        for row, line in enumerate(HOW, start=1):
            sheet.write_string(row, 0, self._writer.text(line))
        for row, each in enumerate(lists, start=len(HOW) + 2):
            title, opening = self._writer.text(each.title), say(each.opening)
            if each.missing:
                sheet.write_string(row, 0, title)
            else:
                sheet.write_url(row, 0, f"internal:'{title}'!A1", self._link, title)
            if len(each) > MOST_ROWS:
                cut = say(sentence(CUT_OFF, shown=MOST_ROWS, number=len(each)))
                opening = f"{opening} ({cut})"
            sheet.write_string(row, 1, opening, self._told)

    def write_list(self, sheet: Any, listed: WorkList) -> None:
        """Write a list, and the columns to fill in."""
        cells = rows_of(self._writer, listed[:MOST_ROWS])
        headings = [*cells.headings, *map(self._writer.text, FILLED_IN.values())]
        widths = [*_widths(cells), *FOR_PEOPLE.values()]
        for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, self._heading)
        sheet.set_row(0, LINE_HEIGHT * _lines(headings, [width - 3 for width in widths]))
        for row, values in enumerate(cells.rows, start=1):
            sheet.set_row(row, LINE_HEIGHT * _lines(values, widths))
            for column, (name, value) in enumerate(zip(cells.columns, values, strict=True)):
                self._write(sheet, row, column, name, value)
            for column, name in enumerate(FILLED_IN, start=len(values)):
                sheet.write_blank(row, column, None, self._open_day if name == "on" else self._open)
        rows, when = max(len(cells.rows), 1), len(cells.columns) + [*FILLED_IN].index("on")
        sheet.data_validation(
            1, when, rows, when, {"validate": "date", "criteria": ">=", "value": FIRST_DAY}
        )
        sheet.autofilter(0, 0, rows, len(headings) - 1)
        sheet.freeze_panes(1, 2 if "name" in cells.columns else 1)

    def _write(self, sheet: Any, row: int, column: int, name: str, value: Cell) -> None:
        match value:
            case str():
                sheet.write_string(row, column, _fitting(value), self._text)
            case date():
                sheet.write_datetime(row, column, value, self._day)
            case float():
                sheet.write_number(
                    row, column, value, self._money if name == "revenue" else self._whole
                )
            case None:
                sheet.write_blank(row, column, None, self._text)


def _fitting(text: str) -> str:
    """Return a text as a cell can hold it: no longer than that, and with no half of a character."""
    return encodable(text, "utf-8")[:LONGEST]


def _widths(cells: ListCells) -> Sequence[float]:
    """Return how wide the columns have to be, in characters."""
    found = list[float]()
    for at, (name, heading) in enumerate(zip(cells.columns, cells.headings, strict=True)):
        longest = max((_length(row[at]) for row in cells.rows), default=0)
        # The arrow of the filter stands beside the heading.
        found.append(min(max(longest + 2, len(heading) + 4, NARROWEST), WIDEST.get(name, 18)))
    return found


def _length(value: Cell) -> int:
    match value:
        case str():
            return max(map(len, value.split("\n")))
        case float():
            return len(str(int(value))) + len(",000,000.00")
    return 10


def _lines(values: Sequence[Cell], widths: Sequence[float]) -> int:
    """Return on how many lines the texts of a row fit; not every program finds that out itself."""
    lines = 1
    for value, width in zip(values, widths, strict=False):
        if isinstance(value, str) and (len(value) > width or "\n" in value):
            pieces = value[: MOST_LINES * int(width)].split("\n")
            lines = max(lines, sum(max(len(wrap(each, int(width))), 1) for each in pieces))
    return min(lines, MOST_LINES)
