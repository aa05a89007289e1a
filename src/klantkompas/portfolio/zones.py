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
    """Return the time zone in which a date without a clock time counts as midnight.

    Args:
        tables: checked tables.

    Returns:
        The zone of all clock times that have one; UTC where there are several zones; None where no
        clock time has a zone.
    """
    found = {str(zone): zone for table in tables for zone in table.zones.values() if zone}
    return next(iter(found.values())) if len(found) == 1 else UTC if found else None


def by_clock(
    tables: Sequence[CheckedTable], codes: Sequence[Codes], customers: int
) -> BoolArray | None:
    """Return which customers have their interactions sorted by the clock as it was written.

    Args:
        tables: checked tables.
        codes: for each table and row, its customer's position in id order; the number of customers
            where the row has no customer.
        customers: how many customers there are.

    Returns:
        A boolean for each customer, and one more for rows without a customer, whether any of their
        clock times has no time zone. None where all are False.
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
    """Return for each column of moments the values to sort it by in time.

    Args:
        table: a checked table.
        moments: its columns of moments.
        zone: the zone in which dates are midnight; None where no clock time has a zone.
        clocked: for each row, whether it is sorted by the clock as it was written; None where no
            row is.

    Returns:
        By field, an array to sort by; a column of dates is left out where there is no time zone, as
        it sorts by its days.
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
