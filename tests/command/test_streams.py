"""The command in a world that does not listen, has no room, or reads other letters."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from klantkompas.__main__ import main

ORDERS = "customer,on,amount\na,2026-06-01,5\nb,2026-06-02,7\n"
POSIX = pytest.mark.skipif(os.name != "posix", reason="has other devices")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    return tmp_path


def process(folder: Path, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    whole = [sys.executable, "-m", "klantkompas", *arguments]
    given: dict[str, object] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    return subprocess.run(whole, check=False, text=True, cwd=folder, **given)  # type: ignore[call-overload]


def run(*arguments: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    status = main(arguments, out=out, err=err)
    return status, out.getvalue(), err.getvalue()


@POSIX
def test_nobody_who_reads_on_is_no_error(folder: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = process(folder, "report", "--orders", "orders.csv", stdout=writing)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (141, "")
    assert (folder / "report.html").is_file()


@POSIX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no full device")
def test_a_full_device_is_one_message(folder: Path) -> None:
    with Path("/dev/full").open("w") as full:
        ended = process(folder, "report", "--orders", "orders.csv", stdout=full)
    assert ended.returncode == 2
    assert ended.stderr == (
        "klantkompas: what was asked for cannot be written: No space left on device\n"
    )


@POSIX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no full device")
def test_a_page_for_which_there_is_no_room_is_one_message(folder: Path) -> None:
    (folder / "page.html").symlink_to("/dev/full")
    status, out, err = run("report", "--orders", "orders.csv", "--out", "page.html")
    assert (status, out) == (2, "")
    assert err.startswith(
        "klantkompas: page.html: cannot be written: No space left on device. Give"
    )


def test_letters_that_the_terminal_has_not_are_written_out(folder: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    ended = process(folder, "report", "--orders", "orders.csv", "--out", "é.html", env=environment)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.rstrip().endswith(r"\xe9.html")
    assert (folder / "é.html").is_file()


def test_what_would_steer_the_terminal_is_written_out(folder: Path) -> None:
    headings = "customer\x1b[2J,on\u202e,amount\n"
    (folder / "orders.csv").write_text(headings + "a,2026-06-01,5\n", encoding="utf-8")
    status, _, err = run("report", "--orders", "orders.csv")
    assert status == 2
    assert r"customer\x1b[2J" in err
    assert not set(err) & set("\x1b\u202e")


def test_a_name_that_would_steer_the_terminal_is_written_out(folder: Path) -> None:
    status, out, _ = run("report", "--orders", "orders.csv", "--out", "page\x1b[2J.html")
    assert status == 0
    assert out.rstrip().endswith(r"page\x1b[2J.html")


@POSIX
def test_a_title_that_cannot_be_written_is_named(folder: Path) -> None:
    ended = process(folder, "report", "--orders", "orders.csv", "--title", os.fsdecode(b"caf\xe9"))
    assert ended.returncode == 2
    assert ended.stderr.startswith(
        r"klantkompas: title is 'caf\udce9', which holds an unpaired surrogate"
    )
    assert not (folder / "report.html").exists()


@pytest.mark.parametrize("ending", ["xlsx", "pdf", "docx", "md", "csv", "HTML2"])
def test_another_kind_of_file_is_refused_before_anything_is_written(
    folder: Path, ending: str
) -> None:
    status, out, err = run("report", "--orders", "orders.csv", "--out", f"page.{ending}")
    assert (status, out) == (2, "")
    assert err == (
        f"klantkompas: the report is a page (HTML), which 'page.{ending}' does not end as. Give a "
        "path that ends in .html or .htm\n"
    )
    assert [each.name for each in folder.iterdir()] == ["orders.csv"]


@pytest.mark.parametrize("name", ["page", "page.html", "PAGE.HTM"])
def test_these_names_are_those_of_a_page(folder: Path, name: str) -> None:
    assert run("report", "--orders", "orders.csv", "--out", name)[0] == 0
    assert (folder / name).read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


TWICE = {
    "--out": ["--out", "a.html", "--out", "b.html"],
    "--locale": ["--locale", "nl", "--locale=en-US"],
    "--months": ["--months", "3", "--months", "6"],
    "--settings": ["--settings", "a.toml", "--settings", "b.toml"],
    "--skip-broken": ["--skip-broken", "--skip-broken"],
}


@pytest.mark.parametrize("option", TWICE)
def test_an_option_that_counts_once_is_not_given_twice(folder: Path, option: str) -> None:
    status, out, err = run("report", "--orders", "orders.csv", *TWICE[option])
    assert (status, out, err) == (2, "", f"klantkompas: {option} is given twice. Give it once\n")


def test_a_field_is_not_named_twice(folder: Path) -> None:
    named = ["--column", "orders.amount=amount", "--column", "orders.amount=on"]
    status, _, err = run("report", "--orders", "orders.csv", *named)
    assert status == 2
    assert err == "klantkompas: --column names orders.amount twice. Name it once\n"


FAILURES: dict[str, tuple[type[BaseException], int, str]] = {
    "an interruption": (KeyboardInterrupt, 130, ""),
    "no memory": (MemoryError, 2, "klantkompas: there is not enough memory for this\n"),
}


@pytest.mark.parametrize(("failure", "status", "told"), FAILURES.values(), ids=FAILURES)
def test_what_stops_the_command_is_no_traceback(
    failure: type[BaseException],
    status: int,
    told: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr("klantkompas.command.reading.read", fail)
    assert run("report", "--orders", "orders.csv") == (status, "", told)


def old_page(folder: Path) -> Path:
    page = folder / "page.html"
    page.write_text("of yesterday", encoding="utf-8")
    return page


def nothing_left(file: Path) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    return fail


def test_the_page_of_yesterday_stays_where_the_new_one_cannot_be_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = old_page(folder)
    monkeypatch.setattr(os, "fsync", nothing_left(page))
    status, _, err = run("report", "--orders", "orders.csv", "--out", "page.html")
    assert status == 2
    assert err.startswith("klantkompas: page.html: cannot be written: No space left on device")
    assert page.read_text(encoding="utf-8") == "of yesterday"
    assert sorted(each.name for each in folder.iterdir()) == ["orders.csv", "page.html"]


@POSIX
def test_a_page_behind_a_link_is_replaced_and_keeps_its_rights(folder: Path) -> None:
    page = old_page(folder)
    page.chmod(0o640)
    (folder / "link.html").symlink_to(page)
    assert run("report", "--orders", "orders.csv", "--out", "link.html")[0] == 0
    assert (folder / "link.html").is_symlink()
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert page.stat().st_mode & 0o777 == 0o640


@POSIX
@pytest.mark.parametrize("place", ["absent/page.html", "orders.csv/page.html", "."])
def test_a_place_that_cannot_be_written_to_is_named(folder: Path, place: str) -> None:
    status, _, err = run("report", "--orders", "orders.csv", "--out", place)
    assert status == 2
    assert err.startswith(f"klantkompas: {Path(place)}: cannot be written: ")
