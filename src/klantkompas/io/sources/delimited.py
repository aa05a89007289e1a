r"""Text files with separators: the encoding, the separator, and whether every row is whole.

The cells stay text; what they mean is decided by column, elsewhere. Where the first rows decide,
polars makes numbers of them as it cuts the rows into cells, which is hardly more work.

>>> raw = read_delimited(b"klant;bedrag\r\n0001;1,50\r\n", table="orders")
>>> raw.headings, raw.frame.rows()
(('klant', 'bedrag'), [('0001', '1,50')])
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import islice
from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from klantkompas._told import told
from klantkompas.errors import DataError
from klantkompas.io.headings.index import unique_headings
from klantkompas.io.sources.decoding import decode
from klantkompas.io.sources.limits import DEFAULT_LIMITS, Limits, too_long
from klantkompas.io.sources.quotation import (
    BLOCK,
    LINE_END,
    QUOTE,
    Layout,
    are_regular,
    requote,
    too_long_to_quote,
)
from klantkompas.io.sources.ragged import Rows, evened, unwrapped
from klantkompas.io.sources.raw_table import FIRST_ROWS, HeadingRow, RawTable, titles_note

if TYPE_CHECKING:
    import polars
    from polars._typing import PolarsDataType

__all__ = ["TypesOf", "read_delimited"]

_SEPARATORS = (";", "\t", "|", ",")
_SEPARATOR_LINE = re.compile(rb'"?sep=([\t -~])"?(?:\n|$)', re.IGNORECASE)
_LOOKED_AT = 65_536
_TELLING = 100
"""So many of the first rows tell the types of their columns."""
_POINT, _ZERO = b".0"
_CACHED = 1 << 18
"""So many bytes, and what is made of them, stay in the processor's own memory."""

_Types = Mapping[int, "PolarsDataType"]
TypesOf = Callable[[list[str], "polars.DataFrame"], _Types]


def read_delimited(
    content: bytes,
    *,
    table: str,
    types_of: TypesOf = lambda headings, head: {},
    heading_row: HeadingRow = lambda rows: (0, -1),
    limits: Limits = DEFAULT_LIMITS,
) -> RawTable:
    """Return a text file with headings and separators as a table of text.

    Args:
        content: the file's bytes.
        table: the table's name, for errors and notes.
        types_of: takes the headings and the first rows, and returns the type of each column
            (counted from 0) that holds floats or booleans as programs write them; where one value
            is not of that type, all columns stay text.
        heading_row: takes the first rows, and returns the position of the one with the headings,
            and whether it surely is.
        limits: how long a value may be.

    Returns:
        The headings as they stand in the file, the cells, and notes. Rows that are narrower than
        the headings, as blank rows, titles and footers are, are filled up (`evened`).

    Raises:
        DataError: the file is empty, is not text, holds a value that is too long, or has rows of
            unequal length.
    """
    try:
        return _read_table(content, table, types_of, heading_row, limits)
    except csv.Error:  # of the first rows, of which no value is so long
        raise too_long_to_quote(table, None) from None


