"""The gallery shows every picture, on light and on dark paper."""

from __future__ import annotations

import runpy
from pathlib import Path

from klantkompas import drawing

PAGE: str = runpy.run_path(str(Path(__file__).parents[2] / "docs" / "gallery.py"))["page"]()


def test_every_display_is_shown_on_light_and_on_dark_paper() -> None:
    names = {name for name in drawing.__all__ if name.endswith("Display")} - {"Display"}
    shown = [part.partition("\n")[0] for part in PAGE.split("\n## ")[1:]]
    assert sorted(shown) == sorted(names)
    assert PAGE.count("<svg") == 2 * len(names)
