r"""Reading a business's own exports: csv, parquet and xlsx, strictly, column by column.

Text is converted to what its column should hold, and a column that could mean two things is an
error that shows both (decided, issue 2). What is typed already, in parquet and xlsx, stays so.

>>> import tempfile
>>> from klantkompas.domain.interactions import Order
>>> from klantkompas.domain.fields import columns_of
>>> with tempfile.TemporaryDirectory() as folder:
...     path = Path(folder, "orders.csv")
...     _ = path.write_text("klant;datum;bedrag\n0001;31-1-2025;1.250,00\n")
...     mapping = {"customer": "klant", "on": "datum", "amount": "bedrag"}
...     frame, notes = read_file(path, table="orders", columns=columns_of(Order), mapping=mapping)
>>> frame.row(0)
('0001', datetime.date(2025, 1, 31), 1250.0)
"""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from klantkompas._printable import shown
from klantkompas.domain.fields import Column, Content
from klantkompas.errors import ArgumentError, KlantkompasError, MissingExtraError
from klantkompas.io.delimited import TypesOf, read_delimited
from klantkompas.io.headings import ColumnMapping, Heading, resolve_headings
from klantkompas.io.locales import Locale, find_locale
from klantkompas.io.parse_columns import WrittenColumn
from klantkompas.io.parse_dates import read_dates
from klantkompas.io.parse_distinct import HEAD, Converted
from klantkompas.io.parse_numbers import have_points, read_numbers
from klantkompas.io.parse_words import are_true_or_false, read_flags, read_ids, read_text
from klantkompas.io.workbooks import read_workbook
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    import polars
    from polars._typing import PolarsDataType

__all__ = ["read_file"]

_CONVERSIONS: Mapping[
    Content,
    Callable[[WrittenColumn, Locale | None], Converted],
] = {
    Content.IDENTITY: read_ids,
    Content.MOMENT: read_dates,
    Content.MONEY: read_numbers,
    Content.NUMBER: read_numbers,
    Content.SCORE: read_numbers,
    Content.FLAG: read_flags,
    Content.CHOICE: read_text,
    Content.TEXT: read_text,
    Content.TAGS: read_text,
}
_THREADS = 2
_GZIP = b"\x1f\x8b"


def read_file(
    path: str | os.PathLike[str],
    *,
    table: str,
    columns: Sequence[Column],
    mapping: ColumnMapping | None = None,
    locale: str | None = None,
) -> tuple[polars.DataFrame, tuple[DataNote, ...]]:
    """Read one export, and convert the columns that the table needs.

    Args:
        path: a .csv, .tsv or .txt file (also compressed by gzip), .parquet or .xlsx.
        table: the table's name, such as ``"orders"``.
        columns: the columns that the table may have.
        mapping: field to heading; a field that it leaves out is looked for under its own name.
        locale: such as ``"nl"`` or ``"en-US"``; decides where a column leaves a choice.

    Returns:
        The whole file, and what is to be noted. A column that the table needs holds dates or
        datetimes, floats, booleans, ids as whole numbers, or stripped text, null where it is empty;
        the others stay as they were read. Where headings are equal, all but the first get a number
        behind them.

    Raises:
        MissingExtraError: polars, or for xlsx fastexcel, is not installed.
        ArgumentError: the locale, a field of the mapping or a style is not known.
        DataError: the data cannot be used as they are: the error says where and why.
        KlantkompasError: the file cannot be opened.
    """
    country = None if locale is None else find_locale(locale)

    def needed_of(headings: Sequence[str]) -> list[_Needed]:
        return _needed(table, columns, resolve_headings(table, columns, headings, mapping))

    def types_of(headings: list[str], head: polars.DataFrame) -> dict[int, PolarsDataType]:
        try:
            needed = needed_of(headings)
        except KlantkompasError:  # said once the whole file has been looked at
            return {}
        return {
            place: kind
            for each in needed
            for place in [headings.index(each.heading.name)]
            if (kind := _type(each, each.written(table, head[:, place]), country))
        }

    headings, frame, notes = _open(Path(path), table, types_of)
    frame.columns = _unique(headings)
    frame, cut = _without_empty_end(frame, table)
    notes = (*notes, *cut)
    needed = needed_of(headings)

    def convert(wanted: _Needed) -> Converted:
        return _convert(wanted, table, frame[wanted.heading.name], country)

    # polars releases the GIL, so two columns can be converted at once.
    with ThreadPoolExecutor(_THREADS) as pool:
        every = list(pool.map(convert, needed))
    frame = frame.with_columns(
        values.alias(each.heading.name) for each, (values, _) in zip(needed, every, strict=True)
    )
    return frame, (*notes, *(note for _, remarks in every for note in remarks))


