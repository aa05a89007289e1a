"""The months up to a reference date, as a measure sees them."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from attrs import evolve, field, frozen

from klantkompas._arrays import as_int64, as_objects, freeze, places_between
from klantkompas._nearest import nearest
from klantkompas.domain.interactions import InteractionKind
from klantkompas.errors import ArgumentError
from klantkompas.portfolio.memo import Memo
from klantkompas.portfolio.merging import merge_rows
from klantkompas.portfolio.months import months_before
from klantkompas.portfolio.rows import Rows
from klantkompas.portfolio.table import Table
from klantkompas.wording.markup import html_lines, html_table

if TYPE_CHECKING:
    from klantkompas.portfolio.portfolio import Portfolio

__all__ = ["Period", "cached", "cached_ever"]

Found = TypeVar("Found")


def _day(as_of: np.datetime64 | date | str) -> np.datetime64:
    day: np.datetime64 = np.array([as_of], dtype="datetime64[D]")[0]
    return day


@frozen(eq=False, repr=False)
class Period:
    """A portfolio as it stood on a date, and the months before it: ``start < day <= as_of``.

    A measure is a function of a period; it asks for rows and reduces them per customer. A period
    remembers what is asked of it, and of its rows, until it goes.

    Args:
        portfolio: the portfolio, without what had not happened by then.
        as_of: the reference date, or its text, such as ``"2026-06-30"``.
        months: how many calendar months the period has.

    >>> from datetime import date
    >>> from klantkompas import Order, Portfolio
    >>> portfolio = Portfolio.from_records([Order(customer="a", on=date(2026, 6, 1), amount=9.0)])
    >>> period = Period(portfolio, np.datetime64("2026-06-30"))
    >>> period.start.item().isoformat(), period.during("orders").count().tolist()
    ('2025-12-30', [1.0])
    """

    portfolio: Portfolio
    as_of: np.datetime64 = field(converter=_day)
    months: int = 6
    _memo: Memo = field(factory=Memo, kw_only=True, repr=False)
    start: np.datetime64 = field(init=False)
    """The day before the period's first."""

    @start.default
    def _start(self) -> np.datetime64:
        of = "start", self.as_of, self.months
        return self._memo.get(of, lambda: months_before(self.as_of, self.months))

    def __repr__(self) -> str:
        """Return a line: which days, and of which portfolio."""
        return f"Period after {self.start} up to {self.as_of} of a {self.portfolio!r}"

    def _repr_html_(self) -> str:
        kinds = [kind for kind in self.portfolio.kinds if kind.name in self.portfolio.tables]
        columns = {
            "rows of": as_objects(kind.name for kind in kinds),
            "in the period": np.array([len(self.during(kind.name)) for kind in kinds], np.int64),
            "up to its end": np.array([len(self.ever(kind.name)) for kind in kinds], np.int64),
        }
        return f"<div>{html_lines([repr(self)])}{html_table(columns)}</div>"

    @property
    def customers(self) -> int:
        """The number of customers in the portfolio, those without interactions included."""
        return len(self.portfolio)

    def over(self, months: int) -> Period:
        """Return the period of more months up to the same date, for a longer look back.

        What does not depend on the months is worked out once for both.

        Args:
            months: how many calendar months; no more than this period has returns this period.
        """
        if months <= self.months:
            return self
        return Period(self.portfolio, self.as_of, months, memo=self._memo)

    def ever(self, kind: str, *, lines: bool = False) -> Rows:
        """Return all rows of a kind up to the reference date.

        Args:
            kind: the kind's name, such as ``"orders"``.
            lines: whether each line of the data is a row; by default lines with the same reference
                are one.

        Returns:
            The rows, including those without a customer id.

        Raises:
            ArgumentError: there is no such kind.

        >>> from datetime import date
        >>> from klantkompas import Order, Period, Portfolio
        >>> days = {"a": (1, 9), "b": (4,)}
        >>> placed = [
        ...     Order(customer=each, on=date(2026, 6, day), amount=10.0 * day, clear=day > 1)
        ...     for each, on in days.items()
        ...     for day in on
        ... ]
        >>> period = Period(Portfolio.from_records(placed), np.datetime64("2026-06-30"))
        >>> len(period.ever("orders"))
        3
        """
        return self._memo.get(("ever", kind, lines), lambda: self._all(kind, lines))

    def during(self, kind: str, *, by: str | None = None, lines: bool = False) -> Rows:
        """Return the rows of a kind within the period.

        Args:
            kind: the kind's name.
            by: the field with the date that must lie within the period, such as ``"due"``; by
                default the day on which the interaction happened.
            lines: whether each line of the data is a row; by default lines with the same reference
                are one.

        Returns:
            The rows, including those without a customer id.

        Raises:
            ArgumentError: there is no such kind or field.

        >>> from datetime import date
        >>> from klantkompas import Order, Period, Portfolio
        >>> days = {"a": (1, 9), "b": (4,)}
        >>> placed = [
        ...     Order(customer=each, on=date(2026, 6, day), amount=10.0 * day, clear=day > 1)
        ...     for each, on in days.items()
        ...     for day in on
        ... ]
        >>> period = Period(Portfolio.from_records(placed), np.datetime64("2026-06-30"))
        >>> len(period.during("orders"))
        3
        """
        key = ("during", self.months, kind, by, lines)
        return self._memo.get(key, lambda: self._within(kind, by, lines))

    def cached(self, of: Callable[[Period], Found]) -> Found:
        """Return the result of a function of this period, computed when it is first asked for.

        Args:
            of: a function of a period, whose result several measures share.

        Returns:
            What the function returned; an array is read-only.
        """
        return self._memo.get(("cached", self.months, of), lambda: self._kept(of(self)))

    def cached_ever(self, of: Callable[[Period], Found]) -> Found:
        """Return the result of a function that the months have no part in, computed once for all.

        Args:
            of: a function of a period, with the same result for every number of months.

        Returns:
            What the function returned; an array is read-only.
        """
        return self._memo.get(("cached", of), lambda: self._kept(of(self)))

    def _kept(self, made: Found) -> Found:
        if isinstance(made, np.ndarray):
            freeze(made)
        if isinstance(made, Rows):
            return evolve(made, memo=weakref.ref(self._memo))
        return made

    def _kind(self, name: str) -> InteractionKind:
        kinds = {kind.name: kind for kind in self.portfolio.kinds}
        if name not in kinds:
            raise ArgumentError(
                f"no kind of interaction has the name {name!r}. {nearest(name, kinds)}"
            )
        return kinds[name]

    def _merged(self, table: Table) -> tuple[Table, Table]:
        return self._memo.get(("merged", table.kind.name), lambda: merge_rows(table))

    def _all(self, name: str, lines: bool) -> Rows:
        kind, table = self._kind(name), self.portfolio.tables.get(name)
        if table is None:
            return Rows(kind, self.customers)
        entries, parts = self._merged(table)
        if lines and parts is entries:
            return self.ever(name)
        return self._kept(Rows(kind, self.customers, parts if lines else entries))

    def _within(self, name: str, by: str | None, lines: bool) -> Rows:
        rows = self.ever(name, lines=lines)
        if lines and rows is self.ever(name):
            return self.during(name, by=by)
        days = as_int64(rows.days if by is None else rows[by])
        first, last = self.start.astype(np.int64) + 1, self.as_of.astype(np.int64)
        within = evolve(rows, parent=rows, positions=places_between(days, int(first), int(last)))
        return rows if len(within) == len(rows) else self._kept(within)


def cached(of: Callable[[Period], Found]) -> Callable[[Period], Found]:
    """Decorate a function of a period, so that it is computed once for each period.

    For what several measures share.

    Args:
        of: a function of one argument, a `Period`.

    Returns:
        A function with the same results, which the period keeps; an array is read-only.
    """

    @wraps(of)
    def kept(period: Period) -> Found:
        return period.cached(of)

    return kept


def cached_ever(of: Callable[[Period], Found]) -> Callable[[Period], Found]:
    """Decorate a function of a period that the months have no part in, so that it is computed once.

    For what several measures share, those of a longer look among them.

    Args:
        of: a function of one argument, a `Period`, with the same result for every number of months.

    Returns:
        A function with the same results, which the period keeps; an array is read-only.
    """

    @wraps(of)
    def kept(period: Period) -> Found:
        return period.cached_ever(of)

    return kept
