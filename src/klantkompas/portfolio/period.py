"""The months up to a reference date, as a measure sees them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from attrs import field, frozen

from klantkompas.domain.interactions import InteractionKind
from klantkompas.errors import ArgumentError, nearest
from klantkompas.portfolio.months import months_before
from klantkompas.portfolio.rows import Rows, rows_of

if TYPE_CHECKING:
    from klantkompas.portfolio.portfolio import Portfolio

__all__ = ["Period"]

Found = TypeVar("Found")


@frozen(eq=False)
class Period:
    """A portfolio as it stood on a date, and the months before it: ``start < day <= as_of``.

    A measure is a function of a period; it asks for rows and reduces them per customer.

    Args:
        portfolio: the portfolio, without what had not happened by then.
        as_of: the reference date.
        months: how many calendar months the period has.
    """

    portfolio: Portfolio
    as_of: np.datetime64
    months: int = 6
    _found: dict[Callable[[Period], Any], Any] = field(factory=dict, init=False, repr=False)

    @cached_property
    def start(self) -> np.datetime64:
        """The day before the period's first."""
        return months_before(self.as_of, self.months)

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return len(self.portfolio)

    def _kind(self, name: str) -> InteractionKind:
        kinds = {kind.name: kind for kind in self.portfolio.kinds}
        if name not in kinds:
            raise ArgumentError(
                f"no kind of interaction is called {name!r}. {nearest(name, kinds)}"
            )
        return kinds[name]

    def ever(self, kind: str, *, lines: bool = False) -> Rows:
        """Give all rows of a kind up to the reference date.

        Args:
            kind: the kind's name, such as ``"orders"``.
            lines: row by row, rather than with rows that are one interaction made one.

        Returns:
            The rows, with those that nobody's id is on.

        Raises:
            ArgumentError: there is no such kind.
        """
        known = self._kind(kind)
        table = self.portfolio.tables.get(kind)
        if table is None:
            return Rows(known, self.customers, None)
        return rows_of(table.lines if lines else table.entries)

    def during(self, kind: str, *, by: str | None = None, lines: bool = False) -> Rows:
        """Give the rows of a kind within the period.

        Args:
            kind: the kind's name.
            by: the moment that must lie within it; by default when it happened.
            lines: row by row, rather than with rows that are one interaction made one.

        Returns:
            The rows.

        Raises:
            ArgumentError: there is no such kind or field.
        """
        by_itself = by is not None or not self._clocked
        rows = self.ever(kind, lines=lines) if by_itself else self.lately(kind, lines=lines)
        return rows.between(self.start, self.as_of, by)

    @cached_property
    def _clocked(self) -> bool:
        return any(table.times for table in self.portfolio.tables.values())

    def lately(self, kind: str, *, lines: bool = False) -> Rows:
        """Give the rows of a kind that may follow one of the period within the same day.

        Clocks go back, so where there are clock times that is the day before the period too.

        Args:
            kind: the kind's name.
            lines: row by row, rather than with rows that are one interaction made one.

        Returns:
            The rows.

        Raises:
            ArgumentError: there is no such kind.
        """
        start = self.start - np.timedelta64(int(self._clocked), "D")
        return self.ever(kind, lines=lines).between(start, self.as_of)

    def once(self, of: Callable[[Period], Found]) -> Found:
        """Give what a function makes of this period, worked out when first asked for.

        Args:
            of: a function of a period, whose result several measures share and none changes.
        """
        if of not in self._found:
            self._found[of] = of(self)
        found: Found = self._found[of]
        return found
