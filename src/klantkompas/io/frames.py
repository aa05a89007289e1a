"""Data frames, mappings of arrays and Arrow streams, checked into the columns of a table.

>>> from klantkompas.domain.interactions import Order
>>> from datetime import date
>>> orders = {"customer": ["a", "b"], "on": [date(2026, 1, 2)] * 2, "amount": [10, 2.5]}
>>> checked = check_table("orders", columns_of(Order), orders)
>>> checked.rows, sorted(checked.columns)
(2, ['amount', 'on'])
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Protocol

import numpy as np
from attrs import frozen

from klantkompas._arrays import AnyArray, BoolArray, Identifiers, TimeArray, freeze, is_known
from klantkompas._arrays import product as product_of
from klantkompas._texts import mark
from klantkompas.domain.fields import Column, Content, columns_of
from klantkompas.domain.notes import DataNote
from klantkompas.errors import DataError
from klantkompas.io.headings import ColumnMapping, Heading, resolve_headings
from klantkompas.io.values import (
    READERS,
    Moments,
    Place,
    Values,
    identities_from,
    moments_from,
    numbers_from,
    scores_checked,
)

__all__ = ["CheckedTable", "check_table", "columns_of"]

IDS_AS_FLOATS = mark("{count} ids in column {column!r} were written as 17850.0 and read as 17850")
DUPLICATE_ROWS = mark("{count} rows repeat another row exactly; all of them count")


@frozen(eq=False, kw_only=True)
class CheckedTable:
    """A table whose every value fits.

    Args:
        name: the table.
        rows: how many rows it has.
        identities: columns of ids, by field.
        columns: the other columns, by field, as `klantkompas.io.values` keeps them.
        times: for the columns of moments with clock times, what orders them in time.
        zones: for each of those, the time zone; empty where there is none.
        headings: the heading of each field, for messages.
        notes: what was odd.
    """

    name: str
    rows: int
    identities: Mapping[str, Identifiers]
    columns: Mapping[str, AnyArray]
    times: Mapping[str, TimeArray]
    zones: Mapping[str, str]
    headings: Mapping[str, str]
    notes: tuple[DataNote, ...] = ()


class _Source(Protocol):
    """Columns by heading, from whatever holds them."""

    @property
    def headings(self) -> Sequence[str]: ...
    @property
    def rows(self) -> int: ...
    def values(self, heading: str) -> Values: ...
    def moments(self, heading: str, place: Place) -> Moments: ...
    def duplicates(self) -> int: ...


class _Arrays:
    """A mapping of arrays or sequences."""

    def __init__(self, data: Mapping[str, Any], table: str) -> None:
        self.data = {name: self._as_values(values) for name, values in data.items()}
        self.headings = list(self.data)
        lengths = {name: len(values) for name, values in self.data.items()}
        if len(set(lengths.values())) > 1:
            raise DataError(f"columns differ in length: {lengths}", table=table)
        self.rows = next(iter(lengths.values()), 0)

    @staticmethod
    def _as_values(values: Any) -> Values:
        if isinstance(values, np.ndarray):
            return values
        if hasattr(values, "to_numpy"):
            return np.asarray(values.to_numpy())
        listed = list(values)
        kinds = set(map(type, listed))
        if kinds and kinds <= {int, float}:
            return np.array(listed, dtype=np.int64 if kinds == {int} else np.float64)
        return listed

    def values(self, heading: str) -> Values:
        return self.data[heading]

    def moments(self, heading: str, place: Place) -> Moments:
        return moments_from(self.data[heading], place)

    def duplicates(self) -> int:
        columns = [
            values.tolist() if isinstance(values, np.ndarray) else values
            for values in self.data.values()
        ]
        return self.rows - len({tuple(map(str, row)) for row in zip(*columns, strict=True)})


class _Frame:
    """A data frame of any library that narwhals knows."""

    def __init__(self, frame: Any) -> None:
        self.frame = frame
        self.headings = list(frame.columns)
        self.rows = len(frame)

    def values(self, heading: str) -> Values:
        import narwhals as nw

        series = self.frame[heading]
        if series.dtype.is_integer() and not series.is_null().any():
            return np.asarray(series.to_numpy())
        if series.dtype.is_float() or series.dtype.is_decimal() or series.dtype.is_integer():
            return np.asarray(series.cast(nw.Float64).to_numpy(), dtype=np.float64)
        listed: list[Any] = series.to_list()
        return listed

    def moments(self, heading: str, place: Place) -> Moments:
        import narwhals as nw

        series = self.frame[heading]
        if series.dtype == nw.Date:
            return Moments(series.to_numpy().astype("datetime64[D]"))
        if series.dtype != nw.Datetime:
            return moments_from(series.to_list(), place)
        zone = series.dtype.time_zone or ""
        wall = series.dt.replace_time_zone(None) if zone else series
        times = series.dt.convert_time_zone("UTC").dt.replace_time_zone(None) if zone else series
        days = wall.to_numpy().astype("datetime64[D]")
        return Moments(days, times.to_numpy().astype("datetime64[us]"), zone)

    def duplicates(self) -> int:
        return self.rows - len(self.frame.unique())


def _source(data: Any, table: str) -> _Source:
    import narwhals as nw

    if isinstance(data, Mapping):
        return _Arrays(data, table)
    try:
        frame = nw.from_native(data)
    except TypeError:
        if not hasattr(data, "__arrow_c_stream__"):
            raise DataError(
                f"is a {type(data).__name__}; give a data frame (pandas, polars, pyarrow, duckdb, "
                "...), a mapping of arrays, or an Arrow stream",
                table=table,
            ) from None
        return _Frame(nw.from_arrow(data, backend=_arrow_backend(table)))
    if isinstance(frame, nw.LazyFrame):
        frame = frame.collect()
    return _Frame(frame)


def _arrow_backend(table: str) -> Literal["polars", "pyarrow"]:
    from importlib.util import find_spec

    if find_spec("polars"):
        return "polars"
    if find_spec("pyarrow"):
        return "pyarrow"
    raise DataError("is an Arrow stream, which needs polars or pyarrow to be read", table=table)


def _numbers(source: _Source, wanted: tuple[Heading, ...], column: Column, table: str) -> AnyArray:
    factors = [
        numbers_from(source.values(heading.name), column, Place(table, heading.name))
        for heading in wanted
    ]
    return product_of(factors)


def _require(known: BoolArray, column: Column, place: Place) -> None:
    if column.required and column.content is not Content.IDENTITY and not known.all():
        at = int(np.argmax(~known))
        raise place.error(f"is empty; {column.content.value} is needed in every row", at)


def check_table(
    name: str,
    columns: tuple[Column, ...],
    data: Any,
    mapping: ColumnMapping | None = None,
    score_scale: tuple[int, int] = (0, 10),
    notes: tuple[DataNote, ...] = (),
) -> CheckedTable:
    """Check a table and bring its columns into the form in which they are kept.

    Args:
        name: the table's name.
        columns: the columns that it may have.
        data: a data frame that narwhals knows, a mapping of arrays, or an Arrow stream.
        mapping: the caller's headings, by field.
        score_scale: the lowest and highest score.
        notes: what was noticed before.

    Returns:
        The table; a field without a heading is absent from it.

    Raises:
        DataError: the first value or column that does not fit, with its place.
        ArgumentError: the mapping names an unknown field.
    """
    source = _source(data, name)
    found = resolve_headings(name, columns, source.headings, mapping)
    identities: dict[str, Identifiers] = {}
    kept: dict[str, AnyArray] = {}
    times: dict[str, TimeArray] = {}
    zones: dict[str, str] = {}
    noticed = list(notes)
    for column in columns:
        if column.name not in found:
            continue
        wanted = found[column.name]
        place = Place(name, wanted[0].name)
        if column.content is Content.IDENTITY:
            ids, floats = identities_from(source.values(place.heading), place)
            identities[column.name] = ids
            if floats:
                noticed.append(DataNote(IDS_AS_FLOATS, name, floats, column=place.heading))
            continue
        if column.content is Content.MOMENT:
            read = source.moments(place.heading, place)
            kept[column.name] = read.days
            if read.times is not None and read.zone is not None:
                times[column.name], zones[column.name] = freeze(read.times), read.zone
        elif column.is_number:
            kept[column.name] = _numbers(source, wanted, column, name)
            if column.content is Content.SCORE:
                scores_checked(kept[column.name], score_scale, place)
        else:
            kept[column.name] = READERS[column.content](source.values(place.heading), column, place)
        _require(is_known(kept[column.name]), column, place)
        freeze(kept[column.name])
    duplicates = source.duplicates()
    if duplicates:
        noticed.append(DataNote(DUPLICATE_ROWS, name, duplicates))
    return CheckedTable(
        name=name,
        rows=source.rows,
        identities=identities,
        columns=kept,
        times=times,
        zones=zones,
        headings={field: wanted[0].name for field, wanted in found.items()},
        notes=tuple(noticed),
    )
