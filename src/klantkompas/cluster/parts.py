"""Measuring Parquet that is larger than memory, in parts of its customers.

The files are cut once by customer into parts on disk; then two parts at a time are in memory, and
are measured by the very functions that measure a portfolio that fits. What comes back is the same,
to the last bit.

>>> import tempfile
>>> from datetime import date
>>> import polars
>>> from klantkompas.compass import Compass
>>> orders = {"customer": ["a", "b"], "on": [date(2026, 1, 5)] * 2, "amount": [10.0, 20.0]}
>>> with tempfile.TemporaryDirectory() as folder:
...     file = Path(folder, "orders.parquet")
...     polars.DataFrame(orders).write_parquet(file)
...     measures = measure_in_parts(Compass(installed=False), orders=file, parts=2)
>>> measures.ids.tolist(), measures["revenue"].tolist()
(['a', 'b'], [10.0, 20.0])
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from math import ceil
from pathlib import Path
from shutil import rmtree
from typing import Any

import numpy as np
from attrs import evolve, frozen

from klantkompas.cluster.chosen import chosen_measures
from klantkompas.cluster.cutting import Cutting
from klantkompas.cluster.fingerprint import of_files, of_library, of_objects
from klantkompas.cluster.joining import added_notes
from klantkompas.cluster.sources import Source, open_source
from klantkompas.cluster.stored import read_measures, stored_measures
from klantkompas.cluster.working_folder import working_folder
from klantkompas.compass import Compass
from klantkompas.compass.measuring import measure_portfolio
from klantkompas.domain.nominations import NOMINATIONS
from klantkompas.domain.tables import columns_by_table
from klantkompas.errors import ArgumentError, DataError
from klantkompas.hooks import Measure, Tally
from klantkompas.io.columns.owners import similar_ids_note
from klantkompas.io.headings.named import ColumnMapping, resolve_headings
from klantkompas.io.sources.limits import DEFAULT_LIMITS, Limits
from klantkompas.portfolio import Measures, Portfolio, reference_date

__all__ = ["measure_in_parts"]

Files = str | os.PathLike[str]
Progress = Callable[[int, int], object]
AT_A_TIME = 2
"""How many parts are measured at a time: numpy and polars let go of Python's lock."""
ROWS_IN_A_PART = 1_250_000
"""How many rows a part has by default: with fewer the fixed cost of a part tells."""


def measure_in_parts(
    compass: Compass,
    *,
    customers: Files | None = None,
    nominations: Files | None = None,
    as_of: date | str | None = None,
    columns: Mapping[str, ColumnMapping] | None = None,
    score_scale: tuple[int, int] = (0, 10),
    parts: int | None = None,
    folder: Files | None = None,
    progress: Progress | None = None,
    only: Collection[str] | None = None,
    limits: Limits = DEFAULT_LIMITS,
    **files: Files | None,
) -> Measures:
    """Measure every customer in Parquet files that are larger than memory.

    Each table is a Parquet file, or a folder of files with the same columns (those in folders
    within it too). Columns hold what data frames hold for `Portfolio.from_tables`: numbers, dates
    and flags as such, not as text. Needs the extra `files`, and room on disk for the uncompressed
    tables.

    Args:
        compass: what is measured, and the kinds of interaction.
        customers: the customers' own table.
        nominations: the team's own lists of who fits best.
        as_of: the reference date; without one, the last date on which something happened.
        columns: by table and field, the heading that holds it, as `Portfolio.from_tables` takes it.
        score_scale: the lowest and highest score of the survey.
        parts: into how many groups the customers are cut; two are in memory at a time. A part is
            about this fraction of the data, but all rows of a customer are in one part, and so are
            all rows without one. Without it there is one for each one and a quarter million rows,
            and two at least.
        folder: an empty folder to work in, or one in which the same work was begun: parts that are
            finished there are not measured again. Without one a temporary folder is used, and
            nothing is left behind.
        progress: called with how many parts are measured and how many there are, at the start and
            after each.
        only: the names of the measures and tallies to make; without them all are made, as lenses
            need them.
        limits: how long an id may be.
        **files: ``orders="orders/"``, ``invoices=``, ... by kind; None for absent.

    Returns:
        What is known of each customer, the same as in memory; `Compass.read` takes it.

    Raises:
        DataError: a table holds what it may not, with table, column, row of the file, and value;
            the first that is met, part by part.
        ArgumentError: a table, field, measure or option is not known, or the folder holds something
            else.
        KlantkompasError: a file cannot be found or read.
        PluginError: a measure cannot be used.
        MissingExtraError: the extra is not installed.
    """
    if parts is not None and (type(parts) is not int or parts < 1):
        raise ArgumentError(f"parts is a whole number from 1, not {parts!r}")
    fields = columns_by_table(compass.kinds)
    given = {"customers": customers, NOMINATIONS: nominations, **files}
    sources = {
        name: open_source(name, given[name]) for name in fields if given.get(name) is not None
    }
    options: dict[str, Any] = {"columns": columns, "score_scale": score_scale}
    # Without a row in them, the tables already show what is wrong with names and options.
    nothing: dict[str, Any] = dict.fromkeys(files)
    nothing |= {name: source.nothing() for name, source in sources.items()}
    Portfolio.from_tables(kinds=compass.kinds, limits=limits, **options, **nothing)
    headings = {
        name: resolve_headings(name, fields[name], [*source.schema], (columns or {}).get(name))
        for name, source in sources.items()
    }
    days = {
        name: source.last_days(fields[name], headings[name]) for name, source in sources.items()
    }
    happened = np.concatenate([np.empty(0, "datetime64[D]"), *days.values()])
    day, notes = reference_date(happened, as_of)
    exported = {
        name: days[name].max()
        for name in days
        if any(c.outstanding and c.name in headings[name] for c in fields[name])
        if len(days[name])
    }
    owner = {
        name: headings[name].get("id" if name == "customers" else "customer") for name in sources
    }
    work = _Work(
        cutting=Cutting(
            sources=sources,
            ids={name: found[0].name for name, found in owner.items() if found},
            parts=_parts(sources.values()) if parts is None else parts,
        ),
        compass=compass,
        declared=chosen_measures(compass, only),
        as_of=day,
        exported=exported,
        options=options,
        limits=limits,
    )
    with working_folder(folder, work.fingerprints) as place:
        measured = [
            read_measures(file)
            for file in work.measured(place, progress or (lambda done, parts: None))
        ]
        order = {
            name: [heading.name for each in found.values() for heading in each]
            for name, found in headings.items()
        }
        added = added_notes([part.notes for part in measured], order)
        whole = Measures.join(measured, notes=())
        return evolve(whole, notes=(*added, *similar_ids_note(whole.ids), *notes))


