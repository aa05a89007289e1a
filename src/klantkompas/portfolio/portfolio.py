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

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from attrs import frozen

from klantkompas.domain.customers import Customer
from klantkompas.domain.export_shape import ExportShape
from klantkompas.domain.fields import Column
from klantkompas.domain.interactions import BUILT_IN_KINDS, InteractionKind
from klantkompas.domain.nominations import NOMINATIONS, Nomination
from klantkompas.io.sources.limits import DEFAULT_LIMITS, Limits
from klantkompas.portfolio.customer_tables import CustomerTables
from klantkompas.shapes import BUILT_IN_SHAPES

if TYPE_CHECKING:
    from klantkompas.io.frames import CheckedTable
    from klantkompas.io.headings.named import ColumnMapping
    from klantkompas.io.sources.table_files import Sources
    from klantkompas.portfolio.assembling import Assembled
    from klantkompas.portfolio.taking_in import HowToRead

__all__ = ["Portfolio"]


@frozen(eq=False, repr=False, kw_only=True)
class Portfolio(CustomerTables):
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

    @property
    def currency(self) -> str | None:
        """The code of the currency that the exports say money is in; None where unknown."""
        said = {code for table in self.tables.values() for code in table.currencies}
        return said.pop() if len(said) == 1 else None

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
        from klantkompas.io.records import records_of_one_class, tables_from_records
        from klantkompas.portfolio.taking_in import HowToRead

        how = HowToRead(parse=False, score_scale=score_scale, kinds=kinds, limits=limits)
        given = {
            "customers": records_of_one_class(Customer, "customers", customers),
            NOMINATIONS: records_of_one_class(Nomination, NOMINATIONS, nominations),
            **tables_from_records(interactions, how.kinds),
        }
        return cls._of(how, how.assembled(given, how.frame))

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
        from klantkompas.portfolio.taking_in import HowToRead

        how = HowToRead(
            columns=columns,
            parse=parse,
            locale=locale,
            zone=zone,
            score_scale=score_scale,
            kinds=kinds,
            shapes=shapes,
            limits=limits,
        )
        given = {"customers": customers, NOMINATIONS: nominations, **tables}
        return cls._of(how, how.assembled(given, how.frame))

    @classmethod
    def from_files(
        cls,
        *,
        customers: Sources | None = None,
        nominations: Sources | None = None,
        columns: Mapping[str, ColumnMapping | Sequence[ColumnMapping]] | None = None,
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
                and what else `ExportShape` declares; or a whole shape. Where the files of a table
                are of several layouts, a list with what is said of each, in the order of the files.
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
                files of one table are a list, a folder, or a pattern such as ``"2024/*.csv"``;
                each of several known layouts is read as that which it is.

        Returns:
            The portfolio.

        Raises:
            DataError: a file holds a value that its field does not allow; the error has the table,
                column, row and value.
            ArgumentError: a table, field or locale is not known.
            MissingExtraError: the extra is not installed.
        """
        from klantkompas.portfolio.taking_in import HowToRead

        how = HowToRead(
            columns=columns,
            locale=locale,
            zone=zone,
            score_scale=score_scale,
            kinds=kinds,
            shapes=shapes,
            limits=limits,
        )
        given = {"customers": customers, NOMINATIONS: nominations, **files}
        return cls._of(how, how.assembled(given, how.file))

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
        from klantkompas.io.databases import read_query
        from klantkompas.portfolio.taking_in import HowToRead

        how = HowToRead(
            columns=columns,
            locale=locale,
            zone=zone,
            score_scale=score_scale,
            kinds=kinds,
            limits=limits,
        )

        def check(query: str, name: str, known: tuple[Column, ...]) -> CheckedTable:
            checked = how.fetched(read_query(connection, query, name), name, known)
            checked.noted()  # what they are made of is let go before the next table is read
            return checked

        given = {"customers": customers, NOMINATIONS: nominations, **queries}
        return cls._of(how, how.assembled(given, check))

    @classmethod
    def _of(cls, how: HowToRead, made: Assembled) -> Portfolio:
        return cls(
            kinds=how.kinds,
            tables=made.tables,
            listed=made.listed,
            is_listed=made.is_listed,
            score_scale=(how.score_scale[0], how.score_scale[1]),
            noted=made.notes,
            customer_ids=made.ids,
            backend=made.backend,
        )
