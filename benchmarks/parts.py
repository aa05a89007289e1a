"""Parquet larger than memory, measured in parts, beside duckdb out of the same files.

    python benchmarks/parts.py --n 1e7 --scratch DIRECTORY

The files are made deterministically in the scratch folder (and kept for the next run). Before any
time is printed, results are compared value by value: at a small size with the library in memory,
and at the wanted size with what duckdb finds. Each contender runs in a process of its own, whose
peak memory is told beside its time.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from portfolio_job.answer import MEASURES
from portfolio_job.duckdb_job import TABLE
from portfolio_job.generate import AS_OF, EPOCH, GROUPS, PURPOSES, SHARES, SPAN, start_of

from klantkompas import Compass, Measures, Portfolio
from klantkompas.cluster import measure_in_parts

FILES = 4
COMPASS = Compass(installed=False)
JOB = (*MEASURES, "answers")


def make(folder: Path, count: int) -> None:
    """Write each kind of interaction as a folder of files, and the customers as one file."""
    if (folder / "made").exists():
        return
    random = np.random.default_rng(20260101)
    customers = max(count // 20, 10)
    ids = random.choice(customers * 8, customers, replace=False).astype(np.int64) + 1_000_000
    busy = random.permutation(customers).astype(np.int32)
    level = np.exp(random.normal(0, 0.8, customers)).astype(np.float32)
    quality = random.beta(5, 2, customers).astype(np.float32)
    group = np.array(GROUPS)[random.integers(0, len(GROUPS), customers)]
    folder.mkdir(parents=True, exist_ok=True)
    pl.DataFrame({"id": ids, "group": group}).write_parquet(folder / "customers.parquet")
    for number, (kind, share) in enumerate(SHARES.items()):
        (folder / kind).mkdir(exist_ok=True)
        for part in range(FILES):
            chosen = np.random.default_rng([20260101, number, part])
            rows = max(int(count * share) // FILES, 1)
            whose = busy[(chosen.random(rows) ** 3 * customers).astype(np.int32)]
            columns = {"customer": ids[whose]}
            columns |= _columns(kind, rows, level[whose], quality[whose], chosen)
            pl.DataFrame(columns, nan_to_null=True).write_parquet(folder / kind / f"{part}.parquet")
    (folder / "made").touch()


def _columns(
    kind: str, rows: int, level: Any, quality: Any, random: np.random.Generator
) -> dict[str, Any]:
    day = EPOCH - random.integers(0, SPAN, rows, dtype=np.int32)
    if kind == "orders":
        cents = np.rint(random.gamma(2.0, 2500.0, rows) * level) + 100
        cents[random.random(rows) < 0.03] *= -1
        margin = np.rint(cents * (0.05 + 0.4 * random.random(rows) * quality))
        return {
            "on": day,
            "amount": cents / 100,
            "margin": margin / 100,
            "quantity": random.integers(1, 20, rows, dtype=np.int32),
            "clear": random.random(rows) < quality + 0.15,
        }
    if kind == "invoices":
        late = random.random(rows) > quality + 0.25
        after = np.where(late, random.integers(1, 60, rows), -random.integers(0, 20, rows))
        paid = day + after
        paid[(random.random(rows) < 0.04) | (paid > EPOCH)] = np.datetime64("NaT", "D")
        amount = np.rint(random.gamma(2.0, 5000.0, rows)) / 100 + 1
        return {"due": day, "paid": paid, "amount": amount}
    if kind == "contacts":
        return {
            "on": day,
            "minutes": np.rint(random.gamma(2.0, 8.0, rows)),
            "by_customer": random.random(rows) < 0.6,
            "purpose": np.array(PURPOSES)[random.choice(3, rows, p=[0.5, 0.4, 0.1])],
            "rating": np.where(random.random(rows) < 0.5, np.nan, _score(quality, random)),
        }
    if kind == "responses":
        return {"on": day, "score": _score(quality, random).astype(np.int8)}
    return {"on": day}


def _score(quality: Any, random: np.random.Generator) -> Any:
    return np.clip(np.rint(10.5 * quality + random.normal(0, 2, len(quality))), 0, 10)


def files_of(folder: Path) -> dict[str, Any]:
    """Return the arguments that name the files."""
    return {kind: folder / kind for kind in SHARES} | {"customers": folder / "customers.parquet"}


def in_memory(folder: Path) -> Measures:
    """Measure the same files at once."""
    frames = {
        name: pl.read_parquet(path / "*.parquet" if path.is_dir() else path)
        for name, path in files_of(folder).items()
    }
    return COMPASS.measure(Portfolio.from_tables(**frames), AS_OF)


def in_parts(folder: Path, parts: int | None, only: tuple[str, ...] | None = None) -> Measures:
    """Measure in parts, everything or only some measures."""
    return measure_in_parts(COMPASS, as_of=AS_OF, parts=parts, only=only, **files_of(folder))


def by_duckdb(folder: Path) -> dict[str, Any]:
    """Measure the job's measures with duckdb, straight from the files."""
    import duckdb

    with tempfile.TemporaryDirectory() as spill, duckdb.connect() as connection:
        connection.execute(f"set threads = 2; set temp_directory = '{spill}'")
        for name, path in files_of(folder).items():
            found = path / "*.parquet" if path.is_dir() else path
            connection.execute(f"create view {name} as select * from '{found}'")
        connection.execute(TABLE.format(as_of=AS_OF, start=start_of(AS_OF)))
        columns = ", ".join(f'"{name}"' for name in ("id", *MEASURES))
        return dict(connection.execute(f"select {columns} from measured order by id").fetchnumpy())


