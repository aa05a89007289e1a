"""The page of the command has every command with every option, from their declarations."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from klantkompas.command.declared import EXIT_CODES
from klantkompas.command.group import COMMANDS

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def commands() -> ModuleType:
    spec = importlib.util.spec_from_file_location("commands", DOCS / "commands.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_command_and_option_stands_on_the_page(commands: ModuleType) -> None:
    page = commands.page()
    sections = dict(part.split("\n", 1) for part in page.split("## klantkompas ")[1:])
    assert list(sections) == list(COMMANDS)
    for context in list(commands.contexts())[1:]:
        written = sections[str(context.info_name)]
        assert all(
            each.opts[0] in written for each in context.command.params if each.opts[0][0] == "-"
        )
        assert all(
            line.count("|") - line.count(r"\|") == 3
            for line in written.splitlines()
            if line[:1] == "|"
        )


def test_every_exit_code_stands_on_the_page(commands: ModuleType) -> None:
    page = commands.page()
    assert all(f"| {code} | {meaning} |" in page for code, meaning in EXIT_CODES.items())


def test_the_page_takes_in_what_is_generated() -> None:
    assert "{include} catalogue/commands.inc" in (DOCS / "reference" / "command.md").read_text(
        "utf-8"
    )
