"""Texts and tables as HTML for notebooks: the one place where that is written; all is escaped.

>>> html_lines(["A < B"])
'<p style="margin:.2em 0;white-space:pre-wrap">A &lt; B</p>'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

import numpy as np

from klantkompas._arrays import AnyArray
from klantkompas._printable import encodable
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Sentence, sentence
from klantkompas.wording.writer import Language, Writer, writer_of

__all__ = ["html_lines", "html_table"]

ROWS, COLUMNS = 10, 12
"""As many rows and columns as a table in a notebook shows."""
YES, NO = mark("yes"), mark("no")
ALL = mark("to_frame() has all")
SOME = mark("{shown} of {rows} rows and {names} of {columns} columns; {rest}")
MORE_LINES = mark("... and {number} more lines")
LINES = 30
"""As many lines as a text in a notebook shows."""


def _safe(text: str) -> str:
    """Return a text as HTML, without what no encoding and no XML can hold."""
    kept = "".join(each for each in text if each >= " " or each in "\n\t")
    return escape(encodable(kept, "utf-8"))


def html_lines(lines: Sequence[str], language: Language = "en") -> str:
    """Return lines of text as HTML, a paragraph for each; of many, the first.

    Args:
        lines: the lines.
        language: that of what is said of those that are left out.
    """
    left_out = len(lines) - LINES
    shown = list(lines[:LINES])
    if left_out > 0:
        shown.append(writer_of(language).say(sentence(MORE_LINES, number=left_out)))
    return "".join(f'<p style="{_style(each)}">{_safe(each)}</p>' for each in shown)


def _style(line: str) -> str:
    """Return the style of a line, of which blanks matter; in those of a grid, their width too."""
    style = "margin:.2em 0;white-space:pre-wrap"
    return f"{style};font-family:monospace" if "  " in line.strip() else style


def _written(value: object, writer: Writer) -> str:
    if value is None or value != value:
        return "-"
    if isinstance(value, bool):
        return writer.text(YES if value else NO)
    if isinstance(value, int | float):
        return writer.number(value)
    return str(value)


def _row(cells: Iterable[tuple[str, bool]], tag: str) -> str:
    drawn = (
        f'<{tag} style="text-align:{"right" if right else "left"}">{_safe(cell)}</{tag}>'
        for cell, right in cells
    )
    return f"<tr>{''.join(drawn)}</tr>"


def html_table(
    columns: Mapping[str, AnyArray], *, rest: str = ALL, language: Language = "en"
) -> str:
    """Return columns as an HTML table; of many rows or columns the first, and how many there are.

    Headings and texts are those of `to_frame`, by which code finds them, in any language.

    Args:
        columns: one-dimensional arrays of one length, by heading; NaN, NaT and None are unknown.
        rest: where all is, if some is left out, as a marked text.
        language: that of numbers, of yes and no, and of what is said of the rest.

    >>> "<td" in html_table({"id": np.array(["a"], dtype=np.object_), "orders": np.array([2.0])})
    True
    """
    arrays = {name: np.asarray(each) for name, each in columns.items()}
    names = list(arrays)[:COLUMNS]
    rows = len(next(iter(arrays.values()), ()))
    right = [arrays[name].dtype.kind in "if" for name in names]
    writer = writer_of(language)
    cells = [[_written(each, writer) for each in arrays[name][:ROWS].tolist()] for name in names]
    head = _row(zip(names, right, strict=True), "th")
    body = "".join(_row(zip(row, right, strict=True), "td") for row in zip(*cells, strict=True))
    drawn = f'<table class="dataframe"><thead>{head}</thead><tbody>{body}</tbody></table>'
    if rows <= ROWS and len(arrays) <= COLUMNS:
        return drawn
    some = sentence(
        SOME,
        shown=min(rows, ROWS),
        rows=rows,
        names=len(names),
        columns=len(arrays),
        rest=Sentence(rest),
    )
    return drawn + html_lines([writer.say(some)])
