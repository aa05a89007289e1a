"""Facts about other people's data, each computed by two programs that are not ours."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Fact = Callable[[str, str], Any]


@pytest.fixture(scope="session")
def fact(shared_data: Path) -> Fact:
    """Look a fact up by its file and its text, or a beginning of it that no other fact has."""
    facts = json.loads((shared_data / "ORACLES.json").read_text(encoding="utf-8"))

    def look_up(file: str, text: str) -> Any:
        of_file = {each["fact"]: each["value"] for each in facts if each["file"] == file}
        if text in of_file:
            return of_file[text]
        found = [value for name, value in of_file.items() if name.startswith(text)]
        assert len(found) == 1, f"{len(found)} facts of {file} begin with {text!r}"
        return found[0]

    return look_up
