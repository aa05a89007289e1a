"""Values of one column, checked and brought into the form in which they are kept.

Numbers become floats (NaN is unknown), moments days and, where clock times are known, microseconds;
flags and choices codes (negative is unknown); text, tags and names objects (None is unknown). What
does not fit is a `DataError` with its row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from decimal import Decimal
from numbers import Real
from typing import TypeGuard, TypeVar

import numpy as np
from attrs import frozen

from klantkompas._arrays import (
    MISSING,
    AnyArray,
    BoolArray,
    Codes,
    FloatArray,
    ObjectArray,
    as_objects,
    astype_readonly,
    freeze,
)
from klantkompas._told import told
from klantkompas.domain.fields import Column, Content
from klantkompas.errors import DataError
from klantkompas.stats.answers import SCALES, on_scale
from klantkompas.wording.writer import Writer

__all__ = [
    "Place",
    "Values",
    "all_of",
    "choices_from",
    "convert",
    "first_of",
    "flags_from",
    "is_missing",
    "numbers_from",
    "read_number",
    "scores_checked",
    "stripped",
    "tags_from",
    "texts_from",
    "utf8_of",
]

NARROW = (np.float16, np.float32)
DECIMALS = 4
"""How many decimals of a short float are looked for: so many are summed exactly."""
Values = AnyArray | Sequence[object]
"""A column as it comes: an array, or a sequence of Python objects."""
ReadT = TypeVar("ReadT")


@frozen
class Place:
    """The table and heading of a column, for errors about it.

    Args:
        table: the table.
        heading: the column's heading.
    """

    table: str
    heading: str

    def error(
        self,
        problem: str,
        at: int | None = None,
        value: object = None,
        *,
        remedy: str = "",
        command: str | None = None,
        settings: str | None = None,
    ) -> DataError:
        """Return the error about one value here, `at` counted from 0."""
        return DataError(
            problem,
            table=self.table,
            column=self.heading,
            row=None if at is None else at + 1,
            value=value,
            remedy=remedy,
            command=command,
            settings=settings,
        )


@contextmanager
def utf8_of(place: Place) -> Iterator[None]:
    """Raise an error for bytes that are not text, where reading a column does.

    Args:
        place: where the column stands.
    """
    try:
        yield
    except UnicodeDecodeError as cause:
        raise place.error(
            told("holds text that is not UTF-8"), remedy=told("Write it in UTF-8")
        ) from cause


def is_missing(value: object) -> bool:
    """Return whether a Python value stands for nothing: None, NaN, NaT, NA."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    if isinstance(value, np.datetime64):
        return bool(np.isnat(value))
    if isinstance(value, Decimal):
        return value.is_nan()
    return isinstance(value, float | np.floating) and value != value


def all_of(values: Values, kind: type[ReadT]) -> TypeGuard[Sequence[ReadT | None]]:
    """Return whether a list holds only None and values of a type."""
    return not isinstance(values, np.ndarray) and set(map(type, values)) <= {kind, type(None)}


def first_of(mask: BoolArray) -> int:
    """Return the position of the first True in a mask."""
    return int(np.argmax(mask))


TEXT_IS_READ = told("text is read by from_tables with parse=True, and by from_files")


def convert(
    values: Values, place: Place, read: Callable[[object], ReadT], expected: str
) -> list[ReadT | None]:
    """Read Python objects one by one, for columns that no array type fits."""
    converted = list[ReadT | None]()
    for at, value in enumerate(values):
        try:
            converted.append(None if is_missing(value) else read(value))
        except Exception:  # noqa: BLE001  whatever the value's own methods raise
            raise place.error(told("is not {expected}", expected=expected), at, value) from None
    return converted


def read_number(value: object) -> float:
    """Read a number of any kind, which a flag is not."""
    if isinstance(value, NARROW):
        return float(str(value))
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (Real, Decimal)):
        raise TypeError
    return float(value)


