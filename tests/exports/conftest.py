"""Exports as data: per file the way in, and what must come of it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from klantkompas import Compass, Portfolio

CASES = Path(__file__).parent / "cases"
COMPASS = Compass(installed=False)
MEASURES = {
    "orders": "order_count",
    "orders_ever": "orders_ever",
    "revenue": "revenue",
    "credited": "credited_share",
    "on_time": "on_time_share",
    "overdue": "overdue_amount",
    "open_complaints": "open_complaints",
    "scores": "last_score",
    "minutes": "attention_minutes",
}
"""What a case calls the measures that it states."""


def load_cases() -> dict[str, dict[str, Any]]:
    """Every case of every file of them, by its name."""
    read = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(CASES.glob("*"))]
    return {case["name"]: case for each in read for case in each["case"]}


def read_case(case: dict[str, Any], folder: Path, **files: Any) -> Portfolio:
    """Read the files of a case, or others in their place."""
    paths = {table: folder / name for table, name in case["files"].items()}
    return Portfolio.from_files(
        columns=case.get("columns"), locale=case.get("locale"), **{**paths, **files}
    )


def outcome(portfolio: Portfolio, case: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What a case states, as it was read."""
    measures = COMPASS.measure(portfolio, case.get("as_of"))
    found: dict[str, dict[str, Any]] = {}
    for said, name in MEASURES.items():
        if said in case:
            values = zip(measures.ids.tolist(), measures[name].tolist(), strict=True)
            found[said] = {id_: value for id_, value in values if value == value}
    if "amounts" in case:
        (table,) = portfolio.tables.values()
        found["amounts"] = {id_: [] for id_ in portfolio.ids.tolist()}
        for code, amount in zip(table.codes, table.columns["amount"], strict=True):
            found["amounts"][portfolio.ids[code]].append(float(amount))
        found["amounts"] = {id_: sorted(each) for id_, each in found["amounts"].items()}
    return found


@pytest.fixture(scope="session")
def exports(shared_data: Path) -> Path:
    """The folder with the exports."""
    return shared_data / "exports"
