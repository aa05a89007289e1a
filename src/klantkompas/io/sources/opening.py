"""The tables of a file, whatever kind of file it is: what it begins with says so.

Text with separators, workbooks, parquet, JSON, bookkeeping and databases; compressed or not.
"""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from attrs import frozen

from klantkompas._told import Told, reason_of, told
from klantkompas.errors import ArgumentError, KlantkompasError, MissingExtraError
from klantkompas.io.sources.contents import nothing_else, read_bytes, too_large
from klantkompas.io.sources.database_files import SAVE_AS, chosen_table, read_database_file
from klantkompas.io.sources.delimited import TypesOf, read_delimited
from klantkompas.io.sources.limits import Limits
from klantkompas.io.sources.raw_table import HeadingRow, RawTable
from klantkompas.io.sources.table_files import Source
from klantkompas.io.sources.value_tables import table_of_frame, table_of_records

__all__ = ["ENDINGS", "are_books", "open_books", "open_tables", "parts_of"]

_ZIP, _XLS = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_TEXT, _WORKBOOKS, _JSON = ("csv", "tsv", "txt"), ("xlsx", "xlsm", "xls", "ods"), ("json", "ndjson")
_DATABASES = ("db", "sqlite", "sqlite3", "duckdb", "ddb")
_BOOKS = ("xaf", "xml")
_KINDS = (*_TEXT, *_WORKBOOKS, *_JSON, "jsonl", *_BOOKS, *_DATABASES, "parquet", "zip")
ENDINGS = tuple(f".{kind}{packed}" for kind in _KINDS for packed in ("", ".gz"))
"""How the names of files that can be read end."""
_TABLES_OF_BOOKS = ("customers", "orders", "invoices")
_PARQUET = b"PAR1"
_MOMENT = re.compile(r"/Date\((-?[0-9]{1,14})(?:[+-][0-9]{4})?\)/")


@frozen(kw_only=True)
class _File:
    """The content of a file, the end of its name, and the name for errors."""

    name: str
    suffix: str
    content: bytes

    def error(self, problem: str, remedy: str) -> KlantkompasError:
        return KlantkompasError(problem, place=self.name, remedy=remedy)


def open_tables(
    source: Source,
    *,
    table: str,
    limits: Limits,
    types_of: TypesOf = lambda headings, head: {},
    heading_row: HeadingRow = lambda rows: (0, -1),
) -> list[RawTable]:
    """Return the tables of a file of any kind, with their cells as they are.

    Args:
        source: the file.
        table: the table's name, for errors and notes.
        limits: how large it may be.
        types_of: says which columns of a text may be read as floats or booleans.
        heading_row: which of the first rows of a sheet or text holds the headings.

    Returns:
        One table; several where several sheets of a workbook have the headings.

    Raises:
        KlantkompasError: the file cannot be opened, or is not of the kind that its name says.
        ArgumentError: the ending of its name is not that of a kind that can be read.
        DataError: its rows cannot be made out.
        MissingExtraError: polars, or what reads this kind of file, is not installed.
    """
    try:
        import polars
    except ImportError as error:
        raise MissingExtraError("files", told("reading files")) from error
    name, inner = _name_of(source)
    suffix = _suffix(name)
    if suffix not in _KINDS:
        raise ArgumentError(
            told("the name does not end as that of a file that can be read"),
            place=name,
            remedy=SAVE_AS,
        )
    if suffix in _DATABASES:
        return [read_database_file(Path(name), inner)]
    content = read_bytes(name if inner else source, name, limits)
    file = _unpacked(_File(name=name, suffix=suffix, content=content), limits)
    _refuse_another_kind(file)
    damaged = file.error(
        told("is not a {suffix} file that can be read, or it is damaged", suffix=file.suffix),
        told("Make the export again"),
    )
    with nothing_else(damaged):
        if file.suffix == "parquet":
            frame = polars.read_parquet(io.BytesIO(file.content))
            return [table_of_frame(frame.columns, frame)]
        if file.suffix in _WORKBOOKS:
            from klantkompas.io.sources.workbooks import read_workbook

            return read_workbook(
                file.content, table=table, limits=limits, heading_row=heading_row, only=inner
            )
        if file.suffix in (*_JSON, "jsonl"):
            return [table_of_records(_records(file))]
        if file.suffix in _BOOKS:
            from klantkompas.io.sources.auditfile import read_auditfile

            asked = inner or ("" if table == name else table)
            wanted = chosen_table(Path(file.name), asked, _TABLES_OF_BOOKS)
            return [read_auditfile([(file.name, file.content)], wanted)]
        return [
            read_delimited(
                file.content,
                table=table,
                types_of=types_of,
                heading_row=heading_row,
                limits=limits,
            )
        ]


