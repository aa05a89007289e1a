"""In another program: log records without personal data, and nothing that is the program's own."""

from __future__ import annotations

import ast
import asyncio
import io
import logging
import signal
import sqlite3
import sys
import warnings
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from klantkompas import (
    Compass,
    Customer,
    History,
    Order,
    Portfolio,
    compare_reviews,
    inspect_export,
    read_mapping,
    write_report,
)
from klantkompas.errors import ArgumentError

SOURCE = Path(__file__).parents[2] / "src" / "klantkompas"
SHOP = Path(__file__).parents[2] / "examples" / "shop"
FILES = {
    "customers": "klanten.csv",
    "orders": "orders.csv",
    "invoices": "facturen.csv",
    "complaints": "klachten.csv",
    "contacts": "contacten.csv",
    "responses": "enquete.csv",
}
OWN = ("command", "__main__.py")
"""The command is a program of its own; the rest is a guest in another's."""
PROGRAMS = {
    "print",
    "signal.signal",
    "warnings.filterwarnings",
    "warnings.simplefilter",
    "logging.basicConfig",
    "logging.disable",
    "locale.setlocale",
    "os.chdir",
    "os.putenv",
    "random.seed",
    "np.random.seed",
    "sys.setrecursionlimit",
    "atexit.register",
    "os._exit",
    "sys.exit",
}


def shop() -> Portfolio:
    files: Any = {table: SHOP / name for table, name in FILES.items()}
    return Portfolio.from_files(columns=dict(read_mapping(SHOP / "columns.toml")), **files)


def calls() -> Iterator[tuple[str, str]]:
    """Return the calls in the source, but for the command's, with where they stand."""
    for path in sorted(SOURCE.rglob("*.py")):
        where = path.relative_to(SOURCE)
        if where.parts[0] not in OWN:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield ast.unparse(node.func), f"{where}:{node.lineno}"


def test_the_source_does_nothing_that_is_the_programs_own() -> None:
    found = [place for name, place in calls() if name in PROGRAMS]
    assert found == []


def test_nothing_of_the_program_changes_and_nothing_is_written_out(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    import_module("scipy.special")  # which adds a filter of warnings itself
    handlers = {each: signal.getsignal(each) for each in signal.valid_signals()}
    before = ([*warnings.filters], [*logging.getLogger().handlers], sys.getrecursionlimit())
    reading = Compass(installed=False).read(shop())
    assert reading.notes
    write_report(reading, tmp_path / "report.html", language="nl")
    assert ([*warnings.filters], [*logging.getLogger().handlers], sys.getrecursionlimit()) == before
    assert {each: signal.getsignal(each) for each in signal.valid_signals()} == handlers
    assert logging.getLogger("klantkompas").handlers == []
    assert capfd.readouterr() == ("", "")


def test_stages_and_notes_are_logged_without_personal_data(
    caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """Every id and name is one that stands in no other text."""
    caplog.set_level(logging.DEBUG, logger="klantkompas")
    ids, days = [f"zqid{at}zq" for at in range(9)], [date(2026, month, 5) for month in (1, 2, 6)]
    orders = [Order(customer=each, on=day, amount=41.5) for each in ids for day in days]
    people = [Customer(id=each, name=f"Zqnaam {each}") for each in [*ids, "zqidNULL"]]
    orders.append(Order(customer="zqid1ZQ", on=days[0], amount=41.5))
    orders += [orders[0], Order(customer=None, on=days[0], amount=1.0)]  # type: ignore[arg-type]
    compass = Compass(installed=False)
    portfolio = Portfolio.from_records(orders, people)
    then, now = (compass.read(portfolio, date(2026, month, 28)) for month in (2, 6))
    assert now.notes
    with History(tmp_path / "zqfile") as history:
        history.record(now)
        history.backup(tmp_path / "zqcopy")
        history.erase(ids[0], on=days[0])
    compare_reviews(then, now)
    write_report(now, tmp_path / "zqid1zq.html")
    with closing(sqlite3.connect(":memory:")) as connection:
        query = "select 'zqid1zq' as customer, '2026-01-05' as \"on\", 1 as amount"
        Portfolio.from_database(connection, orders=query)
    records = [each for each in caplog.records if each.name.startswith("klantkompas")]
    told = [each.getMessage() for each in records]
    for stage in ("read the table orders", "measured", "looked through", "recorded", "erased"):
        assert any(each.startswith(stage) for each in told), stage
    assert any("without a customer" in each for each in told)
    everything = " ".join(repr(vars(each)) for each in records)
    assert "zq" not in everything.lower().replace("zqid1zq.html", "zq.html")
    assert {each.levelno for each in records} <= {logging.DEBUG, logging.INFO}


def test_a_worker_thread_of_asyncio_reads_as_the_main_thread_does(tmp_path: Path) -> None:
    portfolio, compass = shop(), Compass(installed=False)

    def job(path: Path) -> tuple[Any, str]:
        reading = compass.read(portfolio)
        with History(path, timeout=60) as history:
            history.record(reading)
        return reading.to_frame("polars"), reading.to_json("nl")

    async def main() -> list[tuple[Any, str]]:
        jobs = [asyncio.to_thread(job, tmp_path / "h") for _ in range(4)]
        ticks = 0

        async def tick() -> None:
            nonlocal ticks
            while True:
                await asyncio.sleep(0)
                ticks += 1

        ticking = asyncio.create_task(tick())
        found = await asyncio.gather(*jobs)
        ticking.cancel()
        assert ticks > 10
        return found

    expected = compass.read(portfolio)
    for frame, text in asyncio.run(main()):
        assert frame.equals(expected.to_frame("polars"))
        assert text == expected.to_json("nl")
    with History(tmp_path / "h") as history:
        assert len(history.readings()) == 1


def test_bytes_and_open_files_are_read_and_written() -> None:
    content = (SHOP / "facturen.csv").read_bytes()
    columns = {"invoices": dict(read_mapping(SHOP / "columns.toml"))["invoices"]}
    given: list[Any] = [content, io.BytesIO(content), [content]]
    found = [Portfolio.from_files(invoices=each, columns=columns) for each in given]
    assert len({tuple(each.ids) for each in found}) == 1
    assert inspect_export(content).rows == inspect_export(SHOP / "facturen.csv").rows
    orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
    reading = Compass(installed=False).read(Portfolio.from_records(orders))
    file = io.BytesIO()
    assert write_report(reading, file) is file
    assert file.getvalue().startswith(b"<!")
    with pytest.raises(ArgumentError, match="open for writing bytes"):
        write_report(reading, io.StringIO())  # type: ignore[type-var]
