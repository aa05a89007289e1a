"""Every system of which an export can be read has a page that says how, from its shapes."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path

import pytest

from klantkompas.shapes import BUILT_IN_SHAPES

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    made: dict[str, str] = runpy.run_path(str(DOCS / "systems.py"))["pages"]()
    return made


@pytest.mark.parametrize("shape", BUILT_IN_SHAPES, ids=lambda shape: str(shape.name))
def test_every_shape_is_on_a_page(shape: object, pages: dict[str, str]) -> None:
    name, how_to, fields = (getattr(shape, each) for each in ("name", "how_to", "fields"))
    (page,) = (text for text in pages.values() if f'shape = "{name}"' in text)
    assert how_to in page
    for field in fields:
        assert f"| `{field}` |" in page


def test_every_page_is_on_the_index_and_its_settings_are_toml(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        if name == "index.md":
            continue
        assert f" <{name.removesuffix('.md')}>" in pages["index.md"]
        assert text.startswith("# From ")
        for block in re.findall(r"```toml\n(.*?)```", text, re.DOTALL):
            assert tomllib.loads(block)
