"""A read export, checked as the table that it is."""

from __future__ import annotations

from attrs import evolve

from klantkompas.domain.fields import Column
from klantkompas.errors import DataError
from klantkompas.io.apply_shape import Export
from klantkompas.io.frames import CheckedTable, check_table
from klantkompas.io.raw_table import located

__all__ = ["check_export"]


def check_export(
    export: Export,
    table: str,
    columns: tuple[Column, ...],
    score_scale: tuple[int, int] = (0, 10),
) -> CheckedTable:
    """Return an export as a table, with every value checked and converted.

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
        checked = check_table(
            table, columns, export.frame, export.mapping, score_scale, export.notes
        )
    except DataError as error:
        raise _in_file(error, export) from None
    return evolve(checked, in_file=lambda error: _in_file(error, export))


def _in_file(error: DataError, export: Export) -> DataError:
    if error.row is None:
        return error
    position = error.row - 1
    if export.rows is not None:
        position = int(export.rows[position])
        error = error.located(position + 1, "counted with the rows that were left out")
    return located(error, export.starts, position)
