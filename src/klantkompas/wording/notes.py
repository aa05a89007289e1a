"""What was odd but usable in the data, counted, for every report to show.

>>> print(DataNote("{count} without a customer, left out", table="orders", count=3))
orders: 3 rows without a customer, left out
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from klantkompas.wording.catalogue import mark
from klantkompas.wording.explanation import Text
from klantkompas.wording.sentence import Listing, Quantity, Sentence, sentence

__all__ = ["DataNote", "in_words", "table_name"]

OF_TABLE, OF_FILE = "{table}: {note}", "{table}, {file}: {note}"
WITH_COLUMN = mark("{table} (column: {columns})")
WITH_COLUMNS = mark("{table} (columns: {columns})")
TABLES = {
    "customers": mark("customers"),
    "orders": mark("orders"),
    "invoices": mark("invoices"),
    "complaints": mark("complaints"),
    "contacts": mark("contacts"),
    "responses": mark("responses"),
    "departures": mark("departures"),
}
"""What the tables are called in sentences."""
COLUMNS = {
    "orders.amount": mark("amount"),
    "orders.clear": mark("whether the order was clear"),
    "orders.margin": mark("margin"),
    "orders.quantity": mark("quantity"),
    "invoices.due": mark("due date"),
    "invoices.paid": mark("day of payment"),
    "complaints.offer": mark("what was offered"),
    "complaints.published": mark("day of the public word about it"),
    "complaints.resolved": mark("day on which it was resolved"),
    "complaints.talked": mark("day of the conversation"),
    "contacts.by_customer": mark("whether the customer took the initiative"),
    "contacts.channel": mark("channel"),
    "contacts.minutes": mark("minutes"),
    "contacts.purpose": mark("purpose"),
    "contacts.rating": mark("rating"),
    "contacts.tags": mark("tags"),
    "contacts.text": mark("text of the message"),
    "departures.believed_reason": mark("reason that staff believe"),
    "departures.stated_reason": mark("reason that the customer gave"),
    "responses.score": mark("score"),
}
"""What the columns that measures read are called in sentences."""


def table_name(table: str) -> Sentence:
    """Return the name of a table for readers; a plugin's table keeps its own name.

    Args:
        table: the name of a kind of interaction, or ``"customers"``.
    """
    return Sentence("{name}", {"name": Sentence(TABLES[table]) if table in TABLES else table})


def in_words(reads: Iterable[str]) -> Sentence:
    """Return some tables and columns as readers know them; those of plugins keep their own names.

    Args:
        reads: names of tables, or of columns such as ``"orders.clear"``.

    >>> from klantkompas.wording.writer import Writer
    >>> Writer("en").say(in_words(["invoices.due", "invoices.paid", "orders"]))
    'invoices (columns: due date, day of payment); orders'
    """
    found: dict[str, list[str | Sentence]] = {}
    for each in reads:
        table, _, column = each.partition(".")
        named = Sentence(COLUMNS[each]) if each in COLUMNS else column
        found.setdefault(table, []).extend([named] if column else [])
    tables = [
        sentence(
            WITH_COLUMNS if len(columns) > 1 else WITH_COLUMN,
            table=table_name(table),
            columns=Listing(columns),
        )
        if columns
        else table_name(table)
        for table, columns in found.items()
    ]
    return sentence("{tables}", tables=Listing(tables, "; "))


@frozen
class DataNote(Text):
    """Something that a reader of the results should know of the data.

    Its fields are text and numbers, so that it can be stored.

    Args:
        message: a marked sentence in which ``{count}``, ``{column}``, ``{detail}``, ``{row}``,
            ``{day}``, ``{title}`` and ``{line}`` may stand; it names no personal text.
        table: the table that it is about; empty when it is about all of them.
        count: how many rows, customers or values it is about.
        column: the column, by its heading in the data.
        detail: what else the sentence needs; a number is written as the language does.
        unit: what is counted.
        day: a date that the sentence needs, as YYYY-MM-DD.
        line: a line of a settings file, to add to what is said of the table, if it is advised.
        row: an example, by its number in a spreadsheet.
        title: what something declared is called, as a marked text.
        file: the file or files that it is about, where those of the table are of several layouts.
    """

    message: str
    table: str = ""
    count: int = 1
    column: str = ""
    detail: str | int = ""
    unit: str = "rows"
    day: str = ""
    line: str = ""
    file: str = ""
    row: str = ""
    title: str = ""

    @property
    def parts(self) -> tuple[Sentence, ...]:
        """The sentence of the note, with the table in front."""
        note = sentence(
            self.message,
            count=Quantity(self.count, self.unit),
            column=self.column,
            detail=self.detail,
            day=date.fromisoformat(self.day) if self.day else None,
            line=self.line,
            row=self.row,
            title=Sentence(self.title),
        )
        if not self.table:
            return (note,)
        message = OF_FILE if self.file else OF_TABLE
        return (sentence(message, table=table_name(self.table), file=self.file, note=note),)
