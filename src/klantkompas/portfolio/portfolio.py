"""All customers with all their interactions (S0, S1).

>>> from datetime import date
>>> from klantkompas.domain.interactions import Order
>>> portfolio = Portfolio.from_records(
...     [Order(customer="17", on=date(2026, 3, 1), amount=120.0)]
... )
>>> print(portfolio)
Portfolio of 1 customer: orders 1
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

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
    keep_freed_memory,
)
from klantkompas._ids import CustomerIds, position_of
from klantkompas._printable import shown
from klantkompas.domain.customers import Customer
from klantkompas.domain.export_shape import ExportShape
from klantkompas.domain.fields import Column
from klantkompas.domain.interactions import BUILT_IN_KINDS, InteractionKind
from klantkompas.domain.nominations import NOMINATIONS, Nomination
from klantkompas.domain.tables import columns_by_table
from klantkompas.errors import ArgumentError, nearest
from klantkompas.io.limits import DEFAULT_LIMITS, Limits
from klantkompas.portfolio.table import UNKNOWN, Table
from klantkompas.shapes import BUILT_IN_SHAPES
from klantkompas.wording.markup import html_lines, html_table
from klantkompas.wording.notes import DataNote

if TYPE_CHECKING:
    from klantkompas.io.frames import CheckedTable
    from klantkompas.io.headings import ColumnMapping
    from klantkompas.io.table_files import Sources

__all__ = ["Portfolio"]

LOG = logging.getLogger(__name__)


def _highest_below(number: int, days: AnyArray) -> int:
    """Return the highest day below one, as a number; `UNKNOWN` for none."""
    numbers = as_int64(days)
    return int(np.where(numbers < number, numbers, UNKNOWN).max(initial=UNKNOWN))


@frozen(eq=False, repr=False, kw_only=True)
class Portfolio(Value):
    """Customers, encoded once, and a read-only column table per kind of interaction.

    Make one with `from_records`, `from_tables`, `from_files` or `from_database`.

    Args:
        kinds: the kinds of interaction that it may hold.
        tables: the tables that are present, by kind.
        listed: the columns of the customers' own table, one value per customer.
        is_listed: whether a customer stands in that table.
        score_scale: the lowest and highest score of the survey.
        noted: what was odd in the data, worked out when first asked for.
        customer_ids: the customers' ids, in id order.
        backend: the library in whose data frames the data came in, such as ``"pandas"``; None where
            it came in none, as in files. Results become frames of that library.

    >>> from datetime import date
    >>> from klantkompas import Compass, Order, Portfolio
    >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
    >>> portfolio = Portfolio.from_records(orders)
    >>> len(portfolio), portfolio.ids.tolist()
    (1, ['a'])
    """

    kinds: tuple[InteractionKind, ...]
    tables: Mapping[str, Table]
    listed: Mapping[str, AnyArray]
    is_listed: BoolArray
    score_scale: tuple[int, int]
    noted: Lazy[tuple[DataNote, ...]]
    customer_ids: CustomerIds
    backend: str | None = None

    @classmethod
    def from_records(
        cls,
        interactions: Iterable[object],
        customers: Iterable[Customer] = (),
        *,
        nominations: Iterable[Nomination] = (),
        score_scale: tuple[int, int] = (0, 10),
        kinds: Sequence[InteractionKind] = BUILT_IN_KINDS,
        limits: Limits = DEFAULT_LIMITS,
    ) -> Portfolio:
        """Return a portfolio made of records, such as `Order` and `Invoice`.

        The fields of a record class are its table's columns, so all of them are present; a kind
        without any record is absent.

        Args:
            interactions: orders, invoices, complaints, ... in any order.
            customers: the customers' own records.
            nominations: the team's own lists of who fits best.
            score_scale: the lowest and highest score of the survey.
            kinds: the kinds of interaction.
            limits: the largest sizes that are accepted, such as the length of an id.

        Returns:
            The portfolio.

        Raises:
            DataError: a record holds a value that its field does not allow; the error has the
                table, column, row and value.

        >>> from datetime import date
        >>> from klantkompas import Compass, Order, Portfolio
        >>> orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
        >>> print(Portfolio.from_records(orders))
        Portfolio of 1 customer: orders 3
        """
        from klantkompas.io.records import (
            checked_kinds,
            records_of_one_class,
            tables_from_records,
        )

        tables: dict[str, Any] = dict(tables_from_records(interactions, checked_kinds(kinds)))
        return cls.from_tables(
            customers=records_of_one_class(Customer, "customers", customers),
            nominations=records_of_one_class(Nomination, NOMINATIONS, nominations),
            score_scale=score_scale,
            kinds=kinds,
            limits=limits,
            **tables,
        )

    @classmethod
    def from_tables(
        cls,
        *,
        customers: object = None,
        nominations: object = None,
        columns: Mapping[str, ColumnMapping] | None = None,
        parse: bool = False,
        locale: str | None = None,
        zone: str | None = None,
        score_scale: tuple[int, int] = (0, 10),
        kinds: Sequence[InteractionKind] = BUILT_IN_KINDS,
        shapes: Sequence[ExportShape] = BUILT_IN_SHAPES,
        limits: Limits = DEFAULT_LIMITS,
        **tables: object,
    ) -> Portfolio:
        """Return a portfolio made of data frames, mappings of arrays or Arrow streams.

        Args:
            customers: the customers' own table.
            nominations: the team's own lists of who fits best, and why: `Nomination`.
            columns: by table and field, the heading of the field's column, or several headings
                whose columns are multiplied. A field that is left out is looked for under its own
                name. Other arguments of `ExportShape` may be keys beside the fields.
            parse: whether text is converted, strictly, to what its column should hold, as it is in
                files.
            locale: how the text is written where it leaves a choice, such as ``"nl"``.
            zone: the time zone of clock times, such as ``"Europe/Amsterdam"``.
            score_scale: the lowest and highest score of the survey.
            kinds: the kinds of interaction.
            shapes: the known shapes (layouts of programs' exports), one of which is used where text
                is read and no column of the table is named.
            limits: the largest sizes that are accepted, such as the length of an id.
            **tables: ``orders=``, ``invoices=``, ... by kind; None for absent.

        Returns:
            The portfolio.

        Raises:
            DataError: a table holds a value that its field does not allow; the error has the table,
                column, row and value.
            ArgumentError: a table or field is not known.

        >>> import numpy as np
        >>> orders = {
        ...     "Klant": ["a", "b"],
        ...     "on": np.array(["2026-01-05", "2026-02-01"], dtype="datetime64[D]"),
        ...     "amount": np.array([10.0, 20.0]),
        ... }
        >>> columns = {"orders": {"customer": "Klant"}}
        >>> Portfolio.from_tables(orders=orders, columns=columns).ids.tolist()
        ['a', 'b']
        """
        from klantkompas.io.checked_export import check_frame

        def check(name: str, known: tuple[Column, ...], table: object) -> CheckedTable:
            return check_frame(
                table,
                name,
                known,
                (columns or {}).get(name),
                parse=parse,
                locale=locale,
                zone=zone,
                shapes=shapes,
                score_scale=score_scale,
            )

        beside = {"customers": customers, NOMINATIONS: nominations}
        return cls._checked(beside, tables, columns, score_scale, kinds, check, limits)

    @classmethod
    def from_files(
        cls,
        *,
        customers: Sources | None = None,
        nominations: Sources | None = None,
        columns: Mapping[str, ColumnMapping] | None = None,
        locale: str | None = None,
        zone: str | None = None,
        score_scale: tuple[int, int] = (0, 10),
        kinds: Sequence[InteractionKind] = BUILT_IN_KINDS,
        shapes: Sequence[ExportShape] = BUILT_IN_SHAPES,
        limits: Limits = DEFAULT_LIMITS,
        **files: Sources | None,
    ) -> Portfolio:
        """Make a portfolio of files: csv, workbooks, parquet, JSON. Needs the extra `files`.

        Args:
            customers: the file, or files, with the customers' own table.
            nominations: those with the team's own lists of who fits best, and why: `Nomination`.
            columns: by table and field, the heading (or `Heading` with its style) that holds it,
                and what else `ExportShape` declares; or a whole shape.
            locale: how numbers and dates are written where the columns leave a choice, such as
                ``"nl"`` or ``"en-US"``.
            zone: the time zone of clock times, such as ``"Europe/Amsterdam"``: an interaction's day
                is its date there. None: its day is the date as written.
            score_scale: the lowest and highest score of the survey.
            kinds: the kinds of interaction.
            shapes: the known shapes (layouts of programs' exports), one of which is used where no
                column of the table is named.
            limits: how large a file and what is in it may be.
            **files: ``orders="orders.csv"``, ``invoices=``, ... by kind; None for absent. Several
                files of one table are a list, a folder, or a pattern such as ``"2024/*.csv"``.

        Returns:
            The portfolio.

        Raises:
            DataError: a file holds a value that its field does not allow; the error has the table,
                column, row and value.
            ArgumentError: a table, field or locale is not known.
            MissingExtraError: the extra is not installed.
        """
        from klantkompas.io.checked_export import check_export
        from klantkompas.io.files import read_file

        def check(name: str, known: tuple[Column, ...], file: Any) -> CheckedTable:
            mapping = (columns or {}).get(name)
            export = read_file(
                file,
                table=name,
                columns=known,
                mapping=mapping,
                locale=locale,
                zone=zone,
                shapes=shapes,
                limits=limits,
            )
            return check_export(export, name, known, score_scale)

        beside = {"customers": customers, NOMINATIONS: nominations}
        return cls._checked(beside, files, columns, score_scale, kinds, check, limits)

    @classmethod
    def from_database(
        cls,
        connection: object,
        *,
        customers: str | None = None,
        nominations: str | None = None,
        columns: Mapping[str, ColumnMapping] | None = None,
        locale: str | None = None,
        zone: str | None = None,
        score_scale: tuple[int, int] = (0, 10),
        kinds: Sequence[InteractionKind] = BUILT_IN_KINDS,
        limits: Limits = DEFAULT_LIMITS,
        **queries: str | None,
    ) -> Portfolio:
        """Return a portfolio made of what queries return. Needs the extra `files`.

        Rows are fetched in batches, and each batch is made columns before the next is fetched. Text
        in columns of numbers, dates and the like is read as it is in files.

        Args:
            connection: an open connection of DB-API (such as `sqlite3`) or ADBC, of DuckDB, or a
                connection or engine of SQLAlchemy. It stays open, and nothing is committed.
            customers: the query of the customers' own table.
            nominations: that of the team's own lists of who fits best, and why: `Nomination`.
            columns: by table and field, the column of the query that holds it, as for
                `from_tables`; a field that is left out is looked for under its own name.
            locale: how text is written where it leaves a choice, such as ``"nl"``.
            zone: the time zone of clock times, such as ``"Europe/Amsterdam"``.
            score_scale: the lowest and highest score of the survey.
            kinds: the kinds of interaction.
            limits: the largest sizes that are accepted, such as the length of an id.
            **queries: ``orders="select ..."``, ``invoices=``, ... by kind; None for absent.

        Returns:
            The portfolio.

        Raises:
            DataError: a query fails, or returns a value that its field does not allow; the error
                has the table, column, row of the result and value.
            ArgumentError: a table or field is not known, or the connection is something else.
            MissingExtraError: the extra is not installed.

        >>> import sqlite3
        >>> connection = sqlite3.connect(":memory:")
        >>> _ = connection.execute("create table sales (klant, day, euro)")
        >>> _ = connection.execute("insert into sales values (17, '2026-03-01', 120.0)")
        >>> Portfolio.from_database(
        ...     connection,
        ...     orders='select klant as customer, day as "on", euro as amount from sales',
        ... )
        Portfolio of 1 customer: orders 1
        >>> connection.close()
        """
        from klantkompas.io.checked_export import check_frame
        from klantkompas.io.databases import read_query

        def check(name: str, known: tuple[Column, ...], query: Any) -> CheckedTable:
            checked = check_frame(
                read_query(connection, query, name),
                name,
                known,
                (columns or {}).get(name),
                parse=None,
                locale=locale,
                zone=zone,
                shapes=(),
                score_scale=score_scale,
            )
            checked.noted()  # what they are made of is let go before the next table is read
            return checked

        beside = {"customers": customers, NOMINATIONS: nominations}
        return cls._checked(beside, queries, columns, score_scale, kinds, check, limits)

    @classmethod
    def _checked(
        cls,
        beside: Mapping[str, object],
        tables: Mapping[str, object],
        columns: Mapping[str, ColumnMapping] | None,
        score_scale: tuple[int, int],
        kinds: Sequence[InteractionKind],
        check: Callable[[str, tuple[Column, ...], Any], CheckedTable],
        limits: Limits,
    ) -> Portfolio:
        from klantkompas.io.frame_cells import backend_of
        from klantkompas.io.records import checked_kinds
        from klantkompas.portfolio.assembling import assemble
        from klantkompas.stats.answers import SCALES

        kinds, scale = checked_kinds(kinds), cast("object", score_scale)
        if not isinstance(scale, Sequence) or tuple(scale) not in SCALES:
            raise ArgumentError(f"score_scale is (0, 10) or (1, 10), not {shown(score_scale)}")
        known = {kind.name: kind for kind in kinds}
        for name in tables:
            if name not in known:
                raise ArgumentError(f"no table is called {name!r}. {nearest(name, known)}")
        if columns is not None and not isinstance(columns, Mapping):
            raise ArgumentError(f"columns is a mapping of tables to their fields, not {columns!r}")
        for name in columns or {}:
            if name not in (*known, *beside):
                names = [*known, *beside]
                raise ArgumentError(
                    f"columns: no table is called {name!r}. {nearest(str(name), names)}"
                )
        present = {
            name: (kind.columns, tables[name])
            for name, kind in known.items()
            if tables.get(name) is not None
        }
        fields = columns_by_table(kinds)
        others = {n: (fields[n], each) for n, each in beside.items() if each is not None}
        present = {**others, **present}
        keep_freed_memory()
        checked: dict[str, CheckedTable] = {}
        for name, given in present.items():
            checked[name] = check(name, *given)
            LOG.info("read the table %s: %d rows", name, checked[name].rows)
        own, lists = checked.pop("customers", None), checked.pop(NOMINATIONS, None)
        made = assemble(own, lists, checked, kinds, limits)
        return cls(
            kinds=tuple(kinds),
            tables=made.tables,
            listed=made.listed,
            is_listed=made.is_listed,
            score_scale=(score_scale[0], score_scale[1]),
            noted=made.notes,
            customer_ids=made.ids,
            backend=backend_of(given for _, given in present.values()),
        )

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
        >>> days = [date(2026, 1, 2)] * 3
        >>> orders = {"customer": ["17", "017", "18"], "on": days, "amount": [1.0, 2.0, 3.0]}
        >>> Portfolio.from_tables(orders=orders).similar_ids
        (('017', '17'),)
        """
        from klantkompas.io.written_ids import same_but_for_writing

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

    def until(self, as_of: np.datetime64) -> Portfolio:
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

    def exported_on(self, days: Mapping[str, np.datetime64]) -> Portfolio:
        """Return the portfolio as a part of a larger export, with the last days of the whole.

        What is still to be paid is known from the last day of the export on. A part may end before
        that day, so code that cuts an export into parts has to pass the last day of the whole.

        Args:
            days: by table, the last day on which something in the whole export happened.

        Returns:
            The same portfolio, of which those tables keep that day as `Table.exported`.

        >>> from datetime import date
        >>> from klantkompas.domain.interactions import Invoice
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

    def only(self, ids: Iterable[str | int]) -> Portfolio:
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

    def without(self, ids: Iterable[str | int]) -> Portfolio:
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

    def _kept(self, kept: BoolArray) -> Portfolio:
        places = kept[:-1]
        count = int(places.sum())
        number = np.append(np.cumsum(places) - 1, count)

        def cut(table: Table) -> Table:
            part = table.take(kept[table.codes])
            return evolve(part, codes=freeze(number[part.codes]), customers=count)

        return evolve(
            self,
            customer_ids=CustomerIds(freeze(self.customer_ids.distinct[places])),
            listed={name: freeze(column[places]) for name, column in self.listed.items()},
            is_listed=freeze(self.is_listed[places]),
            tables={name: cut(table) for name, table in self.tables.items()},
        )