def _read_table(
    content: bytes, table: str, types_of: TypesOf, heading_row: HeadingRow, limits: Limits
) -> RawTable:
    from polars.exceptions import PolarsError

    decoded = decode(content, table)
    content = decoded.text
    whole, content = content, _without_blank_ends(content)
    above = len(whole) - len(whole.lstrip(b"\n"))
    stated = _SEPARATOR_LINE.match(content)
    if stated:
        above += 1
        content = content[stated.end() :].lstrip(b"\n")
    else:
        content = unwrapped(content)
    if _is_blank(content):
        raise DataError(told("the file is empty: a row of headings was expected"), table=table)
    separator = stated[1].decode() if stated else _find_separator(content, heading_row)
    _refuse_long(content, separator, table, limits)
    titles, content = _cut_titles(content, separator, heading_row)
    heading = content[: content.index(b"\n")]
    rows, separators, quotes, loose_points = _marks(content, len(heading) + 1, separator)
    if quotes > rows:  # most rows have some, so that each has to be looked at
        is_regular = False
    elif quotes or b'"' in heading:
        is_regular = are_regular(content, heading, rows, separators, separator)
    else:
        # Where some row is narrower, another is wider, which polars refuses to read.
        is_regular = separators == rows * heading.count(separator.encode())
    if not is_regular:
        heading, content = _by_the_book(content, separator, table)
    try:
        frame = None if loose_points else _read_typed(content, heading, separator, types_of)
        if frame is None:
            frame = _read(content, heading, separator)
    except PolarsError:  # a row is wider
        heading, content = _by_the_book(content, separator, table)
        frame = _read(content, heading, separator)
    names = _names(heading, separator)
    frame.columns = unique_headings(names)
    return RawTable(
        headings=names,
        frame=frame,
        heading_row=above + titles + 1,
        is_text=True,
        unreadable=decoded.unreadable,
        notes=(*decoded.notes, *titles_note(table, above + titles + 1, titles)),
    )


def _without_blank_ends(content: bytes) -> bytes:
    """Leave out blank rows at the start and end, copying nothing where there are none."""
    content = content.lstrip(b"\n")
    tail = content[-_LOOKED_AT:]
    if not tail.strip(b" \n"):
        tail = content
    filled = len(content) - len(tail) + len(tail.rstrip(b" \n"))
    end = content.find(b"\n", filled)
    return content + b"\n" if end < 0 else content[: end + 1]


def _is_blank(content: bytes) -> bool:
    head = content[:_LOOKED_AT].decode(errors="ignore")
    return not head.strip() and not content.decode().strip()


def _refuse_long(content: bytes, separator: str, table: str, limits: Limits) -> None:
    """Refuse a value that is far longer than is allowed, before it is copied."""
    marks = b"\n", separator.encode()
    longest, end = limits.cell_length + BLOCK, -1
    while end + longest < len(content):
        begin = end + 1
        end = max(content.rfind(mark, begin, begin + longest + 1) for mark in marks)
        if end < 0:
            row = content.count(b"\n", 0, begin)
            if not row:
                raise too_long_to_quote(table, None)
            ends = [content.find(mark, begin) for mark in marks]
            size = min((at for at in ends if at >= 0), default=len(content)) - begin
            raise too_long(size, table, row=row)


def _cut_titles(content: bytes, separator: str, heading_row: HeadingRow) -> tuple[int, bytes]:
    """Cut off the rows above the headings, and say how many they were."""
    head = content[:_LOOKED_AT].decode(errors="ignore")
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
    rows, ends = list[list[str]](), [0]
    for row in islice(reader, FIRST_ROWS):
        rows.append(row)
        ends.append(reader.line_num)
    titles, _ = heading_row(rows)
    cut = 0
    for _ in range(ends[titles]):
        cut = content.index(b"\n", cut) + 1
    return titles, content[cut:] if cut else content


def _find_separator(content: bytes, heading_row: HeadingRow) -> str:
    """Choose the separator that cuts the first rows most evenly, and then most finely.

    Where it does not show all wanted headings, and another does, that one is the separator.
    """
    head = content[:_LOOKED_AT].decode(errors="ignore")
    scores: dict[str, tuple[float, int]] = {}
    found: dict[str, list[list[str]]] = {}
    for separator in _SEPARATORS:
        rows = list(islice(csv.reader(io.StringIO(head), delimiter=separator), 100))
        if len(content) > _LOOKED_AT and 1 < len(rows) < 100:
            rows.pop()  # it may have been cut off
        widths = [len(row) for row in rows]
        usual, count = Counter(widths).most_common(1)[0]
        found[separator] = rows[:FIRST_ROWS]
        if usual > 1:
            scores[separator] = (count / len(widths), usual)
    best = sorted(found, key=lambda separator: scores.get(separator, (0, 0)), reverse=True)
    for separator in best:
        row, wanted = heading_row(found[separator])
        if wanted < 0 and len(found[separator][row]) > 1:
            return separator
    if scores:
        return best[0]
    return next(each for each in (*_SEPARATORS, "\x1f") if each.encode() not in content)


