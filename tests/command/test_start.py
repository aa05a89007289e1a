"""The command begins with click and the standard library; a command is imported when it runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from klantkompas.command.group import COMMANDS, command_line
from klantkompas.wording.catalogue import translator

PACKAGE = Path(__file__).parents[2] / "src" / "klantkompas" / "command"
SHOP = Path(__file__).parents[2] / "examples" / "shop"
HEAVY = ("attrs", "attr", "numpy", "scipy", "narwhals", "pluggy", "babel")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--help"], 0),
        (["--help", "--language", "nl"], 0),
        ([], 2),
        (["repot"], 2),
        (["--langage"], 2),
    ],
)
def test_nothing_heavy_is_imported_before_a_command_is_run(
    arguments: list[str], status: int
) -> None:
    code = (
        "import sys\nfrom klantkompas.command import main\n"
        f"status = main({arguments!r})\n"
        f"print(status, sorted({{*sys.modules}} & {{*{HEAVY!r}}}))"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert told.stdout.splitlines()[-1] == f"{status} []"


def test_a_page_of_a_small_shop_loads_no_pyarrow() -> None:
    code = (
        "import sys\nfrom klantkompas.command import main\n"
        f"assert not main(['report', '--out', {os.devnull!r}, {str(SHOP)!r}])\n"
        "print('pyarrow' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert told.stdout.splitlines()[-1] == "False"


def test_every_command_is_a_module_and_has_a_line() -> None:
    modules = {
        path.stem
        for path in PACKAGE.glob("*.py")
        if "def command(" in path.read_text(encoding="utf-8")
    }
    assert {name.replace("-", "_") for name in COMMANDS} == modules


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_declared_under_its_name(name: str) -> None:
    group = command_line(translator("en"))
    found = group.get_command(click.Context(group), name)
    assert found is not None
    assert found.name == name
