"""A read export, checked as the table that it is."""

from __future__ import annotations

from klantkompas.domain.fields import Column
from klantkompas.errors import DataError
from klantkompas.io.apply_shape import Export
from klantkompas.io.frames import CheckedTable, check_table

__all__ = ["check_export"]


def check_export(
    export: Export,
    table: str,
    columns: tuple[Column, ...],
    score_scale: tuple[int, int] = (0, 10),
) -> CheckedTable:
    """Check the rows of an export that count, and bring them into the form in which they are kept.

    Args:
        export: the export.
        table: the table's name.
        columns: the columns that it may have.
        score_scale: the lowest and highest score.

    Returns:
        The table.

    Raises:
        DataError: the first value or column that does not fit, with its row in the file.
    """
    try:
        return check_table(table, columns, export.frame, export.mapping, score_scale, export.notes)
    except DataError as error:
        if export.rows is None or error.row is None:
            raise
        row = int(export.rows[error.row - 1]) + 1
        raise error.located(row, "counted with the rows that were left out") from None
