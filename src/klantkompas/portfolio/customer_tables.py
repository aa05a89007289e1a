"""Customers and a table for each kind of interaction: cut by day, and by customer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Self

import numpy as np
from attrs import evolve, frozen

from klantkompas._arrays import (
    AnyArray,
    BoolArray,
    Lazy,
    ObjectArray,
    Value,
    as_int64,
    as_objects,
    freeze,
)
from klantkompas._ids import CustomerIds, position_of
from klantkompas.domain.interactions import InteractionKind
from klantkompas.portfolio.table import UNKNOWN, Table
from klantkompas.wording.markup import html_lines, html_table
from klantkompas.wording.notes import DataNote

__all__ = ["CustomerTables"]


def _highest_below(number: int, days: AnyArray) -> int:
    """Return the highest day below one, as a number; `UNKNOWN` for none."""
    numbers = as_int64(days)
    return int(np.where(numbers < number, numbers, UNKNOWN).max(initial=UNKNOWN))


@frozen(eq=False, repr=False, kw_only=True)
class CustomerTables(Value):
    """Customers, encoded once, and a read-only column table per kind of interaction.

    Args:
        kinds: the kinds of interaction that it may hold.
        tables: the tables that are present, by kind.
        listed: the columns of the customers' own table, one value per customer.
        is_listed: whether a customer stands in that table.
        score_scale: the lowest and highest score of the survey.
        noted: what was odd in the data, worked out when first asked for.
        customer_ids: the customers' ids, in id order.
        backend: the library in whose data frames the data came in; None where it came in none.
    """

    kinds: tuple[InteractionKind, ...]
    tables: Mapping[str, Table]
    listed: Mapping[str, AnyArray]
    is_listed: BoolArray
    score_scale: tuple[int, int]
    noted: Lazy[tuple[DataNote, ...]]
    customer_ids: CustomerIds
    backend: str | None = None

    @property
    def ids(self) -> ObjectArray:
        """The customers' ids as text, shorter first, then by code point."""
        return self.customer_ids.texts

    @property
    def notes(self) -> tuple[DataNote, ...]:
        """Notes on what was odd in the data; repeated rows are looked for when first asked."""
        return self.noted()

    @property
    def similar_ids(self) -> tuple[tuple[str, ...], ...]:
        """Groups of ids that differ only by case, leading zeros, inner blanks or accents.

        They count as different customers; a data note tells how many there are.

        >>> from datetime import date
        >>> from klantkompas import Portfolio
        >>> days = [date(2026, 1, 2)] * 3
        >>> orders = {"customer": ["17", "017", "18"], "on": days, "amount": [1.0, 2.0, 3.0]}
        >>> Portfolio.from_tables(orders=orders).similar_ids
        (('017', '17'),)
        """
        from klantkompas.io.parsing.written_ids import same_but_for_writing

        return tuple(same_but_for_writing(self.ids.tolist()))

    def __len__(self) -> int:
        """Count the customers."""
        return len(self.customer_ids)

    def __repr__(self) -> str:
        """Return a line: how many customers and rows there are."""
        rows = ", ".join(f"{name} {len(table)}" for name, table in self.tables.items())
        plural = "" if len(self) == 1 else "s"
        return f"Portfolio of {len(self)} customer{plural}: {rows or 'no interactions'}"

    def _repr_html_(self) -> str:
        days = [table.days[~np.isnat(table.days)] for table in self.tables.values()]
        columns = {
            "table": as_objects(self.tables),
            "rows": np.array([len(table) for table in self.tables.values()], dtype=np.int64),
            "first day": as_objects(str(each.min()) if len(each) else None for each in days),
            "last day": as_objects(str(each.max()) if len(each) else None for each in days),
        }
        return f"<div>{html_lines([repr(self)])}{html_table(columns)}</div>"

    @property
    def last_day(self) -> np.datetime64:
        """The last day on which something happened; NaT when nothing did."""
        every = (day for table in self.tables.values() for day in table.latest.values())
        # An unknown day is the lowest number there is, and reads as NaT again.
        return np.datetime64(max(every, default=UNKNOWN), "D")

    def last_days(self) -> tuple[np.datetime64, np.datetime64] | None:
        """Return the last day on which something happened, and the last one before that.

        A due date is not an event, and neither is what the customers' own table says.

        Returns:
            The two days (the second is NaT when there is no other); None when nothing happened.
        """
        last = self.last_day
        if np.isnat(last):
            return None
        number = int(last.astype(np.int64))
        before = max(
            latest if latest < number else _highest_below(number, table.columns[name])
            for table in self.tables.values()
            for name, latest in table.latest.items()
        )
        return last, np.datetime64(before, "D")

    def until(self, as_of: np.datetime64) -> Self:
        """Return the portfolio as it stood on a day, without what happened later.

        Args:
            as_of: the last day that counts, ``datetime64[D]``.

        Returns:
            The portfolio, with all its customers; itself where nothing is dated after that day.
        """
        tables = {name: table.until(as_of) for name, table in self.tables.items()}
        if all(tables[name] is self.tables[name] for name in tables):
            return self
        return evolve(self, tables=tables)

    def exported_on(self, days: Mapping[str, np.datetime64]) -> Self:
        """Return the portfolio as a part of a larger export, with the last days of the whole.

        What is still to be paid is known from the last day of the export on. A part may end before
        that day, so code that cuts an export into parts has to pass the last day of the whole.

        Args:
            days: by table, the last day on which something in the whole export happened.

        Returns:
            The same portfolio, of which those tables keep that day as `Table.exported`.

        >>> from datetime import date
        >>> from klantkompas import Invoice, Portfolio
        >>> invoice = Invoice(customer="a", due=date(2026, 1, 9), amount=9.0, open=4.0)
        >>> last = {"invoices": np.datetime64("2026-06-30")}
        >>> part = Portfolio.from_records([invoice]).exported_on(last)
        >>> part.tables["invoices"].exported
        np.datetime64('2026-06-30')
        """
        tables = {
            name: evolve(table, exported=days.get(name, table.exported))
            for name, table in self.tables.items()
        }
        return evolve(self, tables=tables)

    @property
    def last_exported(self) -> Mapping[str, np.datetime64]:
        """By table, the last day in the export; only of tables for which that matters."""
        days = {name: table.last_exported for name, table in self.tables.items()}
        return {name: day for name, day in days.items() if day is not None}

    def only(self, ids: Iterable[str | int]) -> Self:
        """Return the portfolio of some customers, without rows that have no customer.

        Args:
            ids: the customers to keep.

        Returns:
            A portfolio with the same tables and columns.

        Raises:
            ArgumentError: an id is not known.
        """
        kept = np.zeros(len(self) + 1, dtype=np.bool_)
        kept[[position_of(self.ids, each) for each in ids]] = True
        return self._kept(kept)

    def without(self, ids: Iterable[str | int]) -> Self:
        """Return the portfolio without some customers; rows that have no customer stay.

        Args:
            ids: the customers to leave out.

        Returns:
            A portfolio with the same tables and columns.

        Raises:
            ArgumentError: an id is not known.
        """
        kept = np.ones(len(self) + 1, dtype=np.bool_)
        kept[[position_of(self.ids, each) for each in ids]] = False
        return self._kept(kept)

    def _kept(self, kept: BoolArray) -> Self:
        places = kept[:-1]
        count = int(places.sum())
        number = np.append(np.cumsum(places) - 1, count)

        def cut(table: Table) -> Table:
            part = table.take(kept[table.codes].nonzero()[0])
            return evolve(part, codes=freeze(number[part.codes]), customers=count)

        return evolve(
            self,
            customer_ids=CustomerIds(freeze(self.customer_ids.distinct[places])),
            listed={name: freeze(column[places]) for name, column in self.listed.items()},
            is_listed=freeze(self.is_listed[places]),
            tables={name: cut(table) for name, table in self.tables.items()},
        )