def parts_of(source: Source) -> list[Source]:
    """Return the tables within a file as files of their own, where its kind has several.

    >>> parts_of("orders.csv"), parts_of("books.xaf")[1:]
    (['orders.csv'], ['books.xaf::orders', 'books.xaf::invoices'])
    """
    name, inner = _name_of(source)
    if inner or not isinstance(source, str | os.PathLike) or not are_books(source):
        return [source]
    return [f"{name}::{table}" for table in _TABLES_OF_BOOKS]


def _name_of(source: Source) -> tuple[str, str]:
    """Return the name of a file, and that of the table within it, if any."""
    if not isinstance(source, str | os.PathLike):
        name = getattr(source, "name", None)
        return (name if isinstance(name, str) else "an open file.csv"), ""
    name = os.fspath(source)
    path, colons, inner = name.rpartition("::")
    return (path, inner) if colons else (name, "")


def _suffix(name: str) -> str:
    path = Path(name)
    return Path(path.stem if path.suffix.lower() == ".gz" else path.name).suffix.lower()[1:]


def _unpacked(file: _File, limits: Limits) -> _File:
    """Take the only file that can be read out of a zip."""
    if file.suffix != "zip":
        return file
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as packed:
            names = [
                each
                for each in packed.namelist()
                if _suffix(each) in _KINDS and not each.startswith("__MACOSX/")
            ]
            if len(names) != 1:
                raise file.error(
                    told(
                        "holds {count} files that can be read, where one was expected",
                        count=len(names),
                    ),
                    told("Unpack it, and give the file that you mean"),
                )
            size = packed.getinfo(names[0]).file_size
            if size > limits.unpacked(len(file.content)):
                raise too_large(file.name, len(file.content), size, limits)
            return _File(
                name=f"{file.name}, {names[0]}",
                suffix=_suffix(names[0]),
                content=packed.read(names[0]),
            )
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError) as error:
        if isinstance(error, KlantkompasError):
            raise
        raise file.error(
            told("cannot be read: {reason}", reason=reason_of(error)),
            told("Give the path of a file that exists, is whole and may be read"),
        ) from error


