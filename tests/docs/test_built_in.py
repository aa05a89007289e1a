"""The catalogue has an entry for everything that is declared, and a page for every lens."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import runpy
from pathlib import Path
from typing import Any

import attrs
import pytest

import klantkompas
from klantkompas import Compass, KlantkompasError, Settings
from klantkompas.domain.fields import columns_of
from klantkompas.plugins.collect import FAMILIES
from klantkompas.report.sections import klantkompas_report_sections
from klantkompas.settings.settings import DEFAULTS

ROOT = Path(__file__).parents[2]
DECLARED = Compass(installed=False).declarations


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    made: dict[str, str] = runpy.run_path(str(ROOT / "docs" / "catalogue.py"))["pages"]()
    return made


@pytest.mark.parametrize("family", sorted({*FAMILIES.values()} - {"catalogues"}))
def test_every_declaration_has_its_entry(family: str, pages: dict[str, str]) -> None:
    declared: tuple[Any, ...] = getattr(DECLARED, family)
    if family == "report_sections":
        declared = tuple(klantkompas_report_sections())
    assert declared
    page = pages[f"{family.replace('_', '-')}.md"]
    assert [each.name for each in declared if f"\n## `{each.name}`\n" not in page] == []
    assert f"{family.replace('_', '-')}\n" in pages["index.md"]


def test_every_lens_has_a_page_with_its_question_and_the_example_shop(
    pages: dict[str, str],
) -> None:
    for each in DECLARED.lenses:
        page = pages[f"lens-{each.name}.md"]
        assert each.question in page
        assert "## On the example shop" in page


def test_every_field_of_every_table_is_listed(pages: dict[str, str]) -> None:
    for kind in DECLARED.kinds:
        entry = pages["kinds.md"].partition(f"\n## `{kind.name}`\n")[2].partition("\n## ")[0]
        assert [c.name for c in columns_of(kind.record) if f"| `{c.name}` |" not in entry] == []


def error_classes() -> list[type[KlantkompasError]]:
    """Return every error of the package, wherever it is made."""
    for module in pkgutil.walk_packages(klantkompas.__path__, "klantkompas."):
        if "spark" not in module.name:
            importlib.import_module(module.name)
    every: list[type[KlantkompasError]] = [KlantkompasError]
    for each in every:
        every += each.__subclasses__()
    return [each for each in every if each.__module__.startswith("klantkompas.")]


def test_every_error_is_shown_as_it_comes_about(pages: dict[str, str]) -> None:
    for each in error_classes():
        entry = pages["errors.md"].partition(f"\n## `{each.__name__}`\n")[2].partition("\n## ")[0]
        shown = re.search(r"^```python\n(.*?)^```$", entry, re.MULTILINE | re.DOTALL)
        assert shown is not None, each
        # It is raised there, and the examples of docstrings are tests by themselves.
        assert shown[1].strip() in (inspect.getdoc(each) or "")
        assert f"\n{each.__module__}.{each.__name__}: " in shown[1]


def test_every_setting_is_listed_with_what_holds_without_it(pages: dict[str, str]) -> None:
    how_to = (ROOT / "docs" / "how-to" / "settings.md").read_text("utf-8")
    for name in DEFAULTS:
        assert f"\n| `{name}` |" in pages["settings.md"]
        assert re.search(rf"^\|.*`\[?{name}(\.NAME)?\]?`.*\|$", how_to, re.MULTILINE), name
    assert "| `months` | a whole number | `6` |" in pages["settings.md"]


def test_every_column_of_a_data_frame_is_listed(pages: dict[str, str]) -> None:
    reading = Settings.read(ROOT / "examples" / "shop" / "klantkompas.toml").reading()
    frames = dict(
        re.findall(r"^## `(.*?)`\n(.*?)(?=^## |\Z)", pages["frames.md"], re.MULTILINE | re.DOTALL)
    )
    assert [n for n in reading.columns() if f"| `{n}` |" not in frames["reading.to_frame()"]] == []
    for name in reading.results:
        columns = getattr(reading[name], "columns", None)
        if callable(columns):
            listed = frames[f'reading["{name}"].to_frame()']
            assert [each for each in columns() if f"| `{each}` |" not in listed] == []


def test_an_entry_shows_what_is_said_beside_the_defaults(pages: dict[str, str]) -> None:
    for each in DECLARED.measures:
        entry = pages["measures.md"].partition(f"\n## `{each.name}`\n")[2].partition("\n## ")[0]
        for field in attrs.fields(type(each)):
            value = getattr(each, field.name)
            if isinstance(value, str) and value and field.name not in ("name", "describes"):
                assert value in entry


def test_every_published_number_is_reproduced() -> None:
    listed = runpy.run_path(str(ROOT / "docs" / "published.py"))["published"]
    for each in listed():
        assert each.ours() == pytest.approx(each.theirs, abs=1.01 * each.tolerance), each.what
