"""Rows of one kind of interaction, and what can be said of them per customer.

Every answer is one float (or day) per customer, in id order. A table that is absent answers unknown
to everything, so that a measure needs no case of its own for it.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

import numpy as np
from attrs import evolve, frozen

from klantkompas._arrays import (
    MISSING,
    AnyArray,
    BoolArray,
    Codes,
    DayArray,
    FloatArray,
    TimeArray,
    as_int64,
    blocks,
    freeze,
    is_known,
    mask_unknown,
    sum_by,
)
from klantkompas.domain.fields import Column, Content
from klantkompas.domain.interactions import InteractionKind
from klantkompas.errors import ArgumentError, nearest
from klantkompas.portfolio.memo import Memo
from klantkompas.portfolio.table import Table

__all__ = ["Rows", "in_time"]

Found = TypeVar("Found")
NEVER = np.iinfo(np.int64).min
"""How an unknown moment looks as a number."""
_UNKNOWN = {
    Content.MONEY: np.nan,
    Content.NUMBER: np.nan,
    Content.SCORE: np.nan,
    Content.FLAG: np.nan,
    Content.MOMENT: np.datetime64("NaT", "D"),
    Content.TEXT: None,
    Content.TAGS: None,
}


def _no_memo() -> Memo | None:
    return None


@frozen(eq=False, repr=False)
class Rows:
    """A read-only view on rows of one kind of interaction; filters share the table's columns.

    A `Period` returns them: ``period.during("orders")``. What keeps rows (`where`, `known`,
    `require`) returns other rows; what counts, sums and compares returns a value for each customer.

    >>> from datetime import date
    >>> from klantkompas import Order, Period, Portfolio
    >>> day = date(2026, 6, 1)
    >>> orders = Period(
    ...     Portfolio.from_records([
    ...         Order(customer="a", on=day, amount=10.0, clear=True),
    ...         Order(customer="a", on=day, amount=30.0),
    ...         Order(customer="b", on=day, amount=20.0),
    ...     ]),
    ...     np.datetime64("2026-06-30"),
    ... ).during("orders")
    >>> orders.sum("amount").tolist(), orders.where(orders["amount"] > 15).count().tolist()
    ([40.0, 20.0], [1.0, 1.0])
    >>> orders.share("clear")
    (array([ 1., nan]), array([ 1., nan]))
    >>> orders.yes("clear").tolist(), orders.no("clear").tolist(), len(orders.known("clear"))
    ([True, False, False], [False, False, False], 1)
    >>> orders.first("amount").tolist(), orders.last("amount").tolist()
    ([30.0, 20.0], [10.0, 20.0])
    >>> orders.min("amount").tolist(), orders.max(orders.days).astype(str).tolist()
    ([10.0, 20.0], ['2026-06-01', '2026-06-01'])
    """

    _kind: InteractionKind
    _customers: int
    _table: Table | None = None
    _parent: Rows | None = None
    _positions: Codes | None = None
    # Weak, as the memo holds rows: so both go at once, without waiting for the garbage collector.
    _memo: Callable[[], Memo | None] = _no_memo

    def __len__(self) -> int:
        """Count the rows."""
        if self._table is None:
            return 0
        return len(self._table) if self._positions is None else len(self._positions)

    def __repr__(self) -> str:
        """Return a line: how many rows there are, and of what."""
        return f"Rows of {self._kind.name}: {'absent' if self.is_absent else len(self)}"

    @property
    def is_absent(self) -> bool:
        """Whether the table, or a required column, is absent; then every answer is NaN or NaT."""
        return self._table is None

    @property
    def codes(self) -> Codes:
        """For each row, its customer's position in id order; the number of customers where none."""
        if self._table is None:
            return np.empty(0, dtype=np.intp)
        if self._parent is None or self._positions is None:
            return self._table.codes
        return self._once((self, " codes"), partial(_taken_codes, self._parent, self._positions))

    @property
    def days(self) -> DayArray:
        """The day on which each interaction happened, one for each row; NaT where unknown."""
        if (table := self._table) is None:
            return np.empty(0, dtype="datetime64[D]")
        return self._taken(" days", lambda: table.days)

    @property
    def moments(self) -> TimeArray:
        """The time of each row, to sort by: days, or microseconds where there are clock times."""
        if (table := self._table) is None or not table.times:
            return self.days
        return self._taken(" moments", lambda: table.moments)

    def __getitem__(self, name: str) -> AnyArray:
        """Return a column; where it is absent, every value is unknown.

        Args:
            name: the field.

        Returns:
            Numbers as floats (NaN is unknown), moments as days (NaT), text and choices as objects
            (None). Yes or no is 1.0 or 0.0, and NaN where unknown: it is not a mask, for which
            there are `yes` and `no`.

        Raises:
            ArgumentError: the kind has no such field.
        """
        column = self._column(name)
        values = self._raw(column)
        if values is None:
            return np.full(len(self), _UNKNOWN.get(column.content, MISSING))
        if column.content is Content.FLAG:
            return np.array([0.0, 1.0, np.nan]).take(values, mode="wrap")
        if column.content is Content.CHOICE and column.choices is not None:
            words = np.array([*map(str, column.choices), None], dtype=np.object_)
            return words.take(values, mode="wrap")
        return values

    def yes(self, name: str, choice: StrEnum | None = None) -> BoolArray:
        """Return a mask of the rows in which a column is known to be yes, or to be a given word.

        Args:
            name: a field of yes or no.
            choice: for a field of a few words, such as a purpose, the word that it must be.

        Returns:
            True or False for each row; False where the column is unknown or absent.

        Raises:
            ArgumentError: the kind has no such field, or it is not of yes or no.
        """
        codes, yes = self._answers(name, choice)
        hits: BoolArray = codes == yes
        return hits

    def no(self, name: str, choice: StrEnum | None = None) -> BoolArray:
        """Return a mask of the rows in which a column is known to be no, or not to be a given word.

        Args:
            name: a field of yes or no.
            choice: for a field of a few words, the word that it must not be.

        Returns:
            True or False for each row; False where the column is unknown or absent.

        Raises:
            ArgumentError: the kind has no such field, or it is not of yes or no.
        """
        codes, yes = self._answers(name, choice)
        misses: BoolArray = (codes >= 0) & (codes != yes)
        return misses

    def _answers(self, name: str, choice: StrEnum | None) -> tuple[Codes, int]:
        column = self._column(name)
        words = [] if column.choices is None else [*column.choices]
        if choice is None and column.content is not Content.FLAG:
            raise ArgumentError(
                f"{name!r} of {self._kind.name} is not a column of yes or no. Compare its values: "
                f'rows["{name}"] == ...'
            )
        if choice is not None and choice not in words:
            raise ArgumentError(
                f"{choice!r} is not a choice of {name!r} of {self._kind.name}, which has: "
                f"{', '.join(map(str, words)) or 'no choices'}"
            )
        codes = self._raw(column)
        if codes is None:
            codes = np.full(len(self), MISSING, dtype=np.int8)
        return codes, 1 if choice is None else words.index(choice)

    def where(self, mask: BoolArray) -> Rows:
        """Return the rows for which a mask is True.

        Args:
            mask: True or False for each row.

        Raises:
            ArgumentError: `mask` is not a boolean array with an element for each row. A column of
                yes or no is none, as it may be unknown: use `yes` or `no`.
        """
        kept = self._mask(mask, "where(mask)")
        if self._table is None or np.count_nonzero(kept) == len(kept):
            return self
        return self._at(kept.nonzero()[0])

    def require(self, *names: str) -> Rows:
        """Return the same rows, or those of an absent table when one of these columns is absent.

        Args:
            *names: the names of the fields that have to be present.

        Returns:
            These rows; or rows of an absent table, which answer NaN to everything.

        Raises:
            ArgumentError: the kind has no such field.
        """
        columns = [self._column(name) for name in names]
        absent = self._table is None or any(c.name not in self._table.columns for c in columns)
        return Rows(self._kind, self._customers) if absent else self

    def known(self, *names: str) -> Rows:
        """Return the rows in which every one of some columns is known.

        Args:
            *names: the names of the fields.

        Returns:
            The rows; or those of an absent table, where one of the columns is absent.

        Raises:
            ArgumentError: the kind has no such field.
        """
        rows = self
        for name in names:
            rows = rows._once((rows, "known", name), partial(rows._known, name))
        return rows

    def _known(self, name: str) -> Rows:
        values = self._raw(self._column(name))
        if values is None:
            return self.require(name)
        rows = self.where(is_known(values))
        return rows if rows is self else evolve(rows, memo=self._memo)

    def in_order(self) -> Rows:
        """Return the rows sorted by customer, then by time; of one moment the lowest value is last.

        Rows without a customer come last. What is computed row by row from sorted rows does not
        depend on the order in which the rows were supplied.
        """
        return self if self._table is None else self._at(self._order())

    def count(self, *, where: BoolArray | None = None) -> FloatArray:
        """Count the rows of each customer.

        Args:
            where: a mask of the rows that count; None: all of them.

        Returns:
            One float for each customer, in id order, 0 for a customer without rows, NaN for
            everyone where the table is absent.
        """
        if where is not None:
            return self._counted(self._mask(where, "count(where=mask)"))
        return self._once((self, "count"), self._counted).copy()

    def _counted(self, mask: BoolArray | None = None) -> FloatArray:
        if self._table is None:
            return np.full(self._customers, np.nan)
        # To count ones and zeros is quicker than to keep the rows that count.
        hits = None if mask is None else mask.astype(np.float64)
        counts = np.bincount(self.codes, weights=hits, minlength=self._customers + 1)
        return counts[: self._customers].astype(np.float64, copy=False)

    def sum(self, values: str | FloatArray, *, where: BoolArray | None = None) -> FloatArray:
        """Return the sum of the known values for each customer; the order of rows cannot change it.

        Args:
            values: the name of a field, or an array with a value for each row.
            where: a mask of the rows that count; None: all of them.

        Returns:
            One float for each customer, in id order, 0 for a customer without rows, NaN for one
            whose values are all unknown, and NaN for everyone where the table or the field is
            absent.
        """
        if where is not None:
            mask = self._mask(where, "sum(..., where=mask)")
            return self.where(mask).sum(values if isinstance(values, str) else values[mask])
        if isinstance(values, str):
            known = self.known(values)
            return self._once(
                (self, "sum", values), lambda: self._summed(known, known[values])
            ).copy()
        is_it = is_known(values)
        return self._summed(self.where(is_it), values[is_it])

    def _summed(self, known: Rows, values: FloatArray) -> FloatArray:
        if known.is_absent:
            return np.full(self._customers, np.nan)
        sums = sum_by(known.codes, values, self._customers + 1, known._order)[: self._customers]
        if known is self:
            return sums
        return mask_unknown(sums, (self.count() > 0) & (known.count() == 0))

    def share(
        self, hits: str | BoolArray, *, where: BoolArray | None = None
    ) -> tuple[FloatArray, FloatArray]:
        """Return each customer's share of hits among their rows, and the number of those rows.

        Args:
            hits: the name of a field of yes or no, of which yes is a hit and unknown is left out;
                or a mask of the hits.
            where: a mask of the rows that count; None: all of them.

        Returns:
            Two arrays of a float for each customer, in id order, the share from 0 to 1, and its
            basis, the number of rows that count; both NaN where that number is 0.
        """
        if where is not None:
            where = self._mask(where, "share(..., where=mask)")
        if isinstance(hits, str):
            yes, no = self.yes(hits), self.no(hits)
            return self.share(yes, where=yes | no if where is None else where & (yes | no))
        hits = self._mask(hits, "share(mask)")
        if self._table is None:
            return np.full(self._customers, np.nan), np.full(self._customers, np.nan)
        if where is None or where.all():
            basis, found = self.count(), self.count(where=hits)
        else:
            basis, found = self.count(where=where), self.count(where=where & hits)
        basis = mask_unknown(basis, basis == 0)
        return found / basis, basis

    def ratio(self, of: str, to: str) -> tuple[FloatArray, FloatArray]:
        """Return each customer's sum of one column divided by that of another.

        Only rows in which both columns are known are summed.

        Args:
            of: the name of the field that is divided.
            to: the name of the field that it is divided by.

        Returns:
            Two arrays of a float for each customer, in id order, the ratio, and its basis, the sum
            of `to`; both NaN where that sum is 0 or less.
        """
        below = self.known(of).sum(to)
        basis = mask_unknown(below, below <= 0)
        return self.known(to).sum(of) / basis, basis

    def first(self, values: str | AnyArray) -> AnyArray:
        """Return the value of each customer's earliest row.

        Args:
            values: the name of a field, or an array with a value for each row. Of rows at one
                moment the one with the highest value of the kind counts as the first.

        Returns:
            An array with a value for each customer, in id order; NaN, NaT or None for a customer
            without rows. Whole numbers and booleans become floats.
        """
        return self._ends(values, before=1)

    def last(self, values: str | AnyArray) -> AnyArray:
        """Return the value of each customer's latest row.

        Args:
            values: the name of a field, or an array with a value for each row. Of rows at one
                moment the one with the lowest value of the kind, such as the lowest score, counts
                as the last.

        Returns:
            An array with a value for each customer, in id order; NaN, NaT or None for a customer
            without rows. Whole numbers and booleans become floats.
        """
        return self._ends(values, before=0)

    def _ends(self, values: str | AnyArray, before: int) -> AnyArray:
        values = self[values] if isinstance(values, str) else values
        order = self._order()
        codes = self.codes.take(order)
        edges = np.flatnonzero(np.diff(codes, prepend=-1, append=self._customers + 1))
        ends = edges[:-1] if before else edges[1:] - 1
        ends = ends[codes[ends] < self._customers]
        found = _unknown(self._customers, values)
        found[codes[ends]] = values.take(order[ends])
        return found

    def min(self, values: str | AnyArray, *, where: BoolArray | None = None) -> AnyArray:
        """Return the lowest known value of each customer.

        Args:
            values: the name of a field of numbers or moments, or an array with a value for each
                row, such as `days`.
            where: a mask of the rows that count; None: all of them.

        Returns:
            An array with a float or a moment for each customer, in id order; NaN or NaT where no
            value is known.
        """
        return self._extreme(np.fmin, np.minimum, values, where)

    def max(self, values: str | AnyArray, *, where: BoolArray | None = None) -> AnyArray:
        """Return the highest known value of each customer.

        Args:
            values: the name of a field of numbers or moments, or an array with a value for each
                row, such as `days`.
            where: a mask of the rows that count; None: all of them. Where nearly all rows count,
                this is quicker than `where`.

        Returns:
            An array with a float or a moment for each customer, in id order; NaN or NaT where no
            value is known.
        """
        return self._extreme(np.fmax, np.maximum, values, where)

    def _extreme(
        self,
        of_floats: np.ufunc,
        of_whole: np.ufunc,
        values: str | AnyArray,
        where: BoolArray | None,
    ) -> AnyArray:
        values = self[values] if isinstance(values, str) else values
        mask = None if where is None else self._mask(where, "min and max(..., where=mask)")
        numbers: AnyArray
        unknown: Any
        nothing: Any
        if values.dtype.kind == "M":
            extreme, numbers, unknown = of_whole, as_int64(values), NEVER
            nothing = NEVER if of_whole is np.maximum else np.iinfo(np.int64).max
            if of_whole is np.minimum and (never := numbers == NEVER).any():
                numbers = np.where(never, nothing, numbers)
        else:
            extreme, numbers, unknown = of_floats, values.astype(np.float64, copy=False), np.nan
            nothing = -np.inf if of_whole is np.maximum else np.inf
        found = np.full(self._customers + 1, nothing)
        codes = self.codes
        for block in blocks(len(self)):
            part = numbers[block]
            if mask is not None:
                part = np.where(mask[block], part, nothing)
            extreme.at(found, codes[block].astype(np.intp, copy=False), part)
        found[found == nothing] = unknown
        found = found[: self._customers]
        return found.view(values.dtype) if values.dtype.kind == "M" else found

    def _column(self, name: str) -> Column:
        column = self._kind.by_name.get(name)
        if column is None:
            fields = [*self._kind.by_name]
            raise ArgumentError(f"{self._kind.name} have no {name!r}. {nearest(name, fields)}")
        return column

    def _raw(self, column: Column) -> AnyArray | None:
        """Return a column as the table holds it, a choice as its number; None where absent."""
        values = None if self._table is None else self._table.columns.get(column.name)
        return None if values is None else self._taken(column.name, lambda: values)

    def _taken(self, what: str, whole: Callable[[], AnyArray]) -> AnyArray:
        """Return these rows' part of an array of the table; the period keeps what it takes."""
        return self._once((self, what), partial(self._take, what, whole))

    def _take(self, what: str, whole: Callable[[], AnyArray]) -> AnyArray:
        if self._parent is None or self._positions is None:
            return whole()
        return freeze(Rows._taken(self._parent, what, whole).take(self._positions))

    def _once(self, key: tuple[object, ...], make: Callable[[], Found]) -> Found:
        memo = self._memo()
        return make() if memo is None else memo.get(key, make)

    def _at(self, positions: Codes) -> Rows:
        """Keep the rows at some positions among these, in their order."""
        parent = self
        if self._positions is not None and self._parent is not None and self._memo() is None:
            parent, positions = self._parent, self._positions.take(positions)
        return Rows(self._kind, self._customers, self._table, parent, freeze(positions))

    def _order(self) -> Codes:
        """Return the positions of the rows in customer order, those without a customer last."""
        return self._once((self, " order"), self._made_order)

    def _made_order(self) -> Codes:
        if (table := self._table) is None:
            return np.empty(0, dtype=np.intp)
        if self._parent is None:
            return table.order
        positions = self._take(" positions", lambda: np.arange(len(table)))
        return table.order_of(positions, self.codes, self.moments)

    def _mask(self, mask: object, of: str) -> BoolArray:
        """Return a mask as it was supplied, or refuse what is not one."""
        given = np.asarray(mask)
        if given.dtype == np.bool_ and given.shape == (len(self),):
            return given
        found = f"{given.dtype} of shape {given.shape}"
        answers = [each.name for each in self._kind.columns if each.content is Content.FLAG]
        name = answers[0] if answers else "name"
        raise ArgumentError(
            f"rows.{of} takes a mask: True or False for each of the {len(self)} rows; this is "
            f"{found}. Compare, such as rows[...] > 0; and as yes or no can be unknown, write "
            f'rows.yes("{name}") or rows.no("{name}") instead of rows["{name}"]'
        )


def _taken_codes(rows: Rows, positions: Codes) -> Codes:
    # numpy counts by numbers of this size, and would convert others each time.
    return freeze(rows.codes.take(positions).astype(np.intp, copy=False))


def _unknown(size: int, values: AnyArray) -> AnyArray:
    """Make an array of unknown values, of the kind of other values."""
    unknown = {"M": np.datetime64("NaT", "D"), "O": None}.get(values.dtype.kind, np.nan)
    dtype = values.dtype if values.dtype.kind in "MO" else np.float64
    return np.full(size, unknown, dtype=dtype)


def in_time(*several: Rows) -> AnyArray:
    """Return an integer sort key for each row, so that rows of several kinds sort by time together.

    Args:
        *several: the rows of each kind.

    Returns:
        The keys of the first kind's rows, then those of the second's, and so on, days since 1970,
        or microseconds where any of the rows has clock times. Rows at the same time have equal
        keys; a row at an unknown time has the lowest key.
    """
    if any(rows.moments.dtype != rows.days.dtype for rows in several):
        clock = [rows.moments.astype("datetime64[us]", copy=False) for rows in several]
        return as_int64(np.concatenate(clock))
    return as_int64(np.concatenate([rows.days for rows in several]))
