"""Several files of one table are one table; what is no file is refused in words."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import polars
import pytest

from klantkompas import Compass, Portfolio
from klantkompas.__main__ import main
from klantkompas.errors import KlantkompasError

HEADINGS = "customer,on,amount\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "2024.csv").write_text(f"{HEADINGS}a,2024-11-03,10\nb,2024-12-24,20\n")
    (tmp_path / "2025.csv").write_text("on;customer;amount\n2025-02-03;a;1,50\n")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "b.csv").write_text(f"{HEADINGS}c,2025-02-05,5\n")
    (tmp_path / "more" / "a.csv").write_text(f"{HEADINGS}a,2025-02-06,6\n")
    (tmp_path / "more" / ".hidden.csv").write_text("x")
    (tmp_path / "more" / "notes.doc").write_text("x")
    return tmp_path


def counts(orders: Any, **options: Any) -> dict[str, float]:
    portfolio = Portfolio.from_files(orders=orders, **options)
    measures = Compass(installed=False).measure(portfolio, date(2025, 3, 1))
    return dict(zip(measures.ids.tolist(), measures["revenue"].tolist(), strict=True))


BOTH = {"a": 11.5, "b": 20.0}
WAYS: dict[str, tuple[Callable[[], Any], dict[str, float]]] = {
    "a list": (lambda: ["2024.csv", "2025.csv"], BOTH),
    "a tuple of paths": (lambda: (Path("2025.csv"), Path("2024.csv")), BOTH),
    "a pattern": (lambda: "20*.csv", BOTH),
    "a pattern of paths": (lambda: Path("20?5.csv"), {"a": 1.5}),
    "a folder": (lambda: "more", {"a": 6.0, "c": 5.0}),
    "a folder in a list": (lambda: ["2025.csv", Path("more")], {"a": 7.5, "c": 5.0}),
    "an absolute pattern": (lambda: str(Path("more", "*.csv").resolve()), {"a": 6.0, "c": 5.0}),
    "an open file": (lambda: io.BytesIO(f"{HEADINGS}a,2025-02-03,3\n".encode()), {"a": 3.0}),
    "open files": (
        lambda: [io.BytesIO(f"{HEADINGS}{who},2025-02-03,3\n".encode()) for who in "xy"],
        {"x": 3.0, "y": 3.0},
    ),
}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("given", "revenue"), WAYS.values(), ids=WAYS)
def test_several_files_are_one_table(given: Callable[[], Any], revenue: dict[str, float]) -> None:
    assert counts(given()) == revenue


def test_one_file_decides_what_another_leaves_open(folder: Path) -> None:
    (folder / "open.csv").write_text(f"{HEADINGS}a,01-02-2025,1\n")
    (folder / "decided.csv").write_text(f"{HEADINGS}a,25-02-2025,2\n")
    with pytest.raises(KlantkompasError, match="can be read as"):
        counts("open.csv")
    assert counts(["open.csv", "decided.csv"]) == {"a": 3.0}


def test_a_workbook_and_a_text_are_one_table(folder: Path) -> None:
    frame = polars.DataFrame({"customer": ["a"], "on": [date(2025, 2, 3)], "amount": [4.0]})
    frame.write_parquet(folder / "typed.parquet")
    (folder / "text.csv").write_text(f"{HEADINGS}a,2025-02-04,5.50\n")
    assert counts(["typed.parquet", "text.csv"]) == {"a": 9.5}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("a,2025-02-30,5", "orders, wrong.csv, column 'on', row 2: '2025-02-30' is not"),
        ("a,2025-02-03,", "orders, wrong.csv, column 'amount', row 2: is empty"),
        (
            '"7,1E+12",2025-02-03,5',
            "orders, wrong.csv, column 'customer', row 2: '7,1E+12' is an id",
        ),
    ],
)
def test_an_error_names_the_file_and_its_row(folder: Path, line: str, told: str) -> None:
    (folder / "wrong.csv").write_text(f"{HEADINGS}a,2025-02-05,5\n{line}\n")
    with pytest.raises(KlantkompasError) as caught:
        counts(["2024.csv", "wrong.csv"])
    assert str(caught.value).startswith(told)


NONE: dict[str, tuple[Any, str]] = {
    "a number": (3, "3 is not a file, nor are these files. Give a path"),
    "bytes that are no file": (b"2024.csv", "customers, column 'id': is required (an id)"),
    "no files": ([], "[] is not a file, nor are these files"),
    "a list of numbers": ([3], "3 is not a path. Give a string or a pathlib.Path"),
    "a mapping": ({"a": 1}, "{'a': 1} is not a file"),
    "a set": ({"2024.csv"}, "{'2024.csv'} is not a file"),
    "the character NUL": ("a\0.csv", r"'a\x00.csv' holds the character NUL"),
    "an empty path": ("", ".: is a folder"),
    "a pattern that nothing fits": ("19*.csv", "19*.csv: is a pattern that no file fits"),
    "a folder without files": ("empty", "empty: is a folder in which no file ends as one that can"),
    "a file that is absent": (
        "absent.csv",
        "absent.csv: cannot be read: No such file or directory",
    ),
    "a file that is open as text": (
        StringIO("x"),
        "an open file.csv: is not open for reading bytes",
    ),
    "a device": ("/dev/null.csv" if os.name != "posix" else "null.csv", "null.csv: cannot be read"),
}


@pytest.mark.parametrize(("given", "told"), NONE.values(), ids=NONE)
def test_what_is_no_file_is_refused(folder: Path, given: Any, told: str) -> None:
    (folder / "empty").mkdir()
    if os.name == "posix":
        (folder / "null.csv").symlink_to("/dev/zero")
    with pytest.raises(KlantkompasError) as caught:
        Portfolio.from_files(customers=given)
    if given != "":
        assert str(caught.value).startswith(told)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "given",
    [
        ["--orders", "2024.csv", "--orders", "2025.csv"],
        ["--orders", "20*.csv"],
        ["--orders=2024.csv", "--orders", "2025.csv"],
    ],
)
def test_the_command_takes_several_files(given: list[str]) -> None:
    out, err = StringIO(), StringIO()
    assert main(["report", *given, "--as-of", "2025-03-01"], out=out, err=err) == 0
    assert err.getvalue() == ""
    assert "2 customers; active: 2" in out.getvalue()
