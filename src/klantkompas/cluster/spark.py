"""Portfolios that live in Spark: measured by its executors, a part of the customers at a time.

Every row goes to the part of its customer, whichever table it is in and whether its id is a number
or text there. A part is measured as a portfolio of its own, by the code that measures on one
machine. Needs the extra `spark`.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from importlib import import_module
from importlib.metadata import version
from math import ceil
from typing import Any

import numpy as np
from attrs import evolve, field, frozen

from klantkompas.cluster.chosen import chosen_measures
from klantkompas.cluster.executors import (
    PART,
    ROWS_IN_A_PART,
    Task,
    columns_of_rows,
    measured_part,
    rows_of_parts,
)
from klantkompas.cluster.joining import added_notes
from klantkompas.cluster.spark_tables import (
    Extent,
    SparkTable,
    days_of,
    spark_functions,
    united,
    without_rows,
)
from klantkompas.cluster.stored import read_measures
from klantkompas.compass import Compass
from klantkompas.domain.nominations import NOMINATIONS
from klantkompas.domain.tables import columns_by_table
from klantkompas.errors import ArgumentError, KlantkompasError, PluginError
from klantkompas.io.columns.owners import similar_ids_note
from klantkompas.io.headings.named import ColumnMapping
from klantkompas.io.sources.limits import DEFAULT_LIMITS, Limits
from klantkompas.portfolio import Measures, Portfolio, as_day, reference_date
from klantkompas.wording.notes import DataNote

__all__ = ["SparkMeasures", "measure_on_spark"]

TYPES = {"O": "string", "f": "double", "M": "date"}
"""What a column of measures is to Spark, by what it is to numpy."""
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
        parts = [read_measures(row.measures) for row in rows] or [self.totals]
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
    only: Collection[str] | None = None,
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
        only: the names of the measures and tallies to make; without them all are made, as lenses
            need them.
        limits: how long an id may be.
        **tables: ``orders=``, ``invoices=``, ... by kind, as Spark DataFrames; None for absent.

    Returns:
        The measures, to collect or to go on with in Spark.

    Raises:
        DataError: a table holds what it may not, with table, column and value.
        ArgumentError: a table, field, measure or option is not known, or `as_of` is needed or no
            date.
        PluginError: a measure cannot be used, or an executor lacks what it is made of.
        MissingExtraError: the extra is not installed.
    """
    spark_functions()
    if parts is not None and (type(parts) is not int or parts < 1):
        raise ArgumentError(f"parts is a whole number from 1, not {parts!r}")
    given = {"customers": customers, NOMINATIONS: nominations} | tables
    nothing = {name: without_rows(name, each) for name, each in given.items() if each is not None}
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
        SparkTable(name, given[name], fields, (columns or {}).get(name))
        for name, fields in known.items()
        if name in nothing
    ]
    days = days_of(sources)
    extent = Extent.of(days, sources)
    if parts is None:
        parts = _parts(days, extent.rows)
    kind_of_ids = "string" if any(source.has_text_ids for source in sources) else "bigint"
    cut = united(source.cut(parts, kind_of_ids) for source in sources).repartition(parts, "owner")
    task = Task(
        measures=chosen_measures(compass, only),
        kinds=compass.kinds,
        as_of=day if isinstance(day := as_day(as_of), date) else date.max,
        months=compass.months,
        version=version("klantkompas"),
        nothing=nothing,
        **options,
    )
    try:
        before = () if as_of is not None else extent.days_before(days)
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
    totals = [read_measures(row.totals) for row in told] or [task.measured(nothing)]
    headings = {source.name: source.headings for source in sources}
    notes = added_notes([each.notes for each in totals], headings)
    return SparkMeasures(
        totals=Measures.join(totals, notes=(*notes, *late)),
        late=late,
        customers=sum(row.customers for row in told),
        parts=measured,
    )


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
