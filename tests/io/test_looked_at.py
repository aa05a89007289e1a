"""How often columns that nobody named are looked at, counted at the columns themselves."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import polars
import pytest

from klantkompas import Portfolio

DAYS = [date(2026, 1, 1), date(2026, 1, 1), date(2026, 1, 3)]
SAYING_NOTHING = ("Land", "Plaats", "Winkel", "Kleur", "Verzending", "Gewicht (kg)", "Kassa")


class Counted:
    """A column that counts how often somebody goes through it."""

    def __init__(self, values: list[object]) -> None:
        self.values = values
        self.looks = 0

    def __len__(self) -> int:
        return len(self.values)

    def __iter__(self) -> Iterator[object]:
        self.looks += 1
        return iter(self.values)


def table(customers: list[str], unnamed: Counted) -> dict[str, object]:
    return {"customer": customers, "on": DAYS, "amount": [1.0, 1.0, 2.0], "Winkel": unnamed}


def test_a_column_that_nobody_named_is_not_looked_at_where_the_others_tell_the_rows_apart() -> None:
    unnamed = Counted(["x", "x", "x"])
    portfolio = Portfolio.from_tables(orders=table(["a", "b", "b"], unnamed))
    assert portfolio.notes == ()
    assert unnamed.looks == 0


@pytest.mark.parametrize(("values", "notes"), [(["x", "x", "y"], 1), (["x", "y", "z"], 0)])
def test_it_is_looked_at_once_where_rows_may_repeat(values: list[object], notes: int) -> None:
    unnamed = Counted(values)
    portfolio = Portfolio.from_tables(orders=table(["a", "a", "b"], unnamed))
    assert len(portfolio.notes) == notes
    assert len(portfolio.notes) == notes
    assert unnamed.looks == 1


@pytest.mark.parametrize("kind", ["csv", "parquet"])
@pytest.mark.parametrize(("orders", "day"), [("orders", "on"), ("invoices", "due")])
def test_of_a_file_no_column_is_taken_whose_heading_says_nothing(
    kind: str, orders: str, day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = 30
    frame = polars.DataFrame(
        {
            "customer": [f"c{row % 5}" for row in range(rows)],
            day: [date(2025, 1, 1 + row % 28) for row in range(rows)],
            "amount": [10.5 + row for row in range(rows)],
            "Status": ["betaald"] * rows,
            **{name: [f"{name} {row % 3}" for row in range(rows)] for name in SAYING_NOTHING},
        }
    )
    file = io.BytesIO()
    getattr(frame, f"write_{kind}")(file)
    file.seek(0)
    file.name = f"export.{kind}"
    taken, take = Counter[str](), polars.DataFrame.__getitem__

    def counted(self: polars.DataFrame, key: object) -> object:
        if isinstance(key, str):
            taken[key] += 1
        return take(self, key)  # type: ignore[call-overload]

    monkeypatch.setattr(polars.DataFrame, "__getitem__", counted)
    files: dict[str, Any] = {orders: file}
    Portfolio.from_files(**files)
    assert taken["Status"] > 0
    assert not {*SAYING_NOTHING} & {*taken}
