"""Which rows of an export count, by their values and their currency.

>>> import polars
>>> frame = polars.DataFrame({"Status": ["paid", "Voided", "paid"], "Total": ["1", "2", "3"]})
>>> kept, notes = rows_that_count(
...     frame, {"Status": ("Paid",)}, None, table="orders", row=lambda position: str(position + 2)
... )
>>> kept.to_list(), str(notes[0])
([True, False, True], 'orders: 1 row left out because of Status: Voided 1, such as row 3')
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from klantkompas._told import either, joined, told
from klantkompas.domain.export_shape import Currency
from klantkompas.errors import DataError
from klantkompas.io.headings.naming import quoted
from klantkompas.io.shaping.field_values import is_any
from klantkompas.wording.catalogue import mark
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars

__all__ = ["plain", "rows_that_count"]

WHERE = mark("{count} left out because of {column}: {detail}, such as row {row}")
OTHER_CURRENCY = mark(
    "{count} left out because of the currency in {column}: {detail}, such as row {row}"
)
_SHOWN = 6


def plain(values: polars.Series) -> polars.Series:
    """Return cells as text without blanks around it; empty where there is none."""
    import polars

    return values.cast(polars.String).fill_null("").str.strip_chars()


def _counted(values: polars.Series) -> str:
    """Return which values there are and how often each, the most frequent first."""
    counts = values.value_counts(sort=True).rows()
    counts.sort(key=lambda each: (-each[1], each[0]))
    told = [f"{value or quoted('')} {count}" for value, count in counts[:_SHOWN]]
    return ", ".join([*told, "..."] if len(counts) > _SHOWN else told)


def rows_that_count(
    frame: polars.DataFrame,
    where: Mapping[str, Sequence[str]],
    currency: Currency | None,
    *,
    table: str,
    row: Callable[[int], str],
    among: polars.Series | None = None,
) -> tuple[polars.Series, tuple[DataNote, ...]]:
    """Return a mask of the rows of an export whose values and currency count.

    Args:
        frame: the cells.
        where: by column, the values that count; capitals do not matter, and an asterisk stands for
            any text.
        currency: the column with the currency, and which to keep.
        table: the table's name.
        row: takes a position, and returns the row's number in a spreadsheet.
        among: which rows are looked at; all where not given.

    Returns:
        The mask, and notes on the rows that do not count.

    Raises:
        DataError: there is more than one currency and none was chosen, or no row has a value that
            counts.
    """
    import polars

    kept = polars.repeat(True, frame.height, dtype=polars.Boolean, eager=True)
    if among is not None:
        kept &= among
    notes = list[DataNote]()
    for name, allowed in where.items():
        values = plain(frame[name])
        counts = is_any(values, allowed)
        if kept.any() and not (kept & counts).any():
            raise _nothing_counts(name, values.filter(kept), where, table)
        if (left := (kept & ~counts).arg_true()).len():
            notes.append(
                DataNote(
                    WHERE,
                    table=table,
                    count=len(left),
                    column=name,
                    detail=_counted(values.gather(left)),
                    row=row(left[0]),
                )
            )
            kept &= counts
    if currency is not None:
        kept &= _of_currency(frame, currency, kept, table, row, notes)
    return kept, tuple(notes)


def _nothing_counts(
    name: str, values: polars.Series, where: Mapping[str, Sequence[str]], table: str
) -> DataError:
    """Return the error that no row has a value that counts, with the values that there are."""
    counts = values.value_counts(sort=True, name="rows").rows()
    counts.sort(key=lambda each: (-each[1], each[0]))
    every = {**where, name: [value for value, _ in counts[:_SHOWN]]}
    said = (
        f"{quoted(column)} = [{', '.join(map(quoted, each))}]" for column, each in every.items()
    )
    line = f"where = {{{', '.join(said)}}}"
    wanted = either(map(repr, where[name]))
    return DataError(
        told(
            "has none of the values that count, {wanted}, in any row; there are: {counted}",
            wanted=wanted,
            counted=_counted(values),
        ),
        table=table,
        column=name,
        remedy=told("Say which of these count, under [{table}]: {line}", table=table, line=line),
    )


def _of_currency(
    frame: polars.DataFrame,
    currency: Currency,
    kept: polars.Series,
    table: str,
    row: Callable[[int], str],
    notes: list[DataNote],
) -> polars.Series:
    import polars

    codes = plain(frame[currency.heading]).str.to_uppercase()
    if currency.keep is not None:
        counts = codes == currency.keep.strip().upper()
        if (left := (kept & ~counts).arg_true()).len():
            notes.append(
                DataNote(
                    OTHER_CURRENCY,
                    table=table,
                    count=len(left),
                    column=currency.heading,
                    detail=_counted(codes.gather(left)),
                    row=row(left[0]),
                )
            )
        return counts
    found = codes.filter(kept & (codes != "")).value_counts(sort=True).rows()
    if len(found) > 1:
        found.sort(key=lambda each: (-each[1], each[0]))
        several = [
            told("{code} in {count} rows", code=code, count=count) for code, count in found[:_SHOWN]
        ]
        raise DataError(
            told(
                "holds more than one currency: {counted}. Money is counted in one: "
                'keep the rows of one with currency = {{heading = "{heading}", '
                'keep = "{found}"}} under [{table}], or convert the amounts',
                counted=joined(", ", several),
                heading=currency.heading,
                found=found[0][0],
                table=table,
            ),
            table=table,
            column=currency.heading,
        )
    return polars.repeat(True, frame.height, dtype=polars.Boolean, eager=True)