def numbers_from(values: Values, column: Column, place: Place) -> FloatArray:
    """Return a column of numbers, checked, as floats.

    Args:
        values: numbers, Decimals, or what stands for nothing.
        column: which numbers are allowed.
        place: the table and heading, for errors.

    Returns:
        Floats, NaN where unknown.

    Raises:
        DataError: a value is not a number, infinite, or outside the column's limits; or the sum of
            the column is not finite.
    """
    if isinstance(values, np.ndarray) and values.dtype.kind in "fiu":
        narrow = values.dtype.type in NARROW
        numbers: FloatArray = as_written(values) if narrow else astype_readonly(values, np.float64)
    elif all_of(values, float):
        numbers = np.array(values, dtype=np.float64)
    else:
        read = convert(values, place, read_number, told("a number; {how}", how=TEXT_IS_READ))
        numbers = np.array([np.nan if each is None else each for each in read], dtype=np.float64)
    _check_sums(numbers, place)
    outside = (
        (column.low, np.less, "is below {}, the lowest allowed"),
        (column.high, np.greater, "is above {}, the highest allowed"),
    )
    for limit, beyond, expected in outside:
        if limit is not None and (wrong := beyond(numbers, limit)).any():
            at = first_of(wrong)
            problem = expected.replace("{}", Writer().number(limit))
            raise place.error(problem, at, float(numbers[at]))
    return numbers


def as_written(values: AnyArray) -> FloatArray:
    """Return short floats as the decimals they were written as: 1.1, not 1.100000023841858.

    Amounts are summed exactly up to four decimals, and so many are looked at: the fewest that give
    the same short float.

    >>> as_written(np.array([1.1, 123456.7, 0.33333334], dtype=np.float32)).tolist()
    [1.1, 123456.7, 0.3333333432674408]
    """
    numbers: FloatArray = values.astype(np.float64)
    found, waiting = numbers.copy(), np.isfinite(numbers)
    for decimals in range(DECIMALS + 1):
        rounded = np.round(numbers, decimals)
        with np.errstate(over="ignore"):
            fits = waiting & (rounded.astype(values.dtype) == values)
        found[fits] = rounded[fits]
        waiting &= ~fits
    return freeze(found)


def _check_sums(numbers: FloatArray, place: Place) -> None:
    """Check that numbers are finite, and whatever sum is made of them too."""
    with np.errstate(over="ignore", invalid="ignore"):
        # Where as many squares of the largest have a finite sum, so has all of that.
        largest = max(np.fmax.reduce(numbers, initial=0), -np.fmin.reduce(numbers, initial=0))
        if np.isfinite(largest * largest * len(numbers)):
            return
        sizes = np.abs(np.where(np.isnan(numbers), 0, numbers))
        if np.isfinite(sizes.sum()):
            return
    if np.isinf(sizes).any():
        at = int(np.argmax(sizes))
        raise place.error(told("is not a finite number"), at, float(numbers[at]))
    at = int(np.argmax(sizes))
    raise place.error(
        told("is so large that the sum of this column is not a finite number"),
        at,
        float(numbers[at]),
    )


def scores_checked(scores: FloatArray, scale: tuple[int, int], place: Place) -> FloatArray:
    """Return scores, after a check that they are whole numbers on the scale.

    Args:
        scores: floats, NaN where the question was left open.
        scale: the lowest and highest score.
        place: the table and heading, for errors.

    Returns:
        The scores.

    Raises:
        DataError: some are not; the error has their number, the first of them, and the other scale
            where the scores fit that.
    """
    wrong = ~on_scale(scale, scores)
    if wrong.any():
        at = first_of(wrong)
        fitting = [other for other in SCALES if on_scale(other, scores).all()]
        low, high = fitting[0] if fitting else scale
        raise place.error(
            told(
                "is not a whole number from {lowest} to {highest} ({count} such rows)",
                lowest=scale[0],
                highest=scale[1],
                count=int(wrong.sum()),
            ),
            at,
            float(scores[at]),
            remedy=told("score_scale=({low}, {high}) would fit", low=low, high=high)
            if fitting
            else "",
            command=told("--score-scale {low}-{high} would fit", low=low, high=high)
            if fitting
            else "",
            settings=told("Write score_scale = [{low}, {high}]", low=low, high=high)
            if fitting
            else "",
        )
    return scores


