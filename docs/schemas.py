"""Writes the JSON Schemas of results, which the page on plain data offers."""

from __future__ import annotations

import json
from pathlib import Path

from klantkompas import (
    Classification,
    ExportReport,
    LettingGoPlan,
    Profile,
    Reading,
    Review,
    Why,
    schema_of,
)
from klantkompas.classification.what_if import WhatIf
from klantkompas.reviews.work_lists import WorkLists

FOLDER = Path(__file__).with_name("_static") / "schemas"
TOLD = (
    *(Reading, Profile, Classification, Why, WhatIf, Review, LettingGoPlan),
    *(WorkLists, ExportReport),
)


def write_schemas() -> None:
    """Write a file for each class."""
    FOLDER.mkdir(exist_ok=True)
    for each in TOLD:
        schema = json.dumps(schema_of(each), indent=2)
        (FOLDER / f"{each.__name__}.json").write_text(f"{schema}\n", encoding="utf-8")
