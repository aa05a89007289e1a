"""Threads and programs on one history: nothing is lost, doubled or half; and copies of it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from klantkompas import Override
from klantkompas.errors import HistoryError
from klantkompas.history import History
from klantkompas.reviews.recorded import RecordedReading

Same = Callable[[Any, Any], bool]
Shop = Callable[..., RecordedReading]
RECORDER = Path(__file__).with_name("recorder.py")
DAY = date(2025, 8, 31)
THREADS, PROGRAMS, EACH = 8, 4, 6


def dated(reading: RecordedReading, days: int) -> RecordedReading:
    return evolve(reading, measures=evolve(reading.measures, as_of=DAY + timedelta(days)))


def test_eight_threads_and_four_programs_lose_nothing(shop: Shop, same: Same, tmp_path: Path):
    path, reading = tmp_path / "h", shop(DAY)
    starts = [EACH * number for number in range(PROGRAMS)]
    programs = [
        subprocess.Popen([sys.executable, RECORDER, "record", path, f"{start}:{start + EACH}"])
        for start in starts
    ]
    with History(path, timeout=120.0) as history:

        def work(thread: int) -> None:
            for number in range(thread * EACH, (thread + 1) * EACH):
                summary = history.record(dated(reading, number), review=True)
                assert history.record(dated(reading, number)) == summary
                history.override(Override(f"t{number}", "B", by="Bo", on=DAY, because="near"))
                assert same(history.reading(summary), dated(reading, number))

        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(work, range(THREADS)))
        assert [each.wait() for each in programs] == [0] * PROGRAMS
        kept, overrides = history.readings(), history.overrides()
    ours = [each for each in kept if each.customers == len(reading.ids)]
    assert sorted(each.as_of for each in ours) == [
        DAY + timedelta(number) for number in range(THREADS * EACH)
    ]
    assert all(each.review for each in ours)
    assert len(kept) == (THREADS + PROGRAMS) * EACH
    assert [each.sequence for each in kept] == [*range(1, len(kept) + 1)]
    people = {f"t{n}" for n in range(THREADS * EACH)} | {str(n) for n in range(PROGRAMS * EACH)}
    assert {each.customer for each in overrides} == people


def test_the_same_reading_twice_is_one(shop: Shop, tmp_path: Path):
    with History(tmp_path / "h") as history:
        first = history.record(shop(DAY))
        assert history.record(shop(DAY)) == first
        assert history.readings() == (first,)
        review = history.record(shop(DAY), review=True)
        assert review == evolve(first, review=True)
        assert history.record(shop(DAY)) == review
        other = history.record(dated(shop(DAY), 1))
        assert history.readings() == (review, other)


def test_a_reading_that_differs_in_one_value_is_another(shop: Shop, tmp_path: Path):
    reading = shop(DAY)
    revenue = reading.measures["revenue"].copy()
    revenue[3] += 0.01
    revenue.flags.writeable = False
    changed = evolve(reading, measures=reading.measures.with_values({"revenue": revenue}))
    with History(tmp_path / "h") as history:
        assert [history.record(each).sequence for each in (reading, changed, reading)] == [1, 2, 1]


def test_who_was_erased_comes_back_only_when_they_are_read_again(shop: Shop, tmp_path: Path):
    reading = shop(DAY)
    with History(tmp_path / "h") as history:
        history.record(reading)
        history.erase(reading.ids[0], on=DAY)
        left = history.reading(DAY)
        assert history.record(left).customers == len(reading.ids) - 1
        assert history.record(reading).customers == len(reading.ids)


def test_a_backup_holds_what_there_was(shop: Shop, same: Same, tmp_path: Path):
    copy = tmp_path / "copy"
    with History(tmp_path / "h") as history:
        history.record(shop(DAY), review=True)
        assert history.backup(copy) == copy
        history.record(dated(shop(DAY), 1))
        with History(copy) as copied:
            assert len(copied.readings()) == 1
            assert same(copied.reading(DAY), shop(DAY))
        history.backup(copy)
        assert {each.name for each in tmp_path.iterdir()} == {"h", "h-wal", "h-shm", "copy"}
    with History(copy) as copied:
        assert len(copied.readings()) == 2


def test_a_backup_replaces_nothing_but_a_copy(shop: Shop, tmp_path: Path):
    other = tmp_path / "notes.txt"
    other.write_text("mine")
    database = tmp_path / "other.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE mine (a)")
    with History(tmp_path / "h") as history:
        history.backup(tmp_path / "copy")
        with History(tmp_path / "copy"), pytest.raises(HistoryError, match="open in a program"):
            history.backup(tmp_path / "copy")
        for path in (other, database, tmp_path / "h"):
            with pytest.raises(HistoryError, match="Name another file"):
                history.backup(path)
        with pytest.raises(HistoryError, match="does not exist"):
            history.backup(tmp_path / "nowhere" / "copy")
    assert other.read_text() == "mine"


def test_a_backup_is_made_while_another_writes(shop: Shop, tmp_path: Path):
    with History(tmp_path / "h") as history:
        history.record(shop(DAY))
        with closing(sqlite3.connect(tmp_path / "h", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            history.backup(tmp_path / "copy")
            other.execute("ROLLBACK")
    with History(tmp_path / "copy") as copied:
        assert len(copied.readings()) == 1
