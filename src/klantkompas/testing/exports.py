"""The tables of a business row by row: a portfolio that can still be changed, and be made smaller.

>>> from datetime import date
>>> from klantkompas.domain.interactions import BUILT_IN_KINDS
>>> orders = ({"customer": "a", "on": date(2026, 3, 1), "amount": 10.0},)
>>> print(Exports(tables={"orders": orders}, columns={"orders": ("customer", "on", "amount")},
...               as_of=date(2026, 6, 30), kinds=BUILT_IN_KINDS))
as of 2026-06-30
orders: customer 'a', on 2026-03-01, amount 10.0
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property, partial
from operator import methodcaller, ne
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np
from attrs import evolve, field, frozen

from klantkompas.domain.customers import Customer
from klantkompas.domain.fields import Column, columns_of
from klantkompas.domain.interactions import InteractionKind
from klantkompas.portfolio import Portfolio

__all__ = ["Exports", "Row", "smallest"]

MadeT = TypeVar("MadeT")
Row = Mapping[str, Any]


def _but(left_out: Row, table: str, row: Row) -> Iterable[Row]:
    return [] if row is left_out else [row]


def _written(name: str, value: Any) -> str:
    return f"{name} {value}" if isinstance(value, (date, StrEnum)) else f"{name} {value!r}"


@frozen(eq=False, kw_only=True)
class Exports:
    """The tables of a business, row by row, to make portfolios of in tests.

    Args:
        tables: by table, its rows (mappings from field to value); ``customers`` included.
        columns: by table, the fields that it has.
        as_of: the reference date.
        kinds: the kinds of interaction.
        score_scale: the lowest and highest score of the survey.
        exported: by table, the last day of the export of which these are the rows of some
            customers; by default their own.
    """

    tables: Mapping[str, tuple[Row, ...]]
    columns: Mapping[str, tuple[str, ...]]
    as_of: date
    kinds: tuple[InteractionKind, ...]
    score_scale: tuple[int, int] = (0, 10)
    exported: Mapping[str, np.datetime64] = field(factory=dict)
    _made: dict[Hashable, Any] = field(factory=dict, init=False)

    def made(self, key: Hashable, make: Callable[[Exports], MadeT]) -> MadeT:
        """Return something made of these exports, which is made once and kept by a key.

        Args:
            key: what identifies it.
            make: a function of the exports that makes it.

        Returns:
            What `make` returned.
        """
        if key not in self._made:
            self._made[key] = make(self)
        found: MadeT = self._made[key]
        return found

    def known(self, table: str) -> tuple[Column, ...]:
        """Return the columns that a table has."""
        record = {kind.name: kind.record for kind in self.kinds}.get(table, Customer)
        return tuple(c for c in columns_of(record) if c.name in self.columns[table])

    @cached_property
    def portfolio(self) -> Portfolio:
        """The portfolio of these exports; a plugin cannot change it."""
        mappings: dict[str, Any] = {
            table: {name: [row[name] for row in rows] for name in self.columns[table]}
            for table, rows in self.tables.items()
        }
        made = Portfolio.from_tables(
            kinds=self.kinds, score_scale=self.score_scale, columns=None, **mappings
        )
        made = made.exported_on(self.exported)
        tables, listed = MappingProxyType(made.tables), MappingProxyType(made.listed)
        return evolve(made, tables=tables, listed=listed)

    def with_rows(self, change: Callable[[str, Row], Iterable[Row]]) -> Exports:
        """Return the exports with each row replaced by others.

        Args:
            change: takes a table's name and a row, and returns the rows that replace it: none, one
                or more.

        Returns:
            The same tables and columns, with other rows.
        """
        tables = {
            table: tuple(new for row in rows for new in change(table, row))
            for table, rows in self.tables.items()
        }
        return evolve(self, tables=tables)

    def without(self, table: str, *columns: str) -> Exports:
        """Return the exports without a table, or without some of its columns.

        Args:
            table: the table's name.
            *columns: the columns to leave out; none: the whole table.
        """
        kept = dict(self.columns)
        if columns:
            kept[table] = tuple(name for name in kept[table] if name not in columns)
            return evolve(self, columns=kept)
        del kept[table]
        return evolve(self, tables={name: self.tables[name] for name in kept}, columns=kept)

    def of(self, wanted: Callable[[str | None], bool]) -> Exports:
        """Return the exports of some customers.

        Args:
            wanted: takes a customer's id (None for a row without a customer), and returns whether
                to keep their rows.
        """
        part = evolve(self, exported=self.portfolio.last_exported)
        return part.with_rows(
            lambda table, row: (
                [row] if wanted(row.get("id" if table == "customers" else "customer")) else []
            )
        )

    def smaller(self) -> Iterator[Callable[[Exports], Exports]]:
        """Yield functions that each leave some rows or columns out, the largest parts first."""
        for table in self.tables:
            yield methodcaller("without", table)
        for customer in self.portfolio.ids:
            yield methodcaller("of", partial(ne, customer))
        for rows in self.tables.values():
            for row in rows:
                yield methodcaller("with_rows", partial(_but, row))
        for table in self.tables:
            for column in self.known(table):
                if not column.required:
                    yield methodcaller("without", table, column.name)

    def __str__(self) -> str:
        """Write the rows, a line for each, leaving out what is unknown."""
        lines = [f"as of {self.as_of}"]
        for table, rows in self.tables.items():
            if not rows:
                lines.append(f"{table}: no rows")
            for row in rows:
                known = [n for n in self.columns[table] if row[n] is not None]
                lines.append(f"{table}: " + ", ".join(_written(name, row[name]) for name in known))
        return "\n".join(lines)


def smallest(exports: Exports, fails: Callable[[Exports], bool]) -> Exports:
    """Return exports without anything that is not needed for something to fail.

    Args:
        exports: exports with which it fails.
        fails: takes exports, and returns whether it fails with them.

    Returns:
        Exports with which it fails, and of which nothing can be left out.
    """
    found: Exports | None = None
    while found is not exports:
        found = exports
        for leave_out in found.smaller():
            try:
                smaller = leave_out(exports)
            except KeyError:  # its table has been left out by now
                continue
            if fails(smaller):
                exports = smaller
    return exports
