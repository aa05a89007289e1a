"""The page of what is built in is made of the declarations."""

from __future__ import annotations

import runpy
from pathlib import Path

from klantkompas import Compass

FAMILIES = ("factors", "rules", "measures", "lenses", "cues", "traits", "export_shapes")


def test_the_page_names_every_declaration() -> None:
    page = runpy.run_path(str(Path(__file__).parents[2] / "docs" / "built_in.py"))["page"]()
    declared = Compass(installed=False).declarations
    for family in FAMILIES:
        for each in getattr(declared, family):
            assert f"`{each.name}`" in page or hasattr(each, "keys")
