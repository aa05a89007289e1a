"""The lists to work from as rows of cells: for a workbook and for text files alike.

A cell is a text, a number or a day; None is empty. Texts from the data stay as they are: whoever
writes them has to see to it that no program takes one for a formula.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from attrs import frozen

from klantkompas.compass import Reading
from klantkompas.errors import PluginError
from klantkompas.report.naming import Naming
from klantkompas.report.writer import PageWriter
from klantkompas.reviews.work_list import WorkLine, WorkList
from klantkompas.wording.catalogue import mark
from klantkompas.wording.sentence import CustomerName, Sentence

__all__ = ["FILLED_IN", "Cell", "ListCells", "rows_of"]

Cell = str | float | date | None

HEADINGS = {
    "customer": mark("Customer"),
    "name": mark("Name"),
    "namesakes": mark("Same name as"),
    "class": mark("Class"),
    "sure": mark("Sure?"),
    "why": mark("Why"),
    "step": mark("What to do"),
    "revenue": mark("Revenue"),
    "since": mark("Since"),
    "days_open": mark("Days open"),
}
"""The columns, in order, with their headings."""
FILLED_IN = {
    "by": mark("Who"),
    "on": mark("When"),
    "done": mark("Done"),
    "buys": mark("Why they buy"),
    "buys_not": mark("Why they do not buy"),
}
"""The columns that people fill in."""
SURE, PROVISIONAL = mark("sure"), mark("provisional")
LEFT_OUT = mark("(a text that names a customer is left out)")


@frozen
class ListCells:
    """One list as cells.

    Args:
        columns: the names of its columns; those that would be empty are left out.
        headings: what they are called in the reader's language.
        rows: the cells of each line.
    """

    columns: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def _said(writer: PageWriter, said: Sentence | None) -> str | None:
    if said is None:
        return None
    try:
        return writer.say(said)
    except PluginError:  # what somebody typed names a customer who may not be named
        return writer.text(LEFT_OUT)


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _row(writer: PageWriter, line: WorkLine) -> dict[str, Cell]:
    called = writer.called(CustomerName(line.customer))
    sure = PROVISIONAL if line.provisional else SURE
    return {
        "customer": called.id,
        "name": called.name,
        "namesakes": ", ".join(called.namesakes) or None,
        "class": line.label,
        "sure": None if line.label is None else writer.text(sure),
        "why": _said(writer, line.why),
        "step": _said(writer, line.step),
        "revenue": _number(line.revenue),
        "since": line.since,
        "days_open": _number(line.days_open),
    }


def rows_of(writer: PageWriter, lines: WorkList | Sequence[WorkLine]) -> ListCells:
    """Return a list as cells.

    Args:
        writer: writes in the reader's language, and names customers as the reader may know them.
        lines: the list, or some of its lines.
    """
    rows = [_row(writer, line) for line in lines]
    filled = [name for name in HEADINGS if any(row[name] is not None for row in rows)]
    columns = filled or ["customer"]
    return ListCells(
        tuple(columns),
        tuple(writer.text(HEADINGS[name]) for name in columns),
        tuple(tuple(row[name] for name in columns) for row in rows),
    )


def writer_for(reading: Reading, language: str, pseudonyms: str | bytes | None) -> PageWriter:
    """Return the writer of lists of a reading.

    Args:
        reading: the reading.
        language: ``"en"`` or ``"nl"``.
        pseudonyms: the key for pseudonyms; None for ids and names.

    Raises:
        ArgumentError: there is no such language, or the key is too short.
    """
    naming = Naming(reading.measures, pseudonyms)
    return PageWriter(language, reading.translations, reading.currency, naming=naming)
