"""Small exports with the quirks that software is known for: the right figures, or a clear error.

Each is a case of ``CASES.md``, which says where the quirk is reported and what went wrong before.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from klantkompas import Compass, Portfolio
from klantkompas.errors import KlantkompasError

MAPPING = {"customer": "Klantnr", "on": "Datum", "amount": "Bedrag"}
DAY = date(2025, 3, 31)
Given = str | list[str]
REVENUE: dict[str, tuple[Given, dict[str, float], str]] = {
    "NULL, #N/A and #REF! as customers": ("34b-na.csv", {"0017": 121.0}, "for nobody: 3"),
    "two files": (["46-orders-2024.csv", "46-orders-2025.csv"], {"0017": 221.0, "0018": 60.5}, ""),
    "a folder": ("46-map", {"0017": 221.0, "0018": 60.5}, ""),
    "a pattern": ("46-orders-*.csv", {"0017": 221.0, "0018": 60.5}, ""),
    "e-mail in other capitals": (
        "47f.csv",
        {"ANNA@X.NL": 1.0, "Anna@x.nl": 121.0, "anna@x.nl": 60.5},
        "but for capitals",
    ),
    "invisible characters": ("49S.csv", {"0017": 101.0}, "invisible characters"),
    "zeros in front": ("49j.csv", {"17": 121.0, "017": 10.0, "00017": 10.0}, "zeros in front"),
    "ids as a formula": ("51a.csv", {"0017": 121.0, "0018": 60.5}, "apostrophe"),
    "ids with an apostrophe": ("51b.csv", {"7234567890123": 181.5}, "apostrophe"),
    "a total row with a date": ("32-total-row.xlsx", {"0017": 121.0, "0018": 60.5}, "totals"),
    "a sheet for each year": ("50j.xlsx", {"0017": 221.0, "0018": 60.5}, "2 sheets"),
    "an old workbook": ("45d.xls", {"0017": 121.0, "0018": 60.5}, ""),
    "a workbook of LibreOffice": ("45c.ods", {"0017": 121.0, "0018": 60.5}, ""),
    "the same line twice": ("47d.csv", {"0017": 242.0, "0018": 60.5}, "another row"),
    "an order that is yet to come": ("47v.csv", {"0017": 121.0, "0018": 60.5}, ""),
    "phone numbers as ids": ("51o.csv", {"2025/001": 60.5, "+31612345678": 121.0}, ""),
}
REFUSED: dict[str, tuple[str, str]] = {
    "digits lost": (
        "35-scientific.csv",
        "column 'Klantnr', row 1: '7,23457E+12' is an id of which",
    ),
    "a time of day as a date": ("50k.xlsx", "column 'Datum', row 1: is a time of day, not a date"),
    "a workbook that is named csv": ("43x.csv", "43x.csv: is not text, whatever its name says"),
    "a text that is named xls": ("43w.xls", "43w.xls: is text, and not a workbook"),
    "an id that Excel rounded": ("50g.xlsx", "column 'Klantnr', row 2: the id is a number that is"),
}


def portfolio(shared_data: Path, given: Given) -> Portfolio:
    folder = shared_data / "exports"
    files: Any = folder / given if isinstance(given, str) else [folder / each for each in given]
    return Portfolio.from_files(orders=files, columns={"orders": MAPPING}, locale="nl")


@pytest.mark.parametrize(("given", "revenue", "note"), REVENUE.values(), ids=REVENUE)
def test_the_figures_are_right(
    given: Given, revenue: dict[str, float], note: str, shared_data: Path
) -> None:
    read = portfolio(shared_data, given)
    whole = Compass(installed=False, months=24).measure(read, DAY)
    assert dict(zip(whole.ids.tolist(), whole["revenue"].tolist(), strict=True)) == revenue
    assert any(note in str(each) for each in read.notes) or not note


@pytest.mark.parametrize(("given", "told"), REFUSED.values(), ids=REFUSED)
def test_the_error_is_clear(given: str, told: str, shared_data: Path) -> None:
    with pytest.raises(KlantkompasError) as caught:
        portfolio(shared_data, given)
    assert told in str(caught.value)
    assert caught.value.remedy or "time of day" in told or "id is a number" in told
