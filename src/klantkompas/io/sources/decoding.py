r"""The bytes of a text file as text: UTF-8, UTF-16, Windows-1252, or two of them in one file.

>>> decoded = decode("naam\nCaf\u00e9\n".encode("cp1252"), "orders")
>>> decoded.text.decode(), str(*decoded.notes)
('naam\nCafé\n', 'orders: the file is not UTF-8 and was read as Windows-1252 (cp1252)')
"""

from __future__ import annotations

import codecs
import re

from attrs import frozen

from klantkompas._told import told
from klantkompas.errors import DataError
from klantkompas.wording.notes import DataNote

__all__ = ["UNREADABLE", "Decoded", "decode"]

UNREADABLE = "\ufffd"
"""What stands in the text for a byte that is not a character."""
_SEVERAL_BYTES = re.compile(
    b"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH = re.compile(b"[\x80-\xff]")
_SEVERAL_OR_ONE = re.compile(_SEVERAL_BYTES.pattern + b"|[\x80-\xff]")
_NOT_IN_WINDOWS = b"\x81\x8d\x8f\x90\x9d"
_LOOKED_AT = 4_096
_ASCII_IN_UTF_16 = 0.4


@frozen(eq=False)
class Decoded:
    """The text of a file.

    Args:
        text: in UTF-8, its rows ended by line feeds.
        notes: what was odd.
        unreadable: a byte that is not a character, `UNREADABLE` in the text; None without any.
    """

    text: bytes
    notes: tuple[DataNote, ...] = ()
    unreadable: int | None = None


def decode(content: bytes, table: str) -> Decoded:
    """Return the bytes of a file as text.

    Args:
        content: the bytes.
        table: the table's name, for errors and notes.

    Returns:
        The text. What is not UTF-8 is Windows-1252: the whole file, or where most of what is not
        ASCII is UTF-8, those bytes alone.

    Raises:
        DataError: the file is not text.
    """
    decoded = _decoded(content, table)
    text = decoded.text
    if b"\0" in text:
        raise DataError(
            told(
                "the file is not text, whatever its name says; save it as csv, "
                "xlsx or parquet and name it so"
            ),
            table=table,
        )
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return Decoded(text, decoded.notes, decoded.unreadable)


def _decoded(content: bytes, table: str) -> Decoded:
    wide = _utf_16(content)
    if wide is not None:
        return Decoded(wide)
    text = content.removeprefix(codecs.BOM_UTF8)
    return Decoded(text) if _is_utf_8(text) else _not_utf_8(text, table)


def _is_utf_8(text: bytes) -> bool:
    """Return whether bytes are UTF-8; a block at a time, as most are ASCII and need no look."""
    if text.isascii():
        return True
    decoder = codecs.getincrementaldecoder("utf-8")()
    cut_off = False  # a character, by the end of a block
    try:
        for start in range(0, len(text), _LOOKED_AT):
            block = text[start : start + _LOOKED_AT]
            if cut_off or not block.isascii():
                decoder.decode(block)
                cut_off = bool(decoder.getstate()[0])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _utf_16(content: bytes) -> bytes | None:
    """Return a text in UTF-16, with or without its mark, as UTF-8; None where it is not one."""
    encoding = "utf-16"
    if not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = content[:_LOOKED_AT]
        half = len(head) // 2
        zeros = [head[first::2].count(0) for first in (0, 1)]
        if len(content) % 2 or max(zeros) <= _ASCII_IN_UTF_16 * half or min(zeros):
            return None
        encoding = "utf-16-be" if zeros[0] else "utf-16-le"
    try:
        return content.decode(encoding).encode()
    except UnicodeDecodeError:
        return None


def _not_utf_8(text: bytes, table: str) -> Decoded:
    several = _SEVERAL_BYTES.findall(text)
    others = len(_HIGH.findall(text)) - sum(map(len, several))
    if len(several) > others:
        note = DataNote(
            "bytes that are not UTF-8, as the rest of the file is, read as Windows-1252: {count}",
            table=table,
            count=others,
            unit="",
        )
        pieces = _SEVERAL_OR_ONE.sub(_as_windows, text)
        return _decoded_with(pieces, note, text)
    note = DataNote("the file is not UTF-8 and was read as Windows-1252 (cp1252)", table=table)
    whole = text.decode("cp1252", errors="replace")
    return _decoded_with(whole.encode(), note, text)


def _decoded_with(decoded: bytes, note: DataNote, text: bytes) -> Decoded:
    alone = [each[0] for each in _SEVERAL_OR_ONE.findall(text) if len(each) == 1]
    unreadable = [byte for byte in alone if byte in _NOT_IN_WINDOWS]
    if not unreadable:
        return Decoded(decoded, (note,))
    left = DataNote(
        "bytes that are not characters, left as they are in columns that nobody named: {count}",
        table=note.table,
        count=len(unreadable),
        unit="",
    )
    return Decoded(decoded, (note, left), unreadable[0])


def _as_windows(match: re.Match[bytes]) -> bytes:
    found = match[0]
    return found if len(found) > 1 else found.decode("cp1252", errors="replace").encode()
