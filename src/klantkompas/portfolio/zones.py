"""One time zone for a whole portfolio, or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo

import numpy as np

from klantkompas._arrays import DayArray, TimeArray, freeze
from klantkompas.domain.fields import Column
from klantkompas.errors import DataError
from klantkompas.io.frames import CheckedTable

__all__ = ["one_zone", "times_in_zone"]


def one_zone(tables: Iterable[CheckedTable]) -> tzinfo | None:
    """Find the time zone that all clock times have.

    Args:
        tables: checked tables.

    Returns:
        The zone; None when clock times have none, or there are only dates.

    Raises:
        DataError: there are two, or some clock times have none.
    """
    found: list[tuple[tzinfo | None, str, str]] = []
    for table in tables:
        found += [(zone, table.name, table.headings[field]) for field, zone in table.zones.items()]
    for zone, name, heading in found[1:]:
        first, first_name, first_heading = found[0]
        if str(zone) != str(first):
            raise DataError(
                f"has the time zone {zone or '(none)'}, and {first_name}, column "
                f"{first_heading!r} has {first or '(none)'}; give all clock times one time zone, "
                "or none",
                table=name,
                column=heading,
            )
    return found[0][0] if found else None


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
    table: CheckedTable, moments: Iterable[Column], zone: tzinfo | None
) -> Mapping[str, TimeArray]:
    """Return what sorts each column of moments in time, with midnights in the portfolio's zone.

    Args:
        table: a checked table.
        moments: its columns of moments.
        zone: the portfolio's time zone.

    Returns:
        By field; a column of dates is left out where there is no time zone, as its days order it.
    """
    times = dict(table.times)
    if zone is not None:
        for column in moments:
            if column.name in table.columns and column.name not in times:
                times[column.name] = freeze(_midnights(table.columns[column.name], zone))
    return times
