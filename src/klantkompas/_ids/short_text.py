"""Text of a few bytes as words of 64 bits, of which equal ones are equal text, and no others.

The form is the one in which Arrow keeps a text of at most twelve bytes: its length in four bytes,
then its bytes, then zeros. So such a column of polars need not even be copied; and, unlike a hash,
nothing has to be compared afterwards.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from klantkompas._arrays.kinds import AnyArray, Codes, as_objects
from klantkompas._arrays.sorting import sorted_by
from klantkompas._ids.hash_table import HashTable, remap

if TYPE_CHECKING:
    import polars

__all__ = ["lengths_of", "number_words", "words_of_characters", "words_of_series"]

LENGTH = 4
"""The bytes that tell the length."""
INLINE = 12
"""Text of so many bytes stands within a view of Arrow; longer text elsewhere."""
WIDEST = 60
MANY = 100_000
"""From so many texts on, loading pyarrow is repaid: of the time, and of its 30 MB."""
ASCII = 0x7F


def lengths_of(words: AnyArray) -> npt.NDArray[np.uint32]:
    """Return the length in bytes of each of some short texts.

    Args:
        words: the texts, each packed into two numbers of 64 bits by `words_of_series`.
    """
    return words.view("<u4").reshape(len(words), words.itemsize // 4)[:, 0]


def words_of_series(series: polars.Series) -> AnyArray | None:
    """Return a polars Series of text as words of 64 bits; all zeros for null.

    Args:
        series: a series of strings.

    Returns:
        An array of items of two words, one a row; None where a text is longer than twelve bytes, or
        pyarrow is not there, or not loaded and not worth it.
    """
    if len(series) < MANY and "pyarrow" not in sys.modules:
        return None
    import polars

    try:
        views: Any = series.to_arrow(compat_level=polars.CompatLevel.newest())
    except ImportError:
        return None
    if not len(views) or str(views.type) != "string_view":
        return None
    size = LENGTH + INLINE
    words = np.frombuffer(views.buffers()[1], f"V{size}", len(views), size * views.offset)
    if views.null_count:
        words = words.copy()
        words[series.is_null().to_numpy()] = np.zeros((), dtype=words.dtype)
    return words if lengths_of(words).max() <= INLINE else None


def words_of_characters(values: npt.NDArray[np.str_]) -> AnyArray | None:
    """Return a numpy array of strings as words of 64 bits.

    Args:
        values: a one-dimensional array of dtype ``str_``.

    Returns:
        An array of items of two words or more, one a row; None where a text is not plain ASCII, the
        array's strings are long, or there are none.
    """
    width = values.itemsize // 4
    if not 0 < width <= WIDEST or not len(values):
        return None
    characters = np.ascontiguousarray(values, dtype=f"=U{width}").view(np.uint32)
    if characters.max() > ASCII:
        return None
    size = max(16, 1 << (LENGTH + width - 1).bit_length())
    spare = size - LENGTH - width
    parts = [("length", "<u4"), ("text", f"V{width}"), ("zeros", f"V{spare}")]
    made = np.zeros(len(values), dtype=np.dtype(parts))
    made["length"] = np.strings.str_len(values)
    made["text"] = characters.astype(np.uint8).view(f"V{width}")
    return made.view(f"V{size}")


def number_words(columns: Sequence[AnyArray]) -> tuple[AnyArray, list[Codes]]:
    """Return the distinct texts of several columns in id order, and each row's code.

    Args:
        columns: texts as words of 64 bits.

    Returns:
        The distinct texts, shorter first, then by code point, and each column's codes into them.
    """
    widest = max(column.itemsize for column in columns)
    alike = [_widened(column, widest) for column in columns]
    table = HashTable(alike[0][:0])
    codes = [table.number(column) for column in alike]
    order = _id_order(table.keys)
    return _texts(table.keys.take(order)), remap(codes, order)


def _widened(words: AnyArray, size: int) -> AnyArray:
    if words.itemsize == size:
        return words
    wide = np.zeros((len(words), size), dtype=np.uint8)
    wide[:, : words.itemsize] = _bytes(words)
    return wide.view(f"V{size}").ravel()


def _bytes(words: AnyArray) -> npt.NDArray[np.uint8]:
    return words.view(np.uint8).reshape(len(words), words.itemsize)


def _id_order(words: AnyArray) -> Codes:
    # The order of UTF-8's bytes is that of the code points; 0x80 to 0xBF are within a character.
    columns = np.ascontiguousarray(_bytes(words)[:, LENGTH:].T)
    characters = lengths_of(words).astype(np.int64)
    if (columns > ASCII).any():
        characters -= ((columns & 0xC0) == 0x80).sum(axis=0)
    return sorted_by(characters, *columns)


def _texts(words: AnyArray) -> AnyArray:
    """Return the texts: as numpy's own text where that holds them, else as objects."""
    lengths = lengths_of(words)
    written = _bytes(words)[:, LENGTH : LENGTH + int(lengths.max())]
    if not (written > ASCII).any():
        plain = written.astype(np.uint32).view(f"U{written.shape[1]}").ravel()
        # numpy forgets zeros at the end of a text.
        if (np.strings.str_len(plain) == lengths).all():
            return plain
    each = zip(written, lengths.tolist(), strict=True)
    return as_objects([text[:length].tobytes().decode() for text, length in each])
