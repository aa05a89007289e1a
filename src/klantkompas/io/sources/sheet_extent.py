r"""Where the cells of a sheet in XML reach from and to.

Most sheets are surely small by the references that stand in them, which a pattern finds out in a
second for a hundred megabytes; for the others a parser of XML does, which takes far longer.

>>> sheet = b'<sheetData><row r="1"><c r="B2"><v>1</v></c><c r="D9" s="1"/></row></sheetData>'
>>> plain_extent([sheet])
Extent(first_row=2, last_row=2, first_column=2, last_column=2)
>>> extent_of(lambda: [sheet], 50_000_000) is None
True
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from xml.parsers import expat

from attrs import frozen

from klantkompas._printable import shown

__all__ = ["Extent", "extent_of", "plain_extent"]

_ROWS, _COLUMNS = 1_048_576, 16_384
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_LONGEST_TAG = 1 << 16


@frozen
class Extent:
    """The first and last row and column that hold a value, from 1; by default no cell does.

    Args:
        first_row: the first row.
        last_row: the last row.
        first_column: the first column.
        last_column: the last column.

    >>> Extent(1, 10, 1, 27).cells, Extent(1, 10, 1, 27).last_cell, Extent().cells
    (270, 'AA10', 0)
    """

    first_row: int = _ROWS + 1
    last_row: int = 0
    first_column: int = _COLUMNS + 1
    last_column: int = 0

    def __or__(self, other: Extent) -> Extent:
        """Return the smallest extent that holds both."""
        return Extent(
            min(self.first_row, other.first_row),
            max(self.last_row, other.last_row),
            min(self.first_column, other.first_column),
            max(self.last_column, other.last_column),
        )

    @property
    def cells(self) -> int:
        """The number of cells between them; 0 where no cell holds a value."""
        rows = self.last_row - self.first_row + 1
        return max(rows, 0) * max(self.last_column - self.first_column + 1, 0)

    @property
    def last_cell(self) -> str:
        """The reference of the last cell, such as 'AA10'."""
        letters, column = "", self.last_column
        while column:
            column, letter = divmod(column - 1, 26)
            letters = chr(ord("A") + letter) + letters
        return f"{letters}{self.last_row}"


@frozen
class _Grid:
    """A size of sheets, and what is not a cell of such a sheet as programs write cells.

    Args:
        cells: more cells than it has, from the first to the last.
        foreign: a cell without a reference to one of its columns and rows as first attribute.
    """

    cells: int
    foreign: re.Pattern[bytes]

    @classmethod
    def of(cls, columns: int, letters: bytes, rows: int, digits: bytes) -> _Grid:
        return cls(
            columns * rows, re.compile(rb'<c(?=[\s/>])(?!\s+r="' + letters + digits + rb'")')
        )

    def holds(self, blocks: Iterable[bytes]) -> bool:
        """Return whether every cell of a sheet surely is one of such a sheet."""
        rest = b""
        for block in blocks:
            text = rest + block
            cut = text.rfind(b"<")
            text, rest = text[:cut], text[cut:]
            if len(rest) > _LONGEST_TAG or not self._holds(text):
                return False
        return self._holds(rest)

    def _holds(self, text: bytes) -> bool:
        is_prefixed = b":c" in text and _PREFIXED.search(text)
        return not (is_prefixed or self.foreign.search(text) or b"\0" in text)


_PREFIXED = re.compile(rb"<[^\s<>/?!:\"]+:c[\s/>]")
_GRIDS = (
    _Grid.of(26, rb"[A-Z]", 1_050_000, rb"(?:[0-9]{1,6}|10[0-4][0-9]{4})"),
    _Grid.of(104, rb"[A-C]?[A-Z]", 400_000, rb"[0-3]?[0-9]{1,5}"),
    _Grid.of(702, rb"[A-Z]{1,2}", 70_000, rb"[0-6]?[0-9]{1,4}"),
    _Grid.of(18_278, rb"[A-Z]{1,3}", 2_000, rb"[01]?[0-9]{1,3}"),
)


def extent_of(blocks: Callable[[], Iterable[bytes]], cells: int) -> Extent | None:
    """Return where the cells with a value reach from and to, where these may be many cells.

    Args:
        blocks: gives the text of the sheet, as often as it is asked to.
        cells: how many are not many.

    Returns:
        The extent; None where it surely spans no more cells than that.

    Raises:
        ValueError: it is not XML, or a reference is not one of a sheet.
    """
    if any(grid.cells <= cells and grid.holds(blocks()) for grid in _GRIDS):
        return None
    return plain_extent(blocks())


class _Cells:
    """What a parser of XML meets: where the cells with a value are."""

    def __init__(self) -> None:
        self.extent, self.row, self.column, self.holds_value = Extent(), 0, 0, False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        elif tag == "c":
            self.row, self.column = self._place(attributes.get("r"))
        self.holds_value = tag in ("v", "t")

    def _place(self, reference: str | None) -> tuple[int, int]:
        row, column = self.row, self.column + 1
        if reference is not None:
            written = _REFERENCE.fullmatch(reference)
            row, column = int(written[2]) if written else 0, 0
            for letter in written[1].lower() if written else "":
                column = 26 * column + ord(letter) - ord("a") + 1
        if not (1 <= row <= _ROWS and 1 <= column <= _COLUMNS):
            raise ValueError(f"a cell has the reference {shown(reference)}, which no sheet has")
        return row, column

    def text(self, _text: str) -> None:
        if self.holds_value:
            self.extent |= Extent(self.row, self.row, self.column, self.column)

    def end(self, _tag: str) -> None:
        self.holds_value = False


def plain_extent(blocks: Iterable[bytes]) -> Extent:
    """Return where the cells with a value reach from and to, by a parser of XML.

    Args:
        blocks: the text of the sheet.

    Raises:
        ValueError: it is not XML, or a reference is not one of a sheet.
    """
    found = _Cells()
    parser = expat.ParserCreate()
    parser.StartElementHandler = found.start
    parser.CharacterDataHandler = found.text
    parser.EndElementHandler = found.end
    try:
        for block in blocks:
            parser.Parse(block)
        parser.Parse(b"", True)
    except expat.ExpatError as cause:
        raise ValueError(f"a sheet is not written in XML: {cause}") from cause
    return found.extent
