"""Portfolios that live in Spark: measured by its executors, a part of the customers at a time.

Every row goes to the part of its customer, whichever table it is in and whether its id is a number
or text there. A part is measured as a portfolio of its own, by the code that measures on one
machine. Needs the extra `spark`.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property, partial, reduce
from importlib import import_module
from importlib.metadata import version
from math import ceil
from typing import Any

import numpy as np
from attrs import evolve, field, frozen

from klantkompas.cluster.executors import (
    PART,
    ROWS_IN_A_PART,
    Task,
    columns_of_rows,
    cut_columns,
    cut_rows,
    measured_part,
    rows_of_parts,
    stored,
    unstored,
)
from klantkompas.cluster.joining import added_notes
from klantkompas.compass import Compass
from klantkompas.domain.field_source import Heading
from klantkompas.domain.fields import Column, Role
from klantkompas.domain.nominations import NOMINATIONS
from klantkompas.domain.tables import columns_by_table
from klantkompas.errors import (
    ArgumentError,
    DataError,
    KlantkompasError,
    MissingExtraError,
    PluginError,
)
from klantkompas.io.columns.owners import similar_ids_note
from klantkompas.io.headings.named import ColumnMapping, resolve_headings
from klantkompas.io.parsing.written_ids import ADDED, AS_FLOAT
from klantkompas.io.sources.limits import DEFAULT_LIMITS, Limits
from klantkompas.portfolio import Measures, Portfolio, as_day, reference_date
from klantkompas.wording.notes import DataNote

__all__ = ["SparkMeasures", "measure_on_spark"]

TYPES = {"O": "string", "f": "double", "M": "date"}
"""What a column of measures is to Spark, by what it is to numpy."""
WHOLE = ("byte", "short", "integer", "long")
FRACTIONS = ("float", "double", "decimal")
MOMENTS = ("date", "timestamp", "timestamp_ntz")
LACKING = re.compile(
    r"^((?:ModuleNotFoundError|ImportError): .+|AttributeError: Can't get .+)$", re.MULTILINE
)
"""What is said of something that cannot be imported, or is not in what was."""


@frozen(eq=False)
class SparkMeasures:
    """The measures of all customers on a date, kept by Spark's executors.

    Args:
        totals: the tallies and the data notes of all customers, in measures without customers.
        late: the notes that are about the reference date.
        customers: how many customers there are.
        parts: a Spark DataFrame with the stored measures, a row for each part; persisted.
    """

    totals: Measures
    late: tuple[DataNote, ...]
    customers: int
    parts: Any = field(repr=False)

    def __len__(self) -> int:
        """Count the customers."""
        return self.customers

    @property
    def frame(self) -> Any:
        """A Spark DataFrame with a row for each customer: id, own record, measures and bases.

        Unknown is null. The column of a basis has the name of its measure with ``_basis``. A
        customer that objects to profiling has no row.
        """
        columns = columns_of_rows(self.totals).items()
        schema = ", ".join(f"`{name}` {TYPES[column.dtype.kind]}" for name, column in columns)
        return self.parts.select("measures").mapInArrow(rows_of_parts, schema)

    def collect(self) -> Measures:
        """Return the measures of all customers, on the driver, to pass to `Compass.read`.

        Returns:
            The measures; they are those that measuring all customers on one machine gives, and have
            to fit in the driver's memory.
        """
        with _executors():
            rows = list(self.parts.select("measures").toLocalIterator(prefetchPartitions=True))
        parts = [unstored(row.measures) for row in rows] or [unstored(stored(self.totals))]
        whole = Measures.join(parts, notes=())
        added = [note for note in self.totals.notes if note not in self.late]
        return evolve(whole, notes=(*added, *similar_ids_note(whole.ids), *self.late))

    def unpersist(self) -> None:
        """Free the executors' memory; when the measures are used again, they are computed anew."""
        self.parts.unpersist()


