"""A history of every earlier version opens, says what it said, and can do what a new one can."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klantkompas import BuyingReason, LetGo, Override, StepTaken
from klantkompas.errors import HistoryError
from klantkompas.history import Erasure, History
from klantkompas.history.migrating import STEPS
from klantkompas.history.parts import encoded
from klantkompas.history.schema import TABLES
from klantkompas.portfolio.storage import TEXTS, from_lines
from klantkompas.reviews.recorded import RecordedReading

Same = Callable[[Any, Any], bool]
Shop = Callable[..., RecordedReading]
VERSION_1 = """
CREATE TABLE readings (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, as_of TEXT NOT NULL, review INTEGER NOT NULL,
    customers INTEGER NOT NULL, library_version TEXT NOT NULL, parts INTEGER NOT NULL
);
CREATE TABLE parts (
    reading INTEGER NOT NULL REFERENCES readings (sequence) ON DELETE CASCADE,
    place INTEGER NOT NULL, name TEXT NOT NULL, dtype TEXT NOT NULL, content BLOB NOT NULL,
    checksum INTEGER NOT NULL, PRIMARY KEY (reading, place)
);
CREATE TABLE overrides (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, customer TEXT NOT NULL, label TEXT NOT NULL,
    person TEXT NOT NULL, day TEXT NOT NULL, because TEXT NOT NULL
);
CREATE TABLE buying_reasons (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, customer TEXT NOT NULL, buys INTEGER NOT NULL,
    because TEXT NOT NULL, person TEXT NOT NULL, day TEXT NOT NULL
);
CREATE TABLE steps (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, customer TEXT NOT NULL, done TEXT NOT NULL,
    person TEXT NOT NULL, day TEXT NOT NULL, work_list TEXT NOT NULL
);
CREATE TABLE let_go (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, customer TEXT NOT NULL, day TEXT NOT NULL,
    person TEXT NOT NULL, revenue REAL NOT NULL, review TEXT NOT NULL, finding TEXT NOT NULL
);
CREATE TABLE erasures (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL, scrubbed INTEGER NOT NULL,
    mentions INTEGER NOT NULL
);
CREATE TABLE seals (name TEXT PRIMARY KEY, checksum INTEGER NOT NULL)
"""
SEALED = ("readings", "overrides", "buying_reasons", "steps", "let_go", "erasures")


def write_version_1(path: Path, readings: Sequence[RecordedReading]) -> None:
    """Write a history of reviews, with an override, an approval, a reason and an erasure."""
    with closing(sqlite3.connect(path)) as file, file:
        file.executescript(VERSION_1)
        file.execute("PRAGMA application_id = 1802264942")
        file.execute("PRAGMA user_version = 1")
        for number, reading in enumerate(readings, 1):
            _write_reading(file, number, reading)
        file.execute("INSERT INTO overrides VALUES (7, 'b', 'A', 'Anna', '2026-06-01', 'first')")
        file.execute("INSERT INTO buying_reasons VALUES (1, 'b', 1, 'near', 'Bo', '2026-06-01')")
        file.execute("INSERT INTO steps VALUES (1, 'b', 'called', 'Bo', '2026-06-01', 'watch')")
        file.execute(
            "INSERT INTO let_go VALUES (1, 'c', '2026-07-01', 'Anna', 5.0, '2026-06-30', 'late')"
        )
        file.execute("INSERT INTO erasures VALUES (1, '2026-07-01', 1, 2)")
        for table in SEALED:
            rows = file.execute(f"SELECT * FROM {table} ORDER BY sequence")
            names = [each[0] for each in rows.description]
            checksum = zlib.crc32(json.dumps([names, *rows], default=repr).encode())
            file.execute("INSERT INTO seals VALUES (?, ?)", (table, checksum))


def _write_reading(file: sqlite3.Connection, number: int, reading: RecordedReading) -> None:
    head, parts = encoded(reading)
    rows: list[tuple[str, str, Any]] = [("head", "|u1", head)]
    for part in parts:
        listed = part.name.startswith(TEXTS) or (part.name, part.dtype) == ("ids", "|u1")
        content = json.dumps(from_lines(part.array)).encode() if listed else bytes(part.content)
        rows.append((part.name, part.dtype, content))
    file.execute(
        "INSERT INTO readings VALUES (?, ?, 1, ?, ?, ?)",
        (number, str(reading.as_of), len(reading.ids), reading.library_version, len(rows)),
    )
    for place, (name, dtype, content) in enumerate(rows):
        what = json.dumps([number, place, name, dtype]).encode()
        checksum = zlib.crc32(content, zlib.crc32(what))
        row = (number, place, name, dtype, content, checksum)
        file.execute("INSERT INTO parts VALUES (?, ?, ?, ?, ?, ?)", row)


VERSIONS = {1: write_version_1}
DAYS = (date(2025, 2, 28), date(2025, 8, 31))
JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)


def test_every_earlier_version_is_tried() -> None:
    assert [*VERSIONS] == [*range(1, len(STEPS))]


def tables(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as file:
        return dict(
            file.execute(
                "SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE TABLE%' "
                "AND name NOT LIKE 'sqlite%'"
            ).fetchall()
        )


@pytest.mark.parametrize("version", VERSIONS)
def test_it_says_what_it_said(version: int, shop: Shop, same: Same, tmp_path: Path) -> None:
    path, readings = tmp_path / "old", [shop(day) for day in DAYS]
    VERSIONS[version](path, readings)
    for _ in range(2):
        with History(path) as history:
            kept = history.readings()
            assert [(each.sequence, each.as_of, each.review) for each in kept] == [
                (1, DAYS[0], True),
                (2, DAYS[1], True),
            ]
            for summary, reading in zip(kept, readings, strict=True):
                assert same(history.reading(summary), reading)
            assert history.overrides() == (Override("b", "A", "Anna", JUNE, "first"),)
            assert history.reasons() == (BuyingReason("b", True, "near", by="Bo", on=JUNE),)
            assert history.steps() == (StepTaken("b", "called", "Bo", JUNE, "watch"),)
            assert history.let_go() == (LetGo("c", JULY, "Anna", 5.0, date(2026, 6, 30), "late"),)
            assert history.erasures() == (Erasure(1, JULY, rewritten=True, mentions=2),)
    assert tables(path) == {each.name: each.sql for each in TABLES}


@pytest.mark.parametrize("version", VERSIONS)
def test_it_goes_on_where_it_was(version: int, shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "old"
    VERSIONS[version](path, [shop(DAYS[0])])
    with History(path) as history:
        assert history.record(shop(DAYS[1])).sequence == 2
        one = history.reading(DAYS[0]).ids[0]
        history.erase(one, on=JULY)
        assert one not in history.reading(DAYS[0]).ids
        assert one.encode() not in b"".join(each.read_bytes() for each in tmp_path.iterdir()) or (
            len(one) < 4
        )
        history.override(Override("z", "B", "Anna", JULY, "kind"))
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT max(sequence) FROM overrides").fetchone() == (8,)


@pytest.mark.parametrize("version", VERSIONS)
@settings(max_examples=20)
@given(data=st.data())
def test_any_reading(version: int, data: Any, readings: Any, same: Same) -> None:
    reading = data.draw(readings)
    with TemporaryDirectory() as folder:
        VERSIONS[version](Path(folder, "old"), [reading])
        with History(Path(folder, "old")) as history:
            assert same(history.reading(reading.as_of), reading)


DAMAGES = {
    "a changed value": "UPDATE parts SET content = x'00' WHERE name = 'values.revenue'",
    "no basis": "DELETE FROM parts WHERE name LIKE 'basis.%'",
    "no head": "DELETE FROM parts WHERE name = 'head'",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_was_damaged_stays_damaged(damage: str, shop: Shop, tmp_path: Path) -> None:
    write_version_1(tmp_path / "old", [shop(DAYS[0])])
    with closing(sqlite3.connect(tmp_path / "old")) as file, file:
        file.execute(DAMAGES[damage])
    with History(tmp_path / "old") as history, pytest.raises(HistoryError, match="is damaged"):
        history.reading(DAYS[0])


def test_a_damaged_table_of_decisions_is_not_sealed_anew(shop: Shop, tmp_path: Path) -> None:
    write_version_1(tmp_path / "old", [shop(DAYS[0])])
    with closing(sqlite3.connect(tmp_path / "old")) as file, file:
        file.execute("UPDATE overrides SET label = 'D'")
    with pytest.raises(HistoryError, match="overrides are damaged"):
        History(tmp_path / "old")
