"""One time zone for a whole portfolio, or none (domain section 2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from klantkompas._arrays import DayArray, TimeArray, freeze
from klantkompas.domain.fields import Column
from klantkompas.errors import DataError
from klantkompas.io.frames import CheckedTable

__all__ = ["one_zone", "times_in_zone"]


def one_zone(tables: Iterable[CheckedTable]) -> str | None:
    """Find the time zone that all clock times have.

    Args:
        tables: checked tables.

    Returns:
        The zone's name; empty when clock times have none, None when there are only dates.

    Raises:
        DataError: there are two, or some clock times have none.
    """
    found: dict[str, tuple[str, str]] = {}
    for table in tables:
        for field, zone in table.zones.items():
            found.setdefault(zone, (table.name, table.headings[field]))
    if len(found) > 1:
        (zone, (table_name, heading)), (other, (other_table, other_heading)) = list(found.items())[
            :2
        ]
        raise DataError(
            f"has the time zone {other or '(none)'}, and {table_name}, column {heading!r} has "
            f"{zone or '(none)'}; give all clock times one time zone, or none",
            table=other_table,
            column=other_heading,
        )
    return next(iter(found), None)


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        offset = datetime.strptime(name.removeprefix("UTC") or "+00:00", "%z").tzinfo
        return offset or UTC


def _midnights(days: DayArray, zone: tzinfo) -> TimeArray:
    distinct, inverse = np.unique(days, return_inverse=True)
    instants = [
        None
        if day is None
        else datetime(day.year, day.month, day.day, tzinfo=zone)
        .astimezone(UTC)
        .replace(tzinfo=None)
        for day in distinct.tolist()
    ]
    return np.array(instants, dtype="datetime64[us]")[inverse]


def times_in_zone(
    table: CheckedTable, moments: Iterable[Column], zone: str | None
) -> Mapping[str, TimeArray]:
    """Give what orders each column of moments in time, with midnights in the portfolio's zone.

    Args:
        table: a checked table.
        moments: its columns of moments.
        zone: the portfolio's time zone.

    Returns:
        By field; a column of dates is left out where there is no time zone, as its days order it.
    """
    times = dict(table.times)
    if zone:
        for column in moments:
            if column.name in table.columns and column.name not in times:
                days = table.columns[column.name]
                times[column.name] = freeze(_midnights(days, _zone(zone)))
    return times
