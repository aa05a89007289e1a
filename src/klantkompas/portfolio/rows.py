"""Rows of one kind of interaction, and what can be said of them per customer.

Every answer is one float (or day) per customer, in id order. A table that is absent answers unknown
to everything, so that a measure needs no case of its own for it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from attrs import evolve, frozen

from klantkompas._arrays import (
    AnyArray,
    BoolArray,
    Codes,
    FloatArray,
    as_int64,
    highest_by,
    is_known,
    lowest_by,
    mask_unknown,
    sum_by,
)
from klantkompas.domain.fields import Content
from klantkompas.errors import ArgumentError
from klantkompas.portfolio.view import CUSTOMER, View

__all__ = ["Rows", "in_time"]


@frozen(eq=False, repr=False)
class Rows(View):
    """A read-only view on rows of one kind of interaction; filters share the table's columns.

    A `Period` returns them: ``period.during("orders")``. What keeps rows (`where`, `known`,
    `require`, `in_order`) returns other rows; what counts, sums and compares returns a value for
    each customer.

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

    def __repr__(self) -> str:
        """Return a line: how many rows there are, and of what."""
        return f"Rows of {self._kind.name}: {'absent' if self._table is None else len(self)}"

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
        present = [name in self for name in names]
        return self if all(present) else Rows(self._kind, self._customers)

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
        rows = self.where(values < self._customers if name == CUSTOMER else is_known(values))
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
        counts = np.bincount(self._codes(), weights=hits, minlength=self._customers + 1)
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
            return self.where(mask).sum(
                values if isinstance(values, str) else values.compress(mask)
            )
        if isinstance(values, str):
            known = self.known(values)
            return self._once(
                (self, "sum", values), lambda: self._summed(known, known[values])
            ).copy()
        is_it = is_known(values)
        return self._summed(self.where(is_it), values.compress(is_it))

    def _summed(self, known: Rows, values: FloatArray) -> FloatArray:
        if known._table is None:
            return np.full(self._customers, np.nan)
        sums = sum_by(known._codes(), values, self._customers + 1, known._order)[: self._customers]
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
                moment the one with the highest value of the kind counts as the first; of a kind
                without one, as `last` says.

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
                as the last. Where the kind has none (no field with ``value=True``), or that is the
                same too, the other fields decide, in the order in which its record declares them:
                the greatest counts as the last, whatever the order of the rows in the data.

        Returns:
            An array with a value for each customer, in id order; NaN, NaT or None for a customer
            without rows. Whole numbers and booleans become floats.
        """
        return self._ends(values, before=0)

    def _ends(self, values: str | AnyArray, before: int) -> AnyArray:
        values = self[values] if isinstance(values, str) else values
        order = self._order()
        codes = self._codes().take(order)
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
        return self._extreme(lowest_by, "min", values, where)

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
        return self._extreme(highest_by, "max", values, where)

    def _extreme(
        self,
        extreme_by: Callable[[Codes, AnyArray, int, BoolArray | None], AnyArray],
        verb: str,
        values: str | AnyArray,
        where: BoolArray | None,
    ) -> AnyArray:
        values = self[values] if isinstance(values, str) else values
        mask = None if where is None else self._mask(where, f"{verb}(..., where=mask)")
        found = extreme_by(self._codes(), values, self._customers + 1, mask)
        return found[: self._customers]

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