def _parts(sources: Iterable[Source]) -> int:
    return max(AT_A_TIME, ceil(sum(source.rows for source in sources) / ROWS_IN_A_PART))


@frozen(eq=False, kw_only=True)
class _Work:
    """All that decides on the measures of every part."""

    cutting: Cutting
    compass: Compass
    declared: Sequence[Measure | Tally]
    as_of: date
    exported: Mapping[str, np.datetime64]
    options: Mapping[str, Any]
    limits: Limits

    def fingerprints(self) -> dict[str, str]:
        """Return what distinguishes this work from other work."""
        sources = self.cutting.sources.items()
        return {
            **{f"the files of {name}": of_files(source.files) for name, source in sources},
            "this library": of_library(),
            "what is measured": of_objects(self.declared, self.compass.kinds, self.compass.months),
            "the columns or the score scale": of_objects(self.options),
            "as_of": self.as_of.isoformat(),
            "parts": str(self.cutting.parts),
        }

    def measured(self, place: Path, progress: Progress) -> list[Path]:
        """Measure the parts that are not yet measured; give the file of each part."""
        rows, measured = place / "rows", place / "measured"
        measured.mkdir(exist_ok=True)
        files = [measured / f"{str(part).zfill(6)}.measures" for part in range(self.cutting.parts)]
        waiting = [part for part, file in enumerate(files) if not file.exists()]
        if not self.cutting.holds(rows, waiting):
            self.cutting.write(rows)
        progress(len(files) - len(waiting), len(files))

        def measure(part: int) -> None:
            unfinished = files[part].with_suffix(".unfinished")
            with unfinished.open("wb") as file:
                file.writelines(stored_measures(self.measures(rows, part)))
            unfinished.replace(files[part])
            self.cutting.remove(rows, part)

        left = len(waiting)
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            for start in range(0, len(waiting), AT_A_TIME):
                for _ in pool.map(measure, waiting[start : start + AT_A_TIME]):
                    left -= 1
                    progress(len(files) - left, len(files))
        rmtree(rows, ignore_errors=True)
        return files

    def measures(self, rows: Path, part: int) -> Measures:
        """Measure one part."""
        tables: dict[str, Any] = self.cutting.tables(rows, part)
        try:
            portfolio = Portfolio.from_tables(
                kinds=self.compass.kinds, limits=self.limits, **self.options, **tables
            )
        except DataError as error:
            raise self.cutting.located(error, part) from error
        portfolio = portfolio.exported_on(self.exported)
        return measure_portfolio(portfolio, self.declared, self.as_of, self.compass.months)
