"""Which declared shape an export has, by its headings, where nobody named its columns.

>>> from klantkompas.domain.export_shape import ExportShape
>>> shop = ExportShape(
...     table="orders", name="shop", title="the shop's orders", signature=("Ref", "Buyer"),
...     fields={"customer": "Buyer"},
... )
>>> shape, notes = recognise(ExportShape(table="orders"), [shop], HeadingIndex(["Buyer", "Ref"]))
>>> shape.name, str(notes[0])
('shop', "orders: read as the shop's orders")
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from klantkompas._nearest import nearest
from klantkompas._printable import shown
from klantkompas._told import Told, either, joined, told
from klantkompas.domain.export_shape import KEYS, ExportShape
from klantkompas.errors import ArgumentError, DataError
from klantkompas.io.headings.index import HeadingIndex
from klantkompas.io.headings.naming import in_settings, quoted
from klantkompas.io.headings.synonyms import likely_heading
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

__all__ = ["beside_its_shape", "left_unnamed", "perhaps_known", "perhaps_text", "recognise"]

_FEWEST, _MOSTLY = 4, 0.65
READ_AS = mark("read as {title}")
READ_AS_BESIDE = mark(
    "read as {title}. Where a note says to write what a column is, write this with it: {line}"
)
LEFT = mark(
    "the headings are those of {title}, of which these are not read, as others were named: "
    "{column}. To read them too, write in its settings: {line}"
)
BY_NAME = mark(
    "read as {title}, whose headings are shown by no public file: look whether each column is "
    "what it should be"
)


def recognise(
    given: ExportShape, shapes: Sequence[ExportShape], index: HeadingIndex
) -> tuple[ExportShape, tuple[DataNote, ...]]:
    """Return the known shape (layout) of an export of which no column was named.

    Args:
        given: what the caller says of the table.
        shapes: the shapes that are known.
        index: the headings of the export.

    Returns:
        The shape with the longest signature that stands there, with the caller's locale and zone,
        and a note that says so; the caller's own where a field is named or none is recognised. Of a
        shape that the caller names, and that has no signature, a note says that it is not sure.

    Raises:
        DataError: two shapes have equally long signatures there.
    """
    if given.name and not given.signature and not given.title:
        return _named(given, shapes)
    if given.fields:
        return given, ()
    found = [
        each
        for each in shapes
        if each.table == given.table and each.signature and index.has(each.signature)
    ]
    if not found:
        return given, ()
    longest = max(len(each.signature) for each in found)
    best = [each for each in found if len(each.signature) == longest]
    if len(best) > 1:
        raise DataError(
            told("may be {names}", names=either(map(_title, best))),
            table=given.table,
            remedy=told("Name the columns"),
        )
    (shape,) = best
    note = DataNote(READ_AS, table=given.table, title=shape.title or shape.name)
    return _changed(shape, given), (note,)


def beside_its_shape(
    shape: ExportShape, recognised: Sequence[DataNote], notes: Sequence[DataNote]
) -> tuple[DataNote, ...]:
    """Return the notes that a shape was recognised, with its name where others tell of its fields.

    Where a column is named, no shape is recognised, so that it has to be named as well.

    Args:
        shape: the shape by which the export was read.
        recognised: what `recognise` noted.
        notes: the other notes on the export.
    """
    if any(each.line and each.line.partition(" = ")[0] not in KEYS for each in notes):
        line = f"shape = {quoted(shape.name)}"
        return tuple(
            evolve(each, message=READ_AS_BESIDE, line=line) if each.message == READ_AS else each
            for each in recognised
        )
    return tuple(recognised)


def perhaps_known(
    error: DataError, given: ExportShape, shapes: Sequence[ExportShape], index: HeadingIndex
) -> DataError:
    """Return an error that columns are missing with the shape that the headings are of, or nearly.

    Args:
        error: the error.
        given: what the caller says of the table.
        shapes: the shapes that are known.
        index: the headings of the export.
    """
    shape = _unnamed(given, shapes, index)
    if shape is None:
        return _nearly(error, given, shapes, index)
    so = told("These are the headings of {title}; to read them so, write", title=_title(shape))
    return error.advised(
        joined(" ", (so, f'"shape": {quoted(shape.name)}')),
        command=joined(" ", (so, f"shape = {quoted(shape.name)}")),
    )


def perhaps_text(
    error: DataError, given: ExportShape, shapes: Sequence[ExportShape], headings: Sequence[str]
) -> DataError:
    """Return an error of a data frame that was not parsed with the shape that its headings are of.

    Args:
        error: the error.
        given: what the caller says of the table.
        shapes: the shapes that are known.
        headings: the headings of the data frame.
    """
    if given.name or given.fields:
        return error
    try:
        shape, notes = recognise(given, shapes, HeadingIndex(headings))
    except DataError:
        return error
    if not notes:
        return error
    so = told(
        "These are the headings of {title}; a data frame of it is read with", title=_title(shape)
    )
    remedy = joined(" ", (so, "parse=True"))
    return error.advised(remedy, command=remedy)


def _nearly(
    error: DataError, given: ExportShape, shapes: Sequence[ExportShape], index: HeadingIndex
) -> DataError:
    """Add the shape of which most headings are there, and which of its own are not."""
    if given.name or given.fields:
        return error
    lacking = {
        each: [name for name in each.signature if not index.positions(name)]
        for each in shapes
        if each.table == given.table
    }
    near = [
        each
        for each, names in lacking.items()
        if names and len(each.signature) - len(names) >= max(_FEWEST, _MOSTLY * len(each.signature))
    ]
    if not near:
        return error
    shape = min(near, key=lambda each: len(lacking[each]))
    elsewhere = [
        name
        for name, source in shape.fields.items()
        if not index.has(each.name for each in source.all_headings)
    ]
    likely = {each: likely_heading(given.table, each, index.headings) for each in elsewhere}
    named = (f"{each} = {quoted(heading or 'HEADING')}" for each, heading in likely.items())
    lines = [f"shape = {quoted(shape.name)}", *named]
    there = ", ".join(
        f"{name} = {in_settings(source)}"
        for name, source in shape.fields.items()
        if name not in elsewhere
    )
    so = told(
        "Nearly all headings of {title} are there, but not {names}. If it is that export, write "
        "in its settings {lines}, which reads {there}; name what is elsewhere",
        title=_title(shape),
        names=either(map(quoted, lacking[shape])),
        lines="; ".join(lines),
        there=there,
    )
    return error.remedied(so)


def left_unnamed(
    resolved: ExportShape,
    given: ExportShape,
    shapes: Sequence[ExportShape],
    index: HeadingIndex,
) -> tuple[DataNote, ...]:
    """Return a note on fields of a known shape that nobody named, as the caller named others.

    Args:
        resolved: where the fields come from.
        given: what the caller says of the table.
        shapes: the shapes that are known.
        index: the headings of the export.
    """
    shape = _unnamed(given, shapes, index)
    left = [] if shape is None else [each for each in shape.fields if each not in resolved.fields]
    if shape is None or not left:
        return ()
    line = f"shape = {quoted(shape.name)}"
    fields = ", ".join(left)
    return (DataNote(LEFT, table=given.table, column=fields, title=shape.title, line=line),)


def _title(shape: ExportShape) -> Told:
    return Told(shape.title or shape.name, {})


def _unnamed(
    given: ExportShape, shapes: Sequence[ExportShape], index: HeadingIndex
) -> ExportShape | None:
    """Return the shape that the headings are of, where the caller names columns and no shape."""
    if given.name or not given.fields:
        return None
    try:
        shape, notes = recognise(ExportShape(table=given.table), shapes, index)
    except DataError:
        return None
    return shape if notes else None


def _named(
    given: ExportShape, shapes: Sequence[ExportShape]
) -> tuple[ExportShape, tuple[DataNote, ...]]:
    """Take the shape that the caller names."""
    known = {each.name: each for each in shapes if each.table == given.table}
    if given.name not in known:
        raise ArgumentError(
            told("{table} has no shape {name}", table=given.table, name=shown(given.name)),
            place="columns",
            remedy=nearest(given.name, known),
            about=(given.table, "shape"),
        )
    shape = known[given.name]
    note = DataNote(BY_NAME, table=given.table, title=shape.title or shape.name)
    return _changed(shape, given), () if shape.signature else (note,)


def _changed(shape: ExportShape, given: ExportShape) -> ExportShape:
    """Put what the caller says in the place of what a shape says."""
    return evolve(
        shape,
        fields={**shape.fields, **given.fields},
        locale=given.locale or shape.locale,
        zone=given.zone or shape.zone,
        currency=given.currency or shape.currency,
        where={**shape.where, **given.where},
        once=given.once or shape.once,
        nobody=given.nobody or shape.nobody,
        heading_rows=max(given.heading_rows, shape.heading_rows),
        incomplete=shape.incomplete if given.incomplete == "error" else given.incomplete,
    )