def _read_flag(value: object) -> int:
    if isinstance(value, (bool, np.bool_, int, float, np.integer, np.floating)) and value in (0, 1):
        return int(value)
    raise ValueError


def flags_from(values: Values, place: Place) -> Codes:
    """Return a column of yes or no (True, False, 1 or 0), checked, as codes.

    Args:
        values: the column.
        place: the table and heading, for errors.

    Returns:
        1, 0, or negative where unknown.

    Raises:
        DataError: a value is something else.
    """
    if isinstance(values, np.ndarray) and values.dtype.kind == "b":
        return values.astype(np.int8)
    if all_of(values, bool):
        number: dict[object, int] = {True: 1, False: 0, None: MISSING}
        return np.fromiter(map(number.__getitem__, values), np.int8, len(values))
    read = convert(values, place, _read_flag, told("yes or no: True, False, 1 or 0"))
    return np.array([MISSING if each is None else each for each in read], dtype=np.int8)


def choices_from(values: Values, column: Column, place: Place) -> Codes:
    """Return a column of a few words, checked, as codes.

    Args:
        values: the column.
        column: which words are allowed; capitals do not matter.
        place: the table and heading, for errors.

    Returns:
        For each row, the position of its word in the column's choices; negative where unknown.

    Raises:
        DataError: a value is none of the words.
    """
    members = list(column.choices or ())
    words = {str(member): member for member in members} | dict(column.words)
    numbers = {word.casefold(): members.index(member) for word, member in words.items()}

    def read(value: object) -> int:
        return numbers[str(value).strip().casefold()] if str(value).strip() else MISSING

    codes = []
    for at, value in enumerate(values):
        try:
            codes.append(MISSING if is_missing(value) else read(value))
        except KeyError:
            raise place.error(
                told("is none of: {names}", names=", ".join(words)), at, value
            ) from None
    return np.array(codes, dtype=np.intp)


TEXT = "a string or a number"


def stripped(texts: Iterable[str | None]) -> ObjectArray:
    """Return texts without the blanks around them; None where nothing is left.

    >>> stripped(["Anna ", " ", None]).tolist()
    ['Anna', None, None]
    """
    return as_objects([(each.strip() or None) if each else None for each in texts])


def _read_text(value: object) -> str:
    if isinstance(value, bytes | bytearray | memoryview | Mapping | Set | Sequence) and not (
        isinstance(value, str)
    ):
        raise TypeError
    if isinstance(value, (float, np.floating)) and value == int(value):
        return str(int(value))
    return str(value)


def texts_from(values: Values, place: Place) -> ObjectArray:
    """Return a column of text without the blanks around it; None where nothing is left."""
    texts = values if all_of(values, str) else convert(values, place, _read_text, TEXT)
    return stripped(texts)


def _read_tags(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        words: Iterable[object] = value.split(",")
    elif isinstance(value, Iterable) and not isinstance(value, bytes | bytearray | Mapping):
        words = value
    else:
        raise TypeError
    return tuple(word for word in (str(each).strip() for each in words) if word)


def tags_from(values: Values, place: Place) -> ObjectArray:
    """Convert a column of tags: words separated by commas, or sequences of words."""
    return as_objects(convert(values, place, _read_tags, told("a list of words")))


READERS: Mapping[Content, Callable[[Values, Column, Place], AnyArray]] = {
    Content.FLAG: lambda values, column, place: flags_from(values, place),
    Content.CHOICE: choices_from,
    Content.TEXT: lambda values, column, place: texts_from(values, place),
    Content.TAGS: lambda values, column, place: tags_from(values, place),
}
"""How a column that is one array is read, by its content."""
