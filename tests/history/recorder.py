"""Another program that uses a history, for tests that need a second one, or one to kill.

python recorder.py record PATH FROM:TO    record readings with these numbers, and an override each
python recorder.py approve PATH CUSTOMER  approve one customer of a plan that allows one
python recorder.py kill FOLDER COUNT      kill COUNT programs while they record
python recorder.py kill-erasing FOLDER COUNT  kill COUNT programs while they erase
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import sys
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from attrs import evolve

from klantkompas import ArgumentError, Compass, Order, Override, Portfolio
from klantkompas.history import History
from klantkompas.reviews.letting_go import LettingGoPlan, Verdict
from klantkompas.reviews.recorded import RecordedReading, record_of

CUSTOMERS = 200
VICTIM = "QZXJ7731"
DAY = date(2026, 7, 1)
LAST_STEPS = 600
LONGEST = 60_000
"""How many turns of a loop to wait at most: longer than one reading takes to record."""


def base() -> RecordedReading:
    orders = [
        Order(customer=VICTIM if number == 0 else str(number), on=date(2026, 5, 5), amount=9.0)
        for number in range(CUSTOMERS)
    ]
    return record_of(Compass(installed=False).read(Portfolio.from_records(orders)))


def numbered(reading: RecordedReading, number: int) -> RecordedReading:
    """A reading that tells by its date and by each of its columns which one it is."""
    measures = reading.measures
    columns = {
        name: np.full(len(measures), float(at + number)) for at, name in enumerate(measures.columns)
    }
    day = date(2026, 1, 1) + timedelta(days=number)
    return evolve(reading, measures=evolve(measures.with_values(columns), as_of=day))


def is_whole(found: RecordedReading, wanted: RecordedReading) -> bool:
    mine, theirs = found.measures, wanted.measures
    return (
        mine.ids.tolist() == theirs.ids.tolist()
        and list(mine.columns) == list(theirs.columns)
        and all(np.array_equal(mine[name], theirs[name]) for name in theirs.columns)
        and repr(found.factors) == repr(wanted.factors)
    )


def plan_for_one() -> LettingGoPlan:
    return LettingGoPlan(
        previous_as_of=date(2026, 1, 31),
        current_as_of=date(2026, 7, 31),
        won=("w",),
        lost=(),
        already=(),
        revenue_won=100.0,
        revenue_lost=0.0,
        verdicts=tuple(
            Verdict(
                customer=customer,
                proposed=True,
                because="it contributes least",
                contribution=1.0,
                revenue=1.0,
                attention_minutes=0.0,
            )
            for customer in ("x", "y")
        ),
    )


class Steps:
    """Counts the steps that SQLite takes in this process, which dies of the one that is fatal."""

    def __init__(self) -> None:
        self.taken = 0
        self.fatal = -1
        connect: Any = sqlite3.connect

        def watched(*arguments: Any, **settings: Any) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*arguments, **settings)
            connection.set_progress_handler(self.step, 1)
            return connection

        sqlite3.connect = watched  # type: ignore[assignment]

    def step(self) -> int:
        self.taken += 1
        if self.taken == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    def die_after(self, more: int) -> None:
        self.fatal = self.taken + 1 + more

    def taken_by(self, work: Callable[[], object]) -> int:
        before = self.taken
        work()
        return self.taken - before


def killed(work: Callable[[int], None], wait_for: int, turns: int) -> int:
    """Start a program, kill it, and count what it had told to be done.

    Args:
        work: what it does; it writes a byte to what it is given for each thing done.
        wait_for: how many things to wait for.
        turns: how long to wait after that, in turns of a loop.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            work(writer)
        finally:
            os._exit(1)
    os.close(writer)
    told = b""
    while len(told) < wait_for and (more := os.read(reader, 1)):
        told += more
    for _ in range(turns):
        pass
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reader, 100):
        told += more
    os.close(reader)
    return len(told)


def kill_recording(folder: Path, times: int) -> None:
    chance, reading, steps = random.Random(20260630), base(), Steps()
    with History(folder / "first") as history:
        each = steps.taken_by(lambda: history.record(reading))
    lost = half = cut_short = done = 0
    for turn in range(times):
        path = folder / f"history{turn // 20}"
        if turn % 20 == 0:
            done = 0
        by_itself = turn % 2 == 0
        fatal, turns = chance.randrange(3 * each), chance.randrange(LONGEST)

        def record(
            writer: int, path: Path = path, start: int = done, fatal: int | None = fatal
        ) -> None:
            with History(path) as history:
                if fatal is not None:
                    steps.die_after(fatal)
                for number in count(start):
                    history.record(numbered(reading, number))
                    os.write(writer, b".")

        if by_itself:
            told = killed(record, sys.maxsize, 0)
        else:
            told = killed(partial(record, fatal=None), chance.randrange(3), turns)
        with History(path) as history:
            kept = history.readings()
            lost += len(kept) < done + told
            half += len(kept) > done + told + 1
            for found in kept[done:] if turn % 20 < 19 else kept:
                number = found.sequence - kept[0].sequence
                half += not is_whole(history.reading(found), numbered(reading, number))
            cut_short += len(kept) == done + told
            done = len(kept)
    sys.stdout.write(f"killed {times}, lost {lost}, half {half}, cut short {cut_short}")


def kill_erasing(folder: Path, times: int) -> None:
    chance, reading, steps = random.Random(20260701), base(), Steps()
    before, without = len(reading.ids), len(reading.ids) - 1
    half = traces = erased = every = 0
    for turn in range(times + 1):
        path = folder / f"history{turn}"
        with History(path) as history:
            for number in range(3):
                history.record(numbered(reading, number))
            if turn == 0:
                every = steps.taken_by(lambda: history.erase(VICTIM, on=DAY))
                continue
        # The customer goes by one commit near the end; a fourth is killed about there or later.
        fatal = chance.randrange(every) if turn % 4 else every - chance.randrange(1, LAST_STEPS)

        def erase(_: int, fatal: int = fatal, path: Path = path) -> None:
            with History(path) as history:
                steps.die_after(fatal)
                history.erase(VICTIM, on=DAY)

        killed(erase, 1, 0)
        with History(path) as history:
            counts = {len(history.reading(each).ids) for each in history.readings()}
            half += counts not in ({before}, {without})
            if counts == {without}:
                erased += 1
                files = [path, Path(f"{path}-wal"), Path(f"{path}-shm")]
                traces += any(VICTIM.encode() in each.read_bytes() for each in files)
    sys.stdout.write(f"killed {times}, half {half}, traces {traces}, erased {erased}")


def main(what: str, where: str, argument: str) -> None:
    path = Path(where)
    if what == "record":
        with History(path, timeout=60.0) as history:
            reading = base()
            for number in range(*map(int, argument.split(":"))):
                history.record(numbered(reading, number))
                history.override(Override(str(number), "A", by="Anna", on=DAY, because="first"))
    elif what == "approve":
        with History(path, timeout=60.0) as history:
            try:
                history.approve(plan_for_one(), [argument], by="Anna", on=date(2026, 8, 1))
                sys.stdout.write("approved")
            except ArgumentError:
                sys.stdout.write("refused")
    elif what == "kill":
        kill_recording(path, int(argument))
    elif what == "kill-erasing":
        kill_erasing(path, int(argument))


if __name__ == "__main__":
    main(*sys.argv[1:])
