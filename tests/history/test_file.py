"""A file that cannot be used gets an error that says why, and what it held stays as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from klantkompas import ArgumentError, KlantkompasError
from klantkompas.errors import HistoryError
from klantkompas.history import History
from klantkompas.history.file import PAGE, HistoryFile
from klantkompas.history.migrating import STEPS
from klantkompas.reviews.recorded import RecordedReading

Same = Callable[[Any, Any], bool]
Shop = Callable[..., RecordedReading]
DAY = date(2025, 2, 28)


@pytest.fixture
def path(shop: Shop, tmp_path: Path) -> Path:
    """A history with one reading."""
    with History(tmp_path / "h") as history:
        history.record(shop(DAY), review=True)
    return tmp_path / "h"


def test_a_folder_that_does_not_exist(tmp_path: Path):
    with pytest.raises(HistoryError, match=r"the folder .*none does not exist"):
        History(tmp_path / "none" / "h")


def test_a_folder_instead_of_a_file(tmp_path: Path):
    with pytest.raises(HistoryError, match="is a folder"):
        History(tmp_path)


def test_a_file_that_is_no_database(tmp_path: Path):
    path = tmp_path / "h"
    path.write_text("Klantnummer;Naam\n" * 1000)
    before = path.read_bytes()
    with pytest.raises(HistoryError, match="it is not a database"):
        History(path)
    assert path.read_bytes() == before


def test_a_database_of_another_program(tmp_path: Path):
    path = tmp_path / "h"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE readings (a)")
    before = path.read_bytes()
    with pytest.raises(HistoryError, match="a database of another program"):
        History(path)
    assert path.read_bytes() == before


def test_a_file_of_a_newer_schema(path: Path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    before = path.read_bytes()
    with pytest.raises(HistoryError, match=r"by a newer klantkompas .* upgrade klantkompas"):
        History(path)
    assert path.read_bytes() == before


def test_a_database_cut_short(path: Path):
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(HistoryError, match="it is damaged"):
        History(path)


def test_a_damaged_page_of_the_index(path: Path):
    damaged = bytearray(path.read_bytes())
    damaged[PAGE : 2 * PAGE] = b"\xff" * PAGE
    path.write_bytes(damaged)
    with pytest.raises(HistoryError, match="it is damaged"):
        History(path)


def test_a_changed_byte_in_a_column_is_found_by_its_checksum(path: Path, shop: Shop):
    wanted = shop(DAY).measures["revenue"].tobytes()[:64]
    damaged = bytearray(path.read_bytes())
    at = damaged.find(wanted[:64])
    assert at > 0
    damaged[at] ^= 1
    path.write_bytes(damaged)
    with (
        History(path) as history,
        pytest.raises(HistoryError, match="the review as of 28 February 2025"),
    ):
        history.reading(DAY)


def test_a_reading_that_lacks_a_part(path: Path):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM parts WHERE name = 'labels'")
    with History(path) as history, pytest.raises(HistoryError, match="is damaged"):
        history.reading(DAY)


def test_a_file_that_may_not_be_written(
    path: Path, shop: Shop, same: Same, monkeypatch: pytest.MonkeyPatch
):
    connect: Any = sqlite3.connect

    def read_only(database: Path, **settings: Any) -> Any:
        return connect(f"{database.as_uri()}?mode=ro", uri=True, **settings)

    monkeypatch.setattr(sqlite3, "connect", read_only)
    with History(path) as history:
        with pytest.raises(HistoryError, match="it may not be written to"):
            history.record(shop(DAY))
        assert same(history.reading(DAY), shop(DAY))


@contextmanager
def a_disk_with_room_for(pages: int, patch: pytest.MonkeyPatch) -> Iterator[None]:
    connect: Any = sqlite3.connect

    def limited(*arguments: Any, **settings: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **settings)
        used = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {used + pages}")
        return connection

    with patch.context() as context:
        context.setattr(sqlite3, "connect", limited)
        yield


@pytest.mark.parametrize("pages", [1, 2, 5, 10])
def test_a_full_disk(pages: int, path: Path, shop: Shop, same: Same, monkeypatch: Any):
    with a_disk_with_room_for(pages, monkeypatch), History(path) as history:
        with pytest.raises(HistoryError, match="the disk is full"):
            history.record(shop(date(2025, 8, 31)))
        assert [each.as_of for each in history.readings()] == [DAY]
        assert same(history.reading(DAY), shop(DAY))
    with History(path) as history:
        assert [each.as_of for each in history.readings()] == [DAY]
        assert same(history.reading(DAY), shop(DAY))
        history.record(shop(date(2025, 8, 31)))
        assert same(history.reading(DAY), shop(DAY))


def test_a_file_that_cannot_even_be_made_on_a_full_disk(tmp_path: Path, monkeypatch: Any):
    with (
        a_disk_with_room_for(1, monkeypatch),
        pytest.raises(HistoryError, match="the disk is full"),
    ):
        History(tmp_path / "h")
    with History(tmp_path / "h") as history:
        assert history.readings() == ()


def test_a_file_that_another_program_is_writing(path: Path, shop: Shop, same: Same):
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with History(path, timeout=0.01) as history:
            with pytest.raises(HistoryError, match="another program is using it"):
                history.record(shop(DAY))
            assert same(history.reading(DAY), shop(DAY)), "reading need not wait"
            other.execute("ROLLBACK")
            history.record(shop(date(2025, 8, 31)))
            assert len(history.readings()) == 2


def test_a_new_file_that_another_program_has_locked(tmp_path: Path):
    with closing(sqlite3.connect(tmp_path / "h", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(HistoryError, match="another program is using it"):
            History(tmp_path / "h", timeout=0.05)


@pytest.mark.parametrize("timeout", [-1, float("nan"), True, "10"])
def test_a_timeout_that_is_no_number_of_seconds(timeout: Any, tmp_path: Path):
    with pytest.raises(ArgumentError, match="timeout is a number of seconds"):
        History(tmp_path / "h", timeout=timeout)


def test_a_closed_history_says_so(path: Path):
    with History(path) as history:
        pass
    history.close()
    with pytest.raises(HistoryError, match="has been closed"):
        history.readings()


def test_every_refusal_is_an_error_of_klantkompas():
    assert issubclass(HistoryError, KlantkompasError)


def test_one_file_is_left_when_it_is_closed(path: Path):
    assert [each.name for each in path.parent.iterdir()] == ["h"]


def test_a_file_of_any_age_gets_the_steps_that_it_lacks(path: Path, shop: Shop, same: Same):
    def add_places(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE places (name TEXT)")

    def fill_places(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO places SELECT as_of FROM readings")

    newer = (*STEPS, add_places, fill_places)
    for _ in range(2):  # the second time there is nothing left to do
        file = HistoryFile(path, 1.0, newer)
        with file.reading() as connection:
            assert connection.execute("PRAGMA user_version").fetchone() == (len(newer),)
            assert connection.execute("SELECT name FROM places").fetchall() == [("2025-02-28",)]
        file.close()
    with pytest.raises(HistoryError, match="by a newer klantkompas"):
        History(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(STEPS)}")
    with History(path) as history:
        assert same(history.reading(DAY), shop(DAY))


def test_a_step_that_fails_leaves_the_older_file(path: Path, shop: Shop, same: Same):
    def spoil(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM parts")

    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("no SQL at all")

    with pytest.raises(HistoryError, match="syntax error"):
        HistoryFile(path, 1.0, (*STEPS, spoil, fail))
    with History(path) as history:
        assert same(history.reading(DAY), shop(DAY))


def test_parts_belong_to_a_reading(path: Path):
    file = HistoryFile(path, 1.0)
    with pytest.raises(HistoryError, match="FOREIGN KEY"), file.writing() as connection:
        connection.execute("UPDATE parts SET reading = 99")
    file.close()
