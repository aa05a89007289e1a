"""Tests lie where their floor lies; what belongs to no floor has a folder by name."""

from __future__ import annotations

from pathlib import Path

import klantkompas

BESIDE = {
    "browser",
    "command",
    "docs",
    "edges",
    "exports",
    "house",
    "laws",
    "loopback",
    "postgres",
    "real",
    "typing",
}


def test_every_folder_of_tests_is_a_floor_or_known_by_name() -> None:
    source = Path(klantkompas.__file__).parent
    floors = {each.name.removesuffix(".py") for each in source.iterdir()}
    folders = {each.name for each in Path(__file__).parents[1].iterdir() if each.is_dir()}
    assert folders >= BESIDE
    assert folders - BESIDE - {"__pycache__"} <= floors
