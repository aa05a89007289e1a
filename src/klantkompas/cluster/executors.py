"""What Spark's executors do: cut tables into parts, measure a part, write stored measures as rows.

The rows of a table that go to one part travel together, as one value: a stream of Arrow, so that
Spark has few rows to move and knows nothing of what is in them. What goes back of a part is either
what was wrong with it, or its measures.
"""

from __future__ import annotations

import gc
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import import_module
from importlib.metadata import version
from itertools import pairwise
from typing import Any

import numpy as np
from attrs import field, frozen

from klantkompas._arrays import AnyArray
from klantkompas.cluster.stored import read_measures, stored_measures
from klantkompas.compass.measuring import measure_portfolio
from klantkompas.domain.interactions import InteractionKind
from klantkompas.errors import DataError, KlantkompasError, PluginError
from klantkompas.hooks import Measure, Tally
from klantkompas.io.headings.named import ColumnMapping
from klantkompas.io.sources.limits import DEFAULT_LIMITS, Limits
from klantkompas.portfolio import Measures, Portfolio

__all__ = [
    "PART",
    "ROWS_IN_A_PART",
    "Task",
    "columns_of_rows",
    "cut_columns",
    "cut_rows",
    "measured_part",
    "rows_of_parts",
    "stored",
]

ROWS_IN_A_PART = 250_000
"""How many rows a part has at most by default, some tens of megabytes."""
BYTES_TOGETHER = 64 << 20
"""How many bytes of rows are cut together, where they are not `ROWS_IN_A_PART` before."""
PART = "problem binary, customers long, totals binary, measures binary"
"""What comes back of a part; the totals are the measures of nobody, with tallies and notes."""


def cut_columns(owners: str) -> str:
    """Return the columns of what comes of cutting: rows of a table, with an owner of their part.

    Args:
        owners: the type of owners, as Spark names it.
    """
    return f"table string, owner {owners}, rows binary"


@frozen(kw_only=True)
class Task:
    """What to measure and how: the options that Spark sends to its executors.

    Spark pickles it, so functions that can be imported go by name.

    Args:
        measures: the measures and tallies.
        kinds: the kinds of interaction.
        columns: by table and field, the headings.
        score_scale: the lowest and highest score of the survey.
        as_of: the reference date.
        months: how many calendar months the period has.
        version: the version of klantkompas that an executor has to have.
        limits: how long an id may be.
        exported: by table, the last day of the whole export, where what is known depends on it.
        nothing: by table, an Arrow table without rows, for parts in which it has none.
    """

    measures: tuple[Measure | Tally, ...]
    kinds: tuple[InteractionKind, ...]
    columns: Mapping[str, ColumnMapping] | None
    score_scale: tuple[int, int]
    as_of: date
    months: int
    version: str
    limits: Limits = DEFAULT_LIMITS
    exported: Mapping[str, np.datetime64] = field(factory=dict)
    nothing: Mapping[str, Any] = field(factory=dict)

    def measured(self, tables: Mapping[str, Any]) -> Measures:
        """Return the measures of the customers in some tables.

        Args:
            tables: Arrow tables, by kind.

        Returns:
            The measures of those customers, in id order.

        Raises:
            DataError: a table holds what it may not.
            PluginError: a measure cannot be used, or the executor has another version.
        """
        if self.version != (here := version("klantkompas")):
            raise PluginError(
                f"an executor has klantkompas {here}, and this session {self.version}",
                remedy="Install the same version on both",
            )
        portfolio = Portfolio.from_tables(
            columns=self.columns,
            score_scale=self.score_scale,
            kinds=self.kinds,
            limits=self.limits,
            **tables,
        )
        portfolio = portfolio.exported_on(self.exported)
        return measure_portfolio(portfolio, self.measures, self.as_of, self.months)


@cache
def _settle(work: str) -> None:
    """Take all that is in memory out of what Python looks through for garbage, once for each work.

    Spark has a worker look through everything after each task. With this library and Arrow in
    memory that took 50 ms of its processor, twenty times as long as cutting a small table.

    Args:
        work: what was done for the first time in this process, so that what it needs is imported.
    """
    gc.freeze()


def cut_rows(batches: Iterable[Any], table: str, headings: Sequence[str]) -> Iterator[Any]:
    """Cut rows of a table into parts.

    Args:
        batches: Arrow record batches of the table, with two more columns at the end: the owner of
            each row, and which part it goes to.
        table: the table's name.
        headings: the headings of its columns.

    Yields:
        Arrow record batches with the columns of `cut_columns`.
    """
    held, rows, size = list[Any](), 0, 0
    for batch in batches:
        held.append(batch)
        rows, size = rows + batch.num_rows, size + batch.nbytes
        if rows >= ROWS_IN_A_PART or size >= BYTES_TOGETHER:
            yield _cut(held, table, headings)
            held, rows, size = [], 0, 0
    if held:
        yield _cut(held, table, headings)
    _settle("cutting")


