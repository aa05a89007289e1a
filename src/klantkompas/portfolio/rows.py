"""Rows of one kind of interaction, and what can be said of them per customer.

Every answer is one float (or day) per customer, in id order. A table that is absent answers unknown
to everything, so that a measure needs no case of its own for it.
"""

from __future__ import annotations

import numpy as np
from attrs import frozen

from klantkompas._arrays import (
    MISSING,
    AnyArray,
    BoolArray,
    Codes,
    DayArray,
    FloatArray,
    TimeArray,
    is_known,
    sum_by,
)
from klantkompas.domain.fields import Content
from klantkompas.domain.interactions import InteractionKind
from klantkompas.errors import ArgumentError, nearest
from klantkompas.portfolio.table import Table

__all__ = ["Rows"]

_UNKNOWN = {
    Content.MONEY: np.nan,
    Content.NUMBER: np.nan,
    Content.SCORE: np.nan,
    Content.MOMENT: np.datetime64("NaT", "D"),
    Content.TEXT: None,
    Content.TAGS: None,
}


@frozen(eq=False)
class Rows:
    """Some rows of a table, or of none.

    Args:
        kind: the kind of interaction.
        customers: how many customers the portfolio has.
        table: the table; None when it, or a column that is needed, is absent.
        selected: positions of the rows; None for all.
    """

    kind: InteractionKind
    customers: int
    table: Table | None
    selected: Codes | None = None

    def __len__(self) -> int:
        """Count the rows."""
        if self.table is None:
            return 0
        return len(self.table) if self.selected is None else len(self.selected)

    def _picked(self, values: AnyArray) -> AnyArray:
        return values if self.selected is None else values[self.selected]

    @property
    def codes(self) -> Codes:
        """Whose each row is: the customer's number, or the number of customers for nobody's."""
        if self.table is None:
            return np.empty(0, dtype=np.intp)
        return self._picked(self.table.codes)

    @property
    def days(self) -> DayArray:
        """The day on which each interaction happened."""
        if self.table is None:
            return np.empty(0, dtype="datetime64[D]")
        return self._picked(self.table.days)

    @property
    def instants(self) -> TimeArray:
        """What orders the interactions in time."""
        if self.table is None:
            return np.empty(0, dtype="datetime64[us]")
        return self._picked(self.table.instants)

    def __getitem__(self, name: str) -> AnyArray:
        """Give a column; where it is absent, every value is unknown.

        Args:
            name: the field. A choice comes as text.

        Raises:
            ArgumentError: the kind has no such field.
        """
        column = next((c for c in self.kind.columns if c.name == name), None)
        if column is None:
            fields = [c.name for c in self.kind.columns]
            raise ArgumentError(f"{self.kind.name} have no {name!r}. {nearest(name, fields)}")
        if self.table is None or name not in self.table.columns:
            values = np.full(len(self), _UNKNOWN.get(column.content, MISSING))
        else:
            values = self._picked(self.table.columns[name])
        if column.content is Content.CHOICE and column.choices is not None:
            words = np.array([*map(str, column.choices), None], dtype=np.object_)
            values = words[values]
        return values

    def needing(self, *names: str) -> Rows:
        """Give the same rows, or those of an absent table when one of these columns is absent."""
        if self.table is None or all(name in self.table.columns for name in names):
            return self
        return Rows(self.kind, self.customers, None)

    def where(self, mask: BoolArray) -> Rows:
        """Keep the rows for which something holds."""
        if self.table is None:
            return self
        rows = np.flatnonzero(mask) if self.selected is None else self.selected[mask]
        return Rows(self.kind, self.customers, self.table, rows)

    def in_order(self) -> Rows:
        """Put the rows in customer order, the nameless last."""
        if self.table is None:
            return self
        order = self.order()
        return Rows(
            self.kind,
            self.customers,
            self.table,
            order if self.selected is None else self.selected[order],
        )

    def order(self) -> Codes:
        """Give the places of the rows in customer order."""
        if self.table is None:
            return np.empty(0, dtype=np.intp)
        if self.selected is None:
            return self.table.order
        return np.argsort(self.table.rank[self.selected], kind="stable")

    def count(self) -> FloatArray:
        """Count the rows of each customer."""
        if self.table is None:
            return np.full(self.customers, np.nan)
        counts = np.bincount(self.codes, minlength=self.customers + 1)
        return counts[: self.customers].astype(np.float64)

    def sum(self, values: str | FloatArray) -> FloatArray:
        """Sum what is known for each customer.

        Args:
            values: a field, or a value for each row.

        Returns:
            0 for a customer without rows, unknown for one whose rows are all unknown.
        """
        rows = self
        if isinstance(values, str):
            rows, values = self.needing(values), self[values]
        if rows.table is None:
            return np.full(self.customers, np.nan)
        known = is_known(values)
        summed = rows if known.all() else rows.where(known)
        sums = sum_by(summed.codes, values[known], self.customers + 1, summed.order)
        sums = sums[: self.customers]
        return np.where((rows.count() > 0) & (summed.count() == 0), np.nan, sums)

    def share(self, hits: BoolArray, known: BoolArray) -> tuple[FloatArray, FloatArray]:
        """Give the share of hits among the rows for which it is known, and how many those are.

        Args:
            hits: for each row, whether it is a hit.
            known: for each row, whether that is known.

        Returns:
            The share and its basis; unknown for a customer without known rows.
        """
        if self.table is None:
            return np.full(self.customers, np.nan), np.full(self.customers, np.nan)
        basis = self.where(known).count()
        found = self.where(known & hits).count()
        none = basis == 0
        basis[none] = np.nan
        return found / basis, basis

    def last(self, name: str) -> FloatArray:
        """Give a number of each customer's last row; unknown without rows."""
        last = np.full(self.customers, np.nan)
        rows = self.in_order()
        last_of = np.flatnonzero(np.diff(rows.codes, append=self.customers + 1))
        of_customer = last_of[rows.codes[last_of] < self.customers]
        last[rows.codes[of_customer]] = rows[name][of_customer]
        return last

    def last_day(self) -> DayArray:
        """Give the day of each customer's last row; NaT without rows."""
        return self._extreme(np.maximum, self.days)

    def first_day(self) -> DayArray:
        """Give the day of each customer's first row; NaT without rows."""
        return self._extreme(np.minimum, self.days)

    def last_instant(self) -> TimeArray:
        """Give the moment of each customer's last row; NaT without rows."""
        return self._extreme(np.maximum, self.instants)

    def _extreme(self, extreme: np.ufunc, moments: AnyArray) -> AnyArray:
        nothing = np.iinfo(np.int64).min
        start = nothing if extreme is np.maximum else np.iinfo(np.int64).max
        found = np.full(self.customers + 1, start)
        extreme.at(found, self.codes, moments.astype(np.int64))
        found[found == start] = nothing
        return found[: self.customers].astype(moments.dtype)

    def distinct_days(self) -> FloatArray:
        """Count the days on which each customer has a row."""
        if self.table is None:
            return np.full(self.customers, np.nan)
        rows = self.in_order()
        new = np.ones(len(rows), dtype=np.bool_)
        new[1:] = (rows.codes[1:] != rows.codes[:-1]) | (rows.days[1:] != rows.days[:-1])
        return rows.where(new).count()
