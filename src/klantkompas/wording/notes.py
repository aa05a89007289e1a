"""What was odd but usable in the data, counted, for every report to show.

>>> print(DataNote("{count} rows without a customer were left out", table="orders", count=3))
orders: 3 rows without a customer were left out
"""

from __future__ import annotations

from attrs import frozen

__all__ = ["DataNote"]


@frozen
class DataNote:
    """Something that a reader of the results should know of the data.

    Args:
        message: a sentence, translatable, in which ``{count}``, ``{column}`` and ``{detail}`` may
            stand; it names no personal text.
        table: the table that it is about; empty when it is about all of them.
        count: how many rows, customers or values it is about.
        column: the column as it is called in the data.
        detail: what else the sentence needs.
    """

    message: str
    table: str = ""
    count: int = 1
    column: str = ""
    detail: str = ""

    def sentence(self, message: str | None = None) -> str:
        """Fill in the sentence, or a translation of it.

        Args:
            message: the translated message; without one, the note's own.

        Returns:
            The sentence, with the table in front.
        """
        filled = (message or self.message).format(
            count=self.count, column=self.column, detail=self.detail
        )
        return f"{self.table}: {filled}" if self.table else filled

    def __str__(self) -> str:
        """Give the sentence in English."""
        return self.sentence()