def _cut(batches: Sequence[Any], table: str, headings: Sequence[str]) -> Any:
    arrow = import_module("pyarrow")
    rows = arrow.Table.from_batches(batches)
    *_, owners, parts = rows.columns
    numbers = parts.to_numpy()
    order = np.argsort(numbers, kind="stable")
    starts = np.flatnonzero(np.diff(numbers[order], prepend=-1))
    together = rows.select(range(len(headings))).rename_columns(headings).take(order)
    cut = [
        _written(together.slice(start, end - start))
        for start, end in pairwise([*starts.tolist(), len(order)])
    ]
    owners = owners.take(order[starts]).combine_chunks()
    return arrow.RecordBatch.from_pydict(
        {"table": [table] * len(cut), "owner": owners, "rows": cut}
    )


def _written(rows: Any) -> bytes:
    arrow = import_module("pyarrow")
    file = arrow.BufferOutputStream()
    with arrow.ipc.new_stream(file, rows.schema) as stream:
        stream.write_table(rows)
    written: bytes = file.getvalue().to_pybytes()
    return written


def measured_part(batches: Iterable[object], task: Task) -> Iterator[Any]:
    """Measure the customers of one part, given as a stream of rows.

    Args:
        batches: its rows, as Arrow record batches that `cut_rows` made.
        task: what to measure.

    Yields:
        One row as `PART` says; none for a part without rows.
    """
    tables = _tables(batches)
    if not tables:
        return
    tables = {**task.nothing, **tables}
    row: dict[str, Any] = dict.fromkeys(("problem", "customers", "totals", "measures"))
    try:
        measures = task.measured(tables)
    except KlantkompasError as problem:
        row["problem"] = pickle.dumps(_anywhere(problem))
    else:
        row["customers"] = len(measures)
        row["totals"] = stored(measures.take(np.empty(0, dtype=np.intp)))
        row["measures"] = stored(measures)
    arrow = import_module("pyarrow")
    types = (arrow.binary(), arrow.int64(), arrow.binary(), arrow.binary())
    yield arrow.RecordBatch.from_pylist([row], schema=arrow.schema(zip(row, types, strict=True)))
    _settle("measuring")


def _tables(batches: Iterable[Any]) -> dict[str, Any]:
    arrow = import_module("pyarrow")
    held: dict[str, list[Any]] = {}
    for batch in batches:
        for name, rows in zip(batch.column("table").to_pylist(), batch.column("rows"), strict=True):
            with arrow.ipc.open_stream(rows.as_buffer()) as stream:
                held.setdefault(name, []).append(stream.read_all())
    return {name: arrow.concat_tables(rows) for name, rows in held.items()}


def _anywhere(error: KlantkompasError) -> KlantkompasError:
    """Take the row's number, which means something here only, out of an error."""
    if not isinstance(error, DataError) or error.row is None:
        return error
    return error.located(None, "as one part of the data has it; rows in Spark have no number")


def stored(measures: Measures) -> bytes:
    """Return measures as bytes, to be read by `read_measures`."""
    return b"".join(stored_measures(measures))


def columns_of_rows(measures: Measures) -> dict[str, AnyArray]:
    """Return measures as columns by heading, with a value for each customer.

    Args:
        measures: any measures.

    Returns:
        The id, the customer's own record, the measures, and their bases under the measures' names
        with ``_basis``; without the customers that object to profiling.
    """
    columns = {
        "id": measures.ids,
        **{name: column for name, column in measures.record.items() if name != "opted_out"},
        **{name: column.values for name, column in measures.columns.items()},
        **{
            f"{name}_basis": column.basis
            for name, column in measures.columns.items()
            if column.basis is not None
        },
    }
    shown = ~measures.opted_out
    return {name: column[shown] for name, column in columns.items()}


def rows_of_parts(batches: Iterable[Any]) -> Iterator[Any]:
    """Yield the stored measures of parts as rows, one for each customer.

    Args:
        batches: Arrow record batches with the stored measures.

    Yields:
        Arrow record batches with `columns_of_rows`; unknown is null.
    """
    arrow = import_module("pyarrow")

    def written(column: AnyArray) -> Any:
        if column.dtype != np.object_:
            return arrow.array(column, from_pandas=True)
        return arrow.array([None if e is None else str(e) for e in column], type=arrow.string())

    for batch in batches:
        for content in batch.column("measures").to_pylist():
            columns = columns_of_rows(read_measures(content))
            rows = arrow.table({name: written(column) for name, column in columns.items()})
            yield from rows.to_batches(max_chunksize=10_000)
