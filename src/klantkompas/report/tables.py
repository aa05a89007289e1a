"""How a table becomes HTML, cell by cell, and so that it can be searched and sorted."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape
from numbers import Real

from klantkompas.hooks import Quantity, Table
from klantkompas.report.lists import the_others
from klantkompas.report.writer import PageWriter
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import Sentence

__all__ = ["table_html"]

SAID = {
    "search": mark("Search this table"),
    "found": mark("rows found"),
    "sort": mark("sort by this column"),
}
"""What the script says, which makes a table searched and sorted; the page hands it the words."""


def _alignment(cell: object) -> str:
    """Return the class by which the style sheet aligns and labels a cell."""
    if isinstance(cell, list | tuple):
        return "several"
    return "number" if isinstance(cell, Real | Quantity) else "single"


def table_html(block: Table, writer: PageWriter, section: str) -> str:
    """Return a table as HTML; what it does not show at once is folded.

    Args:
        block: the table.
        writer: writes values in the reader's language.
        section: the name of its section, whose heading is its name.
    """
    shown = len(block.rows) if block.searched else block.shown
    first = "".join(_table(block, block.rows[:shown], writer, section))
    rest = block.rows[shown:]
    if not rest:
        return first
    more = "".join(_table(block, rest, writer, section))
    return f"{first}\n<details><summary>{the_others(len(rest), writer)}</summary>{more}</details>"


def _table(
    block: Table, rows: Sequence[Sequence[object]], writer: PageWriter, section: str
) -> Iterable[str]:
    headings = [writer.html(each) for each in block.headings]
    labels = [escape(writer.plain(each)) for each in block.headings]
    kinds = [_alignment(cell) for cell in block.rows[0]]
    words = [f' data-{name}="{writer.html(Sentence(said))}"' for name, said in SAID.items()]
    searched = "".join(words) if block.searched else ""
    yield f'<table class="rows" aria-labelledby="{section}"{searched}>\n<thead><tr>'
    for heading, kind in zip(headings, kinds, strict=True):
        yield f'<th scope="col" class="{kind}">{heading}</th>'
    yield "</tr></thead>\n<tbody>\n"
    for row in rows:
        yield "<tr>"
        for at, cell in enumerate(row):
            body = _cell(cell, writer)
            if not at:
                yield f'<th scope="row">{body}</th>'
            else:
                number = _number(cell) if block.searched else ""
                label = f'class="{_alignment(cell)}" data-label="{labels[at]}"{number}'
                yield f"<td {label}>{body}</td>"
        yield "</tr>\n"
    yield "</tbody>\n</table>"


def _cell(cell: object, writer: PageWriter) -> str:
    if isinstance(cell, list | tuple):
        return "".join(f"<p>{writer.html(each)}</p>" for each in cell)
    return f"<p>{writer.html(cell)}</p>"


def _number(cell: object) -> str:
    """Return the attribute by which a column of numbers is sorted; empty for other cells."""
    value = cell.value if isinstance(cell, Quantity) else cell
    if isinstance(value, bool) or not isinstance(value, Real) or math.isnan(value):
        return ""
    return f' data-v="{float(value)!r}"'
