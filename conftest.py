"""What all tests share: code blocks of documents as tests, and the same examples on every run."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest
from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser

collect_ignore = [
    "docs/accessible.py",
    "docs/catalogue.py",
    "docs/commands.py",
    "docs/conf.py",
    "docs/published.py",
    "docs/schemas.py",
    "docs/tables.py",
    "docs/translate.py",
    "nox_bootstrap.py",
    "noxfile.py",
    "tests/typing",
    "docs/_build",
    "docs/how-to/systems",
    "docs/reference/catalogue",
]

pytest_collect_file = Sybil(parsers=[PythonCodeBlockParser()], patterns=["*.md"]).pytest()

# The command speaks the language of the locale; in tests that is English, wherever they are run.
os.environ["LC_ALL"] = "C.UTF-8"

hypothesis.settings.register_profile("klantkompas", derandomize=True, deadline=None)
hypothesis.settings.load_profile("klantkompas")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with other people's data, which stands beside the checkout and not in it."""
    folder = Path(__file__).resolve().parent.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"there is no {folder.relative_to(folder.parents[1])} beside the checkout")
    return folder
