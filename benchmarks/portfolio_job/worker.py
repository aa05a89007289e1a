"""The process of one contender: it takes the tables from a folder, runs, and says how it went.

Nothing else runs in this process, so that no library's threads and no freed memory of one contender
help or hinder another. Code is loaded by a small run, which is not counted: so what is told apart
is whether the process has worked on so much before, and finds its memory warm.
"""

from __future__ import annotations

import gc
import json
import pickle
import sys
from pathlib import Path

import numpy as np
from attrs import asdict

from portfolio_job.contenders import contender
from portfolio_job.generate import Table
from portfolio_job.timing import run_once, wait_for_quiet

__all__ = ["load", "store"]


def store(tables: dict[str, Table], folder: Path) -> None:
    """Store the tables for the workers."""
    folder.mkdir(exist_ok=True)
    for name, table in tables.items():
        np.savez(folder / f"{name}.npz", **table)


def load(folder: Path) -> dict[str, Table]:
    """Load what was stored."""
    tables = {}
    for path in sorted(folder.glob("*.npz")):
        with np.load(path) as table:
            tables[path.stem] = dict(table)
    return tables


def _memory(field: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(field))


def main(folder: str, task: str, name: str, runs: str, patience: str, answers: str = "") -> None:
    """Run a contender, and print its runs and what memory the first one added at most.

    Args:
        folder: where the tables are.
        task: the task's name.
        name: the contender's name.
        runs: how often it runs.
        patience: how many seconds each run waits for a quiet machine at most.
        answers: the file in which to leave what was found; without one it is not kept.
    """
    each = contender(task, name)
    each.run(each.prepare(load(Path(folder) / "small")))
    data = each.prepare(load(Path(folder)))
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")  # Linux forgets the peak memory so far.
    before = _memory("VmRSS")
    timed, added = [], 0
    for number in range(int(runs)):
        gc.collect()
        wait_for_quiet(float(patience))
        result, run = run_once(lambda: each.run(data))
        timed.append(asdict(run))
        if number == 0:
            added = _memory("VmHWM") - before
            if answers:
                Path(answers).write_bytes(pickle.dumps(each.answers(result)))
        del result
    print(json.dumps({"runs": timed, "added": added}))


if __name__ == "__main__":
    main(*sys.argv[1:])
