"""Columns of dates and clock times, checked and brought into the form in which they are kept.

Moments become days and, where clock times are known, microseconds. What does not fit is a
`DataError` with its row.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from attrs import frozen

from klantkompas._arrays import (
    AnyArray,
    DayArray,
    TimeArray,
    as_int64,
    astype_readonly,
    between,
)
from klantkompas._told import told
from klantkompas.io.columns.values import TEXT_IS_READ, Place, Values, all_of, convert, first_of

__all__ = ["Moments", "moments_from", "zone_named"]


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


def _wall_day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _instant(value: date, zone: tzinfo | None) -> datetime:
    """Return what sorts a moment in time; a date is its midnight in the zone of its column."""
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day, tzinfo=zone)
    return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value.replace(fold=0)


def _instants(moments: Sequence[date | None], zone: tzinfo | None, place: Place) -> TimeArray:
    found = []
    for at, moment in enumerate(moments):
        try:
            found.append(None if moment is None else _instant(moment, zone))
        except Exception:  # noqa: BLE001  whatever a time zone of the caller's raises
            raise place.error(told("has no moment in UTC"), at, moment) from None
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
        raise place.error(told("is a time of day, not a date"), first_of(timeless))
    far = (days < FIRST) | (days > LAST)
    if far.any():
        at = first_of(far)
        raise place.error(told("is not a day of the years 1000 to 9999"), at, str(days[at]))
    return days


def _in_microseconds(values: AnyArray, place: Place) -> AnyArray:
    """Convert what is counted in finer units than numpy converts to days."""
    if np.datetime_data(values.dtype)[0] not in ("ps", "fs", "as"):
        return values
    try:
        return values.astype("datetime64[us]")
    except OverflowError:
        raise place.error(
            told("holds {dtype}, which is too fine to be converted", dtype=values.dtype)
        ) from None


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
    read = convert(values, place, _read_moment, told("a date; {how}", how=TEXT_IS_READ))
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
                told(
                    "has the time zone {zone} where a row above has {other}; give "
                    "all of them one time zone, or none",
                    zone=zones[at] or told("(none)"),
                    other=zones[first] or told("(none)"),
                ),
                at,
                str(read[at]),
            )
    moment = read[first]
    zone = moment.tzinfo if isinstance(moment, datetime) else None
    clocks = None if zone is None else np.array([*map(_clock, read)], "datetime64[us]")
    return Moments(days, _instants(read, zone, place), zone, clocks)
