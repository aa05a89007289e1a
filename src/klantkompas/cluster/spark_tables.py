"""A portfolio's tables in Spark: where their customers stand, how they are cut, how far they reach.

Each step on a DataFrame takes Spark some ten milliseconds of planning, whatever is in it, and there
are seven tables: so there are as few steps as can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, partial, reduce
from importlib import import_module
from typing import Any

from attrs import frozen

from klantkompas.cluster.executors import cut_columns, cut_rows
from klantkompas.domain.field_source import Heading
from klantkompas.domain.fields import Column, Role
from klantkompas.errors import DataError, MissingExtraError
from klantkompas.io.headings.named import ColumnMapping, resolve_headings
from klantkompas.io.parsing.written_ids import ADDED, AS_FLOAT

__all__ = ["Extent", "SparkTable", "days_of", "spark_functions", "united", "without_rows"]

WHOLE = ("byte", "short", "integer", "long")
FRACTIONS = ("float", "double", "decimal")
MOMENTS = ("date", "timestamp", "timestamp_ntz")


def spark_functions() -> Any:
    """Return Spark's functions on columns.

    Raises:
        MissingExtraError: the extra is not installed.
    """
    try:
        return [import_module(name) for name in ("pandas", "pyarrow", "pyspark.sql.functions")][-1]
    except ImportError as cause:
        raise MissingExtraError("spark", "measuring on Spark") from cause


def without_rows(table: str, frame: Any) -> Any:
    """Return a table as the executors get it, but without rows: an Arrow table.

    Args:
        table: the table's name.
        frame: what was given for it.

    Raises:
        DataError: it is not a Spark DataFrame, or has a column that Arrow cannot hold.
    """
    if not hasattr(frame, "mapInArrow"):
        raise DataError(
            f"is a {type(frame).__name__}, not a Spark DataFrame",
            table=table,
            remedy="Give a Spark DataFrame",
        )
    try:
        schema = frame.limit(0).toArrow().schema
    except import_module("pyspark.errors").PySparkTypeError as cause:
        raise DataError(f"has a column that cannot leave Spark: {cause}", table=table) from cause
    arrow = import_module("pyarrow")
    zone = frame.sparkSession.conf.get("spark.sql.session.timeZone")
    for at, column in enumerate(schema):
        if arrow.types.is_timestamp(column.type) and column.type.tz:
            schema = schema.set(at, column.with_type(arrow.timestamp("us", zone)))
    return schema.empty_table()


@frozen(eq=False)
class SparkTable:
    """A table in Spark.

    Args:
        name: the table's name.
        frame: the Spark DataFrame.
        columns: the columns that it may have.
        mapping: the caller's headings, by field.
    """

    name: str
    frame: Any
    columns: tuple[Column, ...]
    mapping: ColumnMapping | None

    @cached_property
    def found(self) -> Mapping[str, tuple[Heading, ...]]:
        """The headings of each field."""
        return resolve_headings(self.name, self.columns, self.frame.columns, self.mapping)

    @property
    def headings(self) -> list[str]:
        """The headings that are read, in the order of the fields."""
        return [heading.name for headings in self.found.values() for heading in headings]

    def cut(self, parts: int, kind_of_ids: str) -> Any:
        """Return the rows cut by customer, to be repartitioned by owner.

        Args:
            parts: into how many parts the owners will be repartitioned.
            kind_of_ids: the type of owners, as Spark names it.

        Returns:
            A DataFrame with the columns of `cut_columns`.
        """
        functions, headings = spark_functions(), self.frame.columns
        nobody = functions.lit("0").cast(kind_of_ids)
        owner = functions.coalesce(self._owner.cast(kind_of_ids), nobody)
        part = functions.pmod(functions.hash(owner), functions.lit(parts))
        own = [self._column(heading).alias(str(at)) for at, heading in enumerate(headings)]
        rows = self.frame.select(*own, owner.alias("owner"), part.alias("part"))
        cut = partial(cut_rows, table=self.name, headings=headings)
        return rows.mapInArrow(cut, cut_columns(kind_of_ids))

    def _column(self, heading: str) -> Any:
        """Return a column by its heading; Spark would read a full stop in it as a path."""
        return spark_functions().col(f"`{heading.replace('`', '``')}`")

    def _kind(self, heading: str) -> str:
        kind: str = self.frame.schema[heading].dataType.typeName()
        return kind

    @property
    def has_text_ids(self) -> bool:
        """Whether its ids are text; otherwise they are numbers, or it has none."""
        if (heading := self._id_heading) is None:
            return False
        return self._kind(heading) not in (*WHOLE, *FRACTIONS)

    @property
    def _id_heading(self) -> str | None:
        field = "id" if self.name == "customers" else "customer"
        return self.found[field][0].name if field in self.found else None

    @property
    def _owner(self) -> Any:
        """The customer of each row, as text or a whole number; null where there is none."""
        functions = spark_functions()
        if (heading := self._id_heading) is None:
            return functions.lit(None)
        column = self._column(heading)
        if self._kind(heading) in FRACTIONS:
            column = column.try_cast("double").try_cast("bigint")
        if not self.has_text_ids:
            return column
        # Ids that are read as the same one are the same here, and perhaps some others with them.
        # Letters outside ASCII have several forms: of ids with any, only the digits are compared.
        text = functions.regexp_replace(column.cast("string"), ADDED, "")
        text = functions.regexp_replace(text, AS_FLOAT, "")
        digits = functions.regexp_replace(text, "[^0-9]", "")
        return functions.when(text.rlike(r"[^\x00-\x7F]"), digits).otherwise(text)

    @property
    def has_outstanding(self) -> bool:
        """Whether it says what is left to do, which is known from its last day on."""
        return any(column.outstanding and column.name in self.found for column in self.columns)

    @property
    def moments(self) -> list[str]:
        """The headings of the days on which something happened."""
        found = [
            self.found[column.name][0].name
            for column in self.columns
            if column.role in (Role.EVENT, Role.STEP) and column.name in self.found
        ]
        return [heading for heading in found if self._kind(heading) in MOMENTS]

    def days(self, columns: int) -> Any:
        """Return the days on which something happened, as days since 1970.

        Args:
            columns: how many columns of days to return; those that it has not are null.

        Returns:
            A DataFrame with the table's name, and the columns of days.
        """
        functions = spark_functions()
        days = [functions.unix_date(functions.to_date(self._column(m))) for m in self.moments]
        days += [functions.lit(None).cast("int")] * (columns - len(days))
        named = [day.alias(f"day {number}") for number, day in enumerate(days)]
        return self.frame.select(functions.lit(self.name).alias("table"), *named)


def days_of(tables: Sequence[SparkTable]) -> Any:
    """Return the days of all tables on which something happened, in one DataFrame.

    Args:
        tables: the tables.
    """
    # Spark's `greatest` takes two columns at least.
    most = max(2, *(len(table.moments) for table in tables))
    return united(table.days(most) for table in tables)


def united(frames: Iterable[Any]) -> Any:
    """Return the rows of DataFrames with the same columns in one DataFrame.

    Args:
        frames: the DataFrames, one at least.
    """
    return reduce(lambda one, other: one.union(other), frames)


@frozen
class Extent:
    """How far the tables of a portfolio reach.

    Args:
        rows: how many rows all have together.
        last_days: by table, the last day on which something happened, in days since 1970; a table
            without such days is absent.
    """

    rows: int
    last_days: Mapping[str, int]

    @classmethod
    def of(cls, days: Any, tables: Sequence[SparkTable]) -> Extent:
        """Return the extent of some tables, found in one pass without a shuffle.

        Args:
            days: what `days_of` returned of them.
            tables: the tables.
        """
        functions = spark_functions()
        last = functions.greatest(*_each_day(days))
        latest = [
            functions.max(functions.when(functions.col("table") == table.name, last))
            for table in tables
        ]
        count, *found = days.agg(functions.count(functions.lit(1)), *latest).first()
        names = (table.name for table in tables)
        return cls(count, {n: day for n, day in zip(names, found, strict=True) if day is not None})

    def days_before(self, days: Any) -> Sequence[int]:
        """Return the last days before the very last, found in one more pass.

        Args:
            days: what `days_of` returned.

        Returns:
            A day for each column that has one; none where there is no day at all.
        """
        if not self.last_days:
            return ()
        functions, last = spark_functions(), max(self.last_days.values())
        before = days.agg(*(functions.max(functions.when(d < last, d)) for d in _each_day(days)))
        return [day for day in before.first() if day is not None]


def _each_day(days: Any) -> list[Any]:
    return [days[name] for name in days.columns if name != "table"]
