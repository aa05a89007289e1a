"""Values of one column, checked and brought into the form in which they are kept.

Numbers become floats (NaN is unknown), moments days and, where clock times are known, microseconds;
flags and choices codes (negative is unknown); text, tags and names objects (None is unknown). What
does not fit is a `DataError` with its row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from numbers import Real
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from attrs import frozen

from klantkompas._arrays import (
    MISSING,
    AnyArray,
    BoolArray,
    Codes,
    DayArray,
    FloatArray,
    ObjectArray,
    TimeArray,
    as_int64,
    as_objects,
    astype_readonly,
    between,
    freeze,
)
from klantkompas.domain.fields import Column, Content
from klantkompas.errors import DataError
from klantkompas.stats.answers import SCALES, on_scale
from klantkompas.wording.writer import Writer

__all__ = [
    "Moments",
    "Place",
    "Values",
    "all_of",
    "choices_from",
    "convert",
    "first_of",
    "flags_from",
    "is_missing",
    "moments_from",
    "numbers_from",
    "read_number",
    "scores_checked",
    "stripped",
    "tags_from",
    "texts_from",
    "utf8_of",
    "zone_named",
]

NARROW = (np.float16, np.float32)
DECIMALS = 4
"""How many decimals of a short float are looked for: so many are summed exactly."""
Values = np.ndarray[Any, Any] | Sequence[Any]
"""A column as it comes: an array, or a sequence of Python objects."""


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
        raise place.error("holds text that is not UTF-8", remedy="Write it in UTF-8") from cause


@frozen(eq=False)
class Moments:
    """A column of moments.

    Args:
        days: the calendar days, in the data's own time zone.
        times: the times to sort them by: microseconds of the clock, or in UTC where the time zone
            is known; None when there are only dates.
        zone: the time zone of the clock times; None when they have none.
        clocks: with a time zone, the microseconds of the clock that was written.
    """

    days: DayArray
    times: TimeArray | None = None
    zone: tzinfo | None = None
    clocks: TimeArray | None = None


def is_missing(value: object) -> bool:
    """Return whether a Python value stands for nothing: None, NaN, NaT, NA."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    if isinstance(value, np.datetime64):
        return bool(np.isnat(value))
    if isinstance(value, Decimal):
        return value.is_nan()
    return isinstance(value, float | np.floating) and value != value


def all_of(values: Values, *types: type) -> bool:
    """Return whether a list holds only None and values of some types."""
    return not isinstance(values, np.ndarray) and set(map(type, values)) <= {*types, type(None)}


def first_of(mask: BoolArray) -> int:
    """Return the position of the first True in a mask."""
    return int(np.argmax(mask))


TEXT_IS_READ = "; text is read by from_tables with parse=True, and by from_files"


def convert(values: Values, place: Place, read: Callable[[Any], Any], expected: str) -> list[Any]:
    """Read Python objects one by one, for columns that no array type fits."""
    converted = []
    for at, value in enumerate(values):
        try:
            converted.append(None if is_missing(value) else read(value))
        except Exception:  # noqa: BLE001  whatever the value's own methods raise
            raise place.error(f"is not {expected}", at, value) from None
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
        read = convert(values, place, read_number, f"a number{TEXT_IS_READ}")
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
        raise place.error("is not a finite number", at, float(numbers[at]))
    at = int(np.argmax(sizes))
    raise place.error(
        "is so large that the sum of this column is not a finite number", at, float(numbers[at])
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
            f"is not a whole number from {scale[0]} to {scale[1]} ({int(wrong.sum())} such rows)",
            at,
            float(scores[at]),
            remedy=f"score_scale=({low}, {high}) would fit" if fitting else "",
            command=f"--score-scale {low}-{high} would fit" if fitting else "",
            settings=f"Write score_scale = [{low}, {high}]" if fitting else "",
        )
    return scores


def _wall_day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _instant(value: date, zone: tzinfo | None) -> datetime:
    """Return what sorts a moment in time; a date is its midnight in the zone of its column."""
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day, tzinfo=zone)
    return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value.replace(fold=0)


def _instants(moments: Sequence[Any], zone: tzinfo | None, place: Place) -> TimeArray:
    found = []
    for at, moment in enumerate(moments):
        try:
            found.append(None if moment is None else _instant(moment, zone))
        except Exception:  # noqa: BLE001  whatever a time zone of the caller's raises
            raise place.error("has no moment in UTC", at, moment) from None
    times: TimeArray = np.array(found, "datetime64[us]")
    return times


def _clock(moment: date | None) -> date | None:
    """Return the clock time that was written, whatever its time zone."""
    return moment.replace(tzinfo=None) if isinstance(moment, datetime) else moment


