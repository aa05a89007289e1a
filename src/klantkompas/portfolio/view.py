"""Some rows of a table and what stands in them: columns, taken when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import Self, TypeVar

import numpy as np
from attrs import frozen

from klantkompas._arrays import (
    MISSING,
    AnyArray,
    BoolArray,
    Codes,
    DayArray,
    Places,
    TimeArray,
    freeze,
    taken,
)
from klantkompas._nearest import nearest
from klantkompas.domain.fields import Column, Content
from klantkompas.domain.interactions import InteractionKind
from klantkompas.errors import ArgumentError
from klantkompas.portfolio.memo import Memo
from klantkompas.portfolio.table import Table

__all__ = ["CUSTOMER", "View"]

Found = TypeVar("Found")
CUSTOMER = "customer"
"""The field that says whose a row is."""


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
class View:
    """Some rows of a table: those at some positions among the rows of another view, its parent."""

    _kind: InteractionKind
    _customers: int
    _table: Table | None = None
    _parent: View | None = None
    _positions: Places | None = None
    # Weak, as the memo holds rows: so both go at once, without waiting for the garbage collector.
    _memo: Callable[[], Memo | None] = _no_memo

    def __len__(self) -> int:
        """Count the rows."""
        if self._table is None:
            return 0
        if isinstance(places := self._positions, slice):
            return int(places.stop - places.start)
        return len(self._table) if places is None else len(places)

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

    def __contains__(self, name: str) -> bool:
        """Return whether the table, and this column of it, are present.

        Args:
            name: the field.

        Raises:
            ArgumentError: the kind has no such field.
        """
        return self._has(self._column(name))

    def __getitem__(self, name: str) -> AnyArray:
        """Return a column; where it is absent, every value is unknown.

        Args:
            name: the field.

        Returns:
            Numbers as floats (NaN is unknown), moments as days (NaT), text and choices as objects
            (None). Yes or no is 1.0 or 0.0, and NaN where unknown: it is not a mask, for which
            there are `yes` and `no`. The ``"customer"`` is a position in id order, and the number
            of customers in a row that has none.

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

    def _column(self, name: str) -> Column:
        column = self._kind.by_name.get(name)
        if column is None:
            fields = [*self._kind.by_name]
            raise ArgumentError(f"{self._kind.name} have no {name!r}. {nearest(name, fields)}")
        return column

    def _has(self, column: Column) -> bool:
        if self._table is None:
            return False
        return column.name == CUSTOMER or column.name in self._table.columns

    def _raw(self, column: Column) -> AnyArray | None:
        """Return a column as the table holds it, a choice as its number; None where absent."""
        if (table := self._table) is None or not self._has(column):
            return None
        if column.name == CUSTOMER:
            return self._codes()
        return self._taken(column.name, lambda: table.columns[column.name])

    def _codes(self) -> Codes:
        """Return the position of each row's customer; the number of customers where it has none."""
        if self._table is None:
            return np.empty(0, dtype=np.intp)
        if self._parent is None or self._positions is None:
            return self._table.codes
        return self._once((self, " codes"), self._take_codes)

    def _take_codes(self) -> Codes:
        if self._parent is None or self._positions is None:
            return self._codes()
        # numpy counts by numbers of this size, and would convert others each time.
        codes = taken(View._codes(self._parent), self._positions)
        return freeze(codes.astype(np.intp, copy=False))

    def _taken(self, what: str, whole: Callable[[], AnyArray]) -> AnyArray:
        """Return these rows' part of an array of the table; the period keeps what it takes."""
        return self._once((self, what), partial(self._take, what, whole))

    def _take(self, what: str, whole: Callable[[], AnyArray]) -> AnyArray:
        if self._parent is None or self._positions is None:
            return whole()
        return taken(View._taken(self._parent, what, whole), self._positions)

    def _once(self, key: tuple[object, ...], make: Callable[[], Found]) -> Found:
        memo = self._memo()
        return make() if memo is None else memo.get(key, make)

    def _at(self, positions: Codes) -> Self:
        """Keep the rows at some positions among these, in their order."""
        parent: View = self
        if self._positions is not None and self._parent is not None and self._memo() is None:
            parent, places = self._parent, self._positions
            positions = (
                positions + places.start if isinstance(places, slice) else places.take(positions)
            )
        return type(self)(self._kind, self._customers, self._table, parent, freeze(positions))

    def _order(self) -> Codes:
        """Return the positions of the rows in customer order, those without a customer last."""
        return self._once((self, " order"), self._made_order)

    def _made_order(self) -> Codes:
        if (table := self._table) is None:
            return np.empty(0, dtype=np.intp)
        if self._parent is None:
            return table.order
        positions = self._take(" positions", lambda: np.arange(len(table)))
        return table.order_of(positions, self._codes(), self.moments)
