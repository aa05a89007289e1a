"""How large a workbook is, looked at before the reader of workbooks makes room for it.

That reader makes a grid from a sheet's first cell to its last: one cell in the last row and column
asks for half a terabyte, and ends the process.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from klantkompas._told import joined, told
from klantkompas.errors import DataError
from klantkompas.io.sources.limits import Limits, raised
from klantkompas.io.sources.sheet_extent import extent_of
from klantkompas.wording.writer import Writer

__all__ = ["SAVE_AGAIN", "check_workbook"]

SAVE_AGAIN = told(
    "Open it in your spreadsheet program and save it again as xlsx, without a password"
)
_DELETE = told("Delete what is beside and below the table, also where it seems to be empty.")
_BLOCK = 1 << 22
_OF_WORKBOOKS = {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}
# What a damaged or encrypted zip gives, and one that is packed in a way that Python does not know.
_UNREADABLE = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


def check_workbook(content: bytes, *, table: str, limits: Limits) -> None:
    """Raise an error where a workbook, or one of its sheets, is too large to be read.

    Args:
        content: the file's bytes; other workbooks than zips are as large as they seem to be.
        table: the table's name, for errors.
        limits: how large it may be.

    Raises:
        DataError: the workbook is larger than the limits allow, or the file is not a workbook.
    """
    if not content.startswith(b"PK"):
        return
    try:
        with ZipFile(BytesIO(content)) as archive:
            _check_directory(archive, len(content), table, limits)
            for name in archive.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    _check_sheet(archive, name, table, limits)
                elif name.endswith(".xml"):
                    for _ in _blocks(archive, name):
                        pass  # reading it fails where it is larger than the directory says
    except (*_UNREADABLE, ValueError) as cause:
        if isinstance(cause, DataError):
            raise
        raise DataError(
            told("the file is not a workbook that can be opened: {cause}", cause=cause),
            table=table,
            remedy=SAVE_AGAIN,
        ) from cause


def _check_directory(archive: ZipFile, packed: int, table: str, limits: Limits) -> None:
    if not _OF_WORKBOOKS & {*archive.namelist()}:
        raise DataError(
            told("the file is a zip, not a workbook"),
            table=table,
            remedy=told("Unpack it, and give the files"),
        )
    size = sum(each.file_size for each in archive.infolist())
    if size > limits.unpacked(packed):
        remedy, command = limits.to_unpack(packed, size)
        english = Writer().number
        raise DataError(
            told(
                "the workbook is {packed} bytes and {size} when unpacked, which "
                "is more than is allowed",
                packed=english(packed),
                size=english(size),
            ),
            table=table,
            remedy=remedy,
            command=command,
        )


def _blocks(archive: ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as part:
        while block := part.read(_BLOCK):
            yield block


def _check_sheet(archive: ZipFile, name: str, table: str, limits: Limits) -> None:
    extent = extent_of(partial(_blocks, archive, name), limits.cells)
    if extent is not None and extent.cells > limits.cells:
        remedy, command = raised("cells", extent.cells)
        raise DataError(
            told(
                "the sheet reaches to cell {last_cell}, which makes {cells} "
                "cells, more than is allowed",
                last_cell=extent.last_cell,
                cells=Writer().number(extent.cells),
            ),
            table=table,
            remedy=joined(" ", (_DELETE, remedy)),
            command=joined(" ", (_DELETE, command)),
        )
