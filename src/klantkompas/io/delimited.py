r"""Text files with separators: the encoding, the separator, and whether every row is whole.

The cells stay text; what they mean is decided by column, elsewhere.

>>> headings, frame, notes = read_delimited(b"klant;bedrag\r\n0001;1,50\r\n", table="orders")
>>> headings, frame.rows()
(['klant', 'bedrag'], [('0001', '1,50')])
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from klantkompas.domain.notes import DataNote
from klantkompas.errors import DataError

if TYPE_CHECKING:
    import polars

__all__ = ["read_delimited"]

_SEPARATORS = (";", "\t", "|", ",")
_SEPARATOR_LINE = re.compile(rb'"?sep=([\t -~])"?(?:\n|$)', re.IGNORECASE)
_LOOKED_AT = 65_536
_QUOTE, _LINE_END = 34, 10


def read_delimited(
    content: bytes, *, table: str
) -> tuple[list[str], polars.DataFrame, tuple[DataNote, ...]]:
    """Read a text file with a heading and separators, every column as text.

    Args:
        content: the file's bytes.
        table: the table's name, for errors and notes.

    Returns:
        The headings as they stand in the file; the cells, in the same order; and notes.

    Raises:
        DataError: the file is empty, is not text, or has rows of unequal length.
    """
    from polars.exceptions import PolarsError

    content, notes = _decode(content, table)
    content = _without_blank_ends(content)
    stated = _SEPARATOR_LINE.match(content)
    if stated:
        content = content[stated.end() :].lstrip(b"\n")
    if _is_blank(content):
        raise DataError("the file is empty: a row of headings was expected", table=table)
    separator = stated[1].decode() if stated else _find_separator(content)
    heading = content[: content.index(b"\n")]
    if not _is_plain(content, heading, separator):
        heading, content = _by_the_book(content, separator, table)
    try:
        frame = _read(content, heading, separator)
    except PolarsError:  # a row is wider
        heading, content = _by_the_book(content, separator, table)
        frame = _read(content, heading, separator)
    return _names(heading, separator), frame, notes


def _decode(content: bytes, table: str) -> tuple[bytes, tuple[DataNote, ...]]:
    """Give the text in UTF-8, its rows ended by line feeds."""
    notes: tuple[DataNote, ...] = ()
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = content.decode("utf-16").encode()
        else:
            text = content.removeprefix(codecs.BOM_UTF8)
            if not text.isascii():
                text.decode()
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252").encode()
        except UnicodeDecodeError as error:
            outside_quotes = content[: error.start].split(b'"')[::2]
            raise DataError(
                f"the row holds the byte {content[error.start]:#04x}, which is no character in "
                "UTF-8 nor in Windows-1252; save the file as UTF-8",
                table=table,
                row=sum(part.count(b"\n") for part in outside_quotes) or None,
            ) from None
        notes = (
            DataNote("the file is not UTF-8 and was read as Windows-1252 (cp1252)", table=table),
        )
    if b"\0" in text:
        raise DataError(
            "the file is not text, whatever its name says; save it as csv, xlsx or parquet and "
            "name it so",
            table=table,
        )
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return text, notes


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


def _find_separator(content: bytes) -> str:
    """Choose the separator that cuts the first rows most evenly, and then most finely."""
    head = content[:_LOOKED_AT].decode(errors="ignore")
    scores: dict[str, tuple[float, int]] = {}
    for separator in _SEPARATORS:
        rows = list(islice(csv.reader(io.StringIO(head), delimiter=separator), 100))
        if len(content) > _LOOKED_AT and 1 < len(rows) < 100:
            rows.pop()  # it may have been cut off
        widths = [len(row) for row in rows]
        if widths[0] > 1 and sum(width > 1 for width in widths) > len(widths) / 2:
            scores[separator] = (widths.count(widths[0]) / len(widths), widths[0])
    if scores:
        return max(scores, key=lambda separator: scores[separator])
    return next(each for each in (*_SEPARATORS, "\x1f") if each.encode() not in content)


def _names(heading: bytes, separator: str) -> list[str]:
    return [name.strip() for name in next(csv.reader([heading.decode()], delimiter=separator))]


def _read(content: bytes, heading: bytes, separator: str) -> polars.DataFrame:
    import polars

    schema = {str(place): polars.String for place in range(len(_names(heading, separator)))}
    if len(content) <= len(heading) + 1:
        return polars.DataFrame(schema=schema)
    return polars.read_csv(
        content, has_header=False, skip_rows=1, separator=separator, schema=schema
    )


def _is_plain(content: bytes, heading: bytes, separator: str) -> bool:
    """Whether there are no quotation marks, and as many separators as rows of this width have.

    Where some row is narrower, another is wider, which polars refuses to read.
    """
    if b'"' in content:
        return False
    characters = np.frombuffer(content, dtype=np.uint8)
    blocks = [characters[at : at + _LOOKED_AT] for at in range(0, len(characters), _LOOKED_AT)]
    rows, separators = (
        sum(np.count_nonzero(block == mark) for block in blocks)
        for mark in (_LINE_END, ord(separator))
    )
    return bool(separators == rows * heading.count(separator.encode()))


def _by_the_book(content: bytes, separator: str, table: str) -> tuple[bytes, bytes]:
    """Check the quotation marks and the width of every row; give the heading and the content."""
    layout = _Layout.of(content.removesuffix(b"\n"), separator)
    if not layout.is_regular:
        layout = _Layout.of(
            _requote(content.decode().removesuffix("\n"), separator, table).encode(), separator
        )
    odd = np.flatnonzero(layout.widths != layout.widths[0])
    if len(odd):
        raise DataError(
            f"the number of values in the row is {layout.widths[odd[0]]}, in the heading "
            f"{layout.widths[0]} (separated by {separator!r}); put quotation marks around a value "
            "that holds a separator",
            table=table,
            row=int(odd[0]),
        )
    return layout.content[: layout.ends[0]], layout.content


@frozen(eq=False)
class _Layout:
    """Where the rows of a text with separators end, quotation marks obeyed.

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
    def of(cls, content: bytes, separator: str) -> _Layout:
        framed = np.frombuffer(b"\n" + content + b"\n", dtype=np.uint8)
        characters = framed[1:-1]
        quotes = np.flatnonzero(characters == _QUOTE)

        def outside_quotes(character: int) -> NDArray[np.intp]:
            places = np.flatnonzero(characters == character)
            outside: NDArray[np.intp] = places[np.searchsorted(quotes, places) % 2 == 0]
            return outside

        ends = np.append(outside_quotes(_LINE_END), len(content))
        separators = outside_quotes(ord(separator))
        widths = np.diff(np.searchsorted(separators, ends), prepend=0) + 1
        beside = np.concatenate((framed[quotes[::2]], framed[quotes[1::2] + 2]))
        at_edges = np.isin(beside, (_QUOTE, _LINE_END, ord(separator))).all()
        return cls(content, ends, widths, len(quotes) % 2 == 0 and bool(at_edges))


def _requote(text: str, separator: str, table: str) -> str:
    """Quote by the book a text in which quotation marks also stand within values, as inches do."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    requoted = io.StringIO(newline="")
    done = 0
    try:
        writer = csv.writer(requoted, delimiter=separator, lineterminator="\n")
        for row in rows:
            writer.writerow(row)
            done += 1
    except csv.Error:
        raise DataError(
            "a quotation mark opens a value in this row and does not close it where the value "
            "ends; double the quotation marks that belong to the text",
            table=table,
            row=done or None,
        ) from None
    return requoted.getvalue().removesuffix("\n")
