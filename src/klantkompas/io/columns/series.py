"""Columns that a frame library holds, taken over as arrays by that library's own means.

Going through Python's objects costs a hundred times as much. What a library's type does not settle
is left to `klantkompas.io.columns.values`, which also makes every error: each function here gives
None for a column that it cannot take over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import numpy.typing as npt

from klantkompas._arrays import MISSING, AnyArray, FloatArray, ObjectArray, freeze
from klantkompas._ids import IdColumn
from klantkompas.domain.fields import Column
from klantkompas.errors import DataError
from klantkompas.io.columns.moments import Moments, moments_from
from klantkompas.io.columns.values import Place, choices_from, stripped

if TYPE_CHECKING:
    import polars

__all__ = [
    "Series",
    "array_of",
    "choices_of",
    "flags_of",
    "floats_of",
    "identities_of",
    "moments_of_clocks",
    "numbered_texts",
    "texts_of",
]

Series = nw.Series[Any]
"""A column of a data frame, whichever library holds it."""
WORDS = (nw.String, nw.Categorical, nw.Enum)
FEW = 50
"""With more distinct words than this, a column does not hold a few words over and over."""
SOME = 1000
"""As many rows tell of most columns that it does not."""


def array_of(series: Series) -> AnyArray:
    """Return a column of numbers or moments as a read-only array."""
    if series.implementation.is_polars() and series.dtype.is_float() and series.null_count():
        return freeze(floats_of(series.to_native()))
    array: AnyArray = series.to_numpy()
    immutable = series.implementation.is_polars() or series.implementation.is_pyarrow()
    return freeze(array if immutable else array.copy())


def _distinct(series: Series) -> list[str]:
    return list(series.drop_nulls().unique().to_list())


def floats_of(floats: polars.Series) -> FloatArray:
    """Return floats that polars holds with NaN for null, in half the time that polars takes.

    >>> import polars
    >>> floats_of(polars.Series([1.5, None])).tolist()
    [1.5, nan]
    """
    import polars

    nan = polars.Series([float("nan")], dtype=floats.dtype)
    found: FloatArray = floats.zip_with(floats.is_not_null(), nan).to_numpy()
    return found


def flags_of(series: Series) -> npt.NDArray[np.int8] | None:
    """Return a column of yes or no as 1, 0, or negative where unknown."""
    if series.dtype != nw.Boolean:
        return None
    if series.null_count():
        series = series.cast(nw.Int8).fill_null(MISSING)
    return series.to_numpy().astype(np.int8)


def choices_of(series: Series, column: Column, place: Place) -> AnyArray | None:
    """Return a column of a few words as codes: each distinct word is looked up once."""
    if not isinstance(series.dtype, WORDS):
        return None
    coded = _coded(series)
    if coded is None:
        return None
    places, words = coded
    try:
        numbers = choices_from(words, column, place)
    except DataError:  # the caller finds the row
        return None
    return np.append(numbers, MISSING).astype(np.int8).take(places)


def _coded(series: Series) -> tuple[AnyArray, list[str]] | None:
    """Return which of a few words each row holds (the last position for none), and the words.

    None where the words are many.
    """
    if series.implementation.is_polars() and series.dtype != nw.String:
        return _coded_by_polars(series.to_polars())
    if series.implementation.is_polars() and len(series) <= SOME:
        return _coded_by_python(series.to_list())
    if len(_distinct(series.head(SOME))) > FEW or len(words := _distinct(series)) > FEW:
        return None
    if series.implementation.is_polars():
        return _numbered_by_polars(series.to_polars(), words), words
    places = np.full(len(series), len(words), dtype=np.int8)
    for place, word in enumerate(words):
        places[np.flatnonzero((series == word).fill_null(value=False).to_numpy())] = place
    return places, words


def _coded_by_python(texts: Sequence[str | None]) -> tuple[AnyArray, list[str]] | None:
    """Do so by a dictionary, for so few rows that calls of polars take longer than the work."""
    words = [each for each in dict.fromkeys(texts) if each is not None]
    if len(words) > FEW:
        return None
    number: dict[str | None, int] = {word: place for place, word in enumerate(words)}
    number[None] = len(words)
    return np.array([number[each] for each in texts], dtype=np.int8), words


def _numbered_by_polars(series: polars.Series, words: list[str]) -> AnyArray:
    """Return which of the words each row holds, all in one pass over the rows."""
    import polars

    numbers = series.cast(polars.Enum(words)).to_physical()
    return numbers.fill_null(len(words)).to_numpy().astype(np.int8)


def _coded_by_polars(series: polars.Series) -> tuple[AnyArray, list[str]] | None:
    """Do so by the numbers with which polars itself stands for the words."""
    import polars

    physical = series.to_physical()
    if physical.null_count():
        physical = physical.cast(polars.Int64).fill_null(-1)
    numbers = physical.to_numpy()
    highest = int(numbers.max()) if len(numbers) else -1
    perhaps = np.arange(highest + 1) if highest < FEW else np.unique(numbers[numbers >= 0])
    if len(perhaps) > FEW:
        return None
    rows = np.array([np.argmax(numbers == each) for each in perhaps.tolist()], dtype=np.intp)
    used = numbers.take(rows) == perhaps
    # What is null stands in the last place, which no word has.
    place = np.full(highest + 2, np.count_nonzero(used), dtype=np.int8)
    place[perhaps[used]] = np.arange(np.count_nonzero(used))
    return place.take(numbers, mode="wrap"), series.gather(rows[used]).to_list()


def texts_of(series: Series) -> ObjectArray | None:
    """Return a column of text as objects without blanks around it; None where nothing is left."""
    if not isinstance(series.dtype, WORDS):
        return None
    if (coded := _coded(series)) is not None:
        places, words = coded
        return stripped([*words, None]).take(places)
    nothing = series.is_null().to_list()
    texts = [None if none else each for each, none in zip(series.to_list(), nothing, strict=True)]
    return stripped(texts) if _are_texts(texts) else None


def _are_texts(values: Iterable[object]) -> bool:
    """Whether all are text: of objects, a library may have looked at the first few only."""
    return set(map(type, values)) <= {str, type(None)}


def moments_of_clocks(series: Series, place: Place) -> Moments:
    """Return moments that are known both by the clock as written and in UTC.

    Args:
        series: structs of the ``clock`` and the time in ``utc``.
        place: where they stand.

    Returns:
        The days on the clocks, and the times in UTC.

    Raises:
        DataError: the structs do not have these two fields.
    """
    fields = {field.name for field in getattr(series.dtype, "fields", ())}
    if fields != {"clock", "utc"}:
        raise place.error("holds structs, not dates")
    clock = moments_from(series.struct.field("clock").to_numpy(), place)
    times = series.struct.field("utc").dt.replace_time_zone(None).to_numpy()
    return Moments(clock.days, times.astype("datetime64[us]"), UTC, clock.times)


def identities_of(series: Series) -> IdColumn | None:
    """Return a column of text as ids; None where they cannot be taken over."""
    if not isinstance(series.dtype, WORDS):
        return None
    if series.implementation.is_polars() and series.dtype == nw.Categorical:
        codes, distinct = numbered_texts(series.to_polars())
        return IdColumn.from_codes(codes, distinct.to_list())
    held = _held_by_polars(series)
    if held is not None:
        return IdColumn.from_series(held)
    native = series.to_native()
    if hasattr(native, "factorize"):
        codes, distinct = native.factorize()
    elif hasattr(native, "dictionary_encode"):
        encoded = native.combine_chunks().dictionary_encode()
        codes = encoded.indices.fill_null(MISSING).to_numpy(zero_copy_only=False)
        distinct = encoded.dictionary.to_pylist()
    else:
        return None
    known = list(distinct)
    return IdColumn.from_distinct(np.asarray(codes), known) if _are_texts(known) else None


def numbered_texts(series: polars.Series) -> tuple[AnyArray, polars.Series]:
    """Return a categorical column by the numbers with which polars stands for its texts.

    Args:
        series: the column, of type Categorical.

    Returns:
        For each row, the position of its text among the distinct ones, negative where it is null;
        and the distinct texts. No row becomes text.
    """
    distinct = series.drop_nulls().unique()
    found = distinct.to_physical().to_numpy()
    nothing = int(found.max(initial=0)) + 1
    place = np.full(nothing + 1, MISSING, dtype=np.int32)
    place[found] = np.arange(len(found), dtype=np.int32)
    numbers = series.to_physical().fill_null(nothing).to_numpy()
    return place.take(numbers), distinct.cast(str)


def _held_by_polars(series: Series) -> polars.Series | None:
    """Return a column of text as a polars Series; None without polars, or if it cannot hold it."""
    try:
        import polars

        held = series.to_polars()
    except (ImportError, TypeError, ValueError):  # the last two for objects other than text
        return None
    words = held.dtype in (polars.String, polars.Categorical, polars.Enum)
    return held.cast(polars.String) if words else None
