r"""Rows of a text with separators that are not as wide as the headings, and are whole all the same.

What is there beside the headings may be empty, at the end of the rows or of the headings; and what
stands below a table, such as ``2;records``, is no row of it.

>>> content = b"a;b;c;d\n1;2;3;4;\n2;records"
>>> import numpy as np
>>> rows = Rows.of(content, np.array([7, 16, 26]), np.array([4, 5, 2]), b";")
>>> evened(rows)
b'a;b;c;d\n1;2;3;4\n2;records;;'
"""

from __future__ import annotations

import csv

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from klantkompas.io.sources.left_out import is_footer

__all__ = ["Rows", "evened", "unwrapped"]

_FIRST, _LOOKED_AT = 100, 65_536
_SEPARATORS = (",", ";", "\t", "|")


@frozen(eq=False)
class Rows:
    """The rows of a text, the headings' first.

    Args:
        content: the text, in UTF-8.
        starts: where each row begins.
        ends: where each row ends.
        widths: how many values each row has.
        separator: what separates them.
    """

    content: bytes
    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    widths: NDArray[np.intp]
    separator: bytes

    @classmethod
    def of(
        cls, content: bytes, ends: NDArray[np.intp], widths: NDArray[np.intp], separator: bytes
    ) -> Rows:
        """Return the rows of a text by where they end."""
        return cls(content, np.append(0, ends[:-1] + 1), ends, widths, separator)

    def __getitem__(self, row: int) -> bytes:
        return self.content[self.starts[row] : self.ends[row]]

    def empty_ends(self, row: int) -> int:
        """Count the empty values at the end of a row."""
        text = self[row]
        return len(text) - len(text.rstrip(self.separator))

    def is_footer(self, row: int) -> bool:
        """Return whether a row is too short for one of the table, and reads as a footer does."""
        return is_footer(self[row].decode().split(self.separator.decode()))


def evened(rows: Rows) -> bytes:
    """Return a text of which the rows that may be uneven are as wide as the headings.

    Args:
        rows: the rows; of those that are wider or narrower than the headings and may not be, none
            is changed.

    Returns:
        The text. Empty values that stand beyond the headings are left out. Filled up are rows of
        one value, those that lack no more than the headings have empty at their end, and footers
        below the last whole row.
    """
    width = int(rows.widths[0])
    uneven = np.flatnonzero(rows.widths != width)
    whole = np.flatnonzero(rows.widths >= width)[-1]
    spare = rows.empty_ends(0)
    done, parts = 0, list[bytes]()
    for row in uneven.tolist():
        missing = width - int(rows.widths[row])
        if missing < 0:
            if rows.empty_ends(row) >= -missing:
                parts.append(rows.content[done : rows.ends[row] + missing])
                done = int(rows.ends[row])
        elif rows.widths[row] == 1 or missing <= spare or (row > whole and rows.is_footer(row)):
            parts.append(rows.content[done : rows.ends[row]] + rows.separator * missing)
            done = int(rows.ends[row])
    return b"".join([*parts, rows.content[done:]])


def unwrapped(content: bytes) -> bytes:
    r"""Return a text without the quotation marks around whole rows of it.

    A spreadsheet that takes another separator than the export has puts them there when it saves.

    Args:
        content: the text, in UTF-8.

    Returns:
        The text; the same where there is no row among the first that is one quoted value, and as
        wide as the headings without its quotation marks.

    >>> unwrapped(b'a,b,c\n"1,""2,5"",3"\n3,4,5\n')
    b'a,b,c\n1,"2,5",3\n3,4,5\n'
    """
    head = content[:_LOOKED_AT].split(b"\n")[:_FIRST]
    if not any(map(_is_wrapped, head)):
        return content
    separator, width = max(
        ((each, _width(_bare(head[0]), each)) for each in _SEPARATORS), key=lambda each: each[1]
    )
    if width < 2 or not any(_is_whole(line, separator, width) for line in head):
        return content
    lines = content.split(b"\n")
    return b"\n".join(_bare(line) if _is_whole(line, separator, width) else line for line in lines)


def _is_wrapped(line: bytes) -> bool:
    return line[:1] == b'"' == line[-1:] and len(line) > 2


def _bare(line: bytes) -> bytes:
    return line[1:-1].replace(b'""', b'"') if _is_wrapped(line) else line


def _width(line: bytes, separator: str) -> int:
    return len(next(csv.reader([line.decode()], delimiter=separator), ()))


def _is_whole(line: bytes, separator: str, width: int) -> bool:
    """Return whether a line is one quoted value that holds a row."""
    one = _is_wrapped(line) and _width(line, separator) == 1
    return one and _width(_bare(line), separator) == width
