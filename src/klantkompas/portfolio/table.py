"""One read-only column table per kind of interaction, and its customer order.

The customer order (by time, then by value with the lowest last) is made when a
measure first needs it, and kept; so is the union of rows that are one interaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
from attrs import evolve, field, frozen

from klantkompas._arrays import (
    MISSING,
    AnyArray,
    BoolArray,
    Codes,
    DayArray,
    TimeArray,
    as_int64,
    as_objects,
    freeze,
    is_known,
    sorted_by,
    sum_by,
)
from klantkompas.domain.fields import Content, Role
from klantkompas.domain.interactions import InteractionKind

__all__ = ["Table"]

UNKNOWN, LAST = np.iinfo(np.int64).min, np.iinfo(np.int64).max
"""How a moment that is not known looks as a number, and where it stands: after all others."""


def _sortable(values: AnyArray) -> AnyArray:
    if values.dtype.kind == "O":
        return np.unique(np.array([repr(value) for value in values]), return_inverse=True)[1]
    return values.view(np.int64) if values.dtype.kind == "M" else values


@frozen(eq=False, kw_only=True)
class Table:
    """The rows of one kind of interaction.

    Args:
        kind: the kind.
        customers: how many customers the portfolio has.
        codes: whose each row is; the number of customers where it is nobody's.
        columns: the columns that are present, by field.
        times: for moments with clock times, what orders them in time.
        kept: what has been made of the whole table, for the next reading.
    """

    kind: InteractionKind
    customers: int
    codes: Codes
    columns: Mapping[str, AnyArray]
    times: Mapping[str, TimeArray]
    kept: dict[str, Any] = field(factory=dict, init=False, repr=False)

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.codes)

    def _first_known(self, columns: Mapping[str, AnyArray]) -> AnyArray:
        present = [columns[name] for name in self.kind.event_columns if name in self.columns]
        happened = present[0]
        for other in present[1:]:
            happened = np.where(np.isnat(happened), other, happened)
        return happened

    @cached_property
    def days(self) -> DayArray:
        """The day on which each interaction happened."""
        return self._first_known(self.columns)

    @cached_property
    def moments(self) -> TimeArray:
        """What orders the interactions in time: days where there are no clock times."""
        return self._instants() if self.times else self.days

    @property
    def instants(self) -> TimeArray:
        """What orders the interactions in time, to the microsecond; a date is its midnight."""
        return self.moments.astype("datetime64[us]", copy=False)

    def _instants(self) -> TimeArray:
        return self._first_known(
            {
                name: self.times.get(name, self.columns[name]).astype("datetime64[us]")
                for name in self.kind.event_columns
                if name in self.columns
            }
        )

    @cached_property
    def order(self) -> Codes:
        """Positions of the rows in customer order, the nameless last."""
        return freeze(self.order_of(np.arange(len(self)), self.codes, self.moments))

    def order_of(self, rows: Codes, codes: Codes, moments: TimeArray) -> Codes:
        """Give the places among some rows that put these in customer order.

        Args:
            rows: positions of rows.
            codes: whose they are.
            moments: what orders them in time.
        """
        numbers = as_int64(moments)
        if (unknown := numbers == UNKNOWN).any():
            numbers = np.where(unknown, LAST, numbers)
        order = sorted_by(codes, numbers)
        codes, numbers = codes.take(order), numbers.take(order)
        same = (codes[1:] == codes[:-1]) & (numbers[1:] == numbers[:-1])
        if same.any():
            tied = np.zeros(len(order), dtype=np.bool_)
            tied[1:] |= same
            tied[:-1] |= same
            at = np.flatnonzero(tied)
            places = order[at]
            keys = [
                _sortable(column[rows[places]]) for column in reversed([*self.columns.values()])
            ]
            if (value := self.kind.value) is not None and value in self.columns:
                keys.append(-self.columns[value][rows[places]])
            order[at] = places[np.lexsort((*keys, numbers[at], codes[at]))]
        return order

    @cached_property
    def rank(self) -> Codes:
        """For each row, its place in the customer order."""
        rank = np.empty(len(self), dtype=np.intp)
        rank[self.order] = np.arange(len(self))
        return freeze(rank)

    def take(self, rows: BoolArray | Codes) -> Table:
        """Keep some of the rows."""
        return evolve(
            self,
            codes=freeze(self.codes[rows]),
            columns={name: freeze(column[rows]) for name, column in self.columns.items()},
            times={name: freeze(time[rows]) for name, time in self.times.items()},
        )

    @cached_property
    def _latest(self) -> int:
        return int(as_int64(self.days).max(initial=UNKNOWN))

    @cached_property
    def _latest_steps(self) -> dict[str, int]:
        steps = [column.name for column in self.kind.moments if column.role is Role.STEP]
        days = {step: as_int64(self.columns[step]) for step in steps if step in self.columns}
        return {step: int(each.max(initial=UNKNOWN)) for step, each in days.items()}

    def until(self, as_of: np.datetime64) -> Table:
        """Leave out what had not happened by a day: later rows, and later steps of earlier ones.

        Args:
            as_of: the last day that counts.

        Returns:
            The table as it stood at the end of that day; itself where nothing is later.
        """
        last = as_of.astype(np.int64)
        table = self
        if self._latest > last:
            table = self.take(np.flatnonzero(as_int64(self.days) <= last))
        columns, times = dict(table.columns), dict(table.times)
        for step in (name for name, latest in self._latest_steps.items() if latest > last):
            if (untaken := as_int64(columns[step]) > last).any():
                columns[step] = freeze(np.where(untaken, np.datetime64("NaT", "D"), columns[step]))
                if step in times:
                    times[step] = freeze(np.where(untaken, np.datetime64("NaT", "D"), times[step]))
                table = evolve(table, columns=columns, times=times)
        return table

    @cached_property
    def _union(self) -> tuple[Table, Table]:
        groups_by = self.kind.groups_by
        if groups_by is None or groups_by not in self.columns or not len(self):
            return self, self
        references = self.columns[groups_by]
        most = int(references.max()) + 1
        key = self.codes.astype(np.int64) * most + references
        alone = references < 0
        key[alone] = (self.customers + 1) * most + np.flatnonzero(alone)
        _, first, entry = np.unique(key, return_index=True, return_inverse=True)
        if len(first) == len(self):
            return self, self
        by_entry = self.order[np.argsort(entry[self.order], kind="stable")]
        starts = np.concatenate([[0], np.cumsum(np.bincount(entry))[:-1]])
        columns = {
            name: freeze(self._united(name, entry.astype(np.intp), by_entry, starts))
            for name in self.columns
        }
        times = {
            name: freeze(np.fmin.reduceat(time[by_entry], starts))
            for name, time in self.times.items()
        }
        entries = evolve(self, codes=freeze(self.codes[first]), columns=columns, times=times)
        moments = {column.name for column in self.kind.moments if column.role is Role.EVENT}
        lines = evolve(
            self,
            columns={
                **self.columns,
                **{n: freeze(columns[n][entry]) for n in moments & columns.keys()},
            },
            times={**self.times, **{n: freeze(times[n][entry]) for n in moments & times.keys()}},
        )
        return entries, lines

    def _united(self, name: str, entry: Codes, by_entry: Codes, starts: Codes) -> AnyArray:
        column = next(column for column in self.kind.columns if column.name == name)
        values = self.columns[name]
        known = is_known(values)
        if column.is_number:
            sums = sum_by(
                entry[known],
                values[known],
                len(starts),
                lambda: np.argsort(self.rank[known], kind="stable"),
            )
            some = np.bincount(entry[known], minlength=len(starts)) > 0
            return np.where(some, sums, np.nan)
        if column.content is Content.MOMENT:
            earliest: AnyArray = np.fmin.reduceat(values[by_entry], starts)
            return earliest
        if column.content is Content.FLAG:
            worst = np.minimum.reduceat(np.where(known, values, 2)[by_entry], starts)
            return np.where(worst == 2, MISSING, worst)
        kept = values[by_entry[starts]]
        return as_objects(kept) if values.dtype.kind == "O" else kept

    @property
    def entries(self) -> Table:
        """The table with rows that are one interaction made one.

        Numbers are summed, moments are the earliest, flags hold when all that are known hold.
        """
        return self._union[0]

    @property
    def lines(self) -> Table:
        """The table row by row, each dated as the interaction that it is part of."""
        return self._union[1]