def _refuse_another_kind(file: _File) -> None:
    """Refuse a file that is something else than its name says."""
    begins = file.content.startswith
    _refuse_xml(file)
    if begins(b"%PDF-"):
        raise file.error(
            told("is a PDF, whatever its name says"),
            told("Export it as csv or as a workbook (xlsx)"),
        )
    start = file.content[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    is_page = start.startswith((b"<html", b"<!doctype", b"<table"))
    if is_page and file.suffix in (*_TEXT, *_WORKBOOKS):
        raise file.error(
            told("is a web page, whatever its name says"),
            told("Open it in a spreadsheet, and save it as a workbook (xlsx)"),
        )
    is_workbook = begins(_XLS) or begins(_ZIP)
    if file.suffix in _WORKBOOKS and file.content and not is_workbook:
        kind = (
            told("is text, and not a workbook, whatever its name says")
            if b"\0" not in file.content[:1000] or begins((b"\xff\xfe", b"\xfe\xff"))
            else told("is not a workbook, whatever its name says")
        )
        raise file.error(
            kind,
            told("Name it .csv where it is text with separators, or save it as a workbook (xlsx)"),
        )
    if file.suffix not in (*_WORKBOOKS, "parquet") and (is_workbook or begins(_PARQUET)):
        found = _kind_of(file.content)
        raise file.error(
            told(
                "is not text, whatever its name says; it begins as a file of the kind {kind} does",
                kind=found,
            ),
            told("Name it .{kind}", kind=found),
        )


def _kind_of(content: bytes) -> str:
    """Return how the name of a packed file or of parquet should end."""
    if content.startswith(_PARQUET):
        return "parquet"
    if content.startswith(_XLS):
        return "xls"
    if b"opendocument.spreadsheet" in content[:200]:
        return "ods"
    return "xlsx" if b"[Content_Types].xml" in content else "zip"


def _refuse_xml(file: _File) -> None:
    """Refuse XML that is named as a table of another kind."""
    start = file.content[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if file.suffix in _BOOKS or not start.startswith((b"<?xml", b"<auditfile")):
        return
    if b"auditfile" in start:
        raise file.error(told("is an auditfile, whatever its name says"), told("Name it .xaf"))
    raise file.error(
        told("is XML, whatever its name says"),
        told("Open it in a spreadsheet, and save it as a workbook (xlsx)"),
    )


def _not_json(error: Exception) -> Told:
    if not isinstance(error, json.JSONDecodeError):
        return told("is not JSON: {error}", error=error)
    return told(
        "is not JSON from line {line}, character {at} on", line=error.lineno, at=error.colno
    )


def _whole(text: str) -> list[Any] | None:
    """Return a list, or the one object that holds one; None where each line is an object."""
    if text.startswith("["):
        return list(json.loads(text))
    try:
        return [json.loads(text)]
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            return None
        raise


def _records(file: _File) -> list[Mapping[str, object]]:
    text = file.content.decode("utf-8-sig", errors="replace").strip()
    try:
        found = _whole(text)
        if found is None:
            found = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError) as error:
        raise file.error(
            _not_json(error),
            told('Write a list of objects, [{{"customer": ...}}, ...], or an object on each line'),
        ) from error
    if len(found) == 1 and isinstance(found[0], Mapping):
        within = [*_lists_in(found[0])]
        found = within[0] if len(within) == 1 else found
    listed: list[Mapping[str, object]] = found
    if not found or not all(isinstance(each, Mapping) for each in found):
        raise file.error(
            told("is JSON that holds no list of objects"),
            told('Write a list of objects, [{{"customer": ...}}, ...], or an object on each line'),
        )
    return [_flat(each) for each in listed]


def _lists_in(record: Mapping[str, object]) -> Iterator[list[Any]]:
    """Go through the lists of objects in what an interface wraps them in, such as ``d.results``."""
    for value in record.values():
        if isinstance(value, Mapping):
            yield from _lists_in(value)
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            yield value


def _plain(value: object) -> object:
    """Return a value, and a moment that is written ``/Date(milliseconds)/`` as a text."""
    written = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    if written is None:
        return value
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(written[1]))
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _flat(record: Mapping[str, object], above: str = "") -> dict[str, object]:
    """Return a record with what is within it by names such as ``customer.id``."""
    flat: dict[str, object] = {}
    for name, value in record.items():
        flat |= (
            _flat(value, f"{above}{name}.")
            if isinstance(value, Mapping)
            else {above + name: _plain(value)}
        )
    return flat


def open_books(sources: Sequence[Source], *, table: str, limits: Limits) -> RawTable:
    """Return a table of several auditfiles, as those of years that follow each other, as of one.

    An invoice of one year may be paid in the next.

    Args:
        sources: the files.
        table: the table.
        limits: how large each may be.

    Raises:
        KlantkompasError: a file cannot be opened or read as an auditfile.
    """
    from klantkompas.io.sources.auditfile import read_auditfile

    files = list[tuple[str, bytes]]()
    for source in sources:
        name, inner = _name_of(source)
        chosen_table(Path(name), inner or table, _TABLES_OF_BOOKS)
        files.append((name, read_bytes(name if inner else source, name, limits)))
    return read_auditfile(files, table)


def are_books(source: Source) -> bool:
    """Return whether a file is an auditfile by its name.

    >>> are_books("2025.xaf"), are_books("2025.csv")
    (True, False)
    """
    return _suffix(_name_of(source)[0]) in _BOOKS
