"""Columns by heading, from whatever holds them: a data frame, a mapping, an Arrow stream."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set, Sized
from importlib.util import find_spec
from types import NoneType
from typing import Any, Literal

import narwhals as nw
import numpy as np
from attrs import field, frozen
from narwhals.exceptions import DuplicateError

from klantkompas._arrays import AnyArray, Codes, repeated_rows
from klantkompas._ids import IdColumn
from klantkompas.domain.fields import Column, Content
from klantkompas.errors import DataError
from klantkompas.io.columns.fetched import CodedText
from klantkompas.io.columns.identities import identities_from
from klantkompas.io.columns.moments import Moments, moments_from, zone_named
from klantkompas.io.columns.series import (
    Series,
    array_of,
    choices_of,
    flags_of,
    identities_of,
    moments_of_clocks,
    texts_of,
)
from klantkompas.io.columns.values import READERS, Place, Values

__all__ = ["ColumnSource", "column_source"]

Held = AnyArray | Sequence[object] | Series
"""A column as it comes: an array, a sequence of Python objects, or one of a data frame."""
NESTED = (nw.Object, nw.List, nw.Array, nw.Struct, nw.Unknown)
"""Types whose values cannot be compared within a frame."""
FEW_ROWS = 10_000
"""So many rows may be compared as a whole at once."""


def _held(values: object, place: Place) -> Held:
    """Return a column of a mapping as an array, a series or a list."""
    if isinstance(values, nw.Series):
        return values
    if isinstance(values, np.ma.MaskedArray):
        masked = np.ma.getmaskarray(values)
        return [
            None if hidden else value for value, hidden in zip(values.data, masked, strict=True)
        ]
    if isinstance(values, np.ndarray):
        if values.ndim != 1:
            raise place.error(f"has {values.ndim} dimensions; a column has one")
        return values
    if isinstance(values, list):  # before narwhals asks every backend whether it is a series
        return [*values]
    series = nw.from_native(values, series_only=True, pass_through=True)
    if isinstance(series, nw.Series):
        return series
    if str(getattr(values, "type", "")) in ("float", "halffloat"):  # of pyarrow: 32 or 16 bits
        return np.asarray(values)
    if hasattr(values, "to_pylist"):
        return list(values.to_pylist())
    if isinstance(values, str | bytes | Mapping | Set) or not isinstance(values, Iterable):
        raise place.error(
            f"is a {type(values).__name__}, which has no rows", remedy="Give an array or a list"
        )
    return list(values)


def _is_immutable(held: nw.DataFrame[Any] | Series) -> bool:
    return bool(held.implementation.is_polars() or held.implementation.is_pyarrow())


def _lasting(values: object) -> object | None:
    """Return a column of a mapping, read-only; None where that takes a copy."""
    if isinstance(values, CodedText):
        return values
    if type(values) is np.ndarray:
        plain = values.ndim == 1 and values.dtype != np.object_ and not values.flags.writeable
        return values if plain else None
    if isinstance(values, list):
        return None
    series = nw.from_native(values, series_only=True, pass_through=True)
    if isinstance(series, nw.Series) and _is_immutable(series):
        return series.to_frame()[series.name]
    return None


def _as_array(listed: Sequence[object], *, with_gaps: bool = False) -> Values:
    """Make an array of plain numbers, which is quicker to check than a list."""
    kinds = set(map(type, listed))
    if with_gaps and kinds == {NoneType}:
        return np.full(len(listed), np.nan)
    if with_gaps and kinds == {float, NoneType}:
        return np.array(listed, dtype=np.float64)
    if not kinds or not kinds <= {int, float}:
        return listed
    try:
        return np.array(listed, dtype=np.int64 if kinds == {int} else np.float64)
    except OverflowError:
        return listed


@frozen(eq=False)
class ColumnSource:
    """Columns by heading, from whatever holds them.

    Args:
        table: the table's name, for errors.
        columns: the columns, by heading; what is not text is no heading.
        frame: the data frame that they are columns of, if they are.

    Raises:
        DataError: the columns differ in length.
    """

    table: str
    columns: Mapping[object, object]
    frame: nw.DataFrame[Any] | None = None
    rows: int = field(init=False)
    """How many rows there are."""

    @rows.default
    def _counted(self) -> int:
        if self.frame is not None:
            return len(self.frame)
        lengths = {
            name: len(each)
            for name, each in self.columns.items()
            if isinstance(each, Sized) and getattr(each, "ndim", 1) != 0
        }
        if len(set(lengths.values())) > 1:
            raise DataError(f"columns differ in length: {lengths}", table=self.table)
        return next(iter(lengths.values()), 0)

    @property
    def headings(self) -> list[str]:
        """The headings."""
        return [heading for heading in self.columns if isinstance(heading, str)]

    def held(self, heading: str) -> Held:
        """Return a column as it comes: an array, a list, or a series of a data frame."""
        given = self.columns[heading]
        given = given.decoded() if isinstance(given, CodedText) else given
        held = _held(given, Place(self.table, heading))
        if len(held) != self.rows:
            raise Place(self.table, heading).error(f"has {len(held)} values, not {self.rows}")
        return held

    def values(self, heading: str) -> Values:
        """Return a column as an array or a list."""
        held = self.held(heading)
        if isinstance(held, nw.Series):
            if held.dtype.is_float() or (held.dtype.is_integer() and not held.null_count()):
                return array_of(held)
            listed: list[object] = held.to_list()
            return listed
        return held if isinstance(held, np.ndarray) else _as_array(held)

    def numbers(self, heading: str) -> Values:
        """Return a column as an array of floats where its type is one of numbers."""
        held = self.held(heading)
        if isinstance(held, nw.Series) and held.dtype.is_numeric():
            return array_of(held if held.dtype.is_float() else held.cast(nw.Float64))
        return _as_array(held, with_gaps=True) if isinstance(held, list) else self.values(heading)

    def identities(self, heading: str, place: Place) -> tuple[IdColumn, int]:
        """Return a column of ids, and how many were written as floats."""
        if isinstance(given := self.columns[heading], CodedText):
            return given.ids(), 0
        held = self.held(heading)
        found = identities_of(held) if isinstance(held, nw.Series) else None
        return (found, 0) if found else identities_from(self.values(heading), place)

    def read(self, heading: str, column: Column, place: Place) -> AnyArray:
        """Return a column of flags, choices, text or tags as it is kept."""
        given = self.columns[heading]
        found = given.read(column, place) if isinstance(given, CodedText) else None
        if found is not None:
            return found
        held = self.held(heading)
        if isinstance(held, nw.Series):
            if column.content is Content.FLAG:
                found = flags_of(held)
            elif column.content is Content.CHOICE:
                found = choices_of(held, column, place)
            elif column.content is Content.TEXT:
                found = texts_of(held)
        return (
            READERS[column.content](self.values(heading), column, place) if found is None else found
        )

    def moments(self, heading: str, place: Place) -> Moments:
        """Return a column of dates or clock times as it is kept."""
        held = self.held(heading)
        if not isinstance(held, nw.Series):
            return moments_from(held, place)
        if held.dtype == nw.Date:
            return moments_from(array_of(held), place)
        if isinstance(held.dtype, nw.Struct):
            return moments_of_clocks(held, place)
        if not isinstance(held.dtype, nw.Datetime):
            return moments_from(held.to_list(), place)
        zone = held.dtype.time_zone
        if not zone:
            return moments_from(array_of(held), place)
        clock = moments_from(held.dt.replace_time_zone(None).to_numpy(), place)
        times = held.dt.convert_time_zone("UTC").dt.replace_time_zone(None).to_numpy()
        return Moments(clock.days, times.astype("datetime64[us]"), zone_named(zone), clock.times)

    def _is_nested(self) -> bool:
        types = () if self.frame is None else self.frame.schema.values()
        return any(isinstance(each, NESTED) for each in types)

    def lasting(self) -> ColumnSource | None:
        """Return the same columns, read-only; None where that takes a copy."""
        if self.frame is not None:
            plain = _is_immutable(self.frame) and not self._is_nested()
            return ColumnSource(self.table, {}, self.frame.clone()) if plain else None
        columns = {heading: _lasting(values) for heading, values in self.columns.items()}
        if any(each is None for each in columns.values()):
            return None
        return ColumnSource(self.table, columns)

    def repeats(self, columns: Sequence[AnyArray], others: Sequence[AnyArray] = ()) -> int:
        """Count the rows that repeat another one exactly, in the columns that are not read too.

        Args:
            columns: what was made of some of its columns, which tells most rows apart.
            others: what was made of others.
        """
        rows = repeated_rows(columns)
        if len(rows):
            rows = rows[repeated_rows([each[rows] for each in (*columns, *others)])]
        if not len(rows):
            return 0
        if self.frame is not None and not self._is_nested():
            if len(rows) > FEW_ROWS:  # comparing whole rows takes several times their memory
                told = [*(each[rows] for each in columns), *_hashes(self.frame, rows)]
                rows = rows[repeated_rows(told)]
            return len(rows) - len(self.frame[rows].unique())
        coded = np.column_stack(
            [
                each.codes[rows]
                if isinstance(each, CodedText)
                else _coded(_held(each, Place(self.table, str(name))), rows)
                for name, each in self.columns.items()
            ]
        )
        return len(rows) - len(np.unique(coded, axis=0))


def _hashes(frame: nw.DataFrame[Any], rows: Codes) -> list[AnyArray]:
    """Return for each column of text that polars holds a number that equal texts have alike."""
    if not frame.implementation.is_polars():
        return []
    texts = [name for name, kind in frame.schema.items() if kind == nw.String]
    hashes = (frame[name][rows].to_native().hash().to_numpy() for name in texts)
    return [each.view(np.int64) for each in hashes]


def _coded(held: Held, rows: Codes) -> AnyArray:
    """Return numbers that are the same where some rows of a column are."""
    if isinstance(held, np.ndarray) and held.dtype.kind in "iufbM":
        return np.unique(held[rows], return_inverse=True)[1]
    some = held[rows].to_list() if isinstance(held, nw.Series) else [held[row] for row in rows]
    return IdColumn.from_text(list(map(repr, some))).codes


def column_source(data: object, table: str) -> ColumnSource:
    """Return the columns of a data frame, a mapping of arrays, or an Arrow stream, by heading.

    Args:
        data: what holds them.
        table: the table's name, for errors.

    Raises:
        DataError: it is not a table, or a heading is that of two columns.
    """
    if isinstance(data, Mapping):
        return ColumnSource(table, data)
    try:
        frame = nw.from_native(data, pass_through=True, allow_series=True)
        if isinstance(frame, nw.LazyFrame):
            frame = frame.collect()
        stream = hasattr(data, "__arrow_c_stream__") and not isinstance(frame, nw.Series)
        if not isinstance(frame, nw.DataFrame) and stream:
            frame = nw.from_arrow(data, backend=_arrow_backend(table))
        if isinstance(frame, nw.DataFrame):
            headings: list[object] = [*frame.columns]
            return ColumnSource(
                table, dict(zip(headings, frame.iter_columns(), strict=True)), frame
            )
    except DuplicateError as cause:
        names = Counter(map(str, getattr(data, "column_names", getattr(data, "columns", ()))))
        raise DataError(
            "is the heading of more than one column",
            table=table,
            column=names.most_common(1)[0][0],
            remedy="Rename all but one",
        ) from cause
    raise DataError(
        f"is a {type(data).__name__}, not a table",
        table=table,
        remedy="Give a data frame (pandas, polars, pyarrow, duckdb, ...), a mapping of arrays, or "
        "an Arrow stream",
    )


def _arrow_backend(table: str) -> Literal["polars", "pyarrow"]:
    if find_spec("polars"):
        return "polars"
    if find_spec("pyarrow"):
        return "pyarrow"
    raise DataError("is an Arrow stream, which needs polars or pyarrow to be read", table=table)
