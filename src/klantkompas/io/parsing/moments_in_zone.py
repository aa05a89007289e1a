"""Clock times in a time zone that the caller names.

>>> import polars
>>> from datetime import datetime
>>> moments = polars.Series([datetime(2025, 2, 3, 23, 30)]).dt.replace_time_zone("UTC")
>>> str(in_zone(moments, "Europe/Amsterdam")[0])
'2025-02-04 00:30:00+01:00'
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from klantkompas._told import told
from klantkompas.errors import ArgumentError

if TYPE_CHECKING:
    import polars

__all__ = ["checked_zone", "clock_and_utc", "in_zone"]


def checked_zone(zone: object) -> str:
    """Return the name of a time zone, after a check that it exists.

    Raises:
        ArgumentError: no zone has that name.
    """
    try:
        return str(ZoneInfo(str(zone)))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ArgumentError(
            told(
                'zone {zone} is not known: write a place such as "Europe/Amsterdam", or "UTC"',
                zone=repr(zone),
            )
        ) from None


def in_zone(moments: polars.Series, zone: str) -> polars.Series:
    """Return clock times in a zone; those without a zone are read as clock times in it.

    Dates stay dates. A clock time that occurs twice, as the clock goes back, is the earlier one;
    one that the clock skips as it goes forward is read an hour later, as on a clock that was not
    set.

    Args:
        moments: dates, or datetimes with or without a zone.
        zone: such as ``"Europe/Amsterdam"``.

    Returns:
        Dates as they were, or datetimes in the zone.
    """
    import polars

    if isinstance(moments.dtype, polars.Struct):
        moments = moments.struct.field("utc")
    if not isinstance(moments.dtype, polars.Datetime):
        return moments
    if moments.dtype.time_zone is not None:
        return moments.dt.convert_time_zone(zone)
    found = moments.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    if found.null_count() == moments.null_count():
        return found
    later = moments.dt.offset_by("1h").dt.replace_time_zone(
        zone, ambiguous="earliest", non_existent="null"
    )
    return found.zip_with(found.is_not_null(), later)


def clock_and_utc(clock: polars.Series, minutes: polars.Series) -> polars.Series:
    """Return clock times with the moment in UTC of each, where their offsets from UTC differ.

    Args:
        clock: datetimes as they were written.
        minutes: how many minutes each is ahead of UTC.

    Returns:
        Structs of the ``clock`` and the moment in ``utc``.
    """
    import polars
    from polars import col

    return (
        polars.DataFrame({"clock": clock, "minutes": minutes})
        .select(
            polars.when(col("clock").is_not_null()).then(
                polars.struct(
                    col("clock"),
                    utc=(
                        col("clock") - polars.duration(minutes=col("minutes"))
                    ).dt.replace_time_zone("UTC"),
                )
            )
        )
        .to_series()
    )
