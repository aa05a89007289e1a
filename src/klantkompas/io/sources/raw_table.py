"""A table as it stands in a file: its headings, its cells, and where in the file they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from attrs import field, frozen

from klantkompas.domain.fields import Content
from klantkompas.errors import DataError
from klantkompas.io.headings.index import HeadingIndex, as_names
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars

__all__ = [
    "FIRST_ROWS",
    "HeadingRow",
    "RawTable",
    "Starts",
    "find_heading_row",
    "located",
    "stack",
    "titles_note",
]

FIRST_ROWS = 30
"""The headings stand in one of so many rows at the top (decided: domain, exports as they are)."""
HeadingRow = Callable[[Sequence[Sequence[str]]], tuple[int, int]]
"""Which of the first rows holds the headings, from 0; and how many of those wanted, -1: all."""
Starts = tuple[tuple[int, int, str], ...]
"""Where tables under each other begin: the row of the whole, the row of the headings, the name."""
TITLES_LEFT_OUT = mark("{count} above the headings left out: the headings are in row {detail}")


def find_heading_row(
    rows: Sequence[Sequence[str]], is_heading: Callable[[HeadingIndex], int]
) -> tuple[int, int]:
    """Return the position of the row of headings among the first rows of a sheet or text.

    Args:
        rows: the cells of the first rows.
        is_heading: takes a row's headings, and returns how many of the wanted ones it has; -1: all.

    Returns:
        The position, from 0, of the first row with all wanted headings, else of the first with most
        of them, else of the first that looks like headings; and how many the row has, -1: all.

    >>> find_heading_row([["Turnover", ""], ["", ""], ["a", "b"], ["1", "2"]], lambda index: 0)
    (2, 0)
    """
    best, most = -1, 0
    for position, cells in enumerate(rows):
        found = is_heading(HeadingIndex(_stripped(cells)))
        if found < 0:
            return position, found
        if found > most:
            best, most = position, found
    return (best if most else _looks_like_headings(rows)), most


def _stripped(cells: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in cells]


def _looks_like_headings(rows: Sequence[Sequence[str]]) -> int:
    filled = [sum(bool(cell.strip()) for cell in cells) for cells in rows]
    widest = max(filled, default=0)
    wide = [position for position, count in enumerate(filled) if 2 * count > widest]
    worded = (at for at in wide if not any(cell[:1].isdigit() for cell in _stripped(rows[at])))
    return next(worded, next(iter(wide), 0))


@frozen(eq=False, kw_only=True)
class RawTable:
    """The cells of one table as they are in the file, with their place for errors and notes.

    Args:
        headings: the headings as they stand in the file.
        frame: the cells, in the same order; text where the file has no types.
        heading_row: the row of the headings as a spreadsheet counts, from 1.
        name: the sheet's or file's name, where there are several.
        typed: for a column of a workbook in which types are mixed, the values of the cells that are
            typed as the content asks, null for the others; None where there are none.
        is_text: whether all of it was text, which only then became numbers where it may.
        starts: where the tables of several sheets or files begin: the row of the frame, the row
            of the headings there, and the name.
        unreadable: a byte of the file that is not a character, if any; where one was, the cells
            have U+FFFD.
        notes: what was odd.
    """

    headings: tuple[str, ...] = field(converter=as_names)
    frame: polars.DataFrame
    heading_row: int = 1
    name: str = ""
    typed: Callable[[int, Content], polars.Series | None] = lambda position, content: None
    is_text: bool = False
    starts: Starts = ()
    unreadable: int | None = None
    notes: tuple[DataNote, ...] = ()

    @cached_property
    def index(self) -> HeadingIndex:
        """An index that finds the headings by name."""
        return HeadingIndex(self.headings)

    @cached_property
    def parts(self) -> polars.Series:
        """For each row, in which of several sheets or files it stands, from 1; 0 where in one."""
        import polars

        starts = polars.Series([start for start, _, _ in self.starts], dtype=polars.Int64)
        rows = polars.Series(range(self.frame.height), dtype=polars.Int64)
        return starts.search_sorted(rows, side="right")

    def spreadsheet_row(self, position: int) -> str:
        """Return the row's number in a spreadsheet for a position in the frame."""
        for start, heading_row, name in reversed(self.starts):
            if position >= start:
                return f"{heading_row + 1 + position - start} of {name}"
        return str(self.heading_row + 1 + position)


def titles_note(table: str, heading_row: int, count: int) -> tuple[DataNote, ...]:
    """Return a note on the rows above the headings; empty where there are none."""
    if not count:
        return ()
    return (DataNote(TITLES_LEFT_OUT, table=table, count=count, detail=str(heading_row)),)


def located(error: DataError, starts: Starts, position: int | None = None) -> DataError:
    """Return an error about a row of stacked tables as one about a row of its own table.

    Args:
        error: the error.
        starts: where the tables begin.
        position: the row of the whole, from 0; the error's own where it is not given.
    """
    if error.row is None or not starts:
        return error
    position = error.row - 1 if position is None else position
    start, _, name = max(each for each in starts if each[0] <= position)
    return error.located(position - start + 1, file=name)


def stack(raws: Sequence[RawTable]) -> RawTable:
    """Return tables with the same headings as one table, their rows one after another.

    Args:
        raws: one table or more; columns that one lacks are empty there.

    Returns:
        One table; a column whose types differ is text.
    """
    import polars

    if len(raws) == 1:
        return raws[0]
    first = raws[0]
    headings = list(first.headings)
    frames = list[polars.DataFrame]()
    for raw in raws:
        index = HeadingIndex(headings)
        places, taken = list[int](), set[int]()
        for heading in raw.headings:
            found = next((at for at in index.positions(heading) if at not in taken), None)
            if found is None:
                found = len(headings)
                headings.append(heading)
            taken.add(found)
            places.append(found)
        keys = HeadingIndex(headings).keys
        frames.append(
            raw.frame.rename(dict(zip(raw.index.keys, map(keys.__getitem__, places), strict=True)))
        )
    keys = HeadingIndex(headings).keys
    schemas = [frame.schema for frame in frames]
    types = {key: {schema[key] for schema in schemas if key in schema} for key in keys}
    differing = [key for key in keys if len(types[key]) > 1]
    alike = [
        frame.with_columns(polars.col(key).cast(polars.String) for key in differing if key in frame)
        for frame in frames
    ]
    return RawTable(
        headings=headings,
        frame=polars.concat(alike, how="diagonal"),
        heading_row=first.heading_row,
        is_text=all(raw.is_text for raw in raws),
        starts=tuple(
            (start, raw.heading_row, raw.name)
            for start, raw in zip(accumulate([0, *(f.height for f in frames)]), raws, strict=False)
        ),
        unreadable=next((raw.unreadable for raw in raws if raw.unreadable is not None), None),
        notes=tuple(note for raw in raws for note in raw.notes),
    )
