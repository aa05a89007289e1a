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

from collections.abc import Callable, Mapping
from datetime import tzinfo

import numpy as np
from attrs import evolve, frozen

from klantkompas._arrays import (
    AnyArray,
    Lazy,
    TimeArray,
    all_known,
    freeze,
    is_known,
)
from klantkompas._arrays import product as product_of
from klantkompas._ids import IdColumn
from klantkompas._told import Told, told
from klantkompas.domain.field_source import Heading
from klantkompas.domain.fields import Column, Content
from klantkompas.errors import DataError
from klantkompas.io.columns.column_source import ColumnSource, column_source
from klantkompas.io.columns.values import Place, numbers_from, scores_checked, utf8_of
from klantkompas.io.headings.named import ColumnMapping, resolve_headings
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

__all__ = ["CheckedTable", "check_columns", "check_table"]

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
        columns: the other columns, by field, as `klantkompas.io.columns.values` keeps them.
        times: by field, for columns of moments with clock times: microseconds to sort them by.
        zones: for each of those, the time zone; None where there is none.
        clocks: by field, for those with a time zone: the microseconds of the clock as written.
        headings: the heading of each field, for messages.
        unread: the headings that no field reads.
        noted: what was odd; rows that repeat another are looked for when first asked for.
        currencies: the codes of the currencies that the export says its money is in.
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
    currencies: frozenset[str] = frozenset()
    in_file: Callable[[DataError], DataError] = _as_it_is

    @property
    def notes(self) -> tuple[DataNote, ...]:
        """Notes on what was odd in the table."""
        return self.noted()

    def with_notes(self, notes: tuple[DataNote, ...]) -> CheckedTable:
        """Return the table with more notes, which stand first.

        Args:
            notes: what else was odd.
        """
        if not notes:
            return self
        noted = self.noted
        return evolve(self, noted=Lazy(lambda: (*notes, *noted())))


def _numbers(
    source: ColumnSource, wanted: tuple[Heading, ...], column: Column, table: str
) -> AnyArray:
    factors = [
        numbers_from(source.numbers(heading.name), column, Place(table, heading.name))
        for heading in wanted
    ]
    result = product_of(factors)
    if len(factors) > 1 and np.isinf(result).any():
        at = int(np.argmax(np.isinf(result)))
        raise Place(table, wanted[0].name).error(
            told("gives a product that is not a finite number"), at
        )
    return result


def _require(values: AnyArray, column: Column, place: Place) -> None:
    if column.required and not all_known(values):
        at = int(np.argmin(is_known(values)))
        raise place.error(
            told(
                "is empty; {content} is needed in every row", content=Told(column.content.value, {})
            ),
            at,
        )


def _noted(
    source: ColumnSource,
    noticed: list[DataNote],
    ids: list[IdColumn],
    telling: list[AnyArray],
    others: list[AnyArray],
) -> Lazy[tuple[DataNote, ...]]:
    """Add a note of rows that repeat another: later, where nobody can change them until then."""
    lasting = source.lasting()

    def noted() -> tuple[DataNote, ...]:
        repeats = (lasting or source).repeats([*(each.keys for each in ids), *telling], others)
        found = [DataNote(DUPLICATE_ROWS, source.table, repeats)] if repeats else []
        return (*noticed, *found)

    later = Lazy(noted)
    if lasting is None:
        later()
    return later


def check_table(
    name: str,
    columns: tuple[Column, ...],
    data: object,
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
    source = column_source(data, name)
    found = resolve_headings(name, columns, source.headings, mapping)
    return check_columns(source, columns, found, score_scale, notes)


def check_columns(
    source: ColumnSource,
    columns: tuple[Column, ...],
    found: Mapping[str, tuple[Heading, ...]],
    score_scale: tuple[int, int] = (0, 10),
    notes: tuple[DataNote, ...] = (),
) -> CheckedTable:
    """Return a table of which it is known what each of its columns is, with every value checked.

    Args:
        source: the columns of the data.
        columns: the columns that the table may have.
        found: by field, the headings whose product it is, mostly one.
        score_scale: the lowest and highest score.
        notes: what was noticed before.

    Returns:
        The table; a field without a heading is absent from it.

    Raises:
        DataError: the first value that does not fit, with its place.
    """
    name = source.table
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
    telling = [name for name in (*moments, *numbers[:1]) if name in kept]
    others = [each for name, each in kept.items() if name not in telling and each.dtype != object]
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
        noted=_noted(
            source, noticed, [*identities.values()], [kept[name] for name in telling], others
        ),
    )
