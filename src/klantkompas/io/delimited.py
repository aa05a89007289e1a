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
_SEPARATOR_LINE = re.compile(r'"?sep=([\t -~])"?(?:\n|$)', re.IGNORECASE)
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
    import polars

    text, notes = _decode(content, table)
    text = _without_blank_ends(text)
    stated = _SEPARATOR_LINE.match(text)
    if stated:
        text = text[stated.end() :].lstrip("\n")
    if not text.strip():
        raise DataError("the file is empty: a row of headings was expected", table=table)
    separator = stated[1] if stated else _find_separator(text)
    layout = _Layout.of(text.encode(), separator)
    if not layout.is_regular:
        layout = _Layout.of(_requote(text, separator, table).encode(), separator)
    heading = layout.content[: layout.ends[0]].decode()
    headings = [name.strip() for name in next(csv.reader([heading], delimiter=separator))]
    odd = np.flatnonzero(layout.widths != len(headings))
    if len(odd):
        raise DataError(
            f"the number of values in the row is {layout.widths[odd[0]]}, in the heading "
            f"{len(headings)} (separated by {separator!r}); put quotation marks around a value "
            "that holds a separator",
            table=table,
            row=int(odd[0]),
        )
    if len(layout.ends) == 1:
        columns = [polars.Series(str(place), [], polars.String) for place in range(len(headings))]
        return headings, polars.DataFrame(columns), notes
    rows = layout.content[layout.ends[0] + 1 :]
    frame = polars.read_csv(rows, has_header=False, separator=separator, infer_schema=False)
    return headings, frame, notes


def _decode(content: bytes, table: str) -> tuple[str, tuple[DataNote, ...]]:
    notes: tuple[DataNote, ...] = ()
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
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
    if "\0" in text:
        raise DataError(
            "the file is not text, whatever its name says; save it as csv, xlsx or parquet and "
            "name it so",
            table=table,
        )
    return text.replace("\r\n", "\n").replace("\r", "\n"), notes


def _without_blank_ends(text: str) -> str:
    text = text.lstrip("\n")
    blank = text.find("\n", len(text.rstrip(" \n")))
    return text if blank < 0 else text[:blank]


def _find_separator(text: str) -> str:
    """Choose the separator that cuts the first rows most evenly, and then most finely."""
    head = text[:_LOOKED_AT]
    scores: dict[str, tuple[float, int]] = {}
    for separator in _SEPARATORS:
        rows = list(islice(csv.reader(io.StringIO(head), delimiter=separator), 100))
        if len(head) < len(text) and 1 < len(rows) < 100:
            rows.pop()  # it may have been cut off
        widths = [len(row) for row in rows]
        if widths[0] > 1 and sum(width > 1 for width in widths) > len(widths) / 2:
            scores[separator] = (widths.count(widths[0]) / len(widths), widths[0])
    unused = next(each for each in (*_SEPARATORS, "\x1f") if each not in text)
    return max(scores, key=lambda separator: scores[separator], default=unused)


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
