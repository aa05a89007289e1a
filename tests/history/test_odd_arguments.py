"""What means nothing to a history is refused in words, and other threads are served."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from klantkompas import Compass, Order, Override, Portfolio
from klantkompas.errors import HistoryError, KlantkompasError
from klantkompas.history import History

DAY = date(2026, 6, 30)
COMPASS = Compass(installed=False)


def reading(day: date = DAY) -> Any:
    return COMPASS.read(Portfolio.from_records([Order(customer="a", on=day, amount=1.0)]))


@pytest.mark.parametrize("path", [7, None, b"h", ["h"], "h\0", "", True, object()])
def test_a_path_that_is_none(path: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(KlantkompasError):
        History(path)
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    "timeout", [float("inf"), float("nan"), None, "7", -1, True, 10**7, 10**400, [1], 1j]
)
def test_a_timeout_that_is_none(timeout: Any, tmp_path: Path) -> None:
    with pytest.raises(KlantkompasError, match="timeout is a number of seconds from 0 to"):
        History(tmp_path / "h", timeout=timeout)


@pytest.mark.parametrize("timeout", [0, 0.5, 3, 10**6])
def test_a_timeout_that_is_one(timeout: float, tmp_path: Path) -> None:
    with History(tmp_path / "h", timeout=timeout) as history:
        assert history.readings() == ()


CALLS: dict[str, Any] = {
    "record nothing": lambda history: history.record(None),
    "record measures": lambda history: history.record(reading().measures),
    "override nothing": lambda history: history.override(None),
    "override a letter": lambda history: history.override("A"),
    "approve nothing": lambda history: history.approve(None, ["a"], by="Anna", on=DAY),
    "a reading of no date": lambda history: history.reading("soon"),
    "a reading of nothing": lambda history: history.reading(None),
    "due on no date": lambda history: history.due("today"),
    "erase on no date": lambda history: history.erase("a", on=None),
    "erase nobody": lambda history: history.erase(None, on=DAY),
    "export nobody": lambda history: history.export(None),
    "review of one": lambda history: history.review(),
    "review of no date": lambda history: history.review(previous="then", current="now"),
    "redact nothing": lambda history: history.redact(None),
}


@pytest.mark.parametrize("call", CALLS)
def test_a_call_that_means_nothing(call: str, tmp_path: Path) -> None:
    with History(tmp_path / "h") as history:
        history.record(reading(), review=True)
        with pytest.raises(KlantkompasError):
            CALLS[call](history)
        assert len(history.readings()) == 1


def test_threads_have_a_connection_each(tmp_path: Path) -> None:
    threads, start = 4, Barrier(4)

    def work(number: int) -> int:
        start.wait()
        history.record(reading(date(2026, 6, 1 + number)))
        override = Override(str(number), "A", by="Anna", on=DAY, because="known")
        history.override(override)
        return len(history.reading(date(2026, 6, 1 + number)).ids)

    with History(tmp_path / "h", timeout=60) as history:
        with ThreadPoolExecutor(threads) as pool:
            assert [*pool.map(work, range(threads))] == [1] * threads
        assert len(history.readings()) == len(history.overrides()) == threads
    with ThreadPoolExecutor(1) as pool, pytest.raises(HistoryError, match="has been closed"):
        pool.submit(history.readings).result()
