"""A column as it is written in a file: its text, and what errors and notes say of it.

>>> import polars
>>> from klantkompas.domain.field_source import FieldSource, Heading
>>> column = WrittenColumn(
...     "orders", "amount", Heading("Bedrag"), as_text(polars.Series([" 1.234", "", "5"]))
... )
>>> column.values.to_list()
['1.234', None, '5']
>>> print(column.error("is not a number", 2))
orders, column 'Bedrag', row 3: '5' is not a number
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from attrs import evolve, frozen

from klantkompas._ids import HashTable
from klantkompas._told import told
from klantkompas.domain.field_source import FieldSource, Heading
from klantkompas.domain.fields import Column, Content
from klantkompas.errors import ArgumentError, DataError
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars

__all__ = [
    "WrittenColumn",
    "as_text",
    "without_nothing",
]


FEW = 5_000
"""Distinct texts of fewer rows are found by Python itself, in a fifth of the time."""
_AS_TEXT = r"""^(?:'([^']*)|="([^"]*)")$"""


@frozen(eq=False)
class WrittenColumn:
    """The text of a column as it is in the file, with its name for errors and notes.

    Args:
        table: the table's name.
        field: the field that the column is for.
        heading: the column's heading, with the style that the caller gave, if any.
        values: the text; to be decided on, it is stripped, null where a cell is empty.
        rows: where `values` are only the distinct texts, which of them each row holds.
        source: where the field comes from; nothing where it is this column alone.
        column: what the field should hold.
        shape: the name of the known shape that the export has, if any.
        was_text: whether values that are numbers by now were written as programs write them.
    """

    table: str
    field: str
    heading: Heading
    values: polars.Series
    rows: polars.Series | None = None
    source: FieldSource = FieldSource()
    column: Column = Column(name="", content=Content.TEXT, required=False)
    shape: str = ""
    was_text: bool = False

    @property
    def is_text(self) -> bool:
        """Whether the values are strings, or all null."""
        from polars import Categorical, Enum, Null, String

        return isinstance(self.values.dtype, String | Categorical | Enum | Null)

    def stripped(self) -> WrittenColumn:
        """Return the column with its text stripped.

        Returns:
            The column without blanks around its values, null where nothing is left.
        """
        return evolve(self, values=as_text(self.values))

    def distinct(self) -> WrittenColumn:
        """Return the column with each distinct text once, in the order of first occurrence.

        Returns:
            The distinct texts, stripped; the whole column, stripped, where few repeat.
        """
        import polars

        if len(self.values) < FEW:
            return self._distinct_of_few()
        hashes = self.values.hash()
        first = hashes.arg_unique()
        if 2 * len(first) > len(hashes):
            return self.stripped()
        table = HashTable(hashes.gather(first).to_numpy().view(np.int64))
        rows = polars.Series(table(hashes.to_numpy().view(np.int64)).view(np.uint32))
        texts = self.values.gather(first)
        if not texts.gather(rows).eq_missing(self.values).all():  # two texts have one hash
            return self.stripped()
        return evolve(self, values=as_text(texts), rows=rows)

    def _distinct_of_few(self) -> WrittenColumn:
        """Find them by Python's dictionary, which a few calls of polars take longer than."""
        import polars

        listed: list[str | None] = self.values.to_list()
        number = {text: place for place, text in enumerate(dict.fromkeys(listed))}
        if 2 * len(number) > len(listed):
            return self.stripped()
        rows = polars.Series([number[text] for text in listed], dtype=polars.UInt32)
        texts = polars.Series([*number], dtype=polars.String)
        are_plain = all(each is None or (each and each == each.strip()) for each in number)
        return evolve(self, values=texts if are_plain else as_text(texts), rows=rows)

    def count(self, which: polars.Series) -> int:
        """Return the number of rows with some of the values.

        Args:
            which: a mask of the values to count.

        Returns:
            The number of rows that hold them.
        """
        return int((which if self.rows is None else which.gather(self.rows)).sum())

    def styled(self, style: str) -> FieldSource:
        """Return where the field comes from, with a style said of this column.

        Args:
            style: how its values are written.
        """
        source = self.source if self.source.all_headings else FieldSource(headings=(self.heading,))

        def each_styled(headings: Sequence[Heading]) -> tuple[Heading, ...]:
            mine = (source.time is not None, self.heading)
            return tuple(evolve(e, style=style) if mine[0] or e == mine[1] else e for e in headings)

        return evolve(source, headings=each_styled(source.headings), less=each_styled(source.less))

    def error(
        self,
        message: str,
        at: int,
        *,
        shown: bool = True,
        remedy: str = "",
        command: str | None = None,
    ) -> DataError:
        """Return an error about one value.

        Args:
            message: what is wrong, worded to follow the value.
            at: the position of the value, from 0.
            shown: whether the value may be shown; not so for ids and personal text.
            remedy: what to do about it in Python.
            command: what to do about it on the command line, where that is written otherwise.

        Returns:
            The error, which counts rows from 1.
        """
        return DataError(
            message,
            table=self.table,
            column=self.heading.name,
            row=at + 1,
            value=self.values[at] if shown else None,
            remedy=remedy,
            command=command,
        )

    def note(self, message: str, count: int = 1, detail: str = "", unit: str = "rows") -> DataNote:
        """Return a note about the column.

        Args:
            message: a sentence as `DataNote` takes it.
            count: how many values it is about.
            detail: what else the sentence needs.
            unit: what is counted.

        Returns:
            The note.
        """
        return DataNote(
            message,
            table=self.table,
            count=count,
            column=self.heading.name,
            detail=detail,
            unit=unit,
        )

    def refuse_style(self) -> None:
        """Raise an error where the caller gave a style, as this column has only one.

        Raises:
            ArgumentError: a style was given.
        """
        if self.heading.style is not None:
            raise ArgumentError(
                told(
                    "{table}.{field} holds neither numbers nor dates, so "
                    "style={style} means nothing there; leave it out",
                    table=self.table,
                    field=self.field,
                    style=repr(self.heading.style),
                ),
                place="columns",
                about=(self.table, self.field),
            )


def as_text(values: polars.Series) -> polars.Series:
    """Return a column as stripped text, with null for empty cells.

    Args:
        values: strings, or values that can be converted to strings.

    Returns:
        Strings without blanks around them, null where there is none.
    """
    import polars

    stripped = values.cast(polars.String).str.strip_chars()
    is_empty = stripped == ""
    return stripped.set(is_empty, None) if is_empty.any() else stripped


NOTHING = (
    "-",
    "--",
    "\u2013",
    "\u2014",
    "null",
    "n/a",
    "#n/a",
    "none",
    "nan",
    "nat",
    "#nv",
    "n.v.t.",
)
"""What software writes in the cells of numbers and dates that are empty (decided: domain)."""


def without_nothing(values: polars.Series) -> polars.Series:
    """Return a column with null for words and dashes that mean an empty cell.

    Args:
        values: stripped text, of numbers or dates.

    Returns:
        The text, null where nothing is meant; spreadsheets' ``'`` in front and ``=""`` undone.
    """
    if values.str.contains(_AS_TEXT).any():
        values = values.str.replace(_AS_TEXT, "$1$2")
    is_nothing = values.str.len_bytes().is_between(1, 6) & values.str.to_lowercase().is_in(NOTHING)
    if not is_nothing.any():
        return values
    return values.zip_with(~is_nothing.fill_null(value=False), values.clear(len(values)))