def kept(found: Measures | dict[str, Any]) -> dict[str, Any]:
    """Return the ids and the job's measures as plain arrays."""
    if isinstance(found, Measures):
        ids = np.array(list(map(int, found.ids)))
        return {"id": ids} | {name: found[name] for name in MEASURES}
    return {
        name: column if name == "id" else np.ma.filled(column.astype(np.float64), np.nan)
        for name, column in found.items()
    }


CONTENDERS: dict[str, Callable[[Path, int | None], Any]] = {
    "in parts, the job's measures": lambda folder, parts: in_parts(folder, parts, JOB),
    "in parts, all measures": in_parts,
    "duckdb, the job's measures": lambda folder, parts: by_duckdb(folder),
}


def run(name: str, folder: Path, parts: int | None, result: Path) -> None:
    """Run one contender, keep what it found, and tell time and peak memory."""
    COMPASS.declarations  # noqa: B018
    start, used = time.perf_counter(), time.process_time()
    found = CONTENDERS[name](folder, parts)
    seconds, processor = time.perf_counter() - start, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    np.savez(result, **kept(found))
    print(json.dumps([seconds, processor, peak]))


def alike(one: Any, other: Any, *, exactly: bool) -> None:
    """Stop when two results differ; floats of other programs may in their last digits."""
    for name in ("id", *MEASURES):
        if exactly or name == "id":
            same = one[name].tobytes() == other[name].tobytes()
        else:
            same = np.allclose(one[name], other[name], rtol=1e-9, atol=1e-9, equal_nan=True)
        if not same:
            sys.exit(f"{name} differs")


def columns_of(measures: Measures) -> dict[str, Any]:
    """Return the record, and the values and bases of all measures."""
    found = {f"record {name}": column for name, column in measures.record.items()}
    for name, column in measures.columns.items():
        found[name] = column.values
        if column.basis is not None:
            found[f"basis of {name}"] = column.basis
    return found


def check_small(folder: Path) -> None:
    """Stop when parts give anything else than memory does."""
    make(folder, 100_000)
    one, other = in_parts(folder, 5), in_memory(folder)
    columns, others = columns_of(one), columns_of(other)
    for name, column in columns.items():
        if column.dtype == np.object_:
            same = (column == others[name]).all()
        else:
            same = column.tobytes() == others[name].tobytes()
        if not same or columns.keys() != others.keys():
            sys.exit(f"{name}: differs from memory")
    if (one.ids.tolist(), one.tallies, one.notes) != (
        other.ids.tolist(),
        other.tallies,
        other.notes,
    ):
        sys.exit("the ids, tallies or notes differ from memory")


def main() -> None:
    """Compare, then time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=float, default=1e6, help="how many interactions")
    parser.add_argument("--scratch", type=Path, required=True, help="where the files are made")
    parser.add_argument("--parts", type=int, help="by default as the library does")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--run", choices=CONTENDERS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    count = int(given.n)
    folder = given.scratch / str(count)
    if given.run:
        run(given.run, folder, given.parts, given.scratch / "result.npz")
        return
    check_small(given.scratch / "100000")
    make(folder, count)
    told: dict[str, list[list[float]]] = {name: [] for name in CONTENDERS}
    first: Any = None
    for _ in range(given.runs):
        for name in CONTENDERS:
            command = [sys.executable, __file__, *sys.argv[1:], "--run", name]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            told[name].append(json.loads(done.stdout))
            with np.load(given.scratch / "result.npz") as result:
                found = dict(result)
            first = first or found
            alike(first, found, exactly=not name.startswith("duckdb"))
    print(
        f"{count} interactions of {max(count // 20, 10)} customers, parts: {given.parts}; medians"
    )
    for name, runs in told.items():
        seconds, processor, peak = (statistics.median(each) for each in zip(*runs, strict=True))
        print(f"{name:30} {seconds:7.1f} s, {processor:7.1f} s of processors, {peak:5.2f} GiB")


if __name__ == "__main__":
    main()