def measure_on_spark(
    compass: Compass,
    *,
    customers: Any = None,
    nominations: Any = None,
    as_of: date | str | None = None,
    columns: Mapping[str, ColumnMapping] | None = None,
    score_scale: tuple[int, int] = (0, 10),
    parts: int | None = None,
    limits: Limits = DEFAULT_LIMITS,
    **tables: Any,
) -> SparkMeasures:
    """Measure every customer of a portfolio that lives in Spark, on its executors.

    The results are those of `Portfolio.from_tables` and `Compass.measure`. Timestamps that stand
    for an instant are taken in the time zone of the Spark session.

    Args:
        compass: what is measured, and the kinds of interaction; executors must be able to import
            what it is made of.
        customers: the customers' own table, as a Spark DataFrame.
        nominations: the team's own lists of who fits best, as a Spark DataFrame.
        as_of: the reference date; without one, the last date on which something happened.
        columns: by table and field, the heading that holds it, as `Portfolio.from_tables` takes it.
        score_scale: the lowest and highest score of the survey.
        parts: into how many groups the customers are divided; each must fit an executor's memory,
            and all rows without a customer are in one. Without it there are as many as Spark has
            cores, or one for each quarter of a million rows where that is more.
        limits: how long an id may be.
        **tables: ``orders=``, ``invoices=``, ... by kind, as Spark DataFrames; None for absent.

    Returns:
        The measures, to collect or to go on with in Spark.

    Raises:
        DataError: a table holds what it may not, with table, column and value.
        ArgumentError: a table, field or option is not known, or `as_of` is needed or no date.
        PluginError: a measure cannot be used, or an executor lacks what it is made of.
        MissingExtraError: the extra is not installed.
    """
    _functions()
    if parts is not None and (type(parts) is not int or parts < 1):
        raise ArgumentError(f"parts is a whole number from 1, not {parts!r}")
    given = {"customers": customers, NOMINATIONS: nominations} | tables
    nothing = {name: _without_rows(name, each) for name, each in given.items() if each is not None}
    options: dict[str, Any] = {"columns": columns, "score_scale": score_scale, "limits": limits}
    # Without a row in them, the tables already show what is wrong with names and options.
    checked: dict[str, Any] = dict.fromkeys(tables) | nothing
    Portfolio.from_tables(kinds=compass.kinds, **options, **checked)
    if not nothing:
        raise ArgumentError(
            "no table was given", remedy="Give at least one, as a Spark DataFrame: orders=..."
        )
    known = columns_by_table(compass.kinds)
    sources = [
        _Source(name, given[name], fields, (columns or {}).get(name))
        for name, fields in known.items()
        if name in nothing
    ]
    days = _united(source.days for source in sources)
    extent = _Extent.of(days, sources)
    if parts is None:
        parts = _parts(days, extent.rows)
    kind_of_ids = "string" if any(source.has_text_ids for source in sources) else "bigint"
    cut = _united(source.cut(parts, kind_of_ids) for source in sources).repartition(parts, "owner")
    task = Task(
        measures=compass.declarations.measures,
        kinds=compass.kinds,
        as_of=day if isinstance(day := as_day(as_of), date) else date.max,
        months=compass.months,
        version=version("klantkompas"),
        nothing=nothing,
        **options,
    )
    try:
        before = () if as_of is not None else _days_before(days, extent)
        happened = [*extent.last_days.values(), *before]
        day, late = reference_date(np.array(happened, dtype="datetime64[D]"), as_of)
    except KlantkompasError:
        if as_of is None:
            # What is wrong with the data comes first, as it does on one machine.
            _measured(cut, task)[0].unpersist()
        raise
    exported = {
        source.name: np.datetime64(extent.last_days[source.name], "D")
        for source in sources
        if source.has_outstanding and source.name in extent.last_days
    }
    task = evolve(task, as_of=day, exported=exported)
    measured, told = _measured(cut, task)
    totals = [unstored(row.totals) for row in told] or [unstored(stored(task.measured(nothing)))]
    headings = {source.name: source.headings for source in sources}
    notes = added_notes([each.notes for each in totals], headings)
    return SparkMeasures(
        totals=Measures.join(totals, notes=(*notes, *late)),
        late=late,
        customers=sum(row.customers for row in told),
        parts=measured,
    )


def _functions() -> Any:
    try:
        return [import_module(name) for name in ("pandas", "pyarrow", "pyspark.sql.functions")][-1]
    except ImportError as cause:
        raise MissingExtraError("spark", "measuring on Spark") from cause


