"""Timing on a machine that others use too, and what they took of it meanwhile.

What another process takes of the machine slows a contender with two threads more than one with a
single thread, and so flatters the latter. Each run therefore waits a while for quiet, and says what
part of a processor others had during it; runs with least of that count.
"""

from __future__ import annotations

import os
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from attrs import frozen

__all__ = ["Run", "Timed", "run_once", "wait_for_quiet"]

QUIET = 0.25
"""The part of a processor that others may have during a run that counts."""


@frozen
class Run:
    """One run of a contender.

    Args:
        seconds: how long it took.
        processor: the processor time that its process took, in seconds.
        others: the part of a processor that other processes had.
    """

    seconds: float
    processor: float
    others: float


@frozen
class Timed:
    """Runs of a contender that are alike, of which there is at least one."""

    runs: tuple[Run, ...]

    @property
    def quiet(self) -> list[Run]:
        """The runs that count: the quiet ones; where there are too few, the quietest third."""
        quiet = [run for run in self.runs if run.others <= QUIET]
        fewest = -(-len(self.runs) // 3)
        return quiet if len(quiet) >= fewest else sorted(self.runs, key=lambda r: r.others)[:fewest]

    @property
    def seconds(self) -> float:
        """The median time of the runs that count."""
        return statistics.median(run.seconds for run in self.quiet)

    @property
    def least(self) -> float:
        """The least processor time of all runs, in seconds: others can only add to it."""
        return min(run.processor for run in self.runs)

    @property
    def processor(self) -> float:
        """The median processor time of the runs that count, in seconds."""
        return statistics.median(run.processor for run in self.quiet)


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
    seconds, processor = time.perf_counter() - start, _own() - own
    others = max(0.0, _busy() - busy - processor) / max(seconds, 0.02)
    return result, Run(seconds, processor, others)


def wait_for_quiet(seconds: float) -> None:
    """Wait until others leave the machine alone, or patience ends."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end and run_once(lambda: time.sleep(0.1))[1].others > QUIET:
        pass
