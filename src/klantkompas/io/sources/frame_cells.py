"""The cells of a data frame or a mapping of arrays, as those of a file are held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os import PathLike
from typing import Any

import narwhals as nw

from klantkompas._told import told
from klantkompas.errors import DataError, MissingExtraError
from klantkompas.io.headings.index import unique_headings
from klantkompas.io.sources.raw_table import RawTable

__all__ = ["backend_of", "cells_of"]

EAGER = ("pandas", "polars", "pyarrow", "modin", "cudf")
"""The libraries whose data frames hold their rows, so that results can be made into them."""


def cells_of(data: Any, table: str) -> RawTable:
    """Return a data frame, a mapping of arrays or an Arrow stream as a table of cells.

    Args:
        data: a data frame that narwhals knows, a mapping of arrays, or an Arrow stream.
        table: the table's name, for errors.

    Returns:
        The cells, with the types that they have.

    Raises:
        MissingExtraError: polars is not installed.
        DataError: `data` is not a table, or polars cannot hold one of its columns.

    >>> cells_of({"customer": ["a"], "amount": [1.5]}, "orders").frame.rows()
    [('a', 1.5)]
    """
    try:
        import polars
    except ImportError as error:
        raise MissingExtraError("files", "reading text columns") from error
    try:
        if isinstance(data, Mapping):
            columns = {str(name): _column(values) for name, values in data.items()}
            frame = polars.DataFrame(columns)
        else:
            native = nw.from_native(data, pass_through=True)
            if isinstance(native, nw.LazyFrame):
                native = native.collect()
            frame = (
                native.to_polars() if isinstance(native, nw.DataFrame) else polars.DataFrame(data)
            )
    except ImportError as error:
        raise DataError(
            told("cannot be taken over by polars without another library: {why}", why=str(error)),
            table=table,
            remedy=told(
                "Install it (for pandas: pip install pyarrow), or give a polars data frame"
            ),
        ) from error
    except Exception as error:
        raise DataError(
            f"cannot be taken as a table of text and numbers: {error}",
            table=table,
            remedy="Give a data frame whose columns each hold values of one type",
        ) from error
    headings = [name.strip() for name in frame.columns]
    frame.columns = unique_headings(headings)
    return RawTable(headings=headings, frame=frame)


def backend_of(tables: Iterable[object]) -> str | None:
    """Return the library in whose data frames tables are given.

    Args:
        tables: data frames, or anything else that a table can be made of.

    Returns:
        The library of the first table that is a data frame, such as ``"pandas"``; None where none
        is one of a library in which rows can be made.

    >>> import polars
    >>> backend_of([{"customer": ["a"]}, polars.DataFrame()])
    'polars'
    """
    for each in tables:
        if isinstance(each, str | bytes | PathLike | Mapping | list):
            continue  # before narwhals asks every backend
        native = nw.from_native(each, pass_through=True)
        if isinstance(native, nw.DataFrame | nw.LazyFrame):
            library = str(native.implementation.value)
            if library in EAGER:
                return library
    return None


def _column(values: object) -> Any:
    series = nw.from_native(values, series_only=True, pass_through=True)
    return series.to_polars() if isinstance(series, nw.Series) else values