def _read_moment(value: object) -> date:
    if isinstance(value, np.datetime64):
        value = value.astype("datetime64[us]").item()
    if not isinstance(value, date):
        raise TypeError
    return value


def _zone_of(value: date) -> str | None:
    """Name the time zone: empty for a clock time without one, None for a date."""
    if not isinstance(value, datetime):
        return None
    return "" if value.tzinfo is None else str(value.tzinfo)


def zone_named(name: str) -> tzinfo:
    """Return a time zone by name: a zone of the world, or an offset such as ``"UTC+01:00"``."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return datetime.strptime(name.removeprefix("UTC") or "+00:00", "%z").tzinfo or UTC


FIRST, LAST = np.array(["1000-01-01", "9999-12-31"], dtype="datetime64[D]")
NO_DATE = np.array(["1899-12-30", "1899-12-31"], dtype="datetime64[D]")
"""The days that spreadsheet programs make of a time of day, and of a date that is 0."""


def _in_reach(days: DayArray, place: Place) -> DayArray:
    """Refuse days of years that files write in other ways, and what is a time of day."""
    usual = between(as_int64(days), int(as_int64(NO_DATE[1])) + 1, int(as_int64(LAST)))
    if usual.all() or (usual | np.isnat(days)).all():
        return days
    if (timeless := np.isin(days, NO_DATE)).any():
        raise place.error("is a time of day, not a date", first_of(timeless))
    far = (days < FIRST) | (days > LAST)
    if far.any():
        at = first_of(far)
        raise place.error("is not a day of the years 1000 to 9999", at, str(days[at]))
    return days


def _in_microseconds(values: AnyArray, place: Place) -> AnyArray:
    """Convert what is counted in finer units than numpy converts to days."""
    if np.datetime_data(values.dtype)[0] not in ("ps", "fs", "as"):
        return values
    try:
        return values.astype("datetime64[us]")
    except OverflowError:
        raise place.error(f"holds {values.dtype}, which is too fine to be converted") from None


def moments_from(values: Values, place: Place) -> Moments:
    """Return a column of dates or datetimes, checked, as days and times.

    Args:
        values: dates, datetimes (all with the same time zone, or none with one), datetime64.
        place: the table and heading, for errors.

    Returns:
        Days, and times where any value has a clock time.

    Raises:
        DataError: a value is not a date, or time zones are mixed or partly missing.
    """
    if isinstance(values, np.ndarray) and values.dtype.kind == "M":
        values = _in_microseconds(values, place)
        days = _in_reach(astype_readonly(values, "datetime64[D]"), place)
        if np.datetime_data(values.dtype)[0] in ("Y", "M", "W", "D"):
            return Moments(days)
        return Moments(days, astype_readonly(values, "datetime64[us]"))
    if all_of(values, date):
        # There are fewer days than rows, and numpy takes a microsecond for each.
        place_of = {day: at for at, day in enumerate(dict.fromkeys(values))}
        distinct = np.array([*place_of], dtype="datetime64[D]")
        at_row = np.fromiter(map(place_of.__getitem__, values), np.intp, len(values))
        return Moments(_in_reach(distinct[at_row], place))
    read = convert(values, place, _read_moment, f"a date{TEXT_IS_READ}")
    zones = [None if each is None else _zone_of(each) for each in read]
    known = [at for at, zone in enumerate(zones) if zone is not None]
    walls = [None if each is None else _wall_day(each) for each in read]
    days = _in_reach(np.array(walls, "datetime64[D]"), place)
    if not known:
        return Moments(days)
    first = known[0]
    for at in known:
        if zones[at] != zones[first]:
            raise place.error(
                f"has the time zone {zones[at] or '(none)'} where a row above has "
                f"{zones[first] or '(none)'}; give all of them one time zone, or none",
                at,
                str(read[at]),
            )
    zone = read[first].tzinfo
    clocks = None if zone is None else np.array([*map(_clock, read)], "datetime64[us]")
    return Moments(days, _instants(read, zone, place), zone, clocks)


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
        number: dict[Any, int] = {True: 1, False: 0, None: MISSING}
        return np.fromiter(map(number.__getitem__, values), np.int8, len(values))
    read = convert(values, place, _read_flag, "yes or no: True, False, 1 or 0")
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
            raise place.error(f"is none of: {', '.join(words)}", at, value) from None
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
    return as_objects(convert(values, place, _read_tags, "a list of words"))


READERS: Mapping[Content, Callable[[Values, Column, Place], AnyArray]] = {
    Content.FLAG: lambda values, column, place: flags_from(values, place),
    Content.CHOICE: choices_from,
    Content.TEXT: lambda values, column, place: texts_from(values, place),
    Content.TAGS: lambda values, column, place: tags_from(values, place),
}
"""How a column that is one array is read, by its content."""
