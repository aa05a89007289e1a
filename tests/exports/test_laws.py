"""The same export reads alike in whatever order, file and frame it comes."""

from __future__ import annotations

import csv
import gzip
import io
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest
import xlsxwriter

from klantkompas import Portfolio
from tests.exports.conftest import load_cases, outcome, read_case

Rows = list[list[str]]
TITLES = {"31b-title-rows.csv": 3, "18-qbo-ageing-detail.csv": 4}
"""How many rows stand above the headings."""
FURTHER = {"26-surveymonkey.csv": 1, "29-qualtrics.csv": 2}
"""How many more rows the headings take."""
CASES = {
    name: case
    for name, case in load_cases().items()
    if "error" not in case and [each[-4:] for each in case["files"].values()] == [".csv"]
}
FRAMES = {name: case for name, case in CASES.items() if "#" not in str(case.get("columns"))}


def cells(path: Path) -> Rows:
    """The cells of a text, whatever separates them."""
    text = path.read_text(encoding="utf-8-sig").removeprefix("sep=;\n")
    separator = max(";,\t", key=text.count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def text_of(rows: Rows, separator: str = ";") -> str:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return written.getvalue()


def as_csv(rows: Rows, folder: Path) -> Path:
    path = folder / "export.csv"
    path.write_bytes(text_of(rows).encode())
    return path


def as_utf16(rows: Rows, folder: Path) -> Path:
    path = folder / "export.txt"
    path.write_bytes(text_of(rows, "\t").encode("utf-16"))
    return path


def as_cp1252(rows: Rows, folder: Path) -> Path:
    text = text_of(rows)
    if "\u200b" in text:
        pytest.skip("not every cell survives in cp1252")
    path = folder / "export.csv"
    path.write_bytes(text.encode("cp1252"))
    return path


def as_gz(rows: Rows, folder: Path) -> Path:
    path = folder / "export.csv.gz"
    path.write_bytes(gzip.compress(text_of(rows, ",").encode()))
    return path


def as_xlsx(rows: Rows, folder: Path) -> Path:
    path = folder / "export.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet()
        for row, line in enumerate(rows):
            for column, cell in enumerate(line):
                if cell:
                    sheet.write_string(row, column, cell)
    return path


FILES: dict[str, Callable[[Rows, Path], Path]] = {
    "csv": as_csv,
    "UTF-16": as_utf16,
    "cp1252": as_cp1252,
    "gz": as_gz,
    "xlsx": as_xlsx,
}


def told(portfolio: Portfolio) -> list[tuple[str, str, int]]:
    """What the notes say, but for where it stands."""
    about = ("cp1252", "rows above the headings", "repeat another row exactly")
    return sorted(
        (note.table, note.message, note.count)
        for note in portfolio.notes
        if not any(each in note.message for each in about)
    )


def shuffled(rows: Rows, name: str) -> Rows:
    """The rows below the headings in another order."""
    top = TITLES.get(name, 0) + 1 + FURTHER.get(name, 0)
    below = rows[top:]
    random.Random(name).shuffle(below)
    return [*rows[:top], *below]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
@pytest.mark.parametrize("save", FILES.values(), ids=FILES)
def test_any_order_and_any_file(
    case: dict[str, Any], save: Callable[[Rows, Path], Path], exports: Path, tmp_path: Path
) -> None:
    ((table, name),) = case["files"].items()
    expected = read_case(case, exports)
    path = save(shuffled(cells(exports / name), name), tmp_path)
    found = read_case(case, exports, **{table: path})
    assert outcome(found, case) == outcome(expected, case)
    assert found.ids.tolist() == expected.ids.tolist()
    assert told(found) == told(expected)


@pytest.mark.parametrize("case", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame], ids=["pandas", "polars"])
def test_any_frame(case: dict[str, Any], make: Callable[[Any], Any], exports: Path) -> None:
    ((table, name),) = case["files"].items()
    rows = cells(exports / name)[TITLES.get(name, 0) :]
    frame = make({heading: list(column) for heading, *column in zip(*rows, strict=True)})
    expected = read_case(case, exports)
    found = Portfolio.from_tables(
        columns=case.get("columns"), locale=case.get("locale"), parse=True, **{table: frame}
    )
    assert outcome(found, case) == outcome(expected, case)
    assert found.ids.tolist() == expected.ids.tolist()
