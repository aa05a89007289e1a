"""Every hook has a page: its exact signature, its declarations, and an example that uses it."""

from __future__ import annotations

import inspect
import re
import typing
from pathlib import Path

import pytest

from klantkompas.classification.order import in_order
from klantkompas.domain.interactions import InteractionKind
from klantkompas.hooks import specifications
from klantkompas.lenses.classes import DEFAULT

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = DOCS / "reference" / "hooks"
HOOKS = [name for name in specifications.__all__ if name.startswith("klantkompas_")]
INDEX = (PAGES / "index.md").read_text("utf-8")


def slug(hook: str) -> str:
    """Name the page of a hook."""
    return hook.removeprefix("klantkompas_").replace("_", "-")


def page(hook: str) -> str:
    """Read the page of a hook."""
    return (PAGES / f"{slug(hook)}.md").read_text("utf-8")


def declared_by(hook: str) -> list[type]:
    """Return the types of declaration that a hook returns."""
    returned = typing.get_type_hints(getattr(specifications, hook))["return"]
    (held,) = typing.get_args(returned)
    return [*typing.get_args(held)] or [held]


def test_there_are_hooks_and_each_has_a_page_of_its_own() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == {"index", *map(slug, HOOKS)}
    assert HOOKS


@pytest.mark.parametrize("hook", HOOKS)
def test_the_specification_stands_there_with_its_exact_signature(hook: str) -> None:
    signature = str(inspect.signature(getattr(specifications, hook))).replace("'", "")
    assert f"\n.. autofunction:: klantkompas.hooks.{hook}{signature}\n" in page(hook)
    assert page(hook).count("autofunction:: klantkompas.hooks.klantkompas_") == 1


@pytest.mark.parametrize("hook", HOOKS)
def test_what_it_declares_is_described_there(hook: str) -> None:
    for declared in declared_by(hook):
        directive = rf"^\.\. autoclass:: (klantkompas\.hooks\.)?{declared.__name__}$"
        assert re.search(directive, page(hook), re.MULTILINE), declared.__name__


def test_a_hook_returns_what_it_is_known_to() -> None:
    assert declared_by("klantkompas_interaction_kinds") == [InteractionKind]
    assert len(declared_by("klantkompas_measures")) == 2


@pytest.mark.parametrize("hook", HOOKS)
def test_an_example_implements_it_and_is_run(hook: str) -> None:
    code = "\n".join(re.findall(r"^```python\n(.*?)^```$", page(hook), re.MULTILINE | re.DOTALL))
    assert re.search(rf"@hookimpl\n\.\.\. +def {hook}\(self\):", code)
    assert re.search(r">>> .*Compass\(\[\w+\(\)\], installed=False\)", code)


@pytest.mark.parametrize("hook", HOOKS)
def test_the_index_leads_there(hook: str) -> None:
    assert f"]({slug(hook)}.md)" in INDEX
    assert re.search(rf"^{slug(hook)}$", INDEX, re.MULTILINE)
    for declared in declared_by(hook):
        assert re.search(rf"{{py:class}}`~klantkompas\.(hooks\.)?{declared.__name__}`", INDEX)


def test_the_introduction_comes_first_then_hook_example_and_declaration() -> None:
    for hook in HOOKS:
        headings = re.findall(r"^## (.*)$", page(hook), re.MULTILINE)
        assert headings[:2] == ["The hook", "An example"], hook
        assert headings[2].startswith("The declaration"), hook


def test_the_picture_of_the_order_of_rules_has_the_rules_that_there_are() -> None:
    picture = (DOCS / "_static" / "order-of-rules.svg").read_text("utf-8")
    drawn = re.findall(
        r'"end" x="\d+" y="\d+">(\d+)</text>\s*<text class="name"[^>]*>(\w+)</text>', picture
    )
    built_in = [(str(rule.priority), rule.name) for rule in in_order(DEFAULT)]
    assert drawn[-len(built_in) :] == built_in
    assert [int(priority) for priority, _ in drawn] == sorted(int(each) for each, _ in drawn)
    text = (DOCS / "explanation" / "order-of-rules.md").read_text("utf-8")
    assert all(name in text and name in picture for _, name in drawn)
