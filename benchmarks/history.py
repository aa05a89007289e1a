"""How long a history takes to record and to read back a million customers, and what it weighs.

    python benchmarks/history.py [customers] [folder]

The measures are random, a fifth of them unknown; the names are as long as names are. What is read
back is compared with what was recorded before any time is told.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import numpy as np
from attrs import evolve

from klantkompas import Compass, Customer, Measures, Order, Portfolio
from klantkompas._arrays import as_objects, freeze
from klantkompas._ids import id_order
from klantkompas.history import History
from klantkompas.reviews.recorded import RecordedReading, record_of

SMALL = [
    Order(customer=str(customer), on=date(2026, month, 5), amount=10.0 * customer)
    for customer in range(1, 11)
    for month in (1, 2, 3)
]


def timed(what: str, job: Callable[[], Any]) -> Any:
    begin, busy = perf_counter(), process_time()
    result = job()
    print(f"{what}: {perf_counter() - begin:.2f} s, processor {process_time() - busy:.2f} s")
    return result


def big_reading(customers: int) -> RecordedReading:
    """Blow a small reading up: its columns by name, with random content."""
    random = np.random.default_rng(20260630)
    people = [Customer(id="1", name="one")]
    small = record_of(Compass(installed=False).read(Portfolio.from_records(SMALL, people)))
    names = as_objects(f"Customer number {number}" for number in range(customers))
    labels = as_objects([*small.order, None])

    def numbers() -> Any:
        values = random.normal(100.0, 30.0, customers).round(2)
        values[random.random(customers) < 0.2] = np.nan
        return freeze(values)

    def like(name: str, column: Any) -> Any:
        if name == "name":
            return freeze(names)
        if column.dtype.kind == "f":
            return numbers()
        return freeze(random.choice(column, customers))

    measures: Measures = evolve(
        small.measures,
        ids=freeze(as_objects(id_order(map(str, range(customers))))),
        record={name: like(name, column) for name, column in small.measures.record.items()},
        columns={
            name: column.map(lambda _: numbers()) for name, column in small.measures.columns.items()
        },
    )
    return evolve(
        small,
        measures=measures,
        labels=freeze(random.choice(labels, customers)),
        computed=freeze(random.choice(labels, customers)),
        shortlisted=freeze(random.random(customers) < 0.2),
        provisional=freeze(random.random(customers) < 0.2),
        new=numbers(),
        factors_met=numbers(),
        missing=freeze(np.full(customers, None, dtype=np.object_)),
        hanging=freeze(random.random(customers) < 0.2),
    )


def same(one: RecordedReading, other: RecordedReading) -> bool:
    pairs = [(one.ids, other.ids), (one.labels, other.labels), (one.shortlisted, other.shortlisted)]
    pairs += [(own, other.measures.record[name]) for name, own in one.measures.record.items()]
    for name, column in one.measures.columns.items():
        theirs = other.measures.column(name)
        pairs.append((column.values, theirs.values))
        if column.basis is not None:
            pairs.append((column.basis, theirs.basis))
    return all(
        np.array_equal(mine, theirs, equal_nan=mine.dtype.kind in "fM") for mine, theirs in pairs
    )


def twice(path: Path, to: Path) -> None:
    """Write as many bytes as a file has, two times."""
    content = path.read_bytes()
    for _ in range(2):
        with to.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def main(customers: int, parent: str | None) -> None:
    reading = big_reading(customers)
    print(f"{customers} customers, {len(reading.measures.columns)} measures")
    with TemporaryDirectory(dir=parent) as folder:
        path = Path(folder, "history")
        with History(path) as history:
            kept = timed("record", lambda: history.record(reading, review=True))
            back = timed("read back", lambda: history.reading(kept))
            assert same(reading, back), "what was read back differs"
            del back
        print(f"size: {path.stat().st_size / 1e6:.0f} MB")
        with timed("open", lambda: History(path)) as history:
            middle = str(customers // 2)
            timed("record the same again", lambda: history.record(reading, review=True))
            timed("export one", lambda: history.export(middle))
            timed("erase one", lambda: history.erase(middle, on=date(2026, 7, 1)))
            timed("erase another", lambda: history.erase("1", on=date(2026, 7, 1)))
            timed("back up", lambda: history.backup(Path(folder, "copy")))
        timed("write its bytes twice", lambda: twice(path, Path(folder, "twice")))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, (sys.argv[2:] or [None])[0])