def _names(heading: bytes, separator: str) -> list[str]:
    return [name.strip() for name in next(csv.reader([heading.decode()], delimiter=separator))]


def _read(
    content: bytes, heading: bytes, separator: str, types: _Types | None = None
) -> polars.DataFrame:
    import polars

    width = len(_names(heading, separator))
    schema = {str(place): (types or {}).get(place, polars.String) for place in range(width)}
    if len(content) <= len(heading) + 1:
        return polars.DataFrame(schema=schema)
    return polars.read_csv(
        content, has_header=False, skip_rows=1, separator=separator, schema=schema
    )


def _read_typed(
    content: bytes, heading: bytes, separator: str, types_of: TypesOf
) -> polars.DataFrame | None:
    """Read the columns as `types_of` says; None where they cannot be, or there are few rows."""
    from polars import selectors
    from polars.exceptions import PolarsError

    head = content[: content.rfind(b"\n", len(heading) + 1, len(heading) + _LOOKED_AT) + 1]
    if not head or len(head) == len(content):
        return None
    first = b"".join(head.splitlines(keepends=True)[: _TELLING + 1])
    few = head if b'"' in head else first
    try:
        types = types_of(_names(heading, separator), _read(few, heading, separator))
        if not types:
            return None
        frame = _read(content, heading, separator, types)
    except PolarsError:  # a value is something else, or a row is wider
        return None
    # Where any number is not finite, their sum is not.
    floats = frame.select(selectors.float()).iter_columns()
    return frame if all(isfinite(column.sum()) for column in floats) else None


def _marks(content: bytes, start: int, separator: str) -> tuple[int, int, int, int]:
    """Count line ends, separators, quotation marks, and points with a digit on one side only.

    Such points, as in ``5.`` and ``.5e3``, are the one way in which polars reads floats that are
    none by `klantkompas.io.parsing.numbers`.
    """
    characters = np.frombuffer(content, dtype=np.uint8)
    counts = np.zeros(4, dtype=np.int64)
    for at in range(start, len(content), _CACHED):
        block = characters[at : at + _CACHED]
        around = characters[at - 1 : at + _CACHED + 1]
        is_digit = around - _ZERO < 10
        loose = (block[: len(around) - 2] == _POINT) & (is_digit[:-2] != is_digit[2:])
        marks = (block == LINE_END, block == ord(separator), block == QUOTE, loose)
        counts += [np.count_nonzero(each) for each in marks]
    lines, separators, quotes, points = counts.tolist()
    return lines, separators, quotes, points


def _by_the_book(content: bytes, separator: str, table: str) -> tuple[bytes, bytes]:
    """Check the quotation marks and the width of every row; give the heading and the content."""
    layout = Layout.of(content.removesuffix(b"\n"), separator)
    if not layout.is_regular:
        layout = Layout.of(
            requote(content.decode().removesuffix("\n"), separator, table).encode(), separator
        )
    width = layout.widths[0]
    if (layout.widths != width).any():
        rows = Rows.of(layout.content, layout.ends, layout.widths, separator.encode())
        layout = Layout.of(evened(rows), separator)
    odd = np.flatnonzero(layout.widths != width)
    if len(odd):
        found = int(layout.widths[odd[0]])
        raise DataError(
            told(
                "the number of values in the row is {found}, in the heading "
                "{width} (separated by {separator})",
                found=found,
                width=width,
                separator=repr(separator),
            ),
            table=table,
            row=int(odd[0]),
            remedy=told("Put quotation marks around a value that holds a separator")
            if found > width
            else told("Write a separator for each value that is left away"),
        )
    return layout.content[: layout.ends[0]], layout.content
