"""Exports of one table in several layouts, such as those of two web shops, put under each other.

>>> import polars
>>> from klantkompas.domain.fields import columns_of
>>> from klantkompas.domain.interactions import Order
>>> def sold(name: str, amount: float) -> Export:
...     frame = polars.DataFrame({name: [amount]})
...     return Export(frame=frame, mapping={"amount": (Heading(name),)})
>>> both = [(sold("Total", 5.0), 1), (sold("Bedrag", 7.0), 1)]
>>> joined(both, columns_of(Order)).frame
shape: (2, 1)
┌────────┐
│ amount │
│ ---    │
│ f64    │
╞════════╡
│ 5.0    │
│ 7.0    │
└────────┘
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from attrs import evolve

from klantkompas.domain.field_source import Heading
from klantkompas.domain.fields import Column, Content
from klantkompas.io.parsing.products import product
from klantkompas.io.shaping.apply_shape import Export
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars

__all__ = ["joined"]

_TEXT = (Content.IDENTITY, Content.CHOICE, Content.TEXT, Content.TAGS)


def joined(exports: Sequence[tuple[Export, int]], columns: Sequence[Column]) -> Export:
    """Return exports of one table as one, with its fields for columns.

    Args:
        exports: of each layout the export, and how many rows its files have.
        columns: the columns that the table may have.

    Returns:
        The rows of all; a field that one does not have is empty there. Where moments have offsets
        from UTC in some only, those of the written clock count in all.
    """
    import polars

    frames = [
        polars.DataFrame([_values(export, each) for each in columns if each.name in export.mapping])
        for export, _ in exports
    ]
    for column in columns:
        if column.content is Content.MOMENT:
            _even_moments(frames, column.name)
    heights = [height for _, height in exports]
    offsets = list(accumulate(heights[:-1], initial=0))
    return Export(
        frame=polars.concat(frames, how="diagonal_relaxed"),
        mapping={name: (Heading(name),) for frame in frames for name in frame.columns},
        rows=polars.concat(
            [
                offset + _rows(export, height)
                for offset, (export, height) in zip(offsets, exports, strict=True)
            ]
        ),
        starts=tuple(
            (start + offset, heading_row, name)
            for offset, (export, _) in zip(offsets, exports, strict=True)
            for start, heading_row, name in export.starts
        ),
        notes=tuple(
            _of_files(note, dict.fromkeys(name for _, _, name in export.starts))
            for export, _ in exports
            for note in export.notes
        ),
        currencies=frozenset().union(*(export.currencies for export, _ in exports)),
    )


def _of_files(note: DataNote, names: Iterable[str]) -> DataNote:
    """Return a note with the files that it is of, unless it names one of them itself."""
    said = f"{note.detail} {note.row}"
    names = [*names]
    return note if any(name in said for name in names) else evolve(note, file=", ".join(names))


def _values(export: Export, column: Column) -> polars.Series:
    import polars

    headings = export.mapping[column.name]
    values = export.frame[headings[0].name]
    if len(headings) > 1:
        values = product(export.frame, headings)
    elif column.content in _TEXT:
        values = values.cast(polars.String)
    return values.alias(column.name)


def _rows(export: Export, height: int) -> polars.Series:
    import polars

    rows = polars.Series(range(height)) if export.rows is None else export.rows
    return rows.cast(polars.Int64)


def _even_moments(frames: list[polars.DataFrame], name: str) -> None:
    """Make the moments of all frames one type: dates, the clock, or the clock with its offset."""
    import polars

    having = [at for at, frame in enumerate(frames) if name in frame.columns]
    if len({frames[at][name].dtype for at in having}) < 2:
        return
    for at in having:
        values = frames[at][name]
        if isinstance(values.dtype, polars.Struct):
            values = values.struct.field("clock")
        elif isinstance(values.dtype, polars.Datetime):
            values = values.dt.replace_time_zone(None)
        frames[at] = frames[at].with_columns(values.cast(polars.Datetime("us")).alias(name))
