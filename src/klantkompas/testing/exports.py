"""The tables of a business row by row: a portfolio that can still be changed, written as code.

>>> from datetime import date
>>> from klantkompas.domain.interactions import BUILT_IN_KINDS
>>> orders = ({"customer": "a", "on": date(2026, 3, 1), "amount": 10.0},)
>>> made = Exports(tables={"orders": orders}, columns={"orders": ("customer", "on", "amount")},
...                as_of=date(2026, 6, 30), kinds=BUILT_IN_KINDS)
>>> print(made.completed)
as_of = date(2026, 6, 30)
portfolio = Portfolio.from_records(
    [
        Order(customer='a', on=date(2026, 3, 1), amount=10.0),
    ],
)
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np
from attrs import evolve, field, frozen

from klantkompas.domain.customers import Customer
from klantkompas.domain.fields import Column, columns_of
from klantkompas.domain.interactions import BUILT_IN_KINDS, InteractionKind
from klantkompas.portfolio import Portfolio

__all__ = ["Exports", "Row"]

MadeT = TypeVar("MadeT")
Row = Mapping[str, Any]
"""A row of a table: a value by field."""


def _code(value: object) -> str:
    """Write a value as code, with the names of `datetime` imported."""
    plain = str(value) if isinstance(value, StrEnum) else value
    return repr(plain).replace("datetime.", "")


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

    @property
    def completed(self) -> Exports:
        """The same interactions as records hold them: with every column, without empty tables."""
        kept = {table: rows for table, rows in self.tables.items() if rows}
        records = {kind.name: kind.record for kind in self.kinds}
        columns = {t: tuple(c.name for c in columns_of(records.get(t, Customer))) for t in kept}
        filled = {
            table: tuple({name: row.get(name) for name in columns[table]} for row in rows)
            for table, rows in kept.items()
        }
        return evolve(self, tables=filled, columns=columns)

    def __str__(self) -> str:
        """Write the code that makes a portfolio of them."""
        is_whole = self.columns == self.completed.columns
        arguments = [*(self._records() if is_whole else self._columns())]
        if self.score_scale != (0, 10):
            arguments.append(f"score_scale={self.score_scale}")
        if {*self.tables} - {"customers", *(kind.name for kind in BUILT_IN_KINDS)}:
            arguments.append("kinds=Compass([plugin]).kinds")
        made = "from_records" if is_whole else "from_tables"
        lines = [f"portfolio = Portfolio.{made}(", *(f"    {each}," for each in arguments), ")"]
        return "\n".join([f"as_of = {_code(self.as_of)}", *lines])

    def _records(self) -> Iterator[str]:
        """Write the records: those of the kinds, and the customers' own."""
        names = {kind.name: kind.record.__name__ for kind in self.kinds}
        written = {
            table: [
                f"{names.get(table, 'Customer')}("
                + ", ".join(f"{n}={_code(v)}" for n, v in row.items() if v is not None)
                + ")"
                for row in rows
            ]
            for table, rows in self.tables.items()
        }
        customers = written.pop("customers", [])
        interactions = [each for records in written.values() for each in records]
        for given in (interactions, customers) if customers else (interactions,):
            inside = "".join(f"        {each},\n" for each in given)
            yield f"[\n{inside}    ]" if given else "[]"

    def _columns(self) -> Iterator[str]:
        """Write the tables, column by column."""
        for table, rows in self.tables.items():
            columns = (
                f"{name!r}: [{', '.join(_code(row[name]) for row in rows)}]"
                for name in self.columns[table]
            )
            yield f"{table}={{{', '.join(columns)}}}"
