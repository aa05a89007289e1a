"""The fields that are made of several columns of an export: joined, added, or brought to net."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from klantkompas._told import told
from klantkompas.domain.export_shape import ExportShape
from klantkompas.domain.field_source import Combine, FieldSource, Heading
from klantkompas.domain.fields import Column, Content
from klantkompas.errors import ArgumentError, DataError
from klantkompas.io.parsing.moments_in_zone import in_zone
from klantkompas.io.parsing.products import product
from klantkompas.io.parsing.telephones import as_telephones, code_of
from klantkompas.io.shaping.converting import Wanted, is_joined
from klantkompas.io.shaping.field_values import (
    added,
    as_email,
    first_filled,
    is_any,
    joined,
    negated,
    plus_days,
)
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars

__all__ = ["compose", "join_texts", "put"]

SIGNED = mark("{count} that {column} says are negative were so already, and stay as they are")
NET = mark("refunds that include tax, brought to the order's own ratio of net to gross: {count}")


def join_texts(
    frame: polars.DataFrame, shape: ExportShape, columns: Sequence[Column]
) -> tuple[polars.DataFrame, dict[str, Wanted]]:
    """Join the text of the fields that are made of several columns before they are read.

    Args:
        frame: the cells.
        shape: where the fields come from.
        columns: the fields' columns.

    Returns:
        The cells with the joined columns added; and by field, the joined column to convert.
    """
    texts = dict[str, Wanted]()
    for column in columns:
        source = shape.fields[column.name]
        if not is_joined(column, source):
            continue
        parts = [*source.headings, *([] if source.time is None else [source.time])]
        is_date = column.content is Content.MOMENT and source.time is None
        text = joined([frame[each.name] for each in parts], "-" if is_date else " ")
        name = _free(" ".join(each.name for each in parts), frame)
        frame = frame.with_columns(text.alias(name))
        texts[column.name] = Wanted(column, Heading(name, source.headings[0].style), source.words)
    return frame, texts


def compose(
    frame: polars.DataFrame,
    shape: ExportShape,
    columns: Sequence[Column],
    texts: Mapping[str, Wanted],
    zone: str | None,
) -> tuple[polars.DataFrame, dict[str, tuple[Heading, ...]], list[DataNote]]:
    """Make one column of each field that is not one already, or a product of columns.

    Args:
        frame: the cells, converted.
        shape: where the fields come from.
        columns: the fields' columns.
        texts: by field, the column that `join_texts` made.
        zone: the time zone of the clock times.

    Returns:
        The cells with the made columns added; by field, the columns that it is the product of; and
        notes on what was odd.

    Raises:
        ArgumentError: a field is a term after a day of issue that no column is named for.
        DataError: money was given back in a row that is made negative too.
    """
    mapping, notes = dict[str, tuple[Heading, ...]](), list[DataNote]()
    for column in columns:
        source = shape.fields[column.name]
        headings = (texts[column.name].heading,) if column.name in texts else source.headings
        mapping[column.name] = headings
        made = _made(frame, source, headings)
        if source.sign is not None:
            values = product(frame, headings) if made is None else made
            _refuse_both(frame, shape, source.sign)
            made, signed = _signed(frame, values, source.sign, shape.table)
            notes += signed
        if made is not None:
            frame, mapping[column.name] = put(frame, made, _formula(source, headings))
    for column in columns:
        source = shape.fields[column.name]
        if source.gross is not None and "amount" in mapping:
            net, count = _net(frame, mapping[column.name], mapping["amount"], source.gross)
            frame, mapping[column.name] = put(frame, net, f"{column.name} (net)")
            notes += [DataNote(NET, shape.table, count, unit="")] if count else []
        if source.term is not None:
            due, name = _term(frame, mapping, column.name, source.term, shape.table)
            frame, mapping[column.name] = put(frame, due, name)
        if zone is not None and column.content is Content.MOMENT:
            (heading,) = mapping[column.name]
            frame = frame.with_columns(in_zone(frame[heading.name], zone).alias(heading.name))
    return frame, mapping, notes


def _term(
    frame: polars.DataFrame,
    mapping: Mapping[str, tuple[Heading, ...]],
    field: str,
    days: int,
    table: str,
) -> tuple[polars.Series, str]:
    """Add days to the day of issue, where no date stands; return the column, and its name."""
    if "issued" not in mapping:
        raise ArgumentError(
            told(
                "{table}.{field} is a term of {days} days after issued, and no "
                'column is named for issued: add issued = "..."',
                table=table,
                field=field,
                days=days,
            ),
            place="columns",
            about=(table, field),
        )
    (issued,) = mapping["issued"]
    due = plus_days(frame[issued.name], days)
    if mapping[field]:
        own = plus_days(frame[mapping[field][0].name], 0)
        due = own.zip_with(own.is_not_null(), due)
    return due, f"{issued.name} + {days}"


def _free(name: str, frame: polars.DataFrame) -> str:
    """Return a name that no column has, made of one."""
    taken, free, number = set(frame.columns), name, 1
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free


def put(
    frame: polars.DataFrame, values: polars.Series, name: str
) -> tuple[polars.DataFrame, tuple[Heading, ...]]:
    """Add a column under a name like one given; return the cells, and the column."""
    free = _free(name, frame)
    return frame.with_columns(values.alias(free)), (Heading(free),)


def _formula(source: FieldSource, headings: Sequence[Heading]) -> str:
    """Return how a field is made of its columns, as a name for the column that is made."""
    between = " or " if source.combine is Combine.FIRST else " + "
    plus = between.join(each.name for each in headings)
    return " - ".join([plus, *(each.name for each in source.less)])


def _made(
    frame: polars.DataFrame, source: FieldSource, headings: Sequence[Heading]
) -> polars.Series | None:
    """Make the values of a field of its columns; None where they are a column, or a product."""
    columns = [frame[each.name] for each in headings]
    made: polars.Series | None = None
    if source.combine is Combine.FIRST:
        made = first_filled(columns)
    elif source.less or (source.combine is Combine.SUM and len(columns) > 1):
        made = added(columns, [frame[each.name] for each in source.less])
    if source.compared_as:
        ids = columns[0] if made is None else made
        code = code_of(source.compared_as)
        made = as_email(ids) if code is None else as_telephones(ids, code)
    return made


def _refuse_both(
    frame: polars.DataFrame, shape: ExportShape, sign: tuple[str, tuple[str, ...]]
) -> None:
    """Refuse rows that are made negative, and of which money is taken off as given back too."""
    refunded = shape.fields.get("refunded", FieldSource()).headings
    if not refunded:
        return
    given = product(frame, refunded)
    both = is_any(frame[sign[0]], sign[1]) & (given > 0).fill_null(value=False)
    if both.any():
        at = both.arg_max() or 0
        raise DataError(
            told(
                "was given back in a row that is made negative because of {column} too",
                column=sign[0],
            ),
            table=shape.table,
            column=refunded[0].name,
            row=at + 1,
            value=given[at],
            remedy=told("Leave sign out of amount, or leave refunded out"),
        )


def _signed(
    frame: polars.DataFrame,
    values: polars.Series,
    sign: tuple[str, tuple[str, ...]],
    table: str,
) -> tuple[polars.Series, list[DataNote]]:
    """Make the numbers of some rows negative; where none is above 0 they are so already."""
    which = is_any(frame[sign[0]], sign[1])
    own = values.filter(which)
    below = int((own < 0).sum())
    if below and not (own > 0).any():
        return values, [DataNote(SIGNED, table, below, column=sign[0], unit="amounts")]
    return negated(values, which), []


def _net(
    frame: polars.DataFrame,
    refunded: Sequence[Heading],
    amount: Sequence[Heading],
    gross: Heading,
) -> tuple[polars.Series, int]:
    """Bring gross money to the ratio of the row's own amount to its gross total."""
    given, total = frame[refunded[0].name], frame[gross.name]
    ratio = (product(frame, amount) / total).fill_nan(1.0)
    ratio = ratio.zip_with((total != 0).fill_null(value=False), ratio * 0.0 + 1.0)
    different = ((ratio - 1.0).abs() > 1e-9) & (given != 0)
    return given * ratio, int(different.fill_null(value=False).sum())
