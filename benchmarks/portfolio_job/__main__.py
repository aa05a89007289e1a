"""Starts the contenders in turns, compares what they found, and only then says how long they took.

Every round gives each contender a new process, one after the other. The columns: the median of the
first runs and of the later ones in milliseconds, each with its processor time; what the first run
added to the memory; the fastest peer's time divided by this contender's; this contender's time
divided by that of an older klantkompas, by the clock and by the processor; how many of the later
runs were quiet enough to count, and what part of a processor others had during one at most.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from attrs import frozen
from kept_ratios import add_options, keep_or_compare

from portfolio_job.answer import Answer, differences
from portfolio_job.contenders import OURS, TASKS
from portfolio_job.generate import Table, generate
from portfolio_job.timing import Run, Timed, run_once
from portfolio_job.worker import store

WAYS_IN = ("csv", "parquet", "frame", "records")
APART = (*WAYS_IN, "segments of orders")
"""Tasks that are done only when asked for; the last needs openretailscience."""
OLDER = "older "
COLUMNS = "{:34s}" + "{:>9}" * 10
HEADINGS = (
    *("first", "cpu", "later", "cpu", "adds MB", "peer/it", "it/older", "cpu", "runs", "others"),
)


@frozen
class Start:
    """How to start contenders.

    Args:
        folder: where the tables are.
        older: where an older klantkompas is.
        runs: how often a contender runs in its process.
        patience: how many seconds each run waits for a quiet machine.
    """

    folder: Path
    older: str | None
    runs: int
    patience: float

    def names(self, task: str, only: list[str]) -> list[str]:
        """Name the contenders of a task, with the older ones of ours."""
        ours = [name for name in TASKS[task] if name.startswith(OURS)]
        older = [OLDER + name for name in ours] if self.older else []
        peers = [name for name in TASKS[task] if name not in ours]
        return [name for name in (*ours, *older, *peers) if not only or name in only]

    def run(self, task: str, name: str, runs: int, answers: Path | None = None) -> Any:
        """Run a contender in a process of its own."""
        paths = [
            str(Path(__file__).parents[1]),
            *os.environ.get("PYTHONPATH", "").split(os.pathsep),
        ]
        if name.startswith(OLDER):
            paths.insert(0, str(self.older))
        paths = [str(Path(each).resolve()) for each in paths if each]
        arguments = [str(self.folder), task, name.removeprefix(OLDER), str(runs)]
        arguments += [str(self.patience), *([str(answers)] if answers else [])]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
        done = subprocess.run(
            [sys.executable, "-m", "portfolio_job.worker", *arguments],
            cwd=self.folder,
            env={"POLARS_MAX_THREADS": "2", **environment},
            stdout=subprocess.PIPE,
            check=True,
        )
        return json.loads(done.stdout)

    def answers(self, task: str, name: str) -> list[Answer]:
        """Let a contender run once, untimed, for what it finds."""
        path = self.folder / "answers"
        self.run(task, name, 1, path)
        found: list[Answer] = pickle.loads(path.read_bytes())
        return found


def compare(start: Start, task: str, names: list[str]) -> None:
    """End with what differs, where contenders differ."""
    first, *others = names
    expected = start.answers(task, first)
    for name in others:
        for one, other in zip(expected, start.answers(task, name), strict=True):
            if different := differences(one, other):
                sys.exit("\n  ".join([f"{task}: {first} and {name} differ:", *different]))
    customers = len(expected[0].values["id"])
    print(f"\n{task}: {len(names)} found the same of {customers} customers")


def time_task(start: Start, task: str, names: list[str], rounds: int) -> dict[str, float]:
    """Time the contenders of a task in turns, and print what they took.

    Returns:
        By task, contender of ours and sort of run: the least processor time of the peer that took
        least, divided by ours.
    """
    found: dict[str, list[Any]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            found[name].append(start.run(task, name, start.runs))
    first, later = (
        {
            name: Timed(tuple(Run(**run) for each in runs for run in each["runs"][part]))
            for name, runs in found.items()
        }
        for part in (slice(1), slice(1, None))
    )
    later = later if start.runs > 1 else first
    ratios: dict[str, float] = {}
    peers = [name for name in names if OURS not in name]
    print(COLUMNS.format("", *HEADINGS))
    for name in names:
        one, more = first[name], later[name]
        ahead = older = older_processor = ""
        if OURS in name and peers:
            ahead = f"{min(later[each].seconds for each in peers) / more.seconds:.2f}"
            if not name.startswith(OLDER):
                for sort, timed in (("first", first), ("later", later)):
                    ratio = min(timed[each].least for each in peers) / timed[name].least
                    ratios[f"{task}: {name}, {sort}"] = ratio
        if OLDER + name in names:
            before = later[OLDER + name]
            older = f"{more.seconds / before.seconds:.2f}"
            older_processor = f"{more.processor / before.processor:.2f}"
        times = (one.seconds, one.processor, more.seconds, more.processor)
        added = min(each["added"] for each in found[name]) / 1e6
        others = max(run.others for run in (*one.quiet, *more.quiet))
        cells = (*(f"{each * 1e3:.1f}" for each in times), f"{added:.0f}", ahead, older)
        print(COLUMNS.format(name, *cells, older_processor, len(more.quiet), f"{others:.0%}"))
    return ratios


def every_byte(tables: dict[str, Table]) -> tuple[int, float]:
    """Count the bytes of the input, with each row's id, and time reading each of them once."""
    width = tables["customers"]["id"].dtype.itemsize
    columns = [
        np.zeros(len(values) * width, np.uint8) if name == "customer" else values
        for table in tables.values()
        for name, values in table.items()
    ]
    words = [each.view(np.uint8)[: each.nbytes // 8 * 8].view(np.int64) for each in columns]
    seconds = min(run_once(lambda: [each.sum() for each in words])[1].seconds for _ in range(5))
    return sum(each.nbytes for each in columns), seconds


def main() -> None:
    """Read the arguments and run what they ask for."""
    parser = argparse.ArgumentParser(prog="portfolio_job", description=__doc__.partition("\n")[0])
    parser.add_argument("--n", type=float, default=1e6, help="how many interactions")
    parser.add_argument("--ids", choices=["whole", "sparse", "text"], default="whole")
    parser.add_argument("--task", action="append", choices=TASKS, help="repeatable")
    parser.add_argument("--ways-in", action="store_true", help="every task that reads data")
    parser.add_argument("--only", action="append", default=[], help="one contender; repeatable")
    parser.add_argument("--rounds", type=int, default=5, help="processes of each contender")
    parser.add_argument("--runs", type=int, default=4, help="runs in each process, first included")
    parser.add_argument("--patience", type=float, default=2, help="seconds to wait for quiet")
    parser.add_argument("--ours-src", help="the folder src of an older checkout, beside this one")
    add_options(parser)
    given = parser.parse_args()
    ratios: dict[str, float] = {}
    tables = generate(int(given.n), given.ids)
    size, seconds = every_byte(tables)
    print(
        f"{int(given.n)} interactions, {given.ids} ids, {size / 1e6:.0f} MB, every byte read once "
        f"in {seconds * 1e3:.1f} ms; load {os.getloadavg()[0]:.2f} on {os.cpu_count()} processors"
    )
    with tempfile.TemporaryDirectory() as folder:
        store(tables, Path(folder))
        store(generate(1000, given.ids), Path(folder) / "small")
        del tables
        start = Start(Path(folder), given.ours_src, given.runs, given.patience)
        ways = list(WAYS_IN) if given.ways_in else []
        for task in [*(given.task or []), *ways] or [t for t in TASKS if t not in APART]:
            names = start.names(task, given.only)
            compare(start, task, names)
            ratios |= time_task(start, task, names, given.rounds)
    print(f"\nload {os.getloadavg()[0]:.2f} at the end")
    for name, ratio in ratios.items():
        print(f"{name}: {ratio:.2f} times our processor time")
    keep_or_compare({f"{given.ids} ids, {name}": each for name, each in ratios.items()}, given)


if __name__ == "__main__":
    main()
