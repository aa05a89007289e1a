"""The face loads nothing heavy."""

from __future__ import annotations

import subprocess
import sys

HEAVY = (
    *("pandas", "polars", "pyarrow", "matplotlib", "jinja2", "scipy", "babel", "duckdb"),
    *("hypothesis", "pytest", "pyspark"),
)


def loaded_by(code: str) -> set[str]:
    report = f"{code}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", report], capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


def test_the_face_loads_nothing_heavy() -> None:
    found = loaded_by("import klantkompas")
    assert {"klantkompas", "numpy", "attrs", "pluggy"} <= found
    assert not found & set(HEAVY)


def test_statistics_load_nothing_that_writes_before_something_is_printed() -> None:
    score = "from klantkompas.stats import NetPromoterScore; score = NetPromoterScore(1, 1, 2)"
    assert "babel" not in loaded_by(score)
    assert "babel" in loaded_by(f"{score}; str(score)")


def test_every_public_name_is_there() -> None:
    code = """
import klantkompas
for name in klantkompas.__all__:
    getattr(klantkompas, name)
"""
    assert not loaded_by(code) & set(HEAVY)


def test_records_are_read_without_a_data_frame_library() -> None:
    code = """
from datetime import date
from klantkompas import Compass, Order, Portfolio
orders = [Order(customer="a", on=date(2026, 1, day), amount=10.0) for day in (5, 6, 7)]
measures = Compass(installed=False).measure(Portfolio.from_records(orders))
assert measures["revenue"].tolist() == [30.0]
"""
    assert not loaded_by(code) & set(HEAVY)
