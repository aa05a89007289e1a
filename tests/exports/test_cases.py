"""Exports as businesses have them: each read right, or refused with the line to add."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from klantkompas.errors import KlantkompasError
from tests.exports.conftest import load_cases, outcome, read_case

CASES = load_cases()
RIGHT = {name: case for name, case in CASES.items() if "error" not in case}
WRONG = {name: case for name, case in CASES.items() if "error" in case}


@pytest.mark.parametrize("case", RIGHT.values(), ids=RIGHT)
def test_it_is_read_right(case: dict[str, Any], exports: Path) -> None:
    portfolio = read_case(case, exports)
    for said, found in outcome(portfolio, case).items():
        expected = case[said] if said == "amounts" else pytest.approx(case[said], rel=1e-12)
        assert found == expected, said
    if "customers" in case:
        assert len(portfolio) == case["customers"]
    notes = "\n".join(map(str, portfolio.notes))
    for each in case.get("notes", ()):
        assert each in notes


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_it_is_refused_with_the_remedy(case: dict[str, Any], exports: Path) -> None:
    with pytest.raises(KlantkompasError, match=case["error"]):
        read_case(case, exports)
