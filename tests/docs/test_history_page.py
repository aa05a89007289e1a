"""The page on the file of a history shows its tables as they are declared."""

from __future__ import annotations

from pathlib import Path

from klantkompas.history.migrating import STEPS
from klantkompas.history.schema import APPLICATION, as_markdown

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "history.md").read_text("utf-8")


def test_the_page_ends_with_the_tables() -> None:
    assert PAGE.endswith(f"## Tables\n\n{as_markdown().strip()}\n")


def test_the_page_says_which_version_it_is() -> None:
    assert f"now {len(STEPS)}." in PAGE
    assert f"{APPLICATION}." in PAGE
