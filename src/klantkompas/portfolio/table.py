"""One read-only column table per kind of interaction, and its customer order.

The customer order (by time, then by value with the lowest last) is made when a measure first needs
it, and kept; nothing else is.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
from attrs import evolve, frozen

from klantkompas._arrays import (
    AnyArray,
    Codes,
    DayArray,
    Places,
    TimeArray,
    Value,
    as_int64,
    freeze,
    never_fall,
    places_between,
    sorted_by,
    taken,
)
from klantkompas.domain.fields import Role
from klantkompas.domain.interactions import InteractionKind

__all__ = ["UNKNOWN", "Table"]

UNKNOWN, LAST = np.iinfo(np.int64).min, np.iinfo(np.int64).max
"""How a moment that is not known looks as a number, and where it stands: after all others."""


def _sortable(values: AnyArray) -> AnyArray:
    if values.dtype.kind == "O":
        return np.unique(np.array([repr(value) for value in values]), return_inverse=True)[1]
    return values.view(np.int64) if values.dtype.kind == "M" else values


@frozen(eq=False, kw_only=True)
class Table(Value):
    """The rows of one kind of interaction.

    Args:
        kind: the kind.
        customers: how many customers the portfolio has.
        codes: for each row, its customer's position in id order; the number of customers where the
            row has no customer.
        columns: the columns that are present, by field: an array with an element for each row.
        times: by field, for moments with clock times: microseconds to sort them by.
        happened: for rows that are part of an interaction, the day on which that happened, and what
            orders it in time; by default the row's own.
        reference_heading: where no column says which rows are one interaction, the heading that
            looks as if it did; empty for none.
        currencies: the codes of the currencies that the export says its money is in.
        exported: the last day of the export of which these rows are a part; by default their own.
    """

    kind: InteractionKind
    customers: int
    codes: Codes
    columns: Mapping[str, AnyArray]
    times: Mapping[str, TimeArray]
    happened: tuple[DayArray, TimeArray] | None = None
    reference_heading: str = ""
    currencies: frozenset[str] = frozenset()
    exported: np.datetime64 | None = None

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.codes)

    def _first_known(self, columns: Mapping[str, AnyArray]) -> AnyArray:
        present = [columns[name] for name in self.kind.event_columns if name in self.columns]
        happened = present[0]
        for other in present[1:]:
            happened = np.where(np.isnat(happened), other, happened)
        return happened

    @property
    def days(self) -> DayArray:
        """The day on which each interaction happened, one for each row; NaT where unknown."""
        return self._first_known(self.columns) if self.happened is None else self.happened[0]

    @property
    def moments(self) -> TimeArray:
        """The time of each row, to sort by: days, or microseconds where there are clock times."""
        if self.happened is not None:
            return self.happened[1]
        return self._instants() if self.times else self.days

    @property
    def instants(self) -> TimeArray:
        """The time of each row, to sort by, in microseconds; a date counts as its midnight."""
        return self.moments.astype("datetime64[us]", copy=False)

    def _instants(self) -> TimeArray:
        return self._first_known(
            {
                name: self.times.get(name, self.columns[name]).astype("datetime64[us]", copy=False)
                for name in self.kind.event_columns
                if name in self.columns
            }
        )

    @cached_property
    def order(self) -> Codes:
        """The positions that sort the rows by customer, then by time; without a customer last."""
        return freeze(self.order_of(np.arange(len(self)), self.codes, self.moments))

    def order_of(self, rows: Codes, codes: Codes, moments: TimeArray) -> Codes:
        """Return the positions that sort some of the rows by customer, then by time.

        Args:
            rows: the positions of these rows in the table.
            codes: for each of them, its customer's position in id order.
            moments: for each of them, its time.

        Returns:
            Positions in `rows`. Of rows of one moment the one with the lowest value comes last.
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
            positions = order[at]
            keys = [
                _sortable(column[rows[positions]]) for column in reversed([*self.columns.values()])
            ]
            if (value := self.kind.value) is not None and value in self.columns:
                keys.append(-self.columns[value][rows[positions]])
            order[at] = positions[np.lexsort((*keys, numbers[at], codes[at]))]
        return order

    def take(self, at: Places) -> Table:
        """Return the table with some of its rows.

        Args:
            at: their positions; of a slice the columns are views.
        """
        happened = self.happened
        return evolve(
            self,
            codes=taken(self.codes, at),
            columns={name: taken(column, at) for name, column in self.columns.items()},
            times={name: taken(time, at) for name, time in self.times.items()},
            happened=happened and (taken(happened[0], at), taken(happened[1], at)),
            exported=self.last_exported,
        )

    @cached_property
    def _by_day(self) -> Table:
        """The same rows, sorted by day, so that those until a day are the first ones."""
        days = as_int64(self.days)
        unknown = days[days > UNKNOWN].min(initial=LAST) - 1
        return self.take(sorted_by(np.maximum(days, unknown)))

    @cached_property
    def _is_by_day(self) -> bool:
        return never_fall(as_int64(self.days))

    @cached_property
    def _days_asked(self) -> set[int]:
        """Until which days rows were left out: from the second on, sorting them is worth while."""
        return set()

    @property
    def _outstanding(self) -> list[str]:
        return [c.name for c in self.kind.columns if c.outstanding and c.name in self.columns]

    @cached_property
    def last_exported(self) -> np.datetime64 | None:
        """The last day on which something in the export happened; None where it has no effect."""
        if self.exported is not None or not self._outstanding:
            return self.exported
        return np.datetime64(max(self.latest.values(), default=UNKNOWN), "D")

    @cached_property
    def latest(self) -> Mapping[str, int]:
        """By field that says when something happened, its last day since 1970; `UNKNOWN` without.

        A due date is not an event.
        """
        return {
            column.name: int(as_int64(self.columns[column.name]).max(initial=UNKNOWN))
            for column in self.kind.moments
            if column.role in (Role.EVENT, Role.STEP) and column.name in self.columns
        }

    @cached_property
    def _latest(self) -> int:
        names = [name for name in self.kind.event_columns if name in self.columns]
        if self.happened is None and len(names) == 1 and names[0] in self.latest:
            return self.latest[names[0]]
        return int(as_int64(self.days).max(initial=UNKNOWN))

    @property
    def _latest_steps(self) -> dict[str, int]:
        steps = [column.name for column in self.kind.moments if column.role is Role.STEP]
        return {step: self.latest[step] for step in steps if step in self.latest}

    def until(self, as_of: np.datetime64) -> Table:
        """Return the table as it stood on a day, without later rows and the later steps of rows.

        Args:
            as_of: the last day that counts.

        Returns:
            The table as it stood at the end of that day; itself where nothing is later.
        """
        last = int(as_of.astype(np.int64))
        if self._latest > last:
            self._days_asked.add(last)
            if len(self._days_asked) > 1 and not self._is_by_day:
                return self._by_day.until(as_of)
        table = self._outstanding_at(as_of)
        if self._latest > last:
            table = table.take(self._places_until(last))
        columns, times = dict(table.columns), dict(table.times)
        for step in (name for name, latest in self._latest_steps.items() if latest > last):
            if (untaken := as_int64(columns[step]) > last).any():
                columns[step] = freeze(np.where(untaken, np.datetime64("NaT", "D"), columns[step]))
                if step in times:
                    times[step] = freeze(np.where(untaken, np.datetime64("NaT", "D"), times[step]))
                table = evolve(table, columns=columns, times=times)
        return table

    def _places_until(self, last: int) -> Places:
        days = as_int64(self.days)
        if self._is_by_day:
            return slice(0, int(days.searchsorted(last, "right")))
        return places_between(days, UNKNOWN, last)

    def _outstanding_at(self, as_of: np.datetime64) -> Table:
        """Leave out what was left to do on a later day, unless it was done on an unknown one."""
        if self.last_exported is None or not self.last_exported > as_of:
            return self
        untaken = np.ones(len(self), dtype=np.bool_)
        for column in self.kind.moments:
            if column.role is Role.STEP and column.name in self.columns:
                untaken &= np.isnat(self.columns[column.name])
        columns = dict(self.columns)
        for name in self._outstanding:
            done = untaken & (columns[name] <= 0)
            columns[name] = freeze(np.where(done, columns[name], np.nan))
        return evolve(self, columns=columns, exported=self.last_exported)
