"""Rows of one kind of interaction, and what can be said of them per customer.

Every answer is one float (or day) per customer, in id order. A table that is absent answers unknown
to everything, so that a measure needs no case of its own for it.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from attrs import field, frozen

from klantkompas._arrays import (
    MISSING,
    AnyArray,
    BoolArray,
    Codes,
    DayArray,
    FloatArray,
    TimeArray,
    as_int64,
    between,
    blocks,
    distinct_pairs,
    freeze,
    is_known,
    mask_unknown,
    sum_by,
)
from klantkompas.domain.fields import Content
from klantkompas.domain.interactions import InteractionKind
from klantkompas.errors import ArgumentError, nearest
from klantkompas.portfolio.table import Table

__all__ = ["Rows", "in_time", "rows_of"]

Found = TypeVar("Found")
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

    Some rows among others are taken from what those hold: a period's columns are taken out of the
    table once, and who keeps some rows of the period reads no more than the period.

    Args:
        kind: the kind of interaction.
        customers: how many customers the portfolio has.
        table: the table; None when it, or a column that is needed, is absent.
        among: the rows among which these are; None for all rows of the table.
        places: where these are among them; None for all.
    """

    kind: InteractionKind
    customers: int
    table: Table | None
    among: Rows | None = None
    places: Codes | None = None
    _columns: dict[str, AnyArray] = field(factory=dict, init=False, repr=False)
    _found: dict[Callable[[Rows], Any], Any] = field(factory=dict, init=False, repr=False)
    _knowing: dict[str, Rows] = field(factory=dict, init=False, repr=False)
    _sums: dict[str, FloatArray] = field(factory=dict, init=False, repr=False)
    _between: dict[str | None, tuple[tuple[int, int], Rows]] = field(
        factory=dict, init=False, repr=False
    )

    def __len__(self) -> int:
        """Count the rows."""
        if self.table is None:
            return 0
        return len(self.table) if self.places is None else len(self.places)

    def _taken(self, values: AnyArray) -> AnyArray:
        """Take these rows' values out of those of the rows among which they are."""
        return freeze(values if self.places is None else values.take(self.places))

    @cached_property
    def positions(self) -> Codes:
        """Where the rows stand in the table."""
        if self.among is None or self.places is None:
            return np.arange(len(self))
        return self.places if self.among.among is None else self._taken(self.among.positions)

    @cached_property
    def codes(self) -> Codes:
        """Whose each row is: the customer's number, or the number of customers for nobody's."""
        if self.table is None:
            return np.empty(0, dtype=np.intp)
        if self.among is None:
            return self.table.codes
        # numpy counts by numbers of this size, and would convert others each time.
        return freeze(self._taken(self.among.codes).astype(np.intp, copy=False))

    @cached_property
    def days(self) -> DayArray:
        """The day on which each interaction happened."""
        if self.table is None:
            return np.empty(0, dtype="datetime64[D]")
        return self.table.days if self.among is None else self._taken(self.among.days)

    @cached_property
    def moments(self) -> TimeArray:
        """What orders the interactions in time: days where there are no clock times."""
        if self.table is None or not self.table.times:
            return self.days
        return self.table.moments if self.among is None else self._taken(self.among.moments)

    @property
    def instants(self) -> TimeArray:
        """What orders the interactions in time, to the microsecond."""
        return self.moments.astype("datetime64[us]")

    def held(self, name: str) -> AnyArray | None:
        """Give a column as the table holds it, a choice as its number; None where it is absent.

        Args:
            name: the field.
        """
        if self.table is None:
            return None
        if self.among is None:
            return self.table.columns.get(name)
        if name not in self._columns and (column := self.among.held(name)) is not None:
            self._columns[name] = self._taken(column)
        return self._columns.get(name)

    def between(self, start: np.datetime64, end: np.datetime64, by: str | None = None) -> Rows:
        """Keep the rows after a day, up to and including another.

        What was kept last is kept for the next time.

        Args:
            start: the day before the first.
            end: the last day.
            by: the moment that must lie within; by default when it happened.
        """
        span = int(start.astype(np.int64)), int(end.astype(np.int64))
        if by not in self._between or self._between[by][0] != span:
            days = as_int64(self.days if by is None else self[by])
            self._between[by] = span, self.where(between(days, span[0] + 1, span[1]))
        return self._between[by][1]

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
        values = self.held(name)
        if values is None:
            values = np.full(len(self), _UNKNOWN.get(column.content, MISSING))
        if column.content is Content.CHOICE and column.choices is not None:
            words = np.array([*map(str, column.choices), None], dtype=np.object_)
            values = words[values]
        return values

    def is_choice(self, name: str, choice: StrEnum) -> BoolArray:
        """Tell which rows are known to hold one of a column's choices."""
        is_it: BoolArray = self._choices(name) == list(type(choice)).index(choice)
        return is_it

    def chose(self, name: str) -> BoolArray:
        """Tell of which rows it is known which choice they hold."""
        chose: BoolArray = self._choices(name) >= 0
        return chose

    def _choices(self, name: str) -> Codes:
        found = self.held(name)
        return np.full(len(self), MISSING, dtype=np.intp) if found is None else found

    def needing(self, *names: str) -> Rows:
        """Give the same rows, or those of an absent table when one of these columns is absent."""
        if self.table is None or all(name in self.table.columns for name in names):
            return self
        return Rows(self.kind, self.customers, None)

    def knowing(self, name: str) -> Rows:
        """Keep the rows of which a column is known; those of an absent table where it is absent.

        Args:
            name: the field.
        """
        if name not in self._knowing:
            self._knowing[name] = self.needing(name).where(is_known(self[name]))
        return self._knowing[name]

    def once(self, of: Callable[[Rows], Found]) -> Found:
        """Give what a function makes of these rows, worked out when first asked for.

        Args:
            of: a function of rows, whose result several measures share and none changes.
        """
        if of not in self._found:
            self._found[of] = of(self)
        found: Found = self._found[of]
        return found

    def where(self, mask: BoolArray) -> Rows:
        """Keep the rows for which something holds."""
        if self.table is None:
            return self
        rows = np.flatnonzero(mask)
        return self if len(rows) == len(self) else self.pick(rows)

    def pick(self, places: Codes) -> Rows:
        """Keep the rows at some places, in their order.

        Args:
            places: places among these rows.
        """
        return Rows(self.kind, self.customers, self.table, self, freeze(places.view()))

    def in_order(self) -> Rows:
        """Put the rows in customer order, the nameless last."""
        if self.table is None:
            return self
        return self.pick(self.order())

    def order(self) -> Codes:
        """Give the places of the rows in customer order."""
        if self.table is None:
            return np.empty(0, dtype=np.intp)
        if self.among is None:
            return self.table.order
        return self.table.order_of(self.positions, self.codes, self.moments)

    def count(self) -> FloatArray:
        """Count the rows of each customer."""
        return self._count.copy()

    @cached_property
    def _count(self) -> FloatArray:
        if self.table is None:
            return np.full(self.customers, np.nan)
        return self._counted(self.codes)

    def _counted(self, codes: Codes) -> FloatArray:
        counts = np.bincount(codes, minlength=self.customers + 1)
        return counts[: self.customers].astype(np.float64)

    def _counted_where(self, mask: BoolArray) -> FloatArray:
        # To count ones and zeros is quicker than to keep the rows that count.
        hits = mask.astype(np.float64)
        counts: AnyArray = np.bincount(self.codes, weights=hits, minlength=self.customers + 1)
        return counts[: self.customers]

    def sum(self, values: str | FloatArray) -> FloatArray:
        """Sum what is known for each customer.

        Args:
            values: a field, or a value for each row.

        Returns:
            0 for a customer without rows, unknown for one whose rows are all unknown.
        """
        if isinstance(values, str):
            if values not in self._sums:
                rows = self.knowing(values)
                self._sums[values] = self._summed(rows, rows[values])
            return self._sums[values].copy()
        known = is_known(values)
        return self._summed(self.where(known), values[known])

    def _summed(self, known: Rows, values: FloatArray) -> FloatArray:
        if known.table is None:
            return np.full(self.customers, np.nan)
        sums = sum_by(known.codes, values, self.customers + 1, known.order)[: self.customers]
        if known is not self:
            return mask_unknown(sums, (self._count > 0) & (known._count == 0))
        return sums

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
        basis = self.count() if known.all() else self._counted_where(known)
        found = self._counted_where(known & hits)
        basis = mask_unknown(basis, basis == 0)
        return found / basis, basis

    def last(self, name: str) -> FloatArray:
        """Give a number of each customer's last row; unknown without rows."""
        last = np.full(self.customers, np.nan)
        order = self.order()
        codes = self.codes.take(order)
        last_of = np.flatnonzero(np.diff(codes, append=self.customers + 1))
        of_customer = last_of[codes[last_of] < self.customers]
        last[codes[of_customer]] = self[name].take(order[of_customer])
        return last

    def least(self, values: FloatArray) -> FloatArray:
        """Give the least of what is known for each customer; unknown where nothing is.

        Args:
            values: a value for each row.
        """
        found = np.full(self.customers + 1, np.inf)
        np.fmin.at(found, self.codes, values)
        return mask_unknown(found, np.isinf(found))[: self.customers]

    def last_day(self, among: BoolArray | None = None) -> DayArray:
        """Give the day of each customer's last row; NaT without rows.

        Args:
            among: for each row, whether it counts; without it all do. That is quicker than
                keeping those rows where they are nearly all.
        """
        return self._extreme(np.maximum, self.days, among)

    def first_day(self) -> DayArray:
        """Give the day of each customer's first row; NaT without rows."""
        return self._extreme(np.minimum, self.days)

    def last_instant(self, among: BoolArray | None = None) -> TimeArray:
        """Give the moment of each customer's last row; NaT without rows.

        Args:
            among: as for `last_day`.
        """
        return self._extreme(np.maximum, self.moments, among).astype("datetime64[us]")

    def _extreme(
        self, extreme: np.ufunc, moments: AnyArray, among: BoolArray | None = None
    ) -> AnyArray:
        nothing = np.iinfo(np.int64).min
        start = nothing if extreme is np.maximum else np.iinfo(np.int64).max
        found = np.full(self.customers + 1, start)
        numbers = as_int64(moments)
        for block in blocks(len(self)):
            part = numbers[block]
            if among is not None:
                part = np.where(among[block], part, start)
            extreme.at(found, self.codes[block].astype(np.intp, copy=False), part)
        found[found == start] = nothing
        return found[: self.customers].view(moments.dtype)

    def distinct_days(self) -> FloatArray:
        """Count the days on which each customer has a row."""
        if self.table is None:
            return np.full(self.customers, np.nan)
        return self._counted(self.days_by_customer()[0])

    def days_by_customer(self) -> tuple[Codes, DayArray]:
        """Give the days on which each customer has a row, in order, and whose each is."""
        codes, days = distinct_pairs(self.codes, as_int64(self.days))
        return codes, days.view(self.days.dtype)


def in_time(*several: Rows) -> AnyArray:
    """Give what orders rows of several kinds in time, as whole numbers one kind after another.

    Args:
        *several: rows; without clock times anywhere, their days do.
    """
    if any(rows.table is not None and rows.table.times for rows in several):
        return as_int64(np.concatenate([rows.instants for rows in several]))
    return as_int64(np.concatenate([rows.days for rows in several]))


def rows_of(table: Table) -> Rows:
    """Give all rows of a table; the same each time, so that what is made of them is kept with it.

    Args:
        table: the table.
    """
    rows: Rows = table.kept.setdefault("rows", Rows(table.kind, table.customers, table))
    return rows
