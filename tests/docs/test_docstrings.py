"""What is public says what it is, what it takes and returns, and shows an example."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import klantkompas.errors

ROOT = Path(__file__).parents[2]
PUBLIC = ("klantkompas", "klantkompas.stats", "klantkompas.hooks", "klantkompas.testing")
BLOCK = re.compile(r"^```[{}a-z-]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = "\n".join(
    block
    for page in (ROOT / "docs").rglob("*.md")
    if "catalogue" not in page.parts
    for block in BLOCK.findall(page.read_text("utf-8"))
)
"""The code of the documentation's pages."""


def public() -> Iterator[tuple[str, Any]]:
    seen = set()
    for name in PUBLIC:
        module = importlib.import_module(name)
        for each in module.__all__:
            thing = getattr(module, each)
            if id(thing) not in seen and (inspect.isfunction(thing) or inspect.isclass(thing)):
                seen.add(id(thing))
                yield f"{name}.{each}", thing


def functions() -> Iterator[tuple[str, Any]]:
    for name, thing in public():
        if inspect.isfunction(thing):
            yield name, thing
            continue
        for method, found in vars(thing).items():
            function = getattr(found, "__func__", found)
            if not method.startswith("_") and inspect.isfunction(function):
                yield f"{name}.{method}", function


def definition(function: Any) -> ast.AST:
    """Return a function as its module's source has it, whatever decorators made of it."""
    module = ast.parse(inspect.getsource(importlib.import_module(function.__module__)))
    node: Any = module
    for name in function.__qualname__.split("."):
        found = [each for each in node.body if getattr(each, "name", None) == name]
        node = found[-1] if found else node
    return ast.Module([], []) if node is module else node


@pytest.mark.parametrize(("name", "thing"), [*public(), *functions()])
def test_it_says_what_it_is_in_a_line(name: str, thing: Any) -> None:
    first, _, rest = (inspect.getdoc(thing) or "").partition("\n")
    assert first.endswith((".", ":", "?")) or rest
    assert len(first) > 10


@pytest.mark.parametrize(("name", "function"), list(functions()))
def test_every_parameter_is_told(name: str, function: Any) -> None:
    text = inspect.getdoc(function) or ""
    parameters = [each for each in inspect.signature(function).parameters if each != "self"]
    wanted = [each for each in parameters if each not in ("cls", "out")]
    told = [
        each for each in wanted if re.search(rf"^ +\*{{0,2}}{each}\b[^\n]*:", text, re.MULTILINE)
    ]
    assert told == wanted


@pytest.mark.parametrize(("name", "function"), list(functions()))
def test_what_it_returns_is_told(name: str, function: Any) -> None:
    text = inspect.getdoc(function) or ""
    if function.__annotations__.get("return") not in (None, "None"):
        verbs = "Return|Yield|Read|Make|Compute|Declare"
        assert re.search(rf"\A({verbs})|^(Returns|Yields):", text, re.MULTILINE)


@pytest.mark.parametrize(("name", "function"), list(functions()))
def test_every_error_that_it_raises_itself_is_told(name: str, function: Any) -> None:
    text = inspect.getdoc(function) or ""
    raised = [
        each.exc.func.id
        for each in ast.walk(definition(function))
        if isinstance(each, ast.Raise)
        and isinstance(each.exc, ast.Call)
        and isinstance(each.exc.func, ast.Name)
        and each.exc.func.id in klantkompas.errors.__all__
    ]
    told = text.partition("Raises:\n")[2]
    assert [each for each in raised if f"{each}:" not in told] == []


@pytest.mark.parametrize(("name", "thing"), list(public()))
def test_an_example_shows_it(name: str, thing: Any) -> None:
    """The module that it is made in does, or a page of the documentation."""
    source = inspect.getsource(importlib.import_module(thing.__module__))
    assert ">>> " in source or re.search(rf"\b{name.rpartition('.')[2]}\b", BLOCKS)
