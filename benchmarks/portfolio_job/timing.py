"""Timing contenders in turns on a machine that others use too, and what was taken of it.

What another process takes of the machine slows a contender with two threads more than one with a
single thread, and so flatters the latter. Each run therefore waits a while for quiet, and says what
part of a processor others had during it; runs with least of that count.
"""

from __future__ import annotations

import gc
import os
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from attrs import field, frozen

QUIET = 0.25
"""The part of a processor that others may have during a run that counts."""
REST = 1.0
"""Seconds between two runs: half a second after its work duckdb gives back what anybody freed."""


@frozen
class Run:
    """One run of a contender.

    Args:
        seconds: how long it took.
        others: the part of a processor that other processes had.
    """

    seconds: float
    others: float


@frozen
class Timed:
    """The runs of a contender.

    Args:
        name: what it is called.
        runs: one after the other.
    """

    name: str
    runs: list[Run] = field(factory=list)

    @property
    def quiet(self) -> list[Run]:
        """The runs that count: the quiet ones; where there are too few, the quietest third."""
        quiet = [run for run in self.runs if run.others <= QUIET]
        least = -(-len(self.runs) // 3)
        return quiet if len(quiet) >= least else sorted(self.runs, key=lambda r: r.others)[:least]

    @property
    def median(self) -> float:
        """The median of the runs that count, in seconds."""
        return statistics.median(run.seconds for run in self.quiet)


def _busy() -> float:
    ticks = [int(each) for each in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
    return (sum(ticks[:8]) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK")


def _own() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def run_once(work: Callable[[], Any]) -> tuple[Any, Run]:
    """Run something and time it."""
    busy, own, start = _busy(), _own(), time.perf_counter()
    result = work()
    seconds = time.perf_counter() - start
    others = max(0.0, _busy() - busy - (_own() - own)) / max(seconds, 0.02)
    return result, Run(seconds, others)


def wait_for_quiet(seconds: float) -> None:
    """Wait until others leave the machine alone, or patience ends."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end and run_once(lambda: time.sleep(0.1))[1].others > QUIET:
        pass


def in_turns(
    contenders: dict[str, Callable[[], Any]], rounds: int, patience: float
) -> dict[str, Timed]:
    """Run contenders in turns.

    Args:
        contenders: what is timed, by name.
        rounds: how often each runs, after once for warming up.
        patience: how many seconds each run waits for a quiet machine at most.
    """
    timed = {name: Timed(name) for name in contenders}
    for number in range(rounds + 1):
        for name, work in contenders.items():
            gc.collect()
            time.sleep(REST)
            wait_for_quiet(patience)
            result, run = run_once(work)
            del result
            if number:
                timed[name].runs.append(run)
    return timed
