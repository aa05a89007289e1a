"""What orders each customer's interactions in time, where clock times have time zones or none.

Moments are ordered by instant where all of a customer's clock times have a time zone, and by the
clock that was written where any of them has none (domain 2). So it is the customer's own data that
decide, and a portfolio in parts orders as the whole does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo

import numpy as np

from klantkompas._arrays import BoolArray, Codes, DayArray, TimeArray, freeze
from klantkompas.domain.fields import Column
from klantkompas.io.frames import CheckedTable

__all__ = ["by_clock", "one_zone", "times_in_order"]


def one_zone(tables: Iterable[CheckedTable]) -> tzinfo | None:
    """Find the time zone in which dates without a clock time are midnight.

    Args:
        tables: checked tables.

    Returns:
        The zone that all clock times with a zone have; UTC where they have several; None where no
        clock time has one.
    """
    found = {str(zone): zone for table in tables for zone in table.zones.values() if zone}
    return next(iter(found.values())) if len(found) == 1 else UTC if found else None


def by_clock(
    tables: Sequence[CheckedTable], codes: Sequence[Codes], customers: int
) -> BoolArray | None:
    """Find the customers whose moments are ordered by the clock that was written.

    Args:
        tables: checked tables.
        codes: whose each row of them is; the number of customers where it has no customer.
        customers: how many customers there are.

    Returns:
        For each customer, and nobody last, whether any of their clock times has no time zone; None
        where that goes for nobody.
    """
    found = np.zeros(customers + 1, dtype=np.bool_)
    for table, coded in zip(tables, codes, strict=True):
        for field, zone in table.zones.items():
            if zone is None:
                found[coded[~np.isnat(table.times[field])]] = True
    return found if found.any() else None


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


def times_in_order(
    table: CheckedTable,
    moments: Iterable[Column],
    zone: tzinfo | None,
    clocked: BoolArray | None,
) -> Mapping[str, TimeArray]:
    """Return what sorts each column of moments in time.

    Args:
        table: a checked table.
        moments: its columns of moments.
        zone: the zone in which dates are midnight; None where no clock time has a zone.
        clocked: for each row, whether the clock that was written orders it; None where for none.

    Returns:
        By field; a column of dates is left out where there is no time zone, as its days order it.
    """
    times = dict(table.times)
    if zone is None:
        return times
    for column in moments:
        if column.name not in table.columns or column.name in table.times:
            continue
        times[column.name] = freeze(_midnights(table.columns[column.name], zone))
    if clocked is not None:
        for name, instants in times.items():
            clock = table.clocks.get(name)
            if clock is None and name not in table.times:
                clock = table.columns[name].astype("datetime64[us]")
            if clock is not None:
                times[name] = freeze(np.where(clocked, clock, instants))
    return times
