r"""Where the rows of a text with separators end, quotation marks obeyed.

>>> layout = Layout.of(b'klant;naam\n1;"Jansen; zn"', ";")
>>> layout.widths.tolist(), layout.is_regular
([2, 2], True)
"""

from __future__ import annotations

import csv
import io
import re

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from klantkompas._told import told
from klantkompas.errors import DataError
from klantkompas.wording.writer import Writer

__all__ = ["BLOCK", "LINE_END", "QUOTE", "Layout", "are_regular", "requote", "too_long_to_quote"]

QUOTE, LINE_END = b'"\n'
BLOCK = 1 << 20
"""How many bytes are looked at together, so that they stay in the processor's cache."""


def too_long_to_quote(table: str, row: int | None) -> DataError:
    """Return the error about a value that is too long to look for its quotation marks.

    Args:
        table: the table.
        row: its row, from 1; None where it is among the first rows.
    """
    where = told("the first rows hold a value") if row is None else told("the row holds a value")
    return DataError(
        told(
            "{where} of more than {most} characters, and "
            "quotation marks or the headings are to be looked for in it",
            where=where,
            most=Writer().number(csv.field_size_limit()),
        ),
        table=table,
        row=row,
        remedy=told("Is this the right file? Leave such a value out"),
    )


def are_regular(content: bytes, heading: bytes, rows: int, separators: int, separator: str) -> bool:
    """Return whether all rows are as wide as the heading, and quoted by the book where they are.

    Only the lines with quotation marks are looked at one by one.

    Args:
        content: the text.
        heading: its first line.
        rows: how many line ends there are below that.
        separators: how many separators there are below that, those within values too.
        separator: what separates values.
    """
    start = len(heading) + 1
    characters = np.frombuffer(content, dtype=np.uint8, offset=start)
    quotes = np.flatnonzero(characters == QUOTE)
    if heading.count(b'"') % 2 or len(quotes) % 2:
        return False
    ends = np.flatnonzero(characters == LINE_END)
    # A line is quoted between its first opening mark and its last closing one, and so is every
    # line in between.
    opened, closed = (np.searchsorted(ends, quotes[at::2]) for at in (0, 1))
    lines = len(ends) + 2
    depth = np.bincount(opened, minlength=lines) - np.bincount(closed + 1, minlength=lines)
    turns = np.flatnonzero(np.diff(np.cumsum(depth) > 0, prepend=False))
    edges = start + np.append(0, ends + 1)
    spans = zip(edges[turns[::2]].tolist(), edges[turns[1::2]].tolist(), strict=True)
    quoted = b"".join(content[first:last] for first, last in spans)
    width = _regular_width(heading, separator)
    if quoted and _regular_width(quoted.removesuffix(b"\n"), separator) != width:
        return False
    others = rows - quoted.count(b"\n"), separators - quoted.count(separator.encode())
    return width > 0 and others[1] == others[0] * (width - 1)


def _regular_width(content: bytes, separator: str) -> int:
    """Return how many values each row has; 0 where they differ or are not quoted by the book."""
    layout = Layout.of(content, separator)
    width = int(layout.widths[0])
    return width if layout.is_regular and (layout.widths == width).all() else 0


@frozen(eq=False)
class Layout:
    r"""Where the rows of a text with separators end, quotation marks obeyed.

    Args:
        content: the text, in UTF-8.
        ends: where each row ends, the heading's first.
        widths: how many values each row has.
        is_regular: whether quotation marks stand only around whole values.
    """

    content: bytes
    ends: NDArray[np.intp]
    widths: NDArray[np.intp]
    is_regular: bool

    @classmethod
    def of(cls, content: bytes, separator: str) -> Layout:
        """Find the ends of the rows of a text.

        Args:
            content: the text, in UTF-8, without the line end of the last row.
            separator: the separator, one character.
        """
        framed = np.frombuffer(b"\n" + content + b"\n", dtype=np.uint8)
        characters = framed[1:-1]
        quotes = np.flatnonzero(characters == QUOTE)

        def outside_quotes(character: int) -> NDArray[np.intp]:
            places = np.flatnonzero(characters == character)
            outside: NDArray[np.intp] = places[np.searchsorted(quotes, places) % 2 == 0]
            return outside

        ends = np.append(outside_quotes(LINE_END), len(content))
        separators = outside_quotes(ord(separator))
        widths = np.diff(np.searchsorted(separators, ends), prepend=0) + 1
        beside = np.concatenate((framed[quotes[::2]], framed[quotes[1::2] + 2]))
        at_edges = np.isin(beside, (QUOTE, LINE_END, ord(separator))).all()
        return cls(content, ends, widths, len(quotes) % 2 == 0 and bool(at_edges))


def requote(text: str, separator: str, table: str) -> str:
    """Quote a text by the book; blanks between a value's quotation mark and its end may go."""
    try:
        return _quoted_by_the_book(text, separator, table)
    except DataError:
        ends = rf'"[ \t]+(?={re.escape(separator)}|\n|$)'
        closed = re.sub(ends, '"', text) if separator not in " \t" else text
        if closed == text:
            raise
        return _quoted_by_the_book(closed, separator, table)


def _quoted_by_the_book(text: str, separator: str, table: str) -> str:
    """Quote by the book a text in which quotation marks also stand within values, as inches do."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    requoted = io.StringIO(newline="")
    done = 0
    try:
        writer = csv.writer(requoted, delimiter=separator, lineterminator="\n")
        for row in rows:
            writer.writerow(row)
            done += 1
    except csv.Error as cause:
        if "field limit" in str(cause):
            raise too_long_to_quote(table, done or None) from None
        raise DataError(
            told(
                "a quotation mark opens a value in this row and does not close "
                "it where the value ends"
            ),
            table=table,
            row=done or None,
            remedy=told("Double the quotation marks that belong to the text"),
        ) from None
    return requoted.getvalue().removesuffix("\n")
