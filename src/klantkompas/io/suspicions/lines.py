"""Whether rows are lines of one thing that should be taken once: of an order, or of a ticket.

>>> import polars
>>> from klantkompas.domain.export_shape import ExportShape
>>> from klantkompas.domain.field_source import Heading
>>> shape = ExportShape(table="complaints", fields={"customer": "Customer", "on": "Created"})
>>> frame = polars.DataFrame({"Ticket": ["1", "1"], "Customer": ["a", "a"], "Created": ["x", "x"]})
>>> mapping = {"customer": [Heading("Customer")], "on": [Heading("Created")]}
>>> [note.line for note in notes_of_lines(frame, Export(shape), mapping, ["Ticket"])]
['once = "Ticket"']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from klantkompas.io.headings.synonyms import likely_headings
from klantkompas.io.suspicions.export import LINES, Export, FieldHeadings
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars

__all__ = ["notes_of_lines"]

REPEATED = mark(
    "the amount is the same on all lines of most values of {column}: if it is that of the whole, "
    "write in its settings: {line}"
)
IN_FILES = mark(
    "values of {column} in several files or sheets, in each with the same day and amount, that all "
    "count: {count}. If these overlap, write in its settings: {line}"
)
TOTAL_OF_LINES = mark(
    "values of {column} with a row that is the sum of its other rows, all of which count: {count}. "
    "If it is their total, write in its settings: {line}"
)
TOLD_AGAIN = mark(
    "values of {column} on several rows of one customer and one moment, each counted as one: "
    "{count}. If these are parts of one, write in its settings: {line}"
)
_TICKET = re.compile(
    r"(?i)^(?:ticket|case|complaint|issue|request|klacht|melding|dossier|zaak|fall|anfrage|demande)"
    r"[\s_.#-]*(?:id|nr|no|number|nummer|num)?\.?$"
)
_TENTH, _CENT, _LINES_OF_A_TOTAL = 10, 0.005, 3


def notes_of_lines(
    frame: polars.DataFrame,
    export: Export,
    mapping: FieldHeadings,
    unnamed: Sequence[str],
    parts: polars.Series | None = None,
) -> list[DataNote]:
    """Return notes on rows that are perhaps lines of one thing.

    Args:
        frame: the rows that count.
        export: what is known of the export.
        mapping: which column of the frame each field is.
        unnamed: the columns that nobody named.
        parts: for each row, in which of several files or sheets it stands; None where there is one.
    """
    if export.shape.once or "customer" not in mapping:
        return []
    if export.shape.table == "complaints":
        return _told_again(frame, export, mapping, unnamed)
    return _repeated(frame, export, mapping, unnamed, parts)


def _told_again(
    frame: polars.DataFrame, export: Export, mapping: FieldHeadings, unnamed: Sequence[str]
) -> list[DataNote]:
    import polars

    name = next(filter(_TICKET.search, unnamed), None)
    (moment,) = mapping.get("on", ()) or (None,)
    if name is None or moment is None:
        return []
    owner = mapping["customer"][0].name
    rows = frame.head(LINES).select(
        polars.col(name).alias("ticket"), polars.struct(owner, moment.name).alias("of")
    )
    tickets = (
        rows.drop_nulls()
        .group_by("ticket")
        .agg(polars.len().alias("rows"), polars.col("of").n_unique().alias("different"))
    )
    several = tickets.filter(polars.col("rows") > 1)
    if not several.height or (several["different"] > 1).any():
        return []
    line = f"once = {export.quoted(name)}"
    return [DataNote(TOLD_AGAIN, export.shape.table, several.height, name, line=line, unit="")]


def _repeated(
    frame: polars.DataFrame,
    export: Export,
    mapping: FieldHeadings,
    unnamed: Sequence[str],
    parts: polars.Series | None,
) -> list[DataNote]:
    """Look at the first rows: whether most references of several lines have one amount on all."""
    import polars

    if export.amount is None:
        return []
    named = [each.name for each in mapping.get("reference", ())]
    # A bare number may be that of a line, and a name that of anything.
    likely = [
        each
        for each in likely_headings(export.shape.table, "reference", unnamed)
        if len(each) > len("number")
    ]
    name = next(iter([*named, *likely]), None)
    if name is None:
        return []
    line = f"once = {export.quoted(name)}"
    count = 0 if parts is None else _in_several(frame, export, mapping, name, parts)
    if count:
        return [DataNote(IN_FILES, export.shape.table, count, name, line=line, unit="")]
    owners = [each.name for each in mapping["customer"]]
    lines = polars.DataFrame(
        {
            "reference": frame[name].head(LINES),
            "amount": export.amount.head(LINES),
            "owner": frame[owners[0]].head(LINES),
        }
    ).drop_nulls()
    things = lines.group_by("reference").agg(
        polars.len().alias("lines"),
        polars.col("amount").n_unique().alias("amounts"),
        polars.col("owner").n_unique().alias("owners"),
        polars.col("amount").max().alias("most"),
        polars.col("amount").sum().alias("sum"),
    )
    several = things.filter(polars.col("lines") > 1)
    if totals := _with_a_total(several):
        table = export.shape.table
        return [DataNote(TOTAL_OF_LINES, table, totals, name, line=line, unit="")]
    alike = int(((several["amounts"] == 1) & (several["owners"] == 1)).sum())
    if not alike or 2 * alike <= several.height or _TENTH * alike < things.height:
        return []
    return [DataNote(REPEATED, export.shape.table, alike, name, line=line)]


def _with_a_total(several: polars.DataFrame) -> int:
    """Count the things of which one line is the sum of the others, if that is so of most."""
    longer = several.filter((several["lines"] >= _LINES_OF_A_TOTAL) & (several["owners"] == 1))
    has_total = (longer["most"] * 2.0 - longer["sum"]).abs() < _CENT
    count = int((has_total & (longer["amounts"] > 1) & (longer["most"] > 0)).sum())
    return count if 2 * count > longer.height else 0


def _in_several(
    frame: polars.DataFrame, export: Export, mapping: FieldHeadings, name: str, parts: polars.Series
) -> int:
    """Count the references that stand once in each of several files, all of it the same."""
    import polars

    if export.amount is None:
        return 0
    days = [each.name for field in ("on", "issued", "due") for each in mapping.get(field, ())]
    again = frame[name].is_duplicated() & frame[name].is_not_null()
    if not again.any():
        return 0
    same = {"amount": export.amount, "owner": frame[mapping["customer"][0].name]}
    same |= {f"day {number}": frame[each] for number, each in enumerate(days)}
    lines = polars.DataFrame({"reference": frame[name], "part": parts, **same}).filter(again)
    things = lines.group_by("reference").agg(
        polars.len().alias("lines"),
        polars.col("part").n_unique().alias("parts"),
        polars.max_horizontal(polars.col(each).n_unique() for each in same).alias("different"),
    )
    several = (things["parts"] > 1) & (things["parts"] == things["lines"])
    return int((several & (things["different"] == 1)).sum())
