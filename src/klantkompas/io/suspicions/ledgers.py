"""What amounts say together that those of sales do not: a running total, both sides of a booking.

>>> import polars
>>> from klantkompas.domain.export_shape import ExportShape
>>> shape = ExportShape(table="orders", fields={"amount": "Bedrag", "customer": "Klant"})
>>> frame = polars.DataFrame({"Klant": ["7", "7"], "Bedrag": [100.0, -100.0]})
>>> mapping = {"customer": [Heading("Klant")], "amount": [Heading("Bedrag")]}
>>> export = Export(shape, frame["Bedrag"], "amount")
>>> [note.count for note in notes_of_ledgers(frame, export, mapping, [])]
[1]
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from klantkompas.domain.field_source import Heading
from klantkompas.io.headings.naming import in_toml
from klantkompas.io.headings.synonyms import likely_headings
from klantkompas.io.suspicions.export import LINES, Export, FieldHeadings
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars

__all__ = ["notes_of_ledgers"]

RUNNING = mark(
    "the amounts in {column} only grow from day to day, as a running total does: is there a column "
    "with what each row adds?"
)
BOTH_SIDES = mark(
    "{count} whose amounts in {column} add up to nothing, which is most of them: both sides of "
    "each booking, or payments beside sales, seem to count. Keep one of them with where"
)
GIVEN_BACK = mark(
    "{count} below 0 of {detail}, who bought nothing, in {column}: if that is your own account, "
    "from which money was given back, write in its settings: {line}"
)
IN_CENTS = mark(
    "the amounts in {column} are whole numbers beside moments in Unix seconds, as programs hand "
    "them over: where that means cents, write in its settings: {line}"
)
_ROWS_OF_A_TOTAL = 10
_CENT = 0.005
"""Of amounts, what is less counts for nothing."""


def notes_of_ledgers(
    frame: polars.DataFrame, export: Export, mapping: FieldHeadings, unnamed: Sequence[str]
) -> tuple[DataNote, ...]:
    """Return notes on amounts that are probably not those of sales.

    Args:
        frame: the rows that count.
        export: what is known of the export.
        mapping: which column of the frame each field is.
        unnamed: the columns that nobody named.
    """
    import polars

    (owner,) = mapping.get("customer", ()) or (None,)
    (moment,) = mapping.get("on", ()) or (None,)
    if export.shape.table != "orders" or export.amount is None or owner is None:
        return ()
    columns = {"owner": frame[owner.name], "amount": export.amount}
    if moment is not None:
        columns["on"] = frame[moment.name]
    rows = polars.DataFrame({name: values.head(LINES) for name, values in columns.items()})
    name = ", ".join(each.name for each in export.shape.fields[export.money].headings)
    notes = [
        *_running(rows, name, export),
        *_in_cents(rows, export),
    ]
    if (rows["amount"] < 0).any() and _may_be_turned(rows, export, unnamed):
        owners = (
            rows.drop_nulls("owner")
            .group_by("owner")
            .agg(
                polars.len().alias("rows"),
                polars.col("amount").sum().round(2).alias("sum"),
                polars.col("amount").max().alias("most"),
                (polars.col("amount") < 0).sum().alias("below"),
            )
        )
        notes += _both_sides(owners, name, export)
        notes += _given_back(frame, owners, owner, export, unnamed)
    return tuple(notes)


def _may_be_turned(rows: polars.DataFrame, export: Export, unnamed: Sequence[str]) -> bool:
    """Return whether it is worth while to add up the amounts of each customer.

    Amounts that add up to nothing hold one that is not above it; so where there are few of these,
    they do not for most customers.
    """
    bought = rows["owner"].filter(rows["amount"] > 0)
    customers = bought.n_unique() - bool(bought.null_count())
    are_many = 2 * int((rows["amount"] < _CENT).sum()) >= customers
    return are_many or bool(likely_headings(export.shape.table, "customer", unnamed))


def _running(rows: polars.DataFrame, name: str, export: Export) -> list[DataNote]:
    if "on" not in rows.columns or len(rows) < _ROWS_OF_A_TOTAL:
        return []
    # In whatever order rows stand, each amount is there once; most columns of sales end here.
    amounts = rows["amount"]
    if amounts.n_unique() < len(rows) or rows["on"].n_unique() == 1:
        return []
    grows = rows.sort("on", "amount")["amount"].diff().drop_nulls() > 0
    if not grows.all():
        return []
    return [DataNote(RUNNING, export.shape.table, column=name)]


def _both_sides(owners: polars.DataFrame, name: str, export: Export) -> list[DataNote]:
    """Look whether the amounts of most customers add up to nothing."""
    if export.shape.name:
        return []
    moved = owners.filter(owners["most"] != 0)
    nothing = moved.filter((moved["sum"] == 0) & (moved["rows"] > 1))
    if not nothing.height or 2 * nothing.height < moved.height:
        return []
    table, count = export.shape.table, nothing.height
    return [DataNote(BOTH_SIDES, table, count, name, unit="customers")]


def _given_back(
    frame: polars.DataFrame,
    owners: polars.DataFrame,
    owner: Heading,
    export: Export,
    unnamed: Sequence[str],
) -> list[DataNote]:
    """Look whether money is only given back by one who bought nothing, and to whom stands there."""
    from polars import String

    others = owners.filter(owners["most"] > 0)
    only = owners.filter(owners["most"] < 0)
    if only.height != 1 or not others.height or export.shape.name:
        return []
    account, below = only["owner"][0], int(only["below"][0])
    its = frame[owner.name] == account
    for name in likely_headings(export.shape.table, "customer", unnamed):
        to = frame[name].filter(its)
        if to.dtype == String and to.is_in(others["owner"].implode()).all():
            words = {str(account): ""}
            first = [export.name(owner.name), export.name(name)]
            line = f"customer = {in_toml({'first': first, 'words': words})}"
            table = export.shape.table
            return [DataNote(GIVEN_BACK, table, below, owner.name, str(account), line=line)]
    return []


def _in_cents(rows: polars.DataFrame, export: Export) -> list[DataNote]:
    moments = export.shape.fields["on"].headings if "on" in export.shape.fields else ()
    money = export.shape.fields[export.money].headings
    if not any(each.style == "unix" for each in moments) or any(each.style for each in money):
        return []
    amounts = rows["amount"].drop_nulls()
    if len(money) != 1 or not len(amounts) or not (amounts == amounts.floor()).all():
        return []
    line = f"{export.money} = {in_toml(Heading(export.name(money[0].name), 'cents'))}"
    return [DataNote(IN_CENTS, export.shape.table, 1, money[0].name, line=line)]