def _open(
    path: Path, table: str, types_of: TypesOf
) -> tuple[list[str], polars.DataFrame, tuple[DataNote, ...]]:
    try:
        import polars
        from polars.exceptions import PanicException, PolarsError
    except ImportError as error:
        raise MissingExtraError("files", "reading files") from error
    suffix = Path(path.stem if path.suffix.lower() == ".gz" else path.name).suffix.lower()
    if suffix not in (".csv", ".tsv", ".txt", ".parquet", ".xlsx"):
        raise ArgumentError(
            f"{path}: the name does not end as that of a file that can be read; save it as csv "
            "(also csv.gz, tsv or txt), parquet or xlsx"
        )
    try:
        content = path.read_bytes()
        if content.startswith(_GZIP):
            content = gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise KlantkompasError(
            f"{path} cannot be read: {getattr(error, 'strerror', None) or error}. Give the path of "
            "a file that exists, is whole and may be read"
        ) from error
    try:
        if suffix == ".parquet":
            frame = polars.read_parquet(io.BytesIO(content))
            return [name.strip() for name in frame.columns], frame, ()
        if suffix == ".xlsx":
            return read_workbook(content, table=table)
        return read_delimited(content, table=table, types_of=types_of)
    except (PolarsError, PanicException) as error:
        raise KlantkompasError(
            f"{path} is not a {suffix.removeprefix('.')} file that can be read, or it is damaged; "
            "make the export again"
        ) from error


def _unique(headings: Sequence[str]) -> list[str]:
    unique: list[str] = []
    for heading in headings:
        name, number = heading, 1
        while name in unique or (number > 1 and name in headings):
            number += 1
            name = f"{heading} ({number})"
        unique.append(name)
    return unique


def _without_empty_end(
    frame: polars.DataFrame, table: str
) -> tuple[polars.DataFrame, tuple[DataNote, ...]]:
    import polars

    filled = frame.select(polars.any_horizontal(polars.all().is_not_null())).to_series().arg_true()
    height = filled[-1] + 1 if len(filled) else 0
    empty = frame.height - height
    if not empty:
        return frame, ()
    note = DataNote("{count} empty rows at the end were left out", table=table, count=empty)
    return frame.head(height), (note,)


@frozen
class _Needed:
    """A heading of the file that is needed, the column that it is for, and its whole product."""

    column: Column
    heading: Heading
    product: Sequence[Heading]

    def written(self, table: str, values: polars.Series) -> WrittenColumn:
        """Return its text with what its errors must name."""
        return WrittenColumn(table, self.column.name, self.heading, values, wanted=self.product)


def _needed(
    table: str, columns: Sequence[Column], found: Mapping[str, Sequence[Heading]]
) -> list[_Needed]:
    needed: dict[str, _Needed] = {}
    for column in columns:
        product = found.get(column.name, ())
        for heading in product:
            before = needed.setdefault(heading.name, _Needed(column, heading, product))
            earlier = before.column
            same = _CONVERSIONS[earlier.content] is _CONVERSIONS[column.content]
            if not same or before.heading.style != heading.style:
                raise ArgumentError(
                    f"columns: {shown(heading.name)} is named for both {table}.{earlier.name} and "
                    f"{table}.{column.name}, which read it differently ({earlier.content.value}, "
                    f"{column.content.value})",
                    remedy="Copy the column in the file and name the copy",
                )
    return list(needed.values())


def _convert(
    wanted: _Needed, table: str, values: polars.Series, locale: Locale | None
) -> Converted:
    from polars import Categorical, Enum, Null, String

    content = wanted.column.content
    if values.dtype in (String, Categorical, Enum, Null):
        values = values.cast(String)
    elif not (content is Content.IDENTITY and values.dtype.is_float()):
        return values, ()
    return _CONVERSIONS[content](wanted.written(table, values), locale)


def _type(wanted: _Needed, head: WrittenColumn, locale: Locale | None) -> PolarsDataType | None:
    """Return the type as which polars may read a column of text, by its first values."""
    from polars import Boolean, Float64

    column = wanted.column
    written = evolve(head, values=head.values.head(HEAD))
    if column.is_number and have_points(written, locale):
        return Float64
    if column.content is Content.FLAG and are_true_or_false(written):
        return Boolean
    return None
