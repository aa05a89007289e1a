"""A data frame whose columns are read as they are, looked at for what an unread one may mean.

>>> from klantkompas.domain.fields import columns_of
>>> from klantkompas.domain.interactions import Order
>>> data = {"customer": ["a", "b"], "on": ["2026-01-02"] * 2, "amount": [10.0, 2.5]}
>>> data["Status"] = ["paid", "cancelled"]
>>> shape = ExportShape(table="orders")
>>> [note.line for note in notes_of_frame(data, shape, columns_of(Order), ["Status"])]
['where = {"Status" = ["paid"]}']
"""

from __future__ import annotations

from collections.abc import Sequence

from klantkompas.domain.export_shape import ExportShape
from klantkompas.domain.fields import Column
from klantkompas.errors import DataError, MissingExtraError
from klantkompas.io.headings.named import resolve_shape
from klantkompas.io.sources.frame_cells import cells_of
from klantkompas.io.suspicions.beside_amount import is_tax
from klantkompas.io.suspicions.noted import suspicions
from klantkompas.io.suspicions.unnamed_columns import is_money_back, is_status
from klantkompas.wording.notes import DataNote

__all__ = ["notes_of_frame"]


def notes_of_frame(
    data: object, shape: ExportShape, columns: Sequence[Column], unread: Sequence[str]
) -> tuple[DataNote, ...]:
    """Return notes on what is probably meant otherwise than it is read, as for a file.

    Args:
        data: a data frame, a mapping of arrays or an Arrow stream, of which the values fit.
        shape: what was said of it.
        columns: the columns that the table may have.
        unread: the headings that no field reads.

    Returns:
        The notes; none where no such heading is one of a status, a currency, a tax or money given
        back, or polars cannot hold the data.
    """
    if not any(is_status(each) or is_money_back(each) or is_tax(each) for each in unread):
        return ()
    try:
        raw = cells_of(data, shape.table)
    except (DataError, MissingExtraError):
        return ()
    resolved = resolve_shape(shape, columns, raw.index)
    read = [column for column in columns if column.name in resolved.fields]
    mapping = {column.name: resolved.fields[column.name].headings for column in read}
    return suspicions(raw.frame, resolved, read, mapping, (), raw.index.numbered)
