"""Data frames, mappings of arrays and Arrow streams, checked into the columns of a table.

>>> from klantkompas.domain.fields import columns_of
>>> from klantkompas.domain.interactions import Order
>>> from datetime import date
>>> orders = {"customer": ["a", "b"], "on": [date(2026, 1, 2)] * 2, "amount": [10, 2.5]}
>>> checked = check_table("orders", columns_of(Order), orders)
>>> checked.rows, sorted(checked.columns)
(2, ['amount', 'on'])
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set, Sized
from datetime import tzinfo
from importlib.util import find_spec
from typing import Any, Literal

import narwhals as nw
import numpy as np
from attrs import frozen
from narwhals.exceptions import DuplicateError

from klantkompas._arrays import (
    AnyArray,
    Codes,
    Lazy,
    TimeArray,
    all_known,
    freeze,
    is_known,
    repeated_rows,
)
from klantkompas._arrays import product as product_of
from klantkompas._ids import IdColumn
from klantkompas.domain.fields import Column, Content
from klantkompas.errors import DataError
from klantkompas.io.headings import ColumnMapping, Heading, resolve_headings
from klantkompas.io.identities import identities_from
from klantkompas.io.series import (
    array_of,
    choices_of,
    flags_of,
    identities_of,
    moments_of_clocks,
    texts_of,
)
from klantkompas.io.values import (
    READERS,
    Moments,
    Place,
    Values,
    moments_from,
    numbers_from,
    scores_checked,
    utf8_of,
    zone_named,
)
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

__all__ = ["CheckedTable", "check_table"]

IDS_AS_FLOATS = mark(
    "ids in column {column} that were written as 17850.0 and read as 17850: {count}"
)
DUPLICATE_ROWS = mark("{count} exactly the same as another row; all of them count")


def _as_it_is(error: DataError) -> DataError:
    return error


@frozen(eq=False, kw_only=True)
class CheckedTable:
    """A table of which every value has been checked and converted.

    Args:
        name: the table.
        rows: how many rows it has.
        identities: columns of ids, by field.
        columns: the other columns, by field, as `klantkompas.io.values` keeps them.
        times: by field, for columns of moments with clock times: microseconds to sort them by.
        zones: for each of those, the time zone; None where there is none.
        clocks: by field, for those with a time zone: the microseconds of the clock as written.
        headings: the heading of each field, for messages.
        unread: the headings that no field reads.
        noted: what was odd; rows that repeat another are looked for when first asked for.
        in_file: takes an error about a row of this table, and returns it about the row of the file.
    """

    name: str
    rows: int
    identities: Mapping[str, IdColumn]
    columns: Mapping[str, AnyArray]
    times: Mapping[str, TimeArray]
    zones: Mapping[str, tzinfo | None]
    clocks: Mapping[str, TimeArray]
    headings: Mapping[str, str]
    unread: tuple[str, ...]
    noted: Lazy[tuple[DataNote, ...]]
    in_file: Callable[[DataError], DataError] = _as_it_is

    @property
    def notes(self) -> tuple[DataNote, ...]:
        """Notes on what was odd in the table."""
        return self.noted()


Held = np.ndarray[Any, Any] | Sequence[Any] | nw.Series[Any]
NESTED = (nw.Object, nw.List, nw.Array, nw.Struct, nw.Unknown)
"""Types whose values cannot be compared within a frame."""


def _held(values: Any, place: Place) -> Held:
    """Return a column of a mapping as an array, a series or a list."""
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


def _is_immutable(held: nw.DataFrame[Any] | nw.Series[Any]) -> bool:
    return bool(held.implementation.is_polars() or held.implementation.is_pyarrow())


def _lasting(values: Any) -> Any | None:
    """Return a column of a mapping, read-only; None where that takes a copy."""
    if type(values) is np.ndarray:
        plain = values.ndim == 1 and values.dtype != np.object_ and not values.flags.writeable
        return values if plain else None
    if isinstance(values, list):
        return None
    series = nw.from_native(values, series_only=True, pass_through=True)
    if isinstance(series, nw.Series) and _is_immutable(series):
        return series.to_frame()[series.name]
    return None


def _as_array(listed: Sequence[Any]) -> Values:
    """Make an array of plain numbers, which is quicker to check than a list."""
    kinds = set(map(type, listed))
    if not kinds or not kinds <= {int, float}:
        return listed
    try:
        return np.array(listed, dtype=np.int64 if kinds == {int} else np.float64)
    except OverflowError:
        return listed


class _Source:
    """Columns by heading, from whatever holds them."""

    def __init__(self, table: str, columns: Mapping[Any, Any], frame: Any = None) -> None:
        self.table, self.columns, self.frame = table, columns, frame
        self.headings = [heading for heading in columns if isinstance(heading, str)]
        lengths = {
            name: len(each)
            for name, each in columns.items()
            if isinstance(each, Sized) and getattr(each, "ndim", 1) != 0
        }
        if len(set(lengths.values())) > 1:
            raise DataError(f"columns differ in length: {lengths}", table=table)
        self.rows = next(iter(lengths.values()), 0)

    def held(self, heading: str) -> Held:
        held = _held(self.columns[heading], Place(self.table, heading))
        if len(held) != self.rows:
            raise Place(self.table, heading).error(f"has {len(held)} values, not {self.rows}")
        return held

    def values(self, heading: str) -> Values:
        held = self.held(heading)
        if isinstance(held, nw.Series):
            if held.dtype.is_float() or (held.dtype.is_integer() and not held.null_count()):
                return array_of(held)
            listed: list[Any] = held.to_list()
            return listed
        return held if isinstance(held, np.ndarray) else _as_array(held)

    def numbers(self, heading: str) -> Values:
        held = self.held(heading)
        if isinstance(held, nw.Series) and held.dtype.is_numeric():
            return array_of(held if held.dtype.is_float() else held.cast(nw.Float64))
        return self.values(heading)

    def identities(self, heading: str, place: Place) -> tuple[IdColumn, int]:
        held = self.held(heading)
        found = identities_of(held) if isinstance(held, nw.Series) else None
        return (found, 0) if found else identities_from(self.values(heading), place)

    def read(self, heading: str, column: Column, place: Place) -> AnyArray:
        held = self.held(heading)
        found: AnyArray | None = None
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
        return any(isinstance(dtype, NESTED) for dtype in self.frame.schema.values())

    def lasting(self) -> _Source | None:
        """Return the same columns, read-only; None where that takes a copy."""
        if self.frame is not None:
            plain = _is_immutable(self.frame) and not self._is_nested()
            return _Source(self.table, {}, self.frame.clone()) if plain else None
        columns = {heading: _lasting(values) for heading, values in self.columns.items()}
        if any(each is None for each in columns.values()):
            return None
        return _Source(self.table, columns)

    def repeats(self, columns: Sequence[AnyArray]) -> int:
        """Count the rows that repeat another one exactly, in the columns that are not read too.

        Args:
            columns: what was made of some of its columns, which tells most rows apart.
        """
        rows = repeated_rows(columns)
        if not len(rows):
            return 0
        if self.frame is not None and not self._is_nested():
            return len(rows) - len(self.frame[rows].unique())
        held = [_held(each, Place(self.table, str(name))) for name, each in self.columns.items()]
        coded = np.column_stack([_coded(each, rows) for each in held])
        return len(rows) - len(np.unique(coded, axis=0))


def _coded(held: Held, rows: Codes) -> AnyArray:
    """Return numbers that are the same where some rows of a column are."""
    if isinstance(held, np.ndarray) and held.dtype.kind in "iufbM":
        return np.unique(held[rows], return_inverse=True)[1]
    some = held[rows].to_list() if isinstance(held, nw.Series) else [held[row] for row in rows]
    return IdColumn.from_text(list(map(repr, some))).codes


def _source(data: Any, table: str) -> _Source:
    if isinstance(data, Mapping):
        return _Source(table, data)
    try:
        frame = nw.from_native(data, pass_through=True, allow_series=True)
        if isinstance(frame, nw.LazyFrame):
            frame = frame.collect()
        stream = hasattr(data, "__arrow_c_stream__") and not isinstance(frame, nw.Series)
        if not isinstance(frame, nw.DataFrame) and stream:
            frame = nw.from_arrow(data, backend=_arrow_backend(table))
        if isinstance(frame, nw.DataFrame):
            headings: list[Any] = frame.columns
            return _Source(table, dict(zip(headings, frame.iter_columns(), strict=True)), frame)
    except DuplicateError as cause:
        names = Counter(map(str, getattr(data, "column_names", data.columns)))
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


def _numbers(source: _Source, wanted: tuple[Heading, ...], column: Column, table: str) -> AnyArray:
    factors = [
        numbers_from(source.numbers(heading.name), column, Place(table, heading.name))
        for heading in wanted
    ]
    result = product_of(factors)
    if len(factors) > 1 and np.isinf(result).any():
        at = int(np.argmax(np.isinf(result)))
        raise Place(table, wanted[0].name).error("gives a product that is not a finite number", at)
    return result


def _require(values: AnyArray, column: Column, place: Place) -> None:
    if column.required and not all_known(values):
        at = int(np.argmin(is_known(values)))
        raise place.error(f"is empty; {column.content.value} is needed in every row", at)


def _noted(
    source: _Source, noticed: list[DataNote], ids: list[IdColumn], telling: list[AnyArray]
) -> Lazy[tuple[DataNote, ...]]:
    """Add a note of rows that repeat another: later, where nobody can change them until then."""
    lasting = source.lasting()

    def noted() -> tuple[DataNote, ...]:
        repeats = (lasting or source).repeats([*(each.keys for each in ids), *telling])
        found = [DataNote(DUPLICATE_ROWS, source.table, repeats)] if repeats else []
        return (*noticed, *found)

    later = Lazy(noted)
    if lasting is None:
        later()
    return later


def check_table(
    name: str,
    columns: tuple[Column, ...],
    data: Any,
    mapping: ColumnMapping | None = None,
    score_scale: tuple[int, int] = (0, 10),
    notes: tuple[DataNote, ...] = (),
) -> CheckedTable:
    """Return a table with every value checked, and its columns as they are kept.

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
    identities: dict[str, IdColumn] = {}
    kept: dict[str, AnyArray] = {}
    times: dict[str, TimeArray] = {}
    zones: dict[str, tzinfo | None] = {}
    clocks: dict[str, TimeArray] = {}
    noticed = list(notes)
    for column in columns:
        if column.name not in found:
            continue
        wanted = found[column.name]
        place = Place(name, wanted[0].name)
        if column.content is Content.IDENTITY:
            ids, floats = source.identities(place.heading, place)
            identities[column.name] = ids
            if floats:
                noticed.append(DataNote(IDS_AS_FLOATS, name, floats, column=place.heading, unit=""))
            continue
        if column.content is Content.MOMENT:
            read = source.moments(place.heading, place)
            kept[column.name] = read.days
            if read.times is not None:
                times[column.name], zones[column.name] = freeze(read.times), read.zone
            if read.clocks is not None:
                clocks[column.name] = freeze(read.clocks)
        elif column.is_number:
            kept[column.name] = _numbers(source, wanted, column, name)
            if column.content is Content.SCORE:
                scores_checked(kept[column.name], score_scale, place)
        else:
            with utf8_of(place):
                kept[column.name] = source.read(place.heading, column, place)
        _require(kept[column.name], column, place)
        freeze(kept[column.name])
    moments = [column.name for column in columns if column.content is Content.MOMENT]
    numbers = [column.name for column in columns if column.is_number]
    telling = [kept[name] for name in (*moments, *numbers[:1]) if name in kept]
    read_headings = {each.name for wanted in found.values() for each in wanted}
    return CheckedTable(
        name=name,
        rows=source.rows,
        identities=identities,
        columns=kept,
        times=times,
        zones=zones,
        clocks=clocks,
        headings={field: wanted[0].name for field, wanted in found.items()},
        unread=tuple(h for h in source.headings if h not in read_headings),
        noted=_noted(source, noticed, [*identities.values()], telling),
    )
