"""What columns say together that is unlikely: signs turned about, days in the wrong order, parts.

>>> import polars
>>> frame = polars.DataFrame({"Bedrag": [-100.0, -50.0, 20.0]})
>>> shape = ExportShape(table="orders", fields={"amount": "Bedrag"})
>>> export = Export(shape, frame["Bedrag"], "amount")
>>> [note.line for note in unlikely(frame, export, {}, [])]
['amount = { less = ["Bedrag"] }']
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import evolve

from klantkompas.domain.export_shape import ExportShape
from klantkompas.domain.field_source import Combine, FieldSource, Heading
from klantkompas.io.headings.naming import in_settings
from klantkompas.io.headings.synonyms import likely_headings
from klantkompas.io.parsing.columns import WrittenColumn, as_text
from klantkompas.io.parsing.dates import date_styles
from klantkompas.io.parsing.numbers import number_styles
from klantkompas.io.suspicions.export import LINES, Export, FieldHeadings
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars

__all__ = ["unlikely"]

TURNED = mark(
    "{count} below 0 in {column}, which is most of them: if these are sales, write in its "
    "settings: {line}"
)
DUE_FIRST = mark(
    "{count} due before the day of issue, which is most of them: do {column} stand for these days?"
)
PAID_IN_MONEY = mark(
    "nothing says what was paid, though {column} may be how much was. If it is, write in its "
    "settings: {line}"
)
UNSETTLED = mark(
    "nothing says what was paid, though {column} may. If it does, write in its settings: {line}"
)
IN_PARTS = mark(
    "values of {column} on several rows, each row counted as one: {count}. If these are parts of "
    "one, write in its settings: {line}"
)
_SEVERAL = 2


def unlikely(
    frame: polars.DataFrame, export: Export, mapping: FieldHeadings, unnamed: Sequence[str]
) -> tuple[DataNote, ...]:
    """Return notes on what the columns of a table say together that is unlikely.

    Args:
        frame: the rows that count.
        export: what is known of the export.
        mapping: which column of the frame each field is.
        unnamed: the columns that nobody named.
    """
    notes = _turned(export)
    if export.shape.table == "invoices":
        notes += _due_first(frame, export.shape, mapping)
        notes += _unsettled(frame, export, unnamed)
        notes += _in_parts(frame, export, mapping, unnamed)
    return tuple(notes)


def _turned(export: Export) -> list[DataNote]:
    """Look whether most amounts are below 0, as a ledger has revenue."""
    source, amount = export.shape.fields.get(export.money), export.amount
    if amount is None or source is None or source.sign is not None or export.shape.name:
        return []
    below = int((amount < 0).sum())
    if below < _SEVERAL or 2 * below <= amount.count():
        return []
    turned = evolve(source, headings=source.less, less=source.headings, combine=Combine.SUM)
    column = ", ".join(each.name for each in source.all_headings)
    line = f"{export.money} = {in_settings(turned)}"
    table = export.shape.table
    return [DataNote(TURNED, table, below, column, line=line, unit="amounts")]


def _due_first(
    frame: polars.DataFrame, shape: ExportShape, mapping: FieldHeadings
) -> list[DataNote]:
    (issued,), (due,) = (mapping.get(each, ()) or (None,) for each in ("issued", "due"))
    if issued is None or due is None or shape.fields["due"].term is not None:
        return []
    days = [frame[each.name] for each in (issued, due)]
    if not all(each.dtype.is_temporal() for each in days):
        return []
    made, owed = (each.dt.date() for each in days)
    first = int((owed < made).sum())
    if first < _SEVERAL or 2 * first <= len(frame):
        return []
    columns = ", ".join(each.name for each in (issued, due))
    return [DataNote(DUE_FIRST, shape.table, first, columns)]


def _unsettled(frame: polars.DataFrame, export: Export, unnamed: Sequence[str]) -> list[DataNote]:
    """Look for the day of payment, or what is still to be paid, where nobody named either."""
    shape = export.shape
    if {"paid", "open"} & {*shape.fields}:
        return []
    for field in ("paid", "open"):
        for name in likely_headings(shape.table, field, unnamed):
            if _may_be(frame[name], is_day=field == "paid"):
                line = f"{field} = {export.quoted(name)}"
                return [DataNote(UNSETTLED, shape.table, 1, name, line=line)]
    for name in likely_headings(shape.table, "paid", unnamed):
        if export.amount is not None and _may_be(frame[name], is_day=False):
            line = f"open = {in_settings(_what_remains(shape.fields[export.money], name, export))}"
            return [DataNote(PAID_IN_MONEY, shape.table, 1, name, line=line)]
    return []


def _what_remains(amount: FieldSource, paid: str, export: Export) -> FieldSource:
    """Return the amount less what was paid of it."""
    less = (*amount.less, Heading(export.name(paid)))
    return evolve(amount, less=less, combine=Combine.SUM)


def _may_be(values: polars.Series, *, is_day: bool) -> bool:
    """Return whether a column holds days, or else numbers."""
    text = as_text(values.head(LINES).unique()).drop_nulls()
    if values.dtype.is_temporal() or values.dtype.is_numeric() or not len(text):
        return bool(len(text)) and values.dtype.is_temporal() == is_day
    column = WrittenColumn("", "", Heading(values.name), text)
    return bool(date_styles(column)) == is_day and (is_day or bool(number_styles(column)))


def _in_parts(
    frame: polars.DataFrame, export: Export, mapping: FieldHeadings, unnamed: Sequence[str]
) -> list[DataNote]:
    """Look whether an invoice's number stands on several rows, and nobody named it."""
    import polars

    shape = export.shape
    (owner,) = mapping.get("customer", ()) or (None,)
    likely = [
        each
        for each in likely_headings(shape.table, "reference", unnamed)
        if len(each) > len("number")
    ]
    if owner is None or not likely or shape.once or "reference" in shape.fields:
        return []
    lines = polars.DataFrame(
        {"reference": frame[likely[0]].head(LINES), "owner": frame[owner.name].head(LINES)}
    ).drop_nulls()
    of_one = lines.group_by("reference").agg(
        polars.len().alias("lines"), polars.col("owner").n_unique().alias("owners")
    )
    several = of_one.filter(polars.col("lines") > 1)
    if not several.height or (several["owners"] > 1).any():
        return []
    line = f"reference = {export.quoted(likely[0])}"
    return [DataNote(IN_PARTS, shape.table, several.height, likely[0], line=line, unit="")]