def _without_rows(table: str, frame: Any) -> Any:
    """Return a table as the executors get it, but without rows."""
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
class _Source:
    """A table in Spark."""

    name: str
    frame: Any
    columns: tuple[Column, ...]
    mapping: ColumnMapping | None

    @property
    def found(self) -> Mapping[str, tuple[Heading, ...]]:
        """The headings of each field."""
        return resolve_headings(self.name, self.columns, self.frame.columns, self.mapping)

    @property
    def headings(self) -> list[str]:
        """The headings that are read, in the order of the fields."""
        return [heading.name for headings in self.found.values() for heading in headings]

    def cut(self, parts: int, kind_of_ids: str) -> Any:
        """Cut the rows by customer, into as many parts as `repartition` will make of the owners."""
        functions, headings = _functions(), self.frame.columns
        nobody = functions.lit("0").cast(kind_of_ids)
        owner = functions.coalesce(self._owner.cast(kind_of_ids), nobody)
        part = functions.pmod(functions.hash(owner), functions.lit(parts))
        rows = self._numbered.select("*", owner.alias("owner"), part.alias("part"))
        cut = partial(cut_rows, table=self.name, headings=headings)
        return rows.mapInArrow(cut, cut_columns(kind_of_ids))

    @cached_property
    def _numbered(self) -> Any:
        """The table with numbers for headings: Spark would read a full stop in one as a path."""
        return self.frame.toDF(*map(str, range(len(self.frame.columns))))

    def _column(self, heading: str) -> tuple[Any, str]:
        column = self._numbered[str(self.frame.columns.index(heading))]
        return column, self.frame.schema[heading].dataType.typeName()

    @property
    def has_text_ids(self) -> bool:
        """Whether its ids are text; otherwise they are numbers, or it has none."""
        if (heading := self._id_heading) is None:
            return False
        return self._column(heading)[1] not in (*WHOLE, *FRACTIONS)

    @property
    def _id_heading(self) -> str | None:
        field = "id" if self.name == "customers" else "customer"
        return self.found[field][0].name if field in self.found else None

    @property
    def _owner(self) -> Any:
        """The customer of each row, as text or a whole number; null where there is none."""
        if (heading := self._id_heading) is None:
            return _functions().lit(None)
        column, kind = self._column(heading)
        if kind in FRACTIONS:
            column = column.try_cast("double").try_cast("bigint")
        if not self.has_text_ids:
            return column
        # Ids that are read as the same one are the same here, and perhaps some others with them.
        # Letters outside ASCII have several forms: of ids with any, only the digits are compared.
        text = _functions().regexp_replace(column.cast("string"), ADDED, "")
        text = _functions().regexp_replace(text, AS_FLOAT, "")
        digits = _functions().regexp_replace(text, "[^0-9]", "")
        return _functions().when(text.rlike(r"[^\x00-\x7F]"), digits).otherwise(text)

    @property
    def has_outstanding(self) -> bool:
        """Whether it says what is left to do, which is known from its last day on."""
        return any(column.outstanding and column.name in self.found for column in self.columns)

    @property
    def days(self) -> Any:
        """The days on which something happened: the table's name, and a column for each moment."""
        functions = _functions()
        moments = [
            self._column(self.found[column.name][0].name)
            for column in self.columns
            if column.role in (Role.EVENT, Role.STEP) and column.name in self.found
        ]
        days = [functions.unix_date(functions.to_date(m)) for m, kind in moments if kind in MOMENTS]
        named = [day.alias(f"day {number}") for number, day in enumerate(days)]
        return self._numbered.select(functions.lit(self.name).alias("table"), *named)


@frozen
class _Extent:
    """How many rows there are, and the last day of each table on which something happened."""

    rows: int
    last_days: Mapping[str, int]

    @classmethod
    def of(cls, days: Any, sources: Sequence[_Source]) -> _Extent:
        """Look through the days of all tables in one pass, without a shuffle."""
        functions = _functions()
        last = functions.greatest(*_each_day(days), *[functions.lit(None).cast("int")] * 2)
        latest = [
            functions.max(functions.when(functions.col("table") == source.name, last))
            for source in sources
        ]
        count, *found = days.agg(functions.count(functions.lit(1)), *latest).first()
        names = (source.name for source in sources)
        return cls(count, {n: day for n, day in zip(names, found, strict=True) if day is not None})


def _each_day(days: Any) -> list[Any]:
    return [days[name] for name in days.columns if name != "table"]


def _days_before(days: Any, extent: _Extent) -> Sequence[int]:
    """Find the last days before the very last, in one more pass; none where there is no day."""
    if not extent.last_days:
        return ()
    functions, last = _functions(), max(extent.last_days.values())
    before = days.agg(*(functions.max(functions.when(d < last, d)) for d in _each_day(days)))
    return [day for day in before.first() if day is not None]


def _united(frames: Iterable[Any]) -> Any:
    return reduce(lambda one, other: one.unionByName(other, allowMissingColumns=True), frames)


def _parts(rows: Any, count: int) -> int:
    """Return as many parts as there are cores, or more where these would have too many rows."""
    try:
        cores = int(rows.sparkSession.sparkContext.defaultParallelism)
    except (AttributeError, import_module("pyspark.errors").PySparkException):
        cores = 1  # Spark Connect does not say.
    return max(cores, ceil(count / ROWS_IN_A_PART))


def _measured(cut: Any, task: Task) -> tuple[Any, Sequence[Any]]:
    """Have the executors measure; give the persisted parts, and what was told of each."""
    parts = cut.mapInArrow(partial(measured_part, task=task), PART).persist()
    try:
        with _executors():
            told = parts.drop("measures").collect()
        problems = [pickle.loads(row.problem) for row in told if row.problem]  # noqa: S301
        if problems:
            raise min(problems, key=str)
    except BaseException:
        parts.unpersist()
        raise
    return parts, told


@contextmanager
def _executors() -> Iterator[None]:
    """Name what an executor lacks, rather than where it failed for that."""
    lacking = None
    try:
        yield
    except import_module("pyspark.errors").PythonException as cause:
        lacking = LACKING.search(str(cause))
        if lacking is None:
            raise
    if lacking is not None:
        raise PluginError(
            f"an executor lacks what the measures are made of ({lacking[1]})",
            remedy="Install klantkompas and its plugins there, in the versions of this session, or "
            'send a module along with spark.addArtifacts("my_plugin.py", pyfile=True)',
        )
