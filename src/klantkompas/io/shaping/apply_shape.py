"""An export brought into the columns of a table: what its shape declares, done to its raw cells.

Every row keeps its place until all is converted, so that an error says where it stands; only then
are rows left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import frozen

from klantkompas.domain.export_shape import ExportShape
from klantkompas.domain.field_source import Heading
from klantkompas.domain.fields import Column
from klantkompas.io.parsing.locales import find_locale
from klantkompas.io.parsing.moments_in_zone import checked_zone
from klantkompas.io.shaping.choosing_rows import RowChoice
from klantkompas.io.shaping.composing import compose, join_texts
from klantkompas.io.shaping.converting import Converter, needed_columns
from klantkompas.io.shaping.put_together import LinesOfThings
from klantkompas.io.shaping.titles_apart import titles_apart
from klantkompas.io.sources.raw_table import RawTable, Starts
from klantkompas.io.suspicions.currencies import currencies_of
from klantkompas.io.suspicions.noted import placeholders, suspicions
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars

__all__ = ["Export", "apply_shape"]


@frozen(eq=False, kw_only=True)
class Export:
    """The cells of an export, those that a table needs converted.

    Args:
        frame: the rows that count, as a polars DataFrame with all columns.
        mapping: by field, the columns of `frame` that it is the product of, mostly one.
        rows: for each row of `frame`, its position in the file, from 0; None where all rows count.
        starts: where the tables of several sheets or files begin among those rows.
        notes: what was odd.
        currencies: the codes of the currencies that it says its money is in.
    """

    frame: polars.DataFrame
    mapping: Mapping[str, tuple[Heading, ...]]
    rows: polars.Series | None = None
    starts: Starts = ()
    notes: tuple[DataNote, ...] = ()
    currencies: frozenset[str] = frozenset()


def apply_shape(
    raw: RawTable,
    shape: ExportShape,
    columns: Sequence[Column],
    *,
    locale: str | None = None,
    zone: str | None = None,
    parse: bool = True,
) -> Export:
    """Return an export with its shape (its declared layout) applied and its columns converted.

    Args:
        raw: the cells.
        shape: where the fields come from, by the columns' own names (`resolve_shape`).
        columns: the columns that the table may have.
        locale: how numbers and dates are written where a column leaves a choice.
        zone: the time zone of the clock times.
        parse: whether text is converted to what its column should hold; False: it stays text.

    Returns:
        The rows that count.

    Raises:
        ArgumentError: a locale, zone or style is not known, or a column is needed in two ways.
        DataError: a value cannot be read, a column can be read in two ways, a needed cell is empty.
    """
    read = tuple(column for column in columns if column.name in shape.fields)
    raw, shape = titles_apart(raw, shape)
    name, place = shape.locale or locale, shape.zone or zone
    choice = RowChoice(raw=raw, shape=shape, columns=read)
    converter = Converter(
        raw=raw, shape=shape, locale=find_locale(name) if name else None, parse=parse
    )
    zone = checked_zone(place) if place else None

    frame, kept, taken, left_out = choice.before_reading()
    frame, texts = join_texts(frame, shape, read)
    converted, odd = converter.convert(frame, [*needed_columns(shape, read), *texts.values()])
    if converted:
        frame = frame.with_columns(values.alias(name) for name, values in converted.items())
    frame, mapping, composed = compose(frame, shape, read, texts, zone)
    lines = None
    if taken is not None and kept is not None:
        lines = LinesOfThings(
            raw=raw, shape=shape, columns=read, taken=taken, frame=frame, mapping=mapping
        )
        kept, earlier = lines.as_the_last_says(kept)
        frame, mapping, together = lines.together()
        composed += (*earlier, *together)
    frame, nobody = choice.without_nobody(frame, mapping)
    before = kept
    kept, incomplete = choice.after_reading(frame, mapping, kept)
    if lines is not None and before is not None:
        incomplete += lines.that_differ(before, kept)
    rows = None if kept is None or kept.all() else kept.arg_true()
    counted = frame if rows is None else frame[rows]
    made = set(frame.columns) - set(raw.frame.columns)
    as_written = raw.frame if rows is None else raw.frame[rows]
    parts = None
    if len(raw.starts) > 1:
        parts = raw.parts if rows is None else raw.parts[rows]
    suspect = suspicions(counted, shape, read, mapping, made, raw.index.numbered, parts)
    suspect += placeholders(counted, as_written, shape, read)
    notes = (*raw.notes, *left_out, *odd, *composed, *nobody, *incomplete, *suspect)
    currencies = currencies_of(as_written, shape, read)
    return Export(frame=counted, mapping=mapping, rows=rows, notes=notes, currencies=currencies)
