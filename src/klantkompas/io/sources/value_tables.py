"""Tables of Python values, as records and databases give them: typed where a column is of one type.

>>> table_of_records([{"id": 1, "tags": ["a"]}, {"id": 2}]).frame.rows()
[(1, '["a"]'), (2, None)]
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from klantkompas.io.headings.index import unique_headings
from klantkompas.io.sources.raw_table import RawTable

if TYPE_CHECKING:
    import polars

__all__ = ["table_of_columns", "table_of_frame", "table_of_records"]


def table_of_frame(headings: Sequence[str], frame: polars.DataFrame) -> RawTable:
    """Return a frame as a table, with the headings as they stand in the file."""
    names = [name.strip() for name in headings]
    frame.columns = unique_headings(names)
    return RawTable(headings=names, frame=frame)


def table_of_records(records: Sequence[Mapping[str, object]]) -> RawTable:
    """Return records as a table, with a column for each name that any of them has."""
    headings = list(dict.fromkeys(name for each in records for name in each))
    columns = [[each.get(name) for each in records] for name in headings]
    return table_of_columns(headings, columns)


def table_of_columns(headings: Sequence[str], columns: Iterable[Sequence[object]]) -> RawTable:
    """Return columns of Python values as a table."""
    import polars

    names = [name.strip() for name in headings]
    series = [
        _series(name, values) for name, values in zip(unique_headings(names), columns, strict=True)
    ]
    return RawTable(headings=names, frame=polars.DataFrame(series))


def _series(name: str, values: Sequence[Any]) -> polars.Series:
    """Make a column of Python values: typed where all are of one type, else text."""
    import polars

    types = {type(each) for each in values} - {type(None)}
    if types <= {int} and all(each is None or abs(each) < 1 << 63 for each in values):
        return polars.Series(name, values, dtype=polars.Int64)
    if types <= {int, float}:
        return polars.Series(name, [None if v is None else float(v) for v in values])
    if types <= {bool}:
        return polars.Series(name, values, dtype=polars.Boolean)
    texts = [
        each if each is None or isinstance(each, str) else json.dumps(each, default=str)
        for each in values
    ]
    return polars.Series(name, texts, dtype=polars.String)
