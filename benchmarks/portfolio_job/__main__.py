"""Runs the contenders, compares what they found, and only then prints how long they took."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("POLARS_MAX_THREADS", "2")

import numpy as np

from portfolio_job.answer import differences
from portfolio_job.duckdb_job import DuckdbJob
from portfolio_job.generate import Table, generate
from portfolio_job.klantkompas_job import (
    KlantkompasAgainJob,
    KlantkompasEverythingJob,
    KlantkompasFromFramesJob,
    KlantkompasJob,
)
from portfolio_job.pandas_job import PandasJob
from portfolio_job.polars_job import PolarsJob, PolarsStreamingJob
from portfolio_job.timing import in_turns, run_once
from portfolio_job.ways_in import ways_in

OURS: dict[str, Any] = {
    "klantkompas, arrays, first reading": KlantkompasJob,
    "klantkompas, polars frames, first reading": KlantkompasFromFramesJob,
    "klantkompas, read again": KlantkompasAgainJob,
    "klantkompas, every measure and lens": KlantkompasEverythingJob,
}
PEERS: dict[str, Any] = {
    "polars": PolarsJob,
    "polars, streaming": PolarsStreamingJob,
    "duckdb": DuckdbJob,
    "pandas": PandasJob,
}


def size_of(tables: dict[str, Table]) -> int:
    """Count the bytes of the input, with each row's id in it."""
    total = 0
    for table in tables.values():
        total += sum(values.nbytes for values in table.values())
        if "customer" in table:
            own = tables["customers"]["id"].dtype.itemsize
            total += len(table["customer"]) * (own - table["customer"].dtype.itemsize)
    return total


def reading_every_byte(tables: dict[str, Table]) -> float:
    """Time reading every byte of the input once."""
    columns = [values for table in tables.values() for values in table.values()]
    words = [
        np.ascontiguousarray(each).view(np.uint8)[: each.nbytes // 8 * 8].view(np.int64)
        for each in columns
    ]
    return min(run_once(lambda: [each.sum() for each in words])[1].seconds for _ in range(5))


def job(count: int, ids: str, rounds: int, patience: float, only: list[str]) -> None:
    """Compare the contenders' results, then time them in turns."""
    tables = generate(count, ids)
    chosen = {n: each() for n, each in (OURS | PEERS).items() if not only or n in only}
    data = {name: each.prepare(tables) for name, each in chosen.items()}
    first, *others = chosen
    answer = chosen[first].answer(chosen[first].run(data[first]))
    for name in others:
        different = differences(answer, chosen[name].answer(chosen[name].run(data[name])))
        if different:
            sys.exit("\n  ".join([f"{first} and {name} differ:", *different]))
    print(f"{len(chosen)} contenders found the same of {len(answer.values['id'])} customers")
    works: dict[str, Callable[[], Any]] = {
        name: (lambda each=each, name=name: each.run(data[name])) for name, each in chosen.items()
    }
    timed = in_turns(works, rounds, patience)
    peers = [timed[name].median for name in chosen if name in PEERS]
    limit = reading_every_byte(tables)
    print(
        f"{count} interactions, {ids} ids, {size_of(tables) / 1e6:.0f} MB, every byte "
        f"read once in {limit * 1e3:.1f} ms"
    )
    for name, each in timed.items():
        told = f"{name:42s} {each.median * 1e3:9.1f} ms, {each.median / limit:6.1f} x every byte"
        if name in OURS and peers:
            told += f", {min(peers) / each.median:5.2f} x as fast as the fastest peer"
        others_had = max(run.others for run in each.quiet)
        print(f"{told} ({len(each.quiet)} runs; others had up to {others_had:.0%})")


def memory(count: int, ids: str, only: list[str]) -> None:
    """Give each contender's peak memory, each in a process of its own."""
    for name in [each for each in OURS | PEERS if not only or each in only]:
        arguments = ["--n", str(count), "--ids", ids, "--peak-of", name]
        subprocess.run([sys.executable, "-m", "portfolio_job", *arguments], check=True)


def peak(count: int, ids: str, name: str) -> None:
    """Do the job once and give the peak memory of this process."""
    tables = generate(count, ids)
    size = size_of(tables)
    contender = (OURS | PEERS)[name]()
    data = contender.prepare(tables)
    del tables
    forget_peak()
    before = memory_now("VmRSS")
    start = time.perf_counter()
    contender.run(data)
    seconds, highest = time.perf_counter() - start, memory_now("VmHWM")
    added = highest - before
    print(
        f"{name:42s} input {size / 1e6:.0f} MB, the job adds {added / 1e6:.0f} MB at most: with "
        f"the input {(size + added) / size:.2f} times the input; the whole process, with every "
        f"library loaded, {highest / 1e6:.0f} MB; {seconds:.2f} s"
    )


def forget_peak() -> None:
    """Ask Linux to measure the peak memory from now on."""
    Path("/proc/self/clear_refs").write_text("5")


def memory_now(field: str) -> int:
    """Give a figure of this process's memory, in bytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(field))


def main() -> None:
    """Read the arguments and run what they ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=float, default=1e6, help="how many interactions")
    parser.add_argument("--ids", choices=["whole", "sparse", "text"], default="whole")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--patience", type=float, default=2, help="seconds to wait for quiet")
    parser.add_argument("--only", action="append", default=[], help="one contender; repeatable")
    parser.add_argument("--memory", action="store_true", help="peak memory instead of times")
    parser.add_argument("--ways-in", action="store_true", help="files and records to a reading")
    parser.add_argument("--peak-of", help=argparse.SUPPRESS)
    given = parser.parse_args()
    count = int(given.n)
    if given.peak_of:
        peak(count, given.ids, given.peak_of)
    elif given.memory:
        memory(count, given.ids, given.only)
    elif given.ways_in:
        ways_in(count, given.runs, given.patience)
    else:
        job(count, given.ids, given.runs, given.patience, given.only)


if __name__ == "__main__":
    main()
